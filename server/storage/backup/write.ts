import { randomBytes } from 'node:crypto'
import { Readable, type Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { constants, createGzip } from 'node:zlib'
import type pg from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import type { StorageLog } from '../log.ts'
import type { EncryptionKeyRing } from '../sealing/index.ts'
import type { CatalogTable } from './catalog.ts'
import { countedColumns, keysInUse, migrationsOf, tablesInOrder, unknownMigration } from './catalog.ts'
import type { Counter, Frame } from './frames.ts'
import { frameBytes, rowsIn } from './frames.ts'
import type { BackupHeader } from './header.ts'
import { headerBytes } from './header.ts'
import type { DatabasePlace } from './place.ts'
import { visitDatabase } from './place.ts'
import type { OnProgress, Summary } from './progress.ts'
import { BackupRefusal } from './refusal.ts'
import { CHUNK_BYTES, fileKey, SALT_BYTES, sealChunks } from './sealed-chunks.ts'
import { withoutTimeouts } from './timeouts.ts'

/**
 * Writes one consistent picture of the database, sealed under the newest key; the server may go on working meanwhile.
 *
 * Nothing is held in memory but what is on its way: when `output` waits, PostgreSQL waits. `output` is ended unless
 * `keepOpen`, as standard output has to be.
 *
 * @throws BackupRefusal, EmbeddedRefusal; whatever was written until then is no backup and does not open
 */
export async function writeBackup(input: {
  database: DatabasePlace
  encryptionKeys: EncryptionKeyRing
  program: string
  nowMs: number
  output: Writable
  keepOpen?: boolean
  signal?: AbortSignal
  onProgress?: OnProgress
  log: StorageLog
}): Promise<Summary> {
  return visitDatabase(input.database, input.log, async (client) => {
    const tables = await beginSnapshot(client)
    const salt = randomBytes(SALT_BYTES)
    const newest = input.encryptionKeys.keys[0]
    if (!newest) throw new Error('ENCRYPTION_KEYS is empty.')
    const header: BackupHeader = {
      program: input.program,
      createdAt: new Date(input.nowMs).toISOString(),
      postgres: await majorOf(client),
      migrations: (await migrationsOf(client)) ?? [],
      keyId: newest.id,
      keysNeeded: await keysInUse(client),
      salt: salt.toString('base64url'),
    }
    const head = headerBytes(header)
    const counts: { table: string; rows: number }[] = []
    await pipeline(
      Readable.from(frames(client, tables, counts, input.onProgress), { objectMode: true }),
      // Rows are hexadecimal ciphertext for the most part: more effort finds nothing more.
      createGzip({ level: constants.Z_BEST_SPEED, chunkSize: CHUNK_BYTES }),
      (packed: AsyncIterable<Buffer>) => sealedFile(head, fileKey(newest.key, salt), packed),
      input.output,
      { end: input.keepOpen !== true, ...(input.signal ? { signal: input.signal } : {}) },
    )
    await client.query('commit')
    return { header, tables: counts }
  })
}

/**
 * One snapshot for all tables, taken once no table can change its shape any more: as pg_dump does, locked against
 * migrations only, never against readers and writers.
 */
async function beginSnapshot(client: pg.Client): Promise<CatalogTable[]> {
  await checkSchema(client)
  const tables = await tablesInOrder(client)
  await client.query('begin isolation level repeatable read read only')
  const list = tables.map(({ table }) => client.escapeIdentifier(table)).join(', ')
  await client.query(`lock table ${list} in access share mode`)
  await withoutTimeouts(client)
  await checkSchema(client)
  if (JSON.stringify(await tablesInOrder(client)) !== JSON.stringify(tables)) {
    throw new BackupRefusal(
      'database_changing',
      'The database is being migrated just now. Try again in a minute.',
    )
  }
  return tables
}

async function checkSchema(client: pg.Client): Promise<void> {
  const names = await migrationsOf(client)
  if (!names) {
    throw new BackupRefusal(
      'no_database',
      'There is nothing of Rollbook in this database. See that DATABASE_URL or DATA_DIR is the one the server uses.',
    )
  }
  const unknown = unknownMigration(names)
  if (unknown === null) return
  throw new BackupRefusal(
    'newer_program',
    `The database was migrated by a newer Rollbook (it knows ${unknown}). Take the backup with that version.`,
  )
}

async function* sealedFile(
  head: Buffer,
  key: Uint8Array,
  packed: AsyncIterable<Buffer>,
): AsyncGenerator<Buffer> {
  yield head
  yield* sealChunks(key, head, packed)
}

async function* frames(
  client: pg.Client,
  tables: readonly CatalogTable[],
  counts: { table: string; rows: number }[],
  onProgress: OnProgress = () => {},
): AsyncGenerator<Buffer> {
  for (const { table, columns } of tables) {
    yield frameBytes({ kind: 'table', table, columns })
    let rows = 0
    const list = columns.map((column) => client.escapeIdentifier(column)).join(', ')
    const copy = client.query(copyTo(`copy ${client.escapeIdentifier(table)} (${list}) to stdout`))
    for await (const bytes of copy as AsyncIterable<Buffer>) {
      rows += rowsIn(bytes)
      onProgress({ table, rows, done: false })
      yield frameBytes({ kind: 'rows', bytes })
    }
    yield frameBytes({ kind: 'tableEnd', rows })
    counts.push({ table, rows })
    onProgress({ table, rows, done: true })
  }
  const end: Frame = { kind: 'end', tables: counts, counters: await counters(client) }
  yield frameBytes(end)
}

/** Sequences know no snapshot, so they are read after the rows: never behind them. */
async function counters(client: pg.Client): Promise<Counter[]> {
  const found: Counter[] = []
  for (const { table, column, sequence } of await countedColumns(client)) {
    // The name comes from pg_get_serial_sequence, which quotes it.
    const { rows } = await client.query<{ last: string; called: boolean }>(
      `select last_value as last, is_called as called from ${sequence}`,
    )
    if (rows[0]?.called) found.push({ table, column, last: Number(rows[0].last) })
  }
  return found
}

async function majorOf(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ server_version_num: string }>('show server_version_num')
  return Math.floor(Number(rows[0]?.server_version_num) / 10_000)
}
