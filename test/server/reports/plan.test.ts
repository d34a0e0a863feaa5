import { describe, expect, it } from 'vitest'
import { comeBackAt, mayConfirm, nextProbe, nextTry, planFrom } from '../../../server/reports/plan.ts'

const plan = { afterSeconds: [60, 180, 420], hourly: true, confirmSeconds: 120 }
const HOUR = 3_600_000
const END = Date.UTC(2026, 10, 23, 14, 0)
const second = 1000

describe('the plan of a report', () => {
  it('tries at its listed seconds, then every hour for a day, then no more', () => {
    const tries: number[] = []
    for (let at: number | null = END; at !== null; at = nextTry(plan, END, at)) tries.push(at)
    expect(tries.slice(1, 5).map((at) => (at - END) / second)).toEqual([60, 180, 420, 420 + 3600])
    expect(tries).toHaveLength(1 + 3 + 24)
    expect(tries.at(-1)).toBe(END + 420 * second + 24 * HOUR)
  })

  it('ends with its list when it is not hourly', () => {
    const short = { ...plan, hourly: false }
    expect(nextTry(short, END, END + 419 * second)).toBe(END + 420 * second)
    expect(nextTry(short, END, END + 420 * second)).toBeNull()
  })

  it('begins anew when all of it passed before anybody could read', () => {
    const now = END + 40 * 24 * HOUR
    const from = planFrom(plan, { plannedFromMs: END, settled: false, nowMs: now })
    expect(nextTry(plan, from, now)).toBe(now + 120 * second)
    expect(planFrom(plan, { plannedFromMs: END, settled: false, nowMs: END + HOUR })).toBe(END)
  })

  it('leaves a settled report one reading and its confirmation', () => {
    const now = END + 40 * 24 * HOUR
    const from = planFrom(plan, { plannedFromMs: END, settled: true, nowMs: now })
    expect(nextTry(plan, from, now)).toBeNull()
    expect(mayConfirm(plan, from, now)).toBe(true)
    expect(mayConfirm(plan, from, now + 2 * HOUR)).toBe(false)
  })
})

describe('after Zoom gave no answer of use', () => {
  const nowMs = Date.UTC(2026, 10, 23, 14, 20)
  const base = { nowMs, failures: 1, rateLimited: false, retryAtMs: null }

  it('it is asked again after pauses that double up to an hour', () => {
    const pauses = [1, 2, 3, 8, 9, 20].map((failures) => comeBackAt({ ...base, failures }) - nowMs)
    expect(pauses).toEqual([15, 30, 60, 1920, 3600, 3600].map((seconds) => seconds * second))
  })

  it('it is asked when it said, never before, and never at once', () => {
    expect(comeBackAt({ ...base, rateLimited: true, retryAtMs: nowMs + 7_000 })).toBe(nowMs + 7_000)
    expect(comeBackAt({ ...base, rateLimited: true, retryAtMs: nowMs + 7 })).toBe(nowMs + 1_000)
    expect(comeBackAt({ ...base, rateLimited: true, retryAtMs: nowMs - 7_000 })).toBe(nowMs + 15_000)
  })

  it('a date years ahead is not believed', () => {
    expect(comeBackAt({ ...base, retryAtMs: nowMs + 400 * 24 * HOUR })).toBe(nowMs + 15_000)
  })

  it('a limit that outlasts several pauses is the daily one, which ends at midnight UTC', () => {
    expect(comeBackAt({ ...base, rateLimited: true, failures: 6 })).toBe(Date.UTC(2026, 10, 24))
  })
})

describe('whether a meeting is over', () => {
  it('is asked after a minute, ever more slowly, hourly, and for two days', () => {
    const asked: number[] = []
    for (let at: number | null = END; at !== null; at = nextProbe(END, at)) asked.push(at)
    expect(asked.slice(1, 6).map((at) => (at - END) / 60_000)).toEqual([1, 3, 10, 30, 90])
    expect((asked.at(-1) ?? 0) - END).toBeLessThanOrEqual(48 * HOUR)
    expect((asked.at(-1) ?? 0) - END).toBeGreaterThan(46 * HOUR)
  })
})
