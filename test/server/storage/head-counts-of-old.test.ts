import pg from 'pg'
import { expect, inject, it } from 'vitest'
import { migrate, migrateUpTo } from '../../../server/storage/migrations/index.ts'
import { databaseUrl, run } from '../../support/global-setup.ts'

const id = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`

it('of the gatherings of an older version, all that are over are counted, and those where only panels were', async () => {
  const { serverUrl } = inject('database')
  const name = `rollbook_uncounted_${process.pid}`
  await run(serverUrl, `create database ${name}`)
  const pool = new pg.Pool({ connectionString: databaseUrl(serverUrl, name) })
  const client = await pool.connect()
  await migrateUpTo(client, '0005-asked-here')
  await client.query(
    `insert into installations (id, profile, owner_hash, account_hash, created_at_ms) values ('${id(0)}', 'user', 'o', 'a', 0)`,
  )
  const gatherings: ['full' | 'panel_only', number | null][][] = [
    [['full', 5]],
    [['full', null]],
    [['panel_only', null]],
    [
      ['full', 5],
      ['full', null],
    ],
    [],
  ]
  for (const [n, meetings] of gatherings.entries()) {
    await client.query('insert into gatherings (installation_id, id, created_at_ms) values ($1, $2, 0)', [
      id(0),
      id(n),
    ])
    for (const [capture, endedAtMs] of meetings) {
      await client.query(
        `insert into meetings (installation_id, id, gathering_id, uuid, kind, capture, ended_at_ms, created_at_ms)
         values ($1, gen_random_uuid(), $2, gen_random_uuid()::text, 'meeting', $3, $4, 0)`,
        [id(0), id(n), capture, endedAtMs],
      )
    }
  }
  client.release()
  expect(await migrate(pool)).toContain('0006-head-counts')
  const { rows } = await pool.query<{ id: string }>(
    'select id from gatherings where count_due_ms = 0 order by id',
  )
  expect(rows).toEqual([{ id: id(0) }, { id: id(2) }])
  await pool.end()
  await run(serverUrl, `drop database ${name} with (force)`)
})
