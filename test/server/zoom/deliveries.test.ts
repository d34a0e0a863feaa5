import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readDelivery, translateDelivery, type Translation } from '../../../server/zoom/index.ts'
import { RollbookError } from '../../../server/errors.ts'
import { bytes, fixture } from './fixture.ts'

const MEETING = '/qK3+Rollbook//Fixt01w=='
const HOST = 'UserAdaLindqvist000001'
const begin = Date.parse('2026-09-14T08:00:04Z')
const after = (seconds: number): number => begin + seconds * 1000

const translate = (body: string): Translation =>
  translateDelivery({ dedupeKey: 'the-key', body: bytes(body) })
const story = (name: string): Translation => translate(fixture(name).rawBody)

/** The fixture with some of its fields changed; a path leads to each. */
function changed(name: string, changes: Record<string, unknown>): string {
  const body = JSON.parse(fixture(name).rawBody) as Record<string, unknown>
  for (const [path, value] of Object.entries(changes)) {
    const names = path.split('.')
    const last = names.pop() ?? ''
    const holder = names.reduce((inner, next) => inner[next] as Record<string, unknown>, body)
    holder[last] = value
  }
  return JSON.stringify(body)
}

function onlyFact(translation: Translation) {
  if (translation.kind !== 'evidence') throw new Error(`translated to ${translation.kind}`)
  expect(translation.facts).toHaveLength(1)
  return translation.facts[0]
}

describe('a meeting', () => {
  it('starts when Zoom says it did, not when we heard', () => {
    expect(story('meeting-started')).toEqual({
      kind: 'evidence',
      meeting: {
        uuid: MEETING,
        number: '81234567890',
        kind: 'meeting',
        topic: 'Chemistry — Основы',
        hostZoomUserId: HOST,
        startedAtMs: begin,
        endedAtMs: null,
        rehearsal: false,
      },
      facts: [{ kind: 'meeting_started', key: 'the-key', meeting: MEETING, atMs: begin, witness: 'webhook' }],
      roleChangedFor: null,
    })
  })

  it('ends at its end time, whatever length was scheduled', () => {
    const translation = story('meeting-ended')
    expect(onlyFact(translation)).toMatchObject({ kind: 'meeting_ended', atMs: after(3120) })
    expect(translation).toMatchObject({ meeting: { startedAtMs: begin, endedAtMs: after(3120) } })
  })

  it('without a start time starts when Zoom noticed', () => {
    const body = changed('meeting-started', { 'payload.object.start_time': '' })
    expect(translate(body)).toMatchObject({ meeting: { startedAtMs: begin + 750 } })
  })

  it('that is a webinar is called one', () => {
    expect(story('webinar-started')).toMatchObject({ meeting: { kind: 'webinar', number: '98765432109' } })
    expect(onlyFact(story('webinar-ended'))).toMatchObject({ kind: 'meeting_ended', atMs: after(10_800) })
  })

  it('that is only a rehearsal of a webinar is no attendance', () => {
    expect(story('webinar-rehearsal-ended')).toMatchObject({
      meeting: { rehearsal: true, startedAtMs: null, endedAtMs: null },
      facts: [],
    })
    expect(story('webinar-started')).toMatchObject({ meeting: { rehearsal: false } })
    expect(story('webinar-ended')).toMatchObject({ meeting: { rehearsal: false } })
  })
})

describe('a registration', () => {
  const registration = (name: string) => {
    const translation = story(name)
    if (translation.kind !== 'registration') throw new Error(`${name} is no registration`)
    return translation.told
  }

  it('says who registered, for what, and what they answered; their link is not read', () => {
    const told = registration('registration-created')
    expect(told).toMatchObject({
      ...{ kind: 'meeting', number: '81234567890', standing: 'pending' },
      occurrences: [{ id: '1789372800000', startMs: Date.parse('2026-09-14T08:00:00Z') }],
      registrant: {
        ...{
          registrantId: 'RegistrantFixture0001',
          name: 'Dana Åkesson',
          email: 'dana.akesson@example.test',
        },
        answers: [
          { field: 'org', title: 'org', value: 'Lyceum 7' },
          { field: null, title: 'What do you want to learn?', value: 'Titration' },
        ],
      },
    })
    expect(JSON.stringify(told)).not.toContain('tk=')
  })

  it.each([
    ['registration-approved', 'approved'],
    ['registration-denied', 'denied'],
    ['registration-cancelled', 'cancelled'],
    ['webinar-registration-created', 'approved'],
  ])('%s leaves them %s', (name, standing) => {
    expect(registration(name)).toMatchObject({ standing, occurrences: [] })
  })

  it('of a webinar says by which source they came', () => {
    expect(registration('webinar-registration-created').registrant.source).toBe('Newsletter')
  })

  it('without a registrant’s id is malformed', () => {
    const body = changed('registration-approved', { 'payload.object.registrant.id': '' })
    expect(() => translate(body)).toThrow('payload.object.registrant')
  })
})

describe('a participant', () => {
  it('comes in with every key Zoom told, the address in lower case, and without addresses of machines', () => {
    expect(onlyFact(story('joined-host'))).toEqual({
      kind: 'participant_joined',
      key: 'the-key',
      meeting: MEETING,
      atMs: begin,
      witness: 'webhook',
      place: { kind: 'main' },
      ref: {
        segmentId: '16778240',
        participantUuid: '5D0C1B7A-93E4-4E55-8C3E-00A1B2C3D4E5',
        parentSegmentId: null,
      },
      name: 'Ada Lindqvist',
      keys: { zoomUserId: HOST, registrantId: null, email: 'ada.lindqvist@example.test', phone: null },
      owner: true,
    })
    const hosted = changed('joined-host', { 'payload.object.host_id': 'UserSomebodyElse000001' })
    expect(onlyFact(translate(hosted))).not.toHaveProperty('owner')
  })

  it('goes as a guest with nothing but a name', () => {
    expect(onlyFact(story('left-guest'))).toMatchObject({
      kind: 'participant_left',
      atMs: after(329),
      name: 'Борис Гость',
      keys: { zoomUserId: null, registrantId: null, email: null, phone: null },
    })
  })

  it('comes in at date_time when there is no join_time, and the number may be a number', () => {
    const translation = story('joined-without-join-time')
    expect(onlyFact(translation)).toMatchObject({ atMs: after(61), keys: { registrantId: 'reg-Chidi_01' } })
    expect(translation).toMatchObject({ meeting: { number: '81234567890', startedAtMs: null } })
  })

  it('comes in when Zoom noticed if no time is told, and need not have a uuid', () => {
    const body = changed('joined-without-join-time', {
      'payload.object.participant.date_time': ' ',
      'payload.object.participant.participant_uuid': undefined,
    })
    const ref = { segmentId: '16780288', participantUuid: null }
    expect(onlyFact(translate(body))).toMatchObject({ atMs: begin + 62_371, ref })
  })

  it('is known by participant_user_id before the id Zoom will remove', () => {
    const id = 'payload.object.participant.id'
    const newer = 'payload.object.participant.participant_user_id'
    const userOf = (changes: Record<string, unknown>) => onlyFact(translate(changed('joined-host', changes)))
    expect(userOf({ [id]: 'old', [newer]: 'new' })).toMatchObject({ keys: { zoomUserId: 'new' } })
    expect(userOf({ [id]: 'old', [newer]: '' })).toMatchObject({ keys: { zoomUserId: 'old' } })
    expect(userOf({ [id]: 'old', [newer]: undefined })).toMatchObject({ keys: { zoomUserId: 'old' } })
  })

  it.each([
    ['joined-waiting-room', 'participant_joined', after(70)],
    ['put-in-waiting-room', 'participant_joined', after(600)],
    ['left-waiting-room', 'participant_left', after(95)],
    ['admitted', 'participant_left', after(95)],
  ])('in the waiting room: %s is told as %s', (name, kind, atMs) => {
    expect(onlyFact(story(name))).toMatchObject({
      kind,
      atMs,
      place: { kind: 'waiting' },
      name: 'Dana Petrov',
    })
  })

  it('in a breakout room has a segment of their own that knows its parent', () => {
    const room = { kind: 'breakout', room: 'BoRoomOne/+1234567890==' }
    const ref = { segmentId: '16790528', parentSegmentId: '16780288' }
    expect(onlyFact(story('joined-breakout-room'))).toMatchObject({
      kind: 'participant_joined',
      atMs: after(900),
      place: room,
      ref,
    })
    expect(onlyFact(story('left-breakout-room'))).toMatchObject({
      kind: 'participant_left',
      atMs: after(1500),
      place: room,
      ref,
    })
  })

  it('becomes co-host, and whose rights changed is told', () => {
    const translation = story('role-changed')
    expect(onlyFact(translation)).toMatchObject({
      kind: 'role_changed',
      atMs: after(200),
      oldRole: 'attendee',
      newRole: 'cohost',
      keys: { registrantId: null },
    })
    expect(translation).toMatchObject({ roleChangedFor: 'UserChidiOkafor0000001' })
    expect(story('webinar-role-changed')).toMatchObject({ roleChangedFor: 'UserFemiAdeyemi0000001' })
  })

  it.each([
    ['host', 'host'],
    ['co-host', 'cohost'],
    ['coHost', 'cohost'],
    ['COHOST', 'cohost'],
    ['panelist', 'panelist'],
    ['attendee', 'attendee'],
    ['participant', 'attendee'],
    ['', 'unknown'],
    ['owner', 'unknown'],
    ['co--host?', 'unknown'],
  ])('whose role is spelled "%s" is %s', (spelling, role) => {
    const body = changed('role-changed', { 'payload.object.participant.new_role': spelling })
    expect(onlyFact(translate(body))).toMatchObject({ newRole: role })
  })

  it('is found to be the owner of a phone', () => {
    expect(onlyFact(story('phone-bound'))).toEqual({
      kind: 'phone_bound',
      key: 'the-key',
      meeting: MEETING,
      atMs: after(240),
      witness: 'webhook',
      ref: {
        segmentId: '16785408',
        participantUuid: '55E6F708-2222-4ABC-9DEF-778899AABBCC',
        parentSegmentId: null,
      },
      boundSegmentId: '16781312',
      boundParticipantUuid: '44D5E6F7-1111-4ABC-9DEF-66778899AABB',
      phone: '49301234567',
    })
  })
})

describe('what is no attendance', () => {
  it.each(['waiting-for-host', 'event-of-tomorrow'])('%s is ignored', (name) => {
    expect(story(name)).toEqual({ kind: 'ignored', reason: 'of_no_use' })
    expect(readDelivery(bytes(fixture(name).rawBody)).kind).toBe('of_no_use')
  })

  it.each(['__proto__', 'constructor', 'toString'])('an event called %s is ignored', (event) => {
    expect(readDelivery(bytes(JSON.stringify({ event, payload: {} })))).toEqual({ kind: 'of_no_use', event })
  })

  it('a removal of the app names the user who removed it', () => {
    expect(story('app-removed')).toEqual({
      kind: 'deauthorized',
      zoomUserId: HOST,
      atMs: Date.parse('2026-09-14T13:33:24.371Z'),
    })
  })
})

describe('a body that cannot be translated', () => {
  it.each([
    ['no meeting uuid', 'joined-host', { 'payload.object.uuid': undefined }],
    ['a blank meeting uuid', 'joined-host', { 'payload.object.uuid': '' }],
    ['a meeting uuid with a NUL', 'joined-host', { 'payload.object.uuid': 'a\u0000b' }],
    ['no participant', 'joined-host', { 'payload.object.participant': undefined }],
    ['a name that is a list', 'joined-host', { 'payload.object.participant.user_name': ['Ada'] }],
    ['a time that is a number', 'joined-host', { 'payload.object.participant.join_time': 1 }],
    [
      'no readable time at all',
      'joined-host',
      { 'payload.object.participant.join_time': 'soon', event_ts: undefined },
    ],
    ['a breakout room without a name', 'joined-breakout-room', { 'payload.object.breakout_room_uuid': '' }],
    ['a removal by nobody', 'app-removed', { 'payload.user_id': '' }],
  ])('for %s is refused without saying anything personal', (_title, name, change) => {
    const attempt = () => translate(changed(name, change))
    expect(attempt).toThrow(RollbookError)
    expect(attempt).not.toThrow(/Ada|example|2026/)
  })

  it('never does anything but translate or refuse, whatever is in it', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('meeting.participant_joined', 'meeting.ended', 'app_deauthorized'),
        fc.jsonValue(),
        (event, payload) => {
          const body = bytes(JSON.stringify({ event, payload, event_ts: 1 }))
          expect(['malformed', 'delivery']).toContain(readDelivery(body).kind)
          try {
            translateDelivery({ dedupeKey: 'k', body })
          } catch (error) {
            expect(error).toBeInstanceOf(RollbookError)
          }
        },
      ),
    )
  })
})

describe('the door’s first look', () => {
  it('learns whose a delivery is', () => {
    expect(readDelivery(bytes(fixture('joined-host').rawBody))).toEqual({
      kind: 'delivery',
      event: 'meeting.participant_joined',
      routing: { zoomAccountId: 'AcctInvented0000000001', hostZoomUserId: HOST, zoomUserId: null },
    })
    expect(readDelivery(bytes(fixture('app-removed').rawBody))).toEqual({
      kind: 'delivery',
      event: 'app_deauthorized',
      routing: { zoomAccountId: 'AcctInvented0000000001', hostZoomUserId: null, zoomUserId: HOST },
    })
  })

  it('recognises a challenge', () => {
    expect(readDelivery(bytes(fixture('challenge').rawBody))).toEqual({
      kind: 'challenge',
      plainToken: 'qgg8vlvZRS6UYooatFL8Aw',
    })
  })

  it.each([
    ['nothing', ''],
    ['half a JSON', '{"event":"meeting.started"'],
    ['a list', '[]'],
    ['null', 'null'],
    ['no event', '{"payload":{}}'],
    ['an event that is a number', '{"event":1,"payload":{}}'],
    ['no payload', '{"event":"meeting.started"}'],
    ['an account that is a list', '{"event":"meeting.started","payload":{"account_id":[]}}'],
    ['a host that is an object', '{"event":"meeting.started","payload":{"object":{"host_id":{}}}}'],
    ['a challenge without a token', '{"event":"endpoint.url_validation","payload":{}}'],
  ])('calls %s malformed', (_title, body) => {
    expect(readDelivery(bytes(body)).kind).toBe('malformed')
  })

  it('calls bytes that are no UTF-8 malformed', () => {
    const body = Buffer.concat([bytes('{"event":"x'), Buffer.from([0xff]), bytes('","payload":{}}')])
    expect(readDelivery(body).kind).toBe('malformed')
  })
})
