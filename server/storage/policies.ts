import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { PolicyPart, PolicyScope } from '../../shared/wire/index.ts'
import type { MemberViewer, Viewer } from '../access/viewer.ts'
import type { Policies } from '../rosters/host-ports.ts'
import { appendLine } from './audit.ts'
import type { Parts } from './parts.ts'
import { isUuid } from './parts.ts'
import { openJson, sealJson } from './sealing/index.ts'
import type { Database } from './tenancy.ts'
import { notifyGrown } from './wakeups.ts'

/** Lists older than what is kept are nobody's any more: 13 months. */
const CONCERNED_MS = 396 * 86_400_000

/**
 * What lists are judged by: one sealed part a scope. Those of a gathering hang on its meetings (`policy_meetings`), so joining,
 * taking apart and making gatherings anew moves nothing here.
 */
export function createPolicies({ db, vault }: Parts): Policies {
  return {
    async of(viewer, gatheringId) {
      if (!isUuid(gatheringId)) return { installation: {}, number: null, gathering: {} }
      const number = await numberOf(db, viewer, gatheringId)
      const { installationId } = viewer
      const rows = await db
        .selectFrom('policies')
        .select(['scope', 'scope_key', 'sealed'])
        .where('installation_id', '=', installationId)
        .where((eb) =>
          eb.or([
            eb('scope', '=', 'installation'),
            eb.and([eb('scope', '=', 'number'), eb('scope_key', '=', number ?? '')]),
            eb.and([eb('scope', '=', 'gathering'), eb('scope_key', 'in', ownKeyOf(db, viewer, gatheringId))]),
          ]),
        )
        .execute()
      const data = rows.length === 0 ? null : (await vault.keysOf(installationId)).data
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
    },

    set: (viewer, gatheringId, { scope, part, atMs }) =>
      db.transaction().execute(async (trx) => {
        const { installationId, memberId } = viewer
        // One at a time, or two that concern many gatherings could wait for each other.
        await trx
          .selectFrom('installations')
          .select('id')
          .where('id', '=', installationId)
          .forNoKeyUpdate()
          .executeTakeFirstOrThrow()
        const number = scope === 'number' ? await numberOf(trx, viewer, gatheringId) : null
        if (scope === 'number' && number === null) return 'conflict'
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
}

/**
 * The rules of a meeting that became another one: `copied` while it is there itself, else `moved`. What was set for the other
 * stays. The caller raises `rulings` of the gathering that has them now.
 */
export async function carryRules(
  trx: Database,
  installationId: string,
  { fromUuid, toUuid, way }: { fromUuid: string; toUuid: string; way: 'copied' | 'moved' },
): Promise<void> {
  await trx
    .insertInto('policy_meetings')
    .columns(['installation_id', 'meeting_uuid', 'scope_key'])
    .expression((eb) =>
      eb
        .selectFrom('policy_meetings')
        .select(['installation_id', sql<string>`${toUuid}::text`.as('meeting_uuid'), 'scope_key'])
        .where('installation_id', '=', installationId)
        .where('meeting_uuid', '=', fromUuid),
    )
    .onConflict((conflict) => conflict.columns(['installation_id', 'meeting_uuid']).doNothing())
    .execute()
  if (way === 'moved') await forgetRules(trx, installationId, [fromUuid])
}

/** The rules of meetings that are gone for good, with what they say once no meeting has them any more. */
export async function forgetRules(
  trx: Database,
  installationId: string,
  meetingUuids: readonly string[],
): Promise<void> {
  if (meetingUuids.length === 0) return
  const left = await trx
    .deleteFrom('policy_meetings')
    .where('installation_id', '=', installationId)
    .where('meeting_uuid', 'in', meetingUuids)
    .returning('scope_key')
    .execute()
  await forgetUnused(
    trx,
    installationId,
    left.map((row) => row.scope_key),
  )
}

async function forgetUnused(trx: Database, installationId: string, keys: readonly string[]): Promise<void> {
  if (keys.length === 0) return
  await trx
    .deleteFrom('policies')
    .where('installation_id', '=', installationId)
    .where('scope', '=', 'gathering')
    .where('scope_key', 'in', [...new Set(keys)])
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('policy_meetings as l')
            .select('l.meeting_uuid')
            .where('l.installation_id', '=', installationId)
            .whereRef('l.scope_key', '=', 'policies.scope_key'),
        ),
      ),
    )
    .execute()
}

/** In the place of what each of the gathering's meetings had before, whoever leaves it takes them along. */
async function hangOn(
  trx: Database,
  { installationId }: MemberViewer,
  gatheringId: string,
  key: string,
): Promise<void> {
  const meetings = await trx
    .selectFrom('meetings')
    .select('uuid')
    .where('installation_id', '=', installationId)
    .where('gathering_id', '=', gatheringId)
    .orderBy('uuid')
    // Until it is kept, nobody moves them into another gathering.
    .forNoKeyUpdate()
    .execute()
  const uuids = meetings.map(({ uuid }) => uuid)
  await forgetRules(trx, installationId, uuids)
  if (uuids.length === 0) return forgetUnused(trx, installationId, [key])
  await trx
    .insertInto('policy_meetings')
    .values(uuids.map((uuid) => ({ installation_id: installationId, meeting_uuid: uuid, scope_key: key })))
    .execute()
}

/** What counts in a gathering is what its first meeting has; without any, the earliest of the others. */
function ownKeyOf(db: Database, { installationId }: Viewer, gatheringId: string) {
  return db
    .selectFrom('policy_meetings as l')
    .innerJoin('meetings as m', (join) =>
      join.onRef('m.installation_id', '=', 'l.installation_id').onRef('m.uuid', '=', 'l.meeting_uuid'),
    )
    .select('l.scope_key')
    .where('l.installation_id', '=', installationId)
    .where('m.gathering_id', '=', gatheringId)
    .orderBy((eb) => eb('m.home_gathering_id', 'is not', null))
    .orderBy((eb) => eb.fn.coalesce('m.started_at_ms', 'm.created_at_ms'))
    .orderBy('m.uuid')
    .limit(1)
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
  if (concerned.length === 0) return
  const grown = await trx
    .updateTable('gatherings')
    .set({ version: sql<number>`version + 1`, rulings: sql<number>`rulings + 1` })
    .where('installation_id', '=', installationId)
    .where('id', '=', sql<string>`any(${concerned.map(({ id }) => id)}::uuid[])`)
    .returning(['id', 'version'])
    .execute()
  await notifyGrown(
    trx,
    grown.map(({ id, version }) => ({ installationId, gatheringId: id, version })),
  )
}
