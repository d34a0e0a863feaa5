#!/usr/bin/env node
/**
 * The `rollbook` command: one file a verb. Exit 0 done, 64 wrong usage, 1 anything else.
 */
import { ConfigProblems } from '../config.ts'
import { backup } from './backup.ts'
import { newKey } from './keys-new.ts'
import { restore } from './restore.ts'
import { WrongUsage } from './wrong-usage.ts'

const usage = `Usage: rollbook keys new
       rollbook backup FILE
       rollbook restore FILE

  keys new   prints a new key for ENCRYPTION_KEYS; put it first and keep the older ones behind it
  backup     writes the whole database, sealed, into a new file; the server may be running
  restore    puts a backup into an empty database: of a new DATA_DIR, or at DATABASE_URL

backup and restore read the server's environment. FILE may be - for standard output or input.
`

async function run(words: readonly string[]): Promise<void> {
  const [verb, operand, ...rest] = words
  if (operand === undefined || rest.length > 0 || (operand !== '-' && operand.startsWith('-'))) {
    throw new WrongUsage('')
  }
  if (verb === 'keys' && operand === 'new') process.stdout.write(`${newKey()}\n`)
  else if (verb === 'backup') await backup(operand, process.env)
  else if (verb === 'restore') await restore(operand, process.env)
  else throw new WrongUsage('')
}

function explain(error: unknown): void {
  process.exitCode = error instanceof WrongUsage ? 64 : 1
  if (error instanceof WrongUsage) process.stderr.write(error.message ? `${error.message}\n` : usage)
  else if (error instanceof ConfigProblems) {
    process.stderr.write(
      `The environment is not complete:\n${error.problems.map((problem) => `- ${problem}`).join('\n')}\n`,
    )
  } else if (error instanceof Error && error.name === 'AbortError') {
    process.stderr.write('Stopped. Nothing was changed, and no file was left behind.\n')
  } else if ((error as NodeJS.ErrnoException | null)?.code === 'EPIPE') {
    process.stderr.write('Whoever read the output went away before the backup was complete.\n')
  } else process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
}

await run(process.argv.slice(2)).catch(explain)
