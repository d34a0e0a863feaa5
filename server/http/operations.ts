import type { Registry } from 'prom-client'
import { RollbookError } from '../errors.ts'
import { openRoute, type Route } from './route.ts'

/** What an operator's monitoring asks. Nothing personal, nothing of a tenant. */
export function operationsRoutes(parts: {
  registry: Registry
  /** Resolves when the database answers; the ingest worker is asked for separately. */
  databaseReady: () => Promise<void>
  ingestRunning: () => boolean
}): Route[] {
  return [
    openRoute({
      method: 'get',
      path: '/healthz',
      summary: 'The process is alive.',
      access: { who: 'anyone' },
      handle: (_req, res) => {
        res.json({ alive: true })
      },
    }),
    openRoute({
      method: 'get',
      path: '/readyz',
      summary: 'The database answers and deliveries are being worked on.',
      access: { who: 'anyone' },
      handle: async (_req, res) => {
        try {
          await parts.databaseReady()
        } catch (cause) {
          throw new RollbookError(
            'storage_unavailable',
            'The database does not answer. Look at its log; the server goes on trying.',
            { cause },
          )
        }
        if (!parts.ingestRunning()) {
          throw new RollbookError(
            'storage_unavailable',
            'Stored deliveries are not being worked on: the server is starting or stopping.',
          )
        }
        res.json({ ready: true, database: true, jobs: true })
      },
    }),
    openRoute({
      method: 'get',
      path: '/metrics',
      summary: 'Prometheus metrics. Keep this path behind your proxy.',
      access: { who: 'anyone' },
      handle: async (_req, res) => {
        res.type(parts.registry.contentType).send(await parts.registry.metrics())
      },
    }),
  ]
}
