import fc from 'fast-check'
import type { Fact, ImportRow, ReportRow } from '../../shared/attendance/index.ts'
import { anyReportedFacts, badlyReportedLesson } from './reported-stories.ts'
import { atMs, base, keys, name, place } from './stories.ts'

/** Stories for property tests in which files are imported: alone, beside live witnesses, beside the official list. */

const precision = fc.constantFrom<1 | 60>(1, 60)
const anyRow = fc.record({
  seconds: fc.constantFrom(0, 1, 5, 60, 600, 3600),
  precisionSeconds: precision,
  role: fc.constantFrom<ImportRow['role']>('unknown', 'unknown', 'host', 'attendee'),
  reportedSeconds: fc.constantFrom(null, 60, 600),
  ...{ atMs, place, name, keys },
  meeting: base.meeting,
})

/** A file of rows from the tiny world of the other stories. */
const anyFile = fc
  .record({ file: fc.constantFrom('F', 'G'), rows: fc.array(anyRow, { maxLength: 6 }) })
  .map(({ file, rows }) =>
    rows.map(({ seconds, ...row }, line): ImportRow => ({
      ...{ kind: 'import_row', witness: 'import', key: `${file}/${line + 2}`, ...row },
      leftMs: row.atMs + seconds * 1_000,
    })),
  )

/** Nothing but the rows of one file. */
export const oneFile: fc.Arbitrary<ImportRow[]> = anyFile

/** Arbitrary facts, lists and files in arbitrary order. */
export const anyImportedFacts: fc.Arbitrary<Fact[]> = fc
  .record({
    facts: fc.oneof(anyReportedFacts, fc.constant<Fact[]>([])),
    one: anyFile,
    other: anyFile,
    turn: fc.nat(),
  })
  .map(({ facts, one, other, turn }) => {
    const all: Fact[] = [...facts, ...one, ...other]
    const by = all.length === 0 ? 0 : turn % all.length
    return [...all.slice(by), ...all.slice(0, by)]
  })

/** A lesson and the files somebody made of its official list: some rows lost, some exact to the minute only, some renamed. */
export const lessonWithFile: fc.Arbitrary<Fact[]> = fc
  .record({
    facts: badlyReportedLesson,
    prints: fc.array(
      fc.record({
        how: fc.constantFrom('right', 'right', 'right', 'lost', 'renamed', 'addressed', 'shifted'),
        precisionSeconds: precision,
      }),
      { minLength: 1, maxLength: 6 },
    ),
    reports: fc.boolean(),
    turn: fc.nat(),
  })
  .map(({ facts, prints, reports, turn }) => {
    const rows = facts.filter((fact) => fact.kind === 'report_row')
    const file = rows.flatMap((row, i): Fact[] => {
      const { how, precisionSeconds } = prints[i % prints.length] ?? { how: 'right', precisionSeconds: 1 }
      if (how === 'lost') return []
      const copy = copyOf(row, `F/${i}`, precisionSeconds)
      if (how === 'renamed') return [{ ...copy, name: `${row.name} (Anna)` }]
      if (how === 'addressed') return [{ ...copy, keys: { ...row.keys, email: 'a@example.test' } }]
      if (how === 'shifted') return [{ ...copy, atMs: copy.atMs - 90_000 }]
      return [copy]
    })
    const others = reports ? facts : facts.filter(({ witness }) => witness !== 'report')
    const by = turn % (others.length + 1)
    return [...others.slice(by), ...file, ...others.slice(0, by)]
  })

/** A row of the official list as a file has it. */
export function copyOf(row: ReportRow, key: string, precisionSeconds: 1 | 60 = 1): ImportRow {
  const exactMs = precisionSeconds * 1_000
  const { meeting, name: who, keys: strong, place: where, reportedSeconds } = row
  const fromMs = Math.floor(row.atMs / exactMs) * exactMs
  return {
    ...{
      kind: 'import_row',
      witness: 'import',
      key,
      meeting,
      name: who,
      keys: strong,
      place: where,
      role: 'unknown',
    },
    ...{ atMs: fromMs, leftMs: Math.max(fromMs, Math.floor(row.leftMs / exactMs) * exactMs) },
    ...{ precisionSeconds, reportedSeconds },
  }
}
