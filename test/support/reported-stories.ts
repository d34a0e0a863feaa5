import fc from 'fast-check'
import type { BatchRefusal, Fact, Place, ReportRow } from '../../shared/attendance/index.ts'
import {
  anyFact,
  atMs,
  base,
  endedFact,
  keys,
  minutes,
  name,
  noKeys,
  orNull,
  place,
  reading,
  ref,
  visit,
  visitFacts,
  type Visit,
} from './stories.ts'

/** Stories for property tests in which official lists come: late, again, short, long, wrong, unfinished. */

/** What a row of a list becomes. */
type Misprint =
  | 'right'
  | 'no id'
  | 'no name'
  | 'other name'
  | 'lost'
  | 'twice'
  | 'shifted'
  | 'outside'
  | 'backwards'
  | 'uncomputed'
const misprint = fc.record({
  what: fc.oneof(
    { weight: 6, arbitrary: fc.constant<Misprint>('right') },
    {
      weight: 5,
      arbitrary: fc.constantFrom<Misprint>(
        ...(['no id', 'no name', 'other name', 'lost', 'twice', 'shifted', 'outside'] as const),
        ...(['backwards', 'uncomputed'] as const),
      ),
    },
  ),
  bySeconds: fc.integer({ min: -400, max: 400 }),
})

/** Somebody the list has and nobody saw. */
const stranger = fc.record({
  joinMinute: fc.integer({ min: 0, max: 40 }),
  stayMinutes: fc.integer({ min: 0, max: 40 }),
  segmentId: orNull(fc.integer({ min: 500, max: 520 }).map(String)),
  ...{ place, name, keys },
})

/** One reading of the list. */
const listing = fc.record({
  misprints: fc.array(misprint, { minLength: 1, maxLength: 12 }),
  strangers: fc.oneof(
    { weight: 9, arbitrary: fc.array(stranger, { maxLength: 2 }) },
    { weight: 1, arbitrary: fc.array(stranger, { minLength: 10, maxLength: 16 }) },
  ),
  /** Rows at the end that did not come although they are not declared either: a short list. */
  shorterBy: fc.oneof(
    { weight: 4, arbitrary: fc.constant(0) },
    { weight: 1, arbitrary: fc.integer({ min: 1, max: 60 }) },
  ),
  /** Rows declared beyond (or below) what came: never whole. */
  missing: fc.oneof(
    { weight: 6, arbitrary: fc.constant(0) },
    { weight: 1, arbitrary: fc.constantFrom(-1, 1, 5) },
  ),
  refusal: fc.oneof(
    { weight: 8, arbitrary: fc.constant<BatchRefusal | null>(null) },
    { weight: 1, arbitrary: fc.constantFrom<BatchRefusal>('other_meeting', 'outside_time') },
  ),
  readMinute: fc.integer({ min: 91, max: 97 }),
  /** Minutes later the same list is read again. */
  againAfter: orNull(fc.integer({ min: 1, max: 3 })),
})
type Listing = typeof listing extends fc.Arbitrary<infer T> ? T : never

/**
 * A lesson as webhooks, a panel and the official list tell it, in any order: some people only one witness knows, some lists
 * never count, some replace others, and a meeting's UUID may have slashes.
 */
export const badlyReportedLesson: fc.Arbitrary<Fact[]> = fc
  .record({
    visits: fc.array(visit, { minLength: 1, maxLength: 4 }),
    readingMinutes: fc.uniqueArray(fc.integer({ min: 0, max: 90 }), { maxLength: 2 }),
    listings: fc.array(listing, { minLength: 1, maxLength: 3 }),
    ended: fc.boolean(),
    meeting: fc.constantFrom('M1', '/M1//x=='),
    onlyListed: fc.integer({ min: 0, max: 3 }),
    onlyPanel: fc.boolean(),
  })
  .chain(({ visits, readingMinutes, listings, ended, meeting, onlyListed, onlyPanel }) => {
    const facts = [
      ...visits.slice(onlyListed).flatMap((one, i) => (onlyPanel ? [] : visitFacts(one, onlyListed + i))),
      ...readingMinutes.map((minute) => reading(visits.slice(onlyListed), minute)),
      ...(ended ? [endedFact] : []),
      ...listings.flatMap((one, i) => listFacts(visits, one, `list ${i}`)),
    ].map((fact) => ({ ...fact, meeting }))
    const live = facts.filter((fact) => fact.witness !== 'report')
    const without = (lost: readonly number[]) => new Set(lost.map((n) => live[n % live.length]))
    return fc
      .record({
        lost: fc.array(fc.nat(), { maxLength: 3 }),
        turns: fc.array(fc.nat(), { minLength: facts.length, maxLength: facts.length }),
      })
      .map(({ lost, turns }) =>
        facts
          .map((fact, i) => ({ fact, turn: turns[i] ?? 0 }))
          .filter(({ fact }) => !without(lost).has(fact))
          .sort((a, b) => a.turn - b.turn)
          .map(({ fact }) => fact),
      )
  })

const anyRow = fc.record({
  seconds: fc.constantFrom(0, 1, 5, 60, 600),
  ...{ atMs, place, ref, name, keys },
})

/** Arbitrary facts and arbitrary lists in arbitrary order: nothing need make sense, but lists are mostly whole. */
export const anyReportedFacts: fc.Arbitrary<Fact[]> = fc
  .record({
    live: fc.array(anyFact, { maxLength: 12 }),
    lists: fc.array(
      fc.record({
        rows: fc.array(anyRow, { maxLength: 8 }),
        meeting: base.meeting,
        batch: fc.constantFrom('X', 'Y', 'Z'),
        digest: fc.constantFrom('d', 'e'),
        missing: fc.constantFrom(0, 0, 0, 1),
        sameAs: fc.option(fc.constantFrom('X', 'Y', 'Z'), { nil: null, freq: 5 }),
        atMs,
      }),
      { minLength: 1, maxLength: 3 },
    ),
    turn: fc.nat(),
  })
  .map(({ live, lists, turn }) => {
    const reported = lists.flatMap(({ rows, missing, ...list }): Fact[] => [
      ...rows.map(({ seconds, ...row }, i): Fact => ({
        ...row,
        ...{ kind: 'report_row', witness: 'report', key: `${list.batch}/${i}`, batch: list.batch },
        ...{ meeting: list.meeting, leftMs: row.atMs + seconds * 1_000, reportedSeconds: seconds },
      })),
      {
        ...{ ...list, kind: 'report_batch', witness: 'report', key: list.batch, refusal: null },
        declared: rows.length + missing,
      },
    ])
    const all = [...live, ...reported]
    return [...all.slice(turn % all.length), ...all.slice(0, turn % all.length)]
  })

/** The rows of one reading, its end, and perhaps the same list read again without telling its rows again. */
function listFacts(visits: readonly Visit[], one: Listing, batch: string): Fact[] {
  const right = visits.flatMap((who, i) => rowsOf(who, i, batch))
  const printed = right.flatMap((row, i) => print(row, one.misprints[i % one.misprints.length]))
  const strangers = one.strangers.map((who): ReportRow => {
    const span = { fromMinute: who.joinMinute, toMinute: who.joinMinute + who.stayMinutes }
    return { ...rowAt(span, who.place, who.segmentId, batch), name: who.name, keys: who.keys }
  })
  const all = [...printed, ...strangers]
  const rows = all
    .slice(0, Math.max(0, all.length - one.shorterBy))
    .map((row, i) => ({ ...row, key: `${batch}/${i}` }))
  const end: Fact = {
    ...{ key: batch, meeting: 'M1', witness: 'report', kind: 'report_batch', batch },
    ...{ atMs: minutes(one.readMinute), declared: rows.length + one.missing, refusal: one.refusal },
    ...{
      digest: JSON.stringify(rows.map(({ atMs, leftMs, name: who }) => [atMs, leftMs, who])),
      sameAs: null,
    },
  }
  if (one.againAfter === null) return [...rows, end]
  const again = `${batch} again`
  const atMs = minutes(one.readMinute + one.againAfter)
  return [...rows, end, { ...end, key: again, batch: again, sameAs: batch, atMs }]
}

/** What Zoom would list of a visit: waiting, the main room until a breakout room, the room, the main room again. */
function rowsOf(one: Visit, i: number, batch: string): ReportRow[] {
  const { joinMinute: join, stayMinutes: stay, waitedMinutes: waited } = one
  const end = join + stay
  const [room, back] = [join + stay / 4, join + stay / 2]
  const row = (fromMinute: number, toMinute: number, where: Place, number: number): ReportRow => ({
    ...rowAt({ fromMinute, toMinute }, where, `${i * 10 + number}`, batch),
    name: one.name,
    // Breakout rows of guests lack their account.
    keys: where.kind === 'breakout' ? noKeys : { ...noKeys, zoomUserId: one.zoomUserId },
  })
  const inside: Place = { kind: 'main' }
  return [
    ...(waited > 0 ? [row(join - waited, join, { kind: 'waiting' }, 0)] : []),
    ...(one.breakout
      ? [
          row(join, room, inside, 1),
          row(room, back, { kind: 'breakout', room: 'A' }, 2),
          row(back, end, inside, 1),
        ]
      : [row(join, end, inside, 1)]),
  ]
}

function rowAt(
  { fromMinute, toMinute }: { fromMinute: number; toMinute: number },
  where: Place,
  segmentId: string | null,
  batch: string,
): ReportRow {
  return {
    ...{ key: '', meeting: 'M1', witness: 'report', kind: 'report_row', batch, place: where },
    ...{ atMs: minutes(fromMinute), leftMs: minutes(toMinute), name: '', keys: noKeys },
    ...{ ref: { segmentId, participantUuid: null, parentSegmentId: null } },
    reportedSeconds: (toMinute - fromMinute) * 60,
  }
}

function print(row: ReportRow, how: { what: Misprint; bySeconds: number } | undefined): ReportRow[] {
  const byMs = (how?.bySeconds ?? 0) * 1_000
  const atMs = row.atMs + byMs
  switch (how?.what) {
    case 'no id':
      return [{ ...row, ref: { ...row.ref, segmentId: null } }]
    case 'no name':
      return [{ ...row, name: '' }]
    case 'other name':
      return [{ ...row, name: 'Anna (iPhone)' }]
    case 'lost':
      return []
    case 'twice':
      return [row, row]
    case 'shifted':
      return [{ ...row, atMs, leftMs: Math.max(atMs, row.leftMs - byMs) }]
    case 'outside':
      return [{ ...row, atMs: row.atMs + 86_400_000, leftMs: row.leftMs + 86_400_000 }]
    case 'backwards':
      return [{ ...row, leftMs: row.atMs, reportedSeconds: 0 }]
    case 'uncomputed':
      return [{ ...row, reportedSeconds: 0 }]
    default:
      return [row]
  }
}
