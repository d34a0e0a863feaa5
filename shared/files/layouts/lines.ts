/** What single records are, by one look at them. */
import type { MeetingField } from '../portal-file.ts'
import { isBlank, isValue, readMeetingNumber } from './cells.ts'
import type { MeetingColumns } from './header.ts'
import type { Table } from './table.ts'
import { withOffset, type Offsets } from './time-columns.ts'

/** What a meeting's columns say, as written. */
export type MeetingTexts = Partial<Record<MeetingField, string>>

/** The cells of a meeting's columns that say something, each with the offset its header tells. */
export function pick(columns: MeetingColumns, cells: string[], offsets: Offsets | null): MeetingTexts {
  const picked: MeetingTexts = {}
  for (const [field, at] of Object.entries(columns)) {
    const cell = cells[at]
    if (cell !== undefined && !isBlank(cell))
      picked[field as MeetingField] = withOffset(cell, offsets?.get(at))
  }
  return picked
}

/** Nearly every record: a table's row, known by one look. */
export function isPlainRow({ people, header }: Table, cells: string[]): boolean {
  const { join, minutes } = people
  const cell = cells[join ?? minutes ?? -1]
  if (cell === undefined) return false
  const code = cell.charCodeAt(0)
  if (!(code >= 48 && code <= 57)) return false
  return join === undefined
    ? cells.length === header.length && cells[people.name ?? -1] !== ''
    : cell.includes(':')
}

/** A meeting's own line: its number and its beginning are what they should be, or are left out. */
export function isMeetingRow(columns: MeetingColumns, cells: string[]): boolean {
  const number = cells[columns.number ?? -1] ?? ''
  const started = cells[columns.started ?? -1] ?? ''
  const numberFits = isBlank(number) || readMeetingNumber(number) !== null || /^[\d.,+E\s-]+$/.test(number)
  return numberFits && (isBlank(started) || /\d/.test(started)) && cells.some(isValue)
}
