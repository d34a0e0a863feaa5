/**
 * Who should come: registrants of meetings and webinars, panelists, where registrations came from, and who registered and
 * stayed away. Cancelled registrations are in none of these lists.
 *
 * @see https://developers.zoom.us/docs/api/meetings/#tag/meetings/get/meetings/{meetingId}/registrants
 * @see https://developers.zoom.us/docs/api/meetings/#tag/webinars/get/past_webinars/{webinarId}/absentees
 */
import { createHash } from 'node:crypto'
import express from 'express'
import type { Request, Response, Router } from 'express'
import { occurrenceId } from '../definition.ts'
import type { Granted } from '../oauth.ts'
import type { RegistrantInPlay } from '../registrations.ts'
import type { PersonInPlay } from '../scenario.ts'
import { iso } from '../webhook-bodies.ts'
import { findDefinition } from './definitions.ts'
import type { DefinitionParts, Product } from './definitions.ts'
import { messages } from './messages.ts'
import type { Pages } from './pages.ts'
import { ended, nameOf, reaches } from './past.ts'
import type { Label } from './rate-limit.ts'
import type { ReportSwitches } from './report-switches.ts'

export interface RegistrantParts extends DefinitionParts {
  pages: Pages
  switchesOf: (meetingUuid: string) => ReportSwitches
}

/** Whoever calls, when Zoom lets this call through; null when it has been refused already. */
export type Admit = (request: Request, response: Response, operation: string, label: Label) => Granted | null

const STATUSES = ['approved', 'pending', 'denied'] as const
const webinarOnly = {
  product: 'webinar',
  mistaken: { code: 300, words: messages.badWebinarId },
} as const

export function registrantRoutes({ admit, ...parts }: RegistrantParts & { admit: Admit }): Router {
  const router = express.Router()
  const people = expectedPeople(parts)
  for (const product of ['meeting', 'webinar'] as const) {
    router.get(`/${product}s/:number/registrants`, (request, response) => {
      const caller = admit(request, response, `GET /${product}s/{${product}Id}/registrants`, 'medium')
      const { number } = request.params
      if (caller !== null) people.registrants(request, response, { product, number, caller })
    })
  }
  router.get('/webinars/:number/panelists', (request, response) => {
    const caller = admit(request, response, 'GET /webinars/{webinarId}/panelists', 'medium')
    if (caller !== null) people.panelists(response, { number: request.params.number, caller })
  })
  router.get('/webinars/:number/tracking_sources', (request, response) => {
    const caller = admit(request, response, 'GET /webinars/{webinarId}/tracking_sources', 'medium')
    if (caller !== null) people.trackingSources(response, { number: request.params.number, caller })
  })
  // The path is taken as it came: how a UUID was encoded decides whether Zoom finds it.
  router.use((request, response, next) => {
    const [, id] = /^\/past_webinars\/([^/]+)\/absentees$/.exec(request.path) ?? []
    if (request.method !== 'GET' || id === undefined) return next()
    const caller = admit(request, response, 'GET /past_webinars/{webinarId}/absentees', 'heavy')
    if (caller !== null) people.absentees(request, response, { id, caller })
  })
  return router
}

/** The endpoints, each for an already authorised request. */
function expectedPeople(parts: RegistrantParts) {
  const { world, switches, pages, switchesOf, fail } = parts

  const answerPage = (
    response: Response,
    { query, of, rows }: { query: URLSearchParams; of: readonly unknown[]; rows: readonly object[] },
  ): void => {
    const page = pages.asked(query, of, 'byNumber')
    if ('refusal' in page) return fail(response, 400, 300, page.refusal)
    const end = page.offset + page.size
    response.json({
      page_count: Math.ceil(rows.length / page.size),
      page_number: Math.floor(page.offset / page.size) + 1,
      page_size: page.size,
      total_records: rows.length,
      next_page_token: end < rows.length ? pages.token(page, end) : '',
      registrants: rows.slice(page.offset, end),
    })
  }

  return {
    registrants(
      request: Request,
      response: Response,
      asked: { product: Product; number: string; caller: Granted },
    ): void {
      const { product, number, caller } = asked
      const query = queryOf(request)
      const mistaken = product === 'meeting' ? { code: 300, words: messages.webinarInfo } : null
      if (!findDefinition(parts, response, { product, number, caller, mistaken })) return
      const wanted = query.get('status') ?? 'approved'
      const status = STATUSES.find((one) => one === wanted)
      if (!status) return fail(response, 400, 300, messages.notValid)
      const occurrence = query.get('occurrence_id')
      const source = product === 'webinar' ? query.get('tracking_source_id') : null
      // Nothing is published about a meeting that nobody registers for: it has no registrants.
      const rows = (world.registration(number)?.registrants(status) ?? [])
        .filter((one) => occurrence === null || comesTo(one, occurrence))
        .filter((one) => source === null || one.source?.id === source)
        .map((one) => rowOf(one, product))
      const of = [caller.zoomUserId, 'registrants', product, number, status, occurrence, source]
      answerPage(response, { query, of, rows })
    },

    absentees(request: Request, response: Response, asked: { id: string; caller: Granted }): void {
      const { caller } = asked
      const name = nameOf(asked.id)
      const query = queryOf(request)
      const unknown = (): void => fail(response, 404, 3001, messages.noPastWebinar(name ?? asked.id))
      const scenario = name === null ? undefined : ended(world, 'webinar', name)
      if (!scenario || switches.deleted.has(scenario.meeting.number)) return unknown()
      if (!reaches(caller, scenario)) return fail(response, 400, 200, messages.noPermission)
      const { meeting, history } = scenario
      const sinceEndMs = world.clock.now() - (meeting.endedAtMs ?? 0)
      if (sinceEndMs < switchesOf(meeting.uuid).readyAfterMs) return unknown()
      const desk = world.registration(meeting.number)
      if (!desk) return fail(response, 400, 3000, messages.noRegistration(meeting.uuid))
      const occurrence = query.get('occurrence_id')
      if (occurrence !== null && !meeting.plannedStartsMs.map(occurrenceId).includes(occurrence))
        return fail(response, 400, 300, messages.noOccurrence(occurrence))
      const came = new Set(
        history.flatMap((event) => (event.kind === 'joined' ? [event.who.person.registrantId] : [])),
      )
      const rows = desk
        .registrants('approved')
        .filter(({ id }) => !came.has(id))
        .filter((one) => occurrence === null || comesTo(one, occurrence))
        .map((one) => rowOf(one, 'webinar'))
      answerPage(response, { query, of: [caller.zoomUserId, 'absentees', meeting.uuid, occurrence], rows })
    },

    panelists(response: Response, asked: { number: string; caller: Granted }): void {
      const scenario = findDefinition(parts, response, { ...webinarOnly, ...asked })
      if (!scenario) return
      const { panelists, number } = scenario.meeting
      response.json({
        total_records: panelists.length,
        panelists: panelists.map((person) => panelistOf(person, number)),
      })
    },

    trackingSources(response: Response, asked: { number: string; caller: Granted }): void {
      if (!findDefinition(parts, response, { ...webinarOnly, ...asked })) return
      const desk = world.registration(asked.number)
      response.json({
        total_records: desk?.registrants().length ?? 0,
        tracking_sources: (desk?.sources ?? []).map((source) => ({
          id: source.id,
          source_name: source.name,
          tracking_url: source.url,
          registration_count: source.registrations,
          visitor_count: source.visitors,
        })),
      })
    },
  }
}

const queryOf = (request: Request): URLSearchParams =>
  new URL(request.originalUrl, 'http://localhost').searchParams

const comesTo = ({ occurrences }: RegistrantInPlay, occurrence: string): boolean =>
  occurrences === null || occurrences.map(occurrenceId).includes(occurrence)

function rowOf(
  { id, form, answers, status, createdAtMs, joinUrl, pinCode }: RegistrantInPlay,
  product: Product,
): object {
  return {
    id,
    ...form,
    custom_questions: answers,
    status,
    create_time: iso(createdAtMs),
    join_url: joinUrl,
    ...(product === 'meeting' && { participant_pin_code: pinCode }),
  }
}

/** Panelists have an id and a link of their own for every webinar; their address is the one they were invited under. */
function panelistOf({ key, name, email }: PersonInPlay, number: string): object {
  const secret = (purpose: string): string =>
    createHash('sha256').update(`${purpose} ${number} ${key}`).digest('base64url')
  const join = `https://us02web.zoom.us/w/${number}?tk=${secret('link')}`
  return { id: secret('panelist').slice(0, 22), name, email: email ?? '', join_url: join }
}
