/** Day or month first: one decision for a whole file, from everything in it that can only be read one way. */
import { readAs, type Day, type Stamp } from './dates.ts'
import { parseDay } from './half-moments.ts'
import type { DateOrder, Survey } from './portal-file.ts'

/** The day in a file's name, the last one if there are several; null for none. */
export function dayInName(name: string): Stamp | null {
  const days = [...name.matchAll(/(?<!\d)(20\d\d)[-_.](\d\d)[-_.](\d\d)(?!\d)/g)]
  const [, year, month, day] = days.at(-1) ?? []
  return year === undefined ? null : parseDay(`${year}-${month ?? ''}-${day ?? ''}`)
}

export interface OrderVote {
  /** A date of the file, with its line. */
  note: (stamp: Stamp, line: number) => void
  /** Both ends of one stay, with what the file says of its length in minutes (null: nothing). Notes both stamps. */
  noteRow: (join: Stamp, leave: Stamp, minutes: number | null, line: number) => void
  /** The file's name: `participants_85012345678_2026_04_03.csv` tells the meeting's day. */
  noteFileName: (name: string) => void
  /** The order, by whom it was decided, and the first line that could be read both ways. */
  decide: (given: DateOrder | null) => Survey['dates']
}

const DAY_MS = 86_400_000
/** Days that could be read both ways and are kept to be held against the file's name; more say nothing new. */
const MOST_DAYS = 400

/**
 * Collects what a file shows about its order. In this order decides: a number above 12 (the majority, where both orders have
 * one); a row whose length fits its minutes, or a day, in one order only; a day equal or next to the one in the file's name;
 * dates with dots, day first by custom; AM or PM, as Zoom writes it: month first, `assumed`. Else it stays `open`.
 */
export function createOrderVote(): OrderVote {
  let seen = 0
  let dotted = 0
  let withHalf = 0
  let openLine: number | null = null
  const only: Record<DateOrder, number> = { dmy: 0, mdy: 0, ymd: 0 }
  const rows = { dmy: 0, mdy: 0 }
  const open = new Map<number, { dmy: Day; mdy: Day }>()
  let fileDay: number | null = null

  const note = (stamp: Stamp, line: number): void => {
    if (stamp.form === 'ymd' || stamp.form === 'named_month') return
    if (stamp.form === 'dotted') {
      dotted += 1
      return
    }
    seen += 1
    if (stamp.meridiem !== null && !stamp.stray) withHalf += 1
    const dmy = readAs(stamp, 'dmy')
    const mdy = readAs(stamp, 'mdy')
    if (dmy === null && mdy === null) only.ymd += 1
    else if (mdy === null) only.dmy += 1
    else if (dmy === null) only.mdy += 1
    else if (dmy.month !== mdy.month) {
      openLine ??= line
      if (open.size < MOST_DAYS) open.set(dayMs(dmy), { dmy, mdy })
    }
  }

  const byFileName = (): DateOrder | null => {
    if (fileDay === null) return null
    let balance = 0
    for (const { dmy, mdy } of open.values()) {
      const near = (day: Day): number => (Math.abs(dayMs(day) - (fileDay ?? 0)) <= DAY_MS ? 1 : 0)
      balance += near(dmy) - near(mdy)
    }
    return more(balance)
  }

  return {
    note,
    noteRow(join, leave, minutes, line) {
      note(join, line)
      note(leave, line)
      const fits = (order: 'dmy' | 'mdy'): boolean => {
        const from = momentMs(join, order)
        const to = momentMs(leave, order)
        if (from === null || to === null) return false
        const length = (to - from) / 60_000
        return minutes === null ? length >= 0 && length <= 1440 : Math.abs(length - minutes) <= 90
      }
      const dmy = fits('dmy')
      if (dmy !== fits('mdy')) rows[dmy ? 'dmy' : 'mdy'] += 1
    },
    noteFileName(name) {
      const day = dayInName(name)
      if (day !== null) fileDay = Date.UTC(...([day.parts[0], day.parts[1] - 1, day.parts[2]] as const))
    },
    decide(given) {
      if (seen === 0 && dotted === 0) return { order: null, by: 'none', line: null }
      if (given !== null) return { order: given, by: 'given', line: openLine }
      const sure =
        only.ymd > only.dmy + only.mdy
          ? 'ymd'
          : (more(only.dmy - only.mdy) ??
            more(rows.dmy - rows.mdy) ??
            byFileName() ??
            (dotted > 0 ? 'dmy' : null))
      if (sure !== null) return { order: sure, by: 'file', line: openLine }
      // 03/03/2026 is the same day in either order.
      if (openLine === null) return { order: 'mdy', by: 'file', line: null }
      return withHalf > 0
        ? { order: 'mdy', by: 'assumed', line: openLine }
        : { order: null, by: 'open', line: openLine }
    },
  }
}

const more = (balance: number): 'dmy' | 'mdy' | null => (balance > 0 ? 'dmy' : balance < 0 ? 'mdy' : null)

const dayMs = ({ year, month, day }: Day): number => Date.UTC(year, month - 1, day)

function momentMs(stamp: Stamp, order: 'dmy' | 'mdy'): number | null {
  const day = readAs(stamp, order)
  return day === null ? null : dayMs(day) + stamp.dayShift * DAY_MS + stamp.secondsOfDay * 1000
}
