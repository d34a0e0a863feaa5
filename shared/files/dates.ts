/**
 * One cell with a date and a time of day, whoever wrote it: Zoom's portal, a spreadsheet that saved the file again, an API.
 * What a cell cannot prove alone (is 03/04 a day in April or in March?) stays open here; `date-order.ts` decides it for the
 * whole file.
 */
import { readWord, UNIT_OF } from './date-words.ts'
import { isDay, ORDERS, readAs } from './days.ts'

export { dayOf, readAs, type Day } from './days.ts'

/** What a cell says of a moment, before anybody knows the zone or the order of day and month. */
export interface Stamp {
  /** Year, month and day for `ymd` and `named_month`; else as written, with a year of two digits as it stands. */
  parts: [number, number, number]
  /** `dotted` is day first by custom; `numeric` can be either; the two others cannot be misread. */
  form: 'ymd' | 'named_month' | 'dotted' | 'numeric'
  /** Since midnight, 0 to 86 399; without seconds in the cell, the minute's beginning. */
  secondsOfDay: number
  hasSeconds: boolean
  /** The half of the day as written, also when it is stray. */
  meridiem: 'am' | 'pm' | null
  /** There is a mark of the half of the day beside a time that does not go with it ("14:05 PM"): it was not used. */
  stray: boolean
  /** Minutes east of UTC, when the cell says it (Z, +03:00). */
  offsetMinutes: number | null
  /** Days after the one of `parts`: a clock alone, taken for the next day of another cell. */
  dayShift: number
}

/** Longer cells are no dates; so that nothing here is ever slow. */
const LONGEST = 128

/**
 * Reads a date with a time of day. Null for everything else: nothing, a date alone, a time alone, a day that does not exist,
 * a word we do not know. Never throws.
 *
 * Understood: `04/03/2026 02:05:11 PM`, 24 hours, `2026-04-03T14:05:11Z` and with offsets, `Apr 03, 2026 2:05 PM` with the
 * months of many languages, `03.04.2026`, two-digit years, `2026년 4월 3일 오후 2:05`, `2026年4月3日 14時05分`, the half of
 * the day before or after the time in any of our languages.
 */
export function parseStamp(text: string): Stamp | null {
  return readPlain(text) ?? readAny(text)
}

const countDigits = (text: string, at: number): number => {
  let end = at
  for (let code = text.charCodeAt(end); code >= 48 && code <= 57; code = text.charCodeAt(end)) end += 1
  return end - at
}

const numberAt = (text: string, at: number, digits: number): number => {
  let value = 0
  for (let index = at; index < at + digits; index += 1) value = value * 10 + text.charCodeAt(index) - 48
  return value
}

interface Clock {
  hour: number
  minute: number
  second: number | null
  meridiem: 'am' | 'pm' | null
  offsetMinutes: number | null
}

/** What nearly every cell of a file is: three numbers, a clock, AM or PM or Z. Null sends all others the long way. */
function readPlain(text: string): Stamp | null {
  const a = countDigits(text, 0)
  const separator = text.charAt(a)
  if (separator !== '/' && separator !== '-' && separator !== '.') return null
  const b = countDigits(text, a + 1)
  if (text.charAt(a + 1 + b) !== separator) return null
  const thirdAt = a + b + 2
  const c = countDigits(text, thirdAt)
  const gap = text.charAt(thirdAt + c)
  if (gap !== ' ' && gap !== 'T') return null

  const hourAt = thirdAt + c + 1
  const h = countDigits(text, hourAt)
  const minuteAt = hourAt + h + 1
  if (h < 1 || h > 2 || text.charAt(minuteAt - 1) !== ':' || countDigits(text, minuteAt) !== 2) return null
  let end = minuteAt + 2
  let second: number | null = null
  if (text.charAt(end) === ':') {
    if (countDigits(text, end + 1) !== 2) return null
    second = numberAt(text, end + 1, 2)
    end += 3
  }
  const rest = text.slice(end)
  const meridiem = rest === ' AM' ? 'am' : rest === ' PM' ? 'pm' : null
  if (meridiem === null && rest !== '' && rest !== 'Z') return null
  return stampOf(
    { value: numberAt(text, 0, Math.min(a, 4)), digits: a },
    { value: numberAt(text, a + 1, Math.min(b, 4)), digits: b },
    { value: numberAt(text, thirdAt, Math.min(c, 4)), digits: c },
    separator,
    {
      hour: numberAt(text, hourAt, h),
      minute: numberAt(text, minuteAt, 2),
      second,
      meridiem,
      offsetMinutes: rest === 'Z' ? 0 : null,
    },
  )
}

interface Written {
  value: number
  digits: number
}

/** Three numbers and a clock; null when they are no date. */
function stampOf(
  first: Written,
  second: Written,
  third: Written,
  separator: string,
  clock: Clock,
): Stamp | null {
  if (second.digits < 1 || second.digits > 2) return null
  const parts: Stamp['parts'] = [first.value, second.value, third.value]
  if (first.digits === 4 && third.digits >= 1 && third.digits <= 2)
    return isDay(...parts) ? withClock(parts, 'ymd', clock) : null
  if (first.digits < 1 || first.digits > 2 || (third.digits !== 2 && third.digits !== 4)) return null
  if (third.digits === 4 && third.value < 100) return null
  // 04.13.2026 is month first, dots or not, and 26.04.03 year first: there is no such day else.
  const dotted = separator === '.' && readAs({ parts }, 'dmy') !== null
  const stamp = withClock(parts, dotted ? 'dotted' : 'numeric', clock)
  return stamp !== null && ORDERS.some((order) => readAs(stamp, order) !== null) ? stamp : null
}

function withClock(parts: Stamp['parts'], form: Stamp['form'], clock: Clock): Stamp | null {
  const { hour, minute, second, meridiem, offsetMinutes } = clock
  if (hour > 23 || minute > 59 || (second ?? 0) > 59) return null
  const stray = meridiem !== null && hour > 12
  const counted = meridiem === null || stray ? hour : (hour % 12) + (meridiem === 'pm' ? 12 : 0)
  return {
    parts,
    form,
    secondsOfDay: counted * 3600 + minute * 60 + (second ?? 0),
    hasSeconds: second !== null,
    meridiem,
    stray,
    offsetMinutes,
    dayShift: 0,
  }
}

/** The fewest digits a moment has, 1.4.26 9:05: names and addresses are not looked at further. */
const DIGITS = /(?:\p{Nd}\P{Nd}*){6}/u

/** An offset behind the clock, as ISO 8601, RFC 2822 and JavaScript write it. */
const OFFSET =
  /(:\d\d(?:[.,]\d{1,9})?(?: ?[ap]m)?)(?: ?(?:z|utc|gmt)| ?(?:utc|gmt)? ?([+\u2212-])(\d{1,2})(?::?(\d\d))?)$/

const TOKEN = /\d+|[\p{L}\p{M}]+|\s+|./gsu

interface ReadNumber extends Written {
  /** Punctuation between this number and the one before, spaces left out. */
  gap: string
  /** White space or a word stands between this number and the one before. */
  apart: boolean
  unit: 'year' | 'month' | 'day' | 'hour' | 'minute' | 'second' | null
}

/** Every other way to write a moment: words are looked up, numbers are told apart by what stands between them. */
function readAny(text: string): Stamp | null {
  if (text.length > LONGEST * 2 || !DIGITS.test(text)) return null
  let plain = text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\p{Cf}/gu, '')
    .replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) & 15))
    .trim()
  if (plain.length > LONGEST) return null
  let offsetMinutes: number | null = null
  const offset = OFFSET.exec(plain)
  if (offset !== null) {
    const minutes = Number(offset[3] ?? 0) * 60 + Number(offset[4] ?? 0)
    if (minutes > 14 * 60 || Number(offset[4] ?? 0) > 59) return null
    offsetMinutes = offset[2] === undefined || offset[2] === '+' || minutes === 0 ? minutes : -minutes
    plain = plain.slice(0, offset.index) + (offset[1] ?? '')
  }

  const numbers: ReadNumber[] = []
  let month: number | null = null
  let meridiem: Clock['meridiem'] = null
  let gap = ''
  let apart = false
  let before = ''
  for (const [token] of plain.matchAll(TOKEN)) {
    if (/^\d/.test(token)) {
      if (token.length > 9) return null
      numbers.push({ value: Number(token), digits: token.length, gap, apart, unit: null })
      gap = ''
      apart = false
    } else if (/^\s/.test(token)) {
      apart = true
    } else if (/^[\p{L}\p{M}]/u.test(token)) {
      let word = token
      const last = numbers.at(-1)
      if (last !== undefined && last.unit === null && gap === '') {
        const unit = UNIT_OF.get(word) ?? (apart ? undefined : UNIT_OF.get(word.charAt(0)))
        if (unit !== undefined) {
          last.unit = unit
          word = UNIT_OF.has(word) ? '' : word.slice(1)
        }
      }
      apart = true
      if (word === '') continue
      // "p. m." comes as two words; the first one means nothing yet.
      const read = readWord(before !== '' && word === 'm' ? before + word : word)
      before = word === 'a' || word === 'p' ? word : ''
      if (read === null && before === '') return null
      if (read?.kind === 'month') month = month ?? read.month
      else if (read?.kind === 'meridiem') meridiem = read.half
    } else if (",\u060c./-:()'\u2019\u2013\u00b7".includes(token)) {
      gap += token
    } else {
      return null
    }
  }
  return moment(numbers, month, meridiem, offsetMinutes)
}

/** Which numbers are the clock, which the date. */
function moment(
  numbers: ReadNumber[],
  month: number | null,
  meridiem: Clock['meridiem'],
  offsetMinutes: number | null,
): Stamp | null {
  const dateCount = month === null ? 3 : 2
  const hourAt = clockStart(numbers, dateCount)
  const hour = numbers[hourAt]
  const minute = numbers[hourAt + 1]
  if (hour === undefined || minute === undefined || hour.digits > 2) return null
  if (minute.digits !== 2 && minute.unit !== 'minute') return null
  const next = numbers[hourAt + 2]
  const second =
    next !== undefined &&
    ((next.gap === minute.gap && !next.apart && next.gap !== '') || next.unit === 'second')
      ? next
      : null
  if (second !== null && second.digits > 2) return null
  const fraction = second === null ? undefined : numbers[hourAt + 3]
  const hasFraction = fraction !== undefined && /^[.,]$/.test(fraction.gap) && !fraction.apart
  const end = hourAt + 2 + (second === null ? 0 : 1) + (hasFraction ? 1 : 0)
  const date = [...numbers.slice(0, hourAt), ...numbers.slice(end)]
  // The date stands on one side of the clock.
  if (date.length !== dateCount || (hourAt !== 0 && end !== numbers.length)) return null
  const clock: Clock = {
    hour: hour.value,
    minute: minute.value,
    second: second?.value ?? null,
    meridiem,
    offsetMinutes,
  }
  const [first, middle, last] = date
  if (first === undefined || middle === undefined) return null
  if (month !== null) {
    const [year, day] = first.digits === 4 ? [first, middle] : [middle, first]
    const full = year.digits === 4 ? year.value : year.digits === 2 ? 2000 + year.value : 0
    return isDay(full, month, day.value) ? withClock([full, month, day.value], 'named_month', clock) : null
  }
  if (last === undefined) return null
  if (date.some(({ unit }) => unit !== null)) return markedDay(date, clock)
  if (!/^[./-]$/.test(middle.gap) || last.gap !== middle.gap) return null
  return stampOf(first, middle, last, middle.gap, clock)
}

/** A date whose numbers say what they count, 2026年4月3日; where only the month does, 4월 03, 2026, the year has four digits. */
function markedDay(date: ReadNumber[], clock: Clock): Stamp | null {
  const month = date.find(({ unit }) => unit === 'month')
  const year =
    date.find(({ unit }) => unit === 'year') ?? date.find(({ unit, digits }) => unit === null && digits === 4)
  const day = date.find((number) => number !== month && number !== year)
  if (month === undefined || year === undefined || day === undefined) return null
  if (day.unit !== null && day.unit !== 'day') return null
  const full = year.digits === 2 ? 2000 + year.value : year.value
  return isDay(full, month.value, day.value) ? withClock([full, month.value, day.value], 'ymd', clock) : null
}

/** The position of the hour: before a colon, with a mark of the hour, or after the date where dots part both. */
function clockStart(numbers: ReadNumber[], dateCount: number): number {
  const colon = numbers.findIndex(({ gap, apart }) => gap === ':' && !apart)
  if (colon > 0) return colon - 1
  const marked = numbers.findIndex(({ unit }) => unit === 'hour')
  if (marked >= 0) return marked
  const minute = numbers[dateCount + 1]
  return minute?.gap === '.' && !minute.apart ? dateCount : -1
}
