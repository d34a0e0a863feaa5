import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomFillSync } from 'node:crypto'

/** Where a sealed value stands; authenticated, so ciphertext moved to another row, table or tenant does not open. */
export interface SealedPlace {
  installationId: string
  table: string
  rowId: string
}

const VERSION = 1
const IV_BYTES = 12
const TAG_BYTES = 16

/** Random bytes are cheap in bulk and dear one call at a time; each is handed out once. */
const pool = Buffer.alloc(IV_BYTES * 512)
let handedOut = pool.length

function freshIv(): Buffer {
  if (handedOut === pool.length) {
    randomFillSync(pool)
    handedOut = 0
  }
  const iv = Buffer.from(pool.subarray(handedOut, handedOut + IV_BYTES))
  handedOut += IV_BYTES
  return iv
}

/** AES-256-GCM: version byte, 12 random bytes, ciphertext, tag. */
export function seal(key: Uint8Array, place: SealedPlace, plain: Uint8Array): Buffer {
  const iv = freshIv()
  const cipher = createCipheriv('aes-256-gcm', key, iv, { authTagLength: TAG_BYTES })
  cipher.setAAD(placeBytes(place))
  return Buffer.concat([Buffer.of(VERSION), iv, cipher.update(plain), cipher.final(), cipher.getAuthTag()])
}

/** @throws Error when the bytes were changed or belong elsewhere */
export function open(key: Uint8Array, place: SealedPlace, sealed: Uint8Array): Buffer {
  if (sealed[0] !== VERSION || sealed.length < 1 + IV_BYTES + TAG_BYTES)
    throw new Error('Not a sealed value.')
  const tagStart = sealed.length - TAG_BYTES
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(1, 1 + IV_BYTES), {
    authTagLength: TAG_BYTES,
  })
  decipher.setAAD(placeBytes(place))
  decipher.setAuthTag(sealed.subarray(tagStart))
  return Buffer.concat([decipher.update(sealed.subarray(1 + IV_BYTES, tagStart)), decipher.final()])
}

export const sealJson = (key: Uint8Array, place: SealedPlace, value: unknown): Buffer =>
  seal(key, place, Buffer.from(JSON.stringify(value)))

export const openJson = (key: Uint8Array, place: SealedPlace, sealed: Uint8Array): unknown =>
  JSON.parse(open(key, place, sealed).toString('utf8'))

/** The key for look-ups, derived from the data key: who has one hash learns nothing of the payloads. */
export const lookUpKey = (dataKey: Uint8Array): Uint8Array =>
  new Uint8Array(hkdfSync('sha256', dataKey, new Uint8Array(0), 'rollbook look-up v1', 32))

/** HMAC-SHA-256, base64url. `kind` keeps a user id and an e-mail of equal text apart. */
export const keyedHash = (key: Uint8Array, kind: string, value: string): string =>
  createHmac('sha256', key).update(kind).update('\0').update(value).digest('base64url')

// Lengths first, so no two places have the same bytes.
const placeBytes = ({ installationId, table, rowId }: SealedPlace): Buffer =>
  Buffer.from([installationId, table, rowId].map((part) => `${part.length}:${part}`).join('|'))
