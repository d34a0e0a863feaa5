import type { ParticipantLeft } from '../evidence.ts'
import type { Group } from './group.ts'
import type { Segment } from '../people.ts'
import { united, type Span } from '../spans.ts'
import { importedSegments, type Imported } from './import-rows.ts'
import { reportedSegments } from './report-rows.ts'
import { bySegment, toldSegments } from './told-segments.ts'
import { CLOCK_SKEW_MS, SAME_MOMENT_MS } from '../evidence/tolerances.ts'

/**
 * The account of ONE connection's joins and leaves: by the official list where it lists the connection, else by what was
 * told live.
 *
 * Rows decide the times. Of what was told live, the stretch a row is about gives way entirely; any other stays only where
 * no row lies, without the slivers of a moment that two clocks make. One that nothing ended ends (`inferred`) with the next
 * row, and gives way when it began inside one. Rows of waiting hide only waiting, and rows without length hide nothing: a
 * list that is still being computed must not take anybody's minutes. Leaves without their join say nothing beside a row.
 * Rows of imported files come last: they fill what neither tells, and end what nothing ended. [] for no facts.
 */
export function accountOf({ told, rows, imports }: Pick<Group, 'told' | 'rows' | 'imports'>): Account {
  const account = listedAccount(told, rows)
  return imports.length > 0 ? withImports(account, imports) : account
}

interface Account {
  segments: Segment[]
  /** Leaves without their join: each proves an instant. */
  orphans: ParticipantLeft[]
}

function listedAccount(told: Group['told'], rows: Group['rows']): Account {
  const live = toldSegments(told)
  if (rows.length === 0) return live
  const listed = reportedSegments(rows)
  const lasting = listed.filter((segment) => segment.toMs !== segment.fromMs)
  const present = united(lasting.filter((segment) => !isWaiting(segment)).map(spanOf))
  const any = united(lasting.map(spanOf))
  const own = new Set(lasting.map(stretchKey))
  const rest = live.segments
    .filter((segment) => !own.has(stretchKey(segment)))
    .flatMap((segment) => outside(segment, isWaiting(segment) ? any : present, SAME_MOMENT_MS))
  const near = ({ fromMs, toMs }: Span, atMs: number) =>
    fromMs - CLOCK_SKEW_MS <= atMs && atMs <= toMs + CLOCK_SKEW_MS
  return {
    segments: [...listed, ...rest].sort(bySegment),
    orphans: live.orphans.filter(({ atMs }) => !any.some((span) => near(span, atMs))),
  }
}

/** An imported row fills what is missing; where its times differ from others' by what they are exact to, it says nothing. */
function withImports({ segments, orphans }: Account, imports: readonly Imported[]): Account {
  const precisionOf = new Map(imports.map(({ key, row }) => [key, row.precisionSeconds]))
  const sliverMs = ({ key }: Segment): number => (precisionOf.get(key) === 60 ? MINUTE_MS : CLOCK_SKEW_MS)
  const filed = importedSegments(imports)
  const ended = segments.map((open) => {
    if (open.toMs !== null || isWaiting(open)) return open
    const own = filed.filter(
      (one) => !isWaiting(one) && !one.odd && one.toMs !== one.fromMs && (one.toMs ?? 0) > open.fromMs,
    )
    const end = own.find((one) => one.fromMs - sliverMs(one) <= open.fromMs)
    if (end) return { ...open, toMs: end.toMs, to: end.to }
    const nextMs = own.reduce((least, one) => Math.min(least, one.fromMs), Infinity)
    return nextMs === Infinity ? open : { ...open, toMs: nextMs, to: 'inferred' as const }
  })
  const lasting = ended.filter((segment) => segment.toMs !== segment.fromMs)
  const present = united(lasting.filter((segment) => !isWaiting(segment)).map(spanOf))
  const any = united(lasting.map(spanOf))
  const rest = filed.flatMap((segment) =>
    outside(segment, isWaiting(segment) ? any : present, sliverMs(segment)),
  )
  return { segments: [...ended, ...rest].sort(bySegment), orphans }
}

const MINUTE_MS = 60_000

/** Of what is open nothing but its beginning is certain. */
const spanOf = ({ fromMs, toMs }: Segment): Span => ({ fromMs, toMs: toMs ?? fromMs })

const isWaiting = (segment: Segment): boolean => segment.place.kind === 'waiting'

const stretchKey = (segment: Segment): string => `${isWaiting(segment) ? 'waiting' : 'inside'} ${segment.key}`

/** What of a segment lies outside the spans, which are disjoint and ascending; pieces no longer than `sliverMs` are left out. */
function outside(segment: Segment, spans: readonly Span[], sliverMs: number): Segment[] {
  const isSliver = (from: number, to: number): boolean => to - from <= sliverMs
  const { fromMs, toMs } = segment
  const begins = spans.find((span) => span.toMs >= fromMs)
  if (!begins) return [segment]
  if (toMs === null || toMs === fromMs) {
    if (begins.fromMs <= fromMs) return []
    if (toMs !== null) return [segment]
    return isSliver(fromMs, begins.fromMs) ? [] : [{ ...segment, toMs: begins.fromMs, to: 'inferred' }]
  }
  const over = spans.filter((span) => span.fromMs < toMs && span.toMs > fromMs)
  if (over.length === 0) return [segment]
  const pieces: Segment[] = []
  let start: Pick<Segment, 'fromMs' | 'from'> = segment
  for (const span of over) {
    if (!isSliver(start.fromMs, span.fromMs))
      pieces.push({ ...segment, fromMs: start.fromMs, from: start.from, toMs: span.fromMs, to: 'inferred' })
    // Nobody saw it begin again where the list ends; it was only told to last beyond.
    start = { fromMs: span.toMs, from: 'seen' }
  }
  if (!isSliver(start.fromMs, toMs)) pieces.push({ ...segment, fromMs: start.fromMs, from: start.from })
  return pieces
}
