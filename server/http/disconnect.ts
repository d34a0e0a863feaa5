import type { MemberViewer } from '../access/index.ts'
import { RollbookError } from '../errors.ts'
import { ZoomError, type CallAs, type TokenCupboard, type TokenStore, type ZoomApi } from '../zoom/index.ts'
import { asProblem } from './consent.ts'
import { sessionRoute, type Route } from './route.ts'
import { wideCookie } from './wide-cookie.ts'

export interface DisconnectRouteParts {
  zoom: ZoomApi
  callAs: CallAs
  tokenCupboard: TokenCupboard
  tokenStore: TokenStore
  publicUrl: string
}

/** Leaving from within: Zoom is told first, then everything goes that goes when Zoom tells us. */
export function disconnectRoutes(parts: DisconnectRouteParts): Route[] {
  const cookie = wideCookie(parts.publicUrl)
  return [
    sessionRoute({
      method: 'post',
      path: '/api/disconnect',
      summary:
        'Revokes Zoom’s consent and removes what it covered: for its installer, every list of the installation.',
      access: { who: 'session', fresh: true },
      handle: async (_req, res, viewer) => {
        if ((await parts.tokenCupboard.find(viewer)) === null) {
          throw new RollbookError(
            'forbidden',
            'This panel shows a list of somebody else’s Rollbook. Open it in Zoom’s main window to disconnect yours.',
          )
        }
        await parts.tokenStore.noteLeaving(viewer, true)
        await revokeAtZoom(parts, viewer)
        await parts.tokenStore.remove(viewer)
        if (viewer.via === 'browser') res.clearCookie(cookie.name, cookie.options)
        res.status(204).end()
      },
    }),
  ]
}

/**
 * Nothing is removed here while Zoom may still hold the consent: it would go on sending what nobody keeps. Consent that
 * Zoom has ended already needs no revoking.
 *
 * @throws RollbookError zoom_unavailable or zoom_refused
 */
async function revokeAtZoom(parts: DisconnectRouteParts, viewer: MemberViewer): Promise<void> {
  try {
    await parts.callAs(viewer, (accessToken) => revoke(parts.zoom, accessToken))
  } catch (error) {
    const kept = await parts.tokenCupboard.find(viewer)
    if (kept === null || kept.dead !== null) return
    await parts.tokenStore.noteLeaving(viewer, false)
    throw asProblem(error, 'Nothing was removed; press Disconnect again.')
  }
}

/** Zoom answers 400 for a token it does not know any more, with a code of its own; that is what 124 says elsewhere. */
async function revoke(zoom: ZoomApi, accessToken: string): Promise<void> {
  try {
    await zoom.revoke(accessToken)
  } catch (error) {
    if (!(error instanceof ZoomError) || error.status !== 400) throw error
    const { status, trackingId } = error
    throw new ZoomError({ path: '/oauth/revoke', status, code: '124', trackingId })
  }
}
