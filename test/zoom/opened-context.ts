/** Opens a token the simulated Zoom made, to look inside; trusting, so only for tests. */
import { createDecipheriv, createHash } from 'node:crypto'

export function opened(token: string, clientSecret: string): Record<string, unknown> {
  const bytes = Buffer.from(token, 'base64url')
  const iv = bytes.subarray(1, 1 + bytes.readUInt8(0))
  let offset = 1 + iv.length
  const aad = bytes.subarray(offset + 2, offset + 2 + bytes.readUInt16LE(offset))
  offset += 2 + aad.length
  const sealed = bytes.subarray(offset + 4, offset + 4 + bytes.readInt32LE(offset))
  const tag = bytes.subarray(offset + 4 + sealed.length)
  const key = createHash('sha256').update(clientSecret).digest()
  const decipher = createDecipheriv('aes-256-gcm', key, iv, { authTagLength: 16 }).setAAD(aad).setAuthTag(tag)
  const text = Buffer.concat([decipher.update(sealed), decipher.final()]).toString()
  return JSON.parse(text) as Record<string, unknown>
}
