import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  derive,
  matchExpected,
  sumsOf,
  wasExpected,
  type Expected,
  type Fact,
  type Person,
} from '../../../../shared/attendance/index.ts'
import { expectSame, law } from '../../../support/law.ts'
import { at, ended, joined, left, waiting, type About } from '../../../support/facts.ts'

const END = at('20:00')

const registered = (id: string, about: Partial<Expected> = {}): Expected => ({
  ...{ id, registrantId: id, name: `Registrant ${id}`, email: `${id}@example.test`, standing: 'approved' },
  ...about,
})

let devices = 0
/** Somebody who was there from 19:00 to 20:00 with a device of their own. */
function came(about: About): Fact[] {
  const device = { segmentId: String(++devices), participantUuid: `device ${devices}` }
  return [joined('19:00', { ...device, ...about }), left('20:00', { ...device, ...about })]
}
const people = (...facts: Fact[][]): readonly Person[] => derive([...facts.flat(), ended('20:00')]).people

/** Each person by name, with whom they turned out to be. */
function told(present: readonly Person[], list: readonly Expected[]): Record<string, string> {
  const matched = matchExpected(present, list)
  return Object.fromEntries(
    present.map((person) => [
      person.name,
      matched
        .of(person)
        .map(({ id }) => id)
        .join(' ') || (matched.linkOf(person) ? `guest of ${matched.linkOf(person)?.id}` : 'guest'),
    ]),
  )
}

describe('people held against those who registered', () => {
  it('are found by the id of their registration, else by their address, never by a name alone', () => {
    const list = [registered('r1'), registered('r2'), registered('r3', { name: 'Vera Sokolova' })]
    const present = people(
      came({ name: 'iPhone', registrantId: 'r1' }),
      came({ name: 'Boris', email: 'r2@example.test' }),
      came({ name: 'Vera Sokolova' }),
    )
    expect(told(present, list)).toEqual({ iPhone: 'r1', Boris: 'r2', 'Vera Sokolova': 'guest' })
    expect(matchExpected(present, list).absent.map(({ id }) => id)).toEqual(['r3'])
  })

  it('who registered twice with one address are both, and nobody is missing', () => {
    const email = 'anna@example.test'
    const list = [registered('r1', { email }), registered('r2', { email })]
    const present = people(came({ name: 'Anna', email }))
    expect(told(present, list)).toEqual({ Anna: 'r1 r2' })
    expect(matchExpected(present, list).absent).toEqual([])
  })

  it('are the approved registration of an address where another was cancelled or denied', () => {
    const email = 'anna@example.test'
    const list = [registered('r1', { email, standing: 'cancelled' }), registered('r2', { email })]
    expect(told(people(came({ name: 'Anna', email })), list)).toEqual({ Anna: 'r2' })
  })

  it('who cancelled or were denied and come all the same are known, and not expected', () => {
    const list = [registered('r1', { standing: 'cancelled' }), registered('r2', { standing: 'denied' })]
    const present = people(came({ name: 'Anna', email: 'r1@example.test' }))
    const matched = matchExpected(present, list)
    expect(told(present, list)).toEqual({ Anna: 'r1' })
    expect(present.map((person) => wasExpected(matched, person))).toEqual([false])
    expect(matched.absent).toEqual([])
  })

  it('may bear another name than they registered with: a link used once is its owner’s', () => {
    const list = [registered('r1', { name: 'Anna Petrova' })]
    expect(told(people(came({ name: 'Анна', registrantId: 'r1' })), list)).toEqual({ Анна: 'r1' })
  })

  it('are expected or not only where a list says who should come', () => {
    const [anna] = people(came({ name: 'Anna' }))
    expect(anna && wasExpected(null, anna)).toBeNull()
  })
})

describe('several people behind one registration', () => {
  const list = [registered('r1', { name: 'Anna Petrova' })]
  const link = { registrantId: 'r1' }

  const address = { email: 'r1@example.test' }
  const [owner, other] = ['Petrova A.', 'Boris Orlov']
  it.each([
    [
      'whoever shares a word with its name',
      came({ ...link, ...address, name: other }),
      came({ ...link, ...address, name: owner }),
      owner,
    ],
    [
      'else whoever has its address',
      came({ ...link, name: 'Vera Lind', email: 'v@example.test' }),
      came({ ...link, ...address, name: other }),
      other,
    ],
    ['else whoever came first', came({ ...link, name: other }), came({ ...link, name: 'Vera Lind' }), other],
  ])('is %s; the others are guests in conflict', (_rule, one, second, itself) => {
    const present = people(one, second)
    expect(present.map(({ identity }) => identity.confidence)).toEqual(['conflict', 'conflict'])
    const who = told(present, list)
    expect(who[itself]).toBe('r1')
    expect(Object.values(who).toSorted()).toEqual(['guest of r1', 'r1'])
    expect(sumsOf(present, list, matchExpected(present, list), END)).toMatchObject({
      ...{ registered: 1, walkIns: 1, byForeignLink: 1, came: 1, absent: 0 },
    })
  })
})

describe('the sums', () => {
  it('count everybody once: who came, and who was on the list', () => {
    const list = [
      ...['r1', 'r2', 'r3'].map((id) => registered(id)),
      registered('r4', { standing: 'pending' }),
      registered('r5', { standing: 'denied' }),
      registered('r6', { standing: 'cancelled' }),
    ]
    const present = people(
      came({ name: 'Anna', registrantId: 'r1' }),
      came({ name: 'Guest of theirs' }),
      [joined('19:00', { name: 'Waits', segmentId: 'w', place: waiting, registrantId: 'r2' })],
      [joined('18:50', { name: 'Host', segmentId: 'h', zoomUserId: 'host', owner: true })],
    )
    const sums = sumsOf(present, list, matchExpected(present, list), END)
    expect(sums).toEqual({
      ...{ approved: 3, pending: 1, denied: 1, cancelled: 1 },
      ...{ came: 1, waitedOnly: 1, absent: 1 },
      ...{ registered: 1, walkIns: 1, staff: 1, byForeignLink: 0 },
    })
  })
})

/** A list that meets the ids and addresses of the stories, and misses some. */
const lists = fc.uniqueArray(
  fc.record({
    id: fc.constantFrom('r1', 'r2', 'r3', 'r4'),
    email: fc.constantFrom(null, 'a@example.test', 'b@example.test', 'c@example.test'),
    name: fc.constantFrom('Anna', 'Bob Smith', ''),
    standing: fc.constantFrom('approved', 'approved', 'pending', 'denied', 'cancelled'),
  }),
  { selector: ({ id }) => id },
)
const listOf = (random: (below: number) => number): Expected[] =>
  fc
    .sample(lists, { seed: random(1_000_000), numRuns: 1 })
    .flatMap((some) => some.map((one) => ({ ...one, registrantId: one.id })))

law('a list and whoever came add up', (facts, random) => {
  const list = listOf(random)
  const { people: present, latestMs } = derive(facts)
  const atMs = latestMs ?? 0
  const matched = matchExpected(present, list)
  const sums = sumsOf(present, list, matched, atMs)
  expectSame(sums.approved + sums.pending + sums.denied + sums.cancelled, list.length)
  expectSame(sums.came + sums.waitedOnly + sums.absent, sums.approved)
  const cameAtAll = present.filter(({ connections }) =>
    connections.some(({ segments }) =>
      segments.some(({ place, fromMs }) => place.kind !== 'waiting' && fromMs <= atMs),
    ),
  )
  expectSame(sums.registered + sums.walkIns + sums.staff, cameAtAll.length)
  const isTwice = present.some((person) => matched.of(person).length > 0 && matched.linkOf(person) !== null)
  expectSame(
    present.filter((person) => matched.of(person).some((one) => matched.absent.includes(one))),
    [],
  )
  // Whoever holds the link of another may still be somebody of the list by their own address.
  if (isTwice) expect(list.length).toBeGreaterThan(1)
})

law('nobody of the list is two people, unless by one address', (facts, random) => {
  const list = listOf(random)
  const { people: present } = derive(facts)
  const matched = matchExpected(present, list)
  for (const expected of list) {
    const holders = present.filter((person) => matched.of(person).includes(expected))
    const sameAddress = holders.filter(
      ({ email, connections }) =>
        email === expected.email ||
        connections.some(({ strong }) => strong.emails.includes(expected.email ?? '')),
    )
    if (holders.length > 1) expectSame(holders.length, sameAddress.length)
  }
})
