import { z } from 'zod/mini'
import { BackupRefusal } from './refusal.ts'

/** The first line of every backup. The number is the format's: what a reader must know before reading on. */
const MAGIC = 'rollbook-backup '
const FORMAT = 1

const headerSchema = z.object({
  /** Version of the Rollbook that wrote it; for people. */
  program: z.string(),
  createdAt: z.string(),
  /** Major version of the PostgreSQL it was taken from; for people, since the data are text any version reads. */
  postgres: z.number(),
  /** The schema the rows are in: names of its migrations, oldest first. */
  migrations: z.array(z.string()),
  /** The key of ENCRYPTION_KEYS this file is sealed under. */
  keyId: z.string(),
  /** All keys of ENCRYPTION_KEYS its rows are sealed under. */
  keysNeeded: z.array(z.string()),
  /** 32 random bytes, base64url; makes the file's key one that never occurs again. */
  salt: z.string(),
})

/** What stands in clear at the head of a backup; nothing personal. Every sealed chunk authenticates it. */
export type BackupHeader = z.infer<typeof headerSchema>

/** No header is longer; what does not end by then is something else. */
const LONGEST_HEADER_BYTES = 65_536

/** Two lines of text, so that `head -n 2` shows an operator what a file is. */
export const headerBytes = (header: BackupHeader): Buffer =>
  Buffer.from(`${MAGIC}${FORMAT}\n${JSON.stringify(header)}\n`)

/**
 * Reads the two lines and hands back everything after them.
 *
 * @throws BackupRefusal `not_a_backup` for any other file, `newer_program` when a newer Rollbook wrote the format
 */
export async function readHeader(
  file: AsyncIterable<Buffer>,
): Promise<{ header: BackupHeader; bytes: Buffer; rest: AsyncIterable<Buffer> }> {
  const source = file[Symbol.asyncIterator]()
  let head: Buffer = Buffer.alloc(0)
  for (;;) {
    const firstEnd = head.indexOf('\n')
    const end = firstEnd < 0 ? -1 : head.indexOf('\n', firstEnd + 1)
    if (head.length >= MAGIC.length && !head.toString('latin1').startsWith(MAGIC)) throw notABackup()
    if (firstEnd >= 0) checkFormat(head.toString('latin1', MAGIC.length, firstEnd))
    if (end >= 0) {
      const bytes = head.subarray(0, end + 1)
      return {
        header: parse(head.toString('utf8', firstEnd + 1, end)),
        bytes,
        rest: following(head.subarray(end + 1), source),
      }
    }
    if (head.length > LONGEST_HEADER_BYTES) throw notABackup()
    const next = await source.next()
    if (next.done) throw notABackup()
    head = Buffer.concat([head, next.value])
  }
}

async function* following(first: Buffer, source: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  if (first.length > 0) yield first
  for (let next = await source.next(); !next.done; next = await source.next()) yield next.value
}

function checkFormat(format: string): void {
  if (!/^\d{1,6}$/.test(format)) throw notABackup()
  if (Number(format) === FORMAT) return
  throw new BackupRefusal(
    'newer_program',
    `This backup has format ${format}, and this Rollbook reads format ${FORMAT}. Restore it with the version that wrote it.`,
  )
}

function parse(line: string): BackupHeader {
  try {
    return headerSchema.parse(JSON.parse(line))
  } catch (cause) {
    throw notABackup({ cause })
  }
}

const notABackup = (options?: ErrorOptions) =>
  new BackupRefusal(
    'not_a_backup',
    'This is not a backup of Rollbook: such a file begins with the line "rollbook-backup 1".',
    options,
  )
