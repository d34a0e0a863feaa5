import { describe, expect, it } from 'vitest'
import { columnsFor, selectRows, sheetChunks, sheetFileName } from '../../../server/exports/index.ts'
import { readCsv } from '../../support/csv.ts'
import { buildExport, buildRow } from '../../support/rows.ts'

const written = (
  rows: Parameters<typeof sheetChunks>[0],
  request = buildExport(),
  mayReadEmails = true,
): string => [...sheetChunks(rows, request, columnsFor(mayReadEmails))].join('')

describe('the exported sheet', () => {
  it('has a header, one line a person, and lines ended as RFC 4180 says', () => {
    expect(written([buildRow()])).toBe(
      'Name,Other names,E-mail,Role,State,First join,Join witnessed,Last leave,Minutes present,Minutes waiting,Identity\r\n' +
        'Anna S.,,anna.s@example.org,Participant,Here,2026-11-23 18:04:00,yes,,47.5,0.0,Certain\r\n',
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
    expect(readCsv(lines).map((fields) => fields.length)).toEqual(new Array(names.length + 1).fill(11))
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

  it('streams a long list in parts', () => {
    const rows = Array.from({ length: 1_200 }, (_, n) => buildRow({ id: String(n) }))
    const parts = [...sheetChunks(rows, buildExport(), columnsFor(true))]
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

  it('sorts by name as the language does, by presence, and by state', () => {
    expect(ids({ sort: 'present' })).toEqual(['2', '3', '1'])
    expect(ids({ sort: 'state' })).toEqual(['2', '3', '1'])
    expect(ids({ sort: 'name' })).toEqual(['3', '1', '2'])
  })
})
