import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { migrationNames } from '../../../server/storage/migrations/index.ts'
import { openDatabase } from '../../../server/storage/database.ts'
import { inject } from 'vitest'
import { databaseUrl, run } from '../../support/global-setup.ts'
import { silentLog } from '../../support/log.ts'

describe('migrations', () => {
  const { serverUrl } = inject('database')
  const name = `rollbook_migrations_${process.pid}`
  const url = databaseUrl(serverUrl, name)
  beforeAll(() => run(serverUrl, `create database ${name}`))
  afterAll(() => run(serverUrl, `drop database ${name} with (force)`))

  it('run once when four processes start at the same moment on an empty database', async () => {
    const opened = await Promise.all([1, 2, 3, 4].map(() => openDatabase(url, silentLog)))
    const { rows } = await opened[0]!.pool.query<{ name: string }>('select name from schema_migrations')
    expect(rows).toEqual(migrationNames().map((name) => ({ name })))
    await Promise.all(opened.map((one) => one.close()))
  })

  it('do nothing on a database that is up to date', async () => {
    const said: string[] = []
    const opened = await openDatabase(url, { ...silentLog, info: (_detail, message) => said.push(message) })
    expect(said).toEqual([])
    await opened.close()
  })

  it('refuse a database that a newer version migrated', async () => {
    await run(url, "insert into schema_migrations (name) values ('0999-tomorrow')")
    await expect(openDatabase(url, silentLog)).rejects.toThrow(/newer Rollbook \(it knows 0999-tomorrow\)/)
    await run(url, "delete from schema_migrations where name = '0999-tomorrow'")
  })

  it('keep the installation first in every key of a tenant table', async () => {
    const client = new pg.Client({ connectionString: url })
    await client.connect()
    const { rows } = await client.query<{ table: string; first: string }>(`
      select c.relname as table, a.attname as first
      from pg_index i join pg_class c on c.oid = i.indrelid
      join pg_attribute a on a.attrelid = c.oid and a.attnum = i.indkey[0]
      join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'public'
      where i.indisprimary and exists (
        select from pg_attribute t where t.attrelid = c.oid and t.attname = 'installation_id')`)
    await client.end()
    expect(rows.length).toBeGreaterThan(10)
    expect(rows.filter((row) => row.first !== 'installation_id')).toEqual([])
  })
})
