/** What Zoom says of a meeting as it is planned, the same in webhooks and over REST. */
import type { MeetingInPlay } from './story.ts'

/** 2 a meeting, 8 a recurring one with fixed times; of webinars 5 and 9. */
export function productType({ kind, plannedStartsMs }: MeetingInPlay): number {
  const isRecurring = plannedStartsMs.length > 1
  if (kind === 'webinar') return isRecurring ? 9 : 5
  return isRecurring ? 8 : 2
}

/** Of a recurring meeting the first; when nothing was planned, when it began. */
export const plannedStartMs = ({ plannedStartsMs, startedAtMs }: MeetingInPlay, nowMs: number): number =>
  plannedStartsMs[0] ?? startedAtMs ?? nowMs

/** Zoom's name of an occurrence: when it is meant to begin, in epoch milliseconds. */
export const occurrenceId = (startMs: number): string => String(startMs)
