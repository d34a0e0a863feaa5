import { describe, expect, it } from 'vitest'
import { createListing, derive, presenceAt, type Fact } from '../../../../shared/attendance/index.ts'
import { at, ended, imported, joined, left, list, listed, read, waiting } from '../../../support/facts.ts'

/** People as "name: confidence, minutes (witnesses of each connection)". */
const people = (...facts: Fact[]): string[] =>
  derive(facts).people.map((person) => {
    const minutes = presenceAt(person, at('23:00')).presentSeconds / 60
    const witnesses = person.connections.map((connection) => connection.witnesses.join('+')).join(', ')
    return `${person.name}: ${person.identity.confidence}, ${minutes} min (${witnesses})`
  })
const segments = (...facts: Fact[]) =>
  derive(facts).people.flatMap((person) =>
    person.connections.flatMap((connection) =>
      connection.segments.map(({ fromMs, toMs, to }) => [fromMs, toMs, to] as const),
    ),
  )

describe('a row of a file', () => {
  it('is a connection of its own where nobody else told of it, and goes on within two seconds', () => {
    expect(
      people(imported('19:00', '19:30', {}), imported('19:30:02', '20:00', { email: 'a@example.test' })),
    ).toEqual(['Anna: certain, 59.96666666666667 min (import)'])
  })

  it('that is told twice with two roles has the higher one, in a list as in the fold', () => {
    const keys = { zoomUserId: null, registrantId: null, email: null, phone: null }
    const row = { name: 'iPhone', keys, precisionSeconds: 1, reportedSeconds: null } as const
    const listing = createListing()
    for (const role of ['host', 'attendee', 'panelist'] as const)
      listing.add({
        ...{ ...row, role, meeting: 1, place: 'main', fromMs: at('19:00'), toMs: at('19:30') },
        ...{ key: `F/${role}`, attended: true, registration: null, registered: false },
      })
    const rows = (['host', 'attendee'] as const).map((role, i) => ({
      ...imported('19:00', '19:30', { name: 'iPhone', role }),
      key: `F/${i}`,
    }))
    expect([...listing.people()].map(({ person }) => person.role)).toEqual(['host'])
    expect(derive(rows).people.map(({ role }) => role)).toEqual(['host'])
  })

  it('that two files tell to the minute and to the second goes on as the exact one says, whichever came first', () => {
    const exact = imported('19:00', '19:30', {})
    const rough = imported('19:00', '19:30', { precisionSeconds: 60 })
    const after = imported('19:30:20', '20:00', {})
    expect(people(exact, rough, after)).toEqual(people(rough, exact, after))
  })

  it('adds its address to the connection of the report it is about, and no minutes', () => {
    const report = list('20:05', [listed('19:00', '19:50', { segmentId: '16' })])
    const row = imported('19:00', '19:50', { email: 'anna@example.test' })
    expect(people(...report, row)).toEqual(['Anna: certain, 50 min (import+report)'])
    expect(derive([...report, row]).people[0]?.email).toBe('anna@example.test')
  })

  it('exact to the minute only does not move the ends somebody told to the second', () => {
    const live = [joined('19:00:40', { segmentId: '16' }), left('19:50:20', { segmentId: '16' })]
    expect(segments(...live, imported('19:00', '19:50', { precisionSeconds: 60 }))).toEqual([
      [at('19:00:40'), at('19:50:20'), 'known'],
    ])
  })

  it('ends what nobody ended, and fills what a panel saw in part', () => {
    const row = imported('19:00', '19:50', {})
    expect(segments(joined('19:00:01', { segmentId: '16' }), row)).toEqual([
      [at('19:00:01'), at('19:50'), 'known'],
    ])
    expect(segments(read('19:10', [['A', 'Anna']]), read('19:20', []), row)).toEqual([
      [at('19:00'), at('19:50'), 'known'],
    ])
  })

  it('goes to one device each where several have one name', () => {
    const report = list('20:05', [
      listed('19:00', '19:50', { segmentId: '16', name: 'iPhone' }),
      listed('19:05', '19:50', { segmentId: '17', name: 'iPhone' }),
    ])
    const rows = [
      imported('19:05', '19:50', { name: 'iPhone', email: 'b@example.test' }),
      imported('19:00', '19:50', { name: 'iPhone', email: 'a@example.test' }),
      imported('19:10', '19:50', { name: 'iPhone' }),
    ]
    expect(people(...report, ...rows)).toEqual([
      'iPhone: certain, 50 min (import+report)',
      'iPhone: certain, 45 min (import+report)',
      'iPhone: unidentified, 40 min (import)',
    ])
  })

  it('does not go with a connection under another address', () => {
    const report = list('20:05', [listed('19:00', '19:50', { segmentId: '16', email: 'a@example.test' })])
    expect(people(...report, imported('19:00', '19:50', { email: 'b@example.test' }))).toHaveLength(2)
  })

  it('of the waiting room is no presence, and is not about the stay that follows it', () => {
    const row = imported('18:50', '19:00', { place: waiting })
    expect(people(row, imported('19:00', '19:10', {}))).toEqual(['Anna: likely, 10 min (import)'])
  })
})

describe('files', () => {
  const rows = [imported('19:00', '19:30', {}), imported('19:10', '19:30', { name: 'Bob', role: 'host' })]

  it('say who was host where nobody else does', () => {
    expect(derive(rows).people.map(({ role }) => role)).toEqual(['unknown', 'host'])
  })

  it('add nothing when their rows stand in another file too', () => {
    const again = rows.map((row) => ({ ...row, key: row.key.replace('file/', 'other/') }))
    expect(derive([...rows, ...again]).people).toEqual(derive(rows).people)
  })

  it('keep equal rows of nameless devices apart when times have minutes only', () => {
    const phone = { name: 'iPhone', precisionSeconds: 60 } as const
    const two = [imported('19:00', '19:30', phone), imported('19:00', '19:30', phone)]
    expect(people(...two)).toHaveLength(2)
    const other = two.map((row) => ({ ...row, key: row.key.replace('file/', 'other/') }))
    expect(people(...two, ...other)).toHaveLength(2)
  })

  it('are of meetings that are over, unless somebody was heard after their last row', () => {
    const open = joined('19:00', { segmentId: '16', name: 'Carl' })
    expect(derive([open, ...rows]).endedAtMs).toBe(at('19:30'))
    expect(derive([open, ...rows, joined('19:45', { segmentId: '17', name: 'Dora' })]).endedAtMs).toBeNull()
    expect(derive([open, ...rows, ended('20:00')]).endedAtMs).toBe(at('20:00'))
  })
})
