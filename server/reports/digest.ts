import { createHash } from 'node:crypto'
import type { RowFields } from '../zoom/index.ts'

const HASH_BYTES = 32
const FIRST_ROWS = 1024

/**
 * A digest of a list of rows that is the same for equal lists in whatever order and paging: the hash of the sorted hashes of
 * its rows. Holds 32 bytes a row, and no row.
 */
export class RowDigest {
  private hashes = Buffer.alloc(FIRST_ROWS * HASH_BYTES)
  private count = 0

  /**
   * @param row as it is told; null for a row that is left out: it is part of the list all the same
   * @param corrected its times are not its own; a list that says them itself is another one
   */
  add(row: RowFields | null, corrected = false): void {
    const at = this.count * HASH_BYTES
    if (at === this.hashes.length) this.hashes = Buffer.concat([this.hashes, Buffer.alloc(at)])
    createHash('sha256')
      .update(JSON.stringify(row === null ? null : [...fieldsOf(row), corrected]))
      .digest()
      .copy(this.hashes, at)
    this.count += 1
  }

  /** base64url. */
  digest(): string {
    const order = new Uint32Array(this.count).map((_, index) => index * HASH_BYTES)
    order.sort((a, b) => this.hashes.compare(this.hashes, b, b + HASH_BYTES, a, a + HASH_BYTES))
    const all = createHash('sha256')
    for (const at of order) all.update(this.hashes.subarray(at, at + HASH_BYTES))
    return all.digest('base64url')
  }
}

/** In one order, whatever order the objects were made in. */
const fieldsOf = ({ atMs, leftMs, place, ref, name, keys, reportedSeconds }: RowFields): unknown[] => [
  atMs,
  leftMs,
  place.kind,
  place.kind === 'breakout' ? place.room : null,
  ref.segmentId,
  name,
  keys.zoomUserId,
  keys.registrantId,
  keys.email,
  reportedSeconds,
]
