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
import { ADMIN_SCOPES, ALL_SCOPES } from './world.ts'
import type { ZoomWorld } from './world.ts'

export interface OAuthDesk {
  router: Router
  /** Who authorised an access token, and for what; or the code Zoom would refuse it with. */
  grantOf(accessToken: string): Granted | { refusal: number }
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
export interface Granted {
  /** Null: a server-to-server app acts for nobody but its account. */
  zoomUserId: string | null
  accountId: string
  /** An administrator's, for every meeting of the account. */
  accountWide: boolean
  /** As they were when the user agreed; scopes the app gains later need a new authorisation. */
  scopes: readonly string[]
}
interface Grant extends Granted {
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
  const accessToken = (granted: Granted) => {
    const token = newToken()
    accessTokens.set(token, { ...granted, untilMs: clock.now() + ACCESS_LIFETIME_MS })
    const scope = granted.scopes.join(' ')
    const api_url = new URL(apiUrl()).origin
    return { access_token: token, token_type: 'bearer', expires_in: 3599, scope, api_url }
  }
  const issueTokens = (zoomUserId: string, scopes: readonly string[]) => {
    const accountId = world.user(zoomUserId)?.accountId ?? ''
    const granted = { zoomUserId, accountId, accountWide: app.managedBy === 'account', scopes }
    const refreshToken = newToken()
    refreshTokens.set(refreshToken, { ...granted, untilMs: clock.now() + REFRESH_LIFETIME_MS })
    return { ...accessToken(granted), refresh_token: refreshToken }
  }
  const isOurApp = (request: Request): boolean => isBasic(request, app)

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
    if (app.managedBy === 'account' && !world.admins.has(zoomUserId))
      return page(response, 200, 'Only an administrator of your account can add this app.')

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
    response.json(issueTokens(grant.zoomUserId ?? '', grant.scopes))
  }
  /** A server-to-server app asks for its account: no code, no refresh token, another client id. */
  const forAccount = (request: Request, response: Response): void => {
    const asked = (request.body ?? {}) as Record<string, string | undefined>
    const other = world.serverToServer.find((one) => isBasic(request, one))
    if (!other) return refuse(response, 401, 'Invalid client_id or client_secret', 'invalid_client')
    if (asked['account_id'] !== other.accountId)
      return refuse(response, 400, 'Bad Request', 'invalid_request')
    const { accountId, scopes } = other
    response.json(accessToken({ zoomUserId: null, accountId, accountWide: true, scopes }))
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
    const usual = app.managedBy === 'account' ? ADMIN_SCOPES : ALL_SCOPES
    response.json(issueTokens(code.zoomUserId, app.scopes ?? usual))
  }
  router.post('/oauth/token', (request, response) => {
    const form = (request.body ?? {}) as Record<string, string | undefined>
    const { held } = switches
    if (held !== null) {
      const send = response.json.bind(response)
      response.json = (body: unknown) => (void held.then(() => send(body)), response)
    }
    if (form['grant_type'] === 'account_credentials') return forAccount(request, response)
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
    if (grant.zoomUserId !== null) {
      forget(grant.zoomUserId)
      world.deauthorise(grant.zoomUserId)
    }
    response.json({ status: 'success' })
  })

  return {
    router,
    grantOf(token) {
      const grant = accessTokens.get(token)
      if (!grant) return { refusal: 124 }
      const code = dead.get(grant.zoomUserId ?? '')
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

function isBasic(
  request: Request,
  { clientId, clientSecret }: { clientId: string; clientSecret: string },
): boolean {
  const [kind, text] = (request.get('authorization') ?? '').split(' ')
  if (kind !== 'Basic' || text === undefined) return false
  return equal(Buffer.from(text, 'base64').toString(), `${clientId}:${clientSecret}`)
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
