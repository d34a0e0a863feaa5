import { createHash } from 'node:crypto'
import type { Selectable } from 'kysely'
import { RollbookError } from '../errors.ts'
import type { BegunImport, ImportRecord } from '../imports/ports.ts'
import type { Parts } from './parts.ts'
import { open } from './sealing/index.ts'
import type { Tables } from './tables.ts'
import type { Database } from './tenancy.ts'

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

/**
 * Locks an import under way.
 *
 * @throws RollbookError conflict when it was undone, or begun with another reading, meanwhile
 */
export async function lockBegun(
  trx: Database,
  installationId: string,
  { id, reading }: BegunImport,
  lock: 'forShare' | 'forNoKeyUpdate',
): Promise<void> {
  const row = await trx
    .selectFrom('imports')
    .select(['state', 'reading'])
    .where('installation_id', '=', installationId)
    .where('id', '=', id)
    [lock]()
    .executeTakeFirst()
  if (row && row.state !== 'undone' && row.reading === digestOf(reading)) return
  throw new RollbookError(
    'conflict',
    'This import was undone, or begun with other answers, while it ran. Import the file again if that was not meant.',
  )
}

/** What an import keeps of its reading: enough to know it again. */
export const digestOf = (reading: string): string => createHash('sha256').update(reading).digest('hex')
