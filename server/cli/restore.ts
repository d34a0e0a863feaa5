import { createReadStream } from 'node:fs'
import { readConfig } from '../config.ts'
import { restoreBackup } from '../storage/index.ts'
import { interruptible, tell, tellProgress, terseLog, totals } from './progress.ts'
import { WrongUsage } from './wrong-usage.ts'

/**
 * `rollbook restore FILE|-`: a backup into the empty database the environment names; all of it or nothing.
 *
 * @throws WrongUsage, ConfigProblems, BackupRefusal, EmbeddedRefusal, or what the file system says
 */
export async function restore(source: string, env: NodeJS.ProcessEnv): Promise<void> {
  if (source === '-' && process.stdin.isTTY) {
    throw new WrongUsage('Name the file to restore, or send it here: < FILE')
  }
  const config = readConfig(env)
  const file = source === '-' ? process.stdin : createReadStream(source)
  try {
    const summary = await interruptible((signal) =>
      restoreBackup({
        database: config.database,
        encryptionKeys: config.encryptionKeys,
        file,
        signal,
        onProgress: tellProgress(),
        log: terseLog,
      }),
    )
    const { createdAt, program } = summary.header
    tell(`Restored ${totals(summary)} from a backup that Rollbook ${program} made at ${createdAt}.`)
  } finally {
    // Whoever still writes into a pipe learns that nobody reads.
    file.destroy()
  }
}
