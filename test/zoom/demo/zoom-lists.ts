/**
 * When Zoom has its list of participants in the demo: late, as in life, but within a minute, so that a visitor sees the
 * panel's list go from provisional to final.
 */
import type { ZoomRest } from '../rest.ts'
import type { Scenario } from '../scenario.ts'

const READY_MS = 8_000
const COMPLETE_MS = 24_000
const SHORT_ROWS = 12

/**
 * For the server: when it asks, in seconds after the end, and how soon it asks again before it believes. The plan is over
 * within the visit, so that a list which stays short of somebody can be seen as final with gaps.
 */
export const reportSettings = {
  REPORT_PLAN: '4,10,16,22,28,34,40,50,60,90',
  REPORT_CONFIRM_SECONDS: '6',
}

/** Makes Zoom's list of this meeting, and of those it restarts into, come late: not there, then short, then complete. */
export function comesLate(rest: ZoomRest, scenario: Scenario): void {
  Object.assign(rest.reports(scenario.meeting.uuid), {
    readyAfterMs: READY_MS,
    short: SHORT_ROWS,
    // Somebody no webhook told of, so that the differences have something to show.
    strangers: 1,
    changes: [{ afterMs: COMPLETE_MS, short: null }],
  })
  scenario.onNext((next) => comesLate(rest, next))
}

export interface ListState {
  phase: 'missing' | 'short' | 'complete'
  /** Requests for it since the end. */
  asked: number
}

/** What Zoom has of a meeting's list, and how often it was asked; null while the meeting goes on. */
export function listState(rest: ZoomRest, scenario: Scenario, nowMs: number): ListState | null {
  const { endedAtMs, uuid } = scenario.meeting
  if (endedAtMs === null) return null
  const sinceMs = nowMs - endedAtMs
  const path = `/v2/past_meetings/${encodeURIComponent(uuid)}/participants`
  const doubly = `/v2/past_meetings/${encodeURIComponent(encodeURIComponent(uuid))}/participants`
  return {
    phase: sinceMs < READY_MS ? 'missing' : sinceMs < COMPLETE_MS ? 'short' : 'complete',
    asked: rest.calls.filter((call) => call.path === path || call.path === doubly).length,
  }
}
