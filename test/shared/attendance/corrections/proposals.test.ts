import { describe, expect, it } from 'vitest'
import {
  aliasesIn,
  correct,
  derive,
  proposalsOf,
  type Alias,
  type CorrectionAct,
  type Fact,
  type Person,
} from '../../../../shared/attendance/index.ts'
import { acquaintance } from '../../../../shared/attendance/corrections/acquaintance.ts'
import { fittingNames } from '../../../../shared/attendance/corrections/fitting-names.ts'
import { joined, left, type About } from '../../../support/facts.ts'

/** One device, named by its segment, from one time to another (null: still there). */
function device(segmentId: string, about: About, from = '19:00', to: string | null = null): Fact[] {
  const ref = { segmentId, participantUuid: `device ${segmentId}`, ...about }
  return [joined(from, ref), ...(to === null ? [] : [left(to, ref)])]
}
const key = (segmentId: string): string => `lesson|s:${segmentId}`

interface Told {
  acts?: CorrectionAct[]
  aliases?: Alias[]
}
const corrected = (facts: readonly Fact[][], acts: CorrectionAct[] = []) =>
  correct(
    derive(facts.flat()).people,
    acts.map((act, i) => ({ seq: i + 1, act })),
  )
const peopleOf = (facts: readonly Fact[][], acts: CorrectionAct[] = []) => corrected(facts, acts).people
const untouched = { partings: [], aliases: [] }
/** Proposals as "Anna = Anna Petrova (reason: value)". */
function proposed(facts: readonly Fact[][], { acts = [], aliases = [] }: Told = {}): string[] {
  const { people, partings } = corrected(facts, acts)
  const { proposals, more } = proposalsOf(people, { partings, aliases })
  expect(more).toBe(0)
  return proposals.map(
    ({ one, other, reason }) => `${one.name} = ${other.name} (${reason.code}: ${reason.value})`,
  )
}

const certain = device('1', { name: 'Anna', zoomUserId: 'u1' })
const alone = device('2', { name: 'Anna' }, '19:05')
const sameName = 'Anna = Anna (same_name: anna)'

describe('a name alone', () => {
  it('may be whoever has it beside a strong key', () => {
    expect(proposed([certain, alone])).toEqual([sameName])
    const [proposal] = proposalsOf(peopleOf([certain, alone]), untouched).proposals
    expect(proposal?.keys).toEqual(['lesson|p:device 2', 'lesson|p:device 1'])
  })

  it('may be any of several', () => {
    expect(proposed([certain, alone, device('3', { name: 'ANNA', zoomUserId: 'u2' })])).toHaveLength(2)
  })

  it('is proposed for a name the host gave, too', () => {
    const facts = [certain, device('2', { name: 'iPhone' })]
    expect(proposed(facts)).toEqual([])
    expect(proposed(facts, { acts: [{ kind: 'rename', connection: key('2'), name: 'Anna' }] })).toEqual([
      sameName,
    ])
  })

  it('is not proposed again once the host set the two apart, by whichever of their keys', () => {
    for (const connections of [
      [key('1'), 'lesson|p:device 2'],
      [key('2'), key('1')],
    ])
      expect(proposed([certain, alone], { acts: [{ kind: 'apart', connections }] })).toEqual([])
    const other: CorrectionAct = { kind: 'apart', connections: [key('1'), key('9')] }
    expect(proposed([certain, alone], { acts: [other] })).toEqual([sameName])
  })

  it('is not proposed across a split of the host', () => {
    const facts = [certain, device('3', { name: 'Anna', zoomUserId: 'u1' }), alone]
    const merge: CorrectionAct = { kind: 'merge', connections: [key('1'), key('2')] }
    const split: CorrectionAct = { kind: 'split', connections: [key('2'), key('3')] }
    expect(proposed(facts, { acts: [merge, split] })).toEqual([])
  })

  it('is proposed between two of whom a split took something, for nobody parted these', () => {
    const facts = [
      certain,
      device('3', { name: 'iPad', zoomUserId: 'u1' }),
      alone,
      device('4', { name: 'iPhone' }, '19:06'),
    ]
    const merge: CorrectionAct = { kind: 'merge', connections: [key('2'), key('4')] }
    const split: CorrectionAct = { kind: 'split', connections: [key('3'), key('4')] }
    expect(proposed(facts, { acts: [merge, split] })).toEqual([sameName])
  })
})

describe('a shared key', () => {
  const link = { registrantId: 'r1' }

  it('is proposed between people whom contradictions keep apart', () => {
    const facts = [
      device('1', { name: 'Anna', zoomUserId: 'u1', ...link }),
      device('2', { name: 'Anna P', zoomUserId: 'u2', ...link }),
    ]
    expect(proposed(facts)).toEqual(['Anna = Anna P (same_key: r1)'])
  })

  it('is proposed last of people who were there at one time under names without a common word', () => {
    const [anna, boris] = [
      { name: 'Anna', zoomUserId: 'u1', ...link },
      { name: 'Boris', zoomUserId: 'u2', ...link },
    ]
    const left = device('3', { name: 'Anna Petrova' }, '18:00', '18:55')
    expect(proposed([device('1', anna), device('2', boris), left])).toEqual([
      'Anna Petrova = Anna (name_fits: anna)',
      'Anna = Boris (same_key: r1)',
    ])
  })

  it('is proposed of whoever is in conflict and somebody the host made one already', () => {
    const facts = ['Anna', 'Anna P', 'Anna Petrova'].map((name, i) =>
      device(`${i}`, { name, zoomUserId: `u${i}`, ...link }),
    )
    const merge: CorrectionAct = { kind: 'merge', connections: [key('0'), key('1')] }
    expect(proposed(facts, { acts: [merge] })).toEqual(['Anna = Anna Petrova (same_key: r1)'])
  })
})

describe('a name within another', () => {
  const early = device('1', { name: 'Anna Petrova', zoomUserId: 'u1' }, '18:00', '18:50')

  it('may be somebody who left within ten minutes before', () => {
    expect(proposed([early, device('2', { name: 'Anna' })])).toEqual([
      'Anna = Anna Petrova (name_fits: anna)',
    ])
    expect(proposed([early, device('2', { name: 'Petrova, Anna' })])).toEqual([
      'Petrova, Anna = Anna Petrova (name_fits: anna petrova)',
    ])
    const later = device('2', { name: 'Anna', zoomUserId: 'u2' }, '19:00', '19:10')
    expect(proposed([later, device('3', { name: 'Anna B' }, '19:15')])).toEqual([
      'Anna B = Anna (name_fits: anna)',
    ])
  })

  it.each([
    ['later than that', device('2', { name: 'Anna' }, '19:01')],
    ['while they were there', device('2', { name: 'Anna' }, '18:49')],
    ['with a key of their own', device('2', { name: 'Anna', zoomUserId: 'u2' })],
    ['under another name', device('2', { name: 'Anna Ivanova' })],
    ['under a generic name', device('2', { name: 'iPhone' })],
  ])('is not proposed of somebody who came %s', (_, other) => {
    expect(proposed([early, other])).toEqual([])
  })
})

describe('a typed address', () => {
  const acts: CorrectionAct[] = [{ kind: 'email', connection: key('2'), email: 'anna@example.test' }]

  it('may be that of somebody whom Zoom knows by it', () => {
    const facts = [
      device('1', { name: 'Anna P', email: 'anna@example.test' }),
      device('2', { name: 'iPhone' }),
    ]
    expect(proposed(facts, { acts })).toEqual(['iPhone = Anna P (typed_email: anna@example.test)'])
  })

  it('of nobody here proposes nothing', () => {
    expect(proposed([certain, device('2', { name: 'iPhone' })], { acts })).toEqual([])
  })
})

describe('an alias', () => {
  const facts = [
    device('1', { name: 'Anna Petrova', email: 'anna@example.test' }),
    device('2', { name: 'Бабушка' }),
  ]
  const acts: CorrectionAct[] = [{ kind: 'merge', connections: [key('1'), key('2')] }]

  it('is learned from a merge and from a new name, and never from a generic one', () => {
    expect(aliasesIn(peopleOf(facts, acts))).toEqual([
      { name: 'бабушка', email: 'anna@example.test', knownAs: 'Anna Petrova' },
    ])
    const renamed: CorrectionAct[] = [{ kind: 'rename', connection: key('2'), name: 'Vera' }]
    expect(aliasesIn(peopleOf(facts, renamed))).toEqual([{ name: 'бабушка', email: null, knownAs: 'Vera' }])
    const phone = [device('2', { name: 'iPhone' })]
    expect(aliasesIn(peopleOf(phone, renamed))).toEqual([])
    expect(aliasesIn(peopleOf(facts))).toEqual([])
  })

  it('is learned of who was there first under another name, and of nobody whose address goes by it', () => {
    const [anna, grandma] = facts
    if (!anna || !grandma) throw new Error('Both are there.')
    const grandmaFirst = [device('2', { name: 'Бабушка' }, '18:00', '18:30'), anna]
    expect(aliasesIn(peopleOf(grandmaFirst, acts))).toContainEqual({
      ...{ name: 'бабушка', email: 'anna@example.test', knownAs: 'Бабушка' },
    })
    const phone = device('2', { name: 'Anna Petrova' }, '18:00', '18:30')
    expect(aliasesIn(peopleOf([phone, anna], acts))).toEqual([])
  })

  it('proposes whoever has the address, or without one the name', () => {
    const later = [...facts, device('3', { name: 'Vera' })]
    const alias: Alias = { name: 'бабушка', email: 'anna@example.test', knownAs: 'Anna' }
    expect(proposed(later, { aliases: [alias] })).toEqual(['Бабушка = Anna Petrova (alias: бабушка)'])
    const nameless: Alias = { name: 'бабушка', email: null, knownAs: 'VERA' }
    expect(proposed(later, { aliases: [nameless] })).toEqual(['Бабушка = Vera (alias: бабушка)'])
    expect(proposed(later, { aliases: [{ ...alias, email: 'else@example.test' }] })).toEqual([])
  })
})

describe('proposals', () => {
  it('are each pair once, for the best reason', () => {
    const facts = [
      device('1', { name: 'Anna', email: 'anna@example.test' }, '18:00', '18:55'),
      device('2', { name: 'Anna' }),
    ]
    const acts: CorrectionAct[] = [{ kind: 'email', connection: key('2'), email: 'anna@example.test' }]
    expect(proposed(facts, { acts })).toEqual(['Anna = Anna (typed_email: anna@example.test)'])
  })

  it('are at most five hundred, and say how many more there are', () => {
    const many = Array.from({ length: 620 }, (_, i) => device(`k${i}`, { name: 'Anna', zoomUserId: `u${i}` }))
    const { proposals, more } = proposalsOf(peopleOf([...many, alone]), untouched)
    expect([proposals.length, more]).toEqual([500, 120])
  })

  it('about one person are there however many others come first', () => {
    const many = Array.from({ length: 620 }, (_, i) => device(`k${i}`, { name: 'Anna', zoomUserId: `u${i}` }))
    const vera = [device('v', { name: 'Vera', zoomUserId: 'v' }), device('w', { name: 'Vera' }, '19:07')]
    const people = peopleOf([...many, alone, ...vera])
    const [known, nameless] = people.filter(({ name }) => name === 'Vera')
    const of = (about: Person) => proposalsOf(people, { ...untouched, about })
    expect(proposalsOf(people, untouched).proposals.some(({ other }) => other === known)).toBe(false)
    for (const about of [known, nameless])
      expect(about && of(about)).toMatchObject({ proposals: [{ one: nameless, other: known }], more: 0 })
  })
})

describe('of thousands', () => {
  /** How often fitting names looks at a pair. */
  const looks = (people: readonly Person[]): number => {
    const all = people.map(acquaintance)
    return [...fittingNames(all, all)].length
  }
  const thousands = (about: (i: number) => About): Person[] => [
    ...peopleOf(Array.from({ length: 3_000 }, (_, i) => device(`${i}`, about(i), '19:00', '19:05'))),
  ]

  it('behind one link five hundred pairs are told, and no more are looked at than can be', () => {
    const people = thousands((i) => ({
      ...{ name: `Anna ${'abcdefghij'[i % 10]}`, zoomUserId: `u${i}`, registrantId: 'r1' },
    }))
    const { proposals, more } = proposalsOf(people, untouched)
    expect(proposals).toHaveLength(500)
    expect(more).toBeGreaterThan(0)
    expect(more).toBeLessThan(2 * 20_000)
  })

  it('with one word for a name and a key of their own none is looked at', () => {
    expect(looks(thousands((i) => ({ name: 'Anna', zoomUserId: `u${i}` })))).toBe(0)
  })

  it('with names that hardly meet as many are looked at as there are people', () => {
    const people = thousands((i) => ({ name: `Anna ${wordNumber(i)}` }))
    expect(looks(people)).toBeLessThan(2 * people.length)
  })

  /** A word of its own for every number. */
  const wordNumber = (i: number): string =>
    [...String(i)].map((digit) => 'abcdefghij'[Number(digit)]).join('')
})
