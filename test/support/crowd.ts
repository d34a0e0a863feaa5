import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'

/** The evening everybody comes: 12 March 2026, 18:00 to 20:00, as the file's clock shows it. */
const START_MS = Date.UTC(2026, 2, 12, 18, 0)
const END_MS = START_MS + 2 * 3_600_000
const CHUNK = 65_536

const firstNames = [
  'Anna',
  'Boris',
  'Chloé',
  'Dmitri',
  'Elif',
  'Fatima',
  'Gabriel',
  'Hana',
  'Ivan',
  'Jürgen',
  'Мария',
]
const lastNames = [
  'Berg',
  'Costa',
  'Dvořák',
  'Estévez',
  'Falk',
  'Grün',
  'Иванова',
  'Jansen',
  'Kovács',
  'Lindqvist',
]

/** People a crowd of so many rows is made of: two rows and a half for each. */
export const peopleIn = (rows: number): number => Math.round((rows * 2) / 5)

/**
 * The lines of one meeting's export with info block: people with one to four rows, some of which overlap (a phone beside a
 * laptop) and some of which follow each other within a second; every second person has an e-mail. Rows stand in no order of
 * people. The same number of rows gives the same file.
 */
export function* crowdLines(rows: number): Generator<string> {
  yield 'Meeting ID,Topic,Start Time,End Time,User Email,Duration (Minutes),Participants\r\n'
  yield `81234567890,"Open evening, all welcome",${clock(START_MS)},${clock(END_MS)},host@school.example,120,${peopleIn(rows)}\r\n\r\n`
  yield 'Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest,Recording Consent\r\n'
  const people = peopleIn(rows)
  for (let i = 0; i < rows; i++) {
    // Everybody has two rows or one, and the last fifth of the file belongs to those who have up to four.
    const person = i < people * 2 ? (i * 7919) % people : ((i - people * 2) * 2) % people
    const part = i < people * 2 ? Math.floor(i / people) : 2 + Math.floor(((i - people * 2) * 2) / people)
    const fromMs =
      START_MS +
      (person % 1800) * 1_000 +
      part * (person % 3 === 0 ? 1_201_000 : 1_000_000 + (person % 97) * 3_000)
    const toMs = Math.min(END_MS, fromMs + 1_200_000 + (person % 61) * 1_000)
    const name = `${firstNames[person % 11] ?? ''} ${lastNames[person % 10] ?? ''} ${person}`
    const email = person % 2 === 0 ? `person.${person}@mail-${person % 31}.example` : ''
    yield `${name},${email},${clock(fromMs)},${clock(toMs)},${Math.ceil((toMs - fromMs) / 60_000)},${email ? 'No' : 'Yes'},Y\r\n`
  }
}

/** Writes a crowd of so many rows into a file. */
export async function writeCrowd(path: string, rows: number): Promise<void> {
  await pipeline(Readable.from(chunks(crowdLines(rows))), createWriteStream(path))
}

function* chunks(lines: Iterable<string>): Generator<string> {
  let text = ''
  for (const line of lines) {
    text += line
    if (text.length < CHUNK) continue
    yield text
    text = ''
  }
  yield text
}

/** As Zoom's portal writes it: 03/12/2026 06:05:09 PM. */
function clock(ms: number): string {
  const date = new Date(ms)
  const hour = date.getUTCHours()
  const two = (number: number): string => String(number).padStart(2, '0')
  return `${two(date.getUTCMonth() + 1)}/${two(date.getUTCDate())}/${date.getUTCFullYear()} ${two(hour % 12 || 12)}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())} ${hour < 12 ? 'AM' : 'PM'}`
}
