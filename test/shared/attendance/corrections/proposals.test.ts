import { describe, expect, it } from 'vitest'
import {
  aliasesIn,
  correct,
  derive,
  proposalsOf,
  type Alias,
  type CorrectionAct,
  type Fact,
} from '../../../../shared/attendance/index.ts'
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
const peopleOf = (facts: readonly Fact[][], acts: CorrectionAct[] = []) =>
  correct(
    derive(facts.flat()).people,
    acts.map((act, i) => ({ seq: i + 1, act })),
  ).people
/** Proposals as "Anna = Anna Petrova (reason: value)". */
function proposed(facts: readonly Fact[][], { acts = [], aliases = [] }: Told = {}): string[] {
  const apart = acts.flatMap((act) => (act.kind === 'apart' ? [act.connections] : []))
  const { proposals, more } = proposalsOf(peopleOf(facts, acts), { apart, aliases })
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
    const [proposal] = proposalsOf(peopleOf([certain, alone]), { apart: [], aliases: [] }).proposals
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

  it('is not between people who were there at one time without a common word in their names', () => {
    const [anna, boris] = [
      { name: 'Anna', zoomUserId: 'u1', ...link },
      { name: 'Boris', zoomUserId: 'u2', ...link },
    ]
    expect(proposed([device('1', anna), device('2', boris)])).toEqual([])
    expect(proposed([device('1', anna, '18:00', '18:30'), device('2', boris)])).toEqual([
      'Anna = Boris (same_key: r1)',
    ])
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
    const { proposals, more } = proposalsOf(peopleOf([...many, alone]), { apart: [], aliases: [] })
    expect([proposals.length, more]).toEqual([500, 120])
  })

  it('end soon for thousands behind one link', () => {
    const link = Array.from({ length: 3_000 }, (_, i) =>
      device(`${i}`, { name: `Anna ${'abcdefghij'[i % 10]}`, zoomUserId: `u${i}`, registrantId: 'r1' }),
    )
    const people = peopleOf(link)
    const startMs = performance.now()
    expect(proposalsOf(people, { apart: [], aliases: [] }).proposals).toHaveLength(500)
    expect(performance.now() - startMs).toBeLessThan(5_000)
  })
})
