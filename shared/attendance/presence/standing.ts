import type { Confidence, PersonPresence } from '../people.ts'
import type { Role } from '../evidence.ts'
import type { Span } from '../spans.ts'
import { measure, passes, secondsToLine, shareFrom, type Measure } from './share.ts'

/** From when on something is told of somebody. */
export interface Thresholds {
  lateAfterSeconds: number
  leftEarlySeconds: number
  returnedAfterSeconds: number
  /** 0 to 1. */
  minShare: number
}

/** As they are until a host sets others: five minutes each, and 75 %. */
export const defaultThresholds: Thresholds = {
  lateAfterSeconds: 300,
  leftEarlySeconds: 300,
  returnedAfterSeconds: 300,
  minShare: 0.75,
}

type Stay = PersonPresence['stays'][number]

/** Somebody as of an instant. */
export interface Attendee {
  /** Disjoint and ascending, as `presenceAt` tells them: those in the waiting room among them. */
  stays: readonly Stay[]
  role: Role
  confidence: Confidence
  /** What the host said, whatever their presence; null for nothing. */
  mark: { mark: 'present' | 'absent' } | null
  /** Whether they should have come; null where nobody said who should. */
  expected: boolean | null
}

const statuses = [
  'present',
  'late',
  'left_early',
  'returned',
  'absent',
  'walk_in',
  'waiting_room_only',
  'unidentified',
  'conflict',
] as const

/** What may be said of somebody; several may hold. */
export type Status = (typeof statuses)[number]

/** How somebody stands under a policy. */
export interface Standing {
  /** 0 to 1, rounded down to 0.001; null while it cannot be told. */
  share: number | null
  /** Null where nobody can tell. */
  meetsMinimum: boolean | null
  /** Seconds of presence above the minimum, less than 0 below it, whatever the host said; null without a share. */
  secondsToLine: number | null
  /** The host said whether they were there: that decides `meetsMinimum`. */
  byHost: boolean
  /** In the order of `Status`. */
  statuses: Status[]
}

/** `over`: the meeting has ended. `atMs`: the instant of the stays, epoch ms. */
export interface Moment {
  over: boolean
  atMs: number
}

/**
 * How somebody stands to a base (disjoint, ascending; null: nothing says what 100 % is) under the thresholds.
 *
 * A share, the minimum and leaving early are told once the meeting is over or the base has passed. Exactly one of `present`,
 * `absent` and `waiting_room_only` holds of everybody who came, waited or was expected; while the meeting runs, `present` means
 * now, and of whoever left none does.
 *
 * Only stays that reach into the base are looked at. `late`: the first of them begins more than the threshold after the base;
 * where nobody saw the join, it is not known and nobody is late. `left_early`: the last one ends more than the threshold
 * before it. `returned`: between two of them at least the threshold of the base went by; a break is no base.
 *
 * The host's mark decides the minimum, and `present` or `absent`; presence stays as it is, but of whoever is absent nothing is
 * told that only somebody present can be.
 *
 * @see docs/attendance.md
 */
export function standingOf(
  attendee: Attendee,
  base: readonly Span[] | null,
  thresholds: Thresholds,
  now: Moment,
): Standing {
  const endMs = base?.at(-1)?.toMs
  const isSettled = now.over || (endMs !== undefined && endMs < now.atMs)
  const measured = isSettled ? measureOf(attendee, base ?? []) : null
  const marked = attendee.mark && attendee.mark.mark === 'present'
  return {
    share: shareFrom(measured),
    meetsMinimum: marked ?? passes(measured, thresholds.minShare),
    secondsToLine: secondsToLine(measured, thresholds.minShare),
    byHost: attendee.mark !== null,
    statuses: statusesOf(attendee, base, thresholds, { ...now, isSettled }),
  }
}

/** Presence beside the base, as `sidesOf` and `flips` compare it: whom the host marked they leave out, for a mark outweighs it. */
export function measureOf({ stays }: Pick<Attendee, 'stays'>, base: readonly Span[]): Measure | null {
  const attended = { meetings: [{ meeting: 0, stays: stays.filter(isInside) }] }
  return measure(attended, [{ meeting: 0, spans: base }])
}

function statusesOf(
  attendee: Attendee,
  base: readonly Span[] | null,
  thresholds: Thresholds,
  now: Moment & { isSettled: boolean },
): Status[] {
  const { role, confidence, expected } = attendee
  const inside = attendee.stays.filter(isInside)
  const attendance = attendanceOf(attendee, inside, now)
  const isThere = attendance !== 'absent' && (inside.length > 0 || attendance === 'present')
  const held: Record<Status, boolean> = {
    present: attendance === 'present',
    ...manners(attendance === 'absent' ? [] : inside, base ?? [], thresholds, now.isSettled),
    absent: attendance === 'absent',
    walk_in: isThere && expected === false && !comesAnyway(role),
    waiting_room_only: attendance === 'waiting_room_only',
    unidentified: confidence === 'unidentified',
    conflict: confidence === 'conflict',
  }
  return statuses.filter((status) => held[status])
}

/** Whether somebody is there by their role, so that no list has to expect them. */
export function comesAnyway(role: Role): boolean {
  return role === 'host' || role === 'cohost' || role === 'panelist'
}

function attendanceOf(
  { stays, mark, expected }: Attendee,
  inside: readonly Stay[],
  { over, atMs }: Moment,
): 'present' | 'absent' | 'waiting_room_only' | null {
  if (mark) return mark.mark
  const came = inside.length > 0
  if (over ? came : inside.some((stay) => stay.fromMs <= atMs && endOf(stay) > atMs)) return 'present'
  if (came) return null
  if (stays.length > 0) return 'waiting_room_only'
  return over && expected === true ? 'absent' : null
}

function manners(
  inside: readonly Stay[],
  base: readonly Span[],
  { lateAfterSeconds, leftEarlySeconds, returnedAfterSeconds }: Thresholds,
  isSettled: boolean,
): Record<'late' | 'left_early' | 'returned', boolean> {
  const fromMs = base[0]?.fromMs ?? Infinity
  const toMs = base.at(-1)?.toMs ?? -Infinity
  const reaching = inside.filter((stay) => endOf(stay) > fromMs || stay.fromMs === fromMs)
  const beginning = inside.filter((stay) => stay.fromMs < toMs)
  const [first, last] = [reaching[0], beginning.at(-1)]
  const during = reaching.filter((stay) => stay.fromMs < toMs)
  const awayMs = during.slice(1).map((stay, i) => lengthWithin(base, endOf(during[i] ?? stay), stay.fromMs))
  return {
    late: first?.from === 'known' && first.fromMs - fromMs > lateAfterSeconds * 1000,
    left_early: isSettled && last !== undefined && toMs - endOf(last) > leftEarlySeconds * 1000,
    returned: awayMs.some((ms) => ms > 0 && ms >= returnedAfterSeconds * 1000),
  }
}

const lengthWithin = (base: readonly Span[], fromMs: number, toMs: number): number =>
  base.reduce((ms, span) => ms + Math.max(0, Math.min(span.toMs, toMs) - Math.max(span.fromMs, fromMs)), 0)

const isInside = (stay: Stay): boolean => stay.place !== 'waiting'
const endOf = (stay: Stay): number => stay.toMs ?? Infinity
