import { sql } from 'kysely'
import type { DueReport, Reports } from '../reports/ports.ts'
import type { ReportStatus } from '../../shared/wire/report.ts'
import { isUuid } from './parts.ts'
import { announce, reportOfGathering, reportsOf } from './report-status.ts'
import type { Database } from './tenancy.ts'

/** Whoever asks again so soon after a try is answered with what that try found. */
const RETRY_PAUSE_MS = 15_000

/** The host wants it read again; see `Reports.retry`. */
export async function retryReports(
  trx: Database,
  installationId: string,
  gatheringId: string,
  nowMs: number,
): ReturnType<Reports['retry']> {
  if (!isUuid(gatheringId)) return null
  const meetings = await trx
    .selectFrom('meetings')
    .select(['id', 'uuid', 'capture'])
    .where('installation_id', '=', installationId)
    .where('gathering_id', '=', gatheringId)
    .execute()
  if (meetings.length === 0) return null
  const rows = await trx
    .selectFrom('reports')
    .select(['meeting_id', 'rate_limited', 'next_try_at_ms', 'leased_until_ms', 'tried_at_ms'])
    .where('installation_id', '=', installationId)
    // Whether a meeting is over is not the host's to ask, unless asking was given up.
    .where((eb) => eb.or([eb('step', '=', 'read'), eb('state', '=', 'unavailable')]))
    .where(
      'meeting_id',
      'in',
      meetings.map(({ id }) => id),
    )
    .orderBy('meeting_id')
    .forUpdate()
    .execute()
  if (rows.length === 0) return null
  const idle = rows.filter(
    ({ rate_limited: limited, next_try_at_ms: nextMs, leased_until_ms: heldMs, tried_at_ms: triedMs }) =>
      // Zoom's limit is everybody's: a host cannot shorten it.
      (nextMs === null || (nextMs > nowMs && !limited)) &&
      (heldMs === null || heldMs <= nowMs) &&
      (triedMs === null || triedMs <= nowMs - RETRY_PAUSE_MS),
  )
  if (idle.length > 0) {
    await beginAgain(
      trx,
      installationId,
      idle.map((row) => row.meeting_id),
      nowMs,
    )
    await announce(trx, installationId, [gatheringId])
  }
  const report = reportOfGathering(meetings, await reportsOf(trx, installationId, gatheringId))
  return { planned: idle.length > 0, report }
}

/**
 * Tokens of this installation were replaced in this very transaction: what waited for that is tried again. What is being
 * tried just now is waited for, or its outcome is written after this and finds the new tokens (`consentedMeanwhile`).
 */
export async function rearmReports(trx: Database, installationId: string, nowMs: number): Promise<void> {
  const rows = await trx
    .selectFrom('reports')
    .innerJoin('meetings', (join) =>
      join
        .onRef('meetings.installation_id', '=', 'reports.installation_id')
        .onRef('meetings.id', '=', 'reports.meeting_id'),
    )
    .select(['reports.meeting_id', 'reports.reason', 'reports.rate_limited', 'meetings.gathering_id'])
    .where('reports.installation_id', '=', installationId)
    .where((eb) => eb.or([eb('reports.reason', '=', 'reconnect'), eb('reports.lease', 'is not', null)]))
    .orderBy('reports.meeting_id')
    .forUpdate('reports')
    .execute()
  // Zoom's limit outlasts a new consent, and what waits for it is tried by itself.
  const waiting = rows.filter(({ reason, rate_limited: limited }) => reason === 'reconnect' && !limited)
  if (waiting.length === 0) return
  await beginAgain(
    trx,
    installationId,
    waiting.map((row) => row.meeting_id),
    nowMs,
  )
  const gatheringIds = new Set(waiting.map((row) => row.gathering_id))
  await announce(trx, installationId, [...gatheringIds])
}

/** Whether somebody of this installation agreed anew after this try had begun: it may have used tokens from before. */
export async function consentedMeanwhile(
  trx: Database,
  { installationId, consentedAtMs }: DueReport,
): Promise<boolean> {
  const agreed = await trx
    .selectFrom('tokens')
    .select('member_id')
    .where('installation_id', '=', installationId)
    .where('authorised_at_ms', '>', consentedAtMs)
    .executeTakeFirst()
  return agreed !== undefined
}

/**
 * These are due now. What was given up is waited for again, a probe from its first question on; a list that is there stays what
 * it is until a new one is read.
 */
export async function beginAgain(
  trx: Database,
  installationId: string,
  meetingIds: readonly string[],
  nowMs: number,
): Promise<void> {
  await trx
    .updateTable('reports')
    .set({
      next_try_at_ms: nowMs,
      failures: 0,
      rate_limited: false,
      state: sql<ReportStatus['state']>`case when step = 'probe' then 'none'
        when state = 'unavailable' then 'waiting' else state end`,
      reason: sql<null>`case when state in ('unavailable', 'final_with_gaps') then null else reason end`,
      zoom_code: null,
      asked: sql<boolean>`step = 'probe'`,
      planned_from_ms: sql<number>`case when step = 'probe' then ${nowMs}::bigint else planned_from_ms end`,
    })
    .where('installation_id', '=', installationId)
    .where('meeting_id', 'in', [...meetingIds])
    .execute()
}
