import { randomUUID } from 'node:crypto'
import type { PolicyAnswer, PolicyPart, PolicyScope } from '../../shared/wire/index.ts'
import type { Viewer } from '../access/viewer.ts'
import type { Policies } from '../rosters/host-ports.ts'
import { appendLine } from './audit.ts'
import { tellReadAnew } from './grown-gatherings.ts'
import type { Parts } from './parts.ts'
import { isUuid } from './parts.ts'
import { hangOn, ownKeyOf } from './policy-meetings.ts'
import { openJson, sealJson } from './sealing/index.ts'
import type { Database } from './tenancy.ts'
import { holdWhatHostsSaid } from './what-hosts-said.ts'
import { notifyGrown } from './wakeups.ts'

/** Lists older than what is kept are nobody's any more: 13 months. */
const CONCERNED_MS = 396 * 86_400_000

/**
 * What lists are judged by: one sealed part a scope. Those of a gathering hang on its meetings (`policy_meetings`), so joining,
 * taking apart and making gatherings anew moves nothing here.
 */
export function createPolicies({ db, vault }: Parts): Policies {
  return {
    of: (viewer, gatheringId) => partsOf(db, viewer, gatheringId),

    set: (viewer, gatheringId, { scope, part, mayReplace, atMs }) =>
      db.transaction().execute(async (trx) => {
        const { installationId, memberId } = viewer
        // Nobody else changes a part between reading it and replacing it.
        await holdWhatHostsSaid(trx, installationId)
        const number = scope === 'number' ? await numberOf(trx, viewer, gatheringId) : null
        if (scope === 'number' && number === null) return 'conflict'
        if (!mayReplace((await partsOf(trx, viewer, gatheringId))[scope] ?? {})) return 'changed'
        const key = { installation: '', number: number ?? '', gathering: randomUUID() }[scope]
        const { data } = await vault.keysOf(installationId, trx)
        const sealed = sealJson(data, policyPlace(installationId, scope, key), part)
        await trx
          .insertInto('policies')
          .values({ installation_id: installationId, scope, scope_key: key, sealed, at_ms: atMs })
          .onConflict((conflict) =>
            conflict.columns(['installation_id', 'scope', 'scope_key']).doUpdateSet({ sealed, at_ms: atMs }),
          )
          .execute()
        if (scope === 'gathering') await hangOn(trx, viewer, gatheringId, key)
        await tellConcerned(trx, viewer, { scope, number, gatheringId, atMs })
        await appendLine(trx, {
          ...{ installationId, actorMemberId: memberId, act: 'policy_changed', gatheringId, atMs },
          detail: { scope, rules: Object.keys(part).sort() },
        })
        return 'done'
      }),

    judgedAnew: ({ installationId }, gatheringId, version) =>
      db.transaction().execute(async (trx) => {
        const raised = await trx
          .updateTable('gatherings')
          .set({ version: version + 1 })
          .where('installation_id', '=', installationId)
          .where('id', '=', gatheringId)
          // Of several processes that notice it, one tells all.
          .where('version', '=', version)
          .executeTakeFirst()
        if (raised.numUpdatedRows > 0n)
          await notifyGrown(trx, [{ installationId, gatheringId, version: version + 1 }])
      }),
  }

  async function partsOf(
    from: Database,
    viewer: Viewer,
    gatheringId: string,
  ): Promise<PolicyAnswer['parts']> {
    if (!isUuid(gatheringId)) return { installation: {}, number: null, gathering: {} }
    const number = await numberOf(from, viewer, gatheringId)
    const { installationId } = viewer
    const rows = await from
      .selectFrom('policies')
      .select(['scope', 'scope_key', 'sealed'])
      .where('installation_id', '=', installationId)
      .where((eb) =>
        eb.or([
          eb('scope', '=', 'installation'),
          eb.and([eb('scope', '=', 'number'), eb('scope_key', '=', number ?? '')]),
          eb.and([eb('scope', '=', 'gathering'), eb('scope_key', 'in', ownKeyOf(from, viewer, gatheringId))]),
        ]),
      )
      .execute()
    const data = rows.length === 0 ? null : (await vault.keysOf(installationId, from)).data
    const partOf = (scope: PolicyScope): PolicyPart => {
      const row = rows.find((one) => one.scope === scope)
      if (!row || data === null) return {}
      return openJson(data, policyPlace(installationId, scope, row.scope_key), row.sealed) as PolicyPart
    }
    return {
      installation: partOf('installation'),
      number: number === null ? null : partOf('number'),
      gathering: partOf('gathering'),
    }
  }
}

const policyPlace = (installationId: string, scope: PolicyScope, key: string) => ({
  installationId,
  table: 'policies',
  rowId: `${scope}/${key}`,
})

/** The number of the gathering's latest meeting: what it is shown under. */
async function numberOf(
  db: Database,
  { installationId }: Viewer,
  gatheringId: string,
): Promise<string | null> {
  if (!isUuid(gatheringId)) return null
  const rows = await db
    .selectFrom('meetings')
    .select('number')
    .where('installation_id', '=', installationId)
    .where('gathering_id', '=', gatheringId)
    .orderBy('created_at_ms')
    .execute()
  return rows.at(-1)?.number ?? null
}

/** Whoever shows one of the gatherings it is about reads it anew. */
async function tellConcerned(
  trx: Database,
  { installationId }: Viewer,
  about: { scope: PolicyScope; number: string | null; gatheringId: string; atMs: number },
): Promise<void> {
  const { scope, number, gatheringId, atMs } = about
  const concerned = await trx
    .selectFrom('gatherings as g')
    .select('g.id')
    .where('g.installation_id', '=', installationId)
    .where('g.id', 'in', (eb) => {
      let ids = eb
        .selectFrom('meetings as m')
        .select('m.gathering_id')
        .where('m.installation_id', '=', installationId)
      if (scope === 'gathering') ids = ids.where('m.gathering_id', '=', gatheringId)
      else ids = ids.where('m.created_at_ms', '>=', atMs - CONCERNED_MS)
      if (scope === 'number') ids = ids.where('m.number', '=', number)
      return ids
    })
    // Evidence of several gatherings locks them in this order, too.
    .orderBy('g.id')
    .forNoKeyUpdate()
    .execute()
  await tellReadAnew(
    trx,
    installationId,
    concerned.map(({ id }) => id),
  )
}
