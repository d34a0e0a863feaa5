/**
 * What a caller can do about it. `refused`: nothing by repeating. `unavailable`: try later. `reconnect`: this authorization
 * is dead or too small, and the user must authorise again.
 */
export type ZoomErrorKind = 'refused' | 'unavailable' | 'reconnect'

/** Our own code: there are no tokens of this member that Zoom would take, so nothing was asked. */
export const NOT_CONNECTED = 'not_connected'
/** Zoom's code for an access token that is invalid or expired. */
export const TOKEN_REFUSED = '124'

/**
 * 124: the token is invalid or expired. 4711: it lacks a scope. The other 47xx are Zoom's OAuth errors about a grant or an
 * owner that is gone; 4700 is listed both for a missing token and for a missing scope, which ends the same way.
 *
 * @see https://developers.zoom.us/docs/integrations/oauth/#oauth-errors
 */
const reconnectCodes = new Set([
  NOT_CONNECTED,
  TOKEN_REFUSED,
  '4700',
  '4711',
  '4717',
  '4735',
  '4737',
  '4738',
  '4740',
  '4741',
])

/**
 * Zoom refused, or could not be reached. Zoom's own message is not kept: it is in the language of the user and may name
 * them. `code` is Zoom's code, or the network's word for what happened; `status` is null when no answer came.
 * `trackingId` is what Zoom's support asks for. `retryAtMs` is when Zoom said to come again (epoch ms), null when it did not.
 */
export class ZoomError extends Error {
  readonly status: number | null
  readonly code: string | null
  readonly kind: ZoomErrorKind
  readonly trackingId: string | null
  readonly retryAtMs: number | null

  constructor(told: {
    path: string
    status: number | null
    code: string | null
    trackingId: string | null
    retryAtMs?: number | null
  }) {
    const { path, status, code, trackingId } = told
    const answer = status === null ? 'did not answer' : `answered ${status}`
    super(
      code === NOT_CONNECTED
        ? 'Zoom was not asked: this member holds no authorization it would take. They have to connect again.'
        : `Zoom ${answer} to ${path}${code === null ? '' : ` (${code})`}.`,
    )
    this.name = 'ZoomError'
    this.status = status
    this.code = code
    this.kind = kindOf(status, code)
    this.trackingId = trackingId
    this.retryAtMs = told.retryAtMs ?? null
  }
}

/** By code and status only; an answer that makes no sense is Zoom's trouble, not the user's. */
function kindOf(status: number | null, code: string | null): ZoomErrorKind {
  if (code === NOT_CONNECTED) return 'reconnect'
  if (status === null || status === 429 || status >= 500 || status < 400) return 'unavailable'
  if (code !== null && reconnectCodes.has(code)) return 'reconnect'
  return 'refused'
}
