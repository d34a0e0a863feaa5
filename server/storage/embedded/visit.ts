import { join, resolve } from 'node:path'
import { databasePassword, DATABASE_NAME, DATABASE_USER, majorOf } from './cluster.ts'
import { client, readPostmaster } from './owner.ts'
import type { DatabaseAddress } from './start.ts'

/**
 * Looks for the embedded database of `dataDir` without touching it: the address of a running one, for a guest who
 * connects beside its owner; `stopped` when it has to be started; `absent` when there never was one. A guest keeps
 * nothing alive: when the owner stops its database, the guest's connection ends.
 */
export async function findEmbedded(dataDir: string): Promise<DatabaseAddress | 'stopped' | 'absent'> {
  const clusterDir = join(resolve(dataDir), 'cluster')
  if ((await majorOf(clusterDir)) === null) return 'absent'
  const endpoint = (await readPostmaster(clusterDir))?.endpoint
  if (!endpoint) return 'stopped'
  const password = await databasePassword(resolve(dataDir))
  const visitor = client({ ...endpoint, password }, DATABASE_NAME)
  visitor.on('error', () => {})
  try {
    await visitor.connect()
  } catch {
    // A note that a dead postmaster left; or one that is stopping, which starting waits for.
    return 'stopped'
  } finally {
    await visitor.end().catch(() => {})
  }
  return {
    ...endpoint,
    user: DATABASE_USER,
    database: DATABASE_NAME,
    ...(password === null ? {} : { password }),
  }
}
