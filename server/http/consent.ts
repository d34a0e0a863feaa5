import { createHash } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Directory } from '../access/index.ts'
import type { AuditLog } from '../audit/index.ts'
import { RollbookError } from '../errors.ts'
import {
  ZoomError,
  type OAuthFlow,
  type TokenStore,
  type ZoomApi,
  type ZoomTokens,
  type ZoomUser,
} from '../zoom/index.ts'

/** Zoom's consent page may wait for an administrator's sign-in. */
export const FLOW_MS = 15 * 60_000

/** Between the questions whose tokens these are; somebody watches a page meanwhile. */
const ASK_WHO_AGAIN_AFTER_MS = [250, 1_000]

export interface ConsentParts {
  zoom: ZoomApi
  tokenStore: TokenStore
  directory: Pick<Directory, 'installationOfUser'>
  audit: AuditLog
  /** Who adds the app: each user for themselves, or an administrator for the account. */
  profile: 'user' | 'account'
  clock: () => number
  /** How codes that come through the Zoom client are proved and exchanged; see `config.ts`. */
  inClient: InClientOAuth
}

export interface InClientOAuth {
  pkce: 'plain' | 'S256'
  sendsRedirect: boolean
}

/** How one-time values are looked up: by hash, so that the database never holds one that works. */
export function hashState(state: string): string {
  return createHash('sha256').update(state).digest('base64url')
}

/**
 * Exchanges a code and keeps what came of it; `wanted` is the Zoom user who has to have agreed, null for whoever did.
 *
 * Whoever else agreed is told to nobody. Zoom ended their earlier tokens when it took the code, so new ones of somebody
 * who has Rollbook are kept for them (revoking would make Zoom announce that they removed the app, and their lists would
 * go); somebody without it has them taken back.
 *
 * @returns the tokens, or null when another user agreed
 * @throws ZoomError
 */
export async function keepConsent(
  parts: ConsentParts,
  input: { code: string; redirectUri: string | null; verifier: string; wanted: string | null },
): Promise<ZoomTokens | null> {
  const { code, redirectUri, verifier, wanted } = input
  const nowMs = parts.clock()
  const tokens = await parts.zoom.exchangeCode({ code, redirectUri, verifier })
  // Tokens of nobody known are let go, and nothing is lost: whoever presses again is given new ones. Revoking them would make
  // Zoom announce that the app was removed, and with it everything its user has here.
  const user = await whoseTokens(parts.zoom, tokens.accessToken)
  const meant = wanted === null || user.zoomUserId === wanted
  if (!meant && (await parts.directory.installationOfUser(user.zoomUserId)) === null) {
    await parts.zoom.revoke(tokens.accessToken)
    return null
  }
  const installed = await parts.tokenStore.install({ profile: parts.profile, ...user, tokens, nowMs })
  await parts.audit.append({
    installationId: installed.installationId,
    actorMemberId: installed.memberId,
    act: installed.created ? 'installed' : 'reconnected',
    gatheringId: null,
    atMs: nowMs,
    detail: { created: installed.created, scopes: tokens.scopes },
  })
  return meant ? tokens : null
}

/** The code is spent, so a moment of Zoom's is waited out. When nothing comes back at all, the call itself has tried again. */
async function whoseTokens(zoom: ZoomApi, accessToken: string): Promise<ZoomUser> {
  for (const pauseMs of ASK_WHO_AGAIN_AFTER_MS) {
    try {
      return await zoom.usersMe(accessToken)
    } catch (error) {
      const passes = error instanceof ZoomError && error.kind === 'unavailable' && error.status !== null
      if (!passes) throw error
      await sleep(pauseMs)
    }
  }
  return zoom.usersMe(accessToken)
}

/**
 * Ends what a panel began inside the Zoom client, wherever the code came back: through the panel or to our address. The
 * code is spent here and never handed on.
 *
 * @throws RollbookError account_mismatch, zoom_unavailable or zoom_refused
 */
export async function finishInClient(
  parts: ConsentParts,
  input: { code: string; redirectUri: string; flow: Extract<OAuthFlow, { kind: 'in_client' }> },
): Promise<void> {
  const { code, redirectUri, flow } = input
  const kept = await keepConsent(parts, {
    code,
    redirectUri: parts.inClient.sendsRedirect ? redirectUri : null,
    verifier: flow.verifier,
    wanted: flow.zoomUserId,
  }).catch((error: unknown) => {
    throw asProblem(error, 'Press Connect in the panel again.')
  })
  if (kept !== null) return
  throw new RollbookError(
    'account_mismatch',
    'Another Zoom user agreed than the one who opened the panel. Sign in to Zoom as that one and connect again.',
  )
}

/** What a failed exchange is to a person; `again` says how to repeat it. Anything but ZoomError stays what it is. */
export function asProblem(error: unknown, again: string): unknown {
  if (!(error instanceof ZoomError)) return error
  return error.kind === 'unavailable'
    ? new RollbookError('zoom_unavailable', `Zoom does not answer at the moment. Wait a minute. ${again}`, {
        cause: error,
      })
    : new RollbookError(
        'zoom_refused',
        `Zoom refused to connect. ${again} If it stays, check the app’s credentials and redirect addresses.`,
        { cause: error },
      )
}
