import { randomBytes } from 'node:crypto'
import { inject } from 'vitest'
import type { Storage } from '../../server/storage/index.ts'
import { createStorage, parseEncryptionKeys } from '../../server/storage/index.ts'
import type { StorageLog } from '../../server/storage/index.ts'
import { databaseUrl, run } from './global-setup.ts'
import { silentLog } from './log.ts'

/** The same in every test; secret to nobody. */
export const testEncryptionKeys = `test:${Buffer.alloc(32, 7).toString('base64url')}`

export interface TestDatabase {
  connectionString: string
  /** Away, as while a server restarts: open connections break and new ones are refused. */
  refuseConnections(): Promise<void>
  allowConnections(): Promise<void>
  /** Removes it, open connections or not. */
  drop(): Promise<void>
}

/** A fresh clone of the migrated template, milliseconds old. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const { serverUrl, template } = inject('database')
  const name = `rollbook_test_${randomBytes(6).toString('hex')}`
  await run(serverUrl, `create database ${name} template ${template}`)
  return {
    connectionString: databaseUrl(serverUrl, name),
    refuseConnections: async () => {
      await run(serverUrl, `alter database ${name} with allow_connections false`)
      await run(serverUrl, `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}'`)
    },
    allowConnections: () => run(serverUrl, `alter database ${name} with allow_connections true`),
    drop: () => run(serverUrl, `drop database if exists ${name} with (force)`),
  }
}

export interface TestStorage {
  storage: Storage
  connectionString: string
  /** Closes the storage and drops its database. */
  close(): Promise<void>
}

/** A ready storage on a database of its own, with fixed keys. The clock stands at 0 unless one is given. */
export async function testStorage(options?: {
  clock?: () => number
  log?: StorageLog
}): Promise<TestStorage> {
  const database = await createTestDatabase()
  const storage = await openTestStorage(database.connectionString, options)
  return {
    storage,
    connectionString: database.connectionString,
    close: async () => {
      await storage.close()
      await database.drop()
    },
  }
}

/** One more process on the same database. */
export function openTestStorage(
  connectionString: string,
  options?: { clock?: () => number; log?: StorageLog; keys?: string },
): Promise<Storage> {
  const keys = parseEncryptionKeys(options?.keys ?? testEncryptionKeys)
  if (!keys.ok) throw new Error(keys.problems.join(' '))
  return createStorage({
    connection: connectionString,
    encryptionKeys: keys.ring,
    clock: options?.clock ?? (() => 0),
    log: options?.log ?? silentLog,
  })
}
