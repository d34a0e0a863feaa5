import { randomBytes } from 'node:crypto'
import type pg from 'pg'
import { beforeAll, describe, expect, inject, it } from 'vitest'
import type { Storage } from '../../../../server/storage/index.ts'
import { createStorage, firstBrokenLine, startEmbedded } from '../../../../server/storage/index.ts'
import { migrationNames } from '../../../../server/storage/migrations/index.ts'
import { testEncryptionKeys, testStorage, type TestStorage } from '../../../support/database.ts'
import { run } from '../../../support/global-setup.ts'
import { silentLog } from '../../../support/log.ts'
import { joinDelivery, system, translateAsSaid } from '../fixtures.ts'
import { fill, rosterOf, type Filled } from './filled.ts'
import {
  ANOTHER_KEY,
  backup,
  emptyDatabase,
  everything,
  freshDataDir,
  open,
  restore,
  ring,
  server,
} from './stage.ts'

describe('a backup', () => {
  let source: TestStorage
  let filled: Filled
  let content: Record<string, string[]>
  let taken: Awaited<ReturnType<typeof backup>>
  beforeAll(async () => {
    source = await testStorage()
    open.push(() => source.close())
    filled = await fill(source.storage, { connectionString: source.connectionString })
    content = await everything({ connectionString: source.connectionString })
    taken = await backup(server(source.connectionString))
  })

  it('holds every table there is, with its rows counted', () => {
    expect(Object.entries(content).filter(([, rows]) => rows.length === 0)).toEqual([])
    const counted = taken.summary.tables.map(({ table, rows }) => [table, rows])
    expect(Object.fromEntries(counted)).toEqual(
      Object.fromEntries(Object.entries(content).map(([table, rows]) => [table, rows.length])),
    )
  })

  it('says in clear which keys it needs, when, by which version and of which schema, and nothing else', () => {
    const [magic, header] = taken.file.toString('latin1').split('\n')
    expect(magic).toBe('rollbook-backup 1')
    expect(JSON.parse(header ?? '')).toEqual({
      program: '9.8.7',
      createdAt: '2026-03-12T00:00:00.000Z',
      postgres: expect.any(Number) as number,
      migrations: migrationNames(),
      keyId: 'test',
      keysNeeded: ['test'],
      salt: expect.stringMatching(/^[\w-]{43}$/) as string,
    })
    expect(taken.file.includes(filled.installationId)).toBe(false)
  })

  it('goes from a server to the embedded database and from there to a server, every row the same', async () => {
    const dataDir = await freshDataDir()
    const summary = await restore({ kind: 'embedded', dataDir }, taken.file)
    expect(summary.tables).toEqual(taken.summary.tables)
    const embedded = await startEmbedded({ dataDir, fsync: false, log: silentLog })
    let back: Buffer
    try {
      expect(await everything(embedded.connection)).toEqual(content)
      // Beside its owner, without disturbing it.
      back = (await backup({ kind: 'embedded', dataDir })).file
      await expectAlive(embedded.connection, filled, source.storage)
    } finally {
      await embedded.stop()
    }
    const stopped = await backup({ kind: 'embedded', dataDir })
    expect(stopped.summary.tables.find(({ table }) => table === 'evidence')?.rows).toBe(5)
    const url = await emptyDatabase()
    await restore(server(url), back)
    expect(await everything({ connectionString: url })).toEqual(content)
    await expectAlive({ connectionString: url }, filled, source.storage)
  })

  it('needs no superuser: the owner of the database takes it and restores it, as on a managed server', async () => {
    const { serverUrl } = inject('database')
    const role = `rollbook_owner_${randomBytes(6).toString('hex')}`
    await run(serverUrl, `create role ${role} login nosuperuser password 'owner'`)
    open.push(() => run(serverUrl, `drop role ${role}`))
    const asOwner = async () => {
      const url = new URL(await emptyDatabase())
      await run(serverUrl, `alter database ${url.pathname.slice(1)} owner to ${role}`)
      url.username = role
      url.password = 'owner'
      return url.href
    }
    const [first, second] = [await asOwner(), await asOwner()]
    await restore(server(first), taken.file)
    await restore(server(second), (await backup(server(first))).file)
    expect(await everything({ connectionString: second })).toEqual(content)
  })

  it('keeps its rows append-only where it was restored', async () => {
    const url = await emptyDatabase()
    await restore(server(url), taken.file)
    for (const statement of ['delete from evidence', 'update audit set at_ms = 0'])
      await expect(run(url, statement)).rejects.toThrow(/append-only/)
  })

  it('is restored under rotated keys, and not without the one it was sealed under', async () => {
    const url = await emptyDatabase()
    await expect(restore(server(url), taken.file, ANOTHER_KEY)).rejects.toThrow(
      /ENCRYPTION_KEYS lacks "test", which this backup is sealed under/,
    )
    await restore(server(url), taken.file, `${ANOTHER_KEY},${testEncryptionKeys}`)
    // Taken under the new key, its rows still need the old one.
    const later = await backup(server(url), `${ANOTHER_KEY},${testEncryptionKeys}`)
    expect(later.summary.header).toMatchObject({ keyId: 'other', keysNeeded: ['test'] })
    await expect(restore(server(await emptyDatabase()), later.file, ANOTHER_KEY)).rejects.toThrow(
      /lacks "test"/,
    )
  })
})

/** The restored database under the program: it reads what was sealed, proves its log, and goes on counting. */
async function expectAlive(connection: pg.ClientConfig & { host?: string }, filled: Filled, source: Storage) {
  const storage = await createStorage({
    connection: (connection.connectionString ?? connection) as string,
    encryptionKeys: ring(),
    clock: () => 0,
    log: silentLog,
  })
  try {
    const { installationId, gatheringId } = filled
    const facts = (of: Storage) => of.evidenceReader.since(system(installationId), gatheringId, 0, 100)
    const before = await facts(source)
    expect(await facts(storage)).toEqual(before)
    expect(before.map(({ fact }) => ('name' in fact ? fact.name : null))).toContain('Анна\tИванова\\')
    const roster = await rosterOf(storage, filled)
    expect(roster?.people.length).toBeGreaterThan(2)
    expect(roster).toEqual(await rosterOf(source, filled))
    expect(firstBrokenLine(await storage.audit.chain(installationId))).toBeNull()
    expect(await storage.audit.list(installationId)).toEqual(await source.audit.list(installationId))
    expect(await storage.deploymentSecret('session_signing')).toEqual(
      await source.deploymentSecret('session_signing'),
    )
    // The same delivery is still known, and a new fact gets a number that was never given out.
    await storage.inbox.put(joinDelivery(installationId, 'lesson/==', 'a'))
    await storage.inbox.put(joinDelivery(installationId, 'lesson/==', 'new'))
    expect(
      await storage.inbox.drain({ limit: 100, maxAttempts: 3, translate: translateAsSaid }),
    ).toMatchObject({ taken: 1, stored: 1 })
    // Four facts of this installation and one of the removed one came before.
    expect((await facts(storage)).at(-1)?.seq).toBeGreaterThan(5)
  } finally {
    await storage.close()
  }
}
