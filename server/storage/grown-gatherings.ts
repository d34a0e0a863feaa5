import { sql } from 'kysely'
import { countAtOnce } from './head-counts.ts'
import type { Database } from './tenancy.ts'
import { notifyGrown } from './wakeups.ts'

/**
 * Gatherings that became others at `atMs` (epoch ms) without having grown: whoever shows one reads it anew, and their people are
 * counted again. `generation`: facts went, or are told of another meeting now, so folding begins anew. `rulings`: hosts said
 * something else of them.
 */
export async function tellChanged(
  trx: Database,
  installationId: string,
  { gatheringIds, by, atMs }: { gatheringIds: Iterable<string>; by: 'generation' | 'rulings'; atMs: number },
): Promise<void> {
  const grown = []
  // In everybody's order.
  for (const gatheringId of [...new Set(gatheringIds)].sort()) {
    const { version } = await trx
      .updateTable('gatherings')
      .set((eb) => ({
        version: sql<number>`version + 1`,
        [by]: sql<number>`${sql.ref(by)} + 1`,
        count_due_ms: countAtOnce(eb, atMs),
      }))
      .where('installation_id', '=', installationId)
      .where('id', '=', gatheringId)
      .returning('version')
      .executeTakeFirstOrThrow()
    grown.push({ installationId, gatheringId, version })
  }
  await notifyGrown(trx, grown)
}

/**
 * What is read beside the evidence of these gatherings changed, and nobody has to be counted anew: whoever shows one reads it
 * again. One statement for all, for there may be a year of them; the caller holds their rows.
 */
export async function tellReadAnew(
  trx: Database,
  installationId: string,
  gatheringIds: readonly string[],
): Promise<void> {
  if (gatheringIds.length === 0) return
  const grown = await trx
    .updateTable('gatherings')
    .set({ version: sql<number>`version + 1`, rulings: sql<number>`rulings + 1` })
    .where('installation_id', '=', installationId)
    .where('id', '=', sql<string>`any(${gatheringIds}::uuid[])`)
    .returning(['id', 'version'])
    .execute()
  await notifyGrown(
    trx,
    grown.map(({ id, version }) => ({ installationId, gatheringId: id, version })),
  )
}
