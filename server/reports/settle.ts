import type { AttemptParts } from './attempt.ts'
import { isSettled, judge, type Obstacle, type Standing, type Verdict } from './completeness.ts'
import { nextTry, planFrom } from './plan.ts'
import type { DueReport } from './ports.ts'
import { nothingKnown, standingOf } from './standing.ts'

/** Judges what is known after an answer, and writes it down. @throws LeaseLost, Stopping */
export async function settle(
  parts: AttemptParts,
  due: DueReport,
  { verified, obstacle }: { verified: boolean; obstacle: Obstacle | null },
): Promise<void> {
  const { plan, clock } = parts
  const nowMs = clock()
  const settled = isSettled(due.status)
  const plannedFromMs = planFrom(plan, { plannedFromMs: due.plannedFromMs, settled, nowMs })
  const verdictOn = (standing: Standing): Verdict =>
    judge({ plan, plannedFromMs, nowMs: clock(), before: due.status, standing, obstacle })
  const outcome = { plannedFromMs, failures: 0, verified, rateLimited: false }

  // While nothing came and more tries follow, the evidence decides nothing.
  const early =
    obstacle?.kind === 'not_ready' &&
    ['none', 'waiting'].includes(due.status.state) &&
    nextTry(plan, plannedFromMs, nowMs) !== null
  if (early) {
    await parts.reports.settle(due, { ...verdictOn(nothingKnown), ...outcome, judgedIn: null })
    return
  }
  // Reading and judging may take minutes, in which the host joins the meeting to another or takes it out again.
  for (;;) {
    parts.goOn()
    const judgedIn = await parts.reports.gatheringOf(due)
    const here = { ...due, gatheringId: judgedIn.gatheringId }
    const standing = await standingOf(parts, here)
    const verdict = verdictOn(standing)
    const isFinal = isSettled(verdict.status)
    if (isFinal && due.endedAtMs === null && standing.lastListedMs !== null)
      await tellEnd(parts, due, standing.lastListedMs)
    if (!(await parts.reports.settle(here, { ...verdict, ...outcome, judgedIn }))) continue
    if (isFinal && !settled) await tellFinal(parts, here, verdict, standing.counts?.rows ?? 0)
    return
  }
}

/** Nobody told the end, and the list proves that there was one: when the last of those it names left. */
async function tellEnd({ evidence }: AttemptParts, due: DueReport, endedAtMs: number): Promise<void> {
  const { installationId, meetingId, meetingUuid: uuid } = due
  const nothingElse = { number: null, kind: 'unknown', topic: null, hostZoomUserId: null } as const
  await evidence.append({
    ...{ installationId, meetingId },
    mention: { uuid, ...nothingElse, startedAtMs: null, endedAtMs },
    facts: [
      {
        kind: 'meeting_ended',
        witness: 'report',
        key: `report/ended/${endedAtMs}`,
        meeting: uuid,
        atMs: endedAtMs,
      },
    ],
  })
}

async function tellFinal(
  parts: AttemptParts,
  due: DueReport,
  { status }: Verdict,
  rows: number,
): Promise<void> {
  const { installationId, gatheringId } = due
  const nowMs = parts.clock()
  if (due.endedAtMs !== null) parts.metrics.reportFinal((nowMs - due.endedAtMs) / 1000)
  const gaps = Object.fromEntries(status.gaps.map(({ code, count }) => [code, count]))
  await parts.audit.append({
    ...{ installationId, gatheringId, actorMemberId: null, act: 'report_final', atMs: nowMs },
    detail: { state: status.state, rows, ...gaps },
  })
  parts.log.info({ installationId, meetingId: due.meetingId, state: status.state, rows }, 'a report is final')
}
