import { randomUUID } from 'node:crypto'
import type { RequestHandler } from 'express'
import type { Logger } from 'pino'
import type { Metrics } from './metrics.ts'

/**
 * One line a request: the route's pattern, never the address as sent, since links and codes stand in addresses; no header,
 * no body, no name. The id is answered as `X-Request-Id`, so that a person can tell support which request it was.
 */
export function requestLog(log: Logger, metrics: Metrics): RequestHandler {
  return (req, res, next) => {
    const startedAt = process.hrtime.bigint()
    const requestId = randomUUID()
    res.set('X-Request-Id', requestId)
    res.on('close', () => {
      const seconds = Number(process.hrtime.bigint() - startedAt) / 1e9
      const route = routePattern(req.route)
      metrics.request(route, req.method, res.statusCode, seconds)
      log.info(
        {
          requestId,
          method: req.method,
          route,
          status: res.statusCode,
          ms: Math.round(seconds * 1000),
          ...(typeof res.locals['problem'] === 'string' ? { problem: res.locals['problem'] } : {}),
          ...(res.writableFinished ? {} : { aborted: true }),
        },
        'request',
      )
    })
    next()
  }
}

function routePattern(route: unknown): string {
  return typeof route === 'object' && route !== null && 'path' in route && typeof route.path === 'string'
    ? route.path
    : 'none'
}
