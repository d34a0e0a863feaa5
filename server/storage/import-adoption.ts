import { sql } from 'kysely'
import { appendLine } from './audit.ts'
import { tellChanged } from './grown-gatherings.ts'
import type { Parts } from './parts.ts'
import { movePeople } from './people-moves.ts'
import type { Database } from './tenancy.ts'
import { crossTenant } from './tenancy.ts'

/** As for a file that is imported into a known meeting. */
const NEAR_MS = 15 * 60_000
const AT_ONCE = 50

interface Pair {
  installation_id: string
  imported_id: string
  real_id: string
}

/**
 * A meeting only files told of, and one of the same number and time that Zoom or a panel told of since, are one: the files'
 * facts are read as facts of the other from now on, in its gathering. The host can take them apart, and then they stay so.
 */
export async function adoptImports(parts: Parts): Promise<number> {
  const { rows } = await crossTenant('adopt imports', parts.db, (any) =>
    sql<Pair>`
      select distinct on (i.installation_id, i.id) i.installation_id, i.id as imported_id, r.id as real_id
      from meetings i
      join meetings r on r.installation_id = i.installation_id and r.number = i.number and r.uuid not like 'import:%'
        and (r.started_at_ms is not null or r.capture = 'panel_only')
      where i.uuid like 'import:%' and i.stands_for is null and i.started_at_ms is not null
        and (abs(r.started_at_ms - i.started_at_ms) <= ${NEAR_MS}::bigint
          -- A panel cannot tell when the meeting began, only that it is on.
          or (r.started_at_ms is null
            and r.created_at_ms between i.started_at_ms - ${NEAR_MS}::bigint and i.ended_at_ms)
          or (r.started_at_ms < i.ended_at_ms and i.started_at_ms < r.ended_at_ms))
        and not exists (
          select from kept_apart k where k.installation_id = i.installation_id
            and k.one_id = least(i.gathering_id, r.gathering_id) and k.other_id = greatest(i.gathering_id, r.gathering_id))
      order by i.installation_id, i.id, abs(coalesce(r.started_at_ms, r.created_at_ms) - i.started_at_ms), r.id
      limit ${AT_ONCE}`.execute(any),
  )
  let adopted = 0
  for (const pair of rows) {
    if (await parts.db.transaction().execute((trx) => adopt(parts, trx, pair))) adopted++
  }
  return adopted
}

async function adopt(
  { clock }: Parts,
  trx: Database,
  { installation_id: installationId, imported_id, real_id }: Pair,
): Promise<boolean> {
  const meetings = await trx
    .selectFrom('meetings')
    .selectAll()
    .where('installation_id', '=', installationId)
    .where('id', 'in', [imported_id, real_id])
    .orderBy('uuid')
    .forNoKeyUpdate()
    .execute()
  const imported = meetings.find(({ id }) => id === imported_id)
  const real = meetings.find(({ id }) => id === real_id)
  if (!imported || !real || imported.stands_for !== null) return false
  const { gathering_id: from } = imported
  const { gathering_id: to } = real
  const atMs = clock()
  await trx
    .updateTable('meetings')
    .set({
      stands_for: real.id,
      gathering_id: to,
      ...(from === to ? {} : { home_gathering_id: imported.home_gathering_id ?? from }),
    })
    .where('installation_id', '=', installationId)
    .where('id', '=', imported.id)
    .execute()
  if (from !== to) await movePeople(trx, installationId, { from, to, meetingUuid: imported.uuid })
  await renameAnchors(trx, installationId, to, imported.uuid, real.uuid)
  await tellChanged(trx, installationId, { gatheringIds: [from, to], by: 'generation', atMs })
  await appendLine(trx, {
    ...{ installationId, actorMemberId: null, act: 'import_adopted', gatheringId: to, atMs },
    detail: { otherId: from },
  })
  return true
}

/** People keep their ids: the connections they hang on are of the other meeting now. */
async function renameAnchors(
  trx: Database,
  installationId: string,
  gatheringId: string,
  fromUuid: string,
  toUuid: string,
): Promise<void> {
  const renamed = sql<string>`${toUuid}::text || substring(p.anchor_key from ${fromUuid.length + 1}::int)`
  await trx
    .updateTable('people as p')
    .set({ anchor_key: renamed })
    .where('p.installation_id', '=', installationId)
    .where('p.gathering_id', '=', gatheringId)
    .where(sql<boolean>`starts_with(p.anchor_key, ${`${fromUuid}|`})`)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('people as other')
            .select('other.id')
            .where('other.installation_id', '=', installationId)
            .where('other.gathering_id', '=', gatheringId)
            .whereRef('other.anchor_key', '=', renamed),
        ),
      ),
    )
    .execute()
}
