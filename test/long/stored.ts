import pg from 'pg'
import { createStorage, parseEncryptionKeys, startEmbedded } from '../../server/storage/index.ts'
import type { Fact } from '../../shared/attendance/index.ts'
import type { Deployment } from '../support/deployment.ts'
import { silentLog } from '../support/log.ts'

export interface Stored {
  /** Every delivery ever kept, by its key, in no order. */
  inbox: { key: string; state: string }[]
  /** Every fact, opened, of all gatherings. */
  facts: Fact[]
}

/** What lies in the database of a deployment that was stopped, read without the server. */
export async function readStored(deployment: Deployment): Promise<Stored> {
  const keys = parseEncryptionKeys(deployment.encryptionKeys)
  if (!keys.ok) throw new Error(keys.problems.join(' '))
  const { connection, stop } = await startEmbedded({
    dataDir: deployment.dataDir,
    fsync: true,
    log: silentLog,
  })
  const client = new pg.Client(connection)
  const storage = await createStorage({
    connection,
    encryptionKeys: keys.ring,
    clock: Date.now,
    log: silentLog,
  })
  try {
    await client.connect()
    const inbox = await client.query<Stored['inbox'][number]>('select dedupe_key as key, state from inbox')
    const gatherings = await client.query<{ id: string; installation_id: string }>(
      'select id, installation_id from gatherings',
    )
    const facts: Fact[] = []
    for (const { id, installation_id: installationId } of gatherings.rows) {
      const viewer = { kind: 'system', installationId, purpose: 'live_roster' } as const
      const evidence = await storage.evidenceReader.since(viewer, id, 0, 1_000_000)
      facts.push(...evidence.map(({ fact }) => fact))
    }
    return { inbox: inbox.rows, facts }
  } finally {
    await client.end()
    await storage.close()
    await stop()
  }
}
