import { describe, expect, it } from 'vitest'
import {
  createFold,
  createListing,
  derive,
  fileLines,
  gatheringBase,
  presenceAt,
  type Fact,
  type Person,
} from '../../../../shared/attendance/index.ts'
import { at, ended, imported, joined, left, list, listed, read, waiting } from '../../../support/facts.ts'

/** People as "name: confidence, minutes (witnesses of each connection)". */
const people = (...facts: Fact[]): string[] =>
  derive(facts).people.map((person) => {
    const minutes = presenceAt(person, at('23:00')).presentSeconds / 60
    const witnesses = person.connections.map((connection) => connection.witnesses.join('+')).join(', ')
    return `${person.name}: ${person.identity.confidence}, ${minutes} min (${witnesses})`
  })
const isLine = (key: string): boolean => key.includes('|l:')
const withoutLines = (people: readonly Person[]): unknown[] =>
  people.map(({ connections, ...person }) => ({
    ...person,
    connections: connections.map((one) => ({ ...one, keys: one.keys.filter((key) => !isLine(key)) })),
  }))
/** Of each person, the files whose lines are theirs. */
const linesOf = (people: readonly Person[]): string[][] =>
  people.map(({ connections }) =>
    ['file', 'other'].filter((file) =>
      connections.some(({ keys }) => keys.some((key) => key.includes(`|${fileLines(file)}`))),
    ),
  )
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
    const [one, both] = [derive(rows).people, derive([...rows, ...again]).people]
    expect(withoutLines(both)).toEqual(withoutLines(one))
    expect(linesOf(both)).toEqual(one.map(() => ['file', 'other']))
  })

  it('have a key for each line, which stays whatever the times and the meeting are', () => {
    const [anna, bob] = rows.map((row, line) => ({ ...row, key: `file/${line + 5}` }))
    const later = [anna, bob].map((row) => ({
      ...{ ...(row ?? rows[0]), meeting: 'another' },
      ...{ atMs: (row?.atMs ?? 0) + 10_800_000, leftMs: (row?.leftMs ?? 0) + 10_800_000, name: 'Read anew' },
    })) as Fact[]
    const keys = (facts: Fact[]) =>
      derive(facts).people.flatMap(({ connections }) =>
        connections.flatMap((one) => one.keys.filter((key) => key.includes('|l:'))),
      )
    const before = keys([anna, bob] as Fact[])
    expect(before).toHaveLength(2)
    expect(keys(later)).toEqual(before.map((key) => key.replace('lesson|', 'another|')))
  })

  it('name equal rows of nameless devices by their lines, in whatever order they are told', () => {
    const phone = { name: 'iPhone', precisionSeconds: 60 } as const
    const copies = [12, 3, 101, 20].map((line) => ({
      ...imported('19:00', '19:30', phone),
      key: `file/${line}`,
    }))
    const keys = (facts: Fact[]) =>
      derive(facts).people.map(({ connections }) => connections.flatMap((one) => one.keys))
    const told = keys(copies)
    expect(told).toHaveLength(4)
    expect(told.map(([, line]) => line?.split('-').at(-1))).toEqual(['3', '12', '20', '101'])
    for (const order of [
      [3, 2, 1, 0],
      [1, 0, 3, 2],
      [2, 0, 1, 3],
    ])
      expect(keys(order.flatMap((at) => copies[at] ?? []))).toEqual(told)
    // The same when they were drawn in between.
    const fold = createFold()
    for (const copy of copies) {
      fold.add([copy])
      fold.people()
    }
    expect(fold.people().map(({ connections }) => connections.flatMap((one) => one.keys))).toEqual(told)
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

  it('whose times cannot be right say nothing of when the meeting was, nor when others left', () => {
    const open = joined('19:00', { segmentId: '16', name: 'Carl' })
    const wrong = {
      ...imported('19:05', '19:30', { name: 'Carl' }),
      ...{ odd: true as const, leftMs: Date.UTC(2090, 0, 1) },
    }
    const early = {
      ...imported('19:00', '19:20', { name: 'Vera' }),
      odd: true as const,
      atMs: Date.UTC(2020, 0, 1),
    }
    const { people, meetings, endedAtMs, latestMs } = derive([...rows, open, wrong, early])
    expect([meetings, endedAtMs, latestMs]).toEqual([
      [{ meeting: 'lesson', startedAtMs: null, endedAtMs: at('19:30') }],
      ...[at('19:30'), at('19:30')],
    ])
    const carl = people.find(({ name }) => name === 'Carl')?.connections[0]?.segments ?? []
    expect(carl.map(({ toMs, odd }) => [toMs, odd])).toEqual([
      [at('19:30'), undefined],
      [Date.UTC(2090, 0, 1), true],
    ])
    const base = (from: 'start' | 'first_guest') =>
      gatheringBase(
        { people, meetings },
        { rule: { kind: 'actual', from }, breaks: [] },
        { over: true, atMs: at('21:00') },
      )?.spans
    expect(base('start')).toEqual([{ fromMs: at('19:00'), toMs: at('19:30') }])
    expect(base('first_guest')).toEqual([{ fromMs: at('19:00'), toMs: at('19:30') }])
  })
})
