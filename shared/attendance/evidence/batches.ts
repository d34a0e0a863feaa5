import { byText } from '../compare.ts'
import type { ReportBatch, ReportRow } from '../evidence.ts'

/** The official list of one meeting that counts. */
export interface MeetingReport {
  meeting: string
  /** Id of the batch that counts. */
  batch: string
  /** When it was read. */
  fetchedAtMs: number
  rows: number
  /** A later sealed batch told exactly the same list. */
  confirmed: boolean
  /**
   * Rows Zoom has not computed to the end, as it warns of right after very large meetings: it says 0 seconds although join
   * and leave lie apart. Where both are one instant, 0 is true, unless the list has no row of any length at all: then it
   * is every row.
   * https://developers.zoom.us/docs/api/meetings/#tag/meetings/get/past_meetings/{meetingId}/participants
   */
  zeroDurations: number
}

/** A whole list that was read after the one that counts and is empty or shorter; it waits until one like it comes. */
export interface PendingReport {
  meeting: string
  batch: string
  fetchedAtMs: number
  rows: number
}

/** What the report facts of one meeting come to, whatever order they were noted in. */
export interface BatchLog {
  noteRow(row: ReportRow): void
  noteEnd(end: ReportBatch): void
  /** Which batch counts; null for none. Its rows are the same array as long as the same batch told them. */
  counting(): { report: MeetingReport; rows: readonly ReportRow[] } | null
  pending(): PendingReport[]
}

/** The report facts of one meeting, none yet. Facts must be distinct by key. */
export function createBatchLog(meeting: string): BatchLog {
  const rowsOf = new Map<string, ReportRow[]>()
  const ends: ReportBatch[] = []
  let walked: ReturnType<typeof walkAll> | null = null

  return {
    noteRow(row) {
      const rows = rowsOf.get(row.batch)
      if (rows) rows.push(row)
      else rowsOf.set(row.batch, [row])
      walked = null
    },
    noteEnd(end) {
      ends.push(end)
      walked = null
    },
    counting: () => (walked ??= walkAll()).counting,
    pending: () => (walked ??= walkAll()).pending,
  }

  function walkAll() {
    const { counts, confirmed, waiting } = walk(sealedAmong(ends, rowsOf))
    return {
      counting: counts && {
        report: { ...about(counts), confirmed, zeroDurations: zeroDurations(counts.rows) },
        rows: counts.rows,
      },
      pending: waiting.map(about),
    }
  }

  function about({ end, rows }: Sealed): PendingReport {
    return { meeting, batch: end.batch, fetchedAtMs: end.atMs, rows: rows.length }
  }
}

/** A batch that is whole, with its rows. */
interface Sealed {
  end: ReportBatch
  rows: readonly ReportRow[]
}

interface Walked {
  counts: Sealed | null
  confirmed: boolean
  waiting: Sealed[]
}

/**
 * Which of the sealed batches counts. In the order in which they were read, one with at least as many rows as the one that
 * counts replaces it. An empty or smaller one waits until a later one tells the same list, and then counts; it waits no
 * longer once a list of full length came after it. So one bad answer never replaces a good list.
 */
function walk(sealed: readonly Sealed[]): Walked {
  let counts: Sealed | null = null
  let confirmed = false
  let waiting: Sealed[] = []
  for (const one of sealed) {
    const first = waiting.find((other) => isSameList(other, one))
    if (counts && isSameList(counts, one)) confirmed = true
    else if (first) [counts, confirmed] = [first, true]
    else if (one.rows.length > 0 && one.rows.length >= (counts?.rows.length ?? 0))
      [counts, confirmed] = [one, false]
    else {
      waiting.push(one)
      continue
    }
    waiting = []
  }
  return { counts, confirmed, waiting }
}

const isSameList = (a: Sealed, b: Sealed): boolean =>
  a.end.digest === b.end.digest && a.rows.length === b.rows.length

/** Batches that nothing refuses and whose rows are as many as declared, by (instant, id). */
function sealedAmong(
  ends: readonly ReportBatch[],
  rowsOf: ReadonlyMap<string, readonly ReportRow[]>,
): Sealed[] {
  const endOf = new Map(ends.map((end) => [end.batch, end]))
  return ends
    .filter((end) => end.refusal === null)
    .map((end): Sealed => ({ end, rows: rowsOf.get(sourceOf(end, endOf)) ?? noRows }))
    .filter(({ end, rows }) => rows.length === end.declared)
    .sort(
      (a, b) => a.end.atMs - b.end.atMs || byText(a.end.batch, b.end.batch) || byText(a.end.key, b.end.key),
    )
}

/** The batch under which the rows of this one were told: itself, or along `sameAs` the one that told them. */
function sourceOf(end: ReportBatch, endOf: ReadonlyMap<string, ReportBatch>): string {
  const passed = new Set<string>()
  let source = end.batch
  for (let next = end.sameAs; next !== null && !passed.has(next); next = endOf.get(next)?.sameAs ?? null) {
    passed.add(next)
    source = next
  }
  return source
}

const noRows: readonly ReportRow[] = []

function zeroDurations(rows: readonly ReportRow[]): number {
  const zero = rows.filter((row) => row.reportedSeconds === 0)
  if (zero.length === rows.length) return rows.length
  return zero.filter((row) => row.leftMs > row.atMs).length
}
