import { randomBytes } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { Readable, Writable } from 'node:stream'
import { gunzipSync, gzipSync } from 'node:zlib'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest'
import { createLiveRosters } from '../../../server/rosters/index.ts'
import { frameBytes, readFrames, type Frame } from '../../../server/storage/backup/frames.ts'
import { fileKey, openChunks, sealChunks } from '../../../server/storage/backup/sealed-chunks.ts'
import type { DatabasePlace, Storage } from '../../../server/storage/index.ts'
import {
  createStorage,
  firstBrokenLine,
  parseEncryptionKeys,
  restoreBackup,
  startEmbedded,
  temporaryDataDir,
  writeBackup,
} from '../../../server/storage/index.ts'
import { testEncryptionKeys, testStorage, type TestStorage } from '../../support/database.ts'
import { databaseUrl, run } from '../../support/global-setup.ts'
import { silentLog } from '../../support/log.ts'
import { install, joinDelivery, system, translateAsSaid } from './fixtures.ts'

const ANOTHER_KEY = `other:${Buffer.alloc(32, 9).toString('base64url')}`
/** 64 KiB and a tag. */
const SEALED_CHUNK = 65_536 + 16
/** Polled until then on a busy machine. */
const PATIENCE = { timeout: 15_000, interval: 50 }

/** What a test opened, ended in turn. */
const open: (() => Promise<unknown>)[] = []
afterAll(async () => {
  for (const close of open.reverse()) await close()
})

function ring(keys = testEncryptionKeys) {
  const parsed = parseEncryptionKeys(keys)
  if (!parsed.ok) throw new Error(parsed.problems.join(' '))
  return parsed.ring
}

const server = (url: string): DatabasePlace => ({ kind: 'server', url })

async function emptyDatabase(): Promise<string> {
  const { serverUrl } = inject('database')
  const name = `rollbook_empty_${randomBytes(6).toString('hex')}`
  await run(serverUrl, `create database ${name}`)
  open.push(() => run(serverUrl, `drop database if exists ${name} with (force)`))
  return databaseUrl(serverUrl, name)
}

async function freshDataDir(): Promise<string> {
  const dataDir = await temporaryDataDir()
  open.push(() => rm(dataDir, { recursive: true, force: true }))
  return dataDir
}

async function backup(
  database: DatabasePlace,
  keys = testEncryptionKeys,
): Promise<{ file: Buffer; pieces: number[]; summary: Awaited<ReturnType<typeof writeBackup>> }> {
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
  return { file: Buffer.concat(written), pieces: written.map(({ length }) => length), summary }
}

/** In pieces that fit nothing, as pipes deliver them. */
function* inOddPieces(file: Buffer) {
  for (let at = 0; at < file.length; at += 9_973) yield file.subarray(at, at + 9_973)
}

const restore = (database: DatabasePlace, file: Buffer, keys = testEncryptionKeys) =>
  restoreBackup({
    database,
    encryptionKeys: ring(keys),
    file: Readable.from(inOddPieces(file)),
    log: silentLog,
  })

async function withClient<T>(
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
async function everything(connection: pg.ClientConfig): Promise<Record<string, string[]>> {
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

const namesIn = (url: string): Promise<string[]> =>
  withClient({ connectionString: url }, async (client) => {
    const { rows } = await client.query<{ name: string }>(
      `select relname as name from pg_class where relnamespace = 'public'::regnamespace
       union all select proname from pg_proc where pronamespace = 'public'::regnamespace`,
    )
    return rows.map(({ name }) => name)
  })

interface Filled {
  installationId: string
  gatheringId: string
}

/** At least one row in every table, and values whose text has everything that COPY has to escape. */
async function fill(storage: Storage, connection: pg.ClientConfig): Promise<Filled> {
  const { installationId, memberId } = await install(storage, 'host')
  for (const [key, name] of Object.entries({ a: 'Анна\tИванова\\', b: 'Ben\r\n\\.', c: '\\N', d: 'Ben' }))
    await storage.inbox.put(joinDelivery(installationId, 'lesson/==', key, name))
  const drained = await storage.inbox.drain({ limit: 100, maxAttempts: 3, translate: translateAsSaid })
  const gatheringId = drained.touched[0]?.gatheringId ?? ''
  // A removed installation leaves numbers that were given out and must not be given out again, and its audit lines.
  const gone = await install(storage, 'gone')
  await storage.inbox.put(joinDelivery(gone.installationId, 'gone', 'z'))
  await storage.inbox.drain({ limit: 100, maxAttempts: 3, translate: translateAsSaid })
  await storage.deauthorize(gone.installationId, 'gone')
  for (const detail of [{ said: 'a\\b\n\t\\.\r', columns: ['имя', ''] }, { nothing: null }])
    await storage.audit.append({
      installationId,
      actorMemberId: memberId,
      act: 'roster_exported',
      gatheringId,
      atMs: 5,
      detail,
    })
  await storage.directory.recordGrant({
    installationId,
    gatheringId,
    memberId,
    role: 'host',
    verifiedAtMs: 5,
  })
  const viewer = {
    kind: 'member',
    installationId,
    memberId,
    sessionId: memberId,
    role: 'host',
    gatheringId,
    contextAtMs: 0,
    admin: true,
  } as const
  await storage.sessions.open({ viewer, tagHash: 'tag', expiresAtMs: 9e12, takesOver: false })
  const minted = await storage.peopleIds.mint(system(installationId), gatheringId, ['x', 'y'])
  const [{ personId = '' } = {}, { personId: aliasId = '' } = {}] = minted
  await storage.peopleIds.recordAliases(system(installationId), gatheringId, [{ aliasId, personId }])
  await storage.oauthFlows.begin({ stateHash: 'state', verifier: 'verifier', expiresAtMs: 9e12 })
  await withClient(connection, async (client) => {
    await client.query(`insert into used_contexts values ('tag', 1, 9000000000000)`)
    await client.query(
      `insert into export_links (installation_id, id_hash, sealed, expires_at_ms) values ($1, E'\\\\N', '\\x005c0a', 1)`,
      [installationId],
    )
  })
  // Whoever looks gives people their ids.
  await rosterOf(storage, { installationId, gatheringId })
  return { installationId, gatheringId }
}

async function rosterOf(storage: Storage, { installationId, gatheringId }: Filled) {
  const live = createLiveRosters({
    evidence: storage.evidenceReader,
    people: storage.peopleIds,
    wakeups: storage.wakeups,
    clock: () => 60_000,
    onError: (error) => {
      throw error
    },
  })
  try {
    return await live.snapshot(installationId, gatheringId)
  } finally {
    live.stop()
  }
}

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
      migrations: ['0001-beginning'],
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

describe('a refused restore changes nothing:', () => {
  let file: Buffer
  let body: number
  let url: string
  beforeAll(async () => {
    const source = await testStorage()
    open.push(() => source.close())
    await fill(source.storage, { connectionString: source.connectionString })
    await manyFacts(source.connectionString, 2_000)
    file = (await backup(server(source.connectionString))).file
    body = file.indexOf('\n', file.indexOf('\n') + 1) + 1
    expect(file.length - body).toBeGreaterThan(3 * SEALED_CHUNK)
    url = await emptyDatabase()
  })

  const refused = async (bytes: Buffer, code: string, sentence: RegExp, keys?: string) => {
    await expect(restore(server(url), bytes, keys)).rejects.toMatchObject({
      name: 'BackupRefusal',
      code,
      message: expect.stringMatching(sentence) as string,
    })
    expect(await namesIn(url)).toEqual([])
  }
  const withHeader = (change: (header: Record<string, unknown>) => void, format = 1) => {
    const header = JSON.parse(file.toString('utf8', file.indexOf('\n') + 1, body)) as Record<string, unknown>
    change(header)
    return Buffer.concat([
      Buffer.from(`rollbook-backup ${format}\n${JSON.stringify(header)}\n`),
      file.subarray(body),
    ])
  }

  it('another key under the same id', () =>
    refused(file, 'damaged', /another key under the same id/, ANOTHER_KEY.replace('other', 'test')))

  it('a file cut off anywhere, between chunks too', async () => {
    for (const length of [
      body,
      body + 10,
      body + SEALED_CHUNK,
      body + 2 * SEALED_CHUNK,
      body + 2 * SEALED_CHUNK + 7,
      file.length - 1,
    ])
      await refused(file.subarray(0, length), 'damaged', /cut off|damaged or incomplete/)
  })

  it('a flipped bit in any part of it, the header and the last byte too', async () => {
    const places = [
      file.indexOf('9.8.7'),
      body,
      body + SEALED_CHUNK - 1,
      body + SEALED_CHUNK + 500,
      file.length - 1,
    ]
    for (const place of places) {
      const changed = Buffer.from(file)
      changed.writeUInt8((changed[place] ?? 0) ^ 1, place)
      await refused(changed, 'damaged', /changed or cut off|damaged or incomplete/)
    }
  })

  it('chunks in another order, twice, left out, or something after the end', async () => {
    const chunk = (number: number) =>
      file.subarray(body + number * SEALED_CHUNK, body + (number + 1) * SEALED_CHUNK)
    const head = file.subarray(0, body)
    const rest = file.subarray(body + 2 * SEALED_CHUNK)
    for (const pieces of [
      [head, chunk(1), chunk(0), rest],
      [head, chunk(0), chunk(0), chunk(1), rest],
      [head, chunk(0), rest],
      [file, Buffer.from('\n')],
    ])
      await refused(Buffer.concat(pieces), 'damaged', /changed or cut off|damaged or incomplete/)
  })

  it('a file of something else, an empty one, and a header without sense', async () => {
    for (const bytes of [
      Buffer.alloc(0),
      Buffer.from('roll'),
      Buffer.from('PGDMP'),
      randomBytes(200_000),
      Buffer.alloc(200_000, 'rollbook-backup 1'),
      Buffer.from('rollbook-backup one\n{}\n'),
      Buffer.from('rollbook-backup 1\n{}\n'),
      Buffer.from('rollbook-backup 1\nnonsense\n'),
    ])
      await refused(bytes, 'not_a_backup', /not a backup of Rollbook/)
  })

  it('a newer format, and rows of a newer schema', async () => {
    await refused(
      withHeader(() => {}, 2),
      'newer_program',
      /format 2, and this Rollbook reads format 1/,
    )
    await refused(
      withHeader((header) => (header['migrations'] = ['0001-beginning', '0099-later'])),
      'newer_program',
      /newer Rollbook \(9\.8\.7; it knows 0099-later\)/,
    )
  })

  it('figures that its tables do not bear out, be it sealed as it should be', async () => {
    for (const forge of [
      (frames: Frame[]) => frames.slice(0, -1),
      (frames: Frame[]) =>
        frames.map((one) => (one.kind === 'tableEnd' ? { ...one, rows: one.rows + 1 } : one)),
      (frames: Frame[]) => frames.filter((one) => one.kind !== 'tableEnd'),
      (frames: Frame[]) => frames.filter((one) => one.kind !== 'table' || one.table !== 'audit'),
      (frames: Frame[]) =>
        frames.map((one) => (one.kind === 'table' ? { ...one, columns: [...one.columns, 'more'] } : one)),
      (frames: Frame[]) => frames.map((one) => (one.kind === 'end' ? { ...one, tables: [] } : one)),
    ])
      await refused(await reforged(file, body, forge), 'damaged', /contradicts itself/)
    const cut = (frames: Frame[]) =>
      frames.map((one) => (one.kind === 'rows' ? { ...one, bytes: one.bytes.subarray(1) } : one))
    await expect(restore(server(url), await reforged(file, body, cut))).rejects.toThrow()
    expect(await namesIn(url)).toEqual([])
  })

  it('a database with anything in it, be it somebody else’s', async () => {
    const used = await testStorage()
    open.push(() => used.close())
    const before = await everything({ connectionString: used.connectionString })
    await expect(restore(server(used.connectionString), file)).rejects.toMatchObject({
      code: 'not_empty',
      message: expect.stringMatching(/is not empty: ".*" is in it.*new database/) as string,
    })
    expect(await everything({ connectionString: used.connectionString })).toEqual(before)
    const foreign = await emptyDatabase()
    await run(foreign, 'create table recipes (name text)')
    await expect(restore(server(foreign), file)).rejects.toThrow(/"recipes" is in it/)
  })

  it('an embedded database that a running server owns', async () => {
    const dataDir = await freshDataDir()
    const owner = await startEmbedded({ dataDir, fsync: false, log: silentLog })
    try {
      await expect(restore({ kind: 'embedded', dataDir }, file)).rejects.toThrow(
        /Another Rollbook is running/,
      )
      expect(await everything(owner.connection)).toEqual({})
    } finally {
      await owner.stop()
    }
  })

  it('and the same database takes the whole file afterwards', async () => {
    await restore(server(url), file)
    expect((await everything({ connectionString: url }))['evidence']).toHaveLength(2_004)
  })
})

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

/** The same file with other frames, sealed by somebody who has the key. */
async function reforged(file: Buffer, body: number, forge: (frames: Frame[]) => Frame[]): Promise<Buffer> {
  const head = file.subarray(0, body)
  const { salt } = JSON.parse(head.toString('utf8', head.indexOf('\n') + 1)) as { salt: string }
  const key = fileKey(ring().keys[0]?.key ?? new Uint8Array(), Buffer.from(salt, 'base64url'))
  const packed: Buffer[] = []
  for await (const piece of openChunks(key, head, Readable.from([file.subarray(body)]))) packed.push(piece)
  const frames: Frame[] = []
  for await (const frame of readFrames(Readable.from([gunzipSync(Buffer.concat(packed))]))) frames.push(frame)
  const sealed = [head]
  const again = gzipSync(Buffer.concat(forge(frames).map(frameBytes)))
  for await (const piece of sealChunks(key, head, Readable.from([again]))) sealed.push(piece)
  return Buffer.concat(sealed)
}

/** Evidence with payloads of the size of real ones, that no packing makes smaller than they are. */
async function manyFacts(url: string, count: number): Promise<void> {
  await run(
    url,
    `insert into evidence (installation_id, meeting_id, fact_key, kind, witness, at_ms, name_hashes, payload, recorded_at_ms)
     select m.installation_id, m.id, md5(n::text) || md5('k' || n), 'participant_joined', 'webhook', n, array[left(md5(n::text), 16)],
       decode(md5('a' || n) || md5('b' || n) || md5('c' || n) || md5('d' || n) || md5('e' || n) || md5('f' || n), 'hex'), n
     from (select * from meetings limit 1) m, generate_series(1, ${count}) n`,
  )
}
