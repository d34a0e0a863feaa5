import { sql } from 'kysely'
import type { Reports } from '../reports/ports.ts'
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
    .select(['meeting_id', 'reason', 'next_try_at_ms', 'leased_until_ms', 'tried_at_ms'])
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
    ({ reason, next_try_at_ms: nextMs, leased_until_ms: heldMs, tried_at_ms: triedMs }) =>
      // Zoom's limit is everybody's: a host cannot shorten it.
      (nextMs === null || (nextMs > nowMs && reason !== 'rate_limited')) &&
      (heldMs === null || heldMs <= nowMs) &&
      (triedMs === null || triedMs <= nowMs - RETRY_PAUSE_MS),
  )
  if (idle.length > 0) {
    const meetingIds = idle.map((row) => row.meeting_id)
    await trx
      .updateTable('reports')
      .set({ next_try_at_ms: nowMs, failures: 0, ...waitingAgain })
      .where('installation_id', '=', installationId)
      .where('meeting_id', 'in', meetingIds)
      .execute()
    await announce(trx, installationId, [gatheringId], null)
  }
  const report = reportOfGathering(meetings, await reportsOf(trx, installationId, gatheringId))
  return { planned: idle.length > 0, report }
}

/** Tokens of this installation were replaced in this very transaction: what waited for that is tried again. */
export async function rearmReports(trx: Database, installationId: string, nowMs: number): Promise<void> {
  const rearmed = await trx
    .updateTable('reports')
    .set({ next_try_at_ms: nowMs, failures: 0, ...waitingAgain })
    .where('installation_id', '=', installationId)
    .where('reason', '=', 'reconnect')
    .returning('meeting_id')
    .execute()
  if (rearmed.length === 0) return
  const rows = await trx
    .selectFrom('meetings')
    .select('gathering_id')
    .distinct()
    .where('installation_id', '=', installationId)
    .where(
      'id',
      'in',
      rearmed.map((row) => row.meeting_id),
    )
    .execute()
  const gatheringIds = rows.map((row) => row.gathering_id)
  await announce(trx, installationId, gatheringIds, null)
}

/** What was given up is waited for again; a list that is there stays what it is until a new one is read. */
const waitingAgain = {
  state: sql<ReportStatus['state']>`case when state = 'unavailable' then 'waiting' else state end`,
  reason: sql<null>`case when state in ('unavailable', 'final_with_gaps') then null else reason end`,
  zoom_code: null,
}
