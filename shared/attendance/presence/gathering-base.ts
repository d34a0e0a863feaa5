import type { MeetingTold } from '../fold.ts'
import type { Person } from '../people.ts'
import { united, type Span } from '../spans.ts'
import { baseOf } from './share.ts'
import type { Moment } from './standing.ts'

/**
 * What a host means by 100 %, its times of day turned into instants already: the meeting as it was, from its start or from the
 * first guest; as it was planned (of one planned several times over, every stretch); or windows the host typed.
 */
export type BaseRule =
  | { kind: 'actual'; from: 'start' | 'first_guest' }
  | { kind: 'scheduled'; planned: readonly Span[] }
  | { kind: 'window'; windows: readonly Span[] }

/** What 100 % is in one gathering. */
export interface GatheringBase {
  kind: 'actual' | 'first_guest' | 'scheduled' | 'window'
  /** Disjoint, ascending, each of some length; never []. */
  spans: readonly Span[]
  /** Their length together, rounded down. */
  seconds: number
  /** Whether it stays as it is: the meeting is over, or the base has passed. While it runs, an actual base ends now. */
  isSettled: boolean
}

/** Its people, as corrected by the host, and when its meetings were. */
export interface Gathering {
  people: Iterable<Person>
  meetings: readonly MeetingTold[]
}

/**
 * What 100 % is in a gathering, without the breaks.
 *
 * Actual is the union of its meetings, so the minutes between a crash and the restart count for nobody. A start or an end that
 * nobody told is the first or the last presence of anybody in that meeting. From the first guest: from the first presence of
 * anybody who is not the host; as long as nobody of that kind came, from the start. Null while nothing has any length:
 * nothing planned, nobody came, or the breaks take it all.
 *
 * 18:04–19:52 with a break 18:50–19:10 is 18:04–18:50 and 19:10–19:52: 88 minutes.
 *
 * @see docs/attendance.md
 */
export function gatheringBase(
  gathering: Gathering,
  { rule, breaks }: { rule: BaseRule; breaks: readonly Span[] },
  now: Moment,
): GatheringBase | null {
  const whole = united(wholeOf(gathering, rule, now).filter(({ fromMs, toMs }) => toMs > fromMs))
  const spans = whole.flatMap((span) => baseOf(0, span, breaks).spans)
  const endMs = spans.at(-1)?.toMs
  if (endMs === undefined) return null
  return {
    kind: rule.kind === 'actual' && rule.from === 'first_guest' ? 'first_guest' : rule.kind,
    spans,
    seconds: Math.floor(spans.reduce((ms, span) => ms + span.toMs - span.fromMs, 0) / 1000),
    isSettled: now.over || endMs < now.atMs,
  }
}

function wholeOf(gathering: Gathering, rule: BaseRule, now: Moment): readonly Span[] {
  if (rule.kind === 'scheduled') return rule.planned
  if (rule.kind === 'window') return rule.windows
  const spans = meetingSpans(gathering, now)
  if (rule.from === 'start') return spans
  const { firstGuestMs } = presenceIn(gathering.people, now.atMs)
  return spans.map(({ fromMs, toMs }) => ({ fromMs: Math.max(fromMs, firstGuestMs), toMs }))
}

/**
 * Each meeting from its start to its end, by the first and the last presence in it where nobody told, or told of an end before
 * the start; up to now while it runs. Those of which nothing is known are left out.
 */
export function meetingSpans({ people, meetings }: Gathering, now: Moment): Span[] {
  const told = meetings.map(withoutJump)
  const isTold = told.every((one) => one.startedAtMs !== null && (one.endedAtMs !== null || !now.over))
  const { byMeeting } = presenceIn(isTold ? [] : people, now.atMs)
  return told.flatMap(({ meeting, startedAtMs, endedAtMs, isOver }): Span[] => {
    const seen = byMeeting.get(meeting)
    const fromMs = startedAtMs ?? seen?.fromMs
    const toMs = endedAtMs ?? (isOver || now.over ? seen?.toMs : now.atMs)
    return fromMs === undefined || toMs === undefined ? [] : [{ fromMs, toMs }]
  })
}

/** An end before its start comes of a clock that jumped: neither says anything. */
function withoutJump({ meeting, startedAtMs, endedAtMs }: MeetingTold): MeetingTold & { isOver: boolean } {
  const jumped = startedAtMs !== null && endedAtMs !== null && endedAtMs < startedAtMs
  return { meeting, isOver: endedAtMs !== null, ...(jumped ? never : { startedAtMs, endedAtMs }) }
}
const never = { startedAtMs: null, endedAtMs: null }

/** From the first to the last presence in each meeting, and the first of a guest (-Infinity: none came), as of an instant; odd rows aside. */
function presenceIn(
  people: Iterable<Person>,
  atMs: number,
): { byMeeting: ReadonlyMap<string, Span>; firstGuestMs: number } {
  const byMeeting = new Map<string, Span>()
  let firstGuestMs = Infinity
  for (const { role, connections } of people) {
    for (const { meeting, segments } of connections) {
      for (const { place, fromMs, toMs, odd } of segments) {
        if (place.kind === 'waiting' || fromMs > atMs || odd) continue
        if (role !== 'host') firstGuestMs = Math.min(firstGuestMs, fromMs)
        const seen = byMeeting.get(meeting)
        const endMs = toMs ?? atMs
        if (!seen) byMeeting.set(meeting, { fromMs, toMs: endMs })
        else Object.assign(seen, { fromMs: Math.min(seen.fromMs, fromMs), toMs: Math.max(seen.toMs, endMs) })
      }
    }
  }
  return { byMeeting, firstGuestMs: firstGuestMs < Infinity ? firstGuestMs : -Infinity }
}
