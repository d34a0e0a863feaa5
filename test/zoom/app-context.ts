/**
 * The encrypted app context Zoom hands to a panel, in the header of the home page or from `getAppContext()`:
 * AES-256-GCM under SHA-256 of the client secret, in Zoom's binary layout, with a fresh random iv each time.
 *
 * @see https://developers.zoom.us/docs/zoom-apps/zoom-app-context/
 */
import { createCipheriv, createHash, randomBytes } from 'node:crypto'

export interface AppContextFields {
  typ: 'panel' | 'meeting' | 'webinar'
  /** Absent for guests: not signed in, or the app is not added. */
  uid?: string
  /** Only for meetings, and only in their main room. */
  mid?: string
  bmid?: string
  attendrole?: 'host' | 'co-host' | 'participant' | 'panelist' | 'attendee'
  /** The action of a deeplink opened in the last five minutes. */
  act?: string
  aud: string
  iss: string
  ts: number
  exp: number
  entitlements: unknown[]
}

/** About two minutes, as seen in real tokens. */
export const CONTEXT_LIFETIME_MS = 120_000

/**
 * Seals fields as they are; the caller may make them wrong on purpose.
 *
 * @returns base64url without padding
 */
export function sealAppContext(
  fields: AppContextFields | Record<string, unknown>,
  clientSecret: string,
  { iv = randomBytes(12), aad = Buffer.alloc(0) }: { iv?: Buffer; aad?: Buffer } = {},
): string {
  const key = createHash('sha256').update(clientSecret).digest()
  const cipher = createCipheriv('aes-256-gcm', key, iv, { authTagLength: 16 })
  if (aad.length > 0) cipher.setAAD(aad)
  const sealed = Buffer.concat([cipher.update(JSON.stringify(fields), 'utf8'), cipher.final()])

  const ivLength = Buffer.from([iv.length])
  const aadLength = Buffer.alloc(2)
  aadLength.writeUInt16LE(aad.length)
  const cipherLength = Buffer.alloc(4)
  cipherLength.writeInt32LE(sealed.length)
  return Buffer.concat([ivLength, iv, aadLength, aad, cipherLength, sealed, cipher.getAuthTag()]).toString(
    'base64url',
  )
}
