import type { KnownMeeting } from './ports.ts'

/** Starts of one meeting as two lists tell them: the room opens before the host comes, and a list without times begins with a join. */
export const NEAR_MS = 15 * 60_000

interface Timed {
  number: string | null
  startedAtMs: number
  endedAtMs: number
}

/**
 * The known meeting a meeting of a file is: the same number, and on at the same time or begun within a quarter of an hour.
 * Those somebody else told of come before those only files tell of; then the one that shares most time, then the nearest
 * start. Null: none, or the file tells no number.
 */
export function matchOf(meeting: Timed, known: readonly KnownMeeting[]): KnownMeeting | null {
  if (meeting.number === null) return null
  return (
    nearest(
      meeting,
      known.filter(({ number }) => number === meeting.number),
    )[0] ?? null
  )
}

/** Meetings of that time, whatever their number, the best first: what a person may choose from. */
export function candidatesFor(meeting: Timed, known: readonly KnownMeeting[]): KnownMeeting[] {
  return nearest(meeting, known)
}

function nearest(meeting: Timed, known: readonly KnownMeeting[]): KnownMeeting[] {
  return known
    .map((one) => ({ one, sharedMs: sharedMs(meeting, one), apartMs: apartMs(meeting, one) }))
    .filter(({ sharedMs, apartMs }) => sharedMs > 0 || apartMs <= NEAR_MS)
    .sort(
      (a, b) =>
        Number(a.one.imported) - Number(b.one.imported) ||
        b.sharedMs - a.sharedMs ||
        a.apartMs - b.apartMs ||
        (a.one.meetingId < b.one.meetingId ? -1 : 1),
    )
    .map(({ one }) => one)
}

const apartMs = (meeting: Timed, { startedAtMs }: KnownMeeting): number =>
  Math.abs(meeting.startedAtMs - startedAtMs)

/** Time both were on; of a known one without an end only its start is known to be. */
function sharedMs(meeting: Timed, { startedAtMs, endedAtMs }: KnownMeeting): number {
  if (endedAtMs === null) return meeting.startedAtMs <= startedAtMs && startedAtMs < meeting.endedAtMs ? 1 : 0
  return Math.max(0, Math.min(meeting.endedAtMs, endedAtMs) - Math.max(meeting.startedAtMs, startedAtMs))
}
