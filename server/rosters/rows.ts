import {
  labelsOf,
  normaliseName,
  presenceAt,
  type Person,
  type PersonPresence,
  type Standing,
  type Witness,
} from '../../shared/attendance/index.ts'
import type { Difference, GatheringHead, PersonRow } from '../../shared/wire/index.ts'
import type { Expectation } from './expectation.ts'
import type { Judge } from './judge.ts'
import type { GatheringRecord } from './ports.ts'

const iso = (ms: number): string => new Date(ms).toISOString()
const isoOrNull = (ms: number | null): string | null => (ms === null ? null : iso(ms))

interface RowParts {
  id: string
  atMs: number
  judge: Judge
  seenLiveOnly: boolean
  expectation: Expectation
}

/**
 * A person as the wire shows them at an instant (epoch ms), with the e-mail address; `hideEmail` takes it away.
 * `seenLiveOnly`: an official list counts, and has no connection of theirs.
 */
export function toRow(person: Person, { id, atMs, judge, seenLiveOnly, expectation }: RowParts): PersonRow {
  const presence = presenceAt(person, atMs)
  const told = expectation.of(person)
  const standing = judge.standing(person, atMs, told, presence)
  const segments = person.connections.flatMap((connection) => connection.segments)
  return {
    id,
    name: person.name,
    names: person.names.map(({ name }) => name),
    email: person.email,
    emailHidden: false,
    role: told.role,
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
    registration: expectation.registrationOf(person),
    onListOnly: false,
    share: standing.share,
    meetsMinimum: standing.meetsMinimum,
    labels: labelsFor(person, atMs, presence, standing, judge),
    host: hostOf(person),
    statuses: standing.statuses,
    identity: person.identity,
  }
}

/**
 * The same row for somebody who may not read addresses: those typed as a display name are masked, evidence that quotes one
 * loses the quotation, and labels by rules about addresses go, for they may tell a domain. That Zoom or the host named an
 * address at all is told (`email`, `same_email`, `host_email`): why a line is one person is no secret of its readers.
 */
export function hideEmail(row: PersonRow): PersonRow {
  const evidence = row.identity.evidence.map((reason) =>
    quotesAddress(reason) ? { ...reason, value: null } : reason,
  )
  return {
    ...row,
    name: maskAddresses(row.name),
    names: row.names.map(maskAddresses),
    email: null,
    emailHidden: true,
    labels: row.labels
      .filter(({ fromEmail }) => !fromEmail)
      .map((label) => ({ ...label, name: maskAddresses(label.name) })),
    host: row.host && {
      name: row.host.name === null ? null : maskAddresses(row.host.name),
      email: null,
      mark: row.host.mark && { ...row.host.mark, reason: HIDDEN },
    },
    registration: row.registration && {
      ...row.registration,
      name: maskAddresses(row.registration.name),
      email: null,
    },
    identity: { ...row.identity, evidence },
  }
}

/** The same difference for somebody who may not read addresses: those typed as a display name are masked. */
export function hideTypedAddresses(difference: Difference): Difference {
  return {
    ...difference,
    name: maskAddresses(difference.name),
    names: difference.names.map(maskAddresses),
  }
}

/** Stands for what somebody may not read. */
export const HIDDEN = '…'

/** Whether the reason behind a decision quotes an address. */
export const quotesAddress = ({ code, value }: { code: string; value: string | null }): boolean =>
  code.includes('email') || hasAt(value ?? '')

/** The sign of addresses, also as keyboards for wide letters write it. */
const AT = /[@\uFF20\uFE6B]/u

const hasAt = (text: string): boolean => AT.test(text)

/**
 * `Anna anna@school.example` is `Anna a…@…`. Rather too much than too little: whatever has an @ inside counts as an address,
 * whether or not mail would be delivered to it. Each pattern is one class of characters, so a hostile name costs no more
 * than its length.
 */
export function maskAddresses(name: string): string {
  if (!hasAt(name)) return name
  return name.replace(/[^\s<>()[\],;:]+/gu, (word) => {
    const [local, domain] = word.split(AT).filter((part) => part !== '')
    if (local === undefined || domain === undefined) return word
    return `${/[\p{L}\p{N}]/u.exec(local)?.[0] ?? ''}…@…`
  })
}

/** What stands above the rows. The times Zoom's messages told win; else what witnesses say; null when nobody did. */
export function toHead(
  record: GatheringRecord,
  told: { startedAtMs: number | null; endedAtMs: number | null; witnesses: readonly Witness[] },
): Omit<GatheringHead, 'base' | 'minPercent' | 'zone'> {
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

/** The host's own first; a name that stands there by hand and by rule stands once. */
function labelsFor(
  person: Person,
  atMs: number,
  presence: PersonPresence,
  standing: Standing,
  { labels }: Judge,
): PersonRow['labels'] {
  const byHost = person.host?.labels ?? []
  const byRule = labelsOf({ standing, presence, email: person.email, atMs }, labels)
  return [
    ...byHost.map((name) => ({ name, by: 'host' as const, fromEmail: false })),
    ...byRule
      .filter(({ name }) => !byHost.includes(name))
      .map(({ name, fromEmail }) => ({ name, by: 'rule' as const, fromEmail })),
  ]
}

function hostOf({ host }: Person): PersonRow['host'] {
  if (host === null || (host.name === null && host.email === null && host.mark === null)) return null
  return { name: host.name, email: host.email, mark: host.mark }
}
