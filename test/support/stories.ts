import fc from 'fast-check'
import type { Fact, Place, Role, SegmentRef, StrongKeys } from '../../shared/attendance/index.ts'

/** Evidence stories for property tests: plausible lessons told badly, and arbitrary facts from a tiny, colliding world. */

/** What `npm run replay` reads. */
export interface Story {
  /** Which shape the facts follow. */
  shape: string
  story: string
  facts: Fact[]
}

/** A story as the text to put into a file for `npm run replay -- FILE`. */
export const storyText = (facts: readonly Fact[], story = 'a law failed'): string =>
  JSON.stringify({ shape: 'rollbook evidence 1', story, facts }, null, 2)

const START_MS = Date.UTC(2026, 2, 12, 13, 0)
export const noKeys: StrongKeys = { zoomUserId: null, registrantId: null, email: null, phone: null }
export const orNull = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null })

export const name = fc.constantFrom(
  'Anna',
  'anna ',
  'Bob Smith',
  'Анна Иванова',
  'iPhone',
  'Гость',
  '',
  'Anna (iPhone)',
  'Bob Jones',
)
const role: fc.Arbitrary<Role> = fc.constantFrom('host', 'cohost', 'attendee', 'unknown')
export const place: fc.Arbitrary<Place> = fc.oneof(
  { weight: 4, arbitrary: fc.constant<Place>({ kind: 'main' }) },
  {
    weight: 2,
    arbitrary: fc.constantFrom<Place>({ kind: 'breakout', room: 'A' }, { kind: 'breakout', room: 'B' }),
  },
  { weight: 1, arbitrary: fc.constant<Place>({ kind: 'waiting' }) },
)
/** Coarse and fine steps, so ties and tolerances are met. */
export const atMs = fc
  .oneof(
    fc.integer({ min: 0, max: 40 }).map((n) => n * 1_000),
    fc.integer({ min: 0, max: 12 }).map((n) => n * 60_000),
  )
  .map((ms) => START_MS + ms)
const segmentId = fc.constantFrom('16', '17', '18', '19', '20')
const uuid = fc.constantFrom('A', 'B', 'C', 'D')
export const ref: fc.Arbitrary<SegmentRef> = fc.record({
  segmentId: orNull(segmentId),
  participantUuid: orNull(uuid),
  parentSegmentId: fc.option(segmentId, { nil: null, freq: 5 }),
})
export const keys: fc.Arbitrary<StrongKeys> = fc.oneof(
  { weight: 2, arbitrary: fc.constant(noKeys) },
  {
    weight: 1,
    arbitrary: fc.record({
      zoomUserId: orNull(fc.constantFrom('u1', 'u2')),
      registrantId: orNull(fc.constantFrom('r1', 'r2')),
      email: orNull(fc.constantFrom('a@example.test', 'b@example.test')),
      phone: fc.constant(null),
    }),
  },
)
const sighting = fc.record({ participantUuid: uuid, name, role })

export const base = {
  key: fc.integer({ min: 0, max: 60 }).map((n) => `k${n}`),
  meeting: fc.constantFrom('M1', 'M2'),
  atMs,
}
const webhook = { ...base, witness: fc.constant('webhook' as const) }
const panel = { ...base, witness: fc.constant('panel' as const), reader: fc.constantFrom('host', 'cohost') }

/** Any fact at all; keys collide, so the same key may even carry two different facts. */
export const anyFact: fc.Arbitrary<Fact> = fc.oneof(
  { weight: 1, arbitrary: fc.record({ ...webhook, kind: fc.constant('meeting_started' as const) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      ...base,
      witness: fc.constantFrom('webhook', 'panel'),
      kind: fc.constant('meeting_ended' as const),
    }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      ...webhook,
      kind: fc.constant('participant_joined' as const),
      place,
      ref,
      name,
      keys,
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      ...webhook,
      kind: fc.constant('participant_left' as const),
      place,
      ref,
      name,
      keys,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      ...webhook,
      kind: fc.constant('role_changed' as const),
      ref,
      name,
      keys,
      oldRole: role,
      newRole: role,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      ...webhook,
      kind: fc.constant('phone_bound' as const),
      ref,
      boundSegmentId: orNull(segmentId),
      boundParticipantUuid: orNull(uuid),
      phone: orNull(fc.constant('79*****1234')),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      ...panel,
      kind: fc.constant('panel_read' as const),
      scope: place,
      people: fc.uniqueArray(sighting, { maxLength: 3, selector: (one) => one.participantUuid }),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      ...panel,
      kind: fc.constant('panel_change' as const),
      change: fc.constantFrom('joined', 'left'),
      scope: place,
      person: sighting,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      ...base,
      witness: fc.constant('panel' as const),
      kind: fc.constant('email_shared' as const),
      participantUuid: uuid,
      email: fc.constantFrom('a@example.test', 'c@example.test'),
    }),
  },
)

/** Arbitrary facts in arbitrary order: nothing need make sense, the laws hold all the same. */
export const anyFacts: fc.Arbitrary<Fact[]> = fc.array(anyFact, { maxLength: 24 })

/** One device on its way through a lesson. Minutes after the start. */
export interface Visit {
  device: number
  waitedMinutes: number
  joinMinute: number
  stayMinutes: number
  breakout: boolean
  name: string
  zoomUserId: string | null
}
export const visit: fc.Arbitrary<Visit> = fc.record({
  device: fc.integer({ min: 0, max: 5 }),
  waitedMinutes: fc.integer({ min: 0, max: 2 }),
  joinMinute: fc.integer({ min: 2, max: 40 }),
  stayMinutes: fc.integer({ min: 0, max: 40 }),
  breakout: fc.boolean(),
  name: fc.constantFrom('Anna', 'Bob Smith', 'Анна Иванова', 'iPhone'),
  zoomUserId: fc.option(fc.constantFrom('u1', 'u2'), { nil: null, freq: 4 }),
})

/** A lesson as webhooks and a panel tell it, with some facts lost, some told twice, all in any order. */
export const badlyToldLesson: fc.Arbitrary<Fact[]> = fc
  .record({
    visits: fc.array(visit, { minLength: 1, maxLength: 8 }),
    readingMinutes: fc.uniqueArray(fc.integer({ min: 0, max: 90 }), { maxLength: 4 }),
    ended: fc.boolean(),
  })
  .map(({ visits, readingMinutes, ended }) => [
    ...visits.flatMap(visitFacts),
    ...readingMinutes.map((minute) => reading(visits, minute)),
    ...(ended ? [endedFact] : []),
  ])
  .chain((facts) =>
    fc.array(fc.constantFrom(...facts), { minLength: 1, maxLength: 2 * facts.length }).map((told) => told),
  )

export const minutes = (n: number): number => START_MS + n * 60_000
export const endedFact: Fact = {
  key: 'end',
  meeting: 'M1',
  witness: 'webhook',
  kind: 'meeting_ended',
  atMs: minutes(90),
}
const uuidOf = (one: Visit): string => `device-${one.device}`

export function visitFacts(one: Visit, i: number): Fact[] {
  const fact = (
    kind: 'participant_joined' | 'participant_left',
    where: Place,
    minute: number,
    row: number,
  ): Fact => ({
    key: `v${i} ${kind} ${where.kind} ${row}`,
    meeting: 'M1',
    witness: 'webhook',
    kind,
    atMs: minutes(minute),
    place: where,
    ref: {
      segmentId: `${i * 10 + row}`,
      participantUuid: uuidOf(one),
      parentSegmentId: where.kind === 'breakout' ? `${i * 10 + 1}` : null,
    },
    name: one.name,
    keys: { ...noKeys, zoomUserId: one.zoomUserId },
  })
  const { joinMinute: join, stayMinutes: stay, waitedMinutes: waited } = one
  const [main, room, waiting]: Place[] = [
    { kind: 'main' },
    { kind: 'breakout', room: 'A' },
    { kind: 'waiting' },
  ]
  return [
    ...(waited > 0
      ? [fact('participant_joined', waiting!, join - waited, 0), fact('participant_left', waiting!, join, 0)]
      : []),
    fact('participant_joined', main!, join, 1),
    ...(one.breakout
      ? [
          fact('participant_joined', room!, join + stay / 4, 2),
          fact('participant_left', room!, join + stay / 2, 2),
        ]
      : []),
    fact('participant_left', main!, join + stay, 1),
  ]
}

export function reading(visits: readonly Visit[], minute: number): Fact {
  const here = visits.filter((one) => one.joinMinute <= minute && minute < one.joinMinute + one.stayMinutes)
  const people = new Map(
    here.map((one) => [
      uuidOf(one),
      { participantUuid: uuidOf(one), name: one.name, role: 'attendee' as const },
    ]),
  )
  return {
    key: `reading ${minute}`,
    meeting: 'M1',
    witness: 'panel',
    kind: 'panel_read',
    reader: 'host',
    scope: { kind: 'main' },
    atMs: minutes(minute),
    people: [...people.values()],
  }
}
