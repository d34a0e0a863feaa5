import { describe, expect, it } from 'vitest'
import { toFacts } from '../../../server/ingest/index.ts'
import { RollbookError } from '../../../server/errors.ts'
import { ObservationRequest, type Observation } from '../../../shared/wire/index.ts'

const NOW = 1_789_373_000_000
const DAY = 24 * 3600 * 1000
const ewa = { participantUuid: '66F70819-3333', name: 'Ewa Nowak', role: 'attendee' } as const

/** The panel's clock is `fastMs` ahead of ours. */
function told(observations: Observation[], fastMs = 0) {
  const request = ObservationRequest.parse({ sentAtMs: NOW + fastMs, observations })
  return toFacts({ readerId: 'member-1', meetingUuid: 'meeting-1', receivedAtMs: NOW, request })
}

const reading = (
  atMs: number,
  more: Partial<Extract<Observation, { kind: 'reading' }>> = {},
): Observation => ({
  kind: 'reading',
  atMs,
  scope: 'main',
  room: null,
  people: [ewa],
  ...more,
})
const change = (atMs: number, which: 'joined' | 'left'): Observation => ({
  kind: 'change',
  atMs,
  change: which,
  scope: 'main',
  room: null,
  person: ewa,
})

describe('what a panel saw', () => {
  it('becomes evidence of the panel about its meeting', () => {
    expect(told([reading(NOW - 1000)])).toEqual({
      facts: [
        {
          kind: 'panel_read',
          key: `panel:member-1:reading-main:${NOW - 1000}`,
          meeting: 'meeting-1',
          atMs: NOW - 1000,
          witness: 'panel',
          reader: 'member-1',
          scope: { kind: 'main' },
          people: [ewa],
        },
      ],
      mention: {
        uuid: 'meeting-1',
        number: null,
        kind: 'unknown',
        topic: null,
        hostZoomUserId: null,
        startedAtMs: null,
        endedAtMs: null,
      },
    })
  })

  it.each([
    ['an hour fast', 3_600_000],
    ['three hours slow', -3 * 3_600_000],
    ['a year off', 365 * DAY],
  ])('is told in our time when its clock is %s', (_title, fastMs) => {
    expect(told([reading(NOW + fastMs - 5000)], fastMs).facts).toMatchObject([{ atMs: NOW - 5000 }])
  })

  it('is never later than now', () => {
    expect(told([reading(NOW + 30_000)]).facts).toMatchObject([{ atMs: NOW }])
  })

  it('sent again later is the same facts', () => {
    const observations = [reading(NOW - 9000), change(NOW - 8000, 'joined')]
    const keysSentAt = (sentAtMs: number) =>
      toFacts({
        readerId: 'member-1',
        meetingUuid: 'meeting-1',
        receivedAtMs: NOW + 40_000,
        request: { sentAtMs, observations },
      }).facts.map(({ key }) => key)
    expect(keysSentAt(NOW)).toEqual(keysSentAt(NOW + 1234))
  })

  it('keeps apart what happened in one instant: two lists, and a role change that is leave and join', () => {
    const at = NOW - 1000
    const { facts } = told([
      reading(at),
      reading(at, { scope: 'waiting' }),
      change(at, 'left'),
      change(at, 'joined'),
      { kind: 'email', atMs: at, participantUuid: 'a', email: 'A@Example.test ' },
      { kind: 'email', atMs: at, participantUuid: 'b', email: 'b@example.test' },
      { kind: 'ended', atMs: at },
    ])
    expect(new Set(facts.map(({ key }) => key)).size).toBe(7)
    expect(facts).toMatchObject([
      { kind: 'panel_read', scope: { kind: 'main' } },
      { kind: 'panel_read', scope: { kind: 'waiting' } },
      { kind: 'panel_change', change: 'left', person: ewa },
      { kind: 'panel_change', change: 'joined', person: ewa },
      { kind: 'email_shared', participantUuid: 'a', email: 'a@example.test' },
      { kind: 'email_shared', participantUuid: 'b', email: 'b@example.test' },
      { kind: 'meeting_ended', witness: 'panel' },
    ])
  })

  it('in a breakout room names the room, or says that it cannot', () => {
    const { facts } = told([
      reading(NOW, { scope: 'breakout', room: 'room-1' }),
      reading(NOW - 1, { scope: 'breakout', room: null }),
    ])
    expect(facts).toMatchObject([
      { scope: { kind: 'breakout', room: 'room-1' } },
      { scope: { kind: 'breakout', room: 'unknown' } },
    ])
  })

  it('mentions topic and number, and never decides that the meeting is over', () => {
    const { facts, mention } = told([
      { kind: 'meeting', atMs: NOW, topic: 'Chemistry', number: null },
      { kind: 'meeting', atMs: NOW, topic: null, number: '81234567890' },
      { kind: 'ended', atMs: NOW },
    ])
    expect(mention).toMatchObject({ topic: 'Chemistry', number: '81234567890', endedAtMs: null })
    expect(facts.map(({ kind }) => kind)).toEqual(['meeting_ended'])
  })
})

describe('what no panel can have seen', () => {
  it.each([
    ['more than a day ago', NOW - DAY - 1],
    ['more than a day ahead', NOW + DAY + 1],
  ])('is refused whole: %s', (_title, atMs) => {
    const attempt = () => told([reading(NOW), reading(atMs)])
    expect(attempt).toThrow(RollbookError)
    expect(attempt).toThrow(/observations\.1\.atMs/)
  })

  it('is refused: a participant named with a control character', () => {
    const person = { ...ewa, participantUuid: 'a\u0000b' }
    expect(() =>
      told([{ kind: 'change', atMs: NOW, change: 'left', scope: 'main', room: null, person }]),
    ).toThrow(RollbookError)
  })
})
