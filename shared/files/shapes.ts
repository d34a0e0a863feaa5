/** Columns by what stands in them, for headers in a language we do not know. What values do not prove stays unread. */
import { saysNothing } from './answers.ts'
import { dayOf, parseStamp, type Stamp } from './dates.ts'
import type { DateOrder, ParticipantField } from './portal-file.ts'

/** More rows prove no more. */
const MOST_ROWS = 500
/** Of the cells that say something, so many have to look alike: somebody always writes something else. */
const NEARLY_ALL = 0.9

interface Shape {
  at: number
  /** Cells that say something. */
  filled: number
  emails: number
  stamps: (Stamp | null)[]
  dates: number
  numbers: (number | null)[]
  numeric: number
  texts: number
  distinct: number
}

/** What can be an e-mail address in a list: one @, something on both sides, no white space. Linear. */
export const looksLikeEmail = (text: string): boolean =>
  text.length <= 254 && /^[^\s@,;<>"]{1,64}@[^\s@,;<>".][^\s@,;<>"]*$/.test(text)

/**
 * The columns of participants that the given rows prove, by position: the e-mail by its @; join, leave and minutes together,
 * two dates whose distance the third column tells in minutes (Zoom rounds up; a minute of difference is allowed); and with
 * either of them, the name: the most varied text to their left. Empty when nothing is proved; never the same field twice.
 */
export function columnsByShape(rows: readonly string[][]): Map<number, ParticipantField> {
  const sample = rows.slice(0, MOST_ROWS)
  const width = sample.reduce((most, row) => Math.max(most, row.length), 0)
  const shapes = Array.from({ length: Math.min(width, 200) }, (_, at) => shapeOf(sample, at))
  const found = new Map<number, ParticipantField>()

  const emails = shapes.filter(({ filled, emails }) => emails > 0 && emails >= filled * NEARLY_ALL)
  const stay = findStay(shapes)
  // In a history the host's address stands left of the participants': the one nearest to the stay is theirs.
  const email =
    stay === null ? single(emails) : (emails.filter(({ at }) => at < stay.join.at).at(-1) ?? single(emails))
  if (email !== null) found.set(email.at, 'email')
  if (stay !== null) {
    found.set(stay.join.at, 'join')
    found.set(stay.leave.at, 'leave')
    found.set(stay.minutes.at, 'minutes')
  }
  const name = findName(shapes, Math.min(...found.keys()))
  if (name !== null) found.set(name.at, 'name')
  return found
}

const single = <T>(items: T[]): T | null => (items.length === 1 ? (items[0] ?? null) : null)

function shapeOf(rows: string[][], at: number): Shape {
  const shape: Shape = {
    at,
    filled: 0,
    emails: 0,
    stamps: [],
    dates: 0,
    numbers: [],
    numeric: 0,
    texts: 0,
    distinct: 0,
  }
  const values = new Set<string>()
  for (const row of rows) {
    const cell = (row[at] ?? '').trim()
    const empty = saysNothing(cell)
    const stamp = empty ? null : parseStamp(cell)
    const number = /^\d{1,6}(?:[.,]\d{1,12})?$/.test(cell) ? Number(cell.replace(',', '.')) : null
    shape.stamps.push(stamp)
    shape.numbers.push(number)
    if (empty) continue
    values.add(cell)
    shape.filled += 1
    if (stamp !== null) shape.dates += 1
    else if (number !== null) shape.numeric += 1
    else if (looksLikeEmail(cell)) shape.emails += 1
    else if (/\p{L}/u.test(cell)) shape.texts += 1
  }
  shape.distinct = values.size
  return shape
}

interface Stay {
  join: Shape
  leave: Shape
  minutes: Shape
}

/** The two dates and the number that belong together; of several (a history tells the meeting's too) the most varied. */
function findStay(shapes: Shape[]): Stay | null {
  const dates = shapes.filter(({ filled, dates }) => dates > 0 && dates >= filled * NEARLY_ALL)
  const numbers = shapes.filter(({ filled, numeric }) => numeric > 0 && numeric >= filled * NEARLY_ALL)
  const stays = dates
    .flatMap((join) => dates.filter((leave) => leave !== join).map((leave) => ({ join, leave })))
    .flatMap((pair) => numbers.map((minutes) => ({ ...pair, minutes })))
    .filter(fits)
  const varied = ({ join, leave }: Stay): number => join.distinct + leave.distinct
  return stays.sort((a, b) => varied(b) - varied(a) || b.minutes.at - a.minutes.at)[0] ?? null
}

function fits({ join, leave, minutes }: Stay): boolean {
  return (['mdy', 'dmy', 'ymd'] as const).some((order) => {
    let told = 0
    let right = 0
    let longer = false
    join.stamps.forEach((from, row) => {
      const to = leave.stamps[row] ?? null
      const said = minutes.numbers[row] ?? null
      if (from === null || to === null || said === null) return
      const fromMs = stampMs(from, order)
      const toMs = stampMs(to, order)
      told += 1
      if (fromMs === null || toMs === null || toMs < fromMs) return
      longer ||= toMs > fromMs
      if (Math.abs(Math.ceil((toMs - fromMs) / 60_000) - said) <= 1) right += 1
    })
    return longer && right >= told * NEARLY_ALL
  })
}

function stampMs(stamp: Stamp, order: DateOrder): number | null {
  const day = dayOf(stamp, { order, by: 'file' })
  return day === null ? null : Date.UTC(day.year, day.month - 1, day.day) + stamp.secondsOfDay * 1000
}

function findName(shapes: Shape[], before: number): Shape | null {
  const texts = shapes.filter(
    ({ at, filled, texts }) =>
      at < before && Number.isFinite(before) && texts > 0 && texts >= filled * NEARLY_ALL,
  )
  return texts.sort((a, b) => b.distinct - a.distinct || a.at - b.at)[0] ?? null
}
