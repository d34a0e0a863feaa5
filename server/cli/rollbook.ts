#!/usr/bin/env node
/**
 * The `rollbook` command: one file a verb, loaded when it is called, so that `people` knows no database. Exit 0 done, 2 the
 * input cannot be understood, 64 wrong usage, 1 anything else.
 */
import type { ConfigProblems } from '../config.ts'
import type { NotUnderstood } from './people.ts'
import { harmless } from './progress.ts'
import { WrongUsage } from './wrong-usage.ts'

const usage = `Usage: rollbook keys new
       rollbook backup FILE
       rollbook restore FILE
       rollbook people FILE…

  keys new   prints a new key for ENCRYPTION_KEYS; put it first and keep the older ones behind it
  backup     writes the whole database, sealed, into a new file; the server may be running
  restore    puts a backup into an empty database: of a new DATA_DIR, or at DATABASE_URL
  people     tells who was really there from files exported of Zoom's portal; rollbook people --help tells more

backup and restore read the server's environment. FILE may be - for standard output or input.
`

async function run(words: readonly string[]): Promise<void> {
  const [verb, operand, ...rest] = words
  if (verb === '--help' || verb === '-h' || verb === 'help') {
    process.stdout.write(usage)
    return
  }
  if (verb === 'people') return (await import('./people.ts')).people(words.slice(1))
  if (operand === undefined || rest.length > 0 || (operand !== '-' && operand.startsWith('-'))) {
    throw new WrongUsage('')
  }
  if (verb === 'keys' && operand === 'new') {
    process.stdout.write(`${(await import('./keys-new.ts')).newKey()}\n`)
  } else if (verb === 'backup') await (await import('./backup.ts')).backup(operand, process.env)
  else if (verb === 'restore') await (await import('./restore.ts')).restore(operand, process.env)
  else throw new WrongUsage('')
}

function explain(error: unknown): void {
  process.exitCode = error instanceof WrongUsage ? 64 : isNamed<NotUnderstood>(error, 'NotUnderstood') ? 2 : 1
  if (error instanceof WrongUsage)
    process.stderr.write(error.message ? `${harmless(error.message.trimEnd())}\n` : usage)
  else if (isNamed<ConfigProblems>(error, 'ConfigProblems')) {
    process.stderr.write(
      `The environment is not complete:\n${error.problems.map((problem) => `- ${problem}`).join('\n')}\n`,
    )
  } else if (isNamed(error, 'AbortError')) {
    process.stderr.write('Stopped. Nothing was changed, and no file was left behind.\n')
  } else if ((error as NodeJS.ErrnoException | null)?.code === 'EPIPE') {
    process.stderr.write('Whoever read the output went away before the backup was complete.\n')
  } else process.stderr.write(`${harmless(error instanceof Error ? error.message : String(error))}\n`)
}

/** Known by its name, for its class comes with a verb that may not be loaded. */
function isNamed<Known extends Error>(error: unknown, name: string): error is Known {
  return error instanceof Error && error.name === name
}

await run(process.argv.slice(2)).catch(explain)
