import { byText } from './compare.ts'
import type { Group } from './group.ts'
import { normaliseName } from './names.ts'
import { toldSegments } from './told-segments.ts'
import { CLOCK_SKEW_MS, SAME_MOMENT_MS } from './tolerances.ts'

/** What a webhook told about a device without naming its participant uuid: only name and time can tie it to a panel. */
export const isLoose = (group: Group): boolean => group.told.length > 0 && !hasUuid(group)

/** What only panels saw: one participant uuid (or several, after a change of role) and its instants. */
export const isTrack = (group: Group): boolean => group.told.length === 0 && group.seen.length > 0

const hasUuid = (group: Group): boolean => [...group.keys].some((key) => key.startsWith('p:'))

/** Normalised names a group goes by. */
export const namesOf = (group: Group): Set<string> =>
  new Set([...group.names.keys()].map((name) => normaliseName(name).name))

/**
 * Which track each loose group is, by equal normalised name and fitting time; those without one are missing.
 *
 * Greedy in a fixed order, so the answer depends on the set alone: loose groups by first start, then row key; for each
 * the first fitting track by first instant, then uuid. A group has one track at most; a track may have several groups,
 * as long as they do not overlap: one device is in one place at a time.
 */
export function placeTracks(loose: Iterable<Group>, tracks: Iterable<Group>): Map<Group, Group> {
  const byName = new Map<string, Track[]>()
  const ordered = [...tracks].map((group): Track => ({
    group,
    place: 0,
    sights: group.seen.map((sight) => sight.atMs),
    taken: [],
  }))
  ordered.sort((a, b) => firstOf(a) - firstOf(b) || byText(smallestKey(a.group), smallestKey(b.group)))
  ordered.forEach((track, place) => (track.place = place))
  for (const track of ordered) {
    for (const name of namesOf(track.group)) byName.set(name, [...(byName.get(name) ?? []), track])
  }
  const rows = [...loose].map((group) => ({ group, spans: spansOf(group) }))
  rows.sort(
    (a, b) =>
      (a.spans[0]?.fromMs ?? Infinity) - (b.spans[0]?.fromMs ?? Infinity) ||
      byText(smallestKey(a.group), smallestKey(b.group)),
  )
  const placed = new Map<Group, Group>()
  for (const { group, spans } of rows) {
    const candidates = new Set([...namesOf(group)].flatMap((name) => byName.get(name) ?? []))
    const track = [...candidates].sort((a, b) => a.place - b.place).find((one) => fits(one, spans))
    if (!track) continue
    track.taken.push(...spans)
    placed.set(group, track.group)
  }
  return placed
}

interface Track {
  group: Group
  /** Its turn among all tracks. */
  place: number
  sights: number[]
  taken: Span[]
}
interface Span {
  fromMs: number
  toMs: number
}

function spansOf(group: Group): Span[] {
  const { segments, orphans } = toldSegments(group.told)
  const spans: Span[] = segments.map((segment) => ({
    fromMs: segment.fromMs,
    toMs: segment.toMs ?? Infinity,
  }))
  for (const leave of orphans) spans.push({ fromMs: leave.atMs, toMs: leave.atMs })
  return spans.sort((a, b) => a.fromMs - b.fromMs)
}

function fits(track: Track, spans: readonly Span[]): boolean {
  const seen = spans.some((span) =>
    track.sights.some((atMs) => span.fromMs - CLOCK_SKEW_MS <= atMs && atMs <= span.toMs + CLOCK_SKEW_MS),
  )
  return seen && !spans.some((span) => track.taken.some((other) => overlap(span, other)))
}

const overlap = (a: Span, b: Span): boolean =>
  a.fromMs + SAME_MOMENT_MS < b.toMs && b.fromMs + SAME_MOMENT_MS < a.toMs

const firstOf = (track: Track): number =>
  track.sights.reduce((first, atMs) => Math.min(first, atMs), Infinity)
const smallestKey = (group: Group): string => [...group.keys].sort(byText)[0] ?? ''
