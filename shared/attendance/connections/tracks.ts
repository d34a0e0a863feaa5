import { accountOf } from './account.ts'
import { chainRows } from './chains.ts'
import { anyBetween, byText } from '../compare.ts'
import { hasSegmentId, hasUuid, isImported, namesOf, smallestKey, type Group } from './group.ts'
import { placeImports } from './import-places.ts'
import { overlapBy, type Span } from '../spans.ts'
import { CLOCK_SKEW_MS, SAME_MOMENT_MS } from '../evidence/tolerances.ts'

/**
 * What a webhook told about a device without naming its participant uuid, or only the official list says: nothing but name
 * and time can tie it to a panel.
 */
export const isLoose = (group: Group): boolean => group.told.length + group.rows.length > 0 && !hasUuid(group)

/** What only panels saw: one participant uuid (or several, after a change of role) and its instants. */
export const isTrack = (group: Group): boolean =>
  group.told.length + group.rows.length === 0 && group.seen.length > 0

/**
 * Which groups are one connection although they share no key: each that goes with another is mapped to that other; one of
 * every connection is missing. Rows of the official list are chained first (see `chainRows`). Then what has no participant
 * uuid is placed on the tracks of panels, and at last rows that are in no connection seen live, on those without a segment
 * id: by equal normalised name and fitting time. Rows of files go with what the others make (see `placeImports`). The answer
 * depends on the set of groups alone.
 */
export function linkGroups(groups: readonly Group[]): Map<Group, Group> {
  const imported = groups.filter(isImported)
  if (imported.length === 0) return linkWitnessed(groups)
  const witnessed = groups.filter((group) => !isImported(group))
  const links = linkWitnessed(witnessed)
  const connections = new Map<Group, Group[]>()
  for (const group of witnessed) {
    const main = links.get(group) ?? group
    const others = connections.get(main)
    if (others) others.push(group)
    else connections.set(main, [group])
  }
  for (const [group, main] of placeImports(imported, connections)) links.set(group, main)
  return links
}

function linkWitnessed(groups: readonly Group[]): Map<Group, Group> {
  const links = new Map<Group, Group>()
  const units = groups.some((group) => group.rows.length > 0)
    ? chainRows(groups).map(toUnit)
    : groups.map((group) => toUnit([group]))

  const tracks = units.filter((unit) => unit.groups.every(isTrack))
  const loose = units.filter((unit) => unit.groups.every(isLoose) && (isHeard(unit) || unit.hasSegmentId))
  const placed = place(loose, tracks, () => true)

  const unheard = units.filter((unit) => !placed.has(unit) && !isHeard(unit))
  if (unheard.length > 0) {
    const heard = new Map(
      units.filter((unit) => !placed.has(unit) && isHeard(unit)).map((unit) => [unit, [unit]]),
    )
    for (const [unit, track] of placed) heard.get(track)?.push(unit)
    const whole = [...heard].map(([unit, others]) => ({
      unit,
      joined: toUnit(others.flatMap((one) => one.groups)),
    }))
    const unitOf = new Map(whole.map(({ unit, joined }) => [joined, unit]))
    const fits = (row: Unit, on: Unit) =>
      !(row.hasSegmentId && on.hasSegmentId) && !(row.hasUuid && on.hasUuid)
    for (const [row, on] of place(unheard, [...unitOf.keys()], fits)) placed.set(row, unitOf.get(on) ?? on)
  }

  for (const unit of units) {
    let main = unit
    for (let on = placed.get(main); on; on = placed.get(main)) main = on
    const [first] = main.groups
    for (const group of unit.groups) if (first && group !== first) links.set(group, first)
  }
  return links
}

/** Groups that are one connection for sure. */
interface Unit {
  groups: readonly Group[]
  hasSegmentId: boolean
  hasUuid: boolean
}

const toUnit = (groups: readonly Group[]): Unit => ({
  groups,
  hasSegmentId: groups.some(hasSegmentId),
  hasUuid: groups.some(hasUuid),
})

/** Whether anybody but the official list told of it. */
const isHeard = ({ groups }: Unit): boolean =>
  groups.some((group) => group.told.length + group.seen.length > 0)

/**
 * Which target each unit goes with, by equal normalised name and fitting time; those without one are missing.
 *
 * Greedy in a fixed order: units by first start, then smallest key; for each the first fitting target by first instant,
 * then smallest key. A unit has one target at most; a target may have several units, as long as they do not overlap: one
 * device is in one place at a time.
 */
function place(
  units: readonly Unit[],
  targets: readonly Unit[],
  mayGo: (unit: Unit, on: Unit) => boolean,
): Map<Unit, Unit> {
  const placed = new Map<Unit, Unit>()
  if (units.length === 0 || targets.length === 0) return placed
  const byName = targetsByName(targets)
  const goers = units
    .map((unit) => ({ unit, spans: spansOf(unit), key: smallestKey(unit.groups) }))
    .sort((a, b) => startOf(a.spans) - startOf(b.spans) || byText(a.key, b.key))
  for (const { unit, spans } of goers) {
    const target = firstFitting(unit, spans)
    if (!target) continue
    target.taken.push(...spans)
    placed.set(unit, target.unit)
  }
  return placed

  function firstFitting(unit: Unit, spans: readonly Span[]): Target | null {
    const endMs = spans.reduce((end, span) => Math.max(end, span.toMs), -Infinity)
    let first: Target | null = null
    for (const name of namesIn(unit)) {
      const namesakes = byName.get(name) ?? new Set()
      for (const target of namesakes) {
        if (target.firstMs > endMs + CLOCK_SKEW_MS || (first && first.turn <= target.turn)) break
        // Units come by their start: who was gone before this one was gone before all that follow.
        if (target.lastMs < startOf(spans) - CLOCK_SKEW_MS) namesakes.delete(target)
        else if (mayGo(unit, target.unit) && fits(target, spans)) {
          first = target
          break
        }
      }
    }
    return first
  }
}

interface Target {
  unit: Unit
  /** Its turn among all targets. */
  turn: number
  /** Instants at which live witnesses spoke of it, ascending. */
  instants: number[]
  firstMs: number
  lastMs: number
  /** When it is known to have been elsewhere: what was placed on it before, or its own rows. */
  taken: Span[]
}

function targetsByName(units: readonly Unit[]): Map<string, Set<Target>> {
  const targets = units.map((unit) => {
    const instants = unit.groups.flatMap(({ seen, told }) => [...seen, ...told].map(({ atMs }) => atMs))
    instants.sort((a, b) => a - b)
    const rows = unit.groups.flatMap((group) => group.rows)
    const taken = rows.map((row): Span => ({ fromMs: row.atMs, toMs: row.leftMs }))
    const [firstMs, lastMs] = [instants[0] ?? Infinity, instants.at(-1) ?? -Infinity]
    return { unit, turn: 0, instants, firstMs, lastMs, taken, key: smallestKey(unit.groups) }
  })
  targets.sort((a, b) => a.firstMs - b.firstMs || byText(a.key, b.key))
  const byName = new Map<string, Set<Target>>()
  targets.forEach((target, turn) => {
    target.turn = turn
    for (const name of namesIn(target.unit)) {
      const namesakes = byName.get(name)
      if (namesakes) namesakes.add(target)
      else byName.set(name, new Set([target]))
    }
  })
  return byName
}

function spansOf({ groups }: Unit): Span[] {
  const facts = {
    told: groups.flatMap((group) => group.told),
    rows: groups.flatMap((group) => group.rows),
    imports: [],
  }
  const { segments, orphans } = accountOf(facts)
  const spans = segments.map(({ fromMs, toMs }): Span => ({ fromMs, toMs: toMs ?? Infinity }))
  for (const leave of orphans) spans.push({ fromMs: leave.atMs, toMs: leave.atMs })
  return spans.sort((a, b) => a.fromMs - b.fromMs)
}

function fits({ instants, taken }: Target, spans: readonly Span[]): boolean {
  // One more, for the ends belong to it.
  const reachMs = CLOCK_SKEW_MS + 1
  const seen = spans.some((span) => anyBetween(instants, span.fromMs - reachMs, span.toMs + reachMs))
  return seen && !spans.some((span) => taken.some((other) => overlapBy(SAME_MOMENT_MS, span, other)))
}

const startOf = (spans: readonly Span[]): number => spans[0]?.fromMs ?? Infinity

const namesIn = ({ groups }: Unit): Iterable<string> => {
  const [only, more] = groups
  return only && !more ? namesOf(only) : new Set(groups.flatMap((group) => [...namesOf(group)]))
}
