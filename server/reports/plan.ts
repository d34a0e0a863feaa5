/**
 * When a report is tried: pure arithmetic on epoch milliseconds.
 *
 * Zoom never says that a list is ready. It may take half an hour after the end, longer for large meetings, so it is asked
 * ever more slowly.
 *
 * @see https://support.zoom.com/hc/en/article?id=zm_kb&sysparm_article=KB0065222
 */
export interface ReportPlan {
  /** Seconds after the end, ascending. */
  afterSeconds: readonly number[]
  /** Whether after those it is asked every hour for a day. */
  hourly: boolean
  /** A whole list is read again after so many seconds before it is believed. */
  confirmSeconds: number
}

export const HOUR_MS = 3_600_000
export const DAY_MS = 24 * HOUR_MS

/** From an end to the first try. */
export const firstTryMs = ({ afterSeconds }: ReportPlan): number => (afterSeconds[0] ?? 0) * 1000

/** From an end to the last try the plan knows. */
const lastTryMs = ({ afterSeconds, hourly }: ReportPlan): number =>
  (afterSeconds.at(-1) ?? 0) * 1000 + (hourly ? DAY_MS : 0)

/** The first try of the plan after `nowMs`; null when the plan is over. */
export function nextTry(plan: ReportPlan, plannedFromMs: number, nowMs: number): number | null {
  const listed = plan.afterSeconds.find((seconds) => plannedFromMs + seconds * 1000 > nowMs)
  if (listed !== undefined) return plannedFromMs + listed * 1000
  const endMs = plannedFromMs + lastTryMs(plan)
  if (nowMs >= endMs) return null
  const hourlyFromMs = plannedFromMs + (plan.afterSeconds.at(-1) ?? 0) * 1000
  return hourlyFromMs + (Math.floor((nowMs - hourlyFromMs) / HOUR_MS) + 1) * HOUR_MS
}

/** A list that comes with the last tries is still read again, but one that never stops changing is not waited for. */
export const mayConfirm = (plan: ReportPlan, plannedFromMs: number, nowMs: number): boolean =>
  nowMs <= plannedFromMs + lastTryMs(plan) + HOUR_MS

/**
 * The instant the plan counts from in a try at `nowMs`. When all of it has passed (we were down, or somebody asked for one
 * more try) it begins anew; for a report that was settled only its end does: one reading and its confirmation.
 */
export function planFrom(
  plan: ReportPlan,
  { plannedFromMs, settled, nowMs }: { plannedFromMs: number; settled: boolean; nowMs: number },
): number {
  if (mayConfirm(plan, plannedFromMs, nowMs)) return plannedFromMs
  return nowMs - (settled ? lastTryMs(plan) : firstTryMs(plan))
}

const FIRST_BACK_OFF_MS = 15_000
/** So many refusals for the rate, without a time to come back at, are the daily limit rather than the one per second. */
const SPACED_REFUSALS = 6

/**
 * When to come back after Zoom gave no answer of use: when it said so, else after a pause that doubles from 15 seconds to
 * an hour. A limit that outlasts several such pauses is the daily one, which ends at 00:00 UTC.
 *
 * @param failures how many tries in a row failed, this one included
 * @see https://developers.zoom.us/docs/api/rate-limits/
 */
export function comeBackAt(input: {
  nowMs: number
  failures: number
  rateLimited: boolean
  retryAtMs: number | null
}): number {
  const { nowMs, failures, rateLimited, retryAtMs } = input
  // A date further away than any limit of Zoom's is a mistake of somebody's clock.
  // One that has passed says nothing, and must not become a question every second.
  if (retryAtMs !== null && retryAtMs > nowMs && retryAtMs - nowMs <= DAY_MS)
    return Math.max(retryAtMs, nowMs + 1000)
  if (rateLimited && failures >= SPACED_REFUSALS) return (Math.floor(nowMs / DAY_MS) + 1) * DAY_MS
  return nowMs + Math.min(FIRST_BACK_OFF_MS * 2 ** (failures - 1), HOUR_MS)
}

/** When Zoom is asked whether a meeting is over, in ms after it was first wondered; then hourly until `GIVE_UP_PROBING_MS`. */
const PROBES_MS = [60_000, 180_000, 600_000, 1_800_000]
const GIVE_UP_PROBING_MS = 2 * DAY_MS

/** The next question after `nowMs`; null when it has been asked long enough. */
export function nextProbe(sinceMs: number, nowMs: number): number | null {
  const next = PROBES_MS.map((ms) => sinceMs + ms).find((ms) => ms > nowMs) ?? nowMs + HOUR_MS
  return next - sinceMs > GIVE_UP_PROBING_MS ? null : next
}
