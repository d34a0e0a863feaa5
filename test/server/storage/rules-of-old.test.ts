import pg from 'pg'
import { expect, inject, it } from 'vitest'
import { migrate, migrateUpTo } from '../../../server/storage/migrations/index.ts'
import { databaseUrl, run } from '../../support/global-setup.ts'

const id = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`

it('rules an older version kept for a gathering are its meetings’, those of one that was joined its own', async () => {
  const { serverUrl } = inject('database')
  const name = `rollbook_old_rules_${process.pid}`
  await run(serverUrl, `create database ${name}`)
  const pool = new pg.Pool({ connectionString: databaseUrl(serverUrl, name) })
  const client = await pool.connect()
  await migrateUpTo(client, '0009-schedules')
  await client.query(
    `insert into installations (id, profile, owner_hash, account_hash, created_at_ms) values ('${id(0)}', 'user', 'o', 'a', 0)`,
  )
  for (const n of [1, 2, 3, 4])
    await client.query('insert into gatherings (installation_id, id, created_at_ms) values ($1, $2, 0)', [
      id(0),
      id(n),
    ])
  // 1 has its own and those of 2 and 3 that were joined to it; nobody is in 4 any more.
  for (const [uuid, home] of [
    ['first', null],
    ['born in 2', id(2)],
    ['born in 3', id(3)],
  ])
    await client.query(
      `insert into meetings (installation_id, id, gathering_id, home_gathering_id, uuid, kind, capture, created_at_ms)
       values ($1, gen_random_uuid(), $2, $3, $4, 'meeting', 'full', 0)`,
      [id(0), id(1), home, uuid],
    )
  for (const n of [1, 2, 4])
    await client.query(
      `insert into policies (installation_id, scope, scope_key, gathering_id, sealed, at_ms)
       values ($1, 'gathering', $2, $3, '', 0)`,
      [id(0), id(n), id(n)],
    )
  await client.query(
    `insert into policies (installation_id, scope, scope_key, sealed, at_ms) values ($1, 'number', '98765432100', '', 0)`,
    [id(0)],
  )
  client.release()
  expect(await migrate(pool)).toContain('0011-rules-by-meeting')
  const hung = await pool.query('select meeting_uuid, scope_key from policy_meetings order by meeting_uuid')
  expect(hung.rows).toEqual([
    { meeting_uuid: 'born in 2', scope_key: id(2) },
    { meeting_uuid: 'born in 3', scope_key: id(1) },
    { meeting_uuid: 'first', scope_key: id(1) },
  ])
  const kept = await pool.query<{ scope_key: string }>('select scope_key from policies order by scope_key')
  expect(kept.rows.map((row) => row.scope_key)).toEqual([id(1), id(2), '98765432100'])
  await pool.end()
  await run(serverUrl, `drop database ${name} with (force)`)
})
