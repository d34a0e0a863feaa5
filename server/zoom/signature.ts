import { createHmac, timingSafeEqual } from 'node:crypto'

/** Zoom names no window; it stamps every retry anew, so an honest delivery is never far from now. */
const DELIVERY_WINDOW_MS = 5 * 60_000

/** `secret` is the one that fitted: while two are valid, it is the one to answer a challenge with. */
export type SignatureCheck =
  { ok: true; secret: string } | { ok: false; reason: 'signature_invalid' | 'delivery_stale' }

/**
 * Whether Zoom sent these very bytes, lately.
 *
 * `rawBody` is the body as received: signing re-printed JSON would break on any byte Zoom prints differently.
 * `timestamp` is the header's text, epoch *seconds*; `nowMs` is epoch milliseconds. Any of `secrets` may fit, so that a
 * delivery signed with the old one is not lost while the secret is being changed (Zoom does not retry after a 401).
 * A delivery more than five minutes old or ahead is stale; that is only said to a sender who knew a secret.
 *
 * @throws never
 * @see https://developers.zoom.us/docs/api/webhooks/#verify-with-zooms-header
 */
export function verifySignature(delivery: {
  rawBody: Uint8Array
  signature: string | undefined
  timestamp: string | undefined
  secrets: readonly string[]
  nowMs: number
}): SignatureCheck {
  const { rawBody, signature, timestamp, secrets, nowMs } = delivery
  if (!signature || !timestamp || !/^\d{1,12}$/.test(timestamp))
    return { ok: false, reason: 'signature_invalid' }

  // Every secret is tried, whether or not an earlier one fitted: the time taken tells nothing.
  const [secret] = secrets.filter((candidate) =>
    sameText(signature, `v0=${digest(candidate, [`v0:${timestamp}:`, rawBody])}`),
  )
  if (secret === undefined) return { ok: false, reason: 'signature_invalid' }
  if (Math.abs(nowMs - Number(timestamp) * 1000) > DELIVERY_WINDOW_MS)
    return { ok: false, reason: 'delivery_stale' }
  return { ok: true, secret }
}

/**
 * The answer to `endpoint.url_validation`, which Zoom asks when the address is saved and every 72 hours.
 *
 * @see https://developers.zoom.us/docs/api/webhooks/#validate-your-webhook-endpoint
 */
export function urlValidationAnswer(
  plainToken: string,
  secret: string,
): { plainToken: string; encryptedToken: string } {
  return { plainToken, encryptedToken: digest(secret, [plainToken]) }
}

function digest(secret: string, parts: (string | Uint8Array)[]): string {
  const hmac = createHmac('sha256', secret)
  for (const part of parts) hmac.update(part)
  return hmac.digest('hex')
}

function sameText(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)]
  return left.length === right.length && timingSafeEqual(left, right)
}
