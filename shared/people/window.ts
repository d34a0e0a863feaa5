import type { Span } from '../attendance/index.ts'
import { createZone, zoneOffsets } from '../files/index.ts'

/** A stretch of the clock, in minutes since midnight; it passes midnight when its end is not after its start. */
export interface ClockWindow {
  fromMinute: number
  toMinute: number
}

/** What times of day mean beside a meeting. On days when clocks change, everything has the length the clock gives it. */
export interface Clock {
  /**
   * A window on the meeting's own day, which is the day on which it began; a meeting that began after midnight within a window
   * that passes midnight is the evening before's.
   */
  around(meeting: Span, window: ClockWindow): Span
  /**
   * Every stretch of the window that lies in the meeting, or reaches into it: one for each day, ascending. Of a meeting longer
   * than a month only its first month counts: no meeting is, and one row with a wrong year must not cost a hundred years.
   */
  within(meeting: Span, window: ClockWindow): Span[]
  /** The instant of a time of day: the first in the meeting, else the one nearest to it. */
  nearest(meeting: Span, minute: number): number
}

const DAY_MS = 86_400_000
const MOST_DAYS = 31

/**
 * The clock of a zone by its IANA name; null is UTC.
 *
 * @throws RangeError for an unknown zone
 */
export function createClock(name: string | null): Clock {
  const zone = createZone(name)
  const offsetAt = zoneOffsets(zone.zone)
  /** The day the clock showed at an instant, as UTC midnight of that date. */
  const dayOf = (ms: number): number => Math.floor((ms + offsetAt(ms)) / DAY_MS) * DAY_MS
  const instantAt = (day: number, minute: number): number => {
    const date = new Date(day)
    return zone.toMs(date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate(), minute * 60).ms
  }
  const on = (day: number, { fromMinute, toMinute }: ClockWindow): Span => ({
    fromMs: instantAt(day, fromMinute),
    toMs: instantAt(toMinute <= fromMinute ? day + DAY_MS : day, toMinute),
  })

  return {
    around(meeting, window) {
      const own = dayOf(meeting.fromMs)
      const passesMidnight = window.toMinute <= window.fromMinute
      const [today, before] = [on(own, window), on(own - DAY_MS, window)]
      return passesMidnight && commonMs(before, meeting) > commonMs(today, meeting) ? before : today
    },
    within(meeting, window) {
      const spans: Span[] = []
      const first = dayOf(meeting.fromMs) - DAY_MS
      const last = Math.min(dayOf(meeting.toMs), first + MOST_DAYS * DAY_MS)
      for (let day = first; day <= last; day += DAY_MS) {
        const span = on(day, window)
        if (commonMs(span, meeting) > 0) spans.push(span)
      }
      return spans
    },
    nearest(meeting, minute) {
      const own = dayOf(meeting.fromMs)
      const instants = [own - DAY_MS, own, own + DAY_MS].map((day) => instantAt(day, minute))
      const distance = (ms: number): number => Math.max(0, meeting.fromMs - ms, ms - meeting.toMs)
      return instants.reduce((best, ms) => (distance(ms) < distance(best) ? ms : best))
    },
  }
}

const commonMs = (a: Span, b: Span): number =>
  Math.max(0, Math.min(a.toMs, b.toMs) - Math.max(a.fromMs, b.fromMs))
