import { LeaseLost } from '../errors.ts'
import type { DueReport, GatheringNow } from '../reports/ports.ts'
import type { Database } from './tenancy.ts'

/** The gathering of a meeting, as it is made now. @throws LeaseLost when the meeting is gone */
export async function gatheringNow(
  db: Database,
  { installationId, meetingId }: Pick<DueReport, 'installationId' | 'meetingId'>,
): Promise<GatheringNow> {
  const meeting = await db
    .selectFrom('meetings')
    .select('gathering_id')
    .where('installation_id', '=', installationId)
    .where('id', '=', meetingId)
    .executeTakeFirst()
  if (!meeting) throw new LeaseLost('The meeting of a report was removed meanwhile.')
  const gatheringId = meeting.gathering_id
  return { gatheringId, meetingIds: await meetingsIn(db, installationId, gatheringId) }
}

/**
 * Whether a gathering is made of the same meetings still. Its row is held until the transaction ends, as joining and splitting
 * hold it at their end, after which they count who came anew.
 */
export async function isStill(
  trx: Database,
  installationId: string,
  { gatheringId, meetingIds }: GatheringNow,
): Promise<boolean> {
  await trx
    .selectFrom('gatherings')
    .select('id')
    .where('installation_id', '=', installationId)
    .where('id', '=', gatheringId)
    .forNoKeyUpdate()
    .execute()
  const now = await meetingsIn(trx, installationId, gatheringId)
  return now.length === meetingIds.length && now.every((id, index) => id === meetingIds[index])
}

async function meetingsIn(db: Database, installationId: string, gatheringId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('meetings')
    .select('id')
    .where('installation_id', '=', installationId)
    .where('gathering_id', '=', gatheringId)
    .orderBy('id')
    .execute()
  return rows.map(({ id }) => id)
}
