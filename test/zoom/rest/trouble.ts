/** Answers nobody wants, to order: what a test or the demo says comes next. */
import type { Response } from 'express'
import { iso } from '../webhook-bodies.ts'
import { messages } from './messages.ts'
import type { Words } from './messages.ts'

/** A status alone, a status with one of Zoom's codes, or no answer at all. */
export type Trouble = 429 | 500 | 502 | 503 | 'timeout' | { status: number; code: number }

/** How long to wait after too many calls: an ISO date-time as was seen, or what HTTP knows, or nothing. */
export type RetryAfter = 'iso' | 'http_date' | 'seconds' | 'none'

export type Fail = (response: Response, status: number, code: number, words: Words) => void

/** Zoom's wait after a second's limit. */
const WAIT_MS = 1_000

export function answerTooMany(response: Response, form: RetryAfter, nowMs: number, fail: Fail): void {
  const untilMs = nowMs + WAIT_MS
  const spelled: Record<RetryAfter, string | null> = {
    // Rounded up, so that whoever waits for it does not come a part of a second early.
    iso: iso(untilMs + 999),
    http_date: new Date(untilMs + 999).toUTCString(),
    seconds: String(Math.ceil(WAIT_MS / 1000)),
    none: null,
  }
  const value = spelled[form]
  if (value !== null) response.set('retry-after', value)
  fail(response, 429, 429, messages.tooMany)
}

export function answerWith(
  trouble: Trouble,
  response: Response,
  { retryAfter, nowMs, fail }: { retryAfter: RetryAfter; nowMs: number; fail: Fail },
): void {
  if (trouble === 'timeout') return
  if (trouble === 429) return answerTooMany(response, retryAfter, nowMs, fail)
  if (typeof trouble === 'number') return fail(response, trouble, trouble, messages.broken)
  fail(response, trouble.status, trouble.code, messages.asOrdered)
}
