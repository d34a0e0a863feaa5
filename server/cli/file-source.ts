import { access, constants, open, stat } from 'node:fs/promises'
import type { FileSource } from '../../shared/files/index.ts'

const CHUNK = 262_144

/**
 * Files by their paths, to be read from the beginning as often as needed.
 *
 * @throws Error that names all that are not there, no files, or not to be opened
 */
export async function fileSources(paths: readonly string[]): Promise<FileSource[]> {
  const found = await Promise.all(paths.map(sourceOf))
  const problems = found.filter((one) => typeof one === 'string')
  if (problems.length > 0) throw new Error(problems.join('\n'))
  return found.filter((one) => typeof one !== 'string')
}

async function sourceOf(path: string): Promise<FileSource | string> {
  try {
    const status = await stat(path)
    if (status.isDirectory())
      return `${path} is a folder. Name the files in it: ${path.replace(/\/+$/, '')}/*.csv`
    // A pipe gives its bytes once, and every file is read twice.
    if (!status.isFile())
      return `${path} is no ordinary file, and can be read only once. Save it as a file first.`
    await access(path, constants.R_OK)
    return {
      name: path,
      size: status.size,
      open: () => chunksOf(path),
    }
  } catch (error) {
    return refused(path, error)
  }
}

/** One piece of memory for the whole file: whoever reads is done with a chunk before asking for the next. */
async function* chunksOf(path: string): AsyncGenerator<Uint8Array> {
  const saying = (error: unknown): never => {
    throw new Error(refused(path, error), { cause: error })
  }
  const file = await open(path).catch(saying)
  try {
    const memory = new Uint8Array(CHUNK)
    for (;;) {
      const { bytesRead } = await file.read(memory, 0, CHUNK).catch(saying)
      if (bytesRead === 0) return
      yield memory.subarray(0, bytesRead)
    }
  } finally {
    await file.close()
  }
}

/** What the file system says of a path, as a sentence. */
export function refused(path: string, error: unknown): string {
  const code = (error as NodeJS.ErrnoException | null)?.code
  if (code === 'ENOENT' || code === 'ENOTDIR')
    return `${path} is not there. Look at the name and the folder you are in.`
  if (code === 'EACCES' || code === 'EPERM')
    return `${path} may not be opened by you. Look at its permissions.`
  if (code === 'ENOSPC' || code === 'EDQUOT')
    return `There is no room left where ${path} is. Make room, or name a file elsewhere.`
  return `${path} can neither be read nor written: ${error instanceof Error ? error.message : String(error)}`
}
