/** From two cells to a stay: when somebody came and went, and every doubt about it. */
import type { WarningCode } from '../warnings.ts'
import { isNothing } from './cells.ts'
import type { Instants, ReadInstant } from './instants.ts'
import type { Moment } from './moments.ts'

const MINUTE_MS = 60_000
const DAY_MS = 86_400_000
/** How far outside its meeting a row may lie: a room is opened early, clocks differ. */
const OUTSIDE_MS = 60 * MINUTE_MS

export interface Stay {
  fromMs: number
  toMs: number
}

/** The meeting's own times, to hold a stay against; null where it does not say. */
export interface Span {
  startedMs: number | null
  endedMs: number | null
}

export interface Stays {
  /**
   * Null when neither cell says a time; then nothing is warned of, unless a cell holds something unreadable. A stay with one
   * readable end has no length: somebody was there then, nobody knows how long. `minutes` is what the row says of its length.
   */
  read: (join: Moment, leave: Moment, minutes: number | null, line: number, span: Span) => Stay | null
}

/** `latestMs`: everything after it lies in the future. */
export function createStays(
  instants: Instants,
  latestMs: number,
  warn: (code: WarningCode, line: number, value?: string) => void,
): Stays {
  return {
    read(joined, left, minutes, line, span) {
      const join = instants.read(joined, line)
      const leave = instants.read(left, line)
      const joinCell = joined.cell
      const leaveCell = left.cell
      if (join === null && !isNothing(joinCell)) warn('time_unreadable', line, joinCell)
      if (leave === null && !isNothing(leaveCell)) warn('time_unreadable', line, leaveCell)
      const known = join ?? leave
      if (known === null) return null
      if ((join === null && isNothing(joinCell)) || (leave === null && isNothing(leaveCell)))
        warn('time_unreadable', line)

      const [fromMs, toMs] = choose(join ?? known, leave ?? known, minutes)
      if (toMs < fromMs) warn('end_before_start', line, leaveCell)
      const stay = { fromMs, toMs: Math.max(fromMs, toMs) }
      if (stay.toMs > latestMs) warn('time_in_future', line, stay.fromMs > latestMs ? joinCell : leaveCell)
      if (stay.toMs - stay.fromMs > DAY_MS) warn('very_long_stay', line, leaveCell)
      if (isOutside(stay, span)) warn('outside_meeting', line, joinCell)
      return stay
    },
  }
}

/** Where the clock showed a time twice: what fits the row's minutes best, else the earlier that is no end before its start. */
function choose(join: ReadInstant, leave: ReadInstant, minutes: number | null): [number, number] {
  if (join.also === null && leave.also === null) return [join.ms, leave.ms]
  const both = ({ ms, also }: ReadInstant): number[] => (also === null ? [ms] : [ms, also])
  const pairs = both(join).flatMap((from) => both(leave).map((to): [number, number] => [from, to]))
  const possible = pairs.filter(([from, to]) => to >= from)
  const miss = ([from, to]: [number, number]): number =>
    minutes === null ? 0 : Math.abs((to - from) / MINUTE_MS - minutes)
  const [best] = possible.toSorted((a, b) => miss(a) - miss(b) || a[0] - b[0] || a[1] - b[1])
  return best ?? [join.ms, leave.ms]
}

function isOutside({ fromMs, toMs }: Stay, { startedMs, endedMs }: Span): boolean {
  if (startedMs !== null && toMs < startedMs - OUTSIDE_MS) return true
  return endedMs !== null && fromMs > endedMs + OUTSIDE_MS
}
