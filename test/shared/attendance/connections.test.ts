import { describe, expect, it } from 'vitest'
import {
  derive,
  presenceAt,
  type Connection,
  type Fact,
  type Person,
  type Segment,
} from '../../../shared/attendance/index.ts'
import {
  at,
  change,
  ended,
  joined,
  left,
  main,
  read,
  roleChanged,
  room,
  waiting,
} from '../../support/facts.ts'

const laptop = { segmentId: '16', participantUuid: 'A' }

function connectionsOf(facts: Fact[]): Connection[] {
  return derive(facts).people.flatMap((person) => person.connections)
}

/** The only person. */
function personOf(facts: Fact[]): Person {
  const [person, ...others] = derive(facts).people
  if (!person || others.length > 0)
    throw new Error(`expected one person, not ${others.length + (person ? 1 : 0)}`)
  return person
}

/** Segments of the only connection, short: "main 19:00 known – 20:00 known". */
function segmentsOf(facts: Fact[]): string[] {
  const connections = connectionsOf(facts)
  expect(connections).toHaveLength(1)
  return (connections[0]?.segments ?? []).map(written)
}
const clock = (ms: number): string => new Date(ms).toISOString().slice(11, 19).replace(/:00$/, '')
const written = ({ place, fromMs, from, toMs, to }: Segment): string =>
  `${place.kind} ${clock(fromMs)} ${from} – ${toMs === null ? to : `${clock(toMs)} ${to}`}`

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

describe('a panel', () => {
  it('proves presence at an instant and invents no join', () => {
    expect(segmentsOf([read('19:05', [['A', 'Anna']])])).toEqual(['main 19:05 seen – open'])
  })

  it('knows the join it was watching for', () => {
    const facts = [read('19:05', []), change('19:07', 'joined', ['A', 'Anna'])]
    expect(segmentsOf(facts)).toEqual(['main 19:07 known – open'])
    expect(segmentsOf([change('19:07', 'joined', ['A', 'Anna'])])).toEqual(['main 19:07 seen – open'])
  })

  it('last saw somebody before the first complete list without them', () => {
    const facts = [read('19:05', [['A', 'Anna']]), read('19:10', [['A', 'Anna']]), read('19:15', [])]
    expect(segmentsOf(facts)).toEqual(['main 19:05 seen – 19:10 seen'])
    expect(segmentsOf([...facts, read('19:20', [['A', 'Anna']])])[1]).toBe('main 19:20 seen – open')
  })

  it('knows the leave it was told of', () => {
    const facts = [
      read('19:05', [['A', 'Anna']]),
      read('19:09:59', []),
      change('19:10', 'left', ['A', 'Anna']),
    ]
    expect(segmentsOf(facts)).toEqual(['main 19:05 seen – 19:10 known'])
  })

  it('inside a breakout room says nothing about those it does not list', () => {
    const facts = [read('19:05', [['A', 'Anna']]), read('19:10', [], room('blue')), read('19:12', [])]
    expect(segmentsOf(facts)).toEqual(['main 19:05 seen – open'])
    expect(segmentsOf([...facts, read('19:20', [])])).toEqual(['main 19:05 seen – 19:05 seen'])
  })

  it('does not take somebody in a breakout room for gone', () => {
    const inRoom = { segmentId: '17', participantUuid: 'A', place: room('blue') }
    const facts = [
      read('19:05', [['A', 'Anna']]),
      joined('19:10', inRoom),
      read('19:15', []),
      left('19:20', inRoom),
    ]
    expect(segmentsOf([...facts, read('19:21', [['A', 'Anna']])])).toEqual([
      'main 19:05 seen – open',
      'breakout 19:10 known – 19:20 known',
    ])
  })

  it('takes a leave and a join in one moment for a change of role, under whatever uuid', () => {
    const facts = [
      read('19:05', [['A', 'Anna']]),
      change('19:10', 'left', ['A', 'Anna', 'attendee']),
      change('19:10:01', 'joined', ['B', 'Anna', 'cohost']),
    ]
    expect(segmentsOf(facts)).toEqual(['main 19:05 seen – open'])
    expect(derive(facts).people[0]?.role).toBe('cohost')
    expect(connectionsOf(facts)[0]?.roles.map(({ role }) => role)).toEqual(['attendee', 'cohost'])
  })

  it('does not make one of two phones that leave and join in one moment', () => {
    const facts = [change('19:10', 'left', ['A', 'iPhone']), change('19:10:01', 'joined', ['B', 'iPhone'])]
    expect(connectionsOf(facts)).toHaveLength(2)
  })

  it('ends the meeting unless somebody went on reading the list', () => {
    const facts = [read('19:05', [['A', 'Anna']]), ended('19:30', 'panel')]
    expect(segmentsOf(facts)).toEqual(['main 19:05 seen – 19:30 inferred'])
    expect(segmentsOf([...facts, read('19:40', [['A', 'Anna']])])).toEqual(['main 19:05 seen – open'])
  })
})

describe('webhooks and a panel together', () => {
  it('are one connection by participant uuid, and the webhook decides the times', () => {
    const facts = [read('19:05', [['A', 'Anna']]), joined('19:00', laptop), left('20:00', laptop)]
    expect(segmentsOf(facts)).toEqual(['main 19:00 known – 20:00 known'])
    expect(connectionsOf(facts)[0]?.witnesses).toEqual(['panel', 'webhook'])
  })

  it('do not resurrect somebody a slow list still shows after the leave', () => {
    const facts = [joined('19:00', laptop), left('20:00', laptop), read('20:00:03', [['A', 'Anna']])]
    expect(segmentsOf(facts)).toEqual(['main 19:00 known – 20:00 known'])
  })

  it('believe a panel that sees somebody well after the leave', () => {
    const facts = [joined('19:00', laptop), left('20:00', laptop), read('20:05', [['A', 'Anna']])]
    expect(segmentsOf(facts)).toEqual(['main 19:00 known – 20:00 known', 'main 20:05 seen – open'])
  })

  it('join what the panel saw to the leave a webhook told, when the join was before anybody listened', () => {
    const facts = [read('19:05', [['A', 'Anna']]), read('19:25', [['A', 'Anna']]), left('20:00', laptop)]
    expect(segmentsOf(facts)).toEqual(['main 19:05 seen – 20:00 known'])
  })

  it('match by name and time where webhooks name no participant uuid', () => {
    const facts = [
      joined('19:00', { segmentId: '16', name: 'ANNA  petrova' }),
      joined('19:01', { segmentId: '17', name: 'Anna Petrova' }),
      read('19:05', [
        ['A', 'Anna Petrova'],
        ['B', 'Anna Petrova'],
      ]),
    ]
    expect(connectionsOf(facts).map(({ keys }) => keys)).toEqual([
      ['lesson|p:A', 'lesson|s:16'],
      ['lesson|p:B', 'lesson|s:17'],
    ])
  })

  it('let one track cover several rows that follow one another, but not rows at another time', () => {
    const facts = [
      joined('19:00', { segmentId: '16' }),
      left('19:10', { segmentId: '16' }),
      joined('19:12', { segmentId: '17' }),
      joined('18:00', { segmentId: '15' }),
      left('18:30', { segmentId: '15' }),
      read('19:05', [['A', 'Anna']]),
      read('19:15', [['A', 'Anna']]),
    ]
    expect(connectionsOf(facts).map(({ keys }) => keys)).toEqual([
      ['lesson|s:15'],
      ['lesson|p:A', 'lesson|s:16', 'lesson|s:17'],
    ])
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

  it('take a change of role for a sighting when the join was never told', () => {
    const facts = [roleChanged('19:30', { ...laptop, oldRole: 'attendee', newRole: 'host', place: main })]
    expect(segmentsOf(facts)).toEqual(['main 19:30 seen – open'])
  })
})
