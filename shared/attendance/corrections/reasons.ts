import { strongKeysOf } from '../connections/connection.ts'
import { normaliseName } from '../names/names.ts'
import type { Acquaintance } from './acquaintance.ts'
import type { Alias } from './aliases.ts'
import { indexBy } from './index-by.ts'

/**
 * Why two may be one; `value` is what says so: a name, an address, a key.
 * `same_key` is null for a phone bond.
 */
export interface ProposalReason {
  code: 'typed_email' | 'same_name' | 'same_key' | 'alias' | 'name_fits'
  value: string | null
}

/** Two who may be one unless something speaks against it. */
export type Candidate = readonly [one: Acquaintance, other: Acquaintance, reason: ProposalReason]

/**
 * One reason, looking for a `one` among the ones and an `other` among the others; a pair may come both ways round, and somebody
 * with themselves. Null for two it looked at in vain: whoever asks may have enough of them.
 */
export type Reason = (ones: Several, others: Several) => Pairs
type Several = readonly Acquaintance[]
type Pairs = Generator<Candidate | null>

/** The address the host typed for the one is the other's. */
export function* typedEmail(ones: Several, others: Several): Pairs {
  const byEmail = indexBy(others, ({ emails }) => emails)
  for (const one of ones) {
    const value = one.person.host?.email ?? null
    for (const other of value === null ? [] : (byEmail.get(value) ?? []))
      yield [one, other, { code: 'typed_email', value }]
  }
}

/**
 * The ladder's third and fourth rule: a name alone, beside somebody of that name with a strong key, or with another name that
 * they had later. Of two without a key the one who came later comes first.
 */
export function* sameName(ones: Several, others: Several): Pairs {
  const called = indexBy(others, ({ names }) => names)
  for (const one of ones) {
    for (const value of one.hasStrongKey ? [] : one.names)
      for (const other of called.get(value) ?? []) {
        if (other === one) continue
        yield other.hasStrongKey || other.at < one.at ? [one, other, { code: 'same_name', value }] : null
      }
  }
}

/** Somebody in conflict, and whoever shares a key with them: the ladder's second rule kept them apart. The earlier one first. */
export function* sameKey(ones: Several, others: Several): Pairs {
  const holdersOf = indexBy(others, keysOf)
  for (const one of ones) {
    for (const key of keysOf(one)) {
      const value = key.startsWith('b:') ? null : key.slice(2)
      for (const other of holdersOf.get(key) ?? []) {
        const contradicts = isInConflict(one) || isInConflict(other)
        yield contradicts && one.at < other.at ? [one, other, { code: 'same_key', value }] : null
      }
    }
  }
}

/** In an earlier gathering the host said who goes by the name of the one: the other. */
export function knownAlias(aliases: readonly Alias[]): Reason {
  return function* (ones, others) {
    if (aliases.length === 0) return
    const called = indexBy(ones, ({ names }) => names)
    const [byName, byEmail] = [indexBy(others, ({ names }) => names), indexBy(others, ({ emails }) => emails)]
    for (const { name, email, knownAs } of aliases) {
      const known = email === null ? byName.get(normaliseName(knownAs).name) : byEmail.get(email)
      for (const one of called.get(name) ?? [])
        for (const other of known ?? []) yield [one, other, { code: 'alias', value: name }]
    }
  }
}

const isInConflict = ({ person }: Acquaintance): boolean => person.identity.confidence === 'conflict'

const keysOf = ({ person }: Acquaintance): Set<string> => new Set(person.connections.flatMap(strongKeysOf))
