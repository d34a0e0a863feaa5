import pg from 'pg'
import { codeOf, connectionSettings, type Connection } from '../database.ts'
import { findEmbedded, startEmbedded } from '../embedded/index.ts'
import type { StorageLog } from '../log.ts'
import { BackupRefusal } from './refusal.ts'

/** Where the database is, as the server's configuration says it. */
export type DatabasePlace = { kind: 'server'; url: string } | { kind: 'embedded'; dataDir: string }

/**
 * For reading: the server; the embedded database beside the Rollbook that runs it; else the embedded one, started.
 *
 * @throws BackupRefusal, EmbeddedRefusal
 */
export async function visitDatabase<T>(
  place: DatabasePlace,
  log: StorageLog,
  use: (client: pg.Client) => Promise<T>,
): Promise<T> {
  if (place.kind === 'server') return connected(place.url, use)
  const found = await findEmbedded(place.dataDir)
  if (found === 'absent') {
    throw new BackupRefusal(
      'no_database',
      `There is no database in ${place.dataDir}. Set DATA_DIR to the folder the server uses, or DATABASE_URL to its database.`,
    )
  }
  return found === 'stopped' ? ownDatabase(place, log, use) : connected(found, use)
}

/**
 * For writing: the server; or the embedded database, which must have no other owner and is made where there is none.
 *
 * @throws BackupRefusal, EmbeddedRefusal
 */
export async function ownDatabase<T>(
  place: DatabasePlace,
  log: StorageLog,
  use: (client: pg.Client) => Promise<T>,
): Promise<T> {
  if (place.kind === 'server') return connected(place.url, use)
  const embedded = await startEmbedded({ dataDir: place.dataDir, fsync: true, log })
  try {
    return await connected(embedded.connection, use)
  } finally {
    await embedded.stop()
  }
}

async function connected<T>(connection: Connection, use: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client(connectionSettings(connection))
  // A connection that breaks fails the statement under way; unheard, the event would end the process.
  client.on('error', () => {})
  try {
    await client.connect()
  } catch (cause) {
    await client.end().catch(() => {})
    throw new BackupRefusal(
      'database_unreachable',
      `The database cannot be reached (${codeOf(cause)}). See that it runs and, if DATABASE_URL is set, that it is right.`,
      { cause },
    )
  }
  try {
    return await use(client)
  } finally {
    await client.end().catch(() => {})
  }
}
