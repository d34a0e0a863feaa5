import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import pg from 'pg'
import type { Wakeups } from '../rosters/ports.ts'
import type { Connection } from './database.ts'
import { codeOf, connectionSettings } from './database.ts'
import type { StorageLog } from './log.ts'
import type { Database } from './tenancy.ts'

const CHANNEL = 'rollbook_gathering'
const RECONNECT_MS = 1_000

export interface GrownGathering {
  installationId: string
  gatheringId: string
  version: number
}

/** Tells every process at commit, and nobody when the transaction is rolled back. */
export async function notifyGrown(trx: Database, grown: readonly GrownGathering[]): Promise<void> {
  for (const gathering of grown)
    await sql`select pg_notify(${CHANNEL}, ${JSON.stringify(gathering)})`.execute(trx)
}

/** One connection that listens, made with the first listener and made anew when it breaks. */
export function createWakeups(connection: Connection, log: StorageLog): Wakeups & { close(): Promise<void> } {
  const listeners = new Set<(installationId: string, gatheringId: string) => void>()
  let client: pg.Client | null = null
  let started = false
  let closed = false

  async function keepListening(): Promise<void> {
    while (!closed) {
      try {
        await listenUntilBroken()
      } catch (error) {
        if (!closed) log.warn({ code: codeOf(error) }, 'not listening for grown gatherings; polling goes on')
      }
      if (!closed) await sleep(RECONNECT_MS, undefined, { ref: false })
    }
  }

  async function listenUntilBroken(): Promise<void> {
    const listening = new pg.Client({ ...connectionSettings(connection), keepAlive: true })
    client = listening
    const broken = new Promise<void>((resolve) => {
      listening.once('end', () => resolve())
      listening.once('error', () => resolve())
    })
    listening.on('error', () => {})
    listening.on('notification', ({ payload }) => {
      const { installationId, gatheringId } = JSON.parse(payload ?? '{}') as Partial<GrownGathering>
      if (installationId === undefined || gatheringId === undefined) return
      for (const listener of listeners) listener(installationId, gatheringId)
    })
    try {
      await listening.connect()
      await listening.query(`listen ${CHANNEL}`)
      await broken
    } finally {
      await listening.end().catch(() => {})
    }
  }

  return {
    onGathering(listener) {
      listeners.add(listener)
      if (!started) {
        started = true
        void keepListening()
      }
      return () => void listeners.delete(listener)
    },
    async close() {
      closed = true
      await client?.end().catch(() => {})
    },
  }
}
