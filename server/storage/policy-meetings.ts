import { sql } from 'kysely'
import type { MemberViewer, Viewer } from '../access/viewer.ts'
import type { Database } from './tenancy.ts'

/**
 * Rules of one gathering hang on each of its meetings, so joining, taking apart and making gatherings anew moves nothing here.
 * Whoever changes them holds `holdWhatHostsSaid`.
 *
 * What counts in a gathering is what its first meeting has; without any, the earliest of the others.
 */
export function ownKeyOf(db: Database, { installationId }: Viewer, gatheringId: string) {
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

/** In the place of what each of the gathering's meetings had before, whoever leaves it takes them along. */
export async function hangOn(
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
