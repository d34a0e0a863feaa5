import { rm } from 'node:fs/promises'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { openDatabase } from '../../server/storage/database.ts'
import { startEmbedded, temporaryDataDir } from '../../server/storage/embedded/index.ts'
import { silentLog } from './log.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** URL of the server every test file clones its database on, and the migrated database to clone. */
    database: { serverUrl: string; template: string }
  }
}

/**
 * One PostgreSQL for the whole run: embedded, in a fresh temporary folder, without fsync; or the server named by
 * `DATABASE_URL_TEST`, whose role may create databases. The template is migrated once, test files clone it.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const given = process.env['DATABASE_URL_TEST']
  const server = given ? { url: given, stop: async () => {} } : await startServer()
  const template = `rollbook_template_${process.pid}`
  await run(server.url, `create database ${template}`)
  const migrated = await openDatabase(databaseUrl(server.url, template), silentLog)
  await migrated.close()
  project.provide('database', { serverUrl: server.url, template })
  return async () => {
    await run(server.url, `drop database if exists ${template} with (force)`)
    await server.stop()
  }
}

async function startServer(): Promise<{ url: string; stop(): Promise<void> }> {
  const dataDir = await temporaryDataDir()
  const embedded = await startEmbedded({ dataDir, fsync: false, log: silentLog })
  const { host, port, user, database, password } = embedded.connection
  const secret = password === undefined ? '' : `:${password}`
  return {
    url: `postgres://${user}${secret}@localhost:${port}/${database}?host=${encodeURIComponent(host)}`,
    stop: async () => {
      await embedded.stop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

/** The same server, another database. */
export function databaseUrl(serverUrl: string, database: string): string {
  const url = new URL(serverUrl)
  url.pathname = `/${database}`
  return url.href
}

/** One statement on a connection of its own. */
export async function run(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
