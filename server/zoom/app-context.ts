import { createDecipheriv, createHash } from 'node:crypto'
import * as z from 'zod/mini'
import { roleFromZoom } from '../../shared/wire/zoom-roles.ts'

/** What Zoom's client asserts about the person in front of the panel. Times are epoch milliseconds. */
export interface AppContext {
  /** The panel is open in a meeting or webinar; Zoom may still not say in which. */
  inMeeting: boolean
  /** Null for guests. */
  zoomUserId: string | null
  /** Null in webinars and wherever Zoom names none. */
  meetingUuid: string | null
  /** UUID of the breakout room the panel is in; null in the main room. */
  breakoutUuid: string | null
  /** Every spelling we do not know, and none at all, is 'participant'. */
  role: 'host' | 'cohost' | 'participant'
  issuedAtMs: number
  expiresAtMs: number
  /** What the deeplink carried. Anybody may write a deeplink: a hint, never a right. */
  action: string | null
}

export type ContextReading =
  /** `tagHash` names this very token: whoever exchanges the same token twice shows the same hash. */
  | { ok: true; context: AppContext; tagHash: string }
  | { ok: false; reason: 'context_invalid' | 'context_expired' }

const ISSUER = 'marketplace.zoom.us'
const TAG_BYTES = 16
/** Zoom's clock against ours. A context lives about two minutes, so more would matter. */
export const CLOCK_SKEW_MS = 10_000

const id = z.nullish(z.string().check(z.maxLength(200)))
const Claims = z.object({
  typ: z.string().check(z.maxLength(50)),
  uid: id,
  mid: id,
  bmid: id,
  attendrole: z.nullish(z.string()),
  act: z.nullish(z.string().check(z.maxLength(10_000))),
  aud: z.string(),
  iss: z.literal(ISSUER),
  ts: z.int(),
  exp: z.int(),
})

/**
 * Decrypts and checks the token of the `X-Zoom-App-Context` header or of `getAppContext()`.
 *
 * Any of `clientSecrets` may fit: development and production credentials have their own, and a rotation has two. The
 * token is refused as invalid unless it decrypts with a full 16-byte tag, was issued by Zoom for `clientId`, and not in the
 * future; as expired when its time is over. Being authentic does not make it unused: see `tagHash`.
 *
 * @throws never, whatever `token` is
 * @see https://developers.zoom.us/docs/zoom-apps/zoom-app-context/
 */
export function readAppContext(
  token: string,
  { clientId, clientSecrets, nowMs }: { clientId: string; clientSecrets: readonly string[]; nowMs: number },
): ContextReading {
  const invalid = { ok: false, reason: 'context_invalid' } as const
  const sealed = unpack(token)
  if (!sealed) return invalid
  const opened = clientSecrets.map((secret) => open(sealed, secret)).find((json) => json !== null)
  const claims = Claims.safeParse(opened)
  if (!claims.success || claims.data.aud !== clientId) return invalid
  const { typ, uid, mid, bmid, attendrole, act, ts, exp } = claims.data
  if (ts > nowMs + CLOCK_SKEW_MS) return invalid
  if (exp + CLOCK_SKEW_MS <= nowMs) return { ok: false, reason: 'context_expired' }
  return {
    ok: true,
    context: {
      // Else it is `panel` (the main client), `chat`, or something newer.
      inMeeting: typ === 'meeting' || typ === 'webinar',
      zoomUserId: uid || null,
      // A breakout room has a UUID of its own; as a meeting's it would open a gathering that does not exist.
      meetingUuid: mid && mid !== bmid ? mid : null,
      breakoutUuid: bmid || null,
      role: permittedRole(attendrole),
      issuedAtMs: ts,
      expiresAtMs: exp,
      action: act || null,
    },
    tagHash: createHash('sha256').update(sealed.tag).digest('base64url'),
  }
}

/** A role as a permission: whatever is not clearly host or co-host, absent included, has the least. */
function permittedRole(spelling: string | null | undefined): AppContext['role'] {
  const role = roleFromZoom(spelling)
  return role === 'host' || role === 'cohost' ? role : 'participant'
}

interface Sealed {
  iv: Buffer
  aad: Buffer
  cipherText: Buffer
  tag: Buffer
}

/**
 * ivLength u8 · iv · aadLength u16le · aad · cipherLength i32le · cipherText · tag (the rest, 16 bytes).
 * Null as soon as a length points outside. Node would verify a shorter tag too, which is easier to forge.
 */
function unpack(token: string): Sealed | null {
  if (!/^[A-Za-z0-9_+/-]+={0,2}$/.test(token)) return null
  const bytes = Buffer.from(token, 'base64url')
  let at = 0
  const take = (length: number): Buffer | null => {
    if (length < 0 || at + length > bytes.length) return null
    at += length
    return bytes.subarray(at - length, at)
  }
  const iv = take(take(1)?.readUInt8() ?? -1)
  const aad = iv && take(take(2)?.readUInt16LE() ?? -1)
  const cipherText = aad && take(take(4)?.readInt32LE() ?? -1)
  const tag = cipherText && take(TAG_BYTES)
  if (!tag || at !== bytes.length || iv.length === 0) return null
  return { iv, aad, cipherText, tag }
}

function open({ iv, aad, cipherText, tag }: Sealed, clientSecret: string): unknown {
  const key = createHash('sha256').update(clientSecret).digest()
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, iv, { authTagLength: TAG_BYTES })
    decipher.setAAD(aad).setAuthTag(tag)
    return JSON.parse(Buffer.concat([decipher.update(cipherText), decipher.final()]).toString('utf8'))
  } catch {
    return null
  }
}
