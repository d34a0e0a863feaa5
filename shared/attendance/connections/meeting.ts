import { toConnection, type ConnectionRecord, type Surroundings } from './connection.ts'
import type {
  Fact,
  ImportRow,
  PanelChange,
  PhoneBound,
  ReportRow,
  SegmentRef,
  Sighting,
  Witness,
} from '../evidence.ts'
import {
  absorb,
  emptyGroup,
  labelsOf,
  namesOf,
  noteImport,
  noteName,
  noteRow,
  noteWitness,
  type Group,
  type Seen,
  type Told,
} from './group.ts'
import { createImportKeys } from './import-rows.ts'
import { createMeetingTimes } from './meeting-times.ts'
import { createNamesakes } from './namesakes.ts'
import { isLoose, isTrack, linkGroups } from './tracks.ts'
import { reportRowKey } from './report-rows.ts'
import { createReadingLog, type ReadingsChange } from './readings.ts'
import { createRoleChanges } from './role-changes.ts'
import { rowKey } from './told-segments.ts'
import { SAME_MOMENT_MS } from '../evidence/tolerances.ts'

/** What settling re-derived (perhaps to the same as before), and ids of connections that exist no more. */
export interface MeetingChange {
  derived: ConnectionRecord[]
  removed: string[]
}

/**
 * All connections of ONE meeting, kept up to date.
 *
 * `file` takes a fact and only notes what it touches; `settle` re-derives exactly that. The result depends on the set
 * of facts filed, never on their order or on how often `settle` was called. Facts must be distinct by key.
 */
export interface Meeting {
  file(fact: Fact): void
  settle(): MeetingChange
  times(): { startedAtMs: number | null; endedAtMs: number | null; latestMs: number | null }
  /** What the connection with this key was last drawn from; [] for none. */
  behind(key: string): readonly Group[]
  witnesses: ReadonlySet<Witness>
}

/** One connection as last derived, and the groups it was drawn from. */
interface Drawn {
  groups: Group[]
  record: ConnectionRecord | null
}

/** One meeting with nothing known of it; its facts are filed one by one, in any order and as often as they come. */
export function createMeeting(uuid: string): Meeting {
  const groupOf = new Map<string, Group>()
  const drawnOf = new Map<Group, Drawn>()
  const dirty = new Set<Group>()
  /** Drawings whose groups changed or went: to be replaced at the next settling. */
  const stale = new Set<Drawn>()
  /** Groups that name and time may link to others; files tie their rows by strong keys, too. */
  const linkable = createNamesakes((group) => (hasImports ? labelsOf(group) : namesOf(group)))
  /** Groups whose segments depend on readings. */
  const watched = new Set<Group>()
  const witnesses = new Set<Witness>()

  const lists = createReadingLog()
  const roleChanges = createRoleChanges()
  const timesTold = createMeetingTimes()
  let isReported = false
  const importKeys = createImportKeys()
  let hasImports = false
  let around: Surroundings = { readings: { main: [], waiting: [], firstMainMs: null }, endMs: null }

  return { file, settle, times, behind, witnesses }

  function file(fact: Fact): void {
    witnesses.add(fact.witness)
    timesTold.note(fact)
    switch (fact.kind) {
      case 'meeting_started':
      case 'meeting_ended':
      case 'report_batch':
        return
      case 'participant_joined':
      case 'participant_left':
      case 'role_changed':
        return fileTold(fact)
      case 'phone_bound':
        return fileBond(fact)
      case 'email_shared':
        groupWith([`p:${fact.participantUuid}`], fact.witness).emails.push(fact.email)
        return
      case 'panel_read':
        for (const person of fact.people) see(person, 'listed', fact)
        lists.note(fact)
        return
      case 'panel_change':
        see(fact.person, fact.change, fact)
        lists.note(fact)
        for (const uuid of roleChanges.note(fact))
          groupWith([`p:${fact.person.participantUuid}`, `p:${uuid}`], fact.witness)
        return
      case 'report_row':
        return fileRow(fact)
      case 'import_row':
        return fileImport(fact)
    }
  }

  function fileRow(fact: ReportRow): void {
    // With an official list every group may be what one of its rows is about.
    if (!isReported) for (const group of groupOf.values()) dirty.add(group)
    isReported = true
    const keys = keysOf(fact.ref)
    noteRow(groupWith(keys.length > 0 ? keys : [reportRowKey(fact)], fact.witness), fact)
  }

  function fileImport(fact: ImportRow): void {
    // Every group may be what a row of a file is about.
    if (!hasImports) for (const group of groupOf.values()) dirty.add(group)
    hasImports = true
    const { imported, moved } = importKeys.name(fact)
    noteImport(groupWith([imported.key], fact.witness), imported)
    for (const key of moved) groupWith([key], fact.witness)
  }

  function fileTold(fact: Told): void {
    const keys = keysOf(fact.ref)
    const group = groupWith(keys.length > 0 ? keys : [rowKey(fact)], fact.witness)
    group.told.push(fact)
    noteName(group, fact.name, fact.atMs)
    if (fact.kind !== 'role_changed') return
    group.lastSeenMs = Math.max(group.lastSeenMs, fact.atMs)
    watched.add(group)
  }

  function fileBond(fact: PhoneBound): void {
    const bound = { segmentId: fact.boundSegmentId, participantUuid: fact.boundParticipantUuid }
    for (const ref of [fact.ref, bound]) {
      const keys = keysOf({ parentSegmentId: null, ...ref })
      if (keys.length === 0) continue
      const group = groupWith(keys, fact.witness)
      group.binds.push(`${uuid}|${fact.key}`)
      if (fact.phone !== null) group.phones.push(fact.phone)
    }
  }

  function see(person: Sighting, how: Seen['how'], { atMs, scope, witness }: SeenIn): void {
    const key = `p:${person.participantUuid}`
    const group = groupWith([key], witness)
    group.seen.push({ key, atMs, how, place: scope, name: person.name, role: person.role, witness })
    group.lastSeenMs = Math.max(group.lastSeenMs, atMs)
    noteName(group, person.name, atMs)
    watched.add(group)
  }

  /** The one group that goes by all these keys, united if they were several; marked for re-derivation. */
  function groupWith(keys: readonly string[], witness: Witness): Group {
    let into: Group | undefined
    for (const key of keys) {
      const group = groupOf.get(key)
      if (!into || !group || group === into) into ??= group
      else into = unite(into, group)
    }
    into ??= emptyGroup()
    for (const key of keys) {
      into.keys.add(key)
      groupOf.set(key, into)
    }
    noteWitness(into, witness)
    dirty.add(into)
    return into
  }

  /** The smaller goes into the larger, so every fact moves a logarithmic number of times. */
  function unite(a: Group, b: Group): Group {
    const [into, from] = sizeOf(a) >= sizeOf(b) ? [a, b] : [b, a]
    dirty.delete(from)
    linkable.unlist(from)
    markStale(from)
    absorb(into, from)
    for (const key of from.keys) groupOf.set(key, into)
    if (watched.delete(from)) watched.add(into)
    return into
  }

  /** A drawing is replaced whole: the groups it was made of are derived again. */
  function markStale(group: Group): void {
    const drawn = drawnOf.get(group)
    if (!drawn) return
    stale.add(drawn)
    for (const mate of drawn.groups) {
      drawnOf.delete(mate)
      if (mate !== group) dirty.add(mate)
    }
  }

  function settle(): MeetingChange {
    const news = lists.take()
    const before = around
    around = { readings: news?.readings ?? before.readings, endMs: endedAtMs() }
    if (news) touchByReadings(news)
    if (before.endMs !== around.endMs) for (const group of groupOf.values()) dirty.add(group)

    for (const group of dirty) {
      linkable.unlist(group)
      if (isLinkable(group)) linkable.list(group)
    }
    for (const group of dirty) markStale(group)
    // What is decided for one may depend on any other it can be linked to.
    linkable.reach(dirty)
    const links = linkGroups([...dirty].filter(isLinkable))
    for (const group of dirty) markStale(group)

    const drawings = new Map<Group, Drawn>()
    for (const group of dirty) {
      const main = links.get(group) ?? group
      const drawn = drawings.get(main)
      if (drawn) drawn.groups.push(group)
      else drawings.set(main, { groups: [group], record: null })
    }
    dirty.clear()
    return replace(drawings.values())
  }

  function replace(drawings: Iterable<Drawn>): MeetingChange {
    const removed = new Set<string>()
    for (const { record } of stale) if (record) removed.add(record.connection.id)
    stale.clear()
    const derived: ConnectionRecord[] = []
    for (const drawn of drawings) {
      for (const group of drawn.groups) drawnOf.set(group, drawn)
      drawn.record = toConnection(uuid, drawn.groups, around)
      if (!drawn.record) continue
      removed.delete(drawn.record.connection.id)
      derived.push(drawn.record)
    }
    return { derived, removed: [...removed] }
  }

  function isLinkable(group: Group): boolean {
    return isReported || hasImports || isLoose(group) || isTrack(group)
  }

  /** A reading says something about everybody it lacks, except those already known to be gone before it. */
  function touchByReadings({ onlyLater, latestBeforeMs }: ReadingsChange): void {
    for (const group of watched) {
      if (!onlyLater || !isGoneAt(group, latestBeforeMs)) dirty.add(group)
    }
  }

  /** Only for what nothing but the main list tells about; everybody else is simply derived again. */
  function isGoneAt(group: Group, readMs: number): boolean {
    const alone = group.told.length + group.rows.length === 0 && drawnOf.get(group)?.groups.length === 1
    return alone && group.lastSeenMs + SAME_MOMENT_MS < readMs && !hasWaiting(group)
  }

  function endedAtMs(): number | null {
    return timesTold.endedAtMs(lists.lastMainMs())
  }

  function behind(key: string): readonly Group[] {
    const group = groupOf.get(key)
    return (group && drawnOf.get(group)?.groups) ?? []
  }

  function times() {
    return { startedAtMs: timesTold.startedAtMs, endedAtMs: endedAtMs(), latestMs: timesTold.latestMs }
  }
}

type SeenIn = Pick<PanelChange, 'atMs' | 'scope' | 'witness'>

const sizeOf = (group: Group): number =>
  group.told.length + group.seen.length + group.rows.length + group.imports.length + group.keys.size
const hasWaiting = (group: Group): boolean => group.seen.some((sight) => sight.place.kind === 'waiting')

function keysOf(ref: SegmentRef): string[] {
  const keys: string[] = []
  if (ref.segmentId !== null) keys.push(`s:${ref.segmentId}`)
  if (ref.participantUuid !== null) keys.push(`p:${ref.participantUuid}`)
  // A breakout row names the main-room row it came from: one device, whichever we hear of first.
  if (ref.parentSegmentId !== null) keys.push(`s:${ref.parentSegmentId}`)
  return keys
}
