/**
 * Zoom's REST API as far as Rollbook calls it, with Zoom's error bodies and codes, beside its OAuth pages.
 * Misbehaves on demand: see `RestSwitches`.
 */
import { randomBytes } from 'node:crypto'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import express from 'express'
import type { Response, Router } from 'express'
import { facts } from './contract/check.ts'
import { createOAuthDesk } from './oauth.ts'
import type { OAuthDesk } from './oauth.ts'
import { answerDefinition } from './rest/definitions.ts'
import type { DefinitionSwitches } from './rest/definitions.ts'
import { messages } from './rest/messages.ts'
import { createPages } from './rest/pages.ts'
import { pastMeetings } from './rest/past.ts'
import { createRateLimit } from './rest/rate-limit.ts'
import type { Limits } from './rest/rate-limit.ts'
import { registrantRoutes } from './rest/registrants.ts'
import type { Admit } from './rest/registrants.ts'
import { faithful } from './rest/report-switches.ts'
import type { ReportSwitches } from './rest/report-switches.ts'
import { answerTooMany, answerWith } from './rest/trouble.ts'
import type { Fail, RetryAfter, Trouble } from './rest/trouble.ts'
import type { ZoomWorld } from './world.ts'

export interface RestSwitches extends DefinitionSwitches {
  /** The app lacks the right to make deep links: 4711, as for any missing scope. */
  noDeeplinks: boolean
  /** Messages in this language; codes stay. Zoom words them in the authorising user's language. */
  language: 'en' | 'es'
  /** The next answers of the API, first in first out. */
  next: Trouble[]
  /** Calls a second an account may make; null: as many as it likes, for tests whose clock stands still. */
  limits: Limits | null
  /** How a 429 says when to come again. */
  retryAfter: RetryAfter
}

export interface ZoomRest {
  router: Router
  oauth: OAuthDesk
  switches: RestSwitches
  /** How the list of participants of this meeting (its UUID) misbehaves; changeable at any time. */
  reports(meetingUuid: string): ReportSwitches
  /** Every answered call to the API and the token endpoints, with the clock's time of the answer. */
  calls: { method: string; path: string; status: number; atMs: number }[]
}

/** @param publicUrl where this router can be reached, without a path, once it listens */
export function createZoomRest(world: ZoomWorld, publicUrl: () => string): ZoomRest {
  const oauth = createOAuthDesk(world, publicUrl)
  const switches: RestSwitches = {
    noDeeplinks: false,
    language: 'en',
    next: [],
    limits: null,
    retryAfter: 'iso',
    deleted: new Set(),
    noWebinarPlan: false,
  }
  const reportSwitches = new Map<string, ReportSwitches>()
  const reports = (meetingUuid: string): ReportSwitches => {
    const known = reportSwitches.get(meetingUuid) ?? faithful()
    reportSwitches.set(meetingUuid, known)
    return known
  }
  const calls: ZoomRest['calls'] = []
  const router = express.Router()

  router.use(['/v2', '/oauth'], (request, response, next) => {
    response.set('x-zm-trackingid', `v=2.0;clid=us02;rid=WEB_${randomBytes(16).toString('hex')}`)
    response.on('finish', () => {
      calls.push({
        method: request.method,
        path: request.baseUrl + request.path,
        status: response.statusCode,
        atMs: world.clock.now(),
      })
    })
    next()
  })

  router.use(oauth.router)

  const fail: Fail = (response, status, code, words) => {
    response.status(status).json({ code, message: words[switches.language] })
  }
  const trouble = (response: Response, what: Trouble): void =>
    answerWith(what, response, { retryAfter: switches.retryAfter, nowMs: world.clock.now(), fail })

  const parts = { world, switches, fail }

  const rate = createRateLimit(world.clock.now)
  /** Whoever calls, when Zoom lets this call through; null when it has been refused already. */
  const admit: Admit = (request, response, operation, label) => {
    const [kind, token] = (request.get('authorization') ?? '').split(' ')
    const grant = oauth.grantOf(kind === 'Bearer' ? (token ?? '') : '')
    if ('refusal' in grant) return (fail(response, 401, grant.refusal, messages.invalidToken), null)
    response.set('x-ratelimit-category', `${label[0]?.toUpperCase()}${label.slice(1)}`)
    if (!rate.allows(grant.accountId, label, switches.limits)) {
      answerTooMany(response, switches.retryAfter, world.clock.now(), fail)
      return null
    }
    const wanted = facts.operations[operation]?.scopes ?? []
    if (!wanted.some((scope) => grant.scopes.includes(scope))) {
      fail(response, 400, 4711, messages.noScope(wanted))
      return null
    }
    return grant
  }

  router.use('/v2', express.json(), (_request, response, next) => {
    const ordered = switches.next.shift()
    if (ordered === undefined) next()
    else trouble(response, ordered)
  })

  router.get('/v2/users/me', (request, response) => {
    const grant = admit(request, response, 'GET /users/me', 'light')
    if (grant === null) return
    const id = grant.zoomUserId
    const user = id === null ? undefined : world.user(id)
    // "Me" is somebody: a server-to-server app is nobody.
    if (id === null || !user) return fail(response, 404, 1001, messages.noUser)
    const [firstName = '', ...rest] = user.person.name.split(' ')
    response.json({
      id,
      account_id: user.accountId,
      email: user.person.email ?? '',
      first_name: firstName,
      last_name: rest.join(' '),
      display_name: user.person.name,
      type: 2,
      timezone: 'Asia/Yekaterinburg',
      language: 'en-US',
      status: 'active',
      verified: 1,
    })
  })

  router.get('/v2/meetings/:number', (request, response) => {
    const caller = admit(request, response, 'GET /meetings/{meetingId}', 'light')
    const named = request.params.number
    if (caller !== null) answerDefinition(parts, request, response, { product: 'meeting', named, caller })
  })
  router.get('/v2/webinars/:id', (request, response) => {
    const caller = admit(request, response, 'GET /webinars/{webinarId}', 'light')
    const named = request.params.id
    if (caller !== null) answerDefinition(parts, request, response, { product: 'webinar', named, caller })
  })

  const pages = createPages(world.clock.now)
  router.use('/v2', registrantRoutes({ ...parts, pages, switchesOf: reports, admit }))

  const past = pastMeetings({
    world,
    pages,
    switchesOf: reports,
    retryAfter: () => switches.retryAfter,
    fail,
  })
  // The path is taken as it came: how a UUID was encoded decides whether Zoom finds it.
  router.use('/v2', (request, response, next) => {
    const [, kind, id = '', list] =
      /^\/past_(meeting|webinar)s\/([^/]+)(\/participants)?$/.exec(request.path) ?? []
    const [, reported, reportId = ''] =
      /^\/report\/(meeting|webinar)s\/([^/]+)\/participants$/.exec(request.path) ?? []
    if (request.method === 'GET' && (reported === 'meeting' || reported === 'webinar')) {
      const operation =
        reported === 'meeting'
          ? 'GET /report/meetings/{meetingId}/participants'
          : 'GET /report/webinars/{webinarId}/participants'
      const caller = admit(request, response, operation, 'heavy')
      const asked = { kind: reported, id: reportId, list: 'report' } as const
      if (caller !== null) past.participants(request, response, { ...asked, caller })
      return
    }
    if (request.method !== 'GET' || (kind !== 'meeting' && kind !== 'webinar')) return next()
    if (list !== undefined) {
      const operation =
        kind === 'meeting'
          ? 'GET /past_meetings/{meetingId}/participants'
          : 'GET /past_webinars/{webinarId}/participants'
      const caller = admit(request, response, operation, 'medium')
      if (caller !== null) past.participants(request, response, { kind, id, list: 'past', caller })
    } else if (kind === 'meeting') {
      const caller = admit(request, response, 'GET /past_meetings/{meetingId}', 'light')
      if (caller !== null) past.summary(response, id, caller)
    } else next()
  })

  router.post('/v2/zoomapp/deeplink', (request, response) => {
    const caller = admit(request, response, 'POST /zoomapp/deeplink', 'medium')
    if (caller === null) return
    if (switches.noDeeplinks) {
      return fail(response, 400, 4711, messages.noScope(['app:deeplink:write']))
    }
    if (caller.zoomUserId === null) return fail(response, 400, 300, messages.notYours)
    const { action } = (request.body ?? {}) as { action?: unknown }
    if (typeof action !== 'string' || action.length > 256)
      return fail(response, 400, 300, messages.longAction)
    const link = new URL('/launch/app', publicUrl())
    link.searchParams.set('user', caller.zoomUserId)
    link.searchParams.set('action', action)
    response.json({ deeplink: link.href })
  })

  // What a deeplink does on a real machine: the client opens the app, whose contexts carry the action for a while.
  router.get('/launch/app', (request, response) => {
    const query = new URL(request.originalUrl, publicUrl()).searchParams
    world.openDeeplink(query.get('user') ?? '', query.get('action') ?? '')
    response.type('html').send('<!doctype html><title>Simulated Zoom</title><p>Zoom opens the app now.</p>')
  })

  // The Marketplace's plain "Add" button: the callback arrives with a code and without the app's state.
  router.get('/marketplace/add', (request, response) => {
    const user = new URL(request.originalUrl, publicUrl()).searchParams.get('user') ?? ''
    const back = new URL(world.app.redirectUri)
    back.searchParams.set('code', oauth.issueCode(user, world.app.redirectUri))
    response.redirect(302, back.href)
  })

  // A raw slash cuts a UUID in two: what is before it exists nowhere, what is after it is no endpoint.
  router.use('/v2', (request, response) => {
    fail(response, 404, 3001, messages.noMeeting(request.path.split('/')[2] ?? ''))
  })

  return { router, oauth, switches, reports, calls }
}

/** Starts a server of its own for tests; the demo mounts the router beside its page instead. */
export async function startZoomRest(
  world: ZoomWorld,
): Promise<ZoomRest & { url: string; close(): Promise<void> }> {
  const app = express().disable('x-powered-by')
  let url = ''
  const rest = createZoomRest(world, () => url)
  app.use(rest.router)
  const server = await new Promise<Server>((resolve) => {
    const listening = app.listen(0, '127.0.0.1', () => resolve(listening))
  })
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
  return { ...rest, url, close }
}
