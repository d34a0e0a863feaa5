import { createHash, randomBytes } from 'node:crypto'
import type * as z from 'zod/mini'
import { DeeplinkAnswer, RevokeAnswer, TokenAnswer, UserAnswer } from './answers.ts'
import type { ZoomTokens } from './ports.ts'
import { ask } from './request.ts'

export interface ZoomApiOptions {
  /** https://api.zoom.us/v2 unless the account lives in another cloud. */
  apiUrl: string
  /** https://zoom.us unless the account lives in another cloud. */
  oauthUrl: string
  clientId: string
  /** Newest first. Only the newest authenticates us; older ones still open contexts that Zoom sealed with them. */
  clientSecrets: readonly string[]
  clock: () => number
  log: { warn(fields: Record<string, unknown>, message: string): void }
  /** How long one attempt may take. */
  timeoutMs?: number
}

export interface ZoomUser {
  zoomUserId: string
  zoomAccountId: string
}

/** The part of Zoom's OAuth and REST we use. Every method throws ZoomError when Zoom refuses or cannot be reached. */
export interface ZoomApi {
  /** Where to send the browser for consent. `challenge` is S256: without naming a method Zoom would take it as plain. */
  authorizeUrl(input: { redirectUri: string; state: string; challenge: string }): string
  /**
   * Spends an authorization code (five minutes, one use; so it is never tried twice). `redirectUri` null: it is not sent,
   * as some clients want it for codes that came through the panel.
   */
  exchangeCode(input: { code: string; redirectUri: string | null; verifier: string }): Promise<ZoomTokens>
  /**
   * Spends a refresh token: Zoom gives a new pair and takes no old one again, so it is never tried twice, and the new pair
   * must be kept before it is used.
   */
  refreshTokens(refreshToken: string): Promise<ZoomTokens>
  /** Takes back everything this user granted the app. Zoom announces it afterwards as `app_deauthorized`. */
  revoke(accessToken: string): Promise<void>
  /** Who authorised us. */
  usersMe(accessToken: string): Promise<ZoomUser>
  /** An address that opens the panel in the user's client; `action` (at most 256 characters) comes back in the context. */
  deeplink(accessToken: string, action: string): Promise<string>
}

export type PkceMethod = 'plain' | 'S256'

/**
 * A code verifier and its challenge; of method `plain` they are the same.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7636#section-4
 */
export function pkcePair(method: PkceMethod = 'S256'): { verifier: string; challenge: string } {
  const verifier = randomBytes(32).toString('base64url')
  const hashed = createHash('sha256').update(verifier).digest('base64url')
  return { verifier, challenge: method === 'plain' ? verifier : hashed }
}

/** Zoom's OAuth and REST as seen from one app. Holds no token: every call is given the one it acts with. */
export function createZoomApi(options: ZoomApiOptions): ZoomApi {
  const { apiUrl, oauthUrl, clientId, clientSecrets, clock } = options
  const basic = `Basic ${Buffer.from(`${clientId}:${clientSecrets[0] ?? ''}`).toString('base64')}`
  const form = (fields: Record<string, string>): RequestInit => ({
    method: 'POST',
    headers: { authorization: basic, 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(fields).toString(),
  })
  const bearer = (accessToken: string): Record<string, string> => ({ authorization: `Bearer ${accessToken}` })

  async function tokensFor(fields: Record<string, string>): Promise<ZoomTokens> {
    const call = { url: `${oauthUrl}/oauth/token`, request: form(fields), repeatable: false }
    return tokensOf(await ask(options, call, TokenAnswer), clock())
  }

  return {
    authorizeUrl({ redirectUri, state, challenge }) {
      const query = new URLSearchParams({
        response_type: 'code',
        client_id: clientId,
        redirect_uri: redirectUri,
        state,
        code_challenge: challenge,
        code_challenge_method: 'S256',
      })
      return `${oauthUrl}/oauth/authorize?${query.toString()}`
    },

    exchangeCode: ({ code, redirectUri, verifier }) =>
      tokensFor({
        grant_type: 'authorization_code',
        code,
        code_verifier: verifier,
        ...(redirectUri === null ? {} : { redirect_uri: redirectUri }),
      }),

    refreshTokens: (refreshToken) => tokensFor({ grant_type: 'refresh_token', refresh_token: refreshToken }),

    async revoke(accessToken) {
      const request = form({ token: accessToken })
      await ask(options, { url: `${oauthUrl}/oauth/revoke`, request, repeatable: true }, RevokeAnswer)
    },

    async usersMe(accessToken) {
      const request = { headers: bearer(accessToken) }
      const answer = await ask(options, { url: `${apiUrl}/users/me`, request, repeatable: true }, UserAnswer)
      return { zoomUserId: answer.id, zoomAccountId: answer.account_id }
    },

    async deeplink(accessToken, action) {
      const request = {
        method: 'POST',
        headers: { ...bearer(accessToken), 'content-type': 'application/json' },
        body: JSON.stringify({ action }),
      }
      const answer = await ask(
        options,
        { url: `${apiUrl}/zoomapp/deeplink`, request, repeatable: true },
        DeeplinkAnswer,
      )
      return answer.deeplink
    },
  }
}

function tokensOf(answer: z.infer<typeof TokenAnswer>, nowMs: number): ZoomTokens {
  return {
    accessToken: answer.access_token,
    refreshToken: answer.refresh_token,
    expiresAtMs: nowMs + answer.expires_in * 1000,
    scopes: (answer.scope ?? '').split(' ').filter((scope) => scope !== ''),
  }
}
