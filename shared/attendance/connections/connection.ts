import { accountOf } from './account.ts'
import { byText } from '../compare.ts'
import type { Role } from '../evidence.ts'
import { keysSaid, type Group } from './group.ts'
import { recognisableName } from '../names/names.ts'
import type { Connection, Segment } from '../people.ts'
import { byRole } from '../roles.ts'
import { bySight, seenSegments, type Readings } from './seen-segments.ts'
import { bySegment, rowKey } from './told-segments.ts'

/** What a connection's segments depend on beyond its own facts. */
export interface Surroundings {
  readings: Readings
  /** When the meeting ended; null while it goes on. */
  endMs: number | null
}

/** A connection with what identity compares it by. */
export interface ConnectionRecord {
  connection: Connection
  /** `u:` Zoom user id, `r:` registrant id, `e:` e-mail, `b:` phone bond; each with its value. Sorted. */
  strongKeys: string[]
  /** Names it may be recognised by: normalised, generic ones excluded. */
  names: string[]
  /** Of these the one it was given last; null without any. */
  lastName: string | null
}

/**
 * Draws one connection from its groups (a track and the loose groups placed on it, or one group alone).
 * Null when nothing proves that anybody was there: an e-mail or a bond alone is no connection.
 */
export function toConnection(
  meeting: string,
  groups: readonly Group[],
  surroundings: Surroundings,
): ConnectionRecord | null {
  const told = allOf(groups, 'told')
  const rows = allOf(groups, 'rows')
  const imports = allOf(groups, 'imports')
  const seen = [...allOf(groups, 'seen')]
  for (const fact of told) {
    // Told in the meeting, wherever that was: it proves the instant as a list does.
    if (fact.kind !== 'role_changed') continue
    const { atMs, name, newRole: role, witness } = fact
    seen.push({ key: rowKey(fact), atMs, how: 'listed', place: { kind: 'main' }, name, role, witness })
  }
  seen.sort(bySight)

  const segments = segmentsOf({ told, rows, imports, seen }, surroundings)
  const startMs = segments[0]?.fromMs
  if (startMs === undefined) return null

  const said = keysSaid({ told, rows, imports })
  const strong = {
    zoomUserIds: valuesOf(said.map((keys) => keys.zoomUserId)),
    registrantIds: valuesOf(said.map((keys) => keys.registrantId)),
    emails: valuesOf(said.map((keys) => keys.email).concat(allOf(groups, 'emails'))),
    phones: valuesOf(said.map((keys) => keys.phone).concat(allOf(groups, 'phones'))),
    bonds: valuesOf(allOf(groups, 'binds')),
  }
  const names = firstTimes(groups)
  const lines = new Set(imports.map(({ line }) => line))
  const keys = [...groups.flatMap((group) => [...group.keys]), ...lines]
    .map((key) => `${meeting}|${key}`)
    .sort(byText)
  return recordOf({
    id: keys[0] ?? '',
    meeting,
    keys,
    segments,
    names,
    strong,
    roles: rolesOf({ told, seen, imports }, startMs),
    witnesses: valuesOf(allOf(groups, 'witnesses')),
  })
}

/** A connection with what identity compares it by. */
export function recordOf(connection: Connection): ConnectionRecord {
  return {
    connection,
    strongKeys: strongKeysOf(connection),
    names: valuesOf(connection.names.map(({ name }) => recognisableName(name))),
    lastName: lastRecognisable(connection.names),
  }
}

/** The last name of these that is not generic, normalised; null when all are. */
export function lastRecognisable(names: Connection['names']): string | null {
  for (let i = names.length - 1; i >= 0; i--) {
    const name = recognisableName(names[i]?.name ?? '')
    if (name !== null) return name
  }
  return null
}

/** As in `ConnectionRecord`. */
export function strongKeysOf({ strong }: Connection): string[] {
  return [
    ...strong.zoomUserIds.map((value) => `u:${value}`),
    ...strong.registrantIds.map((value) => `r:${value}`),
    ...strong.emails.map((value) => `e:${value}`),
    ...strong.bonds.map((value) => `b:${value}`),
  ].sort(byText)
}

/** The account of joins and leaves decides; what was seen only adds outside it; the end of the meeting ends all. */
function segmentsOf(
  facts: Pick<Group, 'told' | 'rows' | 'imports' | 'seen'>,
  { readings, endMs }: Surroundings,
): Segment[] {
  const { segments: told, orphans } = accountOf(facts)
  const seen = seenSegments({ seen: facts.seen, orphans, told, readings })
  const inside = seen.filter((segment) => segment.place.kind !== 'waiting').map((segment) => segment.fromMs)
  const admitted = told.map((segment): Segment => {
    if (segment.place.kind !== 'waiting' || segment.toMs !== null) return segment
    const admittedMs = inside.find((fromMs) => fromMs >= segment.fromMs)
    return admittedMs === undefined ? segment : { ...segment, toMs: admittedMs, to: 'inferred' }
  })
  return [...admitted, ...seen]
    .map((segment): Segment => {
      if (segment.toMs !== null || endMs === null) return segment
      return { ...segment, toMs: Math.max(endMs, segment.fromMs), to: 'inferred' }
    })
    .sort(bySegment)
}

/**
 * Each distinct spelling with the first instant it was told or seen, in that order. The official list has one name for a
 * whole row, so it adds spellings and never says when somebody took a name that was heard live; files add theirs in turn.
 */
function firstTimes(groups: readonly Group[]): Connection['names'] {
  const first = new Map<string, number>()
  for (const { names } of groups) {
    for (const [name, atMs] of names) first.set(name, Math.min(first.get(name) ?? Infinity, atMs))
  }
  addNew(groups.flatMap(({ rows }) => rows))
  addNew(groups.flatMap(({ imports }) => imports.map(({ row }) => row)))
  return [...first]
    .map(([name, fromMs]) => ({ name, fromMs }))
    .sort((a, b) => a.fromMs - b.fromMs || byText(a.name, b.name))

  function addNew(rows: readonly { name: string; atMs: number }[]): void {
    const known = new Set(first.keys())
    for (const { name, atMs } of rows)
      if (!known.has(name)) first.set(name, Math.min(first.get(name) ?? Infinity, atMs))
  }
}

/**
 * The role as a timeline without repetitions. A told change also says what came before it, if nothing else did. Where nobody
 * told or saw a role, the owner of the meeting is its host; else what files say of roles counts.
 */
function rolesOf(
  { told, seen, imports }: Pick<Group, 'told' | 'seen' | 'imports'>,
  startMs: number,
): Connection['roles'] {
  const changes = told.filter((fact) => fact.kind === 'role_changed')
  const entries: { role: Role; atMs: number; rank: number }[] = []
  seen.forEach(({ role, atMs }, rank) => {
    // Lists repeat the role every time; only against told changes does a repetition say anything.
    if (changes.length > 0 || role !== seen[rank - 1]?.role) entries.push({ role, atMs, rank })
  })
  for (const fact of changes) {
    entries.push({ role: fact.newRole, atMs: fact.atMs, rank: seen.length })
    entries.push({ role: fact.oldRole, atMs: Math.min(startMs, fact.atMs), rank: -1 })
  }
  if (entries.every(({ role }) => role === 'unknown')) {
    const owners = told.filter((fact) => fact.kind === 'participant_joined' && fact.owner)
    for (const { atMs } of owners) entries.push({ role: 'host', atMs, rank: 0 })
    for (const { row } of owners.length > 0 ? [] : imports)
      entries.push({ role: row.role, atMs: row.atMs, rank: 0 })
  }
  entries.sort((a, b) => a.atMs - b.atMs || a.rank - b.rank || byRole(a.role, b.role))
  const timeline: Connection['roles'] = []
  for (const { role, atMs } of entries) {
    const last = timeline.at(-1)
    if (role === 'unknown' || last?.role === role) continue
    if (last?.fromMs === atMs) timeline.pop()
    if (timeline.at(-1)?.role !== role) timeline.push({ role, fromMs: atMs })
  }
  return timeline
}

/** One part of all groups: nearly always there is one group, which needs no copy. */
function allOf<K extends 'told' | 'seen' | 'rows' | 'imports' | 'emails' | 'phones' | 'binds' | 'witnesses'>(
  groups: readonly Group[],
  part: K,
): Group[K] {
  const [only, more] = groups
  return only && !more ? only[part] : (groups.flatMap((group): unknown[] => group[part]) as Group[K])
}

/** Distinct values, sorted; null and empty ones say nothing. */
function valuesOf<T extends string>(values: readonly (T | null)[]): T[] {
  const distinct = new Set<T>()
  for (const value of values) if (value !== null && value !== '') distinct.add(value)
  return [...distinct].sort(byText)
}
