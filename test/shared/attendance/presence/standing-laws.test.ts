import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  baseOf,
  defaultThresholds,
  flips,
  labelsOf,
  measureOf,
  presenceAt,
  standingOf,
  type Attendee,
  type Segment,
  type Span,
  type Standing,
} from '../../../../shared/attendance/index.ts'
import { attendee } from '../attendees.ts'

const MINUTE = 60_000
const END = 300 * MINUTE
const over = { over: true, atMs: END }
const runs = { numRuns: 1_000 }

const instant = fc.integer({ min: 0, max: 280 }).map((minute) => minute * MINUTE)
const segment = fc
  .record({
    fromMs: instant,
    minutes: fc.integer({ min: 0, max: 120 }),
    place: fc.constantFrom('main', 'main', 'breakout', 'waiting'),
    from: fc.constantFrom('known', 'known', 'seen'),
    open: fc.nat(9).map((n) => n === 0),
  })
  .map(({ fromMs, minutes, place, from, open }): Segment => ({
    key: `s:${fromMs}`,
    place: place === 'breakout' ? { kind: place, room: 'A' } : { kind: place },
    fromMs,
    from,
    toMs: open ? null : fromMs + minutes * MINUTE,
    to: open ? 'open' : 'known',
  }))
const devices = fc.array(fc.array(segment, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 3 })

const presenceOf = (connections: Segment[][]) =>
  presenceAt({ connections: connections.map((segments) => ({ segments })) }, END)

const person = fc.record({
  stays: devices.map((connections) => presenceOf(connections).stays),
  mark: fc.constantFrom(null, null, { mark: 'present' } as const, { mark: 'absent' } as const),
  expected: fc.constantFrom(null, true, false),
  role: fc.constantFrom('host', 'attendee', 'unknown'),
  confidence: fc.constantFrom('certain', 'likely', 'unidentified', 'conflict'),
}) satisfies fc.Arbitrary<Attendee>
const anybody = fc.oneof(
  { weight: 9, arbitrary: person },
  { weight: 1, arbitrary: person.map((one): Attendee => ({ ...one, stays: [] })) },
)
const window = fc.tuple(instant, instant).map(([a, b]): Span => ({
  fromMs: Math.min(a, b),
  toMs: Math.max(a, b) + MINUTE,
}))
const breaks = fc.array(window, { maxLength: 3 })
const base = fc.tuple(window, breaks).map(([whole, pauses]) => baseOf(0, whole, pauses).spans)
const minimum = fc.integer({ min: 0, max: 1000 }).map((permille) => permille / 1000)

const stand = (one: Attendee, spans: readonly Span[], minShare = 0.75): Standing =>
  standingOf(one, spans, { ...defaultThresholds, minShare }, over)

describe('of everybody under any base', () => {
  it('presence inside the base is never longer than the base, and the share is it, rounded down', () => {
    const property = fc.property(anybody, base, (one, spans) => {
      const measured = measureOf(one, spans)
      const { share } = stand(one, spans)
      expect(share === null).toBe(measured === null)
      const { withinMs, baseMs } = measured ?? { withinMs: 0, baseMs: 1 }
      expect(withinMs).toBeGreaterThanOrEqual(0)
      expect(withinMs).toBeLessThanOrEqual(baseMs)
      const permille = Math.round((share ?? 0) * 1000)
      expect(permille).toBeGreaterThanOrEqual(0)
      expect(permille * baseMs).toBeLessThanOrEqual(withinMs * 1000)
      expect((permille + 1) * baseMs).toBeGreaterThan(withinMs * 1000)
    })
    fc.assert(property, runs)
  })

  it('a break taken out makes no share greater than one', () => {
    const property = fc.property(anybody, window, breaks, (one, whole, pauses) => {
      expect(stand(one, baseOf(0, whole, pauses).spans).share ?? 0).toBeLessThanOrEqual(1)
    })
    fc.assert(property, runs)
  })

  it('one more device, or a rejoin, while they are there anyway changes nothing', () => {
    const property = fc.property(devices, base, fc.nat(), (connections, spans, pick) => {
      const { stays } = presenceOf(connections)
      const long = stays.filter(
        ({ place, fromMs, toMs }) => place !== 'waiting' && (toMs ?? END) - fromMs > 2 * MINUTE,
      )
      const stay = long[pick % long.length]
      if (stay === undefined) return
      const within: Segment = {
        ...{ key: 's:more', place: { kind: 'main' }, from: 'seen', to: 'known' },
        ...{ fromMs: stay.fromMs + MINUTE, toMs: (stay.toMs ?? END) - MINUTE },
      }
      const more = presenceOf([...connections, [within, within]])
      expect(stand(attendee([...more.stays]), spans)).toEqual(stand(attendee([...stays]), spans))
    })
    fc.assert(property, runs)
  })

  it('statuses that exclude each other never meet, and once it is over everybody on the list has one of three', () => {
    const property = fc.property(anybody, base, (one, spans) => {
      const { statuses } = stand(one, spans)
      const has = (...some: Standing['statuses']): number =>
        some.filter((each) => statuses.includes(each)).length
      const isListed = one.stays.length > 0 || one.expected === true || one.mark !== null
      expect(has('present', 'absent', 'waiting_room_only')).toBe(isListed ? 1 : 0)
      if (has('present') === 0) expect(has('late', 'left_early', 'returned', 'walk_in')).toBe(0)
      expect(has('unidentified', 'conflict')).toBeLessThanOrEqual(1)
      expect(new Set(statuses).size).toBe(statuses.length)
    })
    fc.assert(property, runs)
  })

  it('a mark by the host decides the minimum and leaves presence as it is', () => {
    const property = fc.property(anybody, base, (one, spans) => {
      const [marked, unmarked] = [stand(one, spans), stand({ ...one, mark: null }, spans)]
      expect([marked.share, marked.secondsToLine]).toEqual([unmarked.share, unmarked.secondsToLine])
      if (one.mark) expect(marked.meetsMinimum).toBe(one.mark.mark === 'present')
      expect(marked.byHost).toBe(one.mark !== null)
    })
    fc.assert(property, runs)
  })

  it('moving the minimum changes the minimum of exactly those who flip', () => {
    const people = fc.array(
      person.map((one): Attendee => ({ ...one, mark: null })),
      { maxLength: 8 },
    )
    const property = fc.property(people, base, minimum, minimum, (everybody, spans, from, to) => {
      const changed = everybody.filter(
        (one) => stand(one, spans, from).meetsMinimum !== stand(one, spans, to).meetsMinimum,
      )
      const measured = everybody.map((one) => ({ person: one, measured: measureOf(one, spans) }))
      const { gained, lost } = flips(measured, from, to)
      expect(new Set([...gained, ...lost])).toEqual(new Set(changed))
      expect(gained.length + lost.length).toBe(changed.length)
      expect(from <= to ? gained : lost).toEqual([])
    })
    fc.assert(property, runs)
  })

  it('whoever has a share has it at least or below any percent, and never both', () => {
    const property = fc.property(anybody, base, minimum, (one, spans, minShare) => {
      const standing = stand(one, spans, minShare)
      const presence = { presentSeconds: 0, firstJoinMs: null, firstJoinKnown: false, lastLeaveMs: null }
      const rules = (['share_at_least', 'share_below'] as const).map((kind) => ({
        name: kind,
        when: [{ kind, percent: minShare * 100 }],
      }))
      const labels = labelsOf({ standing, presence, email: null, atMs: 0 }, rules).map(({ name }) => name)
      const expected = standing.secondsToLine === null ? [] : [isEnough(one, spans, minShare)]
      expect(labels).toEqual(expected)
    })
    fc.assert(property, runs)
  })

  it('nothing is told of a share while the meeting runs and the base is not over', () => {
    const property = fc.property(anybody, base, (one, spans) => {
      const now = { over: false, atMs: spans.at(-1)?.toMs ?? 0 }
      const { share, secondsToLine, statuses } = standingOf(one, spans, defaultThresholds, now)
      expect([share, secondsToLine]).toEqual([null, null])
      expect(statuses).not.toContain('left_early')
    })
    fc.assert(property, runs)
  })
})

const isEnough = (one: Attendee, spans: readonly Span[], minShare: number): string =>
  stand({ ...one, mark: null }, spans, minShare).meetsMinimum === true ? 'share_at_least' : 'share_below'
