/**
 * Zoom's list after a meeting: when it is asked for (`plan.ts`), read to its end (`read.ts`) and believed
 * (`completeness.ts`). What Zoom's answers look like is `server/zoom`'s, which list counts and what it decides is the fold's in
 * `shared/attendance`, and what is kept is storage's, behind `ports.ts`. Start with `attempt.ts`: one try for one meeting.
 */
import { attempt, Stopping, type AttemptParts } from './attempt.ts'
import { firstTryMs } from './plan.ts'

export type * from './ports.ts'
export type { ReportPlan } from './plan.ts'

export type ReportParts = Omit<AttemptParts, 'goOn' | 'leaseMs'>

/** A page takes two attempts of ten seconds at the worst; a process that is silent for longer is gone. */
const LEASE_MS = 120_000
const PROBE_AFTER_MS = 60_000
const QUIET_MS = 30 * 60_000
const LOOK_FOR_QUIET_EVERY_MS = 10 * 60_000

/** The work of reports as the due loop wants it. `stop`: what is under way ends after its page and is given back. */
export function createReportWork(parts: ReportParts) {
  let stopping = false
  let lookedForQuietMs = -Infinity
  const goOn = (): void => {
    if (stopping) throw new Stopping('The server stops.')
  }
  const times = { firstTryMs: firstTryMs(parts.plan), probeAfterMs: PROBE_AFTER_MS, quietMs: QUIET_MS }

  return {
    name: 'reports',
    async runDue(nowMs: number): Promise<number> {
      if (nowMs - lookedForQuietMs >= LOOK_FOR_QUIET_EVERY_MS) {
        lookedForQuietMs = nowMs
        await parts.reports.plan('quiet', nowMs, times)
      }
      await parts.reports.plan('ends', nowMs, times)
      let taken = 0
      while (!stopping) {
        const due = await parts.reports.take(parts.clock(), LEASE_MS)
        if (due === null) break
        taken += 1
        await attempt({ ...parts, goOn, leaseMs: LEASE_MS }, due)
      }
      return taken
    },
    stop(): void {
      stopping = true
    },
  }
}
