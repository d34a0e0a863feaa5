import { readReportRow, type RowFields } from '../zoom/index.ts'

/** When a meeting was, as far as it is known; a start that is not known bounds nothing. */
export interface MeetingTimes {
  startedAtMs: number | null
  endedAtMs: number | null
  /** When the list was read: while the end is not known, nobody left later than that. */
  readAtMs: number
}

/**
 * What becomes of one row of a list. `told`: it is evidence, with times that were `corrected` or as they came; `touches`:
 * it lies in the meeting's time. `unreadable`: its times cannot be read. `outside`: all of it lies outside the meeting.
 */
export type FittedRow =
  { kind: 'told'; row: RowFields; corrected: boolean; touches: boolean } | { kind: 'unreadable' | 'outside' }

/** Clocks that differ, and a first handshake before the start, stay well inside. */
const OUTSIDE_MS = 15 * 60_000
/** Somebody may wait for hours before the host lets the first one in. */
const WAITING_MS = 24 * 3_600_000

/**
 * Holds a row as Zoom sent it against the times of its meeting. Nobody is in a meeting that has not begun or is over: up to
 * 15 minutes outside a row is believed, and one that reaches further is cut to the meeting's own begin or end. One that
 * ends before it began has no length. Waiting is no presence and may begin up to a day early. Of a meeting whose end nobody
 * told, a row that ends after the reading is left out.
 */
export function fitRow(raw: unknown, { startedAtMs, endedAtMs, readAtMs }: MeetingTimes): FittedRow {
  const row = readReportRow(raw)
  if (typeof row === 'string') return { kind: 'unreadable' }
  const beginsMs = startedAtMs ?? -Infinity
  const endsMs = endedAtMs ?? Infinity
  const earliestMs = beginsMs - (row.place.kind === 'waiting' ? WAITING_MS : OUTSIDE_MS)
  const latestMs = endsMs + OUTSIDE_MS
  const toldLeftMs = Math.max(row.atMs, row.leftMs)
  if (toldLeftMs < earliestMs || row.atMs > latestMs) return { kind: 'outside' }
  // What it could be cut to would be another instant at every reading, and the list never the same.
  if (endedAtMs === null && toldLeftMs > readAtMs + OUTSIDE_MS) return { kind: 'outside' }

  const atMs = row.atMs < earliestMs ? Math.min(beginsMs, toldLeftMs) : row.atMs
  const leftMs = toldLeftMs > latestMs ? Math.max(endsMs, atMs) : toldLeftMs
  return {
    kind: 'told',
    row: { ...row, atMs, leftMs },
    corrected: atMs !== row.atMs || leftMs !== row.leftMs,
    touches: toldLeftMs >= beginsMs - OUTSIDE_MS,
  }
}
