import { open, rename, rm, stat } from 'node:fs/promises'
import type { Writable } from 'node:stream'
import { readConfig } from '../config.ts'
import { writeBackup, type Summary } from '../storage/index.ts'
import { interruptible, tell, tellProgress, terseLog, totals } from './progress.ts'
import { programVersion } from './version.ts'
import { WrongUsage } from './wrong-usage.ts'

/**
 * `rollbook backup FILE|-`: the whole database, sealed, into a new file or to standard output. Works beside a running
 * server. The file gets its name when it is complete; what was interrupted leaves none.
 *
 * @throws WrongUsage, ConfigProblems, BackupRefusal, EmbeddedRefusal, or what the file system says
 */
export async function backup(target: string, env: NodeJS.ProcessEnv): Promise<void> {
  if (target === '-' && process.stdout.isTTY) {
    throw new WrongUsage(
      'A backup is no text for a terminal. Name a file, or send the output somewhere: > FILE',
    )
  }
  const config = readConfig(env)
  const summary = await interruptible((signal) => {
    const write = (output: Writable, keepOpen: boolean) =>
      writeBackup({
        database: config.database,
        encryptionKeys: config.encryptionKeys,
        program: programVersion(),
        nowMs: Date.now(),
        output,
        keepOpen,
        signal,
        onProgress: tellProgress(),
        log: terseLog,
      })
    return target === '-'
      ? write(process.stdout, true)
      : intoNewFile(target, (output) => write(output, false))
  })
  tell(`Backed up ${totals(summary)}${target === '-' ? '' : ` to ${target}`}.`)
  const { keyId, keysNeeded } = summary.header
  const keys = [...new Set([keyId, ...keysNeeded])].join(', ')
  tell(`It opens with these keys of ENCRYPTION_KEYS only: ${keys}. Keep them elsewhere.`)
}

/** Written beside its name, readable by its owner only, on disk before it is called a backup. */
async function intoNewFile(file: string, write: (output: Writable) => Promise<Summary>): Promise<Summary> {
  await refuseExisting(file)
  const partial = `${file}.partial-${process.pid}`
  try {
    const handle = await open(partial, 'wx', 0o600)
    const summary = await write(handle.createWriteStream({ flush: true }))
    await refuseExisting(file)
    await rename(partial, file)
    return summary
  } catch (error) {
    await rm(partial, { force: true })
    throw error
  }
}

async function refuseExisting(file: string): Promise<void> {
  if (await stat(file).catch(() => null)) {
    throw new Error(
      `${file} exists, and a backup overwrites nothing. Choose another name. Nothing was written.`,
    )
  }
}
