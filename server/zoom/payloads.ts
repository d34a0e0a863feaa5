import * as z from 'zod/mini'

/**
 * The shapes of webhook bodies, as far as we use them: strict about those fields, silent about all others (Zoom adds
 * some without notice, and two of them are addresses of people's machines, which we do not want).
 *
 * @see https://developers.zoom.us/docs/api/meetings/events/
 */

/** Ids end up in indexes, so nothing but short printable text; Zoom writes some of them as numbers. Blank = not said. */
export const id = z.pipe(
  z.nullish(z.union([z.string().check(z.regex(/^[^\p{Cc}]{0,200}$/u)), z.int()])),
  z.transform((value) => blankToNull(value?.toString())),
)
export const text = z.pipe(z.nullish(z.string()), z.transform(blankToNull))
export const email = z.pipe(
  text,
  z.transform((value) => value?.trim().toLowerCase() ?? null),
)

/**
 * An instant as epoch ms. Zoom leaves times out, writes them blank (`start_time` of participant events), or puts them
 * under another name than its schema says; so an absent or unreadable one is null and the next witness is asked.
 */
export const instant = z.pipe(z.nullish(z.string()), z.transform(toMs))

const requiredId = z.pipe(
  z.union([z.string(), z.int()]),
  z.pipe(z.transform(String), z.string().check(z.regex(/^[^\p{Cc}]{1,200}$/u))),
)

/** What the door reads of any delivery: enough to know what it is about and whose it is. */
export const Envelope = z.object({
  event: z.string().check(z.minLength(1), z.maxLength(200)),
  payload: z.object({
    account_id: z.optional(id),
    user_id: z.optional(id),
    plainToken: z.optional(z.string().check(z.maxLength(1000))),
    object: z.optional(z.object({ host_id: z.optional(id) })),
  }),
})

export const Participant = z.object({
  user_id: id,
  parent_user_id: id,
  participant_uuid: id,
  /** Zoom will remove `id`; `participant_user_id` says the same. Both are blank for guests. */
  id,
  participant_user_id: id,
  registrant_id: id,
  user_name: text,
  email,
  phone_number: text,
  join_time: instant,
  leave_time: instant,
  date_time: instant,
  old_role: text,
  new_role: text,
  bind_user_id: id,
  bind_participant_uuid: id,
})
export type Participant = z.infer<typeof Participant>

const meeting = {
  id,
  uuid: requiredId,
  host_id: id,
  topic: text,
  start_time: instant,
  end_time: instant,
  practice_session: z.nullish(z.boolean()),
  breakout_room_uuid: id,
}

/** `started` and `ended`. */
export const MeetingEvent = z.object({
  event: z.string(),
  event_ts: z.optional(z.int()),
  payload: z.object({ object: z.object(meeting) }),
})
export type MeetingEvent = z.infer<typeof MeetingEvent>

/** Everything that happens to one participant. */
export const ParticipantEvent = z.object({
  event: z.string(),
  event_ts: z.optional(z.int()),
  payload: z.object({ object: z.object({ ...meeting, participant: Participant }) }),
})
export type ParticipantEvent = z.infer<typeof ParticipantEvent>

/** Somebody registered, was approved or denied, or cancelled. The registrant is read by `registrantOf`. */
export const RegistrationEvent = z.object({
  event: z.string(),
  event_ts: z.optional(z.int()),
  payload: z.object({
    object: z.object({
      id,
      occurrences: z.nullish(z.array(z.object({ occurrence_id: id, start_time: instant }))),
      registrant: z.record(z.string(), z.unknown()),
    }),
  }),
})

export const DeauthorizedEvent = z.object({
  event: z.string(),
  payload: z.object({
    user_id: requiredId,
    account_id: id,
    deauthorization_time: instant,
  }),
})

export function blankToNull(value: string | null | undefined): string | null {
  return value === null || value === undefined || value.trim() === '' ? null : value
}

function toMs(value: string | null | undefined): number | null {
  if (!value || !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(value)) return null
  const ms = Date.parse(value)
  return Number.isNaN(ms) ? null : ms
}
