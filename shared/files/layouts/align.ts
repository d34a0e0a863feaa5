/** Rows with more or fewer cells than their header: an unquoted comma in a name, a cell that was deleted. */
import { parseStamp } from '../dates.ts'
import { parseClock } from '../half-moments.ts'
import { isBlank, isNothing } from './cells.ts'
import type { Table } from './table.ts'

/**
 * True where the cells do not fit the header: more than it has that say something; or fewer, and where a time should be or the
 * minutes, is none. Cells missing at the end that say nothing are how spreadsheets save a row.
 */
export function isRagged(cells: string[], { header, people }: Table): boolean {
  const { length } = header
  if (cells.length === length || length === 0) return false
  if (cells.length > length) return cells.slice(length).some((cell) => !isBlank(cell))
  const { join = 0, leave = 0, minutes = 0 } = people
  if (cells.length <= Math.max(join, leave, minutes)) return true
  const end = cells[leave] ?? ''
  return people.leave !== undefined && !isNothing(end) && !isMoment(end)
}

/**
 * Moves the cells of a ragged row to where their header is, as far as its times prove it: a beginning and an end stand side by
 * side as in the header, only further right or left. Cells too many before them belong to the name; of cells too few, the
 * name is the last to be missed. A row without such times stays as it is.
 */
export function align(cells: string[], { header, people, columns }: Table, separator: string): string[] {
  const { join, leave } = people
  const name = people.name ?? people.first_name
  if (join === undefined || leave === undefined || name === undefined || name >= join) return cells
  const apart = leave - join
  const found = cells.findIndex((cell, at) => isMoment(cell) && isMoment(cells[at + apart] ?? ''))
  const shift = found - join
  if (found < 0 || shift === 0 || name >= found) return cells
  const aligned: string[] = Array.from({ length: header.length }, () => '')
  const email = people.email
  // An address where the header has it: what is too much stands behind it.
  const pivot =
    email !== undefined && email > name && email < join && (cells[email] ?? '').includes('@') ? email : name
  for (const { at } of columns) {
    if (at <= pivot) aligned[at] = cells[at] ?? ''
    else if (at + shift > pivot) aligned[at] = cells[at + shift] ?? ''
  }
  if (shift > 0 && pivot === name) aligned[name] = cells.slice(name, name + shift + 1).join(separator)
  return aligned
}

const isMoment = (cell: string): boolean => /\d/.test(cell) && (parseStamp(cell) ?? parseClock(cell)) !== null
