/**
 * Meetings and webinars as they are planned: `GET /meetings/{id}` and `GET /webinars/{id}`, and how the other endpoints of a
 * definition find theirs.
 *
 * @see https://developers.zoom.us/docs/api/meetings/#tag/meetings/get/meetings/{meetingId}
 * @see https://developers.zoom.us/docs/api/meetings/#tag/webinars/get/webinars/{webinarId}
 */
import type { Request, Response } from 'express'
import { occurrenceId, plannedStartMs, productType } from '../definition.ts'
import type { Granted } from '../oauth.ts'
import type { MeetingInPlay, Scenario } from '../scenario.ts'
import { iso } from '../webhook-bodies.ts'
import type { ZoomWorld } from '../world.ts'
import { messages } from './messages.ts'
import type { Words } from './messages.ts'
import { reaches } from './past.ts'
import type { Fail } from './trouble.ts'

export interface DefinitionSwitches {
  /** Meeting numbers whose definition is gone: nothing planned or registered is known any more, what is past still is. */
  deleted: Set<string>
  /** The account has no plan for webinars. */
  noWebinarPlan: boolean
}

export interface DefinitionParts {
  world: ZoomWorld
  switches: DefinitionSwitches
  fail: Fail
}

export type Product = MeetingInPlay['kind']

const REGISTRATION_TYPES = { all: 1, each: 2, chosen: 3 } as const
const NO_REGISTRATION = 2
const DAY_MS = 86_400_000

/**
 * @param asked.mistaken what answers a number of the other product; null where that is simply unknown
 * @returns null when the answer has been given already
 */
export function findDefinition(
  { world, switches, fail }: DefinitionParts,
  response: Response,
  asked: {
    product: Product
    number: string
    caller: Granted
    mistaken: { code: number; words: Words } | null
  },
): Scenario | null {
  const { product, number, caller, mistaken } = asked
  const refuse = (status: number, code: number, words: Words): null => {
    fail(response, status, code, words)
    return null
  }
  const unknown = () =>
    refuse(404, 3001, product === 'meeting' ? messages.noMeeting(number) : messages.noWebinar)
  if (product === 'webinar' && switches.noWebinarPlan) return refuse(400, 200, messages.noWebinarPlan)
  const scenario = world.meeting(number)
  if (!scenario || switches.deleted.has(scenario.meeting.number)) return unknown()
  if (!reaches(caller, scenario))
    return product === 'meeting' ? unknown() : refuse(400, 200, messages.noPermission)
  if (scenario.meeting.kind !== product)
    return mistaken === null ? unknown() : refuse(400, mistaken.code, mistaken.words)
  return scenario
}

/** Answers with the definition, for an already authorised request. A webinar goes by its number or the UUID of an occurrence. */
export function answerDefinition(
  parts: DefinitionParts,
  request: Request,
  response: Response,
  asked: { product: Product; named: string; caller: Granted },
): void {
  const { world } = parts
  const isMeeting = asked.product === 'meeting'
  const mistaken = isMeeting
    ? { code: 3000, words: messages.webinarInfo }
    : { code: 300, words: messages.badWebinarId }
  const { product, named, caller } = asked
  const number = (!isMeeting && world.occurrence(named)?.meeting.number) || named
  const scenario = findDefinition(parts, response, { product, number, caller, mistaken })
  if (!scenario) return
  const { meeting } = scenario
  const nowMs = world.clock.now()
  const isRunning = meeting.startedAtMs !== null && meeting.endedAtMs === null
  const desk = world.registration(meeting.number)
  response.json({
    id: Number(meeting.number),
    uuid: meeting.uuid,
    host_id: meeting.host.zoomUserId ?? '',
    host_email: meeting.host.email ?? '',
    topic: meeting.topic,
    type: productType(meeting),
    ...(isMeeting && { status: isRunning ? 'started' : 'waiting' }),
    start_time: iso(plannedStartMs(meeting, nowMs)),
    ...(meeting.plannedStartsMs.length > 1 && {
      occurrences: occurrences(meeting, request.query['show_previous_occurrences'] === 'true' ? 0 : nowMs),
    }),
    duration: meeting.scheduledMinutes,
    timezone: meeting.timezone,
    created_at: iso((meeting.startedAtMs ?? nowMs) - DAY_MS),
    join_url: `https://us02web.zoom.us/j/${meeting.number}`,
    ...(desk && { registration_url: `https://us02web.zoom.us/${meeting.kind}/register/${meeting.number}` }),
    settings: desk
      ? {
          approval_type: desk.approval === 'automatic' ? 0 : 1,
          registration_type: REGISTRATION_TYPES[desk.registeredFor],
        }
      : { approval_type: NO_REGISTRATION },
  })
}

const occurrences = ({ plannedStartsMs, scheduledMinutes }: MeetingInPlay, afterMs: number) =>
  plannedStartsMs
    .filter((startMs) => startMs > afterMs)
    .map((startMs) => ({
      ...{ occurrence_id: occurrenceId(startMs), start_time: iso(startMs) },
      ...{ duration: scheduledMinutes, status: 'available' },
    }))
