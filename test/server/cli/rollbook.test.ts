import { spawn } from 'node:child_process'
import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { createStorage, parseEncryptionKeys, startEmbedded } from '../../../server/storage/index.ts'
import { testEncryptionKeys, testStorage } from '../../support/database.ts'
import { silentLog } from '../../support/log.ts'
import { emptyDatabase, freshDataDir, open } from '../storage/backup/stage.ts'
import { install } from '../storage/fixtures.ts'

const settings = {
  ENCRYPTION_KEYS: testEncryptionKeys,
  ZOOM_CLIENT_ID: 'id',
  ZOOM_CLIENT_SECRET: 'secret',
  ZOOM_WEBHOOK_SECRET: 'token',
}

/** The command as a process of its own, with this environment and nothing of ours. */
function start(words: string[], env: Record<string, string>) {
  const program = join(import.meta.dirname, '../../../server/cli/rollbook.ts')
  const child = spawn(process.execPath, ['--import', 'tsx', program, ...words], {
    env: { PATH: process.env['PATH'] ?? '', ...env },
  })
  const stdout: Buffer[] = []
  const stderr: Buffer[] = []
  child.stdout.on('data', (piece: Buffer) => stdout.push(piece))
  child.stderr.on('data', (piece: Buffer) => stderr.push(piece))
  // A command that refuses does not read what it is sent.
  child.stdin.on('error', () => {})
  const ended = new Promise<{ code: number | null; stdout: Buffer; stderr: string }>((resolve) => {
    child.on('close', (code) => {
      resolve({ code, stdout: Buffer.concat(stdout), stderr: Buffer.concat(stderr).toString('utf8') })
    })
  })
  return { child, ended }
}

function rollbook(words: string[], env: Record<string, string> = {}, input: Buffer = Buffer.alloc(0)) {
  const { child, ended } = start(words, env)
  child.stdin.end(input)
  return ended
}

async function count(connection: pg.ClientConfig, table: string): Promise<number> {
  const client = new pg.Client(connection)
  await client.connect()
  try {
    return (await client.query(`select from ${table}`)).rowCount ?? 0
  } finally {
    await client.end()
  }
}

describe('the rollbook command', () => {
  it('prints a key, and nothing else, for keys new', async () => {
    const { code, stdout, stderr } = await rollbook(['keys', 'new'])
    expect([code, stderr]).toEqual([0, ''])
    expect(parseEncryptionKeys(stdout.toString('utf8').trim())).toMatchObject({ ok: true })
  })

  it.each([[['backup']], [['restore', 'a', 'b']], [['keys', '--help']]])(
    'answers wrong usage with the right one and 64: %j',
    async (words) => {
      const { code, stdout, stderr } = await rollbook(words)
      expect([code, stdout.length]).toEqual([64, 0])
      expect(stderr).toMatch(/^Usage: rollbook keys new\n\s+rollbook backup FILE\n\s+rollbook restore FILE\n/)
    },
  )

  it.each(['--help', '-h', 'help'])('tells what it can do for %s, on standard output', async (word) => {
    const { code, stdout, stderr } = await rollbook([word])
    expect([code, stderr]).toEqual([0, ''])
    expect(stdout.toString('utf8')).toMatch(/^Usage: rollbook keys new\n/)
  })

  it('says all that is missing in the environment', async () => {
    const { code, stderr } = await rollbook(['backup', '-'], { ZOOM_CLIENT_ID: 'id' })
    expect(code).toBe(1)
    expect(stderr).toMatch(/ZOOM_CLIENT_SECRET is missing.*ENCRYPTION_KEYS is missing/s)
  })
})

describe('rollbook backup and restore', () => {
  let folder: string
  let dataDir: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'rollbook-backups-'))
    await chmod(folder, 0o755)
    open.push(() => rm(folder, { recursive: true, force: true }))
    dataDir = await freshDataDir()
    const embedded = await startEmbedded({ dataDir, fsync: false, log: silentLog })
    open.push(() => embedded.stop())
    const keys = parseEncryptionKeys(testEncryptionKeys)
    if (!keys.ok) throw new Error(keys.problems.join(' '))
    const storage = await createStorage({
      connection: embedded.connection,
      encryptionKeys: keys.ring,
      clock: () => 0,
      log: silentLog,
    })
    open.push(() => storage.close())
    await install(storage, 'host')
  })

  it('write a file only its owner reads, beside the running server, and bring it into a new folder', async () => {
    const file = join(folder, 'night.backup')
    const taken = await rollbook(['backup', file], { ...settings, DATA_DIR: dataDir })
    expect(taken).toMatchObject({ code: 0, stdout: Buffer.alloc(0) })
    expect(taken.stderr).toMatch(/^installations: 1 row$/m)
    expect(taken.stderr).toMatch(
      /Backed up \d+ rows of \d+ tables to .*night\.backup\.\n.*ENCRYPTION_KEYS only: test\./,
    )
    expect((await stat(file)).mode & 0o777).toBe(0o600)
    expect(await readdir(folder)).toEqual(['night.backup'])

    const written = await readFile(file)
    const again = await rollbook(['backup', file], { ...settings, DATA_DIR: dataDir })
    expect(again).toMatchObject({ code: 1, stderr: expect.stringMatching(/overwrites nothing/) as string })
    expect(await readFile(file)).toEqual(written)

    const fresh = await freshDataDir()
    const restored = await rollbook(['restore', file], { ...settings, DATA_DIR: fresh })
    expect(restored).toMatchObject({ code: 0, stdout: Buffer.alloc(0) })
    expect(restored.stderr).toMatch(
      /Restored \d+ rows of \d+ tables from a backup that Rollbook \d+\.\d+\.\d+ made at 20/,
    )
    const moved = await startEmbedded({ dataDir: fresh, fsync: false, log: silentLog })
    expect(await count(moved.connection, 'installations')).toBe(1)
    await moved.stop()
  })

  it('hand over through a pipe, in which nothing but the backup travels', async () => {
    const taken = await rollbook(['backup', '-'], { ...settings, DATA_DIR: dataDir })
    expect(taken.code).toBe(0)
    expect(taken.stdout.subarray(0, 18).toString('latin1')).toBe('rollbook-backup 1\n')
    const url = await emptyDatabase()
    const restored = await rollbook(['restore', '-'], { ...settings, DATABASE_URL: url }, taken.stdout)
    expect(restored).toMatchObject({ code: 0, stdout: Buffer.alloc(0) })
    expect(await count({ connectionString: url }, 'installations')).toBe(1)
  })

  it('say so when nobody reads the pipe any more', async () => {
    const { child, ended } = start(['backup', '-'], { ...settings, DATA_DIR: dataDir })
    child.stdout.destroy()
    const { code, stderr } = await ended
    expect(stderr).toMatch(/went away before the backup was complete/)
    expect(code).toBe(1)
  })

  it('refuse with a sentence and 1 what is not there, what is no backup, and a database in use', async () => {
    const used = await testStorage()
    open.push(() => used.close())
    const toServer = { ...settings, DATABASE_URL: used.connectionString }
    const wrong = join(folder, 'wrong')
    await writeFile(wrong, 'PGDMP')
    for (const [words, env, sentence] of [
      [['restore', join(folder, 'nowhere')], toServer, /no such file.*nowhere/],
      [['restore', wrong], toServer, /not a backup of Rollbook/],
      [['backup', join(folder, 'no', 'where')], toServer, /no such file or directory/],
    ] as const) {
      const { code, stderr } = await rollbook([...words], env)
      expect(stderr).toMatch(sentence)
      expect(stderr).not.toMatch(/\n\s+at /)
      expect(code).toBe(1)
    }
    const file = join(folder, 'server.backup')
    expect(await rollbook(['backup', file], toServer)).toMatchObject({ code: 0 })
    const refused = await rollbook(['restore', file], toServer)
    expect(refused).toMatchObject({ code: 1, stderr: expect.stringMatching(/not empty/) as string })
  })

  it('leave nothing behind when stopped in the middle', async () => {
    const { stdout } = await rollbook(['backup', '-'], { ...settings, DATA_DIR: dataDir })
    const url = await emptyDatabase()
    const { child, ended } = start(['restore', '-'], { ...settings, DATABASE_URL: url })
    child.stdin.write(stdout.subarray(0, -10))
    await vi.waitFor(
      async () => {
        const [{ n = 0 } = {}] = await working(url)
        expect(n).toBe(1)
      },
      { timeout: 20_000 },
    )
    child.kill('SIGTERM')
    expect(await ended).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/Nothing was changed/) as string,
    })
    expect(await rollbook(['restore', '-'], { ...settings, DATABASE_URL: url }, stdout)).toMatchObject({
      code: 0,
    })
  })
})

/** Connections of the command that are within a transaction. */
async function working(url: string): Promise<{ n: number }[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const { rows } = await client.query<{ n: number }>(
      `select count(*)::int as n from pg_stat_activity
       where datname = current_database() and application_name = 'rollbook' and state = 'idle in transaction'`,
    )
    return rows
  } finally {
    await client.end()
  }
}
