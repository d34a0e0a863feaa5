import { createWriteStream } from 'node:fs'
import { chmod, realpath, rename, rm, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { refused } from './file-source.ts'
import { WrongUsage } from './wrong-usage.ts'

const OWNER_ONLY = 0o600
const PERMISSIONS = 0o777

type Chunks = Iterable<string> | AsyncIterable<Uint8Array>

/** Where an answer goes. Looked at before any work is done, so that nothing is made in vain. */
export interface Output {
  write: (chunks: Chunks, signal: AbortSignal) => Promise<void>
}

/**
 * Standard output (null), or a file, which gets its name when it is complete: a failure leaves what was there before. Who may
 * read it is whoever might read the file before it; a new one is for its owner alone, for there are names in it.
 *
 * @throws WrongUsage for a folder or one of the files read; Error when the file cannot be written there
 */
export async function openOutput(out: string | null, inputs: readonly string[]): Promise<Output> {
  if (out === null)
    return {
      write: (chunks, signal) =>
        pipeline(Readable.from(chunks), process.stdout, { signal, end: false }).catch((error: unknown) => {
          throw saying('the standard output', error)
        }),
    }
  const path = await realpath(out).catch(() => out)
  const there = await stat(path).catch(() => null)
  if (there?.isDirectory() === true)
    throw new WrongUsage(
      `${out} is a folder. Name the file to write, for example --out ${out.replace(/\/+$/, '')}/people.csv`,
    )
  const read = await Promise.all(inputs.map((input) => realpath(input).catch(() => input)))
  if (read.includes(path)) throw new WrongUsage(`${out} is one of the files to read. Name another to write.`)
  if (there === null && !(await stat(dirname(path)).catch(() => null))?.isDirectory())
    throw new Error(`The folder ${dirname(path)} is not there, so ${out} cannot be written. Make it first.`)
  // A device or a pipe has no name to take over.
  const partial = there === null || there.isFile() ? `${path}.partial-${process.pid}` : path
  return {
    async write(chunks, signal) {
      try {
        const file = createWriteStream(partial, { highWaterMark: 1_048_576, mode: OWNER_ONLY })
        await pipeline(Readable.from(chunks), file, { signal })
        if (partial === path) return
        if (there !== null) await chmod(partial, there.mode & PERMISSIONS)
        await rename(partial, path)
      } catch (error) {
        if (partial !== path) await rm(partial, { force: true })
        throw saying(out, error)
      }
    },
  }
}

/** What the file system refused, as a sentence; every other error, and that nobody reads any more, as it is. */
const saying = (path: string, error: unknown): unknown =>
  error instanceof Error && 'syscall' in error && (error as NodeJS.ErrnoException).code !== 'EPIPE'
    ? new Error(refused(path, error), { cause: error })
    : error
