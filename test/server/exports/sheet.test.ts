import { describe, expect, it } from 'vitest'
import { columnsFor, selectRows, sheetChunks, sheetFileName } from '../../../server/exports/index.ts'
import { readCsv } from '../../support/csv.ts'
import { buildExport, buildRow } from '../../support/rows.ts'

type About = Parameters<typeof sheetChunks>[3]

const written = (
  rows: Parameters<typeof sheetChunks>[0],
  request = buildExport(),
  mayReadEmails = true,
  about: About = null,
): string => [...sheetChunks(rows, request, columnsFor(mayReadEmails), about)].join('')

/** A lesson of 13:04–14:52 UTC, with a break, in which Anna was long enough and Boris by the host's word. */
const lesson: NonNullable<About> = {
  summary: {
    ...{ here: 0, came: 2, left: 2, waiting: 0, connections: 0 },
    ...{ certain: 2, likely: 0, unidentified: 0, conflicts: 0 },
    minimum: { passed: 2, unknown: 0, byHost: 1, neverIn: 0 },
    expected: null,
  },
  gathering: {
    endedAt: '2026-11-23T14:52:00.000Z',
    base: {
      kind: 'actual',
      spans: [
        { from: '2026-11-23T13:04:00.000Z', to: '2026-11-23T13:50:00.000Z' },
        { from: '2026-11-23T14:10:00.000Z', to: '2026-11-23T14:52:00.000Z' },
      ],
      seconds: 5_280,
    },
    minPercent: 75,
  },
  people: [],
}
/** The cells of one row, by header. */
const cellsOf = (text: string): Record<string, string> => {
  const [headers = [], cells = []] = readCsv(text.slice(0, -2))
  return Object.fromEntries(headers.map((header, i) => [header, cells[i] ?? '']))
}

describe('the exported sheet', () => {
  it('has a header, one line a person, and lines ended as RFC 4180 says', () => {
    expect(written([buildRow()])).toBe(
      'Name,Other names,E-mail,Role,State,First join (Asia/Yekaterinburg),Join witnessed,Last leave (Asia/Yekaterinburg),Minutes present,Minutes waiting,Share (%),Minimum,Status,Labels,Host’s reason,Identity\r\n' +
        'Anna S.,,anna.s@example.org,Participant,Here,2026-11-23 18:04:00,yes,,47.5,0.0,,,present,,,Certain\r\n',
    )
  })

  it('writes what Excel with Russian settings reads: a mark, semicolons, decimal commas, Russian headers', () => {
    const text = written(
      [buildRow()],
      buildExport({ bom: true, separator: ';', decimal: ',', language: 'ru' }),
    )
    expect(text.startsWith('\ufeffИмя;')).toBe(true)
    expect(text).toContain(';47,5;')
  })

  it('leaves the addresses out, header and all, for somebody who may not read them', () => {
    const text = written([buildRow()], buildExport(), false)
    expect(text).not.toContain('E-mail')
    expect(text).not.toContain('example.org')
  })

  it('keeps the number of columns whatever a participant calls themself', () => {
    const names = [
      'a,b;c\td',
      'two\r\nlines',
      'two\nlines',
      'two\rlines',
      '"quoted"',
      '=1+1',
      '</script><img src=x onerror=alert(1)>',
      '\u202egnp',
      'x'.repeat(10_000),
    ]
    const rows = names.map((name) => buildRow({ name, names: [name] }))
    const lines = written(rows).slice(0, -2)
    expect(readCsv(lines).map((fields) => fields.length)).toEqual(new Array(names.length + 1).fill(16))
    expect(readCsv(lines).map((fields) => fields[0])).toEqual([
      'Name',
      ...names.map((name) => (name === '=1+1' ? "'=1+1" : name)),
    ])
  })

  it('makes harmless what came as another name or as an address, too', () => {
    const text = written([buildRow({ names: ['Anna S.', '@cmd'], email: '+x@example.org' })])
    expect(text).toContain("Anna S.,'@cmd,'+x@example.org,")
  })

  it('says where nobody saw the join', () => {
    expect(written([buildRow({ firstJoinKnown: false })])).toContain('2026-11-23 18:04:00,no,')
  })

  it('names what 100 % is wherever a share stands, and the minimum, on the clock of the file', () => {
    const row = buildRow({ share: 0.749, meetsMinimum: false, statuses: ['present', 'left_early'] })
    expect(cellsOf(written([row], buildExport(), true, lesson))).toMatchObject({
      'Share (% of 18:04–19:52 without the break 18:50–19:10)': '74.9',
      'At least 75 %': 'no',
      Status: 'present; left early',
    })
    const inRussian = buildExport({ language: 'ru', decimal: ',', zone: 'Europe/Moscow' })
    expect(cellsOf(written([row], inRussian, true, lesson))).toMatchObject({
      'Доля (% от 16:04–17:52 без перерыва 16:50–17:10)': '74,9',
      'Не меньше 75 %': 'нет',
    })
  })

  it('writes shares with one decimal, never rounded up, and none where none can be told', () => {
    const share = (value: number | null) => cellsOf(written([buildRow({ share: value })]))['Share (%)']
    expect([1, 0.145, 0.999, 0, null].map(share)).toEqual(['100.0', '14.5', '99.9', '0.0', ''])
  })

  it('says above the shares where there is none to name, or not yet', () => {
    const headers = (gathering: Partial<NonNullable<About>['gathering']>) =>
      Object.keys(
        cellsOf(
          written([buildRow()], buildExport(), true, {
            ...lesson,
            gathering: { ...lesson.gathering, ...gathering },
          }),
        ),
      ).filter((header) => header.startsWith('Share'))
    expect(headers({ base: null })).toEqual(['Share (nothing counts as 100 %)'])
    expect(headers({ base: { kind: 'actual', spans: [], seconds: 0 } })).toEqual([
      'Share (nothing counts as 100 %)',
    ])
    expect(headers({ base: null, endedAt: null })).toEqual(['Share (told once the meeting is over)'])
  })

  it('rounds minutes down, as it does shares: 89:57 of 2 h is 89.9 min and 74.9 %', () => {
    const row = buildRow({ presentSeconds: 89 * 60 + 57, waitingSeconds: 59, share: 0.749 })
    expect(cellsOf(written([row]))).toMatchObject({
      ...{ 'Minutes present': '89.9', 'Minutes waiting': '0.9', 'Share (%)': '74.9' },
    })
  })

  it('writes labels, and why the host said present or absent, harmless and in one cell each', () => {
    const row = buildRow({
      labels: [
        { name: '=1+1', by: 'rule', fromEmail: false },
        { name: 'a,b;c\n"d"', by: 'host', fromEmail: false },
      ],
      host: { name: null, email: null, mark: { mark: 'present', reason: '@SUM(A1)\r\nsat beside "me"' } },
    })
    const cells = cellsOf(written([row]))
    expect(cells['Labels']).toBe('\'=1+1; a,b;c\n"d"')
    expect(cells['Host’s reason']).toBe('\'@SUM(A1)\r\nsat beside "me"')
    expect(Object.keys(cells)).toHaveLength(16)
  })

  it('begins with the sentence where it is asked for, in a line of its own', () => {
    const asked = buildExport({ sentence: true, bom: true })
    const lines = written([buildRow()], asked, true, lesson).split('\r\n')
    expect(lines.slice(0, 2)).toEqual([
      '\ufeff"2 people came (2 certain); 2 stayed 75 % of 18:04–19:52 without the break 18:50–19:10, 1 of them by the host’s word."',
      '',
    ])
    expect(lines[2]).toMatch(/^Name,/)
    const running = { ...lesson, gathering: { ...lesson.gathering, endedAt: null } }
    expect(written([], asked, true, running).split('\r\n')[0]).toBe(
      '\ufeff0 people here · 2 came · 2 left · 0 connections.',
    )
  })

  it('counts among those who only waited nobody whom the host said to have been there', () => {
    const waited = { state: 'left' as const, firstJoin: null }
    const mark = { mark: 'present' as const, reason: 'Sat beside Anna' }
    const people = [
      buildRow({ ...waited, id: '1' }),
      buildRow({ ...waited, id: '2', host: { name: null, email: null, mark } }),
      buildRow({ ...waited, id: '3', host: { name: null, email: null, mark: { ...mark, mark: 'absent' } } }),
    ]
    const [sentence] = written([], buildExport({ sentence: true }), true, { ...lesson, people }).split('\r\n')
    expect(sentence).toMatch(/; 2 only waited in the waiting room\."$/)
  })

  it('streams a long list in parts', () => {
    const rows = Array.from({ length: 1_200 }, (_, n) => buildRow({ id: String(n) }))
    const parts = [...sheetChunks(rows, buildExport(), columnsFor(true), null)]
    expect(parts.length).toBe(4)
    expect(parts.join('').split('\r\n').length).toBe(1_202)
  })

  it('is named by its date, never by the meeting', () => {
    expect(sheetFileName(new Date('2026-11-23T13:04:00Z'), buildExport())).toBe(
      'attendance-2026-11-23-1804.csv',
    )
  })
})

describe('which rows are exported, and in which order', () => {
  const rows = [
    buildRow({ id: '1', name: 'Ёлка', names: ['Ёлка'], presentSeconds: 10, state: 'left' }),
    buildRow({ id: '2', name: 'anna', names: ['anna', 'iPhone'], presentSeconds: 30, email: null }),
    buildRow({ id: '3', name: 'Борис', names: ['Борис'], presentSeconds: 20, state: 'waiting' }),
  ]
  const ids = (request: Partial<Parameters<typeof buildExport>[0]>) =>
    selectRows(rows, buildExport({ language: 'ru', ...request })).map((row) => row.id)

  it('finds by any spelling of the name, in any case', () => {
    expect(ids({ filter: { search: 'IPHONE', show: 'all' } })).toEqual(['2'])
    expect(ids({ filter: { search: ' бор', show: 'all' } })).toEqual(['3'])
  })

  it('shows only who is asked for', () => {
    expect(ids({ filter: { search: '', show: 'left' } })).toEqual(['1'])
    expect(ids({ filter: { search: '', show: 'waiting' } })).toEqual(['3'])
    expect(ids({ filter: { search: '', show: 'no_email' } })).toEqual(['2'])
  })

  it('shows by status, by the minimum and by label, whatever the label is called', () => {
    const hostile = '=HYPERLINK("http://evil.example")'
    const people = [
      buildRow({ id: '1', meetsMinimum: true, statuses: ['present', 'late'] }),
      buildRow({ id: '2', meetsMinimum: false, labels: [{ name: hostile, by: 'host', fromEmail: false }] }),
      buildRow({ id: '3', labels: [{ name: 'guest', by: 'rule', fromEmail: false }] }),
    ]
    const shown = (filter: Partial<Parameters<typeof selectRows>[1]['filter']>) =>
      selectRows(people, buildExport({ filter: { search: '', show: 'all', ...filter } })).map(({ id }) => id)
    expect(shown({ show: 'late' })).toEqual(['1'])
    expect(shown({ show: 'reached' })).toEqual(['1'])
    expect(shown({ show: 'not_reached' })).toEqual(['2'])
    expect(shown({ label: hostile })).toEqual(['2'])
    expect(shown({ label: 'nobody has it' })).toEqual([])
    expect(shown({ show: 'not_reached', label: 'guest' })).toEqual([])
  })

  it('sorts by name as the language does, by presence, and by state', () => {
    expect(ids({ sort: 'present' })).toEqual(['2', '3', '1'])
    expect(ids({ sort: 'state' })).toEqual(['2', '3', '1'])
    expect(ids({ sort: 'name' })).toEqual(['3', '1', '2'])
  })
})
