/** What one cell says: an address, a length, a meeting's number, a host. Null is "nothing readable", never a guess. */
import { saysNothing } from '../answers.ts'
import { parseStamp } from '../dates.ts'

/** The longest address there can be (RFC 5321, section 4.5.3.1). */
const LONGEST_ADDRESS = 254
const ADDRESS = /^[^\s@,;:<>()[\]"\\*]+@[^\s@,;:<>()[\]"\\*]+$/u

/** An address in lower case; null for anything that cannot be one, a masked `j***@example.org` included. */
export function readEmail(cell: string): string | null {
  const address = cell.trim()
  if (address.length > LONGEST_ADDRESS || !ADDRESS.test(address)) return null
  return address.toLowerCase()
}

/** With what somebody may have typed around an address. */
const LONGEST_SLIP = 320

/** What a cell without an address says in the place of one, for people to mend; {} where it says nothing, or a whole text. */
export function asWritten(cell: string): { emailAsWritten?: string } {
  const written = cell.trim()
  return isNothing(written) || written.length > LONGEST_SLIP ? {} : { emailAsWritten: written }
}

/** `55`, `77.99999999`, `77,5`, `55 min`, `1:05:30`. Digits in groups of three may be thousands: not read. */
const MINUTES = /^(\d{1,9})(?:[.,](\d{1,2}|\d{4,20}))?(?:\s*\p{L}{1,8}\.?)?$/u
const CLOCK = /^(\d{1,4}):([0-5]\d):([0-5]\d)$/

/** A length in minutes, as a number that may have a fraction; null when it cannot be read without guessing. */
export function readMinutes(cell: string): number | null {
  const text = cell.trim()
  const plain = MINUTES.exec(text)
  if (plain !== null) return Number(`${plain[1] ?? ''}.${plain[2] ?? '0'}`)
  const clock = CLOCK.exec(text)
  if (clock === null) return null
  return Number(clock[1]) * 60 + Number(clock[2]) + Number(clock[3]) / 60
}

/** The number of a meeting, digits only, however it is grouped; null when it is none, or was rounded by a spreadsheet. */
export function readMeetingNumber(cell: string): string | null {
  // A spreadsheet may have made a number with decimals of it.
  const digits = cell.replace(/[\s\p{Cf}-]+/gu, '').replace(/[.,]0{1,3}$/, '')
  return /^\d{3,15}$/.test(digits) ? digits : null
}

/** Zoom's numbers have 9 to 11 digits: long enough to know one by its look, in groups or not. */
export function looksLikeMeetingNumber(cell: string): boolean {
  const digits = readMeetingNumber(cell)
  return digits !== null && digits.length >= 9 && digits.length <= 11
}

/**
 * The meeting's number in the name of a file: `participants_81234567890.csv`, `attendee_812 3456 7890_2024_05_03.csv`. Digits
 * of a date or of a longer number are none. Null when there is no number, or more than one.
 */
export function meetingNumberIn(fileName: string): string | null {
  const base = fileName.replace(/^.*[/\\]/, '')
  const found = new Set<string>()
  for (const [text] of base.matchAll(/(?<!\d)(?:\d{9,11}|\d{3}[ -]\d{3,4}[ -]\d{3,4})(?!\d)/g))
    found.add(text.replace(/\D/g, ''))
  const [number] = found
  return found.size === 1 && number !== undefined ? number : null
}

/** "Anna Berg (anna@example.org)", as newer exports write a host, or one of the two. */
export function readHost(cell: string): { name: string | null; email: string | null } {
  const text = cell.trim()
  if (saysNothing(text)) return { name: null, email: null }
  const both = /^(.*)[(<]([^()<>]*)[)>]$/su.exec(text)
  const email = readEmail(both?.[2] ?? text)
  if (email === null) return { name: text, email: null }
  const name = both?.[1]?.trim() ?? ''
  return { name: name === '' ? null : name, email }
}

/** Whether a cell holds something only a row has: a date, a number, an address, "--". Headers and headings have none. */
export function isValue(cell: string): boolean {
  const text = cell.trim()
  if (text === '') return false
  if (text.includes('@')) return true
  if (/^[\d\s.,:/+()-]*\d[\d\s.,:/+()-]*%?$/.test(text)) return true
  if (saysNothing(text)) return true
  return /\d/.test(text) && parseStamp(text) !== null
}

/** Nothing, or what exports write for it. Most cells are empty, or begin with a digit and say something. */
export const isNothing = (cell: string): boolean => cell === '' || (!/^\d/.test(cell) && saysNothing(cell))

export const isBlank = (cell: string): boolean => cell === '' || cell.trim() === ''

/** Says webinar, in any language Zoom's portal speaks. */
export const saysWebinar = (text: string): boolean =>
  /webinar|webinaire|вебинар|вебінар|уебинар|ウェビナー|웨비나|网络研讨会|網路研討會|ندوة|seminario web/iu.test(
    text.slice(0, 500),
  )
