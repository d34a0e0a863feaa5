/** Days of the calendar: which one a stamp means in a file whose order of day, month and year is decided. */
import type { Stamp } from './dates.ts'
import type { Survey } from './portal-file.ts'

/** A day of the calendar; month from 1. */
export interface Day {
  year: number
  month: number
  day: number
}

/**
 * The calendar day of a stamp in a file whose order is decided (`Survey.dates`). Where only another order makes a day of it,
 * that one is taken and `mixed` says so. Null when no order does, or the order is open and the stamp could be read both ways.
 */
export function dayOf(
  stamp: Stamp,
  dates: Pick<Survey['dates'], 'order' | 'by'>,
): (Day & { mixed: boolean }) | null {
  const [first, second, third] = stamp.parts
  if (stamp.form === 'ymd' || stamp.form === 'named_month')
    return { year: first, month: second, day: third, mixed: false }
  const byCustom = stamp.form === 'dotted' && dates.by !== 'given' && dates.order !== 'ymd'
  const order = byCustom ? 'dmy' : dates.order
  const wanted = order === null ? null : readAs(stamp, order)
  if (wanted !== null) return { ...wanted, mixed: false }
  const readings = ORDERS.map((other) => readAs(stamp, other)).filter((day) => day !== null)
  const [reading] = readings
  if (reading === undefined) return null
  if (order === null)
    return readings.some((other) => !isSameDay(other, reading)) ? null : { ...reading, mixed: false }
  return { ...reading, mixed: true }
}

/** Every order in which a date of numbers may be written. */
export const ORDERS = ['mdy', 'dmy', 'ymd'] as const
const isSameDay = (a: Day, b: Day): boolean => a.year === b.year && a.month === b.month && a.day === b.day

/**
 * A stamp whose order is not said by itself, read in one order; null when there is no such day. Zoom began in 2011: years of
 * two digits before that are no years.
 */
export function readAs(stamp: Pick<Stamp, 'parts'>, order: 'dmy' | 'mdy' | 'ymd'): Day | null {
  const [first, second, third] = stamp.parts
  const [year, month, day] =
    order === 'ymd'
      ? [first, second, third]
      : order === 'dmy'
        ? [third, second, first]
        : [third, first, second]
  if (year >= 100) return isDay(year, month, day) ? { year, month, day } : null
  return year >= 11 && isDay(2000 + year, month, day) ? { year: 2000 + year, month, day } : null
}

/** Whether the calendar has such a day, in the years anybody could mean. */
export const isDay = (year: number, month: number, day: number): boolean =>
  year >= 1900 && year <= 2999 && month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month)

const daysIn = (year: number, month: number): number =>
  month === 2
    ? year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
      ? 29
      : 28
    : month === 4 || month === 6 || month === 9 || month === 11
      ? 30
      : 31
