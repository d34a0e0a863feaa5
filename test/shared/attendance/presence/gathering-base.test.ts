import { describe, expect, it } from 'vitest'
import {
  derive,
  gatheringBase,
  type BaseRule,
  type Fact,
  type Span,
} from '../../../../shared/attendance/index.ts'
import { at, ended, joined, left, roleChanged, started, waiting } from '../../../support/facts.ts'
import { span } from '../attendees.ts'

const fromStart: BaseRule = { kind: 'actual', from: 'start' }
const fromGuest: BaseRule = { kind: 'actual', from: 'first_guest' }
const over = { over: true, atMs: at('22:00') }

const baseOfFacts = (facts: Fact[], rule: BaseRule, breaks: Span[] = [], now = over) =>
  gatheringBase(derive(facts), { rule, breaks }, now)
const spansOf = (...parts: Parameters<typeof baseOfFacts>) => baseOfFacts(...parts)?.spans ?? null

const host = { segmentId: '1', name: 'Olga' }
const isHost = roleChanged('17:40', { ...host, oldRole: 'unknown', newRole: 'host' })
/** The host is in the room from 17:40, guests come at 18:04. */
const lesson = [
  started('17:40'),
  joined('17:40', host),
  isHost,
  joined('17:50', { segmentId: '2', name: 'Anna', place: waiting }),
  left('18:04', { segmentId: '2', name: 'Anna', place: waiting }),
  joined('18:04', { segmentId: '3', name: 'Anna' }),
]
const whole = [...lesson, ended('19:52')]

describe('the base of a gathering', () => {
  it('is the meeting from its start, or from the first guest: waiting is no presence, and the host is no guest', () => {
    expect(baseOfFacts(whole, fromStart)).toEqual({
      kind: 'actual',
      spans: [span('17:40', '19:52')],
      seconds: 132 * 60,
      isSettled: true,
    })
    expect(baseOfFacts(whole, fromGuest)).toMatchObject({
      kind: 'first_guest',
      spans: [span('18:04', '19:52')],
      seconds: 108 * 60,
    })
  })

  it('leaves the breaks out, of which 18:50–19:10 makes two stretches', () => {
    expect(baseOfFacts(whole, fromGuest, [span('18:50', '19:10')])).toMatchObject({
      spans: [span('18:04', '18:50'), span('19:10', '19:52')],
      seconds: 88 * 60,
    })
  })

  it('begins at the start as long as only the host came', () => {
    const alone = [started('17:40'), joined('17:40', host), isHost, ended('19:00')]
    expect(spansOf(alone, fromGuest)).toEqual([span('17:40', '19:00')])
  })

  it('is what presence says where the end is told to lie before the start', () => {
    const anna = { segmentId: '1', name: 'Anna' }
    const jumped = [started('19:00'), joined('19:05', anna), left('19:50', anna), ended('18:59')]
    expect(spansOf(jumped, fromStart)).toEqual([span('19:05', '19:50')])
    expect(spansOf([started('19:00'), ended('18:59')], fromStart)).toBeNull()
  })

  it('is the union of the meetings of a restart, so the minutes between count for nobody', () => {
    const again = { segmentId: '9', name: 'Anna', meeting: 'again' }
    const restart = [
      ...whole,
      { ...started('19:55'), meeting: 'again' },
      joined('19:56', again),
      { ...ended('20:10'), meeting: 'again' },
    ]
    expect(spansOf(restart, fromGuest)).toEqual([span('18:04', '19:52'), span('19:55', '20:10')])
  })

  it('takes the first and the last presence for a start or an end that nobody told', () => {
    const untold = [joined('18:07', host), left('19:30', host)]
    expect(spansOf(untold, fromStart)).toEqual([span('18:07', '19:30')])
  })

  it('ends now while the meeting runs, and is not settled', () => {
    const running = { over: false, atMs: at('19:00') }
    expect(baseOfFacts(lesson, fromStart, [], running)).toMatchObject({
      spans: [span('17:40', '19:00')],
      isSettled: false,
    })
    const window: BaseRule = { kind: 'window', windows: [span('18:00', '18:45')] }
    expect(baseOfFacts(lesson, window, [], running)).toMatchObject({ kind: 'window', isSettled: true })
  })

  it('is what was planned, once however often it was planned, and nothing where nobody told', () => {
    const planned = [span('18:00', '20:00'), span('18:00', '20:00')]
    expect(baseOfFacts(whole, { kind: 'scheduled', planned })).toMatchObject({
      kind: 'scheduled',
      spans: [span('18:00', '20:00')],
    })
    expect(baseOfFacts(whole, { kind: 'scheduled', planned: [] })).toBeNull()
  })

  it('is nothing before anybody came, when clocks turn back, and when breaks take it all', () => {
    expect(baseOfFacts([], fromStart)).toBeNull()
    expect(baseOfFacts([started('19:00'), ended('18:00')], fromStart)).toBeNull()
    expect(baseOfFacts(whole, fromStart, [span('17:00', '20:00')])).toBeNull()
  })
})
