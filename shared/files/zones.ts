/** The time on a wall of some place, as an instant: exact on the days on which clocks change. */

/** What a wall clock's reading means in a zone. */
export interface Instant {
  /** Epoch milliseconds UTC: the earlier where the clock showed this time twice, moved forward by the skip where never. */
  ms: number
  twice: boolean
  skipped: boolean
}

export interface Zone {
  /** As given; `UTC` when none was. */
  zone: string
  /** Month from 1; seconds since midnight. */
  toMs: (year: number, month: number, day: number, secondsOfDay: number) => Instant
  /** Every instant at which the clock showed this time, ascending: one, or two. A skipped time gives the one of `toMs`. */
  toBoth: (year: number, month: number, day: number, secondsOfDay: number) => number[]
}

/** A stretch of time with one offset from UTC. Local bounds are readings of the wall clock, counted as if they were UTC. */
interface Stretch {
  offsetMs: number
  localFrom: number
  localTo: number
}

const DAY_MS = 86_400_000
/** Clocks are not put forth and back within this time anywhere since Zoom exists. */
const STEP_MS = 7 * DAY_MS

/**
 * A zone by its IANA name; null is UTC. A year's clock changes are looked up once, so that a reading costs a few
 * comparisons.
 *
 * @throws RangeError for a zone this runtime does not know
 */
export function createZone(zone: string | null): Zone {
  const offsetAt = zoneOffsets(zone ?? 'UTC')
  const years = new Map<number, Stretch[]>()
  const stretchesOf = (year: number): Stretch[] => {
    const known = years.get(year)
    if (known !== undefined) return known
    const found = stretches(
      offsetAt,
      Date.UTC(year, 0, 1) - 3 * DAY_MS,
      Date.UTC(year + 1, 0, 1) + 3 * DAY_MS,
    )
    years.set(year, found)
    return found
  }
  const toMs: Zone['toMs'] = (year, month, day, secondsOfDay) => {
    const local = Date.UTC(year, month - 1, day) + secondsOfDay * 1000
    let ms: number | null = null
    let twice = false
    let before = 0
    for (const { offsetMs, localFrom, localTo } of stretchesOf(year)) {
      if (local >= localTo) before = offsetMs
      else if (local >= localFrom && ms === null) ms = local - offsetMs
      else if (local >= localFrom) twice = true
    }
    return { ms: ms ?? local - before, twice, skipped: ms === null }
  }
  return {
    zone: zone ?? 'UTC',
    toMs,
    toBoth(year, month, day, secondsOfDay) {
      const local = Date.UTC(year, month - 1, day) + secondsOfDay * 1000
      const both = stretchesOf(year)
        .filter(({ localFrom, localTo }) => local >= localFrom && local < localTo)
        .map(({ offsetMs }) => local - offsetMs)
      return both.length > 0 ? both : [toMs(year, month, day, secondsOfDay).ms]
    },
  }
}

/**
 * Tells the offset of a zone from UTC at an instant, in milliseconds. Asking for one costs microseconds.
 *
 * @throws RangeError for a zone this runtime does not know
 */
export function zoneOffsets(zone: string): (ms: number) => number {
  const wall = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
  return (ms) => {
    const part: Partial<Record<Intl.DateTimeFormatPartTypes, number>> = {}
    for (const { type, value } of wall.formatToParts(ms)) part[type] = Number(value)
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part
    return Date.UTC(year, month - 1, day, hour, minute, second) - ms
  }
}

function stretches(offsetAt: (ms: number) => number, from: number, to: number): Stretch[] {
  const found: Stretch[] = []
  let start = from
  let offsetMs = offsetAt(from)
  let at = from
  while (at < to) {
    const next = Math.min(at + STEP_MS, to)
    if (offsetAt(next) !== offsetMs) {
      const change = changeBetween(offsetAt, at, next, offsetMs)
      found.push({ offsetMs, localFrom: start + offsetMs, localTo: change + offsetMs })
      start = change
      offsetMs = offsetAt(change)
      at = change
    } else {
      at = next
    }
  }
  return [...found, { offsetMs, localFrom: start + offsetMs, localTo: to + offsetMs }]
}

/** The first whole second with another offset than `offsetMs`, which holds at `from` and no more at `to`. */
function changeBetween(offsetAt: (ms: number) => number, from: number, to: number, offsetMs: number): number {
  let low = from
  let high = to
  while (high - low > 1000) {
    const middle = low + Math.floor((high - low) / 2000) * 1000
    if (offsetAt(middle) === offsetMs) low = middle
    else high = middle
  }
  return high
}
