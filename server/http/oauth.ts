import { createHash, randomBytes } from 'node:crypto'
import type { CookieOptions, Request, Response } from 'express'
import { pageWords } from '../../shared/words/index.ts'
import type { AuditLog } from '../audit/index.ts'
import { RollbookError } from '../errors.ts'
import { pkcePair, ZoomError, type OAuthFlows, type TokenStore, type ZoomApi } from '../zoom/index.ts'
import { languageOf, renderPage } from './pages.ts'
import { openRoute, type Route } from './route.ts'

/** Zoom's consent page may wait for an administrator's sign-in. */
const FLOW_MS = 15 * 60_000
/** A deep link's action reaches the panel for five minutes. */
const WELCOME_MS = 5 * 60_000

export interface OAuthRouteParts {
  zoom: ZoomApi
  oauthFlows: OAuthFlows
  tokenStore: TokenStore
  audit: AuditLog
  publicUrl: string
  clock: () => number
}

/**
 * The web install: leave for Zoom with state and an S256 challenge, come back with a code, keep the tokens sealed, and open
 * the panel by a deep link. The state is bound to the browser by a cookie, so nobody can finish a flow another one began.
 */
export function oauthRoutes(parts: OAuthRouteParts): Route[] {
  const redirectUri = `${parts.publicUrl}/oauth/callback`
  const cookie = stateCookie(parts.publicUrl)
  return [
    openRoute({
      method: 'get',
      path: '/oauth/install',
      summary: 'Starts the installation and sends the browser to Zoom.',
      access: { who: 'anyone' },
      handle: async (_req, res) => {
        const state = randomBytes(32).toString('base64url')
        const { verifier, challenge } = pkcePair()
        await parts.oauthFlows.begin({
          stateHash: hashState(state),
          flow: { kind: 'web', verifier },
          expiresAtMs: parts.clock() + FLOW_MS,
        })
        res
          .cookie(cookie.name, state, { ...cookie.options, maxAge: FLOW_MS })
          .set('Cache-Control', 'no-store')
          .redirect(302, parts.zoom.authorizeUrl({ redirectUri, state, challenge }))
      },
    }),
    openRoute({
      method: 'get',
      path: '/oauth/callback',
      summary: 'Where Zoom sends the browser back; a callback without our state starts over.',
      access: { who: 'anyone' },
      handle: async (req, res) => {
        const { code, state } = req.query
        if (typeof req.query['error'] === 'string') {
          sendPage(req, res, 400, 'refused')
          return
        }
        const flow =
          typeof code === 'string' && typeof state === 'string' && readCookie(req, cookie.name) === state
            ? await parts.oauthFlows.finish({
                kind: 'web',
                stateHash: hashState(state),
                nowMs: parts.clock(),
              })
            : null
        if (flow === null || typeof code !== 'string') {
          // "Add" on the Marketplace begins at Zoom and brings no state: never take that code, begin again with ours.
          sendPage(req, res, 200, 'restart')
          return
        }
        res.clearCookie(cookie.name, cookie.options)
        const deeplink = await finishInstall(parts, { code, redirectUri, verifier: flow.verifier })
        if (deeplink === null) sendPage(req, res, 200, 'installed')
        else res.set('Cache-Control', 'no-store').redirect(302, deeplink)
      },
    }),
  ]
}

/** How one-time values are looked up: by hash, so that the database never holds one that works. */
export function hashState(state: string): string {
  return createHash('sha256').update(state).digest('base64url')
}

/** Exchanges the code and keeps what came of it. Answers the address that opens the panel; null when Zoom gives none. */
async function finishInstall(
  parts: OAuthRouteParts,
  input: { code: string; redirectUri: string; verifier: string },
): Promise<string | null> {
  const nowMs = parts.clock()
  try {
    const tokens = await parts.zoom.exchangeCode(input)
    const user = await parts.zoom.usersMe(tokens.accessToken)
    const installed = await parts.tokenStore.install({ profile: 'user', ...user, tokens, nowMs })
    await parts.audit.append({
      installationId: installed.installationId,
      actorMemberId: installed.memberId,
      act: 'installed',
      gatheringId: null,
      atMs: nowMs,
      detail: { created: installed.created, scopes: tokens.scopes },
    })
    return await panelAddress(parts, tokens.accessToken, nowMs)
  } catch (error) {
    if (!(error instanceof ZoomError)) throw error
    throw error.kind === 'unavailable'
      ? new RollbookError(
          'zoom_unavailable',
          'Zoom does not answer at the moment. Wait a minute and open /oauth/install again.',
          { cause: error },
        )
      : new RollbookError(
          'zoom_refused',
          'Zoom refused to connect. Open /oauth/install again; if it stays, check the app’s credentials and redirect address.',
          { cause: error },
        )
  }
}

/** Everything is installed by now, so a refused deep link (Zoom names no granular scope for it) is no failure. */
async function panelAddress(
  parts: OAuthRouteParts,
  accessToken: string,
  nowMs: number,
): Promise<string | null> {
  const welcome = randomBytes(16).toString('base64url')
  await parts.oauthFlows.begin({
    stateHash: hashState(welcome),
    flow: { kind: 'welcome' },
    expiresAtMs: nowMs + WELCOME_MS,
  })
  try {
    return await parts.zoom.deeplink(accessToken, welcome)
  } catch (error) {
    if (error instanceof ZoomError) return null
    throw error
  }
}

function sendPage(
  req: Request,
  res: Response,
  status: number,
  which: 'restart' | 'refused' | 'installed',
): void {
  const language = languageOf(req.get('accept-language'))
  const { title, paragraphs, button } = pageWords[which][language]
  res
    .status(status)
    .set('Cache-Control', 'no-store')
    .type('html')
    .send(
      renderPage({
        language,
        title,
        paragraphs: [...paragraphs],
        ...(button === null
          ? {}
          : { action: { label: button, method: 'get' as const, href: '/oauth/install' } }),
      }),
    )
}

function stateCookie(publicUrl: string): { name: string; options: CookieOptions } {
  const secure = publicUrl.startsWith('https:')
  return {
    name: secure ? '__Host-rollbook-install' : 'rollbook-install',
    options: { httpOnly: true, secure, sameSite: 'lax', path: '/' },
  }
}

function readCookie(req: Request, name: string): string | null {
  for (const part of (req.get('cookie') ?? '').split(';')) {
    const [key, value] = part.trim().split('=', 2)
    // Our state is base64url, which needs no decoding; what does is not ours.
    if (key === name && value !== undefined) return value
  }
  return null
}
