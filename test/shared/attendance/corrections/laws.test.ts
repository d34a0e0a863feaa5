import { expect } from 'vitest'
import {
  correct,
  createFold,
  derive,
  proposalsOf,
  type Correction,
  type Fact,
  type Person,
  type Proposal,
} from '../../../../shared/attendance/index.ts'
import { sameData } from '../../../../shared/attendance/compare.ts'
import { strongKeysOf } from '../../../../shared/attendance/connections/connection.ts'
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
  const named = 'connections' in act ? act.connections : [act.connection]
  const holders = people.filter((person) => named.some((key) => holds(person, key)))
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

correctionLaw(
  'ends the conflict of whoever is set apart from everybody they share a key with, and of nobody else',
  (facts, _, random) => {
    const { people } = derive(facts)
    const pairs = people.flatMap((one, i) => people.slice(i + 1).map((other) => [one, other] as const))
    const said = pairs.filter(([one, other]) => random(4) > 0 && (isInConflict(one) || isInConflict(other)))
    const anyKey = ({ connections }: Person): string => {
      const keys = connections.flatMap((connection) => connection.keys)
      return keys[random(keys.length)] ?? ''
    }
    const corrections = said.map((pair, seq): Correction => ({
      ...{ seq, act: { kind: 'apart', connections: shuffled(pair.map(anyKey), random) } },
    }))
    const corrected = correct(people, corrections).people
    for (const [i, person] of people.entries()) {
      const sharing = people.filter((other) => other !== person && shareKey(person, other))
      const isApart = sharing.every((other) =>
        said.some((pair) => pair.includes(person) && pair.includes(other)),
      )
      if (isInConflict(person) && isApart)
        expect(corrected[i]?.identity).toMatchObject({ rule: 'host_correction', confidence: 'certain' })
      else expect(corrected[i]).toBe(person)
    }
    expect(correct(people, [], corrected).people).toBe(people)
  },
)

const isInConflict = ({ identity }: Person): boolean => identity.confidence === 'conflict'

function shareKey(one: Person, other: Person): boolean {
  const [own, theirs] = [one, other].map(({ connections }) => connections.flatMap(strongKeysOf))
  return own?.some((key) => theirs?.includes(key)) ?? false
}

correctionLaw(
  'proposes about one person what it proposes among all, and never two the host set apart',
  (facts, wanted, random) => {
    const ladder = derive(facts).people
    const corrections = correctionsOf(ladder, wanted)
    const { people, partings } = correct(ladder, corrections)
    const aliases = [
      { name: people[0]?.name.toLowerCase() ?? '', email: null, knownAs: people.at(-1)?.name ?? '' },
    ]
    const { proposals, more } = proposalsOf(people, { partings, aliases })
    expect(more).toBe(0)
    const about = people[random(people.length)]
    const told = (all: readonly Proposal[]): string[] =>
      all
        .map(({ one, other, reason }) =>
          [reason.code, ...[one, other].map((person) => people.indexOf(person)).sort()].join(' '),
        )
        .sort()
    expect(about && told(proposalsOf(people, { partings, aliases, about }).proposals)).toEqual(
      about && told(proposals.filter(({ one, other }) => one === about || other === about)),
    )
    for (const { act } of corrections) {
      const [one = '', other = ''] = act.kind === 'apart' ? act.connections : []
      for (const pair of proposals)
        expect(
          (holds(pair.one, one) && holds(pair.other, other)) ||
            (holds(pair.one, other) && holds(pair.other, one)),
        ).toBe(false)
    }
  },
)

const holds = ({ connections }: Person, key: string): boolean =>
  connections.some(({ keys }) => keys.includes(key))
