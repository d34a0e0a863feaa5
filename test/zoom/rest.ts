/**
 * Zoom's REST API as far as Rollbook calls it, with Zoom's error bodies and codes, beside its OAuth pages.
 * Misbehaves on demand: see `RestSwitches`.
 */
import { randomBytes } from 'node:crypto'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import express from 'express'
import type { Request, Response, Router } from 'express'
import { createOAuthDesk } from './oauth.ts'
import type { OAuthDesk } from './oauth.ts'
import { iso } from './webhook-bodies.ts'
import type { ZoomWorld } from './world.ts'

export interface RestSwitches {
  /** The app lacks the right to make deep links: 4711, as for any missing scope. */
  noDeeplinks: boolean
  /** Messages in this language; codes stay. Zoom words them in the authorising user's language. */
  language: 'en' | 'es'
  /** The next answers of the API, first in first out: a status, or `timeout` for none at all. */
  next: (429 | 500 | 502 | 503 | 'timeout')[]
}

export interface ZoomRest {
  router: Router
  oauth: OAuthDesk
  switches: RestSwitches
  /** Method and path of every call to the API and the token endpoints. */
  calls: { method: string; path: string; status: number }[]
}

/** @param publicUrl where this router can be reached, without a path, once it listens */
export function createZoomRest(world: ZoomWorld, publicUrl: () => string): ZoomRest {
  const oauth = createOAuthDesk(world, publicUrl)
  const switches: RestSwitches = { noDeeplinks: false, language: 'en', next: [] }
  const calls: ZoomRest['calls'] = []
  const router = express.Router()

  router.use(['/v2', '/oauth'], (request, response, next) => {
    response.set('x-zm-trackingid', `v=2.0;clid=us02;rid=WEB_${randomBytes(16).toString('hex')}`)
    response.on('finish', () => {
      calls.push({
        method: request.method,
        path: request.baseUrl + request.path,
        status: response.statusCode,
      })
    })
    next()
  })

  router.use(oauth.router)

  const fail = (response: Response, status: number, code: number, words: Words): void => {
    response.status(status).json({ code, message: words[switches.language] })
  }

  router.use('/v2', express.json(), (request, response, next) => {
    const trouble = switches.next.shift()
    if (trouble === 'timeout') return
    if (trouble === 429) {
      // Seen as an ISO date-time, where HTTP has seconds or an HTTP date.
      response.set('retry-after', iso(world.clock.now() + 2000))
      return fail(response, 429, 429, messages.tooMany)
    }
    if (trouble !== undefined) return fail(response, trouble, trouble, messages.broken)
    if (bearerUser(request) === null) return fail(response, 401, 124, messages.invalidToken)
    next()
  })
  const bearerUser = (request: Request): string | null => {
    const [kind, token] = (request.get('authorization') ?? '').split(' ')
    return kind === 'Bearer' && token !== undefined ? oauth.userOf(token) : null
  }

  router.get('/v2/users/me', (request, response) => {
    const id = bearerUser(request) ?? ''
    const user = world.user(id)
    if (!user) return fail(response, 404, 1001, messages.noUser)
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
    const scenario = world.meeting(request.params.number)
    const hostId = scenario?.meeting.host.zoomUserId
    // A user-managed app sees the authorising user's own meetings only.
    if (!scenario || hostId === undefined || hostId !== bearerUser(request)) {
      return fail(response, 404, 3001, messages.noMeeting(request.params.number))
    }
    const { meeting } = scenario
    response.json({
      id: Number(meeting.number),
      uuid: meeting.uuid,
      host_id: hostId,
      host_email: meeting.host.email ?? '',
      topic: meeting.topic,
      type: 2,
      status: meeting.startedAtMs !== null && meeting.endedAtMs === null ? 'started' : 'waiting',
      start_time: iso(meeting.startedAtMs ?? world.clock.now()),
      duration: meeting.scheduledMinutes,
      timezone: meeting.timezone,
      created_at: iso((meeting.startedAtMs ?? world.clock.now()) - 86_400_000),
      join_url: `https://us02web.zoom.us/j/${meeting.number}`,
    })
  })

  router.post('/v2/zoomapp/deeplink', (request, response) => {
    if (switches.noDeeplinks) return fail(response, 400, 4711, messages.noScope)
    const { action } = (request.body ?? {}) as { action?: unknown }
    if (typeof action !== 'string' || action.length > 256)
      return fail(response, 400, 300, messages.longAction)
    const link = new URL('/launch/app', publicUrl())
    link.searchParams.set('user', bearerUser(request) ?? '')
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

  return { router, oauth, switches, calls }
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

type Words = Record<RestSwitches['language'], string>

const messages = {
  noScope: {
    en: 'Invalid access token, does not contain scopes.',
    es: 'Token de acceso no válido, no contiene los ámbitos.',
  },
  invalidToken: { en: 'Invalid access token.', es: 'Token de acceso no válido.' },
  noUser: { en: 'User does not exist.', es: 'El usuario no existe.' },
  noMeeting: (number: string): Words => ({
    en: `Meeting does not exist: ${number}.`,
    es: `La reunión no existe: ${number}.`,
  }),
  longAction: {
    en: 'Invalid action. The maximum length of the value is 256.',
    es: 'Acción no válida. La longitud máxima del valor es 256.',
  },
  tooMany: {
    en: 'You have reached the maximum per-second rate limit for this API. Try again later.',
    es: 'Ha alcanzado el límite máximo de frecuencia por segundo de esta API. Inténtelo más tarde.',
  },
  broken: { en: 'Internal error.', es: 'Error interno.' },
}
