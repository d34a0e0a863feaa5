import { Writable } from 'node:stream'
import { describe, expect, it, vi } from 'vitest'
import { writeBackup } from '../../../../server/storage/index.ts'
import { testStorage } from '../../../support/database.ts'
import { run } from '../../../support/global-setup.ts'
import { silentLog } from '../../../support/log.ts'
import { install } from '../fixtures.ts'
import { fill, manyFacts } from './filled.ts'
import {
  backup,
  emptyDatabase,
  everything,
  freshDataDir,
  open,
  PATIENCE,
  restore,
  ring,
  SEALED_CHUNK,
  server,
  withClient,
} from './stage.ts'

describe('taking a backup', () => {
  it('refuses where there is nothing of Rollbook, and makes nothing there', async () => {
    const dataDir = await freshDataDir()
    await expect(backup({ kind: 'embedded', dataDir })).rejects.toMatchObject({
      code: 'no_database',
      message: expect.stringContaining(`no database in ${dataDir}`) as string,
    })
    await expect(backup(server(await emptyDatabase()))).rejects.toThrow(/nothing of Rollbook/)
    await expect(backup(server('postgres://localhost:1/none'))).rejects.toThrow(
      /cannot be reached \(ECONNREFUSED\)/,
    )
  })

  it('refuses a database that a newer Rollbook has migrated', async () => {
    const newer = await testStorage()
    open.push(() => newer.close())
    await run(newer.connectionString, `insert into schema_migrations (name) values ('0099-later')`)
    await expect(backup(server(newer.connectionString))).rejects.toThrow(
      /newer Rollbook \(it knows 0099-later\)/,
    )
  })

  it('ends at once when told to stop, and lets go of the database', async () => {
    const source = await testStorage()
    open.push(() => source.close())
    await fill(source.storage, { connectionString: source.connectionString })
    await manyFacts(source.connectionString, 30_000)
    const controller = new AbortController()
    const done = writeBackup({
      database: server(source.connectionString),
      encryptionKeys: ring(),
      program: '0',
      nowMs: 0,
      // Takes what it is given and never asks for more.
      output: new Writable({ write: () => controller.abort() }),
      signal: controller.signal,
      log: silentLog,
    })
    await expect(done).rejects.toMatchObject({ name: 'AbortError' })
    await withClient({ connectionString: source.connectionString }, (client) =>
      vi.waitFor(async () => {
        const { rowCount } = await client.query(
          `select from pg_stat_activity where datname = current_database() and query like 'copy %'`,
        )
        expect(rowCount).toBe(0)
      }, PATIENCE),
    )
  })

  it('streams: PostgreSQL waits while the reader waits, and what is written meanwhile is not in the picture', async () => {
    const source = await testStorage()
    open.push(() => source.close())
    await fill(source.storage, { connectionString: source.connectionString })
    await manyFacts(source.connectionString, 30_000)
    const before = await everything({ connectionString: source.connectionString })
    const written: Buffer[] = []
    let held: (() => void) | null = null
    let holding = true
    const done = writeBackup({
      database: server(source.connectionString),
      encryptionKeys: ring(),
      program: '0',
      nowMs: 0,
      output: new Writable({
        write(piece: Buffer, _encoding, next) {
          written.push(piece)
          if (holding && written.length > 2) held = next
          else next()
        },
      }),
      log: silentLog,
    })
    await withClient({ connectionString: source.connectionString }, async (client) => {
      await vi.waitFor(async () => {
        const { rows } = await client.query(
          `select wait_event from pg_stat_activity where datname = current_database() and query like 'copy "evidence"%'`,
        )
        expect(held).not.toBeNull()
        expect(rows).toEqual([{ wait_event: 'ClientWrite' }])
      }, PATIENCE)
      expect(written).toHaveLength(3)
      // Nobody who writes is kept waiting by the backup.
      await install(source.storage, 'newcomer')
      await client.query(`delete from oauth_flows`)
    })
    holding = false
    ;(held as (() => void) | null)?.()
    const { tables } = await done
    expect(tables.find(({ table }) => table === 'evidence')?.rows).toBe(30_004)
    // The header, then full chunks; only the last may be shorter.
    const [, ...chunks] = written.map(({ length }) => length)
    expect(chunks.length).toBeGreaterThan(20)
    expect(new Set(chunks.slice(0, -1))).toEqual(new Set([SEALED_CHUNK]))
    const url = await emptyDatabase()
    await restore(server(url), Buffer.concat(written))
    expect(await everything({ connectionString: url })).toEqual(before)
  })
})
