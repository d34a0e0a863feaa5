import { randomBytes } from 'node:crypto'

/** A key for ENCRYPTION_KEYS: an id of its day and a random part, then 32 random bytes. */
export function newKey(now: Date = new Date()): string {
  const id = `k${now.toISOString().slice(0, 10).replaceAll('-', '')}${randomBytes(2).toString('hex')}`
  return `${id}:${randomBytes(32).toString('base64url')}`
}
