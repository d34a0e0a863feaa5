import type { ChildProcessWithoutNullStreams } from 'node:child_process'
import { spawn } from 'node:child_process'
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { startEmbedded, temporaryDataDir } from '../../../../server/storage/embedded/index.ts'
import { silentLog } from '../../../support/log.ts'

const folders: string[] = []
const children: ChildProcessWithoutNullStreams[] = []
afterEach(() => {
  for (const child of children.splice(0)) if (child.exitCode === null) child.kill('SIGKILL')
})
afterAll(async () => {
  for (const one of folders) {
    await vi.waitFor(() => rm(one, { recursive: true, force: true }), { timeout: 10_000, interval: 200 })
  }
})

async function folder(): Promise<string> {
  const dir = await temporaryDataDir()
  folders.push(dir)
  return dir
}

const start = (dataDir: string) => startEmbedded({ dataDir, fsync: false, log: silentLog })

/** Another process that owns the database in `dataDir`; `say` sends a line, `next` waits for an answer. */
function app(dataDir: string) {
  const program = join(import.meta.dirname, 'app.ts')
  const child = spawn(process.execPath, ['--import', 'tsx', program, dataDir], { detached: true })
  children.push(child)
  child.stderr.resume()
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  return {
    child,
    say: (line: string) => child.stdin.write(`${line}\n`),
    next: async () => {
      const { value } = (await lines.next()) as { value: string | undefined }
      return JSON.parse(value ?? '{}') as {
        pid?: number
        rows?: number
        refused?: string
        acknowledged?: boolean
      }
    },
  }
}

/** Processes whose command line names the folder; dead ones nobody has reaped yet have none. */
async function processesOn(dataDir: string): Promise<string[]> {
  const found: string[] = []
  for (const pid of (await readdir('/proc')).filter(
    (name) => /^\d+$/.test(name) && Number(name) !== process.pid,
  )) {
    const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')
    if (command.includes(dataDir)) found.push(`${pid} ${command.replaceAll('\0', ' ')}`)
  }
  return found
}

const nobodyLeft = (dataDir: string) =>
  vi.waitFor(async () => expect(await processesOn(dataDir)).toEqual([]), { timeout: 15_000, interval: 100 })

async function acknowledged(connection: pg.ClientConfig): Promise<number> {
  const client = new pg.Client(connection)
  await client.connect()
  const { rows } = await client.query<{ n: string }>('select count(*) as n from acknowledged')
  await client.end()
  return Number(rows[0]?.n)
}

describe('the embedded database', () => {
  /** Most tests do something to the same cluster; it has to survive all of it. */
  let dataDir: string
  beforeAll(async () => {
    dataDir = await folder()
  })

  it('starts in an empty folder, listens on no port, and starts again on what it left', async () => {
    const first = await start(dataDir)
    const client = new pg.Client(first.connection)
    await client.connect()
    const { rows } = await client.query<{ setting: string }>(
      `select setting from pg_settings where name in ('listen_addresses', 'server_encoding') order by name`,
    )
    expect(rows.map((row) => row.setting)).toEqual(['', 'UTF8'])
    await client.query('create table acknowledged (n bigint generated always as identity)')
    await client.end()
    expect((await stat(join(dataDir, 'cluster'))).mode & 0o777).toBe(0o700)
    await first.stop()
    await nobodyLeft(dataDir)
    const second = await start(dataDir)
    expect(await acknowledged(second.connection)).toBe(0)
    await second.stop()
  })

  it('leaves no process behind when the app is killed with kill -9, and keeps what was acknowledged', async () => {
    const killed = app(dataDir)
    const { rows = NaN } = await killed.next()
    for (let n = 0; n < 3; n++) {
      killed.say('write')
      expect(await killed.next()).toEqual({ acknowledged: true })
    }
    // The whole process group: the watchdog is not in it.
    process.kill(-(killed.child.pid ?? 0), 'SIGKILL')
    await nobodyLeft(dataDir)
    const next = await start(dataDir)
    expect(await acknowledged(next.connection)).toBe(rows + 3)
    await next.stop()
  })

  it('recovers at once when app, watchdog and database are all killed with kill -9', async () => {
    const killed = app(dataDir)
    const { pid = 0, rows = NaN } = await killed.next()
    killed.say('write')
    await killed.next()
    const watchdog = Number(/PPid:\s+(\d+)/.exec(await readFile(`/proc/${pid}/status`, 'utf8'))?.[1])
    for (const one of [watchdog, killed.child.pid ?? 0, pid]) process.kill(one, 'SIGKILL')
    await nobodyLeft(dataDir)
    // PostgreSQL left its note of being alive.
    expect((await stat(join(dataDir, 'cluster', 'postmaster.pid'))).isFile()).toBe(true)
    const next = await start(dataDir)
    expect(await acknowledged(next.connection)).toBe(rows + 1)
    await next.stop()
  })

  it('ends an orphan: a database whose app and watchdog were killed', async () => {
    const killed = app(dataDir)
    const { pid = 0, rows = NaN } = await killed.next()
    const watchdog = Number(/PPid:\s+(\d+)/.exec(await readFile(`/proc/${pid}/status`, 'utf8'))?.[1])
    for (const one of [watchdog, killed.child.pid ?? 0]) process.kill(one, 'SIGKILL')
    const next = await start(dataDir)
    expect(next.pid).not.toBe(pid)
    expect(await acknowledged(next.connection)).toBe(rows)
    await next.stop()
    await nobodyLeft(dataDir)
  })

  it('is not put off by a note of a process number that somebody else has now', async () => {
    await writeFile(
      join(dataDir, 'cluster', 'postmaster.pid'),
      `${process.pid}\n${dataDir}/cluster\n0\n5432\n\n\n`,
    )
    const next = await start(dataDir)
    await next.stop()
  })

  it('refuses a second app on the same folder with the sentence that helps, and leaves the first alone', async () => {
    const first = await start(dataDir)
    await expect(start(dataDir)).rejects.toMatchObject({
      code: 'second_owner',
      message: expect.stringMatching(/Another Rollbook is running on .*DATA_DIR.*DATABASE_URL/s) as string,
    })
    expect((await app(dataDir).next()).refused).toMatch(/Another Rollbook is running/)
    const client = new pg.Client(first.connection)
    await client.connect()
    await client.end()
    await first.stop()
  })

  it('refuses one of two apps that start at the same moment', async () => {
    const dataDir = await folder()
    const outcomes = await Promise.allSettled([start(dataDir), start(dataDir)])
    const up = outcomes.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
    const refusals = outcomes.flatMap((one) => (one.status === 'rejected' ? [one.reason as Error] : []))
    expect([up.length, refusals.map((one) => one.message)]).toEqual([
      1,
      [expect.stringMatching(/Another Rollbook is running/)],
    ])
    await up[0]?.stop()
  })

  it('refuses a cluster of another major version and changes nothing in it', async () => {
    const dataDir = await folder()
    await mkdir(join(dataDir, 'cluster'))
    await writeFile(join(dataDir, 'cluster', 'PG_VERSION'), '16\n')
    await expect(start(dataDir)).rejects.toMatchObject({
      code: 'foreign_version',
      message: expect.stringMatching(/PostgreSQL 16, and this Rollbook brings PostgreSQL 18/) as string,
    })
    expect(await readdir(join(dataDir, 'cluster'))).toEqual(['PG_VERSION'])
  })

  it('copies its binaries again when a copy was interrupted', async () => {
    const [version = ''] = await readdir(join(dataDir, 'postgresql'))
    const program = join(dataDir, 'postgresql', version, 'bin', 'postgres')
    const { size } = await stat(program)
    await truncate(program, 1000)
    await (await start(dataDir)).stop()
    expect((await stat(program)).size).toBe(size)
  })

  it('starts below a path too long for a socket, which it puts elsewhere and takes away again', async () => {
    const dataDir = join(await folder(), 'a-rather-long-name-of-a-folder-'.repeat(5))
    const database = await start(dataDir)
    const { host } = database.connection
    expect(host).not.toContain(dataDir)
    expect((await stat(host)).mode & 0o777).toBe(0o700)
    await database.stop()
    await expect(stat(host)).rejects.toThrow()
  })

  it('as root, refuses a folder only root may enter, and says where to go; as anybody else, uses it', async () => {
    const closed = await mkdtemp(join(tmpdir(), 'rollbook-closed-'))
    folders.push(closed)
    await chmod(closed, 0o700)
    const outcome = await start(join(closed, 'data')).catch((error: unknown) => error)
    if (process.getuid?.() === 0) {
      expect(outcome).toMatchObject({
        code: 'unreachable_folder',
        message: expect.stringContaining(`only root may enter ${closed}`) as string,
      })
    } else {
      await (outcome as Awaited<ReturnType<typeof start>>).stop()
    }
  })
})
