import { normaliseName } from '../names/names.ts'
import type { Person } from '../people.ts'
import { acquaintance, areSurelyTwo, type Acquaintance } from './acquaintance.ts'
import type { Alias } from './aliases.ts'
import { fittingNames } from './fitting-names.ts'

/**
 * Why two may be one; `value` is what says so: a name, an address, a key. `proposal_<code>` is worded in `shared/words`.
 * `same_key` is null for a phone bond.
 */
export interface ProposalReason {
  code: 'typed_email' | 'same_name' | 'same_key' | 'alias' | 'name_fits'
  value: string | null
}

/** `one` may be `other`. Accepting is a merge of the two keys, refusing sets them apart. */
export interface Proposal {
  one: Person
  other: Person
  reason: ProposalReason
  /** A key of a connection of each. */
  keys: [string, string]
}

export interface Proposals {
  /** At most 500, each pair once, the best reason first. */
  proposals: Proposal[]
  /** How many more there are; of very many at least as many as said. */
  more: number
}

export interface ProposalOptions {
  /** Pairs of keys the host said are two people. */
  apart: Iterable<readonly string[]>
  /** Learned in earlier gatherings of the same meeting number. */
  aliases: readonly Alias[]
}

const MOST = 500
/** Pairs looked at for one reason, whatever becomes of them: a thousand people behind one link are half a million pairs. */
const MOST_LOOKED_AT = 5_000

/**
 * Who may be the same person though nothing joins them, for a host to decide: the address typed by the host is somebody's;
 * a name alone beside a strong key; kept apart by contradicting keys, of which one is shared; an alias learned earlier; a
 * name within another of somebody who left just before. Never across what an `apart` or a split of the host parted, nor, unless
 * the host's own word proposes it, across people who were there at one time under names without a common word. Near-linear
 * in people and their segments.
 */
export function proposalsOf(people: readonly Person[], { apart, aliases }: ProposalOptions): Proposals {
  const all = people.map(acquaintance)
  const parted = partedBy(apart)
  const seen = new Set<string>()
  const proposals: Proposal[] = []
  const numberOf = new Map(all.map((one, i) => [one, i]))
  let more = 0

  for (const [one, other, reason] of candidates(all, aliases)) {
    if (one === other) continue
    const pair = [numberOf.get(one) ?? 0, numberOf.get(other) ?? 0].sort((a, b) => a - b).join(' ')
    if (seen.has(pair) || parted(one.person, other.person)) continue
    // What the host said of an address or a name outweighs that the names differ.
    const isTold = reason.code === 'typed_email' || reason.code === 'alias'
    if (!isTold && areSurelyTwo(one, other)) continue
    seen.add(pair)
    if (proposals.length === MOST) more++
    else proposals.push({ one: one.person, other: other.person, reason, keys: [keyOf(one), keyOf(other)] })
  }
  return { proposals, more }
}

/** Two who may be one unless something speaks against it. */
export type Candidate = readonly [Acquaintance, Acquaintance, ProposalReason]

function* candidates(all: readonly Acquaintance[], aliases: readonly Alias[]): Generator<Candidate> {
  const byEmail = indexBy(all, ({ emails }) => emails)
  for (const reason of [
    byTypedEmail(all, byEmail),
    byName(all),
    byKey(all),
    byAlias(all, aliases, byEmail),
    fittingNames(all),
  ]) {
    let lookedAt = 0
    for (const candidate of reason) {
      if (lookedAt++ === MOST_LOOKED_AT) break
      yield candidate
    }
  }
}

type Index = ReadonlyMap<string, readonly Acquaintance[]>

function* byTypedEmail(all: readonly Acquaintance[], byEmail: Index): Generator<Candidate> {
  for (const one of all) {
    const value = one.person.host?.email ?? null
    for (const other of value === null ? [] : (byEmail.get(value) ?? []))
      yield [one, other, { code: 'typed_email', value }]
  }
}

/** The ladder's fourth rule: a name alone, beside somebody of that name with a strong key. */
function* byName(all: readonly Acquaintance[]): Generator<Candidate> {
  const keyed = indexBy(
    all.filter(({ hasStrongKey }) => hasStrongKey),
    ({ names }) => names,
  )
  for (const one of all) {
    for (const value of one.hasStrongKey ? [] : one.names)
      for (const other of keyed.get(value) ?? []) yield [one, other, { code: 'same_name', value }]
  }
}

/** People in conflict who share a key: the ladder's second rule kept them apart. */
function* byKey(all: readonly Acquaintance[]): Generator<Candidate> {
  const contradicted = all.filter(({ person }) => person.identity.confidence === 'conflict')
  for (const [key, holders] of indexBy(contradicted, ({ person }) => strongKeysOf(person))) {
    const value = key.startsWith('b:') ? null : key.slice(2)
    for (const [i, one] of holders.entries())
      for (const other of holders.slice(i + 1)) yield [one, other, { code: 'same_key', value }]
  }
}

function* byAlias(
  all: readonly Acquaintance[],
  aliases: readonly Alias[],
  byEmail: Index,
): Generator<Candidate> {
  if (aliases.length === 0) return
  const called = indexBy(all, ({ names }) => names)
  for (const { name, email, knownAs } of aliases) {
    const others = email === null ? called.get(normaliseName(knownAs).name) : byEmail.get(email)
    for (const one of called.get(name) ?? [])
      for (const other of others ?? []) yield [one, other, { code: 'alias', value: name }]
  }
}

const strongKeysOf = ({ connections }: Person): Set<string> =>
  new Set(
    connections.flatMap(({ strong }) => [
      ...strong.zoomUserIds.map((value) => `u:${value}`),
      ...strong.registrantIds.map((value) => `r:${value}`),
      ...strong.emails.map((value) => `e:${value}`),
      ...strong.bonds.map((value) => `b:${value}`),
    ]),
  )

/** Whether the host parted two people: by saying so, or by a split, which is told to both sides. */
function partedBy(apart: Iterable<readonly string[]>): (one: Person, other: Person) => boolean {
  const partnersOf = new Map<string, Set<string>>()
  const note = (key: string, other: string): void =>
    void partnersOf.set(key, (partnersOf.get(key) ?? new Set()).add(other))
  for (const [one, other] of apart) {
    if (one === undefined || other === undefined) continue
    note(one, other)
    note(other, one)
  }
  const keysOf = ({ connections }: Person): string[] => connections.flatMap(({ keys }) => keys)
  return (one, other) => {
    const seqs = new Set(one.host?.seqs)
    if (other.host?.seqs.some((seq) => seqs.has(seq))) return true
    if (partnersOf.size === 0) return false
    const partners = new Set(keysOf(one).flatMap((key) => [...(partnersOf.get(key) ?? [])]))
    return partners.size > 0 && keysOf(other).some((key) => partners.has(key))
  }
}

const keyOf = ({ person }: Acquaintance): string => person.connections[0]?.id ?? ''

function indexBy<T>(items: readonly T[], labelsOf: (item: T) => Iterable<string>): Map<string, T[]> {
  const index = new Map<string, T[]>()
  for (const item of items) {
    for (const label of labelsOf(item)) {
      const others = index.get(label)
      if (others) others.push(item)
      else index.set(label, [item])
    }
  }
  return index
}
