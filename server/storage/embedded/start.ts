import { readFile, stat, truncate } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import type { StorageLog } from '../log.ts'
import type { Binaries } from './binaries.ts'
import { installBinaries } from './binaries.ts'
import { databasePassword, DATABASE_NAME, DATABASE_USER, ensureCluster, usesTcp } from './cluster.ts'
import type { Endpoint } from './owner.ts'
import { client, forgetPostmaster, ownerOf, readPostmaster, runsHere, takeOwnership } from './owner.ts'
import type { DatabaseAccount } from './place.ts'
import { databaseAccount, prepareDataDir, socketFolder } from './place.ts'
import { EmbeddedRefusal } from './refusal.ts'
import type { Watchdog } from './watchdog.ts'
import { startWatchdog } from './watchdog.ts'

export { EmbeddedRefusal } from './refusal.ts'

/** How long a cluster whose app died may take to go away before we say that it does not. */
const ORPHAN_PATIENCE_MS = 20_000
/** How long a killed app's connection may keep its lock on a busy machine before we believe that the app lives. */
const OWNER_PATIENCE_MS = 3_000
/** Recovery after a crash reads the write-ahead log; minutes only after gigabytes of it. */
const START_PATIENCE_MS = 300_000

export interface DatabaseAddress {
  /** The folder of the socket; on Windows 127.0.0.1. */
  host: string
  port: number
  user: string
  database: string
  password?: string
}

export interface EmbeddedDatabase {
  connection: DatabaseAddress
  /** Process id of the postmaster. */
  pid: number
  /** Fast shutdown: open transactions are rolled back, everything committed is on disk. */
  stop(): Promise<void>
}

/**
 * Starts PostgreSQL on `dataDir`, making the cluster on first use, and owns it until `stop` or our death: then a
 * watchdog stops it within 5 s. A crashed cluster recovers by itself. `fsync: false` is for tests only.
 *
 * @throws EmbeddedRefusal with a sentence for the operator: another app runs on this folder, the cluster is of another
 *   major version, the folder cannot be reached by the database's user, or there are no binaries for this machine.
 */
export async function startEmbedded(input: {
  dataDir: string
  fsync: boolean
  log: StorageLog
}): Promise<EmbeddedDatabase> {
  const dataDir = resolve(input.dataDir)
  const clusterDir = join(dataDir, 'cluster')
  const account = await databaseAccount()
  await prepareDataDir(dataDir, account)
  const binaries = await installBinaries(dataDir)
  await ensureCluster({ dataDir, clusterDir, binaries, account, fsync: input.fsync })
  const password = await databasePassword(dataDir)
  const site: Site = { dataDir, clusterDir, account, binaries, password, fsync: input.fsync, log: input.log }

  const { watchdog, endpoint } = await launchAlone(site)
  const owner = await takeOwnership(endpoint).catch(() => null)
  if (!owner) {
    await watchdog.stop()
    throw secondOwner(dataDir)
  }
  await ensureDatabase(owner)
  const pid = await watchdog.pid
  input.log.info({ dataDir, postgres: binaries.major, pid }, 'embedded PostgreSQL is up')

  const held = holdOwnership(site, owner, endpoint, watchdog)
  return {
    connection: {
      host: endpoint.host,
      port: endpoint.port,
      user: DATABASE_USER,
      database: DATABASE_NAME,
      ...(password === null ? {} : { password }),
    },
    pid,
    stop: async () => {
      await held.release()
      await watchdog.stop()
    },
  }
}

interface Site {
  dataDir: string
  clusterDir: string
  account: DatabaseAccount | null
  binaries: Binaries
  password: string | null
  fsync: boolean
  log: StorageLog
}

/** Launches once nobody else runs here: refuses a living owner, waits for (or ends) the cluster of a dead one. */
async function launchAlone(site: Site): Promise<{ watchdog: Watchdog; endpoint: Endpoint }> {
  const { clusterDir, password } = site
  const patientUntil = Date.now() + ORPHAN_PATIENCE_MS
  const believeUntil = Date.now() + OWNER_PATIENCE_MS
  while (Date.now() < patientUntil) {
    const postmaster = await readPostmaster(clusterDir)
    if (postmaster) {
      const running = await runsHere(postmaster.pid, clusterDir)
      // Asked even when the number tells us nothing: another container may share the folder but not the numbers.
      const state = postmaster.endpoint ? await ownerOf({ ...postmaster.endpoint, password }) : 'unreachable'
      if (state === 'owned' && Date.now() > believeUntil) throw secondOwner(site.dataDir)
      if (running || state === 'owned') {
        if (state === 'orphan') process.kill(postmaster.pid, 'SIGINT')
        await sleep(100)
        continue
      }
      if (state === 'unreachable') await forgetPostmaster(clusterDir)
    }
    const launched = await launch(site)
    if (launched) return launched
    await sleep(100)
  }
  throw secondOwner(site.dataDir)
}

/** Starts PostgreSQL and waits until it answers; null when another postmaster was faster. */
async function launch(site: Site): Promise<{ watchdog: Watchdog; endpoint: Endpoint } | null> {
  const { clusterDir, account, binaries, dataDir, password } = site
  const socket = usesTcp ? { dir: '127.0.0.1', temporary: false } : await socketFolder(clusterDir, account)
  const endpoint: Endpoint = { host: socket.dir, port: usesTcp ? await freePort() : 5432, password }
  const logFile = join(dataDir, 'postgresql.log')
  const logged = await sizeAfterTrim(logFile)
  const settings: Record<string, string> = {
    listen_addresses: usesTcp ? '127.0.0.1' : '',
    port: String(endpoint.port),
    unix_socket_directories: usesTcp ? '' : `"${socket.dir}"`,
    unix_socket_permissions: '0700',
    max_connections: '100',
    shared_buffers: '64MB',
    // The package brings no LLVM; workers would need more of /dev/shm than a container has.
    jit: 'off',
    max_parallel_workers_per_gather: '0',
    timezone: 'UTC',
    // Statements and details hold values; the log holds neither.
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
    ...(site.fsync ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  }
  const watchdog = startWatchdog({
    command: binaries.postgres,
    args: [
      '-D',
      clusterDir,
      ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    ],
    workDir: dataDir,
    env: { PATH: process.env['PATH'] ?? '', LC_ALL: 'C' },
    logFile,
    account,
    removeAfter: socket.temporary ? socket.dir : null,
  })
  const patientUntil = Date.now() + START_PATIENCE_MS
  while (!watchdog.isGone() && Date.now() < patientUntil) {
    // Another starter's postmaster answers at the same address; ours is the one the cluster names.
    const ours = (await readPostmaster(clusterDir))?.pid === (await watchdog.pid)
    if (ours && (await answers(endpoint))) return { watchdog, endpoint }
    await Promise.race([sleep(20), watchdog.gone])
  }
  await watchdog.stop()
  const said = (await readFile(logFile).catch(() => Buffer.alloc(0))).subarray(logged).toString('utf8').trim()
  if (/lock file "[^"]+" already exists/.test(said)) return null
  throw new EmbeddedRefusal(
    'start_failed',
    `PostgreSQL did not start on ${clusterDir}. It said: ${said || 'nothing'}`,
  )
}

async function answers(endpoint: Endpoint): Promise<boolean> {
  const connection = client(endpoint, 'postgres')
  connection.on('error', () => {})
  try {
    await connection.connect()
    return true
  } catch {
    return false
  } finally {
    await connection.end().catch(() => {})
  }
}

/** Takes the lock again when its connection breaks (PostgreSQL restarts itself after a crash of one of its processes). */
function holdOwnership(
  site: Site,
  first: pg.Client,
  endpoint: Endpoint,
  watchdog: Watchdog,
): { release(): Promise<void> } {
  let owner: pg.Client | null = first
  let released = false
  const watch = (connection: pg.Client) =>
    connection.once('end', () => {
      if (!released) void retake()
    })
  const retake = async () => {
    owner = null
    site.log.warn({ dataDir: site.dataDir }, 'lost the connection that owns the embedded PostgreSQL')
    while (!released && !watchdog.isGone() && !owner) {
      owner = await takeOwnership(endpoint).catch(() => null)
      await sleep(200)
    }
    if (owner && released) await owner.end().catch(() => {})
    else if (owner) watch(owner)
    else if (!released)
      site.log.error({ dataDir: site.dataDir }, 'embedded PostgreSQL is gone; restart Rollbook')
  }
  watch(first)
  return {
    release: async () => {
      released = true
      await owner?.end().catch(() => {})
    },
  }
}

async function ensureDatabase(owner: pg.Client): Promise<void> {
  const { rowCount } = await owner.query('select from pg_database where datname = $1', [DATABASE_NAME])
  if (!rowCount) await owner.query(`create database ${DATABASE_NAME}`)
}

const secondOwner = (dataDir: string) =>
  new EmbeddedRefusal(
    'second_owner',
    `Another Rollbook is running on ${dataDir}, and one folder serves one process. ` +
      'Stop the other one, or give this one a DATA_DIR of its own, or use a PostgreSQL server through DATABASE_URL for several processes.',
  )

/** Keeps the log from growing for ever: it starts anew above 5 MB. */
async function sizeAfterTrim(logFile: string): Promise<number> {
  const size = await stat(logFile).then(
    (found) => found.size,
    () => 0,
  )
  if (size <= 5_000_000) return size
  await truncate(logFile)
  return 0
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const address = server.address()
  await new Promise((done) => server.close(done))
  return typeof address === 'object' && address ? address.port : 0
}
