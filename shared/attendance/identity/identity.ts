import { byText } from '../compare.ts'
import { connected } from './connected.ts'
import type { ConnectionRecord } from '../connections/connection.ts'
import { splitContradictions } from './contradictions.ts'
import { joinedByName } from './joined-by-name.ts'
import { ladder, rankOf, valueOf } from './ladder.ts'
import type { Role } from '../evidence.ts'
import { recognisableName, wordsOf } from '../names/names.ts'
import type { Confidence, Connection, EvidenceReason, IdentityRule, Person } from '../people.ts'
import { byRole } from '../roles.ts'

/**
 * The ladder: who is behind these connections?
 *
 * Connections that share a strong key are one person, certain, unless their keys contradict (see contradictions.ts).
 * The others are one person, likely, when they share a name they are joined by (see joined-by-name.ts). A name alone never joins
 * somebody who has a strong key: `hasNamesake` tells of such people. They, and whoever went by an earlier name of theirs, are a
 * proposal instead. Generic names join nobody.
 * `records` must be whole: everything that shares a strong key, or, without keys, a name with one of them is here.
 */
export function toPeople(
  records: readonly ConnectionRecord[],
  hasNamesake: (name: string) => boolean,
): Person[] {
  const [first] = records
  if (first && areAlike(first, records))
    return [toPerson(records, hasStrongKey(first) ? byKeys(records) : byName(records, hasNamesake))]
  const strong = records.filter(hasStrongKey)
  const nameOnly = records.filter((record) => !hasStrongKey(record))
  const certain = connected(strong, (record) => record.strongKeys).flatMap((component) =>
    splitContradictions(component).map(({ records: own, conflict, proposal }) =>
      toPerson(own, conflict ? conflicting(own, proposal ? [conflict, proposal] : [conflict]) : byKeys(own)),
    ),
  )
  const holders = holdersOfNames(nameOnly)
  const likely = joinedByName(nameOnly).map((own) => {
    const ownHolders = holdersOfNames(own)
    const isElsewhere = (name: string): boolean => (holders.get(name) ?? 0) > (ownHolders.get(name) ?? 0)
    return toPerson(
      own,
      byName(own, (name) => isElsewhere(name) || hasNamesake(name)),
    )
  })
  return [...certain, ...likely]
}

/** What the ladder says of connections that are one person because somebody else decided so: it contradicts nobody. */
export const identityOf = (own: readonly ConnectionRecord[]): Person['identity'] =>
  own.some(hasStrongKey) ? byKeys(own) : byName(own, () => false)

/** Whether there is nothing to join or to split: one connection, or all say the same name, and the same key or none. */
function areAlike(first: ConnectionRecord, records: readonly ConnectionRecord[]): boolean {
  if (records.length === 1) return true
  const [name = '', otherName] = first.names
  const [key, otherKey] = first.strongKeys
  if (otherName !== undefined || otherKey !== undefined || wordsOf(name).length === 0) return false
  return records.every(
    ({ names, strongKeys }) =>
      names.length === 1 &&
      names[0] === name &&
      strongKeys.length === first.strongKeys.length &&
      strongKeys[0] === key,
  )
}

export const hasStrongKey = (record: ConnectionRecord): boolean => record.strongKeys.length > 0

function byKeys(own: readonly ConnectionRecord[]): Person['identity'] {
  const holders = new Map<string, number>()
  for (const { strongKeys } of own)
    for (const key of strongKeys) holders.set(key, (holders.get(key) ?? 0) + 1)
  const evidence = [...holders]
    .filter(([, count]) => count > 1)
    .sort(([a], [b]) => rankOf(a) - rankOf(b) || byText(a, b))
    .map(([key, count]): EvidenceReason => ({
      ...{ code: ladder[rankOf(key)]?.code ?? 'same_connection', value: valueOf(key) },
      ...(count < own.length ? { among: 'some' } : {}),
    }))
  return {
    rule: highestRule(own),
    confidence: 'certain',
    evidence: evidence.length > 0 || own.length > 1 ? evidence : [withinConnection(own)],
  }
}

const conflicting = (own: readonly ConnectionRecord[], evidence: EvidenceReason[]): Person['identity'] => ({
  rule: highestRule(own),
  confidence: 'conflict',
  evidence,
})

function byName(
  own: readonly ConnectionRecord[],
  hasNamesake: (name: string) => boolean,
): Person['identity'] {
  const names = [...new Set(own.flatMap((record) => record.names))].sort(byText)
  const confidence: Confidence = names.length > 0 ? 'likely' : 'unidentified'
  const evidence: EvidenceReason[] = names.length > 0 ? [] : [{ code: 'generic_name', value: null }]
  if (own.length > 1) {
    const holders = holdersOfNames(own)
    for (const value of names) {
      const count = holders.get(value) ?? 0
      if (count < 2) continue
      evidence.push({ code: 'same_name', value, ...(count < own.length ? { among: 'some' } : {}) })
    }
  } else evidence.push(withinConnection(own))
  for (const value of names.filter(hasNamesake)) evidence.push({ code: 'proposal_same_name', value })
  const rule = own.length > 1 ? 'name' : segmentsIn(own) > 1 ? 'connection' : 'single_row'
  return { rule, confidence, evidence }
}

function holdersOfNames(records: readonly ConnectionRecord[]): Map<string, number> {
  const holders = new Map<string, number>()
  for (const { names } of records) for (const name of names) holders.set(name, (holders.get(name) ?? 0) + 1)
  return holders
}

const withinConnection = (own: readonly ConnectionRecord[]): EvidenceReason => ({
  code: segmentsIn(own) > 1 ? 'same_connection' : 'single_connection',
  value: null,
})

const segmentsIn = (own: readonly ConnectionRecord[]): number =>
  own.reduce((sum, { connection }) => sum + connection.segments.length, 0)

function highestRule(own: readonly ConnectionRecord[]): IdentityRule {
  const highest = own
    .flatMap(({ strongKeys }) => strongKeys.map(rankOf))
    .reduce((a, b) => Math.min(a, b), ladder.length)
  return ladder[highest]?.rule ?? 'connection'
}

/** The person behind these connections, as they tell it. */
export function toPerson(own: readonly ConnectionRecord[], identity: Person['identity']): Person {
  const connections = own.map((record) => record.connection).sort(byStart)
  return {
    connections,
    name: nameOf(connections),
    names: allNames(connections),
    email: connections.flatMap((connection) => connection.strong.emails)[0] ?? null,
    zoomUserIds: [...new Set(connections.flatMap((connection) => connection.strong.zoomUserIds))].sort(
      byText,
    ),
    role: roleOf(connections),
    identity,
    host: null,
  }
}

/** A connection without segments (somebody listed without times) says nothing of when: it comes last. */
const startOf = (connection: Connection): number => connection.segments[0]?.fromMs ?? Infinity

/** Total order: first start, then id. */
const byStart = (a: Connection, b: Connection): number => startOf(a) - startOf(b) || byText(a.id, b.id)

/**
 * What to call them: the latest recognisable name of the earliest connection that has one, so a rename counts and a
 * second device does not; else the latest name at all.
 */
function nameOf(connections: readonly Connection[]): string {
  for (const { names } of connections) {
    const last = names.findLast(({ name }) => recognisableName(name) !== null)
    if (last) return last.name
  }
  return connections[0]?.names.at(-1)?.name ?? ''
}

function allNames(connections: readonly Connection[]): Person['names'] {
  if (connections.length === 1) return connections[0]?.names ?? []
  const first = new Map<string, number>()
  for (const { name, fromMs } of connections.flatMap((connection) => connection.names)) {
    first.set(name, Math.min(first.get(name) ?? Infinity, fromMs))
  }
  return [...first]
    .map(([name, fromMs]) => ({ name, fromMs }))
    .sort((a, b) => a.fromMs - b.fromMs || byText(a.name, b.name))
}

/** The latest role of each device; of several devices the highest, for a host's phone is listed as an attendee. */
function roleOf(connections: readonly Connection[]): Role {
  let highest: Role = 'unknown'
  for (const { roles } of connections) {
    const role = roles.at(-1)?.role ?? 'unknown'
    if (byRole(role, highest) > 0) highest = role
  }
  return highest
}
