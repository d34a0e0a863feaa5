import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  columnsFor,
  questionColumns,
  selectRows,
  sheetChunks,
  type SheetRegistrations,
} from '../../../server/exports/index.ts'
import { hideRegistration } from '../../../server/rosters/index.ts'
import type { CardRegistration, PersonRow } from '../../../shared/wire/index.ts'
import { readCsv } from '../../support/csv.ts'
import { buildExport, buildRow } from '../../support/rows.ts'

function registration(given: Partial<CardRegistration> = {}): CardRegistration {
  return {
    ...{ name: 'Anna Summer', email: 'anna@example.org', standing: 'approved', cancelledBy: null },
    ...{ ofAnother: false, registeredAt: '2026-11-20T07:05:00.000Z', source: 'newsletter', answers: [] },
    ...given,
  }
}
const answered = (...answers: (readonly [field: string | null, title: string, value: string])[]) =>
  answers.map(([field, title, value]) => ({ field, title, value }))

/** Rows by id, with the registrations they tell of. */
function listOf(byId: Record<string, CardRegistration>): SheetRegistrations {
  return { all: Object.values(byId), byRow: new Map(Object.entries(byId)) }
}
const written = (
  rows: readonly PersonRow[],
  registrations: SheetRegistrations | null,
  { request = buildExport(), mayReadEmails = true } = {},
): string =>
  [
    ...sheetChunks(rows, request, columnsFor(mayReadEmails, registrations !== null), null, registrations),
  ].join('')
/** The cells of each row, by header. */
const cellsOf = (text: string): Record<string, string>[] => {
  const [headers = [], ...lines] = readCsv(text.slice(0, -2))
  return lines.map((cells) => Object.fromEntries(headers.map((header, i) => [header, cells[i] ?? ''])))
}

/** Whoever registered and did not come, as a roster tells of them. */
const noShow = buildRow({
  ...{ id: 'x-1', name: 'Boris Winter', names: ['Boris Winter'], email: 'boris@example.org' },
  ...{ role: 'unknown', state: 'left', connectionsNow: 0, segments: 0, firstJoin: null },
  ...{ firstJoinKnown: false, presentSeconds: 0, statuses: ['absent'], onListOnly: true },
  registration: {
    ...{ name: 'Boris Winter', email: 'boris@example.org' },
    ...{ standing: 'approved', others: 0, ofAnother: false },
  },
})

describe('an exported list of people who registered', () => {
  it('says how they registered and what they answered, one column a question', () => {
    const answers = answered(['org', 'org', 'Lighthouse'], [null, 'Why?', 'To learn'])
    const [cells] = cellsOf(written([buildRow({ id: 'a' })], listOf({ a: registration({ answers }) })))
    expect(cells).toMatchObject({
      ...{ Registration: 'approved', 'Registered as': 'Anna Summer', Source: 'newsletter' },
      ...{
        'Registered e-mail': 'anna@example.org',
        'Registered on (Asia/Yekaterinburg)': '2026-11-20 12:05:00',
      },
      ...{ Organisation: 'Lighthouse', 'Why?': 'To learn' },
    })
  })

  it('is in Russian on request, the host’s own questions in the host’s words', () => {
    const answers = answered(['job_title', 'job_title', 'Инженер'], [null, 'Why?', 'To learn'])
    const request = buildExport({ language: 'ru' })
    const [cells] = cellsOf(
      written([buildRow({ id: 'a' })], listOf({ a: registration({ answers }) }), { request }),
    )
    expect(cells).toMatchObject({ Запись: 'одобрена', Должность: 'Инженер', 'Why?': 'To learn' })
  })

  it('has whoever did not come as a row that claims nothing of a meeting they were not in', () => {
    const answers = answered([null, 'Why?', 'To learn'])
    const list = listOf({ 'x-1': registration({ name: 'Boris Winter', answers }) })
    const [cells] = cellsOf(written([noShow], list))
    expect(cells).toMatchObject({
      ...{ Name: 'Boris Winter', Status: 'absent', Role: '', State: '', Identity: '' },
      ...{ 'First join (Asia/Yekaterinburg)': '', 'Minutes present': '0.0', 'Why?': 'To learn' },
    })
  })

  it('says of whoever came by the link of another whose it is, and nothing that one said', () => {
    const given = { ofAnother: true, registeredAt: null, source: null }
    const list = listOf({ a: registration(given), b: registration({ answers: answered([null, 'Q', 'A']) }) })
    const [friend, herself] = cellsOf(written([buildRow({ id: 'a' }), buildRow({ id: 'b' })], list))
    expect(friend).toMatchObject({
      ...{ Registration: 'link of somebody else', 'Registered as': 'Anna Summer', Q: '', Source: '' },
    })
    expect(herself).toMatchObject({ Registration: 'approved', Q: 'A' })
  })

  it('says how a cancellation is known', () => {
    const cancelled = (cancelledBy: 'message' | 'missing') =>
      registration({ standing: 'cancelled', cancelledBy })
    const list = listOf({ a: cancelled('message'), b: cancelled('missing') })
    const rows = cellsOf(written([buildRow({ id: 'a' }), buildRow({ id: 'b' })], list))
    expect(rows.map((cells) => cells['Registration'])).toEqual([
      'cancelled (as Zoom told)',
      'cancelled (missing from a later list)',
    ])
  })

  it('hides the addresses, header and all, and those typed as an answer, from whoever may not read them', () => {
    const answers = answered([null, 'Write to?', 'me@example.org'])
    const hidden = hideRegistration(registration({ answers }))
    const row = buildRow({ id: 'a', email: null })
    const text = written([row], listOf({ a: hidden }), { mayReadEmails: false })
    expect(text).not.toMatch(/Registered e-mail|example\.org/)
    expect(text).toContain('m…@…')
  })

  it('is what it was where nobody registers', () => {
    expect(written([buildRow()], null).split('\r\n')[0]).toBe(
      'Name,Other names,E-mail,Role,State,First join (Asia/Yekaterinburg),Join witnessed,Last leave (Asia/Yekaterinburg),Minutes present,Minutes waiting,Share (%),Minimum,Status,Labels,Host’s reason,Identity',
    )
  })

  it('has the columns of all who registered, whatever the filter', () => {
    const other = registration({ answers: answered([null, 'Asked of others', 'yes']) })
    const list = { all: [registration(), other], byRow: new Map([['a', registration()]]) }
    expect(cellsOf(written([buildRow({ id: 'a' })], list))[0]).toMatchObject({ 'Asked of others': '' })
  })
})

describe('questions as columns', () => {
  it('are numbered when two are called alike, or like a column of ours', () => {
    const answers = answered(
      [null, 'Why?', 'first'],
      [null, 'Why?', 'second'],
      [null, 'why? ', 'third'],
      [null, 'Name', 'mine'],
      ['org', 'org', 'Lighthouse'],
      [null, 'Organisation', 'again'],
    )
    const [cells] = cellsOf(written([buildRow({ id: 'a' })], listOf({ a: registration({ answers }) })))
    expect(cells).toMatchObject({
      ...{ Name: 'Anna S.', 'Name (2)': 'mine', Organisation: 'Lighthouse', 'Organisation (2)': 'again' },
      ...{ 'Why?': 'first', 'Why? (2)': 'second', 'why? (3)': 'third' },
    })
  })

  it('are harmless as headers and as cells', () => {
    const answers = answered([null, '=HYPERLINK("http://evil.example")', '@SUM(A1)'], [null, '', '-1'])
    const [cells] = cellsOf(written([buildRow({ id: 'a' })], listOf({ a: registration({ answers }) })))
    expect(cells).toMatchObject({
      '\'=HYPERLINK("http://evil.example")': "'@SUM(A1)",
      Question: "'-1",
    })
  })

  it('may be five hundred', () => {
    const answers = Array.from({ length: 500 }, (_, i) => ({ field: null, title: `Q${i}`, value: `${i}` }))
    const rows = Array.from({ length: 600 }, (_, i) => buildRow({ id: String(i) }))
    const list = listOf(Object.fromEntries(rows.map(({ id }) => [id, registration({ answers })])))
    let lines = 0
    for (const part of sheetChunks(rows, buildExport(), columnsFor(true, true), null, list))
      for (const line of readCsv(part.slice(0, -2))) {
        expect(line).toHaveLength(16 + 5 + 500)
        lines += 1
      }
    expect(lines).toBe(601)
  })

  it('never share a header, and each holds what was answered to it', () => {
    const text = fc.oneof(
      fc.constantFrom('Why?', 'why?', 'Name', '', ' ', '=1', "'=1", 'Why? (2)', '\t', 'a\r\nb', '\u202eQ'),
      fc.string({ unit: 'grapheme', maxLength: 12 }),
    )
    const forms = fc.array(
      fc.array(fc.record({ field: fc.constant(null), title: text, value: text }), { maxLength: 8 }),
      { minLength: 1, maxLength: 6 },
    )
    const property = fc.property(forms, (everybody) => {
      const all = everybody.map((answers) => registration({ answers }))
      const columns = questionColumns(all, ['Name'], 'en')
      const headers = ['Name', ...columns.map(({ header }) => header)].map((one) => one.toLowerCase())
      expect(new Set(headers).size).toBe(headers.length)
      for (const one of all) {
        const cells = columns.map(({ cell }) => cell(one)).filter((cell) => cell !== '')
        expect(cells).toHaveLength(one.answers.filter(({ value }) => value !== '').length)
      }
    })
    fc.assert(property, { numRuns: 1_000 })
  })
})

describe('which of them are exported', () => {
  const approved = { name: 'A', email: null, standing: 'approved', others: 0, ofAnother: false } as const
  const rows = [
    buildRow({ id: 'host', name: 'Host', role: 'host' }),
    buildRow({ id: 'panelist', name: 'Panelist', role: 'panelist', registration: approved }),
    buildRow({ id: 'came', name: 'Came', registration: approved }),
    buildRow({
      id: 'friend',
      name: 'Friend',
      registration: { ...approved, ofAnother: true },
      statuses: ['walk_in'],
    }),
    buildRow({
      id: 'denied',
      name: 'Denied',
      registration: { ...approved, standing: 'denied' },
      statuses: ['walk_in'],
    }),
    noShow,
  ]
  const ids = (filter: Partial<Parameters<typeof selectRows>[1]['filter']>) =>
    selectRows(rows, buildExport({ filter: { search: '', show: 'all', ...filter } })).map(({ id }) => id)

  it('all never means who did not come, and everybody does', () => {
    expect(ids({})).toEqual(['came', 'denied', 'friend', 'host', 'panelist'])
    expect(ids({ show: 'everybody' })).toEqual(['x-1', 'came', 'denied', 'friend', 'host', 'panelist'])
    expect(ids({ show: 'absent' })).toEqual(['x-1'])
  })

  it('leaves out whoever comes anyway, unless they registered', () => {
    expect(ids({ withoutStaff: true })).toEqual(['came', 'denied', 'friend', 'panelist'])
  })

  it('tells those who registered from those who did not, and nobody is both', () => {
    expect(ids({ show: 'registered' })).toEqual(['came', 'panelist'])
    expect(ids({ show: 'walk_in' })).toEqual(['denied', 'friend'])
  })
})
