import type * as z from 'zod/mini'
import type { Fact, Place, SegmentRef, StrongKeys } from '../../shared/attendance/evidence.ts'
import { RollbookError } from '../errors.ts'
import {
  DeauthorizedEvent,
  Envelope,
  MeetingEvent,
  ParticipantEvent,
  RegistrationEvent,
  type Participant,
} from './payloads.ts'
import { registrantOf } from './registrants.ts'
import { roleFromZoom } from '../../shared/wire/zoom-roles.ts'
import type { DeliveryRouting, MeetingMention, Translation, VerifiedDelivery } from './translation.ts'

/**
 * What happens in each event we understand. `<waiting` and `<breakout` leave that place, `>` enters it.
 *
 * - Put in the waiting room *enters* it; that this ends the stay in the main room follows from one device being in one place.
 * - Admitted *leaves* the waiting room, and so does `left_waiting_room`, which fires for the admitted and for those who gave
 *   up alike: only a join says that somebody came in.
 * - Join-before-host events are not here: they name neither segment nor participant uuid, so nobody could say later whose
 *   waiting that was, and the real join is announced like any other.
 */
const understood = {
  'meeting.started': 'started',
  'meeting.ended': 'ended',
  'meeting.participant_joined': '>main',
  'meeting.participant_left': '<main',
  'meeting.participant_joined_waiting_room': '>waiting',
  'meeting.participant_put_in_waiting_room': '>waiting',
  'meeting.participant_left_waiting_room': '<waiting',
  'meeting.participant_admitted': '<waiting',
  'meeting.participant_joined_breakout_room': '>breakout',
  'meeting.participant_left_breakout_room': '<breakout',
  'meeting.participant_role_changed': 'role',
  'meeting.participant_bind': 'bind',
  'meeting.registration_created': 'registration',
  'meeting.registration_approved': 'registration',
  'meeting.registration_denied': 'registration',
  'meeting.registration_cancelled': 'registration',
  'webinar.registration_created': 'registration',
  'webinar.registration_approved': 'registration',
  'webinar.registration_denied': 'registration',
  'webinar.registration_cancelled': 'registration',
  'webinar.started': 'started',
  'webinar.ended': 'ended',
  'webinar.participant_joined': '>main',
  'webinar.participant_left': '<main',
  'webinar.participant_role_changed': 'role',
  'webinar.participant_bind': 'bind',
  app_deauthorized: 'deauthorized',
} as const

export type UnderstoodEvent = keyof typeof understood

/** What the door learns of a verified body without translating it. */
export type Reading =
  | { kind: 'malformed'; problem: string }
  | { kind: 'challenge'; plainToken: string }
  | { kind: 'delivery'; event: UnderstoodEvent; routing: DeliveryRouting }
  /** Nothing we keep: an event we have no use for, or one that is newer than this program. */
  | { kind: 'of_no_use'; event: string }

/**
 * Reads just enough of a verified body to route it. Malformed: not UTF-8, not JSON, or an envelope of the wrong types,
 * so that nobody could say whose it is. The rest of the body is not judged here: a delivery that can be routed is kept,
 * and one that cannot be translated waits to be looked at instead of being lost (Zoom does not repeat after a 4xx).
 *
 * @throws never
 */
export function readDelivery(body: Uint8Array): Reading {
  const parsed = Envelope.safeParse(parseJson(body))
  if (!parsed.success) return { kind: 'malformed', problem: problemOf(parsed.error) }
  const { event, payload } = parsed.data
  if (event === 'endpoint.url_validation') {
    return payload.plainToken
      ? { kind: 'challenge', plainToken: payload.plainToken }
      : { kind: 'malformed', problem: 'payload.plainToken' }
  }
  if (!isUnderstood(event)) return { kind: 'of_no_use', event }
  return {
    kind: 'delivery',
    event,
    routing: {
      zoomAccountId: payload.account_id ?? null,
      hostZoomUserId: payload.object?.host_id ?? null,
      zoomUserId: event === 'app_deauthorized' ? (payload.user_id ?? null) : null,
    },
  }
}

/**
 * Turns one delivery into evidence in our own words; from here on Zoom's `user_id` is a `segmentId`.
 *
 * The fact's key is the delivery's. `roleChangedFor` is the Zoom user whose role changed, null for everybody without one.
 * An event that is not understood is 'ignored' with the reason.
 *
 * @throws RollbookError `delivery_malformed` when a field we use has the wrong type, the meeting or the user is not
 *   named, or no time is told. The message names the fields and never a value.
 */
export function translateDelivery({ dedupeKey, body }: VerifiedDelivery): Translation {
  const json = parseJson(body)
  const { event } = read(Envelope, json)
  if (!isUnderstood(event)) return { kind: 'ignored', reason: 'of_no_use' }
  const what = understood[event]
  if (what === 'deauthorized') {
    const { payload } = read(DeauthorizedEvent, json)
    const { user_id: zoomUserId, deauthorization_time: removedAt } = payload
    return { kind: 'deauthorized', zoomUserId, atMs: removedAt }
  }
  if (what === 'registration') return translateRegistration(read(RegistrationEvent, json))
  if (what === 'started' || what === 'ended')
    return translateMeeting(read(MeetingEvent, json), what, dedupeKey)
  return translateParticipant(read(ParticipantEvent, json), what, dedupeKey)
}

function translateMeeting(
  told: z.infer<typeof MeetingEvent>,
  what: 'started' | 'ended',
  key: string,
): Translation {
  const { object } = told.payload
  // Rehearsing is not attending. Zoom announces it under the same names and says only at its end what it was; whether the
  // webinar itself goes on under the same UUID is not published, so this is the end of nothing else.
  if (object.practice_session === true) {
    const meeting = { ...mention(told), rehearsal: true }
    return { kind: 'evidence', meeting, facts: [], roleChangedFor: null }
  }
  const atMs = timeOf(what === 'started' ? [object.start_time] : [object.end_time], told)
  const base = { key, meeting: object.uuid, atMs, witness: 'webhook' } as const
  const fact: Fact =
    what === 'started' ? { ...base, kind: 'meeting_started' } : { ...base, kind: 'meeting_ended' }
  const startedAtMs = what === 'started' ? atMs : object.start_time
  return {
    kind: 'evidence',
    meeting: {
      ...mention(told),
      ...{ startedAtMs, endedAtMs: what === 'ended' ? atMs : null, rehearsal: false },
    },
    facts: [fact],
    roleChangedFor: null,
  }
}

/** A registration that was made stands as it says itself: approved at once, or waiting for the host. */
function translateRegistration(told: z.infer<typeof RegistrationEvent>): Translation {
  const { object } = told.payload
  const [kind, act] = told.event.split('.registration_')
  const registrant = registrantOf(object.registrant)
  if (object.id === null || registrant === null) throw malformed('payload.object.registrant')
  const created = object.registrant['status'] === 'pending' ? 'pending' : 'approved'
  const standing = act === 'denied' || act === 'cancelled' ? act : act === 'created' ? created : 'approved'
  return {
    kind: 'registration',
    told: {
      kind: kind === 'webinar' ? 'webinar' : 'meeting',
      number: object.id,
      occurrences: (object.occurrences ?? []).flatMap(({ occurrence_id, start_time: startMs }) =>
        occurrence_id === null ? [] : [{ id: occurrence_id, startMs }],
      ),
      registrant,
      standing,
      atMs: timeOf([], told),
    },
  }
}

type ParticipantAct = Exclude<
  (typeof understood)[UnderstoodEvent],
  'started' | 'ended' | 'deauthorized' | 'registration'
>

function translateParticipant(
  told: z.infer<typeof ParticipantEvent>,
  what: ParticipantAct,
  key: string,
): Translation {
  const { participant } = told.payload.object
  const meeting = mention(told)
  const facts: Fact[] = [factOf(told, what, key)]
  const roleChangedFor = what === 'role' ? zoomUserOf(participant) : null
  return { kind: 'evidence', meeting, facts, roleChangedFor }
}

function factOf(told: z.infer<typeof ParticipantEvent>, what: ParticipantAct, key: string): Fact {
  const { object } = told.payload
  const who = object.participant
  const shared = {
    key,
    meeting: object.uuid,
    witness: 'webhook',
    ref: refOf(who),
    name: who.user_name ?? '',
    keys: keysOf(who),
  } as const
  switch (what) {
    case '>main':
    case '>waiting':
    case '>breakout': {
      const atMs = timeOf([who.join_time, who.date_time], told)
      const place = placeOf(what, object.breakout_room_uuid)
      const isOwner = object.host_id !== null && object.host_id === shared.keys.zoomUserId
      return { ...shared, kind: 'participant_joined', atMs, place, ...(isOwner ? { owner: true } : {}) }
    }
    case '<main':
    case '<waiting':
    case '<breakout': {
      const atMs = timeOf([who.leave_time, who.date_time], told)
      return { ...shared, kind: 'participant_left', atMs, place: placeOf(what, object.breakout_room_uuid) }
    }
    case 'role':
      return {
        ...shared,
        kind: 'role_changed',
        atMs: timeOf([who.date_time], told),
        oldRole: roleFromZoom(who.old_role ?? ''),
        newRole: roleFromZoom(who.new_role ?? ''),
      }
    case 'bind': {
      const { key, meeting, witness, ref } = shared
      return {
        key,
        meeting,
        witness,
        ref,
        kind: 'phone_bound',
        atMs: timeOf([who.date_time, who.join_time], told),
        boundSegmentId: who.bind_user_id,
        boundParticipantUuid: who.bind_participant_uuid,
        phone: who.phone_number,
      }
    }
  }
}

function placeOf(act: `${'<' | '>'}${Place['kind']}`, room: string | null): Place {
  const kind = act.slice(1) as Place['kind']
  if (kind !== 'breakout') return { kind }
  if (room === null) throw malformed('payload.object.breakout_room_uuid')
  return { kind, room }
}

const refOf = (who: Participant): SegmentRef => ({
  segmentId: who.user_id,
  participantUuid: who.participant_uuid,
  parentSegmentId: who.parent_user_id,
})

const keysOf = (who: Participant): StrongKeys => ({
  zoomUserId: zoomUserOf(who),
  registrantId: who.registrant_id,
  email: who.email,
  phone: who.phone_number,
})

const zoomUserOf = (who: Participant): string | null => who.participant_user_id ?? who.id

/**
 * The start is taken from `started` and `ended` only: elsewhere `start_time` may be blank or the scheduled one.
 * `duration` is always the scheduled length and is not read at all.
 */
function mention(told: MeetingEvent): MeetingMention {
  const { object } = told.payload
  return {
    uuid: object.uuid,
    number: object.id,
    kind: told.event.startsWith('webinar.') ? 'webinar' : 'meeting',
    topic: object.topic,
    hostZoomUserId: object.host_id,
    startedAtMs: null,
    endedAtMs: null,
  }
}

/** The first time that was told, in the order given; last the envelope's, which is when Zoom noticed. */
function timeOf(candidates: (number | null)[], told: { event_ts?: number | undefined }): number {
  const atMs = candidates.find((candidate) => candidate !== null) ?? told.event_ts
  if (atMs === undefined) throw malformed('event_ts')
  return atMs
}

const isUnderstood = (event: string): event is UnderstoodEvent => Object.hasOwn(understood, event)

const strictUtf8 = new TextDecoder('utf-8', { fatal: true })

/** Undefined for anything that is not JSON in UTF-8; every schema refuses that. */
function parseJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(strictUtf8.decode(body))
  } catch {
    return undefined
  }
}

function read<Schema extends z.ZodMiniType>(schema: Schema, json: unknown): z.output<Schema> {
  const parsed = schema.safeParse(json)
  if (!parsed.success) throw malformed(problemOf(parsed.error))
  return parsed.data
}

const malformed = (fields: string): RollbookError =>
  new RollbookError('delivery_malformed', `A delivery is not what Zoom publishes; look at: ${fields}.`)

/** The paths of what is wrong, never the values: they are people's. */
const problemOf = (error: z.core.$ZodError): string =>
  [...new Set(error.issues.map((issue) => issue.path.join('.') || 'the body'))].join(', ')
