import { normaliseName, presenceAt, type Person, type Witness } from '../../shared/attendance/index.ts'
import type { GatheringHead, PersonRow } from '../../shared/wire/index.ts'
import type { GatheringRecord } from './ports.ts'

const iso = (ms: number): string => new Date(ms).toISOString()
const isoOrNull = (ms: number | null): string | null => (ms === null ? null : iso(ms))

/**
 * A person as the wire shows them at an instant (epoch ms), with the e-mail address; `hideEmail` takes it away.
 * `seenLiveOnly`: an official list counts, and has no connection of theirs.
 */
export function toRow(person: Person, id: string, atMs: number, seenLiveOnly = false): PersonRow {
  const presence = presenceAt(person, atMs)
  const segments = person.connections.flatMap((connection) => connection.segments)
  return {
    id,
    name: person.name,
    names: person.names.map(({ name }) => name),
    email: person.email,
    emailHidden: false,
    role: person.role,
    state: presence.state,
    connectionsNow: presence.connectionsNow,
    segments: segments.filter((segment) => segment.place.kind !== 'waiting').length,
    firstJoin: isoOrNull(presence.firstJoinMs),
    firstJoinKnown: presence.firstJoinKnown,
    lastLeave: presence.state === 'here' ? null : isoOrNull(presence.lastLeaveMs),
    presentSeconds: presence.presentSeconds,
    waitingSeconds: presence.waitingSeconds,
    renamedAt: isoOrNull(renamedAtMs(person)),
    stays: presence.stays.map((stay) => ({
      place: stay.place,
      from: iso(stay.fromMs),
      fromSeen: stay.from === 'seen',
      to: isoOrNull(stay.toMs),
    })),
    seenLiveOnly,
    statuses: statusesOf(person, presence),
    identity: person.identity,
  }
}

/**
 * The same row for somebody who may not read addresses, nor learn who has one; evidence that quotes one loses the quotation.
 */
export function hideEmail(row: PersonRow): PersonRow {
  const evidence = row.identity.evidence.map((reason) =>
    reason.code === 'same_email' || reason.value?.includes('@') === true
      ? { ...reason, value: null }
      : reason,
  )
  return { ...row, email: null, emailHidden: true, identity: { ...row.identity, evidence } }
}

/** What stands above the rows. The times Zoom's messages told win; else what witnesses say; null when nobody did. */
export function toHead(
  record: GatheringRecord,
  told: { startedAtMs: number | null; endedAtMs: number | null; witnesses: readonly Witness[] },
): GatheringHead {
  return {
    id: record.gatheringId,
    topic: record.topic,
    number: record.number,
    kind: record.kind,
    capture: record.capture,
    startedAt: isoOrNull(record.startedAtMs ?? told.startedAtMs),
    endedAt: isoOrNull(record.endedAtMs ?? told.endedAtMs),
    witnesses: [...told.witnesses],
    report: record.report,
  }
}

/** When a device last showed another name than before; a second device with a name of its own is no rename. */
function renamedAtMs(person: Person): number | null {
  const renames = person.connections.flatMap(({ names }) =>
    names
      .filter(({ name }, i) => i > 0 && !sameName(name, names[i - 1]?.name ?? ''))
      .map(({ fromMs }) => fromMs),
  )
  return renames.length === 0 ? null : Math.max(...renames)
}

const sameName = (a: string, b: string): boolean => normaliseName(a).name === normaliseName(b).name

/** In a live list `present` means now. */
function statusesOf(person: Person, presence: ReturnType<typeof presenceAt>): PersonRow['statuses'] {
  const statuses: PersonRow['statuses'] = []
  if (presence.state === 'here') statuses.push('present')
  if (presence.firstJoinMs === null) statuses.push('waiting_room_only')
  if (person.identity.confidence === 'unidentified') statuses.push('unidentified')
  if (person.identity.confidence === 'conflict') statuses.push('conflict')
  return statuses
}
