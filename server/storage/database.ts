import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import { RollbookError } from '../errors.ts'
import type { DatabaseAddress } from './embedded/index.ts'
import type { StorageLog } from './log.ts'
import { migrate } from './migrations/index.ts'
import type { Tables } from './tables.ts'
import type { Database } from './tenancy.ts'
import { TenancyPlugin } from './tenancy.ts'

/** A server by its URL, or the address `startEmbedded` gave. */
export type Connection = string | DatabaseAddress

export interface OpenDatabase {
  db: Database
  pool: pg.Pool
  close(): Promise<void>
}

/** Epoch milliseconds and counters are far below 2^53: bigint columns are read as numbers. */
const INT8: number = pg.types.builtins.INT8
const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text'): unknown =>
    oid === INT8 ? Number : pg.types.getTypeParser(oid, format)) as pg.CustomTypesConfig['getTypeParser'],
}

/** One statement never takes this long; a hanging server must not hang the answers to Zoom. */
const STATEMENT_TIMEOUT_MS = 30_000
const CONNECT_TIMEOUT_MS = 5_000

export const connectionSettings = (connection: Connection): pg.ClientConfig => ({
  ...(typeof connection === 'string' ? { connectionString: connection } : connection),
  application_name: 'rollbook',
  connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
  types,
})

/**
 * Opens the pool and brings the schema up to date; processes starting at once wait for each other.
 *
 * From then on a statement that gets no connection throws RollbookError `storage_unavailable`: come again later.
 *
 * @throws RollbookError `storage_unavailable` when the server cannot be reached; Error when its schema is newer than ours
 */
export async function openDatabase(connection: Connection, log: StorageLog): Promise<OpenDatabase> {
  const pool = new pg.Pool({
    ...connectionSettings(connection),
    max: 10,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    idle_in_transaction_session_timeout: STATEMENT_TIMEOUT_MS,
  })
  // An idle connection that breaks is replaced at the next query; unheard, the event would end the process.
  pool.on('error', (error) => log.warn({ code: codeOf(error) }, 'a database connection was lost'))
  // One that breaks while its transaction waits for something else says so at its next statement.
  pool.on('connect', (client) => client.on('error', () => {}))
  const connections = { connect: () => connectionOf(pool), end: () => pool.end() }
  try {
    const ran = await migrate(connections)
    if (ran.length > 0) log.info({ migrations: ran }, 'database migrated')
  } catch (error) {
    await pool.end()
    throw error
  }
  const db = new Kysely<Tables>({
    dialect: new PostgresDialect({ pool: connections }),
    plugins: [new TenancyPlugin()],
  })
  let closing: Promise<void> | undefined
  return { db, pool, close: () => (closing ??= pool.end()) }
}

async function connectionOf(pool: pg.Pool): Promise<pg.PoolClient> {
  try {
    return await pool.connect()
  } catch (cause) {
    throw new RollbookError(
      'storage_unavailable',
      `The database cannot be reached (${codeOf(cause)}). See that it runs and, if DATABASE_URL is set, that it is right.`,
      { cause },
    )
  }
}

/** A code for the log: SQLSTATE or errno, never a message (messages quote values). */
export function codeOf(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code
  if (typeof code === 'string' && /^\w{1,60}$/.test(code)) return code
  return error instanceof Error ? error.name : 'unknown'
}
