import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { DATABASE_USER, isAlive } from './cluster.ts'

/** 'roll' as a number; the owner of the folder holds this advisory lock in database `postgres` as long as it lives. */
const OWNER_LOCK = 0x726f6c6c

export interface Endpoint {
  host: string
  port: number
  password: string | null
}

/** What `postmaster.pid` says of a running or dead postmaster; null without the file. */
export interface Postmaster {
  pid: number
  endpoint: { host: string; port: number } | null
}

export async function readPostmaster(clusterDir: string): Promise<Postmaster | null> {
  const text = await readFile(pidFile(clusterDir), 'utf8').catch(() => null)
  if (text === null) return null
  // pid, data folder, start time, port, socket folder, listen address:
  // https://www.postgresql.org/docs/18/storage-file-layout.html
  const [pid, , , port, socketDir, listen] = text.split('\n').map((line) => line.trim())
  const host = socketDir || listen
  return { pid: Number(pid), endpoint: host && port ? { host, port: Number(port) } : null }
}

const pidFile = (clusterDir: string) => join(clusterDir, 'postmaster.pid')

/**
 * Whether that process is a postmaster of this cluster, and not a stranger who got the same number after a restart of
 * the machine or container. Without /proc we believe the number.
 */
export async function runsHere(pid: number, clusterDir: string): Promise<boolean> {
  if (!isAlive(pid)) return false
  if (process.platform !== 'linux') return true
  const words = (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).split('\0')
  return words.includes(clusterDir)
}

/** A stranger's number in the file would keep PostgreSQL from starting; only called when nobody runs here. */
export const forgetPostmaster = (clusterDir: string): Promise<void> =>
  rm(pidFile(clusterDir), { force: true })

export function client(endpoint: Endpoint, database: string): pg.Client {
  return new pg.Client({
    host: endpoint.host,
    port: endpoint.port,
    user: DATABASE_USER,
    database,
    ...(endpoint.password === null ? {} : { password: endpoint.password }),
    connectionTimeoutMillis: 5000,
  })
}

/**
 * Becomes the owner on a connection that is kept; null when another app is. Tries for some seconds, because a second
 * starter that looks whether the cluster is orphaned holds the lock for an instant.
 */
export async function takeOwnership(endpoint: Endpoint): Promise<pg.Client | null> {
  const connection = client(endpoint, 'postgres')
  connection.on('error', () => {})
  await connection.connect()
  for (let attempt = 0; attempt < 30; attempt++) {
    if (await tryLock(connection)) return connection
    await sleep(100)
  }
  await connection.end()
  return null
}

/** Whether a running cluster has an owner: `owned`, `orphan` (its app died), or `unreachable` (starting or stopping). */
export async function ownerOf(endpoint: Endpoint): Promise<'owned' | 'orphan' | 'unreachable'> {
  // Twice, because an app that has just started its cluster takes the lock a moment later.
  for (let look = 0; look < 2; look++) {
    const connection = client(endpoint, 'postgres')
    connection.on('error', () => {})
    try {
      await connection.connect()
      if (!(await tryLock(connection))) return 'owned'
    } catch {
      return 'unreachable'
    } finally {
      await connection.end().catch(() => {})
    }
    await sleep(300)
  }
  return 'orphan'
}

async function tryLock(connection: pg.Client): Promise<boolean> {
  const { rows } = await connection.query<{ ok: boolean }>('select pg_try_advisory_lock($1) as ok', [
    OWNER_LOCK,
  ])
  return rows[0]?.ok === true
}
