#!/usr/bin/env node
/**
 * The `rollbook` command: one file a verb. Exit 0 done, 64 wrong usage, 1 anything else.
 */
import { newKey } from './keys-new.ts'

const [noun, verb, ...rest] = process.argv.slice(2)
if (noun === 'keys' && verb === 'new' && rest.length === 0) {
  process.stdout.write(`${newKey()}\n`)
} else {
  process.stderr.write(
    'Usage: rollbook keys new\n\n  keys new   prints a new key for ENCRYPTION_KEYS; put it first and keep the older ones behind it\n',
  )
  process.exitCode = 64
}
