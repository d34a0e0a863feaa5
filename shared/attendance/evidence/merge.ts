import { canonicalJson, sameData } from '../compare.ts'
import type { Fact } from '../evidence.ts'

/**
 * The state of all evidence: a set of facts by key. Everything else is derived from it, whatever way it grew: the laws say so
 * in these words, and the fold keeps to them with every fact it is handed.
 */
export type Facts = ReadonlyMap<string, Fact>

/** A fact's key in a gathering: its own key is unique only inside its meeting. */
export const keyOf = (fact: Fact): string => `${fact.meeting}|${fact.key}`

/**
 * Which of two facts with one key counts. The same fact told twice is one fact; if a witness ever contradicts
 * itself under one key, the smaller canonical JSON counts, so the answer does not depend on who spoke first.
 */
export function chosen(a: Fact, b: Fact): Fact {
  if (sameData(a, b)) return a
  return canonicalJson(a) <= canonicalJson(b) ? a : b
}

/** Unites two states. Commutative, associative and idempotent (as sets: the order of the entries means nothing). */
export function join(a: Facts, b: Facts): Facts {
  const united = new Map(a)
  for (const [key, fact] of b) {
    const known = united.get(key)
    united.set(key, known ? chosen(known, fact) : fact)
  }
  return united
}

/** Adds one fact to a state. */
export const merge = (state: Facts, fact: Fact): Facts => join(state, new Map([[keyOf(fact), fact]]))
