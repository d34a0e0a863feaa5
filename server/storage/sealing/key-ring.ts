import { CompactEncrypt, compactDecrypt, decodeProtectedHeader } from 'jose'

/** The operator's keys (`ENCRYPTION_KEYS`), newest first: the first wraps, all of them unwrap. */
export interface EncryptionKeyRing {
  readonly keys: readonly { readonly id: string; readonly key: Uint8Array }[]
}

/**
 * Reads `ENCRYPTION_KEYS`: comma-separated, newest first, each `id:base64url(32 bytes)`.
 * Never throws; every problem at once, as sentences that do not quote a key.
 */
export function parseEncryptionKeys(
  text: string,
): { ok: true; ring: EncryptionKeyRing } | { ok: false; problems: string[] } {
  const entries = text.split(',').map((entry) => entry.trim())
  const problems: string[] = []
  const keys: { id: string; key: Uint8Array }[] = []
  for (const [index, entry] of entries.entries()) {
    const which = `ENCRYPTION_KEYS, key ${index + 1}`
    const [id = '', secret, ...rest] = entry.split(':')
    if (secret === undefined || rest.length > 0)
      problems.push(`${which}: write it as id:base64url(32 bytes).`)
    else if (!/^[A-Za-z0-9._-]{1,64}$/.test(id)) {
      problems.push(`${which}: the id may have letters, digits, dots, dashes and underscores, 64 at most.`)
    } else if (keys.some((known) => known.id === id)) problems.push(`${which}: the id ${id} occurs twice.`)
    else {
      const key = Buffer.from(secret, 'base64url')
      if (!/^[A-Za-z0-9_-]+=?$/.test(secret) || key.length !== 32) {
        problems.push(
          `${which} (${id}): the key must be 32 bytes in base64url; \`npx rollbook keys new\` prints one.`,
        )
      } else keys.push({ id, key })
    }
  }
  return problems.length === 0 ? { ok: true, ring: { keys } } : { ok: false, problems }
}

/**
 * Wraps a secret under the newest key, as a JWE (RFC 7516, dir + A256GCM). `purpose` is authenticated with it, so a
 * wrapped key copied to another row does not open there.
 */
export async function wrap(ring: EncryptionKeyRing, purpose: string, secret: Uint8Array): Promise<string> {
  const newest = ring.keys[0]
  if (!newest) throw new Error('ENCRYPTION_KEYS is empty.')
  return new CompactEncrypt(secret)
    .setProtectedHeader({ alg: 'dir', enc: 'A256GCM', kid: newest.id, purpose })
    .encrypt(newest.key)
}

/** @throws Error with a sentence when the key is not on the ring, or the text was made for something else */
export async function unwrap(ring: EncryptionKeyRing, purpose: string, wrapped: string): Promise<Uint8Array> {
  const header = decodeProtectedHeader(wrapped)
  const found = ring.keys.find(({ id }) => id === header.kid)
  if (!found) {
    throw new Error(
      `A stored key is wrapped with the encryption key "${header.kid}", which ENCRYPTION_KEYS does not have. ` +
        'Add it behind the newer ones; without it the data cannot be read.',
    )
  }
  const { plaintext } = await compactDecrypt(wrapped, found.key, {
    keyManagementAlgorithms: ['dir'],
    contentEncryptionAlgorithms: ['A256GCM'],
  })
  if (header['purpose'] !== purpose)
    throw new Error(`A stored key was wrapped for ${String(header['purpose'])}, not ${purpose}.`)
  return plaintext
}
