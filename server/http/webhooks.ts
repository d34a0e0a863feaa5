import type { Door } from '../ingest/index.ts'
import { openRoute, type Route } from './route.ts'

/** Zoom's door. Everything it decides is decided by `ingest`; here are only the raw bytes and the answer. */
export function webhookRoutes(parts: { door: Door }): Route[] {
  return [
    openRoute({
      method: 'post',
      path: '/webhooks/zoom',
      summary: 'Event deliveries of Zoom; answered once they are durable.',
      access: { who: 'zoom' },
      handle: async (req, res) => {
        const rawBody: unknown = req.body
        const answer = await parts.door.receive({
          headers: req.headers,
          rawBody: Buffer.isBuffer(rawBody) ? rawBody : Buffer.alloc(0),
        })
        if (answer.body === undefined) res.status(answer.status).end()
        else res.status(answer.status).json(answer.body)
      },
    }),
  ]
}
