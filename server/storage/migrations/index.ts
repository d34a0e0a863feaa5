/**
 * The schema and its changes, oldest first; each runs once, in one transaction with its note that it ran.
 * A migration that was released is never edited: a new one follows it. Start with `0001-beginning.ts`.
 */
import type pg from 'pg'
import { beginning } from './0001-beginning.ts'
import { reports } from './0002-reports.ts'
import { authorisation } from './0003-authorisation.ts'
import { afterwards } from './0004-afterwards.ts'
import { askedHere } from './0005-asked-here.ts'
import { headCounts } from './0006-head-counts.ts'
import { imports } from './0007-imports.ts'
import { corrections } from './0008-corrections.ts'
import { schedules } from './0009-schedules.ts'
import { readAnew } from './0010-read-anew.ts'
import { rulesByMeeting } from './0011-rules-by-meeting.ts'
import { listSources } from './0012-list-sources.ts'
import { zoomRates } from './0013-zoom-rates.ts'
import { registrations } from './0014-registrations.ts'
import { webinars } from './0015-webinars.ts'

const migrations: readonly { name: string; sql: string }[] = [
  { name: '0001-beginning', sql: beginning },
  { name: '0002-reports', sql: reports },
  { name: '0003-authorisation', sql: authorisation },
  { name: '0004-afterwards', sql: afterwards },
  { name: '0005-asked-here', sql: askedHere },
  { name: '0006-head-counts', sql: headCounts },
  { name: '0007-imports', sql: imports },
  { name: '0008-corrections', sql: corrections },
  { name: '0009-schedules', sql: schedules },
  { name: '0010-read-anew', sql: readAnew },
  { name: '0011-rules-by-meeting', sql: rulesByMeeting },
  { name: '0012-list-sources', sql: listSources },
  { name: '0013-zoom-rates', sql: zoomRates },
  { name: '0014-registrations', sql: registrations },
  { name: '0015-webinars', sql: webinars },
]

/** The oldest major version whose features the schema may use. */
const OLDEST_MAJOR = 16

/** 'migr': of processes starting at once one migrates and the others wait. */
const MIGRATION_LOCK = 0x6d696772

/**
 * Brings the database to this version of the schema; does nothing when it is there. All or nothing.
 *
 * @throws Error with a sentence when the server is too old, or the database was migrated by a newer Rollbook.
 */
export async function migrate(pool: { connect(): Promise<pg.PoolClient> }): Promise<string[]> {
  const client = await pool.connect()
  try {
    await client.query('begin')
    // Waiting for another starter, or for a long migration, is no hanging statement.
    await client.query('set local statement_timeout = 0')
    await lockMigrations(client)
    const ran = await runMissing(client, migrations)
    await client.query('commit')
    return ran
  } catch (error) {
    await client.query('rollback').catch(() => {})
    throw error
  } finally {
    client.release()
  }
}

/** Until the transaction ends nobody else migrates this database; waits for who does. */
export async function lockMigrations(client: pg.ClientBase): Promise<void> {
  await client.query('select pg_advisory_xact_lock($1)', [MIGRATION_LOCK])
}

/** The names of all migrations of this version, oldest first. */
export const migrationNames = (): string[] => migrations.map(({ name }) => name)

/**
 * Within the caller's transaction, which holds `lockMigrations`: brings an empty or older database to the schema that
 * ends with the migration `last`.
 *
 * @throws as `migrate`
 */
export async function migrateUpTo(client: pg.ClientBase, last: string): Promise<void> {
  await runMissing(client, migrations.slice(0, migrations.findIndex(({ name }) => name === last) + 1))
}

async function runMissing(client: pg.ClientBase, wanted: typeof migrations): Promise<string[]> {
  const { rows: settings } = await client.query<{ server_version_num: string }>('show server_version_num')
  const major = Math.floor(Number(settings[0]?.server_version_num) / 10_000)
  if (major < OLDEST_MAJOR) {
    throw new Error(
      `DATABASE_URL leads to PostgreSQL ${major}; Rollbook needs PostgreSQL ${OLDEST_MAJOR} or newer.`,
    )
  }
  await client.query(
    'create table if not exists schema_migrations (name text primary key, ran_at timestamptz not null default now())',
  )
  const { rows } = await client.query<{ name: string }>('select name from schema_migrations')
  const done = new Set(rows.map((row) => row.name))
  const unknown = [...done].filter((name) => !migrations.some((known) => known.name === name))
  if (unknown.length) {
    throw new Error(
      `The database was migrated by a newer Rollbook (it knows ${unknown.join(', ')}). Run that version, or restore a backup made before.`,
    )
  }
  const missing = wanted.filter(({ name }) => !done.has(name))
  for (const { name, sql } of missing) {
    await client.query(sql)
    await client.query('insert into schema_migrations (name) values ($1)', [name])
  }
  return missing.map(({ name }) => name)
}
