import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Binaries } from './binaries.ts'
import type { DatabaseAccount } from './place.ts'
import { makePrivate } from './place.ts'
import { EmbeddedRefusal } from './refusal.ts'

export const DATABASE_USER = 'rollbook'
export const DATABASE_NAME = 'rollbook'

/** Windows has no private socket folder to rely on: TCP on 127.0.0.1 with a password made with the cluster. */
export const usesTcp = process.platform === 'win32'

/**
 * Makes the cluster on first use: initdb into a folder of its own, then a rename, so that an interrupted initdb
 * never looks like a cluster and of two first starters one simply finds the other's.
 *
 * @throws EmbeddedRefusal when the folder holds a cluster of another major version.
 */
export async function ensureCluster(input: {
  dataDir: string
  clusterDir: string
  binaries: Binaries
  account: DatabaseAccount | null
  fsync: boolean
}): Promise<void> {
  const { clusterDir, binaries } = input
  const present = await majorOf(clusterDir)
  if (present === null) await initialise(input)
  else if (present !== binaries.major) {
    throw new EmbeddedRefusal(
      'foreign_version',
      `The database in ${clusterDir} was made by PostgreSQL ${present}, and this Rollbook brings PostgreSQL ${binaries.major}, ` +
        `which cannot open it. Take a backup with the Rollbook that made it (rollbook backup FILE) and restore it into an empty DATA_DIR, ` +
        `or run that Rollbook, or serve the folder with PostgreSQL ${present} and set DATABASE_URL, ` +
        'or point DATA_DIR to an empty folder to start anew. Nothing was changed.',
    )
  }
}

/** The password of the TCP way; null where sockets are used. */
export async function databasePassword(dataDir: string): Promise<string | null> {
  if (!usesTcp) return null
  return (await readFile(passwordFile(dataDir), 'utf8')).trim()
}

const passwordFile = (dataDir: string) => join(dataDir, 'database-password')

/** The PostgreSQL that made the cluster; null where there is none. */
export async function majorOf(clusterDir: string): Promise<string | null> {
  const text = await readFile(join(clusterDir, 'PG_VERSION'), 'utf8').catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return null
      throw error
    },
  )
  return text === null ? null : text.trim()
}

async function initialise(input: Parameters<typeof ensureCluster>[0]): Promise<void> {
  const { dataDir, clusterDir, binaries, account, fsync } = input
  for (const name of await readdir(dataDir)) {
    const [, pid] = /^cluster\.making-(\d+)-/.exec(name) ?? []
    if (pid && !isAlive(Number(pid))) await rm(join(dataDir, name), { recursive: true, force: true })
  }
  const making = join(dataDir, `cluster.making-${process.pid}-${randomBytes(4).toString('hex')}`)
  await makePrivate(making, account)
  const access = usesTcp
    ? ['--auth=scram-sha-256', `--pwfile=${await newPassword(dataDir)}`]
    : // The socket lies in a folder only this user may enter: that is the lock.
      ['--auth-local=trust', '--auth-host=reject']
  const args = [
    ...[
      '-D',
      making,
      '-U',
      DATABASE_USER,
      '--encoding=UTF8',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
    ],
    ...['--locale=C', '--no-instructions', ...access, ...(fsync ? [] : ['--no-sync'])],
  ]
  try {
    await promisify(execFile)(binaries.initdb, args, {
      cwd: making,
      env: { PATH: process.env['PATH'] ?? '', LC_ALL: 'C' },
      ...(account ?? {}),
    })
  } catch (cause) {
    await rm(making, { recursive: true, force: true })
    const said = String((cause as { stderr?: unknown }).stderr ?? cause).trim()
    throw new EmbeddedRefusal(
      'start_failed',
      `PostgreSQL could not make its cluster in ${dataDir}: ${said}`,
      { cause },
    )
  }
  await rename(making, clusterDir).catch(async (error: NodeJS.ErrnoException) => {
    await rm(making, { recursive: true, force: true })
    if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error
  })
}

async function newPassword(dataDir: string): Promise<string> {
  await writeFile(passwordFile(dataDir), randomBytes(24).toString('base64url'), {
    mode: 0o600,
    flag: 'wx',
  }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error
  })
  return passwordFile(dataDir)
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
