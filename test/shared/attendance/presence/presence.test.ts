import { describe, expect, it } from 'vitest'
import { derive, presenceAt, summarise, type Fact, type Person } from '../../../../shared/attendance/index.ts'
import { at, ended, joined, left, read, room, waiting } from '../../../support/facts.ts'

const laptop = { segmentId: '16', participantUuid: 'A', zoomUserId: 'u1' }
const phone = { segmentId: '17', participantUuid: 'B', zoomUserId: 'u1', name: 'iPhone' }

function personOf(...facts: Fact[]): Person {
  const [person, ...others] = derive(facts).people
  if (!person || others.length > 0) throw new Error('the story is about exactly one person')
  return person
}

describe('presence', () => {
  it('counts a person once when phone and laptop overlap', () => {
    const person = personOf(
      joined('19:00', laptop),
      joined('19:30', phone),
      left('19:36', phone),
      left('20:00', laptop),
    )
    expect(presenceAt(person, at('21:00'))).toMatchObject({
      presentSeconds: 3_600,
      connectionsNow: 0,
      state: 'left',
    })
    expect(presenceAt(person, at('19:33'))).toMatchObject({
      presentSeconds: 1_980,
      connectionsNow: 2,
      state: 'here',
    })
  })

  it('grows while somebody is here, and has no last leave', () => {
    const person = personOf(joined('19:00', laptop))
    expect(presenceAt(person, at('19:10'))).toMatchObject({ presentSeconds: 600, lastLeaveMs: null })
    expect(presenceAt(person, at('19:20'))).toMatchObject({ presentSeconds: 1_200, firstJoinMs: at('19:00') })
  })

  it('leaves out the gap of a rejoin', () => {
    const again = { ...laptop, segmentId: '18' }
    const person = personOf(
      joined('19:00', laptop),
      left('19:20', laptop),
      joined('19:21:30', again),
      ended('20:00'),
    )
    const presence = presenceAt(person, at('20:00'))
    expect(presence.presentSeconds).toBe(3_600 - 90)
    expect(presence.stays).toHaveLength(2)
  })

  it('keeps waiting apart', () => {
    const waits = { ...laptop, place: waiting }
    const person = personOf(
      joined('18:51', waits),
      left('19:00', waits),
      joined('19:00', laptop),
      left('20:00', laptop),
    )
    const presence = presenceAt(person, at('20:00'))
    expect(presence).toMatchObject({ presentSeconds: 3_600, waitingSeconds: 540, firstJoinMs: at('19:00') })
    expect(presence.stays.map(({ place }) => place)).toEqual(['waiting', 'main'])
  })

  it('draws a breakout room in the middle of the main room, with no moment twice', () => {
    const inRoom = { segmentId: '18', parentSegmentId: '16', zoomUserId: 'u1', place: room('blue') }
    const person = personOf(
      joined('19:00', laptop),
      joined('19:20', inRoom),
      left('19:30', inRoom),
      left('20:00', laptop),
    )
    expect(presenceAt(person, at('20:00')).stays).toEqual([
      { place: 'main', fromMs: at('19:00'), from: 'known', toMs: at('19:20'), to: 'inferred' },
      { place: 'breakout', fromMs: at('19:20'), from: 'known', toMs: at('19:30'), to: 'known' },
      { place: 'main', fromMs: at('19:30'), from: 'known', toMs: at('20:00'), to: 'known' },
    ])
  })

  it('says when the first join was not seen', () => {
    expect(presenceAt(personOf(read('19:05', [['A', 'Anna']])), at('19:10'))).toMatchObject({
      firstJoinMs: at('19:05'),
      firstJoinKnown: false,
      presentSeconds: 300,
    })
  })

  it('knows nothing yet of what happens after the instant asked for', () => {
    const person = personOf(joined('19:00', laptop), left('20:00', laptop))
    expect(presenceAt(person, at('18:00'))).toMatchObject({
      state: 'left',
      presentSeconds: 0,
      firstJoinMs: null,
    })
    expect(presenceAt(person, at('19:30'))).toMatchObject({ state: 'here', presentSeconds: 1_800 })
  })
})

describe('the sum of a list', () => {
  it('is all zero for nobody', () => {
    expect(Object.values(summarise([], 0)).every((count) => count === 0)).toBe(true)
  })

  it('counts people, connections and those waiting apart, and confidences of those who came', () => {
    const facts = [
      ...[joined('19:00', laptop), joined('19:01', phone)],
      ...[
        joined('19:00', { segmentId: '20', name: 'Boris' }),
        left('19:30', { segmentId: '20', name: 'Boris' }),
      ],
      joined('19:02', { segmentId: '21', name: 'iPhone' }),
      joined('19:03', { segmentId: '22', name: 'Vera', place: waiting }),
    ]
    expect(summarise(derive(facts).people, at('19:40'))).toEqual({
      ...{ here: 2, came: 3, left: 1, waiting: 1, connections: 3 },
      ...{ certain: 1, likely: 1, unidentified: 1, conflicts: 0 },
    })
  })
})
