/** What two cells say of when, also where one of them holds a clock alone and the day stands elsewhere. */
import { parseStamp, type Stamp } from '../dates.ts'
import { parseClock, parseDay } from '../half-moments.ts'

/** A cell as written, and the moment it says; null where it says none. */
export interface Moment {
  cell: string
  stamp: Stamp | null
}

export const momentOf = (cell: string): Moment => ({ cell, stamp: cell === '' ? null : parseStamp(cell) })

/** Where the days of clocks may stand: cells of their own, and the beginning of the meeting, or the day in the file's name. */
export interface Days {
  join: string
  leave: string
  meeting: Stamp | null
}

export const NO_DAYS: Days = { join: '', leave: '', meeting: null }

const HALF_DAY = 43_200
/** How far the minutes a row tells may be from its times, which somebody's clock and rounding bent. */
const MINUTES_APART = 90

/**
 * Both ends of a stay. A clock alone is of the day beside it; a leave without a day is of its join's, or of the next one where
 * it would lie before it and the row's minutes do not deny that. Without any such day the meeting's counts: the one on which
 * the clock is nearest to its beginning.
 */
export function stayMoments(
  joinCell: string,
  leaveCell: string,
  minutes: number | null,
  days: Days,
): [Moment, Moment] {
  const join = momentOf(joinCell)
  const leave = momentOf(leaveCell)
  if (join.stamp === null) join.stamp = onDay(parseClock(joinCell), parseDay(days.join), days.meeting)
  if (leave.stamp !== null) return [join, leave]
  const clock = parseClock(leaveCell)
  const day = parseDay(days.leave)
  if (clock === null || day !== null || join.stamp === null) {
    leave.stamp = onDay(clock, day ?? parseDay(days.join), days.meeting)
    return [join, leave]
  }
  const length = clock.secondsOfDay - join.stamp.secondsOfDay
  const isNext =
    length < 0 && (minutes === null || Math.abs((length + 2 * HALF_DAY) / 60 - minutes) <= MINUTES_APART)
  leave.stamp = withDay(clock, join.stamp, join.stamp.dayShift + (isNext ? 1 : 0))
  return [join, leave]
}

function onDay(clock: Stamp | null, day: Stamp | null, meeting: Stamp | null): Stamp | null {
  if (clock === null) return null
  if (day !== null) return withDay(clock, day, 0)
  if (meeting === null) return null
  const later = clock.secondsOfDay - meeting.secondsOfDay
  return withDay(clock, meeting, meeting.dayShift + (later < -HALF_DAY ? 1 : later > HALF_DAY ? -1 : 0))
}

const withDay = (clock: Stamp, { parts, form, offsetMinutes }: Stamp, dayShift: number): Stamp => ({
  ...clock,
  parts,
  form,
  dayShift,
  offsetMinutes: clock.offsetMinutes ?? offsetMinutes,
})
