/** What a backup holds once it is opened and unpacked: for each table its name, its rows, their number; then the trailer. */
export type Frame =
  | { kind: 'table'; table: string; columns: string[] }
  /** Rows in PostgreSQL's COPY text format, cut anywhere. */
  | { kind: 'rows'; bytes: Buffer }
  | { kind: 'tableEnd'; rows: number }
  | { kind: 'end'; tables: { table: string; rows: number }[]; counters: Counter[] }

/** An identity column, and the last number it gave out. */
export interface Counter {
  table: string
  column: string
  last: number
}

const ROWS = 0x52 // R
const TOLD = 0x4a // J: every other frame, as JSON
const PREFIX_BYTES = 5

/** One byte for the kind, four for the length, then the content. */
export function frameBytes(frame: Frame): Buffer {
  const content = frame.kind === 'rows' ? frame.bytes : Buffer.from(JSON.stringify(frame))
  const prefix = Buffer.alloc(PREFIX_BYTES)
  prefix.writeUInt8(frame.kind === 'rows' ? ROWS : TOLD)
  prefix.writeUInt32BE(content.length, 1)
  return Buffer.concat([prefix, content])
}

/**
 * The frames of an opened backup. They are believed: only who has the key could have written them.
 *
 * @throws Error when the stream ends within a frame
 */
export async function* readFrames(plain: AsyncIterable<Buffer>): AsyncGenerator<Frame> {
  let waiting: Buffer = Buffer.alloc(0)
  for await (const piece of plain) {
    waiting = waiting.length === 0 ? piece : Buffer.concat([waiting, piece])
    while (waiting.length >= PREFIX_BYTES) {
      const end = PREFIX_BYTES + waiting.readUInt32BE(1)
      if (waiting.length < end) break
      const content = waiting.subarray(PREFIX_BYTES, end)
      yield waiting[0] === ROWS
        ? { kind: 'rows', bytes: content }
        : (JSON.parse(content.toString('utf8')) as Frame)
      waiting = waiting.subarray(end)
    }
  }
  if (waiting.length > 0) throw new Error('The backup ends within a frame.')
}

/** How many rows end in this piece: COPY text ends each with a line feed and writes those of values as \n. */
export function rowsIn(bytes: Buffer): number {
  let rows = 0
  for (let at = bytes.indexOf(0x0a); at >= 0; at = bytes.indexOf(0x0a, at + 1)) rows++
  return rows
}
