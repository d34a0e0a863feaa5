import { randomBytes } from 'node:crypto'
import { inject } from 'vitest'
import { databaseUrl, run } from './global-setup.ts'

/** A fresh clone of the migrated template, milliseconds old. `drop` removes it, open connections or not. */
export async function createTestDatabase(): Promise<{ connectionString: string; drop(): Promise<void> }> {
  const { serverUrl, template } = inject('database')
  const name = `rollbook_test_${randomBytes(6).toString('hex')}`
  await run(serverUrl, `create database ${name} template ${template}`)
  return {
    connectionString: databaseUrl(serverUrl, name),
    drop: () => run(serverUrl, `drop database if exists ${name} with (force)`),
  }
}
