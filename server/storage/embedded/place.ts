import { chmod, chown, mkdir, mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { EmbeddedRefusal } from './refusal.ts'

/** The operating system user PostgreSQL runs as; `null` = as ourselves. It refuses to run as root. */
export interface DatabaseAccount {
  uid: number
  gid: number
}

const isRoot = (): boolean => process.getuid?.() === 0

/** Where data lives when `DATA_DIR` is not set. A clone is often a folder that only root may enter, hence the second place. */
export const defaultDataDir = (): string => (isRoot() ? '/var/lib/rollbook' : resolve('data'))

/** As root: `nobody`, who exists on every machine, so nothing has to be created. Else null. */
export async function databaseAccount(): Promise<DatabaseAccount | null> {
  if (!isRoot()) return null
  const passwd = await readFile('/etc/passwd', 'utf8').catch(() => '')
  const [, , uid, gid] =
    passwd
      .split('\n')
      .find((line) => line.startsWith('nobody:'))
      ?.split(':') ?? []
  return { uid: Number(uid ?? 65534) || 65534, gid: Number(gid ?? 65534) || 65534 }
}

/**
 * Makes the data folder and lets the database's user pass through it (pass, not list).
 *
 * @throws EmbeddedRefusal when a folder above lets nobody but root enter: PostgreSQL could open nothing below it.
 */
export async function prepareDataDir(dataDir: string, account: DatabaseAccount | null): Promise<void> {
  const firstMade = await mkdir(dataDir, { recursive: true, mode: account ? 0o711 : 0o700 })
  if (!account) return
  // A strict umask closes what we just made; what others made is theirs.
  for (let made = resolve(dataDir); firstMade !== undefined; made = dirname(made)) {
    await chmod(made, 0o711)
    if (made === resolve(firstMade)) break
  }
  const closed = await closedFolderAbove(dataDir)
  if (closed) {
    throw new EmbeddedRefusal(
      'unreachable_folder',
      `The database cannot live in ${dataDir}: only root may enter ${closed}, and PostgreSQL refuses to run as root. ` +
        `Set DATA_DIR to a folder every user can reach (as root the default is /var/lib/rollbook), or run Rollbook as an ordinary user.`,
    )
  }
  const { mode } = await stat(dataDir)
  if ((mode & 0o001) === 0) await chmod(dataDir, (mode & 0o7777) | 0o011)
}

/**
 * A fresh folder for a cluster that is thrown away (demo, tests): where the database's user can reach it even when
 * TMPDIR points into somebody's private folder. The caller removes it.
 */
export async function temporaryDataDir(): Promise<string> {
  const root = isRoot()
  for (const base of [tmpdir(), '/tmp', '/var/tmp', '/dev/shm']) {
    const dir = await mkdtemp(join(base, 'rollbook-')).catch(() => null)
    if (!dir) continue
    if (!root) return dir
    await chmod(dir, 0o711)
    if (!(await closedFolderAbove(dir))) return dir
    await rm(dir, { recursive: true })
  }
  throw new EmbeddedRefusal(
    'unreachable_folder',
    'No temporary folder can be reached by other users than root.',
  )
}

/** A folder only the database's user may enter; ours to give away because we are root, or ours anyway. */
export async function makePrivate(dir: string, account: DatabaseAccount | null): Promise<void> {
  await mkdir(dir, { recursive: true })
  await chmod(dir, 0o700)
  if (account) await chown(dir, account.uid, account.gid)
}

/** sun_path holds 108 bytes with the final NUL (unix(7)); 104 on macOS. */
const LONGEST_SOCKET_PATH_BYTES = 103

/**
 * Where the socket goes: into the cluster folder, which is private already. When that path is too long for the
 * kernel, into a private folder of its own in /tmp, which has to be removed after use.
 */
export async function socketFolder(
  clusterDir: string,
  account: DatabaseAccount | null,
): Promise<{ dir: string; temporary: boolean }> {
  if (Buffer.byteLength(join(clusterDir, '.s.PGSQL.5432')) <= LONGEST_SOCKET_PATH_BYTES) {
    return { dir: clusterDir, temporary: false }
  }
  const dir = await mkdtemp('/tmp/rollbook-socket-')
  await makePrivate(dir, account)
  return { dir, temporary: true }
}

async function closedFolderAbove(dir: string): Promise<string | null> {
  for (let parent = dirname(resolve(dir)); ; parent = dirname(parent)) {
    if (((await stat(parent)).mode & 0o001) === 0) return parent
    if (parent === dirname(parent)) return null
  }
}
