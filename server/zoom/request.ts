import type * as z from 'zod/mini'
import { ErrorAnswer } from './answers.ts'
import { parseRetryAfter } from './retry-after.ts'
import { ZoomError, type ZoomErrorKind } from './zoom-error.ts'

export interface RequestOptions {
  clock: () => number
  log: { warn(fields: Record<string, unknown>, message: string): void }
  /** How long one attempt may take. */
  timeoutMs?: number
  /** Told how every request ended, for counting. */
  onOutcome?: (outcome: ZoomOutcome) => void
}

export type ZoomOutcome = 'answered' | 'rate_limited' | ZoomErrorKind

const DEFAULT_TIMEOUT_MS = 10_000

export interface Call {
  url: string
  request: RequestInit
  /** Doing it twice is the same as doing it once. */
  repeatable: boolean
}

/**
 * One request to Zoom, its answer read by `schema`.
 *
 * @throws ZoomError when Zoom refuses, cannot be reached, or answers something else than `schema`
 */
export async function ask<Schema extends z.ZodMiniType>(
  options: RequestOptions,
  call: Call,
  schema: Schema,
): Promise<z.output<Schema>> {
  try {
    const answer = await answerOf(options, call, schema)
    options.onOutcome?.('answered')
    return answer
  } catch (error) {
    if (error instanceof ZoomError) options.onOutcome?.(error.status === 429 ? 'rate_limited' : error.kind)
    throw error
  }
}

async function answerOf<Schema extends z.ZodMiniType>(
  options: RequestOptions,
  call: Call,
  schema: Schema,
): Promise<z.output<Schema>> {
  const response = await fetchOnceOrTwice(options, call)
  const trackingId = response.headers.get('x-zm-trackingid')
  const body = await bodyOf(response, call, trackingId)
  const path = new URL(call.url).pathname

  if (!response.ok) {
    const told = ErrorAnswer.safeParse(body)
    const code = told.success ? (told.data.code ?? told.data.error)?.toString() : undefined
    const retryAtMs = parseRetryAfter(response.headers.get('retry-after'), options.clock())
    const error = new ZoomError({ path, status: response.status, code: code ?? null, trackingId, retryAtMs })
    const { status, kind } = error
    options.log.warn({ path, status, code: error.code, kind, trackingId }, 'Zoom refused a request')
    throw error
  }
  const parsed = schema.safeParse(body)
  if (!parsed.success)
    throw new ZoomError({ path, status: response.status, code: 'answer_malformed', trackingId })
  return parsed.data
}

/** One more try when nothing came back at all; an answer, of whatever kind, is an answer. */
async function fetchOnceOrTwice(options: RequestOptions, call: Call): Promise<Response> {
  const attempt = (): Promise<Response> =>
    fetch(call.url, {
      ...call.request,
      redirect: 'error',
      signal: AbortSignal.timeout(options.timeoutMs ?? DEFAULT_TIMEOUT_MS),
    })
  try {
    return await attempt()
  } catch (first) {
    const path = new URL(call.url).pathname
    if (!call.repeatable) throw unreachable(path, first)
    options.log.warn({ path, cause: causeOf(first) }, 'Zoom did not answer; trying once more')
    try {
      return await attempt()
    } catch (second) {
      throw unreachable(path, second)
    }
  }
}

/** Null for an empty or unreadable body: the status says enough then. */
async function bodyOf(response: Response, call: Call, trackingId: string | null): Promise<unknown> {
  let text: string
  try {
    text = await response.text()
  } catch (cause) {
    throw new ZoomError({ path: new URL(call.url).pathname, status: null, code: causeOf(cause), trackingId })
  }
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

const unreachable = (path: string, cause: unknown): ZoomError =>
  new ZoomError({ path, status: null, code: causeOf(cause), trackingId: null })

/** The name of what went wrong (`ECONNREFUSED`, `TimeoutError`), without the request: that may hold a token. */
function causeOf(error: unknown): string {
  const { cause, name } = error as { cause?: { code?: unknown }; name?: unknown }
  if (typeof cause?.code === 'string') return cause.code
  return typeof name === 'string' ? name : 'unknown'
}
