import { describe, expect, it } from 'vitest'
import { defaultThresholds, standingOf, type Attendee } from '../../../../shared/attendance/index.ts'
import { at } from '../../../support/facts.ts'
import { attendee, span, stay } from '../attendees.ts'

const evening = [span('18:00', '20:00')]
const withBreak = [span('18:00', '18:50'), span('19:10', '20:00')]
const over = { over: true, atMs: at('21:00') }
const during = (time: string) => ({ over: false, atMs: at(time) })

const stand = (one: Attendee, base: typeof evening | null = evening, now = over, thresholds = {}) =>
  standingOf(one, base, { ...defaultThresholds, ...thresholds }, now)
const statuses = (...parts: Parameters<typeof stand>) => stand(...parts).statuses

describe('a share of a gathering', () => {
  it('is presence inside the base: 82 of 108 minutes is 75.9 %, and waiting is none of it', () => {
    const base = [span('18:04', '19:52')]
    const student = attendee([
      stay('17:55', '18:04', { place: 'waiting' }),
      stay('18:04', '18:34'),
      stay('18:40', '19:10', { place: 'breakout' }),
      stay('19:20', '19:42'),
    ])
    expect(stand(student, base)).toMatchObject({ share: 0.759, meetsMinimum: true, secondsToLine: 60 })
  })

  it('of 74.96 % is told as 74.9 % and fails 75 %', () => {
    expect(stand(attendee([stay('18:00', '19:29:57')]))).toMatchObject({
      share: 0.749,
      meetsMinimum: false,
      secondsToLine: -3,
      byHost: false,
    })
  })

  it('is not told while the meeting runs, unless a window that is the base has passed', () => {
    const anna = attendee([stay('18:00', '')])
    const running = stand(anna, [span('18:00', '19:00')], during('19:00'))
    expect(running).toMatchObject({ share: null, meetsMinimum: null, secondsToLine: null })
    expect(stand(anna, [span('18:00', '19:00')], during('19:30'))).toMatchObject({
      share: 1,
      meetsMinimum: true,
    })
  })

  it('is not told when nothing says what 100 % is', () => {
    for (const base of [null, []])
      expect(stand(attendee([stay('18:00', '20:00')]), base)).toEqual({
        share: null,
        meetsMinimum: null,
        secondsToLine: null,
        byHost: false,
        statuses: ['present'],
      })
  })
})

describe('a status', () => {
  it('present means here now while the meeting runs, and having been there afterwards', () => {
    const gone = attendee([stay('18:00', '18:30')])
    expect(statuses(gone, evening, during('18:20'))).toEqual(['present'])
    expect(statuses(gone, evening, during('18:30'))).toEqual([])
    expect(statuses(attendee([stay('18:00', '')]), evening, during('19:00'))).toEqual(['present'])
    expect(statuses(gone)).toEqual(['present', 'left_early'])
  })

  it('late begins one moment after the threshold, and never where nobody saw the join', () => {
    expect(statuses(attendee([stay('18:05', '20:00')]))).toEqual(['present'])
    expect(statuses(attendee([stay('18:05:01', '20:00')]))).toEqual(['present', 'late'])
    expect(statuses(attendee([stay('18:40', '20:00', { from: 'seen' })]))).toEqual(['present'])
    expect(statuses(attendee([stay('18:40', '')]), evening, during('19:00'))).toEqual(['present', 'late'])
  })

  it('late looks at the first stay that reaches into the base, so a visit before it excuses nobody', () => {
    expect(statuses(attendee([stay('17:40', '17:50'), stay('18:30', '20:00')]))).toEqual(['present', 'late'])
    expect(statuses(attendee([stay('20:30', '20:40')]))).toEqual(['present', 'late'])
  })

  it('left early is told once the meeting is over, of a last stay that ended before the threshold', () => {
    const early = attendee([stay('18:00', '19:54:59')])
    expect(statuses(early)).toEqual(['present', 'left_early'])
    expect(statuses(early, evening, during('19:58'))).toEqual([])
    expect(statuses(attendee([stay('18:00', '19:55')]))).toEqual(['present'])
    expect(statuses(attendee([stay('18:00', '19:00'), stay('20:10', '20:20')]))).toEqual([
      'present',
      'left_early',
    ])
    expect(statuses(attendee([stay('18:00', '')]))).toEqual(['present'])
  })

  it('returned needs a gap of the threshold inside the base: a break is none, nor is a change of rooms', () => {
    expect(statuses(attendee([stay('18:00', '18:30'), stay('18:35', '20:00')]))).toEqual([
      'present',
      'returned',
    ])
    expect(statuses(attendee([stay('18:00', '18:30'), stay('18:34:59', '20:00')]))).toEqual(['present'])
    expect(statuses(attendee([stay('18:00', '18:50'), stay('19:10', '20:00')]), withBreak)).toEqual([
      'present',
    ])
    expect(statuses(attendee([stay('18:00', '18:45'), stay('19:10', '20:00')]), withBreak)).toEqual([
      'present',
      'returned',
    ])
    const rooms = [
      stay('18:00', '18:30'),
      stay('18:30', '19:00', { place: 'breakout' }),
      stay('19:00', '20:00'),
    ]
    expect(statuses(attendee(rooms), evening, over, { returnedAfterSeconds: 0 })).toEqual(['present'])
    const again = [
      stay('18:00', '18:30'),
      stay('18:30', '18:40', { place: 'waiting' }),
      stay('18:40', '20:00'),
    ]
    expect(statuses(attendee(again))).toEqual(['present', 'returned'])
  })

  it('waiting room only excludes presence; absent is whoever was expected and never came, once it is over', () => {
    const waited = attendee([stay('18:00', '18:10', { place: 'waiting' })], { expected: true })
    expect(statuses(waited)).toEqual(['waiting_room_only'])
    expect(statuses(attendee([], { expected: true }))).toEqual(['absent'])
    expect(statuses(attendee([], { expected: true }), evening, during('19:00'))).toEqual([])
    expect(statuses(attendee([]))).toEqual([])
  })

  it('walk-in is whoever came without being expected, but hosts and panelists are no walk-ins', () => {
    const came = [stay('18:00', '20:00')]
    expect(statuses(attendee(came, { expected: false }))).toEqual(['present', 'walk_in'])
    expect(statuses(attendee(came, { expected: true }))).toEqual(['present'])
    expect(statuses(attendee([], { expected: false }))).toEqual([])
    for (const role of ['host', 'cohost', 'panelist'] as const)
      expect(statuses(attendee(came, { expected: false, role }))).toEqual(['present'])
  })

  it('unidentified and conflict say how sure we are, beside everything else', () => {
    const late = [stay('18:10', '20:00')]
    expect(statuses(attendee(late, { confidence: 'unidentified' }))).toEqual([
      'present',
      'late',
      'unidentified',
    ])
    expect(statuses(attendee(late, { confidence: 'conflict' }))).toEqual(['present', 'late', 'conflict'])
  })

  it('of a stay without length is told as of any other, and of a stay of two years, too', () => {
    expect(statuses(attendee([stay('18:00', '18:00')]))).toEqual(['present', 'left_early'])
    const years = stay('18:00', '', {
      fromMs: at('18:00') - 63_072_000_000,
      toMs: at('20:00') + 63_072_000_000,
    })
    expect(stand(attendee([years]))).toMatchObject({ share: 1, statuses: ['present'] })
  })
})

describe("a host's mark", () => {
  const present = { mark: 'present' } as const
  const absent = { mark: 'absent' } as const

  it('present meets the minimum and takes the place of absent and of waiting room only', () => {
    expect(stand(attendee([], { mark: present, expected: true }))).toEqual({
      share: 0,
      meetsMinimum: true,
      secondsToLine: -5400,
      byHost: true,
      statuses: ['present'],
    })
    const waited = attendee([stay('18:00', '18:10', { place: 'waiting' })], { mark: present })
    expect(statuses(waited)).toEqual(['present'])
    expect(statuses(attendee([], { mark: present, expected: false }))).toEqual(['present', 'walk_in'])
  })

  it('absent fails the minimum and silences what only somebody present can be; presence stays as it is', () => {
    const late = attendee([stay('18:10', '20:00')], {
      mark: absent,
      confidence: 'unidentified',
      expected: false,
    })
    expect(stand(late)).toEqual({
      share: 0.916,
      meetsMinimum: false,
      secondsToLine: 1200,
      byHost: true,
      statuses: ['absent', 'unidentified'],
    })
  })

  it('decides while the meeting still runs, too', () => {
    const anna = attendee([stay('18:00', '')], { mark: absent })
    expect(stand(anna, evening, during('19:00'))).toMatchObject({ meetsMinimum: false, statuses: ['absent'] })
  })
})
