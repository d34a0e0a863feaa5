/**
 * What Zoom would POST about one scenario event, with Zoom's field names and types, as plain objects.
 * Pure: signing and sending is `webhook-delivery.ts`. There is no body for a rename, because Zoom announces none.
 *
 * @see https://developers.zoom.us/docs/api/meetings/events/
 */
import { plannedStartMs, productType } from './definition.ts'
import { addressShown, userIdShown } from './privacy.ts'
import type {
  ConnectionInPlay,
  LeaveReason,
  MeetingInPlay,
  RoleInPlay,
  Scenario,
  ScenarioEvent,
} from './scenario.ts'

/** Departures of real traffic from the documentation, each off unless asked for. */
export interface WebhookQuirks {
  /** `date_time` where the schema says `join_time` or `leave_time`; Zoom's own samples do it. */
  dateTimeInstead?: boolean
  /** `registrant_id` is absent instead of empty; seen for hosts. */
  noRegistrantId?: boolean
  /** `start_time` is empty in participant events; the schema allows it. */
  blankStartTime?: boolean
  /** The meeting number as a number, as some events have it. */
  integerIds?: boolean
  /** Leaving goes unannounced. */
  noLeft?: boolean
  /** Every participant event is followed by one that no documentation knows. */
  unknownEvents?: boolean
  /** A denied registration does not say who denied it; so Zoom's own sample of a webinar. */
  deniedByNobody?: boolean
  /** Entering a breakout room also announces leaving the main room (nobody documents whether it does). */
  leftMainOnBreakout?: boolean
}

export interface WebhookBody {
  event: string
  event_ts: number
  payload: { account_id: string; object: Record<string, unknown>; [more: string]: unknown }
}

/** The bodies for one event, in the order Zoom would send them; [] when it sends none. */
export function webhookBodies(
  scenario: Scenario,
  event: ScenarioEvent,
  quirks: WebhookQuirks = {},
): WebhookBody[] {
  const bodies = plainBodies(scenario, event, quirks)
  if (!quirks.unknownEvents || !('who' in event)) return bodies
  return bodies.flatMap((body) => [
    body,
    { ...body, event: 'meeting.participant_data_connection_established' },
  ])
}

function plainBodies(scenario: Scenario, event: ScenarioEvent, quirks: WebhookQuirks): WebhookBody[] {
  const { meeting } = scenario
  const told = meetingHead(scenario)
  const head = quirks.integerIds ? { ...told, id: Number(told.id) } : told
  const startTime = quirks.blankStartTime ? '' : head.start_time
  const body = (
    name: string,
    object: Record<string, unknown>,
    more: Record<string, unknown> = {},
  ): WebhookBody => ({
    event: `${meeting.kind}.${name}`,
    event_ts: event.atMs,
    payload: { account_id: meeting.accountId, ...more, object },
  })
  const about = (name: string, participant: Record<string, unknown>, object: Record<string, unknown> = {}) =>
    body(name, { ...head, start_time: startTime, ...object, participant })
  const someone = (who: ConnectionInPlay): Record<string, unknown> => participantOf(who, quirks)
  const at = (field: 'join_time' | 'leave_time'): Record<string, unknown> => ({
    [quirks.dateTimeInstead ? 'date_time' : field]: iso(event.atMs),
  })
  const dateTime = { date_time: iso(event.atMs) }

  switch (event.kind) {
    case 'meeting_started':
      return [body('started', { ...head, host_email: meeting.host.email ?? '' })]
    case 'meeting_ended':
      return [
        body('ended', {
          ...head,
          host_email: meeting.host.email ?? '',
          end_time: iso(event.atMs),
          ...(meeting.kind === 'webinar' && { practice_session: meeting.isPractice }),
        }),
      ]
    case 'joined':
      return [
        about('participant_joined', { ...someone(event.who), ...at('join_time'), public_ip: '203.0.113.1' }),
      ]
    case 'left':
      if (quirks.noLeft) return []
      return [
        about('participant_left', {
          ...someone(event.who),
          ...at('leave_time'),
          leave_reason: leaveReason(event.who.name, event.reason),
          private_ip: '203.0.113.1',
        }),
      ]
    case 'waiting_joined':
      return [
        about(event.putThere ? 'participant_put_in_waiting_room' : 'participant_joined_waiting_room', {
          ...someone(event.who),
          ...dateTime,
        }),
      ]
    case 'waiting_left': {
      const left = about('participant_left_waiting_room', { ...someone(event.who), ...dateTime })
      if (!event.admitted) return [left]
      const admitted = about('participant_admitted', { ...someone(event.who), ...dateTime })
      return [{ ...admitted, payload: { ...admitted.payload, ...operatorOf(meeting) } }, left]
    }
    case 'room_joined': {
      const entered = about(
        'participant_joined_breakout_room',
        { ...someone(event.who), parent_user_id: event.who.parentUserId ?? '', ...at('join_time') },
        { breakout_room_uuid: event.room },
      )
      if (!quirks.leftMainOnBreakout) return [entered]
      const main = { ...someone(event.who), user_id: event.who.parentUserId ?? '', ...at('leave_time') }
      return [
        about('participant_left', { ...main, leave_reason: leaveReason(event.who.name, 'left') }),
        entered,
      ]
    }
    case 'room_left':
      return [
        about(
          'participant_left_breakout_room',
          {
            ...someone(event.who),
            parent_user_id: event.who.parentUserId ?? '',
            ...at('leave_time'),
            leave_reason: leaveReason(event.who.name, 'left'),
          },
          { breakout_room_uuid: event.room },
        ),
      ]
    case 'role_changed': {
      const { id: _id, customer_key: _key, phone_number: _phone, ...participant } = someone(event.who)
      const roles = { old_role: spelled[event.before.role], new_role: spelled[event.who.role] }
      return [about('participant_role_changed', { ...participant, ...dateTime, ...roles })]
    }
    case 'phone_bound': {
      const { customer_key: _key, ...caller } = someone(event.who)
      const { email: _email, participant_user_id: _user, ...webinarCaller } = caller
      return [
        about('participant_bind', {
          ...(meeting.kind === 'webinar' ? webinarCaller : { ...caller, ...dateTime }),
          join_time: iso(event.atMs),
          phone_number: event.who.person.phone ?? '',
          bind_user_id: event.to.userId,
          bind_participant_uuid: event.to.participantUuid,
        }),
      ]
    }
    case 'converted':
      return [body(`converted_to_${event.to.kind}`, definition(event.to, event.atMs), operatorOf(meeting))]
    case 'renamed':
      return []
  }
}

/** The host is whoever does something here. */
export const operatorOf = ({ host }: MeetingInPlay) => ({
  operator: host.email ?? '',
  operator_id: host.zoomUserId ?? '',
})

/** Recurring ones come without their times. */
function definition(meeting: MeetingInPlay, nowMs: number): Record<string, unknown> {
  return {
    id: Number(meeting.number),
    uuid: meeting.uuid,
    host_id: meeting.host.zoomUserId ?? '',
    topic: meeting.topic,
    type: productType(meeting),
    timezone: meeting.timezone,
    ...(meeting.plannedStartsMs.length < 2 && {
      start_time: iso(plannedStartMs(meeting, nowMs)),
      duration: meeting.scheduledMinutes,
    }),
  }
}

/** `duration` is the scheduled length in minutes, also in `ended`. */
function meetingHead({ meeting, clock }: Scenario) {
  return {
    id: meeting.number,
    uuid: meeting.uuid,
    host_id: meeting.host.zoomUserId ?? '',
    topic: meeting.topic,
    type: productType(meeting),
    start_time: iso(meeting.startedAtMs ?? clock.now()),
    timezone: meeting.timezone,
    duration: meeting.scheduledMinutes,
  }
}

function participantOf(who: ConnectionInPlay, quirks: WebhookQuirks): Record<string, unknown> {
  const { person } = who
  return {
    user_id: who.userId,
    user_name: who.name,
    id: userIdShown(person),
    participant_user_id: userIdShown(person),
    participant_uuid: who.participantUuid,
    email: addressShown(person),
    customer_key: who.customerKey,
    ...(!quirks.noRegistrantId && { registrant_id: person.registrantId ?? '' }),
    ...(person.phone !== undefined && { phone_number: person.phone }),
  }
}

const spelled: Record<RoleInPlay, string> = { host: 'host', cohost: 'co-host', attendee: 'attendee' }

function leaveReason(name: string, reason: LeaveReason): string {
  const sentences: Record<LeaveReason, string> = {
    left: `${name} left the meeting.<br>Reason: left the meeting.`,
    network: 'left the meeting. Reason : left the meeting with Unknown Failover Reason',
    removed: `${name} left the meeting.<br>Reason: Removed by host.`,
    host_ended: `${name} left the meeting.<br>Reason: Host ended the meeting.`,
  }
  return sentences[reason]
}

/** Zoom writes whole seconds in UTC. */
export const iso = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}Z`
