import { sql } from 'kysely'
import { tellChanged } from './grown-gatherings.ts'
import type { MeetingRow } from './meetings.ts'
import type { Parts } from './parts.ts'
import { movePeople } from './people-moves.ts'
import type { Database } from './tenancy.ts'

/** Only files told of it. */
export const isImported = (uuid: string): boolean => uuid.startsWith('import:')

/**
 * Removes every fact of an import, and the meetings and gatherings that nothing else tells of; answers how many facts, and the
 * UUIDs of those meetings. Whoever handed a wrong file in wants it gone, not hidden: nothing of it stays, and handed in again it
 * is new. What hosts said is the caller's: a file that is only read anew keeps it. Held: `holdWhatHostsSaid` and the import.
 */
export async function takeBack(
  parts: Parts,
  trx: Database,
  installationId: string,
  importId: string,
): Promise<{ facts: number; gone: string[] }> {
  const told = trx
    .selectFrom('evidence')
    .select('meeting_id')
    .where('installation_id', '=', installationId)
    .where('import_id', '=', importId)
    .distinct()
    // A reading that broke off has made meetings it told nothing of.
    .union((eb) =>
      eb
        .selectFrom('import_meetings as i')
        .innerJoin('meetings as m', (join) =>
          join.onRef('m.installation_id', '=', 'i.installation_id').onRef('m.uuid', '=', 'i.meeting_uuid'),
        )
        .select('m.id as meeting_id')
        .where('i.installation_id', '=', installationId)
        .where('i.import_id', '=', importId),
    )
  // With all that share their gatherings, in everybody's order: some of these may have to move.
  const shared = await trx
    .selectFrom('meetings')
    .select(['id', 'uuid', 'gathering_id', 'home_gathering_id', 'learnt', 'capture'])
    .select(['started_at_ms', 'stands_for'])
    .where('installation_id', '=', installationId)
    .where('gathering_id', 'in', (eb) =>
      eb
        .selectFrom('meetings as own')
        .select('own.gathering_id')
        .where('own.installation_id', '=', installationId)
        .where('own.id', 'in', told),
    )
    .orderBy('uuid')
    .forUpdate()
    .execute()
  const toldIds = new Set((await told.execute()).map((row) => row.meeting_id))
  const meetings = shared.filter(({ id }) => toldIds.has(id))
  if (meetings.length === 0) return { facts: 0, gone: [] }
  // Evidence goes only after it was redacted: the database refuses anything else.
  await trx
    .updateTable('evidence')
    .set({ payload: null, email_hash: null, name_hashes: [] })
    .where('installation_id', '=', installationId)
    .where('import_id', '=', importId)
    .execute()
  const { numDeletedRows } = await trx
    .deleteFrom('evidence')
    .where('installation_id', '=', installationId)
    .where('import_id', '=', importId)
    .executeTakeFirst()
  const gatheringIds = new Set(meetings.map((row) => row.gathering_id))
  const gone = new Set<string>()
  for (const { id, uuid, gathering_id, home_gathering_id: home, learnt, capture } of meetings) {
    // What Zoom tells of it meanwhile is Zoom's.
    if (learnt !== null && capture === 'panel_only') await unlearn(trx, installationId, id, learnt)
    if (!isImported(uuid) || (await hasEvidence(trx, installationId, id))) continue
    await trx
      .deleteFrom('meetings')
      .where('installation_id', '=', installationId)
      .where('id', '=', id)
      .execute()
    gone.add(id)
    for (const gatheringId of [gathering_id, home ?? gathering_id])
      if (await removeIfEmpty(trx, installationId, gatheringId)) gatheringIds.delete(gatheringId)
  }
  for (const gatheringId of [...gatheringIds]) {
    const left = shared.filter((row) => row.gathering_id === gatheringId && !gone.has(row.id))
    const homeId = await leaveTogether(trx, installationId, gatheringId, left)
    if (homeId === null) continue
    gatheringIds.add(homeId)
    if (await removeIfEmpty(trx, installationId, gatheringId)) gatheringIds.delete(gatheringId)
  }
  await tellChanged(trx, installationId, { gatheringIds, by: 'generation', atMs: parts.clock() })
  return {
    facts: Number(numDeletedRows),
    gone: meetings.filter(({ id }) => gone.has(id)).map(({ uuid }) => uuid),
  }
}

type LeftMeeting = Pick<MeetingRow, 'id' | 'uuid' | 'home_gathering_id' | 'started_at_ms' | 'stands_for'>

/**
 * A gathering is known by the meeting it began with. When that one went, those that were joined to it go on together in the
 * gathering the first of them was born in; answers which. Null: the meeting it began with is still there, or nobody is.
 */
async function leaveTogether(
  trx: Database,
  installationId: string,
  gatheringId: string,
  left: readonly LeftMeeting[],
): Promise<string | null> {
  if (left.some((row) => row.home_gathering_id === null)) return null
  const [first] = [...left].sort(
    (a, b) =>
      Number(a.stands_for !== null) - Number(b.stands_for !== null) ||
      (a.started_at_ms ?? Infinity) - (b.started_at_ms ?? Infinity),
  )
  const homeId = first?.home_gathering_id ?? null
  if (homeId === null) return null
  for (const { id, uuid, home_gathering_id: own } of left) {
    await trx
      .updateTable('meetings')
      .set({ gathering_id: homeId, home_gathering_id: own === homeId ? null : own })
      .where('installation_id', '=', installationId)
      .where('id', '=', id)
      .execute()
    await movePeople(trx, installationId, { from: gatheringId, to: homeId, meetingUuid: uuid })
  }
  // Whoever watches either sees it grow.
  const before = trx
    .selectFrom('gatherings as before')
    .where('before.installation_id', '=', installationId)
    .where('before.id', '=', gatheringId)
  await trx
    .updateTable('gatherings')
    .set({
      version: sql<number>`greatest(version, ${before.select('before.version')})`,
      generation: sql<number>`greatest(generation, ${before.select('before.generation')})`,
    })
    .where('installation_id', '=', installationId)
    .where('id', '=', homeId)
    .execute()
  return homeId
}

/** A meeting forgets what it knows from files only, unless another file still tells of it. */
async function unlearn(
  trx: Database,
  installationId: string,
  meetingId: string,
  learnt: readonly string[],
): Promise<void> {
  if (await hasEvidence(trx, installationId, meetingId, 'import')) return
  await trx
    .updateTable('meetings')
    .set({
      learnt: null,
      ...(learnt.includes('topic') ? { topic: null } : {}),
      ...(learnt.includes('kind') ? { kind: 'unknown' as const } : {}),
      ...(learnt.includes('started_at_ms') ? { started_at_ms: null } : {}),
      ...(learnt.includes('ended_at_ms') ? { ended_at_ms: null } : {}),
    })
    .where('installation_id', '=', installationId)
    .where('id', '=', meetingId)
    .execute()
}

/** `by`: of that witness; of any when it is not given. */
async function hasEvidence(
  trx: Database,
  installationId: string,
  meetingId: string,
  by?: 'import',
): Promise<boolean> {
  let any = trx
    .selectFrom('evidence')
    .select('seq')
    .where('installation_id', '=', installationId)
    .where('meeting_id', '=', meetingId)
  if (by !== undefined) any = any.where('witness', '=', by)
  return (await any.limit(1).executeTakeFirst()) !== undefined
}

async function removeIfEmpty(trx: Database, installationId: string, gatheringId: string): Promise<boolean> {
  const { numDeletedRows } = await trx
    .deleteFrom('gatherings')
    .where('installation_id', '=', installationId)
    .where('id', '=', gatheringId)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('meetings')
            .select('id')
            .where('meetings.installation_id', '=', installationId)
            .where((eb) =>
              eb.or([
                eb('meetings.gathering_id', '=', gatheringId),
                eb('meetings.home_gathering_id', '=', gatheringId),
              ]),
            ),
        ),
      ),
    )
    .executeTakeFirst()
  return numDeletedRows > 0n
}
