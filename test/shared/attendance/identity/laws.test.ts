import { expect } from 'vitest'
import {
  createFold,
  derive,
  recognisableName,
  type Connection,
  type Person,
} from '../../../../shared/attendance/index.ts'
import { lastRecognisable, strongKeysOf } from '../../../../shared/attendance/connections/connection.ts'
import { wordsOf } from '../../../../shared/attendance/names/names.ts'
import { expectSame, ladderLaw, shuffled } from '../../../support/law.ts'

ladderLaw('holds no two at once in one keyless person whose last names are nothing alike', (facts) => {
  for (const person of keyless(derive(facts).people))
    for (const one of person.connections)
      for (const other of person.connections)
        if (one !== other && areAtOnce(one, other)) expect(shareWord(one, other)).toBe(true)
})

ladderLaw('leaves nobody without a key of one last name apart', (facts) => {
  const holders = new Map<string, Person>()
  for (const person of keyless(derive(facts).people)) {
    for (const { names } of person.connections) {
      const name = lastRecognisable(names)
      if (name === null) continue
      expect(holders.get(name) ?? person).toBe(person)
      holders.set(name, person)
    }
  }
})

ladderLaw('proposes whoever without a key went by a name of somebody else', (facts) => {
  const { people } = derive(facts)
  const called = new Map<string, Set<Person>>()
  for (const person of people)
    for (const name of namesOf(person)) called.set(name, (called.get(name) ?? new Set()).add(person))
  for (const person of keyless(people)) {
    const proposed = person.identity.evidence
      .filter(({ code }) => code === 'proposal_same_name')
      .map(({ value }) => value)
    expect(proposed).toEqual([...namesOf(person)].filter((name) => (called.get(name)?.size ?? 0) > 1).sort())
  }
})

ladderLaw('joins nobody by a generic name alone', (facts) => {
  for (const person of keyless(derive(facts).people)) {
    if (namesOf(person).size > 0) continue
    expect(person.connections).toHaveLength(1)
    expect(person.identity.confidence).toBe('unidentified')
  }
})

ladderLaw('never makes one person of two Zoom users, unless one connection is both', (facts) => {
  for (const { connections, zoomUserIds } of derive(facts).people) {
    if (zoomUserIds.length < 2) continue
    expect(connections.some(({ strong }) => strong.zoomUserIds.length > 1)).toBe(true)
  }
})

ladderLaw('has in conflict exactly those who share a strong key with somebody else', (facts) => {
  const { people } = derive(facts)
  const holders = new Map<string, number>()
  for (const person of people) for (const key of keysOf(person)) holders.set(key, (holders.get(key) ?? 0) + 1)
  for (const person of people) {
    const shares = [...keysOf(person)].some((key) => (holders.get(key) ?? 0) > 1)
    expect(person.identity.confidence === 'conflict').toBe(shares)
  }
})

ladderLaw('is certain or in conflict of whoever has a strong key, and of nobody else', (facts) => {
  for (const person of derive(facts).people) {
    const { confidence } = person.identity
    const hasKey = keysOf(person).size > 0
    expect(confidence === 'certain' || confidence === 'conflict').toBe(hasKey)
    if (!hasKey) expect(confidence).toBe(namesOf(person).size > 0 ? 'likely' : 'unidentified')
  }
})

ladderLaw('tells, fact by fact, in any order, what it tells of all at once', (facts, random) => {
  const fold = createFold()
  for (const fact of shuffled(facts, random)) {
    fold.add([fact])
    if (random(3) === 0) fold.people()
  }
  expectSame(fold.people(), derive(facts).people)
})

const keyless = (people: readonly Person[]): Person[] => people.filter((person) => keysOf(person).size === 0)
const keysOf = ({ connections }: Person): Set<string> => new Set(connections.flatMap(strongKeysOf))
const namesOf = ({ names }: Person): Set<string> =>
  new Set(names.map(({ name }) => recognisableName(name)).filter((name) => name !== null))

function shareWord(one: Connection, other: Connection): boolean {
  const words = new Set(wordsOf(lastRecognisable(one.names) ?? ''))
  return wordsOf(lastRecognisable(other.names) ?? '').some((word) => words.has(word))
}

function areAtOnce(one: Connection, other: Connection): boolean {
  if (one.meeting !== other.meeting) return false
  return one.segments.some((a) =>
    other.segments.some(
      (b) => Math.min(a.toMs ?? Infinity, b.toMs ?? Infinity) > Math.max(a.fromMs, b.fromMs),
    ),
  )
}
