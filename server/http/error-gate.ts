import { randomUUID } from 'node:crypto'
import type { ErrorRequestHandler, RequestHandler } from 'express'
import type { Logger } from 'pino'
import { RollbookError } from '../errors.ts'

/** The one place where an error becomes an answer. Unknown errors say nothing but a reference, which finds the log line. */
export function errorGate(log: Logger): ErrorRequestHandler {
  return (error: unknown, _req, res, next) => {
    if (res.headersSent) {
      // A broken stream must break visibly, never end as if it were whole.
      log.warn({ err: describe(error) }, 'an answer broke off')
      res.destroy()
      return
    }
    const known = error instanceof RollbookError ? error : fromParsers(error)
    const reference = known === null ? randomUUID() : undefined
    if (known === null) log.error({ reference, err: describe(error) }, 'unexpected error')
    const problem =
      known ??
      new RollbookError(
        'unexpected',
        'Something went wrong on our side. Try again; if it stays, tell support the reference.',
      )
    res.locals['problem'] = problem.code
    res
      .status(problem.status)
      .set('Cache-Control', 'no-store')
      .type('application/problem+json')
      .send(JSON.stringify(problem.toProblem(reference)))
    void next
  }
}

/** Behind all routes: what nobody answered. */
export const notFound: RequestHandler = (req) => {
  throw new RollbookError(
    'not_found',
    `Nothing answers ${req.method} here. GET /api/openapi.json lists what does.`,
  )
}

/**
 * Body parsers throw http-errors with a `type`, or, for a body that does not decompress, only with the leave to tell
 * (`expose`) that a fault of the caller has. The router throws a URIError for an address that does not decode.
 */
function fromParsers(error: unknown): RollbookError | null {
  if (error instanceof URIError)
    return new RollbookError('bad_request', 'The address is not written as URLs are.')
  if (!(error instanceof Error)) return null
  switch ('type' in error ? error.type : undefined) {
    case 'entity.too.large':
      return new RollbookError('body_too_large', 'The body is larger than 1 MiB. Send it in smaller parts.')
    case 'entity.parse.failed':
      return new RollbookError('bad_request', 'The body is not valid JSON.')
    case 'encoding.unsupported':
    case 'charset.unsupported':
      return new RollbookError('unsupported_media_type', 'The body must be JSON in UTF-8.')
    case 'request.aborted':
    case 'request.size.invalid':
      return new RollbookError('bad_request', 'The body did not arrive whole.')
    default:
      return 'expose' in error && error.expose === true
        ? new RollbookError('bad_request', 'The body cannot be read as its headers say.')
        : null
  }
}

/** What the log may know of an error: no bound values of a query, no body. */
function describe(error: unknown): {
  name: string
  message: string
  code: string | null
  stack: string | null
} {
  if (!(error instanceof Error))
    return { name: typeof error, message: 'not an Error', code: null, stack: null }
  const code = 'code' in error && typeof error.code === 'string' ? error.code : null
  return { name: error.name, message: error.message, code, stack: error.stack ?? null }
}
