/**
 * What Zoom would POST about one registration, as a plain object. Pure.
 *
 * @see https://developers.zoom.us/docs/api/meetings/events/#tag/meeting/POSTmeeting.registration_created
 */
import { occurrenceId, plannedStartMs, productType } from './definition.ts'
import type { RegistrantInPlay, RegistrationEvent } from './registrations.ts'
import type { MeetingInPlay } from './story.ts'
import { iso, operatorOf } from './webhook-bodies.ts'
import type { WebhookBody, WebhookQuirks } from './webhook-bodies.ts'

export function registrationBody(
  meeting: MeetingInPlay,
  { atMs, kind, registrant, by }: RegistrationEvent,
  quirks: WebhookQuirks = {},
): WebhookBody {
  const starts = meeting.plannedStartsMs
  const registeredFor = registrant.occurrences ?? starts
  const object = {
    id: Number(meeting.number),
    uuid: meeting.uuid,
    host_id: meeting.host.zoomUserId ?? '',
    topic: meeting.topic,
    type: productType(meeting),
    start_time: iso(plannedStartMs(meeting, atMs)),
    duration: meeting.scheduledMinutes,
    timezone: meeting.timezone,
    ...(starts.length > 1 && {
      occurrences: registeredFor.map((startMs) => ({
        occurrence_id: occurrenceId(startMs),
        start_time: iso(startMs),
      })),
    }),
    registrant: told(meeting.kind, kind, registrant),
  }
  const operator = by === 'host' ? operatorOf(meeting) : { operator: registrant.form.email }
  const isNamed = kind !== 'created' && !(kind === 'denied' && quirks.deniedByNobody)
  return {
    event: `${meeting.kind}.registration_${kind}`,
    event_ts: atMs,
    payload: { account_id: meeting.accountId, ...(isNamed && operator), object },
  }
}

/** A new registration is told with everything; what becomes of it only with who it is. */
function told(
  product: MeetingInPlay['kind'],
  kind: RegistrationEvent['kind'],
  { id, form, answers, status, joinUrl, pinCode, source }: RegistrantInPlay,
): Record<string, unknown> {
  const { first_name: first, last_name: last, email } = form
  const who = { id, first_name: first, ...(last !== undefined && { last_name: last }), email }
  const link = {
    join_url: joinUrl,
    ...(product === 'meeting' && { participant_pin_code: pinCode }),
  }
  const tracked = product === 'webinar' &&
    source !== null && {
      tracking_source: { id: source.id, source_name: source.name, tracking_url: source.url },
    }
  if (kind === 'created') return { ...who, ...form, custom_questions: answers, status, ...link, ...tracked }
  return kind === 'approved' ? { ...who, ...link } : who
}
