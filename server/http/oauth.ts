import { randomBytes } from 'node:crypto'
import type { CookieOptions, Request, Response } from 'express'
import { pageWords } from '../../shared/words/index.ts'
import { RollbookError } from '../errors.ts'
import { pkcePair, ZoomError, type OAuthFlows } from '../zoom/index.ts'
import { asProblem, FLOW_MS, finishInClient, hashState, keepConsent, type ConsentParts } from './consent.ts'
import { readCookie } from './cookies.ts'
import { languageOf, renderPage } from './pages.ts'
import { openRoute, type Route } from './route.ts'

/** A deep link's action reaches the panel for five minutes. */
const WELCOME_MS = 5 * 60_000

export interface OAuthRouteParts extends ConsentParts {
  oauthFlows: OAuthFlows
  publicUrl: string
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
        // "Add" on the Marketplace begins at Zoom and brings no state: never take that code, begin again with ours.
        if (typeof code !== 'string' || typeof state !== 'string') {
          sendPage(req, res, 200, 'restart')
          return
        }
        const came = { stateHash: hashState(state), nowMs: parts.clock() }
        const flow =
          readCookie(req, cookie.name) === state
            ? await parts.oauthFlows.finish({ kind: 'web', ...came })
            : // A panel's flow is bound to its Zoom user instead, whichever browser Zoom chooses to come back with.
              await parts.oauthFlows.finish({ kind: 'in_client', ...came })
        if (flow === null) {
          sendPage(req, res, 200, 'restart')
        } else if (flow.kind === 'in_client') {
          await finishForPanel(req, res, parts, { code, redirectUri, flow })
        } else {
          res.clearCookie(cookie.name, cookie.options)
          const deeplink = await finishInstall(parts, { code, redirectUri, verifier: flow.verifier })
          if (deeplink === null) sendPage(req, res, 200, 'installed')
          else res.set('Cache-Control', 'no-store').redirect(302, deeplink)
        }
      },
    }),
  ]
}

/** The panel that began is still open in Zoom and sees by itself that it is connected; here only a sentence is left to say. */
async function finishForPanel(
  req: Request,
  res: Response,
  parts: OAuthRouteParts,
  input: Parameters<typeof finishInClient>[1],
): Promise<void> {
  try {
    await finishInClient(parts, input)
  } catch (error) {
    if (!(error instanceof RollbookError) || error.code !== 'account_mismatch') throw error
    sendPage(req, res, error.status, 'otherUser')
    return
  }
  sendPage(req, res, 200, 'connected')
}

/** Exchanges the code and keeps what came of it. Answers the address that opens the panel; null when Zoom gives none. */
async function finishInstall(
  parts: OAuthRouteParts,
  input: { code: string; redirectUri: string; verifier: string },
): Promise<string | null> {
  try {
    const tokens = await keepConsent(parts, { ...input, wanted: null })
    return tokens === null ? null : await panelAddress(parts, tokens.accessToken)
  } catch (error) {
    throw asProblem(error, 'Open /oauth/install again.')
  }
}

/** Everything is installed by now, so a refused deep link (Zoom names no granular scope for it) is no failure. */
async function panelAddress(parts: OAuthRouteParts, accessToken: string): Promise<string | null> {
  const welcome = randomBytes(16).toString('base64url')
  await parts.oauthFlows.begin({
    stateHash: hashState(welcome),
    flow: { kind: 'welcome' },
    expiresAtMs: parts.clock() + WELCOME_MS,
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
  which: 'restart' | 'refused' | 'installed' | 'connected' | 'otherUser',
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
