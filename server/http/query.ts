import type { Request } from 'express'
import { RollbookError } from '../errors.ts'

/** What is wrong with one part of the query, as the answer `bad_request` that names it. */
export function badQuery(path: string, message: string): RollbookError {
  return new RollbookError('bad_request', `\`${path}\`: ${message}`, { fields: [{ path, message }] })
}

/**
 * A text of the query; null when it is absent or empty.
 *
 * @throws RollbookError bad_request when it is longer than `most` characters or given twice
 */
export function queryText(req: Request, path: string, most = 200): string | null {
  const value = req.query[path]
  if (value === undefined || value === '') return null
  if (typeof value !== 'string') throw badQuery(path, 'Give it once, as text.')
  if (value.length > most) throw badQuery(path, `Use at most ${most} characters.`)
  return value
}

/**
 * An instant of the query as epoch milliseconds; null when absent.
 *
 * @throws RollbookError bad_request when it is no ISO 8601 instant with a zone
 */
export function queryInstant(req: Request, path: string): number | null {
  const text = queryText(req, path)
  if (text === null) return null
  const ms = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/.test(text)
    ? Date.parse(text)
    : NaN
  if (Number.isNaN(ms)) throw badQuery(path, 'Use an instant such as 2026-11-23T00:00:00Z.')
  return ms
}

/** Writes a place in a list as an opaque word. */
export function writeCursor(place: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url')
}

/**
 * A page of a list that is made whole for every request; its cursor tells how many came before.
 *
 * @throws RollbookError bad_request for a cursor of another list
 */
export function pageOf<Item>(
  req: Request,
  all: readonly Item[],
  size: number,
): { items: Item[]; nextCursor: string | null } {
  const start = readCursor(req, isCount)?.[0] ?? 0
  const end = start + size
  return { items: all.slice(start, end), nextCursor: all.length > end ? writeCursor([end]) : null }
}

/** Whether a cursor holds one number, and no negative one. */
export const isCount = (value: unknown): value is [number] =>
  Array.isArray(value) && value.length === 1 && Number.isSafeInteger(value[0]) && Number(value[0]) >= 0

/**
 * Reads what `writeCursor` wrote and `isPlace` accepts; null when absent.
 *
 * @throws RollbookError bad_request for anything else
 */
export function readCursor<Place>(req: Request, isPlace: (value: unknown) => value is Place): Place | null {
  const text = queryText(req, 'cursor')
  if (text === null) return null
  let value: unknown
  try {
    value = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'))
  } catch {
    value = null
  }
  if (!isPlace(value)) throw badQuery('cursor', 'Use the `nextCursor` of the page before, or none.')
  return value
}
