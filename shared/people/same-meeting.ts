/**
 * Whether two files tell of one meeting. Its number and beginning say so, where both files have them; else its rows do: an
 * export made twice, with and without the meeting's own data, or saved again by a spreadsheet without seconds; or a list of the
 * same people with the minutes that the other's rows add up to.
 */
import { normaliseName } from '../attendance/index.ts'
import type { FileMeeting, FileRow, FileSource, Survey } from '../files/index.ts'

/**
 * The smallest hashes of a meeting's rows. Of sets that are equal they are equal, of sets that overlap they overlap as much;
 * a list of up to this many rows is compared whole.
 */
const KEPT = 256
const MINUTE_MS = 60_000
/** At least this part of the rows of the smaller list must be in the other. */
const LEAST_COMMON = 0.5
/** Of people in a list with times and one without, so many must have been there as long; some used two devices at once. */
const LEAST_FITTING = 0.8
/** A single row may be equal by chance where times are exact to the minute only. */
const LEAST_ROWS = 2

export interface Sketch {
  /** Ascending. */
  hashes: number[]
  rows: number
  isTimed: boolean
  /** How long somebody was there by all their rows, of those with the smallest hashes. */
  people: Sums
}

interface Sums {
  of: Map<number, { ms: number; rows: number }>
  /** No larger hash is kept: what it added up to so far was let go. */
  limit: number
}

/** Whether two files may tell of one meeting without both saying its number and beginning. */
export function mayMeetAgain(one: Survey, other: Survey): boolean {
  return one.meetings.some((a) =>
    other.meetings.some((b) => {
      if (a.rows === 0 || b.rows === 0) return false
      if (a.number !== null && b.number !== null && a.number !== b.number) return false
      return a.number === null || b.number === null || a.started === null || b.started === null
    }),
  )
}

/** Takes the rows of a file; the sketches of its meetings grow with them. */
export function sketchRows(): { add: (row: FileRow) => void; sketches: Sketch[] } {
  const sketches: Sketch[] = []
  return {
    sketches,
    add(row) {
      let sketch = sketches[row.meeting]
      while (sketch === undefined) {
        sketches.push({ hashes: [], rows: 0, isTimed: false, people: { of: new Map(), limit: Infinity } })
        sketch = sketches[row.meeting]
      }
      sketch.rows++
      sketch.isTimed ||= row.fromMs !== null
      insert(sketch.hashes, hashOf(row))
      addUp(sketch.people, row)
    },
  }
}

/** Remembers meetings by number in the listing, and finds the one that another file told of before. */
export function createMeetingMatch() {
  const known: { at: number; meeting: FileMeeting; source: FileSource; sketch: Sketch | undefined }[] = []
  return {
    find(meeting: FileMeeting, source: FileSource, sketch: Sketch | undefined): number | null {
      const found = known.find((one) => one.source !== source && areOne(one, { meeting, sketch }))
      return found?.at ?? null
    },
    /** The file that may tell of the same meeting, though nothing proves it: the same people, but not the same minutes. */
    mayBeOne(meeting: FileMeeting, source: FileSource, sketch: Sketch | undefined): string | null {
      const found = known.find((one) => one.source !== source && mayBeOne(one, { meeting, sketch }))
      return found?.source.name ?? null
    },
    add(at: number, meeting: FileMeeting, source: FileSource, sketch: Sketch | undefined): void {
      known.push({ at, meeting, source, sketch })
    },
  }
}

const minuteOf = (ms: number): number => Math.floor(ms / MINUTE_MS)

interface Told {
  meeting: FileMeeting
  sketch: Sketch | undefined
}

function areOne(one: Told, other: Told): boolean {
  const [a, b] = [one.meeting, other.meeting]
  if (a.number !== null && b.number !== null) {
    if (a.number !== b.number) return false
    // A spreadsheet that saved it again may have cut the seconds.
    if (a.startedMs !== null && b.startedMs !== null) return minuteOf(a.startedMs) === minuteOf(b.startedMs)
  }
  return one.sketch !== undefined && other.sketch !== undefined && agree(one.sketch, other.sketch)
}

function agree(a: Sketch, b: Sketch): boolean {
  const [inA, most] = [new Set(a.hashes), Math.min(a.hashes.length, b.hashes.length)]
  const common = b.hashes.filter((hash) => inA.has(hash)).length
  if (a.isTimed !== b.isTimed) {
    const { smaller, common, fitting } = compared(a, b)
    return (
      common >= Math.max(smaller * LEAST_COMMON, Math.min(LEAST_ROWS, smaller)) &&
      fitting >= common * LEAST_FITTING
    )
  }
  // Without times the same class may well have stayed as long a week later: then only whole lists are believed.
  if (!a.isTimed || !b.isTimed) return a.rows === b.rows && common === a.hashes.length
  return common >= Math.min(LEAST_ROWS, a.rows, b.rows) && common >= most * LEAST_COMMON
}

function mayBeOne({ meeting: a, sketch: one }: Told, { meeting: b, sketch: other }: Told): boolean {
  if (one === undefined || other === undefined || one.isTimed === other.isTimed) return false
  if (a.number !== b.number || (a.startedMs !== null && b.startedMs !== null)) return false
  const { smaller, common } = compared(one, other)
  return common >= smaller * LEAST_COMMON && common >= Math.min(LEAST_ROWS, smaller)
}

/**
 * Of two lists, one with times: how many people are in both, and of how many the minutes are what the rows add up to. Every
 * row may have been rounded to a minute, and time spent twice at once may count once.
 */
function compared(a: Sketch, b: Sketch): { smaller: number; common: number; fitting: number } {
  const [timed, totals] = a.isTimed ? [a.people.of, b.people.of] : [b.people.of, a.people.of]
  let [common, fitting] = [0, 0]
  for (const [hash, total] of totals) {
    const sum = timed.get(hash)
    if (sum === undefined) continue
    common++
    if (Math.abs(total.ms - sum.ms) <= MINUTE_MS * sum.rows) fitting++
  }
  return { smaller: Math.min(timed.size, totals.size), common, fitting }
}

function addUp(people: Sums, row: FileRow): void {
  const { name, keys, place, attended, fromMs, toMs, reportedSeconds } = row
  if (!attended || place === 'waiting') return
  const hash = hashText(`${normaliseName(name).name}\n${keys.email ?? ''}`)
  const ms = fromMs === null || toMs === null ? (reportedSeconds ?? 0) * 1000 : toMs - fromMs
  if (hash > people.limit) return
  const sum = people.of.get(hash)
  if (sum !== undefined) {
    sum.ms += ms
    sum.rows++
    return
  }
  people.of.set(hash, { ms, rows: 1 })
  if (people.of.size <= 2 * KEPT) return
  const large = [...people.of.keys()].sort((x, y) => x - y).slice(KEPT)
  for (const one of large) people.of.delete(one)
  people.limit = (large[0] ?? Infinity) - 1
}

/** Keeps `hash` when it is among the smallest. */
function insert(hashes: number[], hash: number): void {
  if (hashes.length === KEPT && hash >= (hashes[KEPT - 1] ?? 0)) return
  let [low, high] = [0, hashes.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((hashes[middle] ?? 0) < hash) low = middle + 1
    else high = middle
  }
  if (hashes[low] === hash) return
  hashes.splice(low, 0, hash)
  if (hashes.length > KEPT) hashes.pop()
}

/** Who, and when to the minute; without times, who and how long. */
function hashOf({ name, keys, fromMs, toMs, place, reportedSeconds }: FileRow): number {
  const when =
    fromMs === null || toMs === null ? `-${String(reportedSeconds)}` : `${minuteOf(fromMs)}-${minuteOf(toMs)}`
  return hashText(`${normaliseName(name).name}\n${keys.email ?? ''}\n${place}\n${when}`)
}

/** FNV-1a twice, 53 bits of it: equal by chance once in a million files of a million rows. */
function hashText(text: string): number {
  let [low, high] = [0x811c9dc5, 0xc9dc5118]
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    low = Math.imul(low ^ code, 0x01000193)
    high = Math.imul(high ^ (code + at), 0x01000193)
  }
  return (high >>> 11) * 2 ** 32 + (low >>> 0)
}
