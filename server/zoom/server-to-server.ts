import { ServerToServerAnswer } from './answers.ts'
import type { WithToken } from './paging.ts'
import { ask, type RequestOptions } from './request.ts'
import { TOKEN_REFUSED, ZoomError } from './zoom-error.ts'

export interface ServerToServerOptions extends RequestOptions {
  /** https://zoom.us unless the account lives in another cloud. */
  oauthUrl: string
  accountId: string
  clientId: string
  clientSecret: string
}

/** An account's own server-to-server app, which lends its administrator's rights to this server. */
export interface ServerToServer {
  /** The Zoom account whose meetings it may read. */
  readonly accountId: string
  /** What its owner lets it do, as Zoom spells it. @throws ZoomError */
  scopes(): Promise<ReadonlySet<string>>
  /** Does one request as the account; a token Zoom no longer takes is replaced once. @throws ZoomError */
  withToken: WithToken
}

interface Token {
  accessToken: string
  scopes: ReadonlySet<string>
  expiresAtMs: number
}

/** A token this close to its end is replaced first. */
const SOON_MS = 60_000

/**
 * Its tokens live an hour and there is nothing to refresh: another one is asked for. They are kept in memory only, and
 * whoever needs one while it is asked for waits for the same answer.
 *
 * @see https://developers.zoom.us/docs/internal-apps/s2s-oauth/
 */
export function createServerToServer(options: ServerToServerOptions): ServerToServer {
  const { oauthUrl, accountId, clientId, clientSecret, clock } = options
  let current: Promise<Token> | null = null

  async function fresh(): Promise<Token> {
    const basic = Buffer.from(`${clientId}:${clientSecret}`).toString('base64')
    const request: RequestInit = {
      method: 'POST',
      headers: { authorization: `Basic ${basic}`, 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ grant_type: 'account_credentials', account_id: accountId }).toString(),
    }
    const call = { url: `${oauthUrl}/oauth/token`, request, repeatable: true }
    const answer = await ask(options, call, ServerToServerAnswer)
    return {
      accessToken: answer.access_token,
      scopes: new Set((answer.scope ?? '').split(' ')),
      expiresAtMs: clock() + answer.expires_in * 1000,
    }
  }

  function replace(): Promise<Token> {
    const asked = fresh()
    current = asked
    asked.catch(() => {
      if (current === asked) current = null
    })
    return asked
  }

  async function token(): Promise<Token> {
    const kept = current === null ? null : await current
    return kept !== null && kept.expiresAtMs - clock() > SOON_MS ? kept : replace()
  }

  return {
    accountId,
    scopes: async () => (await token()).scopes,
    async withToken(_operation, use) {
      const kept = await token()
      try {
        return await use(kept.accessToken)
      } catch (error) {
        if (!(error instanceof ZoomError) || error.code !== TOKEN_REFUSED) throw error
        return use((await replace()).accessToken)
      }
    },
  }
}
