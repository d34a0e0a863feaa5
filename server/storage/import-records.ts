import type { Selectable } from 'kysely'
import type { ImportRecord } from '../imports/ports.ts'
import type { Parts } from './parts.ts'
import { open } from './sealing/index.ts'
import type { Tables } from './tables.ts'

/** What the name of an imported file is sealed for. */
export const namePlace = (installationId: string, rowId: string) => ({
  installationId,
  table: 'imports',
  rowId,
})

/** Imports as rows, each with its name opened and the gatherings its facts lie in, by their start. */
export async function recordsOf(
  { db, vault }: Parts,
  installationId: string,
  rows: Selectable<Tables['imports']>[],
): Promise<ImportRecord[]> {
  if (rows.length === 0) return []
  const told = await db
    .selectFrom('evidence')
    .innerJoin('meetings', (join) =>
      join
        .onRef('meetings.installation_id', '=', 'evidence.installation_id')
        .onRef('meetings.id', '=', 'evidence.meeting_id'),
    )
    .select(['evidence.import_id', 'meetings.gathering_id', 'meetings.started_at_ms'])
    .distinct()
    .where('evidence.installation_id', '=', installationId)
    .where(
      'evidence.import_id',
      'in',
      rows.map(({ id }) => id),
    )
    .orderBy('meetings.started_at_ms')
    .execute()
  const { data } = await vault.keysOf(installationId)
  return rows.map((row) => ({
    name: row.name === null ? null : open(data, namePlace(installationId, row.id), row.name).toString('utf8'),
    ...{ id: row.id, importedAtMs: row.imported_at_ms, state: row.state, undoneAtMs: row.undone_at_ms },
    ...{ memberId: row.member_id, rows: row.rows },
    gatheringIds: [
      ...new Set(told.filter(({ import_id }) => import_id === row.id).map((one) => one.gathering_id)),
    ],
  }))
}
