/**
 * Zoom's OAuth pages and endpoints: the authorisation (which agrees by itself), the exchange with PKCE, refresh tokens
 * that work exactly once, and revoking. Bodies and codes are those Zoom answers with.
 *
 * @see https://developers.zoom.us/docs/integrations/oauth/
 */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import express from 'express'
import type { Request, Response, Router } from 'express'
import type { Code } from './codes.ts'
import { ALL_SCOPES } from './world.ts'
import type { ZoomWorld } from './world.ts'

export interface OAuthDesk {
  router: Router
  /** Who authorised an access token, and for what; or the code Zoom would refuse it with. */
  grantOf(accessToken: string): { zoomUserId: string; scopes: readonly string[] } | { refusal: number }
  /** An authorisation code as the "Add" button of the Marketplace brings it: without the app's state. */
  issueCode(zoomUserId: string, redirectUri: string): string
  /** Ends every access token now, as an hour would. */
  expireAccessTokens(): void
  /**
   * Ends everything this user granted, though the app stays added: the API then answers 401 with `code` (124 when Zoom only
   * says that the token is invalid), the token endpoint `invalid_grant`. A new authorisation heals it.
   */
  kill(zoomUserId: string, code?: DeadCode): void
  switches: OAuthSwitches
  /** How often the token endpoint was asked for what, and how often it refused a refresh. */
  readonly counts: { exchanges: number; refreshes: number; refusedRefreshes: number }
}

/** 4717: app disabled, 4735: owner gone, 4738: disabled by the administrator, 4740: refreshed twice, 4741: revoked. */
export type DeadCode = 124 | 4717 | 4735 | 4738 | 4740 | 4741

export interface OAuthSwitches {
  /** Whether the exchange of a code from inside the client must, may or must not name the redirect; Zoom's samples differ. */
  inClientRedirect: 'required' | 'either' | 'forbidden'
  /** Answers of the token endpoint wait for this, though the tokens are already turned over: to look at a race, or at a crash. */
  held: Promise<void> | null
}
interface Grant {
  zoomUserId: string
  /** As they were when the user agreed; scopes the app gains later need a new authorisation. */
  scopes: readonly string[]
  untilMs: number
}

const ACCESS_LIFETIME_MS = 3600_000
const REFRESH_LIFETIME_MS = 90 * 24 * 3600_000
const SIGNED_IN_COOKIE = 'zoom_signed_in'

export function createOAuthDesk(world: ZoomWorld, apiUrl: () => string): OAuthDesk {
  const { app, clock } = world
  const { codes } = world
  const accessTokens = new Map<string, Grant>()
  const refreshTokens = new Map<string, Grant>()
  const dead = new Map<string, DeadCode>()
  const switches: OAuthSwitches = { inClientRedirect: 'either', held: null }
  const counts = { exchanges: 0, refreshes: 0, refusedRefreshes: 0 }

  const forget = (zoomUserId: string): void => {
    for (const tokens of [accessTokens, refreshTokens]) {
      for (const [token, grant] of tokens) if (grant.zoomUserId === zoomUserId) tokens.delete(token)
    }
  }
  const issueTokens = (zoomUserId: string, scopes: readonly string[]) => {
    const accessToken = newToken()
    const refreshToken = newToken()
    accessTokens.set(accessToken, { zoomUserId, scopes, untilMs: clock.now() + ACCESS_LIFETIME_MS })
    refreshTokens.set(refreshToken, { zoomUserId, scopes, untilMs: clock.now() + REFRESH_LIFETIME_MS })
    return {
      access_token: accessToken,
      token_type: 'bearer',
      refresh_token: refreshToken,
      expires_in: 3599,
      scope: scopes.join(' '),
      api_url: new URL(apiUrl()).origin,
    }
  }
  const isOurApp = (request: Request): boolean => {
    const [kind, text] = (request.get('authorization') ?? '').split(' ')
    if (kind !== 'Basic' || text === undefined) return false
    return equal(Buffer.from(text, 'base64').toString(), `${app.clientId}:${app.clientSecret}`)
  }

  const router = express.Router()
  router.use('/oauth', express.urlencoded({ extended: false }))

  router.get('/oauth/authorize', (request, response) => {
    const asked = parameters(request)
    if (asked['client_id'] !== app.clientId) return page(response, 400, 'Invalid client_id (4702)')
    if (asked['redirect_uri'] !== app.redirectUri) return page(response, 400, 'Invalid redirect (4709)')
    if (asked['response_type'] !== 'code') return page(response, 400, 'Invalid response type (4700)')
    const zoomUserId = signedIn(request)
    const known = zoomUserId === null ? undefined : world.user(zoomUserId)
    if (zoomUserId === null || !known) return page(response, 200, 'Sign in to the simulated Zoom first.')

    const challenge = asked['code_challenge']
    const code = codes.issue({
      zoomUserId,
      inClient: false,
      redirectUri: app.redirectUri,
      challenge: challenge
        ? { value: challenge, method: asked['code_challenge_method'] === 'S256' ? 'S256' : 'plain' }
        : null,
    })
    const back = new URL(app.redirectUri)
    back.searchParams.set('code', code)
    if (asked['state'] !== undefined) back.searchParams.set('state', asked['state'])
    response.redirect(302, back.href)
  })

  const refresh = (response: Response, token: string): void => {
    counts.refreshes += 1
    const grant = refreshTokens.get(token)
    // Spent before anything else happens, so of two requests at the same moment one is too late.
    refreshTokens.delete(token)
    if (!grant || grant.untilMs <= clock.now()) {
      counts.refusedRefreshes += 1
      return refuse(response, 400, 'Invalid Token!', 'invalid_grant')
    }
    response.json(issueTokens(grant.zoomUserId, grant.scopes))
  }
  const exchange = (response: Response, form: Record<string, string | undefined>): void => {
    counts.exchanges += 1
    const code = codes.take(form['code'] ?? '')
    if (!code) return refuse(response, 400, 'Invalid authorization code', 'invalid_grant')
    if (!namesRedirect(code, form['redirect_uri'], switches.inClientRedirect))
      return refuse(response, 400, 'Redirect URI mismatch', 'invalid_request')
    if (!provesChallenge(code, form['code_verifier'])) {
      return refuse(response, 400, 'Invalid code verifier', 'invalid_grant')
    }
    // A new authorisation ends the earlier tokens of the same user and app.
    forget(code.zoomUserId)
    dead.delete(code.zoomUserId)
    world.authorised.add(code.zoomUserId)
    response.json(issueTokens(code.zoomUserId, world.app.scopes ?? ALL_SCOPES))
  }
  router.post('/oauth/token', (request, response) => {
    const form = (request.body ?? {}) as Record<string, string | undefined>
    const { held } = switches
    if (held !== null) {
      const send = response.json.bind(response)
      response.json = (body: unknown) => (void held.then(() => send(body)), response)
    }
    if (!isOurApp(request)) refuse(response, 401, 'Invalid client_id or client_secret', 'invalid_client')
    else if (form['grant_type'] === 'refresh_token') refresh(response, form['refresh_token'] ?? '')
    else if (form['grant_type'] === 'authorization_code') exchange(response, form)
    else refuse(response, 400, 'Unsupported grant type', 'unsupported_grant_type')
  })

  router.post('/oauth/revoke', (request, response) => {
    if (!isOurApp(request))
      return refuse(response, 401, 'Invalid client_id or client_secret', 'invalid_client')
    const grant = accessTokens.get(String((request.body as { token?: string } | undefined)?.token ?? ''))
    if (!grant) return refuse(response, 400, 'Invalid Token!', 'invalid_request')
    forget(grant.zoomUserId)
    world.deauthorise(grant.zoomUserId)
    response.json({ status: 'success' })
  })

  return {
    router,
    grantOf(token) {
      const grant = accessTokens.get(token)
      if (!grant) return { refusal: 124 }
      const code = dead.get(grant.zoomUserId)
      if (code !== undefined) return { refusal: code }
      return grant.untilMs > clock.now() ? grant : { refusal: 124 }
    },
    issueCode: (zoomUserId, redirectUri) =>
      codes.issue({ zoomUserId, redirectUri, challenge: null, inClient: false }),
    expireAccessTokens() {
      for (const grant of accessTokens.values()) grant.untilMs = 0
    },
    kill(zoomUserId, code = 4741) {
      dead.set(zoomUserId, code)
      for (const [token, grant] of refreshTokens)
        if (grant.zoomUserId === zoomUserId) refreshTokens.delete(token)
    },
    switches,
    counts,
  }
}

/** The cookie header of a browser in which this person is signed in to the simulated Zoom. */
export const signedInCookie = (zoomUserId: string): string => `${SIGNED_IN_COOKIE}=${zoomUserId}`

function signedIn(request: Request): string | null {
  const cookies = (request.get('cookie') ?? '').split(/;\s*/)
  return (
    cookies.find((cookie) => cookie.startsWith(`${SIGNED_IN_COOKIE}=`))?.slice(SIGNED_IN_COOKIE.length + 1) ??
    null
  )
}

function provesChallenge({ challenge }: Code, verifier: string | undefined): boolean {
  if (!challenge) return true
  if (verifier === undefined || !/^[A-Za-z0-9._~-]{43,128}$/.test(verifier)) return false
  const proof =
    challenge.method === 'S256' ? createHash('sha256').update(verifier).digest('base64url') : verifier
  return equal(proof, challenge.value)
}

function namesRedirect(
  code: Code,
  given: string | undefined,
  inClient: OAuthSwitches['inClientRedirect'],
): boolean {
  if (!code.inClient || given !== undefined) {
    return given === code.redirectUri && !(code.inClient && inClient === 'forbidden')
  }
  return inClient !== 'required'
}

/** The first value of every query parameter. */
function parameters(request: Request): Record<string, string | undefined> {
  return Object.fromEntries(new URL(request.originalUrl, 'http://localhost').searchParams)
}

function refuse(response: Response, status: number, reason: string, error: string): void {
  response.status(status).json({ reason, error })
}

function page(response: Response, status: number, sentence: string): void {
  response.status(status).type('html').send(`<!doctype html><title>Simulated Zoom</title><p>${sentence}</p>`)
}

const newToken = (): string => randomBytes(32).toString('base64url')

function equal(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)]
  return left.length === right.length && timingSafeEqual(left, right)
}
