import { expect } from 'vitest'
import {
  createFold,
  derive,
  join,
  keyOf,
  merge,
  presenceAt,
  summarise,
  type Fact,
  type Facts,
  type Person,
} from '../../../shared/attendance/index.ts'
import { expectSame, law, shuffled } from '../../support/law.ts'

const none: Facts = new Map()

law('joins states alike from either side', (facts, random) => {
  const [a, b] = [facts.filter(() => random(2) === 0), facts.filter(() => random(2) === 0)].map(stateOf) as [
    Facts,
    Facts,
  ]
  expect(sorted(join(a, b))).toEqual(sorted(join(b, a)))
})

law('joins three states alike however they are bracketed', (facts, random) => {
  const [a, b, c] = [0, 1, 2].map(() => stateOf(facts.filter(() => random(2) === 0))) as [Facts, Facts, Facts]
  expect(sorted(join(join(a, b), c))).toEqual(sorted(join(a, join(b, c))))
})

law('learns nothing from a state it holds already', (facts) => {
  const state = stateOf(facts)
  expect(sorted(join(state, state))).toEqual(sorted(state))
})

law('tells the same people in whatever order the facts arrive', (facts, random) => {
  expectSame(derive(shuffled(facts, random)), derive(facts))
})

law('tells the same people when facts are told again', (facts, random) => {
  const again = shuffled([...facts, ...facts.filter(() => random(2) === 0)], random)
  expectSame(derive(again), derive(facts))
})

law('tells the same people when states are folded apart and joined', (facts, random) => {
  const parts: Fact[][] = [[], [], []]
  for (const fact of facts) parts[random(3)]?.push(fact)
  const joined = parts.map(stateOf).reduce(join, none)
  expectSame(derive(joined.values()), derive(facts))
})

law('keeps, after every single fact, what a fold from scratch would tell', (facts, random) => {
  const fold = createFold()
  const told: Fact[] = []
  for (const fact of facts) {
    fold.add([fact])
    told.push(fact)
    // Sometimes several facts are filed before anybody asks; in a long story more of them.
    if (random(facts.length) < 12 && random(3) > 0) expectSame(fold.people(), derive(told).people)
  }
  expectSame(fold.people(), derive(told).people)
})

law('announces exactly what changed, and keeps the object of everybody else', (facts, random) => {
  const fold = createFold()
  const known = new Set<Person>()
  for (const fact of facts) {
    fold.add([fact])
    if (random(3) === 0) continue
    const { changed, removed } = fold.takeChanges()
    for (const person of removed) expect(known.delete(person)).toBe(true)
    for (const person of changed) {
      expect(known.has(person)).toBe(false)
      known.add(person)
    }
    expect(new Set(fold.people())).toEqual(known)
    for (const person of fold.people()) expect(known.has(person)).toBe(true)
  }
})

law('counts every person once, under one confidence', (facts) => {
  const { people, latestMs } = derive(facts)
  const sum = summarise(people, latestMs ?? 0)
  const inside = people.filter((person) => presenceAt(person, latestMs ?? 0).firstJoinMs !== null)
  expect(sum.certain + sum.likely + sum.unidentified + sum.conflicts).toBe(inside.length)
  expect(sum.came).toBe(inside.length)
  expect(sum.here + sum.left).toBe(sum.came)
})

law('puts every connection into one person', (facts) => {
  const { people } = derive(facts)
  const keys = people.flatMap((person) => person.connections.flatMap((connection) => connection.keys))
  expect(new Set(keys).size).toBe(keys.length)
})

law('never counts more presence than from the first join to the last leave', (facts) => {
  const { people, latestMs } = derive(facts)
  for (const person of people) {
    const presence = presenceAt(person, latestMs ?? 0)
    const firstMs = presence.firstJoinMs ?? 0
    const lastMs = presence.lastLeaveMs ?? (presence.state === 'here' ? (latestMs ?? 0) : firstMs)
    expect(presence.presentSeconds).toBeGreaterThanOrEqual(0)
    expect(presence.presentSeconds * 1_000).toBeLessThanOrEqual(lastMs - firstMs)
  }
})

law('does not take waiting for presence', (facts) => {
  const { people, latestMs } = derive(facts)
  for (const person of people) {
    const segments = person.connections.flatMap((connection) => connection.segments)
    if (segments.some((segment) => segment.place.kind !== 'waiting')) continue
    const presence = presenceAt(person, latestMs ?? 0)
    expect(presence).toMatchObject({
      presentSeconds: 0,
      connectionsNow: 0,
      firstJoinMs: null,
      lastLeaveMs: null,
    })
    expect(presence.state).not.toBe('here')
  }
})

law('draws stays that follow one another and end no earlier than they begin', (facts) => {
  const { people, latestMs } = derive(facts)
  for (const person of people) {
    let endMs = -Infinity
    for (const stay of presenceAt(person, latestMs ?? 0).stays) {
      expect(stay.fromMs).toBeGreaterThanOrEqual(endMs)
      endMs = stay.toMs ?? Infinity
      expect(endMs).toBeGreaterThanOrEqual(stay.fromMs)
    }
  }
})

law('closes everybody once the meeting has ended', (facts) => {
  const meetings = new Set(facts.map((fact) => fact.meeting))
  const ends = [...meetings].map((meeting): Fact => ({
    key: 'the end',
    meeting,
    witness: 'webhook',
    kind: 'meeting_ended',
    atMs: 2e12,
  }))
  const { people } = derive([...facts, ...ends])
  for (const person of people)
    expect(presenceAt(person, 3e12)).toMatchObject({ state: 'left', connectionsNow: 0 })
})

const stateOf = (facts: readonly Fact[]): Facts => facts.reduce(merge, none)
const sorted = (state: Facts): Fact[] => [...state.values()].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))
