import { fileLines } from '../../shared/attendance/index.ts'
import type { BegunImport, ImportTarget } from '../imports/ports.ts'
import { isImported } from './import-facts.ts'
import { tellChanged } from './grown-gatherings.ts'
import type { Parts } from './parts.ts'
import type { Database } from './tenancy.ts'
import { carryWhatHostsSaid } from './what-hosts-said.ts'

/**
 * A meeting of a file is this one now. What hosts said of the ones it was before, by other answers, is said of this one, too.
 * Held: `holdWhatHostsSaid`, the import and the meeting.
 */
export async function settleMeeting(
  parts: Parts,
  trx: Database,
  installationId: string,
  { id, hash }: BegunImport,
  place: number,
  { meetingUuid: uuid, gatheringId }: Pick<ImportTarget, 'meetingUuid' | 'gatheringId'>,
): Promise<void> {
  const before = (await remembered(trx, installationId, id)).filter((one) => one.place === place)
  const others = before.filter((one) => one.uuid !== uuid)
  for (const { uuid: fromUuid } of others)
    await carryWhatHostsSaid(parts, trx, installationId, { fromUuid, toUuid: uuid, linesOf: fileLines(hash) })
  if (others.length > 0) {
    await trx
      .deleteFrom('import_meetings')
      .where('installation_id', '=', installationId)
      .where('import_id', '=', id)
      .where('place', '=', place)
      .where('meeting_uuid', '!=', uuid)
      .execute()
    await tellChanged(trx, installationId, {
      gatheringIds: [gatheringId],
      by: 'rulings',
      atMs: parts.clock(),
    })
  }
  await remember(trx, installationId, id, [{ place, uuid }])
}

/** While its meetings stand for others, what hosts say of them is said of those: they are to be known when it is read anew. */
export async function rememberStandIns(
  trx: Database,
  installationId: string,
  importId: string,
): Promise<void> {
  const known = await remembered(trx, installationId, importId)
  if (known.length === 0) return
  const real = await trx
    .selectFrom('meetings as m')
    .innerJoin('meetings as real', (join) =>
      join.onRef('real.installation_id', '=', 'm.installation_id').onRef('real.id', '=', 'm.stands_for'),
    )
    .select(['m.uuid', 'real.uuid as real_uuid'])
    .where('m.installation_id', '=', installationId)
    .where(
      'm.uuid',
      'in',
      known.map(({ uuid }) => uuid),
    )
    .execute()
  const realOf = new Map(real.map((row) => [row.uuid, row.real_uuid]))
  await remember(
    trx,
    installationId,
    importId,
    known.flatMap(({ place, uuid }) => {
      const now = realOf.get(uuid)
      return now === undefined ? [] : [{ place, uuid: now }]
    }),
  )
}

/**
 * The import is undone. Answers which of its meetings are gone for good: none that another file makes anew just now. `gone`:
 * went with its facts.
 */
export async function forgetMeetings(
  trx: Database,
  installationId: string,
  importId: string,
  gone: readonly string[],
): Promise<string[]> {
  const own = (await remembered(trx, installationId, importId)).map(({ uuid }) => uuid)
  await trx
    .deleteFrom('import_meetings')
    .where('installation_id', '=', installationId)
    .where('import_id', '=', importId)
    .execute()
  const uuids = [...new Set([...own, ...gone])]
  if (uuids.length === 0) return []
  const there = await trx
    .selectFrom('meetings')
    .select('uuid')
    .where('installation_id', '=', installationId)
    .where('uuid', 'in', uuids)
    .unionAll((eb) =>
      eb
        .selectFrom('import_meetings')
        .select('meeting_uuid as uuid')
        .where('installation_id', '=', installationId)
        .where('meeting_uuid', 'in', uuids),
    )
    .execute()
  const kept = new Set(there.map(({ uuid }) => uuid))
  return uuids.filter((uuid) => isImported(uuid) && !kept.has(uuid))
}

async function remembered(
  trx: Database,
  installationId: string,
  importId: string,
): Promise<{ place: number; uuid: string }[]> {
  const rows = await trx
    .selectFrom('import_meetings')
    .select(['place', 'meeting_uuid'])
    .where('installation_id', '=', installationId)
    .where('import_id', '=', importId)
    .orderBy('place')
    .orderBy('meeting_uuid')
    .execute()
  return rows.map((row) => ({ place: row.place, uuid: row.meeting_uuid }))
}

async function remember(
  trx: Database,
  installationId: string,
  importId: string,
  meetings: readonly { place: number; uuid: string }[],
): Promise<void> {
  if (meetings.length === 0) return
  await trx
    .insertInto('import_meetings')
    .values(
      meetings.map(({ place, uuid }) => ({
        ...{ installation_id: installationId, import_id: importId, place, meeting_uuid: uuid },
      })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}
