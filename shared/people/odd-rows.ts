/** Rows whose times cannot well be right: one of them must not stretch the meeting for everybody. */
import type { Span } from '../attendance/index.ts'
import type { FileMeeting, FileRow } from '../files/index.ts'

const DAY_MS = 86_400_000
/** No clock is further ahead of UTC: https://data.iana.org/time-zones/ (Pacific/Kiritimati). */
const FURTHEST_ZONE_MS = 14 * 3_600_000

/** Whether a row is longer than a day or in the future, as its warnings say; without a zone as far as any clock may be ahead. */
export function isOdd({ fromMs, toMs }: FileRow, nowMs: number, zone: string | null): boolean {
  if (fromMs === null || toMs === null) return false
  return toMs - fromMs > DAY_MS || toMs > nowMs + (zone === null ? FURTHEST_ZONE_MS : 0)
}

/** `span` and the presence of a row. */
export function widened(span: Span | null, { attended, place, fromMs, toMs }: FileRow): Span | null {
  if (!attended || place === 'waiting' || fromMs === null || toMs === null) return span
  if (span === null) return { fromMs, toMs }
  span.fromMs = Math.min(span.fromMs, fromMs)
  span.toMs = Math.max(span.toMs, toMs)
  return span
}

/** From the start to the end its file tells; null without both, or when they contradict each other. */
export function toldSpan({ startedMs, endedMs }: Pick<FileMeeting, 'startedMs' | 'endedMs'>): Span | null {
  if (startedMs === null || endedMs === null || endedMs <= startedMs) return null
  return { fromMs: startedMs, toMs: endedMs }
}

/**
 * When a meeting of a file was: as the file tells, else from the first join to the last leave of rows whose times can be right
 * (`seen`), else of whatever rows there are (`any`).
 */
export function spanOfMeeting(
  meeting: Pick<FileMeeting, 'startedMs' | 'endedMs'> & { seen: Span | null },
  any: Span | null,
): Span | null {
  return toldSpan(meeting) ?? meeting.seen ?? any
}
