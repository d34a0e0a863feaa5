/** What headers tell of times beside which end they are: the zone of a column, and days in columns of their own. */
import { parseStamp } from '../dates.ts'
import { dayNamed, offsetNamed } from '../headers.ts'
import type { Column } from '../portal-file.ts'

export interface TimeColumns {
  /** Columns of days alone, for clocks without one; -1 for none. */
  joinDay: number
  leaveDay: number
  /** Minutes east of UTC by position, where a header tells them; null where none does. */
  offsets: Offsets | null
}

export type Offsets = ReadonlyMap<number, number>

export function timeColumns(columns: readonly Column[]): TimeColumns {
  const unread = columns.filter(({ field }) => field === null)
  const dayOf = (end: 'join' | 'leave'): number =>
    unread.find(({ header }) => dayNamed(header) === end)?.at ?? -1
  return {
    joinDay: dayOf('join'),
    leaveDay: dayOf('leave'),
    offsets: offsetsIn(columns.map(({ header }) => header)),
  }
}

/** Null where no header tells an offset: nearly everywhere. */
export function offsetsIn(headers: readonly string[]): Offsets | null {
  const told = headers.flatMap((header, at): [number, number][] => {
    const offset = offsetNamed(header)
    return offset === null ? [] : [[at, offset]]
  })
  return told.length === 0 ? null : new Map(told)
}

/** A cell with the offset its header tells written behind it, unless it is no moment or tells its own. */
export function withOffset(cell: string, offset: number | undefined): string {
  if (offset === undefined || parseStamp(cell)?.offsetMinutes !== null) return cell
  const [hours, minutes] = [Math.floor(Math.abs(offset) / 60), Math.abs(offset) % 60]
  const two = (value: number): string => String(value).padStart(2, '0')
  return `${cell} ${offset < 0 ? '-' : '+'}${two(hours)}:${two(minutes)}`
}
