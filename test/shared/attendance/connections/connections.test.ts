import { describe, expect, it } from 'vitest'
import { derive, presenceAt } from '../../../../shared/attendance/index.ts'
import { at, ended, joined, left, main, read, roleChanged, room, waiting } from '../../../support/facts.ts'
import { connectionsOf, laptop, personOf, segmentsOf } from '../derived.ts'

describe('joins and leaves that webhooks tell', () => {
  it('make a segment, whichever arrives first', () => {
    const facts = [joined('19:00', laptop), left('20:00', laptop)]
    expect(segmentsOf(facts)).toEqual(['main 19:00 known – 20:00 known'])
    expect(segmentsOf(facts.toReversed())).toEqual(['main 19:00 known – 20:00 known'])
  })

  it('count once when a delivery is told again under another key', () => {
    const facts = [
      joined('19:00', laptop),
      joined('19:00', laptop),
      left('20:00', laptop),
      left('20:00', laptop),
    ]
    expect(segmentsOf(facts)).toEqual(['main 19:00 known – 20:00 known'])
  })

  it('keep a leave without its join as an instant and invent no join', () => {
    expect(segmentsOf([left('20:00', laptop)])).toEqual(['main 20:00 seen – 20:00 known'])
  })

  it('keep the join when Zoom reports an end before it', () => {
    expect(segmentsOf([joined('19:00', laptop), left('18:59:59', laptop)])).toEqual([
      'main 19:00 known – 19:00 known',
    ])
  })

  it('leave a segment open while nobody told its end, and close it with the meeting', () => {
    expect(segmentsOf([joined('19:00', laptop)])).toEqual(['main 19:00 known – open'])
    expect(segmentsOf([joined('19:00', laptop), ended('20:30')])).toEqual([
      'main 19:00 known – 20:30 inferred',
    ])
  })

  it('chain a rejoin under the same participant uuid into one connection with a gap', () => {
    const again = { segmentId: '17', participantUuid: 'A' }
    expect(segmentsOf([joined('19:00', laptop), left('19:20', laptop), joined('19:21:30', again)])).toEqual([
      'main 19:00 known – 19:20 known',
      'main 19:21:30 known – open',
    ])
  })

  it('keep somebody here who drops and is back before Zoom notices that the line was lost', () => {
    const again = { segmentId: '17', participantUuid: 'A' }
    for (const back of ['19:19', '19:19:59', '19:20:00']) {
      const facts = [joined('19:00', laptop), left('19:20', laptop), joined(back, again)]
      expect(segmentsOf(facts).at(-1)).toBe(`main ${back.replace(/:00$/, '')} known – open`)
      expect(segmentsOf([...facts, left('19:40', again)]).at(-1)).toMatch(/known – 19:40 known$/)
    }
  })

  it('end a segment whose leave was lost where the same device joins again', () => {
    const again = { segmentId: '17', participantUuid: 'A' }
    expect(segmentsOf([joined('19:00', laptop), joined('19:30', again), left('20:00', again)])).toEqual([
      'main 19:00 known – 19:30 inferred',
      'main 19:30 known – 20:00 known',
    ])
  })

  it('pair rows that carry no segment id by participant uuid, rejoins included', () => {
    const phone = { participantUuid: 'A' }
    const facts = [joined('19:00', phone), left('19:10', phone), joined('19:20', phone), left('19:30', phone)]
    expect(segmentsOf(facts.toReversed())).toEqual([
      'main 19:00 known – 19:10 known',
      'main 19:20 known – 19:30 known',
    ])
  })

  it('never match across meetings', () => {
    const facts = [joined('19:00', laptop), joined('20:00', { ...laptop, meeting: 'restarted' })]
    expect(connectionsOf(facts).map((connection) => connection.keys)).toEqual([
      ['lesson|p:A', 'lesson|s:16'],
      ['restarted|p:A', 'restarted|s:16'],
    ])
  })
})

describe('breakout rooms', () => {
  const inRoom = { segmentId: '17', parentSegmentId: '16', place: room('blue') }

  it('chain to the main-room row they came from, even without a participant uuid', () => {
    const facts = [joined('19:00', { segmentId: '16' }), joined('19:30', inRoom), left('19:40', inRoom)]
    expect(segmentsOf(facts)).toEqual(['main 19:00 known – open', 'breakout 19:30 known – 19:40 known'])
    expect(presenceAt(personOf(facts), at('19:45')).state).toBe('here')
  })

  it('do not count twice when the main row goes on beside them', () => {
    const facts = [
      joined('19:00', laptop),
      joined('19:30', inRoom),
      left('19:40', inRoom),
      left('20:00', laptop),
    ]
    expect(presenceAt(personOf(facts), at('20:00')).presentSeconds).toBe(3_600)
  })

  it('keep somebody here when Zoom tells a main-room leave for the move, even a second late', () => {
    const facts = [joined('19:00', laptop), joined('19:30', inRoom), left('19:30:01', laptop)]
    expect(segmentsOf(facts)).toEqual(['main 19:00 known – 19:30:01 known', 'breakout 19:30 known – open'])
    const back = joined('19:40', { segmentId: '18', participantUuid: 'A' })
    expect(presenceAt(personOf([...facts, left('19:40', inRoom), back]), at('19:50'))).toMatchObject({
      state: 'here',
      presentSeconds: 3_000,
    })
  })

  it('end with a main-room leave told later: the person left the meeting out of the room', () => {
    const facts = [joined('19:00', laptop), joined('19:30', inRoom), left('19:45', laptop)]
    expect(segmentsOf(facts)).toEqual([
      'main 19:00 known – 19:45 known',
      'breakout 19:30 known – 19:45 inferred',
    ])
    expect(presenceAt(personOf(facts), at('19:50')).state).toBe('left')
  })
})

describe('the waiting room', () => {
  const waits = { ...laptop, place: waiting }

  it('ends at admission, whether its own leave is told or not', () => {
    expect(segmentsOf([joined('18:55', waits), joined('19:00', laptop)])).toEqual([
      'waiting 18:55 known – 19:00 inferred',
      'main 19:00 known – open',
    ])
  })

  it('ends without anybody coming in when they give up', () => {
    const facts = [joined('18:55', waits), left('19:05', waits)]
    expect(presenceAt(personOf(facts), at('19:10'))).toMatchObject({
      state: 'left',
      firstJoinMs: null,
      waitingSeconds: 600,
    })
  })

  it('ends presence when the host sends somebody back', () => {
    const facts = [joined('19:00', laptop), joined('19:20', { ...waits, segmentId: '17' })]
    expect(segmentsOf(facts)[0]).toBe('main 19:00 known – 19:20 inferred')
    expect(presenceAt(personOf(facts), at('19:30')).state).toBe('waiting')
  })
})

describe('names and roles', () => {
  it('keep both names of a rename, with the instant the new one was first seen', () => {
    const facts = [
      joined('19:00', { ...laptop, name: 'iPhone' }),
      read('19:07', [['A', 'Мария Иванова']]),
      read('19:08', [['A', 'Мария Иванова']]),
    ]
    expect(derive(facts).people[0]).toMatchObject({
      name: 'Мария Иванова',
      names: [
        { name: 'iPhone', fromMs: at('19:00') },
        { name: 'Мария Иванова', fromMs: at('19:07') },
      ],
      identity: { confidence: 'likely' },
    })
  })

  it('tell the role as a timeline, with what a change says of the time before it', () => {
    const facts = [
      joined('19:00', laptop),
      roleChanged('19:30', { ...laptop, oldRole: 'attendee', newRole: 'cohost' }),
    ]
    expect(connectionsOf(facts)[0]?.roles).toEqual([
      { role: 'attendee', fromMs: at('19:00') },
      { role: 'cohost', fromMs: at('19:30') },
    ])
    expect(connectionsOf([joined('19:00', laptop)])[0]?.roles).toEqual([])
    expect(derive([joined('19:00', laptop)]).people[0]?.role).toBe('unknown')
  })

  it('take the owner of the meeting for its host, as long as nobody tells another role', () => {
    const own = joined('19:00', { ...laptop, owner: true })
    expect(connectionsOf([own])[0]?.roles).toEqual([{ role: 'host', fromMs: at('19:00') }])
    const handedOver = roleChanged('19:30', { ...laptop, oldRole: 'unknown', newRole: 'attendee' })
    expect(derive([own, handedOver]).people[0]?.role).toBe('attendee')
  })

  it('take a change of role for a sighting when the join was never told', () => {
    const facts = [roleChanged('19:30', { ...laptop, oldRole: 'attendee', newRole: 'host', place: main })]
    expect(segmentsOf(facts)).toEqual(['main 19:30 seen – open'])
  })
})
