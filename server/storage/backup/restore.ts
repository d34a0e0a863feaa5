import { addAbortSignal, type Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import type pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import type { StorageLog } from '../log.ts'
import { lockMigrations, migrateUpTo, migrationNames } from '../migrations/index.ts'
import type { EncryptionKeyRing } from '../sealing/index.ts'
import { countedColumns, somethingIn, tablesInOrder, unknownMigration } from './catalog.ts'
import type { Counter, Frame } from './frames.ts'
import { readFrames, rowsIn } from './frames.ts'
import type { BackupHeader } from './header.ts'
import { readHeader } from './header.ts'
import type { DatabasePlace } from './place.ts'
import { ownDatabase } from './place.ts'
import type { OnProgress, Summary } from './progress.ts'
import { BackupRefusal } from './refusal.ts'
import { CHUNK_BYTES, fileKey, openChunks } from './sealed-chunks.ts'
import { withoutTimeouts } from './timeouts.ts'

/**
 * Puts a backup into an empty database, in one transaction that ends only when the whole file was read and verified:
 * everything is there afterwards, or nothing. The schema becomes the backup's, and after its rows that of this version.
 *
 * @throws BackupRefusal, EmbeddedRefusal; the database is then as empty as it was
 */
export async function restoreBackup(input: {
  database: DatabasePlace
  encryptionKeys: EncryptionKeyRing
  file: Readable
  signal?: AbortSignal
  onProgress?: OnProgress
  log: StorageLog
}): Promise<Summary> {
  // On the file itself, since a pipe may keep us waiting for its next piece for ever.
  if (input.signal) addAbortSignal(input.signal, input.file)
  const { header, bytes, rest } = await readHeader(input.file)
  const last = checkVersion(header)
  const key = fileKey(keyFor(header, input.encryptionKeys), Buffer.from(header.salt, 'base64url'))
  return ownDatabase(input.database, input.log, async (client) => {
    await client.query('begin')
    await withoutTimeouts(client)
    await lockMigrations(client)
    await checkEmpty(client)
    await migrateUpTo(client, last)
    const read: Restored = { tables: [], end: null }
    await pipeline(
      openChunks(key, bytes, rest),
      createGunzip({ chunkSize: CHUNK_BYTES }),
      (plain: AsyncIterable<Buffer>) => restoreFrames(client, readFrames(plain), read, input.onProgress),
    )
    if (!read.end || JSON.stringify(read.end.tables) !== JSON.stringify(read.tables)) throw incomplete()
    await setCounters(client, read.end.counters)
    await migrateUpTo(client, migrationNames().at(-1) ?? last)
    // Without figures of the tables the first queries would be planned as for empty ones.
    await client.query(`analyze ${read.tables.map(({ table }) => client.escapeIdentifier(table)).join(', ')}`)
    await client.query('commit')
    return { header, tables: read.tables }
  })
}

interface Restored {
  tables: { table: string; rows: number }[]
  end: Extract<Frame, { kind: 'end' }> | null
}

/** The name of the backup's last migration. */
function checkVersion(header: BackupHeader): string {
  const last = header.migrations.at(-1)
  const unknown = unknownMigration(header.migrations)
  if (last !== undefined && unknown === null) return last
  throw new BackupRefusal(
    'newer_program',
    `This backup was made by a newer Rollbook (${header.program}; it knows ${unknown ?? 'no migration'}). ` +
      'Restore it with that version or a newer one.',
  )
}

function keyFor(header: BackupHeader, ring: EncryptionKeyRing): Uint8Array {
  const has = (id: string) => ring.keys.some((key) => key.id === id)
  const missing = [...new Set([header.keyId, ...header.keysNeeded])].filter((id) => !has(id))
  const found = ring.keys.find(({ id }) => id === header.keyId)
  if (found && missing.length === 0) return found.key
  throw new BackupRefusal(
    'key_missing',
    `ENCRYPTION_KEYS lacks ${missing.map((id) => `"${id}"`).join(', ')}, which this backup is sealed under. ` +
      'Add it behind the newer keys; without it nothing in the backup can be read.',
  )
}

async function checkEmpty(client: pg.Client): Promise<void> {
  const name = await somethingIn(client)
  if (name === null) return
  throw new BackupRefusal(
    'not_empty',
    `The database is not empty: "${name}" is in it. A backup is restored into an empty database only; ` +
      'point DATABASE_URL to a new database, or DATA_DIR to a new folder. Nothing was changed.',
  )
}

async function restoreFrames(
  client: pg.Client,
  frames: AsyncGenerator<Frame>,
  read: Restored,
  onProgress: OnProgress = () => {},
): Promise<void> {
  const known = new Map((await tablesInOrder(client)).map(({ table, columns }) => [table, new Set(columns)]))
  for (let next = await frames.next(); !next.done; next = await frames.next()) {
    const frame = next.value
    if (frame.kind === 'end') read.end = frame
    else if (frame.kind === 'table') {
      const { table, columns } = frame
      const here = known.get(table)
      if (!here || columns.some((column) => !here.has(column))) throw incomplete()
      read.tables.push({ table, rows: await restoreTable(client, frame, frames, onProgress) })
    } else throw incomplete()
  }
}

async function restoreTable(
  client: pg.Client,
  { table, columns }: { table: string; columns: string[] },
  frames: AsyncGenerator<Frame>,
  onProgress: OnProgress,
): Promise<number> {
  const list = columns.map((column) => client.escapeIdentifier(column)).join(', ')
  const copy = client.query(copyFrom(`copy ${client.escapeIdentifier(table)} (${list}) from stdin`))
  const told = { rows: -1 }
  await pipeline(rowsOfTable(table, frames, told, onProgress), copy)
  if (copy.rowCount !== told.rows) throw incomplete()
  onProgress({ table, rows: told.rows, done: true })
  return told.rows
}

/** The rows up to the table's end, whose figure goes into `told`. */
async function* rowsOfTable(
  table: string,
  frames: AsyncGenerator<Frame>,
  told: { rows: number },
  onProgress: OnProgress,
): AsyncGenerator<Buffer> {
  let rows = 0
  for (let next = await frames.next(); !next.done; next = await frames.next()) {
    if (next.value.kind === 'tableEnd') {
      told.rows = next.value.rows
      return
    }
    if (next.value.kind !== 'rows') break
    yield next.value.bytes
    rows += rowsIn(next.value.bytes)
    onProgress({ table, rows, done: false })
  }
  throw incomplete()
}

async function setCounters(client: pg.Client, counters: readonly Counter[]): Promise<void> {
  const columns = await countedColumns(client)
  for (const { table, column, last } of counters) {
    const sequence = columns.find((one) => one.table === table && one.column === column)?.sequence
    if (sequence === undefined) throw incomplete()
    await client.query('select setval($1, $2)', [sequence, last])
  }
}

const incomplete = () =>
  new BackupRefusal(
    'damaged',
    'This backup contradicts itself: its tables and its figures do not fit together. Use another one.',
  )
