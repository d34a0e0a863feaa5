import { anyBetween, byText } from '../compare.ts'
import type { ParticipantLeft } from '../evidence.ts'
import type { Seen } from './group.ts'
import type { Segment } from '../people.ts'
import { placeKey, rowKey } from './told-segments.ts'
import { CLOCK_SKEW_MS, SAME_MOMENT_MS } from '../evidence/tolerances.ts'

/** Complete readings of a list by any panel: who is missing in one was not there. Ascending instants. */
export interface Readings {
  /** Of the main room, without those taken while breakout rooms are known to be in use: absence then means nothing. */
  main: readonly number[]
  waiting: readonly number[]
  /** The first reading of the main room at all: a join announced after it was seen by somebody watching. */
  firstMainMs: number | null
}

/**
 * The segments of ONE connection that no account of joins and leaves covers, from instants at which it was seen.
 *
 * Being seen proves the instant and never invents a join: `from: 'seen'`, unless a panel that had read the list before
 * announced the join. Two sightings in one place are one stretch unless something between them says otherwise: a
 * complete reading without the person, an announced leave, or a told segment. A stretch ends `known` with an announced
 * or told leave, `seen` at the last sighting before a reading without the person, `inferred` where the next place
 * begins, else it is open. A leave and a join in one moment are a change of role, not a rejoin.
 * A leave without anything before it is a zero-length stretch: the person had been there.
 */
export function seenSegments(input: {
  /** In the order of `bySight`. */
  seen: readonly Seen[]
  orphans: readonly ParticipantLeft[]
  told: readonly Segment[]
  readings: Readings
}): Segment[] {
  const { orphans, told, readings } = input
  const sights =
    told.length + orphans.length > 0
      ? input.seen.filter((sight) => !isTold(sight, told, orphans))
      : input.seen
  const all = orphans.length > 0 ? [...sights, ...orphans.map(toSight)].sort(bySight) : sights
  const edges = told
    .filter((segment) => segment.place.kind !== 'breakout')
    .flatMap((segment) => [segment.fromMs, segment.toMs ?? Infinity])
    .sort((a, b) => a - b)
  const rooms = told.filter((segment) => segment.place.kind === 'breakout')

  const segments: Segment[] = []
  let run: Run | null = null
  for (const sight of all) {
    if (run && isOver(run, sight)) run = close(run)
    const leaves = sight.how === 'left' || sight.how === 'told_left'
    if (leaves && run && placeKey(run.place) !== placeKey(sight.place)) {
      segments.push(stretch(sight, { toMs: sight.atMs, to: 'known' }))
      continue
    }
    if (run && placeKey(run.place) !== placeKey(sight.place)) {
      segments.push(stretch(run, { from: run.from, toMs: sight.atMs, to: 'inferred' }))
      run = null
    }
    run ??= {
      key: sight.key,
      place: sight.place,
      atMs: sight.atMs,
      from: startOf(sight),
      lastMs: sight.atMs,
      leftMs: null,
    }
    if (leaves) run.leftMs ??= sight.atMs
    else Object.assign(run, { lastMs: sight.atMs, leftMs: null })
  }
  if (run) {
    const over =
      run.leftMs !== null || missedBetween(run, Infinity) || anyBetween(edges, run.lastMs, Infinity)
    if (over) close(run)
    else segments.push(stretch(run, { from: run.from, toMs: null, to: 'open' }))
  }
  return segments

  function isOver(current: Run, next: Seen): boolean {
    if (current.leftMs !== null) return next.atMs - current.leftMs > SAME_MOMENT_MS
    // A list may be a moment ahead of the announcement of the leave it already shows.
    const leaves = next.how === 'left' || next.how === 'told_left'
    const missedMs = leaves ? next.atMs - CLOCK_SKEW_MS : next.atMs
    return missedBetween(current, missedMs) || anyBetween(edges, current.lastMs, next.atMs)
  }

  function close(over: Run): null {
    const end = over.leftMs ?? over.lastMs
    segments.push(stretch(over, { from: over.from, toMs: end, to: over.leftMs === null ? 'seen' : 'known' }))
    return null
  }

  /** Whether a reading between the run's last sighting and `beforeMs` lacked the person. */
  function missedBetween(current: Run, beforeMs: number): boolean {
    const afterMs = current.lastMs + SAME_MOMENT_MS
    if (current.place.kind === 'waiting') return anyBetween(readings.waiting, afterMs, beforeMs)
    // Somebody known to be in a breakout room is not on the main list; look only outside those stretches.
    let fromMs = afterMs
    for (const room of rooms) {
      if ((room.toMs ?? Infinity) + CLOCK_SKEW_MS <= fromMs) continue
      if (anyBetween(readings.main, fromMs, Math.min(room.fromMs, beforeMs))) return true
      fromMs = Math.max(fromMs, (room.toMs ?? Infinity) + CLOCK_SKEW_MS)
    }
    return fromMs < beforeMs && anyBetween(readings.main, fromMs, beforeMs)
  }

  /** A join is known only when the panel was already watching: the first list it gets is no news. */
  function startOf(sight: Seen): Segment['from'] {
    const watching = readings.firstMainMs !== null && readings.firstMainMs < sight.atMs
    return sight.how === 'joined' && watching ? 'known' : 'seen'
  }
}

interface Run {
  key: string
  place: Segment['place']
  atMs: number
  from: Segment['from']
  lastMs: number
  leftMs: number | null
}

/** Whether told segments already account for a sighting, or a told leave outdates it: a panel resurrects nobody. */
function isTold(sight: Seen, told: readonly Segment[], orphans: readonly ParticipantLeft[]): boolean {
  const waiting = sight.place.kind === 'waiting'
  const within = (fromMs: number, toMs: number) => fromMs <= sight.atMs && sight.atMs <= toMs
  return (
    told.some(
      (segment) =>
        (waiting || segment.place.kind !== 'waiting') &&
        within(segment.fromMs - CLOCK_SKEW_MS, (segment.toMs ?? Infinity) + CLOCK_SKEW_MS),
    ) ||
    orphans.some(
      (leave) =>
        (waiting || leave.place.kind !== 'waiting') && within(leave.atMs + 1, leave.atMs + CLOCK_SKEW_MS),
    )
  )
}

const toSight = (leave: ParticipantLeft): Seen => ({
  key: rowKey(leave),
  atMs: leave.atMs,
  how: 'told_left',
  place: leave.place,
  name: leave.name,
  role: 'unknown',
  witness: leave.witness,
})

const stretch = (
  at: { key: string; place: Segment['place']; atMs: number },
  rest: Pick<Segment, 'toMs' | 'to'> & { from?: Segment['from'] },
): Segment => ({
  key: at.key,
  place: at.place,
  fromMs: at.atMs,
  from: rest.from ?? 'seen',
  toMs: rest.toMs,
  to: rest.to,
})

/** Total order of sightings. At one instant: the old role leaves, the new one joins, lists show it, a told leave is last. */
const order: readonly Seen['how'][] = ['left', 'joined', 'listed', 'told_left']
export const bySight = (a: Seen, b: Seen): number =>
  a.atMs - b.atMs ||
  order.indexOf(a.how) - order.indexOf(b.how) ||
  byText(a.key, b.key) ||
  byText(placeKey(a.place), placeKey(b.place)) ||
  byText(a.role, b.role) ||
  byText(a.name, b.name)
