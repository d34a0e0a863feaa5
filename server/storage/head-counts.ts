import { sql, type ExpressionBuilder, type RawBuilder } from 'kysely'
import type { HeadCounts } from '../rosters/ports.ts'
import type { Parts } from './parts.ts'
import type { Tables } from './tables.ts'
import { crossTenant } from './tenancy.ts'

type GatheringRow = ExpressionBuilder<Tables, 'gatherings'>

/** Of what is told about an end, and of a long list, the last word comes some seconds after the first. */
const SETTLED_MS = 5_000
/** When a gathering that only panels recorded ended, Zoom does not say: after so long without a word nobody is there to tell. */
const QUIET_MS = 30 * 60_000

/**
 * When the people of a gathering that grew at `nowMs` (epoch ms) are counted, for an update of its row: soon after it when
 * all its meetings have ended, never (null) while one is on. `panelToldEnd`: a panel just told of an end, which counts where
 * only panels recorded.
 */
export function countAfterGrowth(row: GatheringRow, nowMs: number, panelToldEnd: boolean) {
  const soonMs = nowMs + SETTLED_MS
  const seenByPanelsMs = sql`case when ${panelToldEnd}::boolean or count_due_ms <= ${soonMs}::bigint
    then ${soonMs}::bigint else ${nowMs + QUIET_MS}::bigint end`
  return dueByMeetings(row, sql`${soonMs}::bigint`, seenByPanelsMs)
}

/** The same for one whose meetings became others at `nowMs`, by joining or splitting: at once. */
export function countAtOnce(row: GatheringRow, nowMs: number) {
  const now = sql`${nowMs}::bigint`
  return dueByMeetings(row, now, now)
}

/** Without a meeting, as when it was joined into another, nothing is to be counted. */
function dueByMeetings(row: GatheringRow, endedMs: RawBuilder<unknown>, seenByPanelsMs: RawBuilder<unknown>) {
  return row
    .selectFrom('meetings as m')
    .select(
      sql<number | null>`case when bool_and(m.ended_at_ms is not null) then ${endedMs}
        when bool_and(m.capture = 'panel_only') then ${seenByPanelsMs} end`.as('due_ms'),
    )
    .whereRef('m.installation_id', '=', 'gatherings.installation_id')
    .whereRef('m.gathering_id', '=', 'gatherings.id')
}

/**
 * The due list of counts is a column of the gatherings. Whoever takes one puts it off to the end of their lease; growing,
 * joining and splitting set it anew, so a count whose lease stands there no longer is of something that has changed.
 */
export function createHeadCounts({ db }: Parts): HeadCounts {
  return {
    async take(nowMs, leaseMs) {
      const leasedUntilMs = nowMs + leaseMs
      const row = await crossTenant('count people', db, (any) =>
        any
          .updateTable('gatherings')
          .set({ count_due_ms: leasedUntilMs })
          .where((eb) =>
            eb(
              eb.refTuple('installation_id', 'id'),
              'in',
              eb
                .selectFrom('gatherings')
                .select(['installation_id', 'id'])
                .where('count_due_ms', '<=', nowMs)
                // Whoever reads its official list is about to tell more of it, after which it is counted once.
                .where(({ not, exists, selectFrom }) =>
                  not(
                    exists(
                      selectFrom('meetings as m')
                        .innerJoin('reports as r', (join) =>
                          join
                            .onRef('r.installation_id', '=', 'm.installation_id')
                            .onRef('r.meeting_id', '=', 'm.id'),
                        )
                        .select('m.id')
                        .whereRef('m.installation_id', '=', 'gatherings.installation_id')
                        .whereRef('m.gathering_id', '=', 'gatherings.id')
                        .where('r.leased_until_ms', '>', nowMs),
                    ),
                  ),
                )
                .orderBy('count_due_ms')
                .limit(1)
                .forUpdate()
                .skipLocked()
                .$asTuple('installation_id', 'id'),
            ),
          )
          .returning(['installation_id', 'id'])
          .executeTakeFirst(),
      )
      return row ? { installationId: row.installation_id, gatheringId: row.id, leasedUntilMs } : null
    },

    async note({ installationId, gatheringId, leasedUntilMs }, came) {
      const noted = await db
        .updateTable('gatherings')
        .set({ came, count_due_ms: null })
        .where('installation_id', '=', installationId)
        .where('id', '=', gatheringId)
        .where('count_due_ms', '=', leasedUntilMs)
        .executeTakeFirst()
      return noted.numUpdatedRows > 0n
    },
  }
}
