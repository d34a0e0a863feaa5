/** What a cell with a time means as an instant, once order and zone are decided. */
import { dayOf } from '../dates.ts'
import type { Survey } from '../portal-file.ts'
import type { WarningCode } from '../warnings.ts'
import type { Zone } from '../zones.ts'
import type { Moment } from './moments.ts'

/** Epoch milliseconds UTC; `also` is the later instant where the clock showed this time twice. */
export interface ReadInstant {
  ms: number
  also: number | null
}

export interface Instants {
  /** Null for a cell that is no moment, or whose day cannot be told; nothing is warned of then. */
  read: (moment: Moment, line: number) => ReadInstant | null
}

type Warn = (code: WarningCode, line: number, value?: string) => void

/**
 * Reads times as `dates` and `zone` say, and warns of each that had to be bent: a stray AM or PM, a day that only another
 * order makes, an hour that was skipped or came twice. Times with their own offset need no zone.
 */
export function createInstants(dates: Survey['dates'], zone: Zone, warn: Warn): Instants {
  return {
    read({ cell, stamp }, line) {
      if (stamp === null) return null
      const day = dayOf(stamp, dates)
      if (day === null) return null
      if (stamp.stray) warn('stray_am_pm', line, cell)
      if (day.mixed) warn('date_order_mixed', line, cell)
      const { year, month } = day
      const date = day.day + stamp.dayShift
      if (stamp.offsetMinutes !== null) {
        const ms = Date.UTC(year, month - 1, date) + stamp.secondsOfDay * 1000 - stamp.offsetMinutes * 60_000
        return { ms, also: null }
      }
      const { ms, twice, skipped } = zone.toMs(year, month, date, stamp.secondsOfDay)
      if (skipped) warn('time_skipped', line, cell)
      if (!twice) return { ms, also: null }
      warn('time_twice', line, cell)
      return { ms, also: zone.toBoth(year, month, date, stamp.secondsOfDay)[1] ?? null }
    },
  }
}
