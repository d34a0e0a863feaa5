import { describe, expect, it } from 'vitest'
import { derive } from '../../../../shared/attendance/index.ts'
import { change, ended, joined, left, read, room } from '../../../support/facts.ts'
import { connectionsOf, laptop, segmentsOf } from '../derived.ts'

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
