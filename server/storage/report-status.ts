import { noReport, type ReportStatus } from '../../shared/wire/report.ts'
import type { Selectable } from 'kysely'
import { isImported } from './import-facts.ts'
import type { Tables } from './tables.ts'
import type { Database } from './tenancy.ts'
import { notifyGrown, type GrownGathering } from './wakeups.ts'

type ReportRow = Selectable<Tables['reports']>

/** The least settled speaks for all. */
const unsettledFirst: ReportStatus['state'][] = [
  'none',
  'waiting',
  'partial',
  'unavailable',
  'final_with_gaps',
  'final',
]

/**
 * Where the official list of a gathering stands: the least settled of its meetings speaks, one without a row in `reports`
 * included. Meetings that only panels recorded speak only when there is no other.
 */
export function reportOfGathering(
  meetings: readonly { id: string; uuid: string; capture: 'full' | 'panel_only' }[],
  reports: readonly ReportRow[],
): ReportStatus {
  const full = meetings.filter(({ capture }) => capture === 'full')
  if (full.length === 0) {
    if (meetings.length === 0) return noReport
    return { ...noReport, reason: meetings.every(({ uuid }) => isImported(uuid)) ? 'imported' : 'panel_only' }
  }
  const statuses = full.map(({ id }) => {
    const row = reports.find((report) => report.meeting_id === id)
    return row ? toStatus(row) : noReport
  })
  return (
    unsettledFirst
      .map((state) => statuses.find((status) => status.state === state))
      .find((status) => status !== undefined) ?? noReport
  )
}

/** The rows of `reports` of a gathering's meetings. */
export const reportsOf = (db: Database, installationId: string, gatheringId: string): Promise<ReportRow[]> =>
  db
    .selectFrom('reports')
    .selectAll()
    .where('installation_id', '=', installationId)
    .where('meeting_id', 'in', (eb) =>
      eb
        .selectFrom('meetings')
        .select('id')
        .where('installation_id', '=', installationId)
        .where('gathering_id', '=', gatheringId),
    )
    .execute()

function toStatus(told: ReportRow): ReportStatus {
  return {
    state: told.state,
    // What a probe is planned for is whether the meeting is over, not its report.
    nextTryAt: told.step === 'read' ? iso(told.next_try_at_ms) : null,
    reason: told.reason,
    zoomCode: told.zoom_code,
    gaps: told.gaps,
    fetchedAt: iso(told.fetched_at_ms),
    source: told.source,
  }
}

/**
 * Readers of these gatherings see something new: each one's version grows, and everybody who watches is woken. Always in one
 * order, and after the rows of `reports`, so that nobody waits in a circle.
 */
export async function announce(
  trx: Database,
  installationId: string,
  gatheringIds: readonly string[],
): Promise<void> {
  const grown: GrownGathering[] = []
  for (const gatheringId of [...gatheringIds].sort()) {
    const row = await trx
      .updateTable('gatherings')
      .set((eb) => ({ version: eb('version', '+', 1) }))
      .where('installation_id', '=', installationId)
      .where('id', '=', gatheringId)
      .returning('version')
      .executeTakeFirst()
    if (row) grown.push({ installationId, gatheringId, version: row.version })
  }
  await notifyGrown(trx, grown)
}

const iso = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString())
