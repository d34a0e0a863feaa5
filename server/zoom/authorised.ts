import type { ZoomApi } from './oauth.ts'
import type { CallAs, KeptTokens, Refreshed, TokenCupboard, TokenHolder } from './ports.ts'
import { NOT_CONNECTED, TOKEN_REFUSED, ZoomError } from './zoom-error.ts'

export interface AuthorisedParts {
  zoom: Pick<ZoomApi, 'refreshTokens'>
  cupboard: TokenCupboard
  clock: () => number
  log: { warn(fields: Record<string, unknown>, message: string): void }
}

/** A token this close to its end is renewed first: a call that waits for its turn must not outlive it. */
const SOON_MS = 60_000

/**
 * Zoom's answers that no repeating changes: the user, their administrator or a newer authorisation ended this grant. Codes
 * about the app's own id and secret (4702, 4704, 4705, 4706) are missing on purpose: a mistyped secret must not end
 * everybody's connection. So are 4700, a catch-all, and 4711 of an API call, which lacks one scope only.
 *
 * @see https://developers.zoom.us/docs/integrations/oauth/#oauth-errors
 */
const endedGrants = new Set(['4717', '4735', '4737', '4738', '4740', '4741'])
/** At the token endpoint these say the same. */
const refusedRefreshes = new Set(['invalid_grant', '4711', '4733', '4734', ...endedGrants])

/** The one way to call Zoom as a member. Rules: `CallAs`. */
export function createAuthorised({ zoom, cupboard, clock, log }: AuthorisedParts): CallAs {
  async function refresh(refreshToken: string): Promise<Refreshed> {
    try {
      return await zoom.refreshTokens(refreshToken)
    } catch (error) {
      const code = codeOf(error)
      if (code === null || !refusedRefreshes.has(code)) throw error
      return { dead: code }
    }
  }

  async function renewed(who: TokenHolder, stale: KeptTokens): Promise<KeptTokens> {
    const kept = await cupboard.renew(who, stale.accessToken, refresh)
    if (kept === 'busy') throw notAsked('renewal_busy')
    if (kept !== null && kept.dead !== null && stale.dead === null)
      log.warn({ ...who, code: kept.dead }, 'Zoom ended an authorization; the member has to connect again')
    return living(kept)
  }

  return async (who, use) => {
    const kept = living(await cupboard.find(who))
    const tokens = kept.expiresAtMs - clock() <= SOON_MS ? await renewed(who, kept) : kept

    const attempt = async ({ accessToken }: KeptTokens) => {
      try {
        return await use(accessToken)
      } catch (error) {
        const code = codeOf(error)
        if (code !== null && endedGrants.has(code)) await cupboard.bury(who, accessToken, code)
        throw error
      }
    }
    try {
      return await attempt(tokens)
    } catch (error) {
      const code = codeOf(error)
      if (code === TOKEN_REFUSED) return attempt(await renewed(who, tokens))
      if (code === null || !endedGrants.has(code)) throw error
      // A newer consent ends the tokens of the one before: with those of the newer one the call goes on.
      const newer = await cupboard.find(who)
      if (newer === null || newer.dead !== null || newer.accessToken === tokens.accessToken) throw error
      return attempt(newer)
    }
  }
}

/** @throws ZoomError kind `reconnect` */
function living(kept: KeptTokens | null): KeptTokens {
  if (kept === null || kept.dead !== null) throw notAsked(NOT_CONNECTED)
  return kept
}

const codeOf = (error: unknown): string | null => (error instanceof ZoomError ? error.code : null)

const notAsked = (code: string): ZoomError =>
  new ZoomError({ path: '/oauth/token', status: null, code, trackingId: null })
