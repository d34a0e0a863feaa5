import { expect } from 'vitest'
import {
  correct,
  createFold,
  derive,
  type Correction,
  type Fact,
  type Person,
} from '../../../../shared/attendance/index.ts'
import { sameData } from '../../../../shared/attendance/compare.ts'
import { correctionsOf } from '../../../support/correction-stories.ts'
import { correctionLaw, expectSame, shuffled } from '../../../support/law.ts'

type Random = (below: number) => number
const some = <T>(items: readonly T[], random: Random): T[] => items.filter(() => random(2) === 0)
/** The same in any order, some of it twice. */
const toldAnew = <T>(items: readonly T[], random: Random): T[] =>
  shuffled([...items, ...some(items, random)], random)

correctionLaw(
  'gives the same people for the same facts and corrections, however they come',
  (facts, wanted, random) => {
    const { people } = derive(facts)
    const corrections = correctionsOf(people, wanted)
    const corrected = correct(people, corrections)
    expectSame(correct(derive(toldAnew(facts, random)).people, toldAnew(corrections, random)), corrected)
  },
)

correctionLaw('gives, after every fact, what correcting from scratch would', (facts, wanted, random) => {
  const corrections = correctionsOf(derive(facts).people, wanted)
  const fold = createFold()
  let before: readonly Person[] = []
  for (const fact of facts) {
    fold.add([fact])
    if (random(facts.length) < 2) before = expectAsFromScratch(fold.people(), corrections, before)
  }
  expectAsFromScratch(fold.people(), corrections, before)
})

/** Also that whoever is as before stays the same object. */
function expectAsFromScratch(
  people: readonly Person[],
  corrections: readonly Correction[],
  before: readonly Person[],
): readonly Person[] {
  const corrected = correct(people, corrections, before)
  expectSame(corrected, correct(people, corrections))
  const known = new Set(before)
  for (const person of corrected.people) {
    if (person.host === null) expect(people.includes(person)).toBe(true)
    else if (!known.has(person)) expect(before.some((old) => sameData(old, person))).toBe(false)
  }
  return corrected.people
}

correctionLaw(
  'keeps every connection in exactly one person, and says of everybody how sure it is',
  (facts, wanted) => {
    const { people } = derive(facts)
    const corrections = correctionsOf(people, wanted)
    const corrected = correct(people, corrections)
    const idsOf = (all: readonly Person[]): string[] =>
      all.flatMap((person) => person.connections.map(({ id }) => id)).sort()
    expectSame(idsOf(corrected.people), idsOf(people))
    const seqs = new Set(corrections.map(({ seq }) => seq))
    for (const { host, identity } of corrected.people) {
      if (identity.rule === 'host_correction')
        expect(['certain', 'likely', 'unidentified']).toContain(identity.confidence)
      for (const seq of host?.seqs ?? []) expect(seqs.has(seq) && !corrected.idle.includes(seq)).toBe(true)
    }
  },
)

correctionLaw('forgets what is undone, in whatever order it is undone', (facts, wanted, random) => {
  const { people } = derive(facts)
  const all = correctionsOf(people, wanted)
  const undone = some(all, random)
  const never = correct(
    people,
    all.filter((one) => !undone.includes(one)),
  )
  let standing = all
  let before = correct(people, standing)
  for (const one of shuffled(undone, random)) {
    standing = standing.filter((other) => other !== one)
    before = correct(people, standing, before.people)
  }
  expectSame(before, never)
  if (undone.length === all.length) expectSame(before.people, people)
})

correctionLaw(
  'keeps a correction in force whatever facts come later, as long as its connections are there',
  (facts, wanted, random) => {
    const early = facts.slice(0, random(facts.length + 1))
    const [correction] = correctionsOf(derive(early).people, wanted)
    if (!correction) return
    // A later list may take the place of an earlier one: facts go, too.
    const later = random(2) === 0 ? facts : facts.filter((fact) => !early.includes(fact) || random(3) > 0)
    expectInForce(later, correction)
  },
)

function expectInForce(facts: readonly Fact[], correction: Correction): void {
  const { act } = correction
  const { people, idle } = correct(derive(facts).people, [correction])
  const holds = (person: Person, keys: readonly string[]): boolean =>
    person.connections.some((connection) => connection.keys.some((key) => keys.includes(key)))
  const named = 'connections' in act ? act.connections : [act.connection]
  const holders = people.filter((person) => holds(person, named))
  expect(idle).toEqual(holders.length === 0 ? [correction.seq] : [])
  const [holder] = holders
  if (!holder || act.kind === 'apart') return
  expect(holders).toHaveLength(1)
  if (act.kind === 'split')
    for (const connection of holder.connections)
      expect(connection.keys.some((key) => named.includes(key))).toBe(true)
  if (act.kind === 'rename') expect(holder.name).toBe(act.name)
  if (act.kind === 'email') expect(holder.email).toBe(act.email)
  if (act.kind === 'label') expect(holder.host?.labels).toEqual([act.label])
  if (act.kind === 'mark') expect(holder.host?.mark).toEqual({ mark: act.mark, reason: act.reason })
}

correctionLaw(
  'makes one person of a circle of merges, and takes it apart again one by one',
  (facts, _, random) => {
    const { people } = derive(facts)
    const keys = people.flatMap((person) => person.connections.map(({ id }) => id))
    const circle = shuffled(keys, random)
    const merges = circle.map((key, i): Correction => ({
      seq: i,
      act: { kind: 'merge', connections: [key, circle[(i + 1) % circle.length] ?? key] },
    }))
    const one = correct(people, merges).people
    expect(one).toHaveLength(Math.min(1, people.length))
    const splits = circle.map((key, i): Correction => ({
      seq: circle.length + i,
      act: { kind: 'split', connections: [key, 'nobody', key] },
    }))
    expect(correct(people, [...merges, ...splits]).people).toHaveLength(keys.length)
  },
)
