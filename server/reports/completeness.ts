import type { ReportGap, ReportReason, ReportSource } from '../../shared/wire/report.ts'
import type { RowFlaws, SettledStatus } from './ports.ts'
import { mayConfirm, nextTry, type ReportPlan } from './plan.ts'

/** What the evidence says of one meeting's report, after the fold. */
export interface Standing {
  /** The list that counts; null when none does. */
  counts: { rows: number; fetchedAtMs: number; confirmed: boolean; zeroDurations: number } | null
  /** Which of Zoom's lists counts. */
  source: ReportSource | null
  /** Whole lists read after it that are shorter or empty and that nothing has confirmed. */
  pending: { rows: number }[]
  /** People of this meeting who came by live evidence and are missing from the list that counts. */
  missing: number
  /** People who came to this meeting, by anybody's evidence. */
  came: number
  /** Rows of the list that counts whose times are not what the meeting allows. */
  flaws: RowFlaws
  /** People only the list knows, when they are too many to be told without a word; else 0. */
  unseen: number
}

/** What this try met when it brought no list that could be taken in. */
export type Obstacle =
  /** Zoom answered, and has no list yet. */
  | { kind: 'not_ready' }
  /** A list came that is not whole, or is about something else. */
  | { kind: 'unusable'; reason: 'incomplete' | 'foreign_rows' | 'unreadable' }
  /** Nothing will help until somebody changes something. */
  | { kind: 'never'; reason: ReportReason; zoomCode: string | null }

export interface Verdict {
  status: SettledStatus
  nextTryAtMs: number | null
}

/**
 * Where a report stands after a try: pure. `final`: the list that counts was confirmed by an equal later one, nothing in it
 * is still being computed, nobody who came is missing, and no shorter list waits to be believed. Until then it is tried
 * again, a list not yet confirmed after `confirmSeconds`, also past the end of the plan; at the end of the plan what is
 * there is final with every gap named, and what never came is unavailable with the reason. An empty list is none. What was
 * settled stays as it was while no list counts: nothing that is not found now takes back what was.
 *
 * Some gaps no later try would close: rows with impossible times in a list Zoom gave twice, people nobody saw live. They are
 * named as soon as nothing else is missing, and Zoom is not asked again for them.
 */
export function judge(input: {
  plan: ReportPlan
  plannedFromMs: number
  nowMs: number
  /** Where it stood before this try. */
  before: SettledStatus
  standing: Standing
  obstacle: Obstacle | null
}): Verdict {
  const { plan, plannedFromMs, nowMs, before, standing, obstacle } = input
  const { counts } = standing
  const zoomCode = obstacle?.kind === 'never' ? obstacle.zoomCode : null
  const planned = nextTry(plan, plannedFromMs, nowMs)
  const open = openGapsOf(standing)
  const gaps = [...open, ...lastingGapsOf(standing)]
  const said = { zoomCode, fetchedAtMs: counts?.fetchedAtMs ?? null, source: counts ? standing.source : null }

  if (counts && open.length === 0) {
    const state = gaps.length === 0 ? 'final' : 'final_with_gaps'
    return { status: { state, reason: null, gaps, ...said, zoomCode: null }, nextTryAtMs: null }
  }
  const confirm = wantsConfirmation(standing, obstacle) && mayConfirm(plan, plannedFromMs, nowMs)
  const over = obstacle?.kind === 'never' || (planned === null && !confirm)
  if (!counts && isSettled(before)) return { status: before, nextTryAtMs: over ? null : planned }
  if (over) {
    const reason = obstacle?.kind === 'never' ? obstacle.reason : null
    const status = counts
      ? { state: 'final_with_gaps' as const, reason, gaps }
      : { state: 'unavailable' as const, reason: reason ?? whyNever(standing, obstacle), gaps: [] }
    return { status: { ...status, ...said }, nextTryAtMs: null }
  }
  const confirmAtMs = nowMs + plan.confirmSeconds * 1000
  const nextTryAtMs = confirm ? Math.min(confirmAtMs, planned ?? confirmAtMs) : planned
  const reason = whyWaiting(standing, obstacle)
  const cameBroken = reason === 'incomplete' || reason === 'unreadable'
  const partial = counts !== null || standing.pending.some(({ rows }) => rows > 0) || cameBroken
  return { status: { state: partial ? 'partial' : 'waiting', reason, gaps: [], ...said }, nextTryAtMs }
}

/**
 * Where a report stands when Zoom could not be asked: as before, with the reason, unless it was settled; a good list is never
 * lost to a bad moment.
 */
export function postponed(before: SettledStatus, reason: ReportReason): SettledStatus {
  if (isSettled(before)) return before
  return { ...before, state: before.state === 'partial' ? 'partial' : 'waiting', reason, zoomCode: null }
}

/**
 * Where a report stands when we failed so often that trying by ourselves ends: what was settled stays, a list that came stays
 * provisional, and otherwise there is none, until the host asks again.
 */
export function givenUp(before: SettledStatus): SettledStatus {
  if (isSettled(before)) return before
  const state = before.state === 'partial' ? 'partial' : 'unavailable'
  return { ...before, state, reason: 'our_failure', zoomCode: null }
}

export const isSettled = ({ state }: SettledStatus): boolean =>
  state === 'final' || state === 'final_with_gaps'

/** A list came just now that only an equal one would settle. */
const wantsConfirmation = ({ counts, pending }: Standing, obstacle: Obstacle | null): boolean =>
  obstacle === null && (pending.some(({ rows }) => rows > 0) || counts?.confirmed === false)

/** What a later list may mend. */
function openGapsOf({ counts, pending, missing }: Standing): ReportGap[] {
  if (!counts) return []
  const waiting = pending.at(-1)
  return named([
    { code: 'never_confirmed', count: counts.confirmed ? 0 : counts.rows },
    { code: 'zero_durations', count: counts.zeroDurations },
    { code: 'seen_live_missing', count: missing },
    { code: 'shrank', count: waiting ? counts.rows - waiting.rows : 0 },
  ])
}

/** What is as it is once the list is confirmed. */
function lastingGapsOf({ counts, flaws, unseen }: Standing): ReportGap[] {
  if (!counts) return []
  return named([
    { code: 'unreadable_rows', count: flaws.unusable },
    { code: 'corrected_times', count: flaws.corrected },
    { code: 'many_unseen', count: unseen },
  ])
}

const named = (gaps: ReportGap[]): ReportGap[] => gaps.filter(({ count }) => count > 0)

function whyWaiting({ counts, pending, missing }: Standing, obstacle: Obstacle | null): ReportReason {
  if (obstacle?.kind === 'unusable') return obstacle.reason
  if (pending.some(({ rows }) => counts !== null || rows > 0)) return 'shrank'
  if (!counts) return 'not_ready'
  if (!counts.confirmed) return 'confirming'
  if (counts.zeroDurations > 0) return 'zero_durations'
  return missing > 0 ? 'seen_live_missing' : 'confirming'
}

/** Zoom makes no list of meetings with one participant, unless a setting of the account says so. */
function whyNever({ came }: Standing, obstacle: Obstacle | null): ReportReason {
  if (obstacle?.kind === 'unusable') return obstacle.reason
  return came === 1 ? 'one_person' : 'never_came'
}
