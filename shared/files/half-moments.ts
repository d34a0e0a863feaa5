/** Cells that say half of a moment: a time of day on no day in particular, or a day alone. */
import { parseStamp, type Stamp } from './dates.ts'

/** Longer cells are no clocks. */
const LONGEST_CLOCK = 32

/** A time of day alone, on no day in particular; null for everything else. */
export function parseClock(text: string): Stamp | null {
  return /\d/.test(text) && text.length <= LONGEST_CLOCK ? parseStamp(`2000-01-01 ${text.trim()}`) : null
}

/** A date alone, or with the midnight that spreadsheets put behind it; null for everything else. */
export function parseDay(text: string): Stamp | null {
  if (!/\d/.test(text)) return null
  const day = parseStamp(`${text.trim()} 00:00`) ?? parseStamp(text)
  return day?.secondsOfDay === 0 ? day : null
}
