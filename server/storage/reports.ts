import { randomUUID } from 'node:crypto'
import { sql, type Selectable } from 'kysely'
import type { DueReport, Reports } from '../reports/ports.ts'
import type { ReportStatus } from '../../shared/wire/report.ts'
import { askerOf } from './askers.ts'
import type { Parts } from './parts.ts'
import { createReportBatches, holdLease } from './report-batches.ts'
import { gatheringNow, isStill } from './report-gatherings.ts'
import { planEnds, planPanelEnds, planQuiet, planQuietWebinars } from './report-planning.ts'
import { beginAgain, consentedMeanwhile, retryReports } from './report-retry.ts'
import { announce } from './report-status.ts'
import type { Tables } from './tables.ts'
import { crossTenant } from './tenancy.ts'

/** What reports are due and where each stands. Readings and their pages: `report-batches.ts`. */
export function createReports(parts: Parts): Reports {
  const { db, clock } = parts
  return {
    ...createReportBatches(parts),

    async plan(what, nowMs, times) {
      if (what === 'quiet') {
        return (await planQuiet(db, nowMs, times)) + (await planQuietWebinars(db, nowMs, times))
      }
      const grown = await db.transaction().execute((trx) => planEnds(trx, nowMs, times))
      return grown + (await planPanelEnds(db, nowMs, times))
    },

    async take(nowMs, leaseMs) {
      for (;;) {
        const row = await crossTenant('take a due report', db, (any) =>
          any
            .updateTable('reports')
            .set({ lease: randomUUID(), leased_until_ms: nowMs + leaseMs })
            .where((eb) =>
              eb(
                eb.refTuple('installation_id', 'meeting_id'),
                'in',
                eb
                  .selectFrom('reports')
                  .select(['installation_id', 'meeting_id'])
                  .where('next_try_at_ms', '<=', nowMs)
                  .where((free) =>
                    free.or([free('leased_until_ms', 'is', null), free('leased_until_ms', '<=', nowMs)]),
                  )
                  .orderBy('next_try_at_ms')
                  .limit(1)
                  .forUpdate()
                  .skipLocked()
                  .$asTuple('installation_id', 'meeting_id'),
              ),
            )
            .returningAll()
            .executeTakeFirst(),
        )
        if (!row) return null
        const due = await dueOf(parts, row)
        if (due) return due
      }
    },

    async release(due) {
      await db
        .updateTable('reports')
        .set({ lease: null, leased_until_ms: null })
        .where('installation_id', '=', due.installationId)
        .where('meeting_id', '=', due.meetingId)
        .where('lease', '=', due.lease)
        .execute()
    },

    hold: (due, untilMs) => holdLease(db, due, untilMs),

    gatheringOf: (due) => gatheringNow(db, due),

    settle: (due, { status, judgedIn, ...outcome }) =>
      db.transaction().execute(async (trx) => {
        await holdLease(trx, due, null)
        if (judgedIn && !(await isStill(trx, due.installationId, judgedIn))) return false
        const before = await trx
          .selectFrom('reports')
          .selectAll()
          .where('installation_id', '=', due.installationId)
          .where('meeting_id', '=', due.meetingId)
          .executeTakeFirstOrThrow()
        const told = {
          state: status.state,
          reason: status.reason,
          zoom_code: status.zoomCode,
          fetched_at_ms: status.fetchedAtMs,
          source: status.source,
          next_try_at_ms: outcome.nextTryAtMs,
        }
        const gaps = JSON.stringify(status.gaps)
        await trx
          .updateTable('reports')
          .set({
            ...told,
            gaps,
            planned_from_ms: outcome.plannedFromMs,
            failures: outcome.failures,
            verified: outcome.verified,
            rate_limited: outcome.rateLimited,
            lease: null,
            leased_until_ms: null,
            tried_at_ms: clock(),
          })
          .where('installation_id', '=', due.installationId)
          .where('meeting_id', '=', due.meetingId)
          .execute()
        const again = status.reason === 'reconnect' && (await consentedMeanwhile(trx, due))
        if (again) await beginAgain(trx, due.installationId, [due.meetingId], clock())
        const changed =
          again ||
          JSON.stringify(before.gaps) !== gaps ||
          (Object.keys(told) as (keyof typeof told)[]).some((column) => before[column] !== told[column])
        if (!changed) return true
        const { gatheringId } = judgedIn ?? (await gatheringNow(trx, due))
        await announce(trx, due.installationId, [gatheringId])
        return true
      }),

    retry: ({ installationId }, gatheringId, nowMs) =>
      db.transaction().execute((trx) => retryReports(trx, installationId, gatheringId, nowMs)),

    notePlanned: (due, planned) =>
      db.transaction().execute(async (trx) => {
        const { installationId, meetingId } = due
        const meeting = await trx
          .updateTable('meetings')
          .set({
            schedule_asked: true,
            planned_start_ms: planned?.startMs ?? null,
            planned_end_ms: planned?.endMs ?? null,
          })
          .where('installation_id', '=', installationId)
          .where('id', '=', meetingId)
          .returning('gathering_id')
          .executeTakeFirst()
        if (meeting && planned) await announce(trx, installationId, [meeting.gathering_id])
      }),

    async counts() {
      const rows = await crossTenant('count reports', db, (any) =>
        any
          .selectFrom('reports')
          .select(['state', sql<number>`count(*)`.as('count')])
          .groupBy('state')
          .execute(),
      )
      const counts: Record<ReportStatus['state'], number> = {
        ...{ none: 0, waiting: 0, partial: 0, final: 0, final_with_gaps: 0, unavailable: 0 },
      }
      for (const { state, count } of rows) counts[state] = Number(count)
      return counts
    },
  }
}

/** Null when the meeting is gone meanwhile. */
async function dueOf({ db, vault }: Parts, row: Selectable<Tables['reports']>): Promise<DueReport | null> {
  const installationId = row.installation_id
  const meeting = await db
    .selectFrom('meetings')
    .selectAll()
    .where('installation_id', '=', installationId)
    .where('id', '=', row.meeting_id)
    .executeTakeFirst()
  if (!meeting || row.lease === null) return null
  const asker = await askerOf(db, installationId, meeting.host_member_id)
  if (!asker) return null
  return {
    installationId,
    gatheringId: meeting.gathering_id,
    meetingId: meeting.id,
    meetingUuid: meeting.uuid,
    number: meeting.number,
    kind: meeting.kind,
    startedAtMs: meeting.started_at_ms,
    endedAtMs: meeting.ended_at_ms,
    who: asker.who,
    account: asker.accountHash,
    host: meeting.host_hash ?? installationId,
    accountIs: (id) => asker.accountHash === vault.zoomHash('zoom_account', id),
    hostIs: (zoomUserId) =>
      meeting.host_hash === null ? null : meeting.host_hash === vault.zoomHash('zoom_user', zoomUserId),
    step: row.step,
    plannedFromMs: row.planned_from_ms,
    asked: row.asked,
    consentedAtMs: asker.consentedAtMs,
    failures: row.failures,
    scheduleAsked: meeting.schedule_asked,
    verified: row.verified,
    status: {
      state: row.state,
      reason: row.reason,
      zoomCode: row.zoom_code,
      gaps: row.gaps,
      fetchedAtMs: row.fetched_at_ms,
      source: row.source,
    },
    lease: row.lease,
  }
}
