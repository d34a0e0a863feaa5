import { describe, expect, it } from 'vitest'
import { createListing, type ListedPerson, type ListedRow } from '../../../../shared/attendance/index.ts'
import { at } from '../../../support/facts.ts'
import { noKeys } from '../../../support/stories.ts'

type About = Partial<Omit<ListedRow, 'keys'> & ListedRow['keys']>

/** A row from one time to another ('19:05', null for none); name only what matters. */
const row = (from: string | null, to: string | null, about: About = {}): ListedRow => {
  const { zoomUserId = null, registrantId = null, email = null, phone = null, ...rest } = about
  return {
    ...{ meeting: 0, name: 'Anna', role: 'unknown', place: 'main', attended: true, precisionSeconds: 1 },
    ...{ reportedSeconds: null, registration: null, registered: false },
    ...rest,
    keys: { ...noKeys, zoomUserId, registrantId, email, phone },
    ...{ fromMs: from === null ? null : at(from), toMs: to === null ? null : at(to) },
  }
}

function people(...rows: ListedRow[]): ListedPerson[] {
  const listing = createListing()
  for (const one of rows) listing.add(one)
  return [...listing.people()]
}
const told = (...rows: ListedRow[]): string[] =>
  people(...rows).map(
    ({ person, presentSeconds, rows: count }) =>
      `${person.name}: ${person.identity.confidence} by ${person.identity.rule}, ${presentSeconds} s of ${count}`,
  )

describe('people of a list', () => {
  it('are one by a shared address, certain, and their overlapping devices count once', () => {
    const anna = { email: 'anna@example.test' }
    expect(told(row('19:00', '19:40', anna), row('19:20', '20:00', { ...anna, name: 'iPhone' }))).toEqual([
      'Anna: certain by email, 3600 s of 2',
    ])
  })

  it('are one by an equal name without addresses, likely, and a proposal where a name also has an address', () => {
    expect(told(row('19:00', '19:10'), row('19:20', '19:30', { name: ' anna' }))).toEqual([
      'Anna: likely by name, 1200 s of 2',
    ])
    const [keyed, named] = people(row('19:00', '19:10', { email: 'a@example.test' }), row('19:20', '19:30'))
    expect(keyed?.person.identity.confidence).toBe('certain')
    expect(named?.person.identity.evidence.map(({ code }) => code)).toContain('proposal_same_name')
  })

  it('are one connection when a row goes on within two seconds, so the address of one is that of both', () => {
    const anna = { email: 'anna@example.test' }
    expect(told(row('19:00', '19:10', anna), row('19:10:02', '19:30'))).toEqual([
      'Anna: certain by email, 1798 s of 2',
    ])
    expect(told(row('19:00', '19:10', anna), row('19:10:03', '19:30'))).toHaveLength(2)
  })

  it('whose times have minutes only go on within the minute', () => {
    const anna = { email: 'anna@example.test', precisionSeconds: 60 } as const
    expect(told(row('19:00', '19:10', anna), row('19:10:40', '19:30'))).toHaveLength(1)
    expect(told(row('19:00', '19:10', anna), row('19:11', '19:30'))).toHaveLength(2)
  })

  it('with nameless devices are as many as rows, except into a breakout room and back', () => {
    const phone = { name: 'iPhone' }
    expect(told(row('19:00', '19:10', phone), row('19:10', '19:30', phone))).toHaveLength(2)
    const moved = row('19:10', '19:30', { ...phone, place: 'breakout' })
    expect(told(row('19:00', '19:10', phone), moved)).toEqual([
      'iPhone: unidentified by connection, 1800 s of 2',
    ])
  })

  it('split where one link is used at one time under names without a common word', () => {
    const link = { registrantId: 'r1' }
    expect(told(row('19:00', '20:00', link), row('19:10', '20:00', { ...link, name: 'Boris' }))).toEqual([
      'Anna: conflict by registrant_id, 3600 s of 1',
      'Boris: conflict by registrant_id, 3000 s of 1',
    ])
  })

  it('are found across meetings, and have their time in each', () => {
    const anna = { email: 'anna@example.test' }
    const [one] = people(
      row('19:00', '20:00', { ...anna, meeting: 3 }),
      row('19:30', '20:00', { ...anna, meeting: 1 }),
    )
    expect(one?.meetings).toEqual([
      { meeting: 1, stays: [{ fromMs: at('19:30'), toMs: at('20:00') }], presentSeconds: 1800 },
      { meeting: 3, stays: [{ fromMs: at('19:00'), toMs: at('20:00') }], presentSeconds: 3600 },
    ])
    expect(one?.presentSeconds).toBe(5400)
  })

  it('come in the order of their first join, those without times last, of one time by name', () => {
    const names = people(
      row(null, null, { name: 'Zoe' }),
      row('19:10', '19:20', { name: 'Late' }),
      row(null, null, { name: 'Ann' }),
      row('19:00', '19:20', { name: 'Carl' }),
      row('19:00', '19:20', { name: 'Bea' }),
      row('18:00', '18:20', { name: 'Waited', place: 'waiting' }),
    ).map(({ person }) => person.name)
    expect(names).toEqual(['Bea', 'Carl', 'Late', 'Ann', 'Waited', 'Zoe'])
  })
})

describe('what is no presence', () => {
  it('is waiting: it counts as waiting only, and who only waited did not come', () => {
    const waited = row('18:50', '19:00', { place: 'waiting', reportedSeconds: 600 })
    expect(people(waited, row('19:00', '19:10', { reportedSeconds: 600 }))[0]).toMatchObject({
      ...{ waitingSeconds: 600, presentSeconds: 600, reportedSeconds: 600, rows: 1, came: true },
    })
    expect(people(waited)[0]).toMatchObject({
      ...{ waitingSeconds: 600, presentSeconds: 0, reportedSeconds: null, rows: 0, came: false },
    })
  })

  it('is a registration: who stayed away is listed as not having come, who came is joined with it', () => {
    const registered = row(null, null, {
      ...{ name: 'Anna Petrova', email: 'anna@example.test', attended: false },
      ...{ registered: true, registration: 'approved' },
    })
    expect(people(registered)[0]).toMatchObject({
      ...{ came: false, rows: 0, presentSeconds: 0, registered: true, registration: 'approved' },
      meetings: [{ meeting: 0, stays: [], presentSeconds: 0 }],
    })
    const [anna, more] = people(registered, row('19:00', '19:10', { email: 'anna@example.test' }))
    expect(more).toBeUndefined()
    expect(anna).toMatchObject({ came: true, presentSeconds: 600, registered: true, rows: 1 })
  })

  it('is a row without times: somebody came, and nobody knows when', () => {
    expect(people(row(null, null, { reportedSeconds: 1800 }))[0]).toMatchObject({
      ...{ came: true, presentSeconds: null, reportedSeconds: 1800, rows: 1 },
      meetings: [{ meeting: 0, stays: null, presentSeconds: null }],
    })
  })
})

describe('a row told twice', () => {
  it('counts once, is announced, and adds only what was not said before', () => {
    const twice: ListedRow[] = []
    const listing = createListing({ onDuplicate: (one) => twice.push(one) })
    const first = row('19:00', '19:10', { reportedSeconds: 600 })
    const again = { ...first, registration: 'approved', registered: true, role: 'host' as const }
    for (const one of [first, again, { ...first, toMs: at('19:11') }]) listing.add(one)
    expect(twice).toEqual([again])
    expect(listing.rows).toBe(2)
    const [anna] = listing.people()
    expect(anna).toMatchObject({
      rows: 2,
      registration: 'approved',
      registered: true,
      person: { role: 'host' },
    })
  })

  it('is not one in another meeting, place or under another key', () => {
    const first = row('19:00', '19:10')
    const others = [
      { meeting: 1 },
      { place: 'breakout' },
      { email: 'a@example.test' },
      { name: 'ANNA' },
    ] as const
    expect(told(first, ...others.map((about) => row('19:00', '19:10', about)))[0]).toContain('of 4')
  })

  it('of a nameless device may be a second device when times have minutes only', () => {
    const phone = { name: 'iPhone', precisionSeconds: 60 } as const
    expect(told(row('19:00', '19:10', phone), row('19:00', '19:10', phone))).toHaveLength(2)
    const exact = { name: 'iPhone' }
    expect(told(row('19:00', '19:10', exact), row('19:00', '19:10', exact))).toHaveLength(1)
  })
})

describe('odd lists', () => {
  it('do not break anything', () => {
    expect(people()).toEqual([])
    const long = 'x'.repeat(10_000)
    const odd = people(
      row('19:00', '18:00', { name: 'backwards' }),
      { ...row(null, null, { name: 'old' }), fromMs: -5e12, toMs: -4.9e12 },
      { ...row(null, null, { name: 'two years' }), fromMs: at('19:00'), toMs: at('19:00') + 63_072_000_000 },
      { ...row(null, null, { name: 'nowhere' }), fromMs: NaN, toMs: NaN },
      row('19:00', '19:10', { name: long }),
      row('19:00', '19:10', { name: '' }),
    )
    expect(odd.map(({ person, presentSeconds }) => [person.name.slice(0, 9), presentSeconds])).toEqual([
      ['old', 1e8],
      ['', 600],
      ['backwards', 0],
      ['two years', 63_072_000],
      ['xxxxxxxxx', 600],
      ['nowhere', null],
    ])
  })

  it('give any one of their people, in the order all of them come', () => {
    const listing = createListing()
    for (const one of [row('19:05', '19:30', { name: 'Bob' }), row('19:00', '19:10', { name: 'Ann' })])
      listing.add(one)
    const drawn = listing.drawn()
    expect(drawn.count).toBe(2)
    expect([drawn.at(1), drawn.at(0), drawn.at(1)].map(({ person }) => person.name)).toEqual([
      'Bob',
      'Ann',
      'Bob',
    ])
    expect(() => drawn.at(2)).toThrow(RangeError)
  })

  it('of fifty thousand rows under one address are put together in one go', { timeout: 120_000 }, () => {
    const listing = createListing()
    for (let i = 0; i < 50_000; i++) {
      const [fromMs, toMs] = [
        at('19:00') + (i % 7_000) * 1_000,
        at('19:00') + (i % 7_000) * 1_000 + (i % 3) * 60_000,
      ]
      const place = (['main', 'breakout', 'waiting'] as const)[i % 3] ?? 'main'
      listing.add({
        ...row(null, null, { name: `Anna ${i % 20_000}`, email: 'a@example.test', place }),
        fromMs,
        toMs,
      })
    }
    const [anna, ...others] = listing.people()
    expect(others).toEqual([])
    expect(anna?.person.identity.confidence).toBe('certain')
  })

  it('of one address that waits under one name while another is inside are two people', () => {
    const link = { email: 'family@example.test' }
    const found = people(
      row('18:00', '18:30', { name: 'Anna', place: 'waiting', ...link }),
      row('18:10', '18:40', { name: 'Boris', ...link }),
    )
    expect(found).toMatchObject([
      { person: { name: 'Boris', identity: { confidence: 'conflict' } }, came: true, waitingSeconds: 0 },
      { person: { name: 'Anna', identity: { confidence: 'conflict' } }, came: false, presentSeconds: 0 },
    ])
  })

  it('of fifty thousand people behind one link are all told apart', { timeout: 120_000 }, () => {
    const listing = createListing()
    for (let i = 0; i < 50_000; i++)
      listing.add(row('19:00', '20:00', { name: `Anna${i}`, registrantId: 'r1', meeting: 0 }))
    expect([...listing.people()]).toHaveLength(50_000)
  })

  it('tell from when to when anybody was there', () => {
    const listing = createListing()
    listing.add(row('18:00', '19:00', { place: 'waiting' }))
    expect(listing.spanOf(0)).toBeNull()
    for (const one of [row('19:05', '19:30'), row('19:00', '19:10', { name: 'Bob' })]) listing.add(one)
    expect(listing.spanOf(0)).toEqual({ fromMs: at('19:00'), toMs: at('19:30') })
  })
})
