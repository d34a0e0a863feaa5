/**
 * A stream sealed in chunks, so that a backup of any size is opened piece by piece and no piece is believed unopened.
 *
 * The construction is STREAM (Hoang, Reyhanitabar, Rogaway, Vizár 2015, https://eprint.iacr.org/2015/189): AES-256-GCM a
 * chunk, the nonce being the chunk's number and whether it is the last. A chunk that was changed, moved, repeated or
 * left out does not open, and a file that ends early ends with a chunk that is not the last. The key belongs to this
 * file alone (HKDF with a random salt), so no nonce ever meets a key twice. Why no library: docs/decisions/0006-backup.md.
 */
import { createCipheriv, createDecipheriv, hkdfSync } from 'node:crypto'
import { BackupRefusal } from './refusal.ts'

export const CHUNK_BYTES = 65_536
const TAG_BYTES = 16
export const SALT_BYTES = 32

/** The file's own key. */
export const fileKey = (key: Uint8Array, salt: Uint8Array): Uint8Array =>
  new Uint8Array(hkdfSync('sha256', key, salt, 'rollbook backup v1', 32))

/** Seals everything `plain` yields; `header` is authenticated with every chunk. At least one chunk, also for nothing. */
export async function* sealChunks(
  key: Uint8Array,
  header: Uint8Array,
  plain: AsyncIterable<Buffer>,
): AsyncGenerator<Buffer> {
  for await (const { bytes, number, last } of inChunks(plain, CHUNK_BYTES)) {
    const cipher = createCipheriv('aes-256-gcm', key, nonce(number, last), { authTagLength: TAG_BYTES })
    cipher.setAAD(header)
    yield Buffer.concat([cipher.update(bytes), cipher.final(), cipher.getAuthTag()])
  }
}

/** Opens what `sealChunks` made. @throws BackupRefusal `damaged` before yielding a byte that was not sealed there */
export async function* openChunks(
  key: Uint8Array,
  header: Uint8Array,
  sealed: AsyncIterable<Buffer>,
): AsyncGenerator<Buffer> {
  for await (const { bytes, number, last } of inChunks(sealed, CHUNK_BYTES + TAG_BYTES)) {
    const plain = openChunk(key, header, bytes, nonce(number, last))
    if (!plain) throw damaged(number)
    yield plain
  }
}

function openChunk(key: Uint8Array, header: Uint8Array, bytes: Buffer, iv: Buffer): Buffer | null {
  const tagStart = bytes.length - TAG_BYTES
  if (tagStart < 0) return null
  const decipher = createDecipheriv('aes-256-gcm', key, iv, { authTagLength: TAG_BYTES })
  decipher.setAAD(header)
  decipher.setAuthTag(bytes.subarray(tagStart))
  try {
    return Buffer.concat([decipher.update(bytes.subarray(0, tagStart)), decipher.final()])
  } catch {
    return null
  }
}

/** Pieces of exactly `size` bytes; only the last is shorter, and knows that it is the last. */
async function* inChunks(
  source: AsyncIterable<Buffer>,
  size: number,
): AsyncGenerator<{ bytes: Buffer; number: number; last: boolean }> {
  let number = 0
  let waiting: Buffer[] = []
  let length = 0
  for await (const piece of source) {
    waiting.push(piece)
    length += piece.length
    if (length <= size) continue
    const all = Buffer.concat(waiting)
    let start = 0
    // One chunk is always kept back: only the end of the source tells which is the last.
    for (; all.length - start > size; start += size)
      yield { bytes: all.subarray(start, start + size), number: number++, last: false }
    waiting = [all.subarray(start)]
    length = all.length - start
  }
  yield { bytes: Buffer.concat(waiting), number, last: true }
}

/** 7 zero bytes, the chunk's number, 1 for the last. 2^32 chunks are 256 TiB; one more throws RangeError. */
function nonce(number: number, last: boolean): Buffer {
  const iv = Buffer.alloc(12)
  iv.writeUInt32BE(number, 7)
  iv.writeUInt8(last ? 1 : 0, 11)
  return iv
}

const damaged = (number: number) =>
  number === 0
    ? new BackupRefusal(
        'damaged',
        'This backup does not open: it was changed or cut off, or ENCRYPTION_KEYS holds another key under the same id. ' +
          'Use the ENCRYPTION_KEYS it was made with, or an undamaged copy.',
      )
    : new BackupRefusal(
        'damaged',
        `This backup is damaged or incomplete: what follows its first ${(number * CHUNK_BYTES) / 1024} KiB is not as it was written. Use another copy.`,
      )
