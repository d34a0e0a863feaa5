import { recordOf, strongKeysOf } from '../connections/connection.ts'
import { identityOf } from '../identity/identity.ts'
import type { Person } from '../people.ts'

/** Two whom the host set apart by one correction. */
export interface SetApart {
  seq: number
  one: Person
  other: Person
}

/** Somebody in conflict as they are once the host said that they are two, and the corrections that said so. */
export interface Settled {
  from: Person
  person: Person
  seqs: number[]
}

/**
 * Whose conflict the host ended: whoever in conflict is set apart from everybody they share a strong key with is as sure as
 * their own connections are. Of several corrections that set the same two apart the first counts. Linear in `apart` and in
 * the people's connections.
 */
export function settledConflicts(people: Iterable<Person>, apart: readonly SetApart[]): Settled[] {
  const partnersOf = new Map<Person, Map<Person, number>>()
  const note = (one: Person, other: Person, seq: number): void => {
    if (one.identity.confidence !== 'conflict') return
    const partners = partnersOf.get(one) ?? new Map<Person, number>()
    partnersOf.set(one, partners)
    if (!partners.has(other)) partners.set(other, seq)
  }
  for (const { seq, one, other } of apart) {
    if (one === other) continue
    note(one, other, seq)
    note(other, one, seq)
  }
  if (partnersOf.size === 0) return []

  const holdersOf = new Map<string, Person[]>([...partnersOf.keys()].flatMap(keysOf).map((key) => [key, []]))
  for (const person of people) for (const key of keysOf(person)) holdersOf.get(key)?.push(person)
  return [...partnersOf].flatMap(([from, partners]): Settled[] => {
    const seqs = new Set<number>()
    for (const key of keysOf(from)) {
      for (const other of holdersOf.get(key) ?? []) {
        if (other === from) continue
        const seq = partners.get(other)
        if (seq === undefined) return []
        seqs.add(seq)
      }
    }
    return seqs.size === 0 ? [] : [{ from, person: asTheyAreAlone(from), seqs: [...seqs] }]
  })
}

function asTheyAreAlone(person: Person): Person {
  const { confidence, evidence } = identityOf(person.connections.map(recordOf))
  return {
    ...person,
    identity: {
      rule: 'host_correction',
      confidence,
      evidence: [{ code: 'host_apart', value: null }, ...evidence],
    },
  }
}

const keysOf = ({ connections }: Person): string[] => [...new Set(connections.flatMap(strongKeysOf))]
