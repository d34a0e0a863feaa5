import type { Span } from '../spans.ts'
import type { Interval } from './concurrency.ts'

/** What 100 % means in one meeting. */
export interface Base {
  /** Which meeting of the list, from 0. */
  meeting: number
  /** Disjoint, ascending, each of some length. [] when nothing of the meeting counts. */
  spans: readonly Span[]
}

/**
 * The base of one meeting: a window (from start to end, or what the host typed) without its breaks.
 *
 * Breaks may come in any order, overlap, and reach beyond the window; what ends before it begins counts nothing. 18:00–20:00
 * with a break 18:50–19:10 is 18:00–18:50 and 19:10–20:00.
 */
export function baseOf(meeting: number, window: Span, breaks: readonly Span[] = []): Base {
  const spans: Span[] = []
  let fromMs = window.fromMs
  for (const pause of [...breaks]
    .filter((one) => one.toMs > one.fromMs)
    .sort((a, b) => a.fromMs - b.fromMs)) {
    const toMs = Math.min(pause.fromMs, window.toMs)
    if (toMs > fromMs) spans.push({ fromMs, toMs })
    fromMs = Math.max(fromMs, pause.toMs)
  }
  if (window.toMs > fromMs) spans.push({ fromMs, toMs: window.toMs })
  return { meeting, spans }
}

/** Of whom a share can be told: where they were, meeting by meeting. Stays are disjoint and ascending; null without times. */
export interface Attended {
  meetings: readonly { meeting: number; stays: readonly Interval[] | null }[]
}

/** The two sides of a share, in whole milliseconds: `withinMs` of `baseMs`. */
export interface Measure {
  withinMs: number
  baseMs: number
}

/**
 * How long somebody was present within the bases, beside the length of all bases: also of meetings they were not in.
 *
 * Null without any base, and for somebody of whom a list says that they were in one of these meetings, but not when; also for
 * who was in others only, and no list says when: nothing is known of their time.
 */
export function measure(person: Attended, bases: readonly Base[]): Measure | null {
  const stays = new Map(person.meetings.map((one) => [one.meeting, one.stays]))
  if (stays.size > 0 && [...stays.values()].every((own) => own === null)) return null
  let [withinMs, baseMs] = [0, 0]
  for (const { meeting, spans } of bases) {
    const own = stays.get(meeting)
    if (own === null) return null
    for (const span of spans) baseMs += span.toMs - span.fromMs
    if (own) withinMs += overlapMs(own, spans)
  }
  return baseMs > 0 ? { withinMs, baseMs } : null
}

/**
 * The share of presence, 0 to 1, rounded down to 0.001: presence clipped to the bases ÷ the sum of all bases given.
 *
 * 89 min 57 s of 2 h is 74.96 %: 0.749, and fails a minimum of 0.75. 90 min of 2 h is 0.75 and passes. One of two evenings
 * of equal length is 0.5. Null where `measure` is.
 */
export function shareOf(person: Attended, bases: readonly Base[]): number | null {
  return shareFrom(measure(person, bases))
}

/** The same of what was measured already. */
export function shareFrom(measured: Measure | null): number | null {
  return measured && permille(measured) / 1000
}

/**
 * Whether a share, as it is told, reaches a minimum (0 to 1): exactly the minimum passes. A share of 0.666 does not reach
 * 0.6664, though two thirds would: nobody passes with less on paper than was asked. Without times nobody passes, and nobody
 * fails: null.
 */
export function passes(measured: Measure | null, minShare: number): boolean | null {
  return reaches(shareFrom(measured), minShare)
}

/** The same of a share as it is told, 0 to 1 in thousandths. */
export function reaches(share: number | null, minShare: number): boolean | null {
  return share === null ? null : Math.round(share * 1000) >= toPermille(minShare)
}

/**
 * How far somebody is from a minimum, in seconds of presence: 0 or more above it, less than 0 below. Of 2 h, 89 min 57 s
 * is 3 seconds short of 0.75: -3. Whole seconds, never more above or less below than is true. Null without times.
 */
export function secondsToLine(measured: Measure | null, minShare: number): number | null {
  if (!measured) return null
  const { withinMs, baseMs } = measured
  // Of 1,000,000 parts both sides are whole numbers of milliseconds.
  const above = withinMs * 1000 - toPermille(minShare) * baseMs
  return Math.floor(above / 1_000_000)
}

/** Somebody, and how they measure. */
export interface Measured<Person> {
  person: Person
  measured: Measure | null
}

/** Everybody once by where they stand to a minimum. */
export interface Sides<Person> {
  passing: Person[]
  failing: Person[]
  /** Of whom no share can be told. */
  unknown: Person[]
  /** Of the first two, those within some seconds of the line, either side. */
  close: { person: Person; secondsToLine: number }[]
}

const CLOSE_SECONDS = 120

/** Who reaches a minimum (0 to 1), who does not, and for whom two minutes (or `withinSeconds`) would decide. In their order. */
export function sidesOf<Person>(
  people: Iterable<Measured<Person>>,
  minShare: number,
  withinSeconds = CLOSE_SECONDS,
): Sides<Person> {
  const sides: Sides<Person> = { passing: [], failing: [], unknown: [], close: [] }
  for (const { person, measured } of people) {
    const passed = passes(measured, minShare)
    sides[passed === null ? 'unknown' : passed ? 'passing' : 'failing'].push(person)
    const seconds = secondsToLine(measured, minShare)
    if (seconds !== null && Math.abs(seconds) <= withinSeconds)
      sides.close.push({ person, secondsToLine: seconds })
  }
  return sides
}

/**
 * Who changes sides when the minimum moves: `gained` pass only at the new one, `lost` only at the old one. Lowering loses
 * nobody, raising gains nobody. From 0.75 to 0.7 somebody with 0.72 is gained.
 */
export function flips<Person>(
  people: Iterable<Measured<Person>>,
  fromMinShare: number,
  toMinShare: number,
): { gained: Person[]; lost: Person[] } {
  const flipped: { gained: Person[]; lost: Person[] } = { gained: [], lost: [] }
  for (const { person, measured } of people) {
    const [before, after] = [passes(measured, fromMinShare), passes(measured, toMinShare)]
    if (before !== after) flipped[after ? 'gained' : 'lost'].push(person)
  }
  return flipped
}

/** Thousandths, rounded down. Remainders are exact where quotients are not: nothing is lost at the border. */
function permille({ withinMs, baseMs }: Measure): number {
  const parts = withinMs * 1000
  return (parts - (parts % baseMs)) / baseMs
}

/**
 * The least share in thousandths that reaches a minimum. What floating point adds to 0.667 × 1000 is taken away first.
 */
const toPermille = (share: number): number => Math.ceil(Math.round(share * 1e9) / 1e6)

function overlapMs(stays: readonly Interval[], spans: readonly Span[]): number {
  let [sum, at] = [0, 0]
  for (const { fromMs, toMs } of stays) {
    const endMs = toMs ?? Infinity
    while (at < spans.length && (spans[at]?.toMs ?? 0) <= fromMs) at++
    for (let i = at; i < spans.length; i++) {
      const span = spans[i]
      if (!span || span.fromMs >= endMs) break
      sum += Math.min(span.toMs, endMs) - Math.max(span.fromMs, fromMs)
    }
  }
  return sum
}
