import { expect, it } from 'vitest'
import { derive, differences, isSeenLiveOnly, type Fact } from '../../../shared/attendance/index.ts'
import { at, ended, joined, left, list, listed, waiting } from '../../support/facts.ts'

const compare = (live: readonly Fact[], reported: readonly Fact[]) => {
  const now = derive([...live, ...reported])
  const { entries, unchanged } = differences(derive(live).people, now.people, at('21:00'), now.reports)
  return {
    unchanged,
    entries: entries.map(({ kind, person, live: then, others, liveSeconds, seconds }) => ({
      ...{ kind, name: person.name, then: then.length, others: others.map(({ name }) => name) },
      ...{ liveSeconds, seconds },
    })),
  }
}
const attended = (segmentId: string, name: string, to: string, keys = {}): Fact[] => [
  joined('19:00', { segmentId, name, ...keys }),
  left(to, { segmentId, name, ...keys }),
]

it('tells who was added, whose minutes changed and who is not in the list, and counts the rest', () => {
  const live = [
    ...attended('16', 'Anna', '19:40'),
    ...attended('17', 'Bob', '19:40'),
    ...attended('18', 'Vera', '19:40'),
    joined('19:00', { segmentId: '19', name: 'Ivan', place: waiting }),
    ended('20:00'),
  ]
  const reported = list('20:05', [
    listed('19:00', '19:40:59', { segmentId: '16', name: 'Anna' }),
    listed('19:00', '19:41', { segmentId: '17', name: 'Bob' }),
    listed('19:10', '19:20', { segmentId: '30', name: 'Мария' }),
    listed('19:10', '19:20', { segmentId: '31', name: 'Lars', place: waiting }),
  ])
  expect(compare(live, reported)).toEqual({
    unchanged: 2,
    entries: [
      { kind: 'minutes_changed', name: 'Bob', then: 1, others: [], liveSeconds: 2_400, seconds: 2_460 },
      { kind: 'not_in_report', name: 'Vera', then: 1, others: [], liveSeconds: 2_400, seconds: 2_400 },
      { kind: 'added', name: 'Мария', then: 0, others: [], liveSeconds: null, seconds: 600 },
    ],
  })
})

it('names those who became one', () => {
  const live = [...attended('16', 'Anna', '19:40'), ...attended('17', 'iPhone', '19:30')]
  const account = { zoomUserId: 'u1' }
  const reported = list('20:05', [
    listed('19:00', '19:40', { segmentId: '16', ...account }),
    listed('19:00', '19:30', { segmentId: '17', name: 'iPhone', ...account }),
  ])
  expect(compare(live, reported)).toEqual({
    unchanged: 0,
    entries: [
      {
        kind: 'merged',
        name: 'Anna',
        then: 2,
        others: ['Anna', 'iPhone'],
        liveSeconds: 2_400,
        seconds: 2_400,
      },
    ],
  })
})

it('names those whom one became', () => {
  const live = [...attended('16', 'Anna', '19:40'), ...attended('17', 'Anna', '19:30')]
  const reported = list('20:05', [
    listed('19:00', '19:40', { segmentId: '16', email: 'a@example.test' }),
    listed('19:00', '19:30', { segmentId: '17', email: 'b@example.test' }),
  ])
  expect(compare(live, reported).entries).toMatchObject([
    { kind: 'split', then: 1, others: ['Anna', 'Anna'] },
  ])
})

it('finds nothing different in the same people', () => {
  const live = attended('16', 'Anna', '19:40')
  expect(compare(live, [])).toEqual({ unchanged: 1, entries: [] })
  expect(differences([], [], 0, [])).toEqual({ unchanged: 0, entries: [] })
})

it('means only meetings that have a list when it says that somebody was only seen live', () => {
  const other = { segmentId: '16', meeting: 'second part' }
  const facts = [
    joined('19:00', { segmentId: '16', name: 'Anna' }),
    joined('20:10', { ...other, name: 'Bob' }),
    joined('19:00', { segmentId: '17', name: 'Vera', place: waiting }),
    ...list('21:00', [listed('19:00', '19:50', { segmentId: '40', name: 'Lars' })]),
  ]
  const { people, reports } = derive(facts)
  const seenOnly = people.filter((person) => isSeenLiveOnly(person, reports)).map(({ name }) => name)
  expect(seenOnly).toEqual(['Anna'])
})
