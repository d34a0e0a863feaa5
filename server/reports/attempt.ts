import type { Fact } from '../../shared/attendance/evidence.ts'
import { LeaseLost } from '../errors.ts'
import {
  reportTroubleOf,
  ZoomError,
  type ListAccess,
  type Limiter,
  type ListAccessOf,
  type MeetingMention,
  type PastMeeting,
  type PastMeetings,
  type Schedule,
  type Turn,
  type WithToken,
} from '../zoom/index.ts'
import { givenUp, isSettled, postponed, type Obstacle, type Verdict } from './completeness.ts'
import { comeBackAt, nextProbe, nextTry, planFrom, type ReportPlan } from './plan.ts'
import type { DueReport, EvidenceSink, EvidenceSource, ReportAudit, ReportMetrics, Reports } from './ports.ts'
import { endOf, readReport, type Reading } from './read.ts'
import { settle } from './settle.ts'

export interface AttemptParts {
  reports: Reports
  evidence: EvidenceSink & EvidenceSource
  audit: ReportAudit
  pastMeetings: PastMeetings
  schedule: Schedule
  accessOf: ListAccessOf
  limiter: Limiter
  plan: ReportPlan
  clock: () => number
  log: {
    info(fields: Record<string, unknown>, message: string): void
    warn(fields: Record<string, unknown>, message: string): void
    error(fields: Record<string, unknown>, message: string): void
  }
  metrics: ReportMetrics
  leaseMs: number
  /** Throws `Stopping` when this process is to stop. */
  goOn: () => void
}

/** This process stops: what is under way is left for another. */
export class Stopping extends Error {
  override readonly name = 'Stopping'
}

/**
 * So many tries in a row without any answer (about a day of them) are the end: of those Zoom does not answer once the plan is
 * over, of those that fail by our own fault at once.
 */
const MOST_FAILURES = 30

/** One try for one meeting, whatever comes of it. Throws only when its outcome cannot be written down. */
export async function attempt(parts: AttemptParts, due: DueReport): Promise<void> {
  const { reports, log } = parts
  try {
    await (due.step === 'probe' ? tryProbe(parts, due) : tryReport(parts, due))
  } catch (error) {
    const meeting = { installationId: due.installationId, meetingId: due.meetingId }
    if (error instanceof Stopping) {
      await reports.release(due)
      return
    }
    if (error instanceof LeaseLost) {
      log.warn(meeting, 'reading a report took so long that another process went on with it')
      return
    }
    // Not Zoom's trouble but ours (storage, a mistake): the next process that looks at it is spared for a while.
    const err = error instanceof Error ? { name: error.name, message: error.message } : null
    const failures = due.failures + 1
    if (failures >= MOST_FAILURES) {
      log.error({ ...meeting, err }, 'a report could not be worked on; giving up until somebody asks for it')
      const { plannedFromMs, verified } = due
      await reports.settle(due, {
        ...{ status: givenUp(due.status), nextTryAtMs: null, plannedFromMs, failures, verified },
        ...{ rateLimited: false, judgedIn: null },
      })
      return
    }
    log.error({ ...meeting, err }, 'a report could not be worked on; trying again later')
    await postpone(parts, due, { retryAtMs: null, rateLimited: false, reason: 'our_failure' })
  }
}

async function tryReport(parts: AttemptParts, taken: DueReport): Promise<void> {
  let due = taken
  let verified = due.verified || due.kind === 'webinar'
  try {
    const access = await accessTo(parts, due)
    const { withToken } = access
    if (!verified) {
      const ours = await verify(parts, due, withToken)
      if (ours === null) {
        return await settle(parts, due, { verified, obstacle: { kind: 'unusable', reason: 'foreign_rows' } })
      }
      due = ours
      verified = true
    }
    const reading = await readReport(parts, due, access)
    if ('unusable' in reading && reading.unusable > 0) {
      parts.metrics.reportRowsUnusable(reading.unusable)
      const { installationId, meetingId } = due
      const { unusable } = reading
      parts.log.warn({ installationId, meetingId, unusable }, 'rows of a report are left out for their times')
    }
    if (access.asMember) await askSchedule(parts, due, access.asMember)
    const obstacle: Obstacle | null =
      reading.kind === 'taken_in' ? null : { kind: 'unusable', reason: reasonOf(reading) }
    await settle(parts, due, { verified, obstacle })
  } catch (error) {
    if (!(error instanceof ZoomError)) throw error
    const { reason, again } = reportTroubleOf(error)
    if (reason === 'not_ready') await settle(parts, due, { verified, obstacle: { kind: 'not_ready' } })
    else if (again === 'never') {
      const zoomCode = reason === 'refused' ? (error.code ?? String(error.status)) : null
      await settle(parts, due, { verified, obstacle: { kind: 'never', reason, zoomCode } })
    } else {
      const rateLimited = reason === 'rate_limited'
      await postpone(parts, { ...due, verified }, { retryAtMs: error.retryAtMs, rateLimited, reason })
    }
  }
}

/** When it was planned, once. Whatever goes wrong here harms no report: 100 % is then the meeting as it was. */
async function askSchedule(parts: AttemptParts, due: DueReport, withToken: WithToken): Promise<void> {
  const { installationId, meetingId, number, kind, startedAtMs } = due
  // Webinars are asked for under a permission of their own, which the app does not ask hosts for.
  if (due.scheduleAsked || number === null || startedAtMs === null || kind === 'webinar') return
  try {
    const planned = await parts.schedule.plannedTime(number, startedAtMs, withToken)
    await parts.reports.notePlanned(due, planned)
  } catch (error) {
    if (!(error instanceof ZoomError)) throw error
    const told = { installationId, meetingId, status: error.status, code: error.code }
    parts.log.warn(told, 'Zoom did not tell when a meeting was planned')
    // Of a meeting that is deleted, or not ours to see, it will tell nothing the next time either.
    if (reportTroubleOf(error).again === 'never' || error.status === 404)
      await parts.reports.notePlanned(due, null)
  }
}

function reasonOf(reading: Exclude<Reading, { kind: 'taken_in' }>) {
  if (reading.kind === 'incomplete') return 'incomplete'
  return reading.refusal === 'unreadable' ? 'unreadable' : 'foreign_rows'
}

/** Zoom is asked under the best right there is, not faster than it likes. @throws ZoomError */
async function accessTo({ accessOf, limiter }: AttemptParts, due: DueReport): Promise<ListAccess> {
  const access = await accessOf(due, due.kind === 'webinar' ? 'webinar' : 'meeting')
  const { account, host } = due
  const turn: Turn = { account, host, urgency: 'now' }
  const paced =
    (withToken: WithToken): WithToken =>
    (operation, use) =>
      withToken(operation, (accessToken) => limiter.run(turn, operation, () => use(accessToken)))
  const { source, withToken, asMember } = access
  return { source, withToken: paced(withToken), asMember: asMember && paced(asMember) }
}

/**
 * The report when Zoom means the meeting we mean, with the start it told if none was known; else null: evidence says that its
 * list can never count, and it is not even read.
 */
async function verify(parts: AttemptParts, due: DueReport, withToken: WithToken): Promise<DueReport | null> {
  const past = await parts.pastMeetings.probe(due.meetingUuid, withToken)
  const { installationId, meetingId } = due
  if (isOurs(due, past)) {
    if (due.startedAtMs === null && past.startedAtMs !== null) {
      const mention = mentionOf(due, { ...past, endedAtMs: null })
      await parts.evidence.append({ installationId, meetingId, mention, facts: [] })
    }
    return { ...due, startedAtMs: due.startedAtMs ?? past.startedAtMs }
  }
  parts.log.warn({ installationId, meetingId }, 'Zoom answered about another meeting than the one asked for')
  const refused = endOf(due, `other/${meetingId}`, {
    ...{ atMs: parts.clock(), declared: 0, digest: '', sameAs: null, refusal: 'other_meeting' },
  })
  await parts.evidence.append({ installationId, meetingId, mention: null, facts: [refused] })
  return null
}

const isOurs = (due: DueReport, past: PastMeeting): boolean =>
  (past.uuid === null || past.uuid === due.meetingUuid) &&
  (past.number === null || due.number === null || past.number === due.number) &&
  (past.hostZoomUserId === null || due.hostIs(past.hostZoomUserId) !== false)

function mentionOf(due: DueReport, past: PastMeeting): MeetingMention {
  const { number, topic, hostZoomUserId, startedAtMs, endedAtMs } = past
  return { uuid: due.meetingUuid, kind: 'unknown', number, topic, hostZoomUserId, startedAtMs, endedAtMs }
}

/** Zoom could not be asked, or not now: the same try comes back later, without using up the plan. */
async function postpone(
  parts: AttemptParts,
  due: DueReport,
  trouble: { retryAtMs: number | null; rateLimited: boolean; reason: DueReport['status']['reason'] },
): Promise<void> {
  const { plan, clock, reports } = parts
  const nowMs = clock()
  const failures = due.failures + 1
  const settled = isSettled(due.status)
  const plannedFromMs = planFrom(plan, { plannedFromMs: due.plannedFromMs, settled, nowMs })
  const reason = trouble.reason ?? 'zoom_unavailable'
  if (failures >= MOST_FAILURES && nextTry(plan, plannedFromMs, nowMs) === null) {
    return settle(parts, due, { verified: due.verified, obstacle: { kind: 'never', reason, zoomCode: null } })
  }
  const probing = due.step === 'probe'
  await reports.settle(due, {
    status: probing ? due.status : postponed(due.status, reason),
    nextTryAtMs: comeBackAt({ nowMs, failures, ...trouble }),
    plannedFromMs: probing ? due.plannedFromMs : plannedFromMs,
    failures,
    verified: due.verified,
    rateLimited: trouble.rateLimited,
    judgedIn: null,
  })
}

/** Nobody told that this meeting is over: is it? Its times are then evidence like anything Zoom tells. */
async function tryProbe(parts: AttemptParts, due: DueReport): Promise<void> {
  const { installationId, meetingId, plannedFromMs } = due
  const end = async (verdict: Verdict): Promise<void> => {
    const nothing = { failures: 0, verified: false, rateLimited: false, judgedIn: null }
    await parts.reports.settle(due, { ...verdict, plannedFromMs, ...nothing })
  }
  const notYet = (): Promise<void> => {
    const nextTryAtMs = nextProbe(plannedFromMs, parts.clock())
    const unanswered = { state: 'unavailable', reason: 'never_came', zoomCode: null } as const
    const told = due.asked && nextTryAtMs === null ? unanswered : {}
    return end({ status: { ...due.status, ...told }, nextTryAtMs })
  }
  try {
    const { withToken } = await accessTo(parts, due)
    const past = await parts.pastMeetings.probe(due.meetingUuid, withToken)
    if (!isOurs(due, past) || past.endedAtMs === null) return await notYet()
    const facts = timesOf(due.meetingUuid, past)
    await parts.evidence.append({ installationId, meetingId, mention: mentionOf(due, past), facts })
    // Its end is known now, and planned like every other.
    await end({ status: due.status, nextTryAtMs: null })
  } catch (error) {
    if (!(error instanceof ZoomError)) throw error
    const { reason, again } = reportTroubleOf(error)
    if (reason === 'not_ready') await notYet()
    else if (again === 'never') {
      const zoomCode = reason === 'refused' ? (error.code ?? String(error.status)) : null
      const status = { ...due.status, state: 'unavailable' as const, reason, zoomCode }
      await end({ status, nextTryAtMs: null })
    } else {
      const rateLimited = reason === 'rate_limited'
      await postpone(parts, due, { retryAtMs: error.retryAtMs, rateLimited, reason })
    }
  }
}

function timesOf(meeting: string, { startedAtMs, endedAtMs }: PastMeeting): Fact[] {
  const facts: Fact[] = []
  const told = (what: string, atMs: number) =>
    ({ key: `report/${what}/${atMs}`, meeting, atMs, witness: 'report' }) as const
  if (startedAtMs !== null) facts.push({ kind: 'meeting_started', ...told('started', startedAtMs) })
  if (endedAtMs !== null) facts.push({ kind: 'meeting_ended', ...told('ended', endedAtMs) })
  return facts
}
