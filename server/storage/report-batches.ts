import { randomUUID } from 'node:crypto'
import type { Selectable } from 'kysely'
import { LeaseLost } from '../errors.ts'
import type { Batch, DueReport, Reports } from '../reports/ports.ts'
import type { Parts } from './parts.ts'
import type { InstallationKeys } from './sealing/index.ts'
import { open, openJson, seal, sealJson } from './sealing/index.ts'
import type { Tables } from './tables.ts'
import type { Database } from './tenancy.ts'

type BatchPort = Pick<
  Reports,
  'openBatch' | 'addPage' | 'restartBatch' | 'pages' | 'keepTimes' | 'batchLike' | 'endBatch' | 'describe'
>

/**
 * Nothing is written for a meeting somebody else has taken meanwhile; holds its row until the transaction ends.
 *
 * @throws LeaseLost
 */
export async function holdLease(trx: Database, due: DueReport, untilMs: number | null): Promise<void> {
  const held = await trx
    .updateTable('reports')
    .set((eb) => ({ leased_until_ms: untilMs ?? eb.ref('leased_until_ms') }))
    .where('installation_id', '=', due.installationId)
    .where('meeting_id', '=', due.meetingId)
    .where('lease', '=', due.lease)
    .executeTakeFirst()
  if (held.numUpdatedRows === 0n) throw new LeaseLost('The report of a meeting was taken over meanwhile.')
}

/** Readings of official lists and their raw pages. Every change is made only by who holds the meeting's lease. */
export function createReportBatches({ db, vault }: Parts): BatchPort {
  const held = <Result>(
    due: DueReport,
    untilMs: number | null,
    work: (trx: Database, keys: InstallationKeys) => Promise<Result>,
  ): Promise<Result> =>
    db.transaction().execute(async (trx) => {
      await holdLease(trx, due, untilMs)
      return work(trx, await vault.keysOf(due.installationId, trx))
    })

  const dropPages = (trx: Database, { installationId }: DueReport, batchId: string) =>
    trx
      .deleteFrom('report_pages')
      .where('installation_id', '=', installationId)
      .where('batch_id', '=', batchId)
      .execute()

  const update = (trx: Database, { installationId }: DueReport, batchId: string) =>
    trx.updateTable('report_batches').where('installation_id', '=', installationId).where('id', '=', batchId)

  const openedBatch = (
    keys: InstallationKeys,
    { installationId }: DueReport,
    row: Selectable<Tables['report_batches']>,
  ): Batch => ({
    id: row.id,
    whole: row.outcome === 'whole',
    pages: row.pages,
    received: row.received,
    declared: row.declared,
    nextPageToken:
      row.next_page === null
        ? null
        : open(keys.data, tokenPlace(installationId, row.id), row.next_page).toString('utf8'),
  })

  return {
    openBatch: (due, source, { nowMs, resumableSinceMs }) =>
      held(due, null, async (trx, keys) => {
        const under = await trx
          .selectFrom('report_batches')
          .selectAll()
          .where('installation_id', '=', due.installationId)
          .where('meeting_id', '=', due.meetingId)
          .where('outcome', 'in', ['reading', 'whole'])
          .orderBy('created_at_ms', 'desc')
          .limit(1)
          .executeTakeFirst()
        const goesOn = under?.source === source && under.page_at_ms >= resumableSinceMs
        if (under && (under.outcome === 'whole' || goesOn)) {
          return openedBatch(keys, due, under)
        }
        if (under) {
          await update(trx, due, under.id).set({ outcome: 'given_up', next_page: null }).execute()
          await dropPages(trx, due, under.id)
        }
        const id = randomUUID()
        await trx
          .insertInto('report_batches')
          .values({
            ...{ installation_id: due.installationId, id, meeting_id: due.meetingId, source },
            outcome: 'reading',
            ...{ page_at_ms: nowMs, created_at_ms: nowMs },
          })
          .execute()
        return { id, whole: false, pages: 0, received: 0, declared: null, nextPageToken: null }
      }),

    addPage: (due, batch, page) =>
      held(due, page.holdUntilMs, async (trx, { data }) => {
        const { installationId } = due
        const token = page.nextPageToken
        await trx
          .insertInto('report_pages')
          .values({
            ...{ installation_id: installationId, batch_id: batch.id, ordinal: batch.pages },
            sealed: sealJson(data, pagePlace(installationId, batch.id, batch.pages), page.rows),
            recorded_at_ms: page.nowMs,
          })
          .execute()
        const next: Batch = {
          id: batch.id,
          whole: token === null,
          pages: batch.pages + 1,
          received: batch.received + page.rows.length,
          // A page that says nothing of it takes nothing back.
          declared: page.declared ?? batch.declared,
          nextPageToken: token,
        }
        await update(trx, due, batch.id)
          .set({
            outcome: next.whole ? 'whole' : 'reading',
            pages: next.pages,
            received: next.received,
            declared: next.declared,
            next_page:
              token === null ? null : seal(data, tokenPlace(installationId, batch.id), Buffer.from(token)),
            page_at_ms: page.nowMs,
          })
          .execute()
        return next
      }),

    restartBatch: (due, batch) =>
      held(due, null, async (trx) => {
        await dropPages(trx, due, batch.id)
        await update(trx, due, batch.id)
          .set({ pages: 0, received: 0, declared: null, next_page: null })
          .execute()
        return { id: batch.id, whole: false, pages: 0, received: 0, declared: null, nextPageToken: null }
      }),

    async *pages({ installationId }, batch) {
      const { data } = await vault.keysOf(installationId)
      for (let ordinal = 0; ordinal < batch.pages; ordinal++) {
        const { sealed } = await db
          .selectFrom('report_pages')
          .select('sealed')
          .where('installation_id', '=', installationId)
          .where('batch_id', '=', batch.id)
          .where('ordinal', '=', ordinal)
          .executeTakeFirstOrThrow()
        yield openJson(data, pagePlace(installationId, batch.id, ordinal), sealed) as unknown[]
      }
    },

    keepTimes: (due, batch, { startedAtMs, endedAtMs, readAtMs }) =>
      held(due, null, async (trx) => {
        await update(trx, due, batch.id)
          .set({
            ...{ fit_started_at_ms: startedAtMs, fit_ended_at_ms: endedAtMs, fit_read_at_ms: readAtMs },
          })
          .where('fit_read_at_ms', 'is', null)
          .execute()
        const kept = await trx
          .selectFrom('report_batches')
          .select(['fit_started_at_ms', 'fit_ended_at_ms', 'fit_read_at_ms'])
          .where('installation_id', '=', due.installationId)
          .where('id', '=', batch.id)
          .executeTakeFirstOrThrow()
        return {
          startedAtMs: kept.fit_started_at_ms,
          endedAtMs: kept.fit_ended_at_ms,
          readAtMs: kept.fit_read_at_ms ?? readAtMs,
        }
      }),

    async batchLike({ installationId, meetingId }, digest) {
      const like = await db
        .selectFrom('report_batches')
        .select('id')
        .where('installation_id', '=', installationId)
        .where('meeting_id', '=', meetingId)
        .where('outcome', '=', 'sealed')
        .where('digest', '=', digest)
        .orderBy('created_at_ms')
        .limit(1)
        .executeTakeFirst()
      return like?.id ?? null
    },

    endBatch: (due, batch, end) =>
      held(due, null, async (trx) => {
        const said = 'digest' in end ? { digest: end.digest, same_as: end.sameAs, refusal: end.refusal } : {}
        await update(trx, due, batch.id)
          .set({
            ...{ outcome: end.outcome, unusable: end.unusable, corrected: end.corrected },
            ...{ next_page: null, ...said },
          })
          .execute()
        if (end.outcome !== 'sealed') await dropPages(trx, due, batch.id)
      }),

    async describe({ installationId }, batchId) {
      const told = await db
        .selectFrom('report_batches')
        .select(['unusable', 'corrected', 'source'])
        .where('installation_id', '=', installationId)
        .where('id', '=', batchId)
        .executeTakeFirst()
      return told ?? null
    },
  }
}

const pagePlace = (installationId: string, batchId: string, ordinal: number) => ({
  installationId,
  table: 'report_pages',
  rowId: `${batchId}/${ordinal}`,
})

const tokenPlace = (installationId: string, batchId: string) => ({
  installationId,
  table: 'report_batches',
  rowId: batchId,
})
