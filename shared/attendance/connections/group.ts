import type {
  ParticipantJoined,
  ParticipantLeft,
  Place,
  ReportRow,
  Role,
  RoleChanged,
  StrongKeys,
  Witness,
} from '../evidence.ts'
import { byText } from '../compare.ts'
import type { Imported } from './import-rows.ts'
import { normaliseName } from '../names/names.ts'

/** What a witness says live of joins and leaves (webhooks). */
export type Told = ParticipantJoined | ParticipantLeft | RoleChanged

/** An instant at which somebody was seen, or announced as coming or going, without an account of the stretch. */
export interface Seen {
  /** Row key, `p:<participantUuid>` or `s:<segmentId>`. */
  key: string
  atMs: number
  how: 'left' | 'joined' | 'listed' | 'told_left'
  place: Place
  name: string
  role: Role
  witness: Witness
}

/** Everything known about one device through the names Zoom gives it: facts that are one connection for sure. */
export interface Group {
  keys: Set<string>
  told: Told[]
  seen: Seen[]
  /** What the official list says of it. */
  rows: ReportRow[]
  /** What imported files say of it. A group has either these alone, or none: rows of files name no device. */
  imports: Imported[]
  lastSeenMs: number
  /** Every spelling of its name by live witnesses, with the first instant it was told or seen. */
  names: Map<string, number>
  /** What `namesOf` answers; null until asked, and again after every new spelling. */
  normalised: ReadonlySet<string> | null
  /** What was said apart from joins and leaves; values may repeat. */
  emails: string[]
  /** Bonds to the other connection of one human, equal on both sides: a phone bound to a client. */
  binds: string[]
  phones: string[]
  witnesses: Witness[]
}

/** A device nothing is known of yet. */
export const emptyGroup = (): Group => ({
  keys: new Set(),
  told: [],
  seen: [],
  rows: [],
  imports: [],
  lastSeenMs: -Infinity,
  names: new Map(),
  normalised: null,
  emails: [],
  binds: [],
  phones: [],
  witnesses: [],
})

/** Moves everything of `from` into `into`. */
export function absorb(into: Group, from: Group): void {
  for (const key of from.keys) into.keys.add(key)
  for (const fact of from.told) into.told.push(fact)
  for (const sight of from.seen) into.seen.push(sight)
  for (const row of from.rows) noteRow(into, row)
  for (const row of from.imports) noteImport(into, row)
  for (const part of ['emails', 'binds', 'phones'] as const) into[part].push(...from[part])
  for (const [name, atMs] of from.names) noteName(into, name, atMs)
  for (const witness of from.witnesses) noteWitness(into, witness)
  into.lastSeenMs = Math.max(into.lastSeenMs, from.lastSeenMs)
}

/** Adds a witness once. */
export function noteWitness(group: Group, witness: Witness): void {
  if (!group.witnesses.includes(witness)) group.witnesses.push(witness)
}

/** Adds a spelling, or moves it to an earlier instant (epoch ms). */
export function noteName(group: Group, name: string, atMs: number): void {
  const knownMs = group.names.get(name)
  if (knownMs === undefined) group.normalised = null
  if (knownMs === undefined || atMs < knownMs) group.names.set(name, atMs)
}

/** Adds a row of the official list. */
export function noteRow(group: Group, row: ReportRow): void {
  group.rows.push(row)
  group.normalised = null
}

/** Adds a row of an imported file. */
export function noteImport(group: Group, imported: Imported): void {
  group.imports.push(imported)
  group.normalised = null
}

/** Whether files alone tell of it. */
export const isImported = (group: Group): boolean => group.imports.length > 0

/**
 * Under what a group may be found by rows of files: its names, and each strong key with its value (`\u0000` before it, which no
 * normalised name has).
 */
export function labelsOf(group: Group): Set<string> {
  const labels = new Set(namesOf(group))
  const add = (kind: string, value: string | null): void =>
    void (value && labels.add(`\u0000${kind}${value}`))
  for (const keys of keysSaid(group)) {
    add('u', keys.zoomUserId)
    add('r', keys.registrantId)
    add('e', keys.email)
  }
  for (const email of group.emails) add('e', email)
  return labels
}

/** The keys of everything that was said of it, apart from shared addresses. */
export const keysSaid = ({ told, rows, imports }: Pick<Group, 'told' | 'rows' | 'imports'>): StrongKeys[] => [
  ...told.map(({ keys }) => keys),
  ...rows.map(({ keys }) => keys),
  ...imports.map(({ row }) => row.keys),
]

/** Zoom user ids, registrant ids and e-mails: of who is one person, no two of a kind differ for certain. */
export type Strong = readonly ReadonlySet<string>[]

/** What groups have of each kind. */
export function strongOf(groups: readonly Group[]): Strong {
  const said = groups.flatMap(keysSaid)
  const emails = groups.flatMap((group) => group.emails)
  return [
    said.map((keys) => keys.zoomUserId),
    said.map((keys) => keys.registrantId),
    said.map((keys) => keys.email).concat(emails),
  ].map((values) => new Set(values.flatMap((value) => value || [])))
}

/** Whether of one kind both have some and none in common. */
export const differ = (a: Strong, b: Strong): boolean =>
  a.some((values, i) => {
    const others = b[i]
    return others !== undefined && values.size > 0 && others.size > 0 && !intersects(values, others)
  })

/** Whether two sets have something in common. */
export function intersects(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  for (const value of b) if (a.has(value)) return true
  return false
}

/** The smallest key of several groups: by it they stand in a fixed order. */
export const smallestKey = (groups: readonly Group[]): string =>
  groups
    .flatMap((group) => [...group.keys])
    .reduce((least, key) => (byText(key, least) < 0 ? key : least), '\uffff')

/** Whether a participant uuid is known, which ties it to panels. */
export const hasUuid = (group: Group): boolean => hasKey(group, 'p:')

/** Whether a segment id is known, which ties webhooks and the official list. */
export const hasSegmentId = (group: Group): boolean => hasKey(group, 's:')

function hasKey(group: Group, kind: string): boolean {
  for (const key of group.keys) if (key.startsWith(kind)) return true
  return false
}

/** Normalised names a group goes by, in lists too. */
export const namesOf = (group: Group): ReadonlySet<string> => (group.normalised ??= normalisedNames(group))

function normalisedNames(group: Group): Set<string> {
  const spellings = new Set(group.names.keys())
  for (const row of group.rows) spellings.add(row.name)
  for (const { row } of group.imports) spellings.add(row.name)
  return new Set([...spellings].map((spelling) => normaliseName(spelling).name))
}
