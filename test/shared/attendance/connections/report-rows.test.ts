import { describe, expect, it } from 'vitest'
import { derive, presenceAt, type Fact } from '../../../../shared/attendance/index.ts'
import { at, change, ended, joined, left, list, listed, read, room, waiting } from '../../../support/facts.ts'

const connections = (facts: readonly Fact[]) => derive(facts).people.flatMap((person) => person.connections)
const only = (facts: readonly Fact[]) => {
  const all = connections(facts)
  expect(all).toHaveLength(1)
  return all[0]?.segments.map(({ place, fromMs, toMs, to }) => ({ place: place.kind, fromMs, toMs, to }))
}
const stretch = (from: string, to: string, place = 'main', end = 'known') => ({
  ...{ place, fromMs: at(from), toMs: at(to), to: end },
})

describe('times', () => {
  it('are those of the list for the connections it lists, and an open stretch is closed by it', () => {
    const facts = [
      joined('19:00', { segmentId: '16' }),
      ...list('20:05', [listed('19:00:02', '19:50', { segmentId: '16' })]),
    ]
    expect(only(facts)).toEqual([stretch('19:00:02', '19:50')])
  })

  it('keep what was told live outside the rows, without slivers', () => {
    const facts = [
      joined('18:55', { segmentId: '15', participantUuid: 'A', place: waiting }),
      joined('19:00', { segmentId: '16', participantUuid: 'A' }),
      left('19:20:01', { segmentId: '16', participantUuid: 'A' }),
      joined('19:30', { segmentId: '17', participantUuid: 'A' }),
      left('19:40', { segmentId: '17', participantUuid: 'A' }),
      ended('20:00'),
      ...list('20:05', [listed('19:00', '19:20', { segmentId: '16' })]),
    ]
    expect(only(facts)).toEqual([
      stretch('18:55', '19:00', 'waiting', 'inferred'),
      stretch('19:00', '19:20'),
      stretch('19:30', '19:40'),
    ])
  })

  it('are not taken away by a row without length', () => {
    const facts = [
      joined('19:00', { segmentId: '16' }),
      left('19:40', { segmentId: '16' }),
      ...list('20:05', [listed('19:00', '19:00', { segmentId: '16' })]),
    ]
    const [person] = derive(facts).people
    expect(person && presenceAt(person, at('21:00')).presentSeconds).toBe(2_400)
  })

  it('of people only seen live stay, and end with the meeting', () => {
    const facts = [
      joined('19:00', { segmentId: '16' }),
      ...list('20:05', [listed('19:10', '19:50', { segmentId: '20', name: 'Bob' })]),
    ]
    expect(connections(facts).map(({ segments }) => segments[0]?.toMs)).toEqual([at('19:50'), at('19:50')])
  })
})

describe('rows chain', () => {
  it('when one begins where the other ends, under one name', () => {
    const facts = list('20:05', [
      listed('19:00', '19:10', { segmentId: '16', zoomUserId: 'u1' }),
      listed('19:10:02', '19:20', { segmentId: '17', place: room('blue') }),
      listed('19:19:59', '19:50', { segmentId: '18', zoomUserId: 'u1' }),
    ])
    expect(only(facts)).toHaveLength(3)
  })

  it('not when a strong key differs, the name differs, or more than two seconds lie between', () => {
    for (const other of [
      listed('19:10', '19:20', { segmentId: '17', zoomUserId: 'u2' }),
      listed('19:10', '19:20', { segmentId: '17', name: 'Bob' }),
      listed('19:10:03', '19:20', { segmentId: '17' }),
    ])
      expect(
        connections(list('20:05', [listed('19:00', '19:10', { segmentId: '16', zoomUserId: 'u1' }), other])),
      ).toHaveLength(2)
  })

  it('one to one, each with the row of its own account', () => {
    const facts = list('20:05', [
      listed('19:00', '19:10', { segmentId: '16', email: 'a@example.test' }),
      listed('19:00', '19:10', { segmentId: '17', email: 'b@example.test' }),
      listed('19:10', '19:20', { segmentId: '18', email: 'b@example.test' }),
      listed('19:10', '19:20', { segmentId: '19' }),
    ])
    expect(connections(facts).map(({ keys }) => keys)).toEqual([
      ['lesson|s:16', 'lesson|s:19'],
      ['lesson|s:17', 'lesson|s:18'],
    ])
  })

  it('under a generic name only between a breakout room and elsewhere, and only when nobody else fits', () => {
    const phone = { name: 'iPhone' }
    const [before, inRoom] = [
      listed('19:00', '19:10', { segmentId: '16', ...phone }),
      listed('19:10', '19:20', { segmentId: '17', ...phone, place: room('blue') }),
    ]
    expect(connections(list('20:05', [before, inRoom]))).toHaveLength(1)
    const rejoin = listed('19:10', '19:20', { segmentId: '17', ...phone })
    expect(connections(list('20:05', [before, rejoin]))).toHaveLength(2)
    const another = listed('19:05', '19:10', { segmentId: '18', ...phone })
    expect(connections(list('20:05', [before, another, inRoom]))).toHaveLength(3)
  })
})

describe('rows meet what was seen live', () => {
  it('a panel that knows only uuids: by name and time', () => {
    const facts = [
      read('19:05', [
        ['A', 'Anna'],
        ['B', 'iPhone'],
      ]),
      change('19:30', 'left', ['B', 'iPhone']),
      ...list('20:05', [
        listed('19:01', '19:50', { segmentId: '16' }),
        listed('19:02', '19:30', { segmentId: '17', name: 'iPhone' }),
      ]),
    ]
    expect(connections(facts).map(({ keys }) => keys)).toEqual([
      ['lesson|p:A', 'lesson|s:16'],
      ['lesson|p:B', 'lesson|s:17'],
    ])
  })

  it('webhooks, though the list has no ids: by name and time, each once', () => {
    const phone = { name: 'iPhone' }
    const facts = [
      joined('19:00', { segmentId: '16', participantUuid: 'A', ...phone }),
      joined('19:20', { segmentId: '17', participantUuid: 'B', ...phone }),
      ...list('20:05', [listed('19:00:01', '19:50', phone), listed('19:20:01', '19:51', phone)]),
    ]
    expect(connections(facts)).toHaveLength(2)
  })

  it('and bring addresses and accounts as strong keys', () => {
    const facts = [
      joined('19:00', { segmentId: '16' }),
      ...list('20:05', [listed('19:00', '19:50', { segmentId: '16', email: 'a@example.test' })]),
    ]
    const [person] = derive(facts).people
    expect(person).toMatchObject({
      email: 'a@example.test',
      identity: { rule: 'email', confidence: 'certain' },
    })
  })
})

it('names a row without ids by what another reading repeats, and puts no name into the key', () => {
  const row = listed('19:00', '19:50', { name: 'Мария' })
  const [one, again] = [list('20:05', [row], 'a'), list('20:09', [row], 'b')].map(
    (facts) => connections(facts)[0]?.keys,
  )
  expect(one).toEqual(again)
  expect(one?.[0]).toMatch(/^lesson\|t:\d+-\d+-[a-z0-9]+$/)
})

it('keeps the name somebody took during the meeting, whatever the list calls them', () => {
  const facts = [
    joined('19:00', { segmentId: '16', participantUuid: 'A', name: 'Zed' }),
    read('19:10', [['A', 'Anna']]),
    ...list('20:05', [listed('19:00', '19:50', { segmentId: '16', name: 'Zed' })]),
  ]
  expect(derive(facts).people[0]?.name).toBe('Anna')
})
