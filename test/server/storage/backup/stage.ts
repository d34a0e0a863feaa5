import { randomBytes } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { Readable, Writable } from 'node:stream'
import pg from 'pg'
import { afterAll, inject } from 'vitest'
import type { DatabasePlace } from '../../../../server/storage/index.ts'
import {
  parseEncryptionKeys,
  restoreBackup,
  temporaryDataDir,
  writeBackup,
} from '../../../../server/storage/index.ts'
import { testEncryptionKeys } from '../../../support/database.ts'
import { databaseUrl, run } from '../../../support/global-setup.ts'
import { silentLog } from '../../../support/log.ts'

export const ANOTHER_KEY = `other:${Buffer.alloc(32, 9).toString('base64url')}`
/** 64 KiB and a tag. */
export const SEALED_CHUNK = 65_536 + 16
/** Polled until then on a busy machine. */
export const PATIENCE = { timeout: 15_000, interval: 50 }

/** What a test opened, ended in turn. */
export const open: (() => Promise<unknown>)[] = []
afterAll(async () => {
  for (const close of open.reverse()) await close()
})

export function ring(keys = testEncryptionKeys) {
  const parsed = parseEncryptionKeys(keys)
  if (!parsed.ok) throw new Error(parsed.problems.join(' '))
  return parsed.ring
}

export const server = (url: string): DatabasePlace => ({ kind: 'server', url })

export async function emptyDatabase(): Promise<string> {
  const { serverUrl } = inject('database')
  const name = `rollbook_empty_${randomBytes(6).toString('hex')}`
  await run(serverUrl, `create database ${name}`)
  open.push(() => run(serverUrl, `drop database if exists ${name} with (force)`))
  return databaseUrl(serverUrl, name)
}

export async function freshDataDir(): Promise<string> {
  const dataDir = await temporaryDataDir()
  open.push(() => rm(dataDir, { recursive: true, force: true }))
  return dataDir
}

export async function backup(
  database: DatabasePlace,
  keys = testEncryptionKeys,
): Promise<{ file: Buffer; summary: Awaited<ReturnType<typeof writeBackup>> }> {
  const written: Buffer[] = []
  const summary = await writeBackup({
    database,
    encryptionKeys: ring(keys),
    program: '9.8.7',
    nowMs: Date.UTC(2026, 2, 12),
    output: new Writable({
      write(piece: Buffer, _encoding, done) {
        written.push(piece)
        done()
      },
    }),
    log: silentLog,
  })
  return { file: Buffer.concat(written), summary }
}

/** In pieces that fit nothing, as pipes deliver them. */
function* inOddPieces(file: Buffer) {
  for (let at = 0; at < file.length; at += 9_973) yield file.subarray(at, at + 9_973)
}

export const restore = (database: DatabasePlace, file: Buffer, keys = testEncryptionKeys) =>
  restoreBackup({
    database,
    encryptionKeys: ring(keys),
    file: Readable.from(inOddPieces(file)),
    log: silentLog,
  })

export async function withClient<T>(
  connection: pg.ClientConfig,
  use: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = new pg.Client(connection)
  await client.connect()
  try {
    return await use(client)
  } finally {
    await client.end()
  }
}

/** Every row of every table as text, but the moments the migrations ran. */
export async function everything(connection: pg.ClientConfig): Promise<Record<string, string[]>> {
  return withClient(connection, async (client) => {
    const { rows: tables } = await client.query<{ name: string }>(
      `select table_name::text as name from information_schema.tables
       where table_schema = 'public' and table_name <> 'schema_migrations' order by 1`,
    )
    const content: Record<string, string[]> = {}
    for (const { name } of tables) {
      const { rows } = await client.query<{ row: string }>(
        `select to_jsonb(t)::text as row from "${name}" t order by 1`,
      )
      content[name] = rows.map(({ row }) => row)
    }
    return content
  })
}

export const namesIn = (url: string): Promise<string[]> =>
  withClient({ connectionString: url }, async (client) => {
    const { rows } = await client.query<{ name: string }>(
      `select relname as name from pg_class where relnamespace = 'public'::regnamespace
       union all select proname from pg_proc where pronamespace = 'public'::regnamespace`,
    )
    return rows.map(({ name }) => name)
  })
