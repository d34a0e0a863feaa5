import type { Selectable } from 'kysely'
import { sql } from 'kysely'
import type { CorrectionAct } from '../../shared/wire/index.ts'
import type { MemberViewer, Viewer } from '../access/viewer.ts'
import type { AuditEntry } from '../audit/ports.ts'
import type { CorrectionRecord, Corrections, LearnedAlias } from '../rosters/host-ports.ts'
import { appendLine } from './audit.ts'
import { countAtOnce } from './head-counts.ts'
import type { Parts } from './parts.ts'
import { isUuid } from './parts.ts'
import { openJson, sealJson } from './sealing/index.ts'
import type { Tables } from './tables.ts'
import type { Database } from './tenancy.ts'
import { notifyGrown } from './wakeups.ts'

type CorrectionRow = Selectable<Tables['corrections']>

/** What a correction says, and what can be learned from it; both name people. */
interface Sealed {
  act: CorrectionAct
  learned: LearnedAlias[]
}

/** What hosts said about people, by the connections of meetings they named. */
export function createCorrections(parts: Parts): Corrections {
  const { db, vault } = parts

  async function open(
    installationId: string,
    rows: CorrectionRow[],
    trx?: Database,
  ): Promise<(Sealed & { row: CorrectionRow })[]> {
    if (rows.length === 0) return []
    const { data } = await vault.keysOf(installationId, trx)
    return rows.map((row) => ({
      ...(openJson(data, correctionPlace(installationId, row.seq), row.sealed) as Sealed),
      row,
    }))
  }

  return {
    async of(viewer, gatheringId) {
      if (!isUuid(gatheringId)) return []
      const { installationId } = viewer
      const rows = await rowsOf(db, viewer, gatheringId).execute()
      const real = await standIns(db, viewer, gatheringId)
      return (await open(installationId, rows)).map(({ row, act }) => toRecord(row, asOf(act, real)))
    },

    make: (viewer, gatheringId, { act, learned, atMs }) =>
      db.transaction().execute(async (trx) => {
        const { installationId, memberId } = viewer
        // Whoever comes second waits here, so numbers are in the order of commits.
        const { corrections_made: seq } = await trx
          .updateTable('installations')
          .set({ corrections_made: sql<number>`corrections_made + 1` })
          .where('id', '=', installationId)
          .returning('corrections_made')
          .executeTakeFirstOrThrow()
        const named = [...new Set(keysOf(act).map(meetingOf))].sort()
        const meetings = await trx
          .selectFrom('meetings')
          .select('uuid')
          .where('installation_id', '=', installationId)
          .where('gathering_id', '=', gatheringId)
          .where('uuid', 'in', named)
          .orderBy('uuid')
          // Until it is kept, nobody moves them into another gathering.
          .forNoKeyUpdate()
          .execute()
        // The number is given out and used by nobody; it only has to grow.
        if (named.length === 0 || meetings.length < named.length) return null
        const { data } = await vault.keysOf(installationId, trx)
        const row: CorrectionRow = {
          ...{ installation_id: installationId, seq, kind: act.kind, member_id: memberId, at_ms: atMs },
          sealed: sealJson(data, correctionPlace(installationId, seq), { act, learned }),
          ...{ undone_at_ms: null, undone_by: null },
        }
        await trx.insertInto('corrections').values(row).execute()
        await trx
          .insertInto('correction_meetings')
          .values(named.map((uuid) => ({ installation_id: installationId, meeting_uuid: uuid, seq })))
          .execute()
        await told(trx, viewer, 'correction_made', gatheringId, row, atMs)
        return toRecord(row, act)
      }),

    setUndone: (viewer, gatheringId, { seq, undone, atMs }) =>
      db.transaction().execute(async (trx) => {
        if (!isUuid(gatheringId) || !Number.isSafeInteger(seq)) return null
        const { installationId, memberId } = viewer
        const found = await rowsOf(trx, viewer, gatheringId).where('seq', '=', seq).forUpdate().execute()
        const [known] = await open(installationId, found, trx)
        if (!known) return null
        const act = asOf(known.act, await standIns(trx, viewer, gatheringId))
        const { row } = known
        if ((row.undone_at_ms !== null) === undone)
          return { outcome: 'already' as const, record: toRecord(row, act) }
        const now = { undone_at_ms: undone ? atMs : null, undone_by: undone ? memberId : null }
        await trx
          .updateTable('corrections')
          .set(now)
          .where('installation_id', '=', installationId)
          .where('seq', '=', seq)
          .execute()
        await told(trx, viewer, undone ? 'correction_undone' : 'correction_redone', gatheringId, row, atMs)
        return { outcome: 'done' as const, record: toRecord({ ...row, ...now }, act) }
      }),

    async learned(viewer, gatheringId, limit) {
      if (!isUuid(gatheringId)) return []
      const { installationId } = viewer
      const rows = await db
        .selectFrom('corrections')
        .selectAll()
        .where('installation_id', '=', installationId)
        .where('kind', 'in', ['merge', 'rename'])
        .where('undone_at_ms', 'is', null)
        .where('seq', 'in', (eb) =>
          eb
            .selectFrom('correction_meetings as c')
            .innerJoin('meetings as m', (join) =>
              join
                .onRef('m.installation_id', '=', 'c.installation_id')
                .onRef('m.uuid', '=', 'c.meeting_uuid'),
            )
            .innerJoin('meetings as own', (join) =>
              join
                .onRef('own.installation_id', '=', 'm.installation_id')
                .onRef('own.number', '=', 'm.number'),
            )
            .select('c.seq')
            .where('c.installation_id', '=', installationId)
            .where('own.gathering_id', '=', gatheringId)
            .where('m.gathering_id', '!=', gatheringId),
        )
        .orderBy('seq', 'desc')
        .limit(limit)
        .execute()
      return (await open(installationId, rows)).flatMap(({ learned }) => learned)
    },
  }
}

/** Where what a correction says is sealed. */
const correctionPlace = (installationId: string, seq: number) => ({
  installationId,
  table: 'corrections',
  rowId: String(seq),
})

/** Corrections of meetings that are gone with the file that told of them go, too: nothing of it stays. */
export async function forgetUnplaced(trx: Database, installationId: string): Promise<void> {
  await trx
    .deleteFrom('correction_meetings')
    .where('installation_id', '=', installationId)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('meetings as m')
            .select('m.id')
            .where('m.installation_id', '=', installationId)
            .whereRef('m.uuid', '=', 'correction_meetings.meeting_uuid'),
        ),
      ),
    )
    .execute()
  await trx
    .deleteFrom('corrections')
    .where('installation_id', '=', installationId)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('correction_meetings as c')
            .select('c.seq')
            .where('c.installation_id', '=', installationId)
            .whereRef('c.seq', '=', 'corrections.seq'),
        ),
      ),
    )
    .execute()
}

/** The keys of connections a correction names. */
const keysOf = (act: CorrectionAct): readonly string[] =>
  'connections' in act ? act.connections : [act.connection]

/** A key begins with the UUID of its meeting. */
const meetingOf = (key: string): string => key.slice(0, Math.max(0, key.indexOf('|')))

function rowsOf(db: Database, { installationId }: Viewer, gatheringId: string) {
  return db
    .selectFrom('corrections')
    .selectAll()
    .where('installation_id', '=', installationId)
    .where('seq', 'in', (eb) =>
      eb
        .selectFrom('correction_meetings as c')
        .innerJoin('meetings as m', (join) =>
          join.onRef('m.installation_id', '=', 'c.installation_id').onRef('m.uuid', '=', 'c.meeting_uuid'),
        )
        .select('c.seq')
        .where('c.installation_id', '=', installationId)
        .where('m.gathering_id', '=', gatheringId),
    )
    .orderBy('seq')
}

/** Meetings that files told of, each with the one of the same gathering whose facts theirs are read as. */
async function standIns(
  db: Database,
  { installationId }: Viewer,
  gatheringId: string,
): Promise<Map<string, string>> {
  const rows = await db
    .selectFrom('meetings as m')
    .innerJoin('meetings as real', (join) =>
      join
        .onRef('real.installation_id', '=', 'm.installation_id')
        .onRef('real.id', '=', 'm.stands_for')
        .onRef('real.gathering_id', '=', 'm.gathering_id'),
    )
    .select(['m.uuid', 'real.uuid as real_uuid'])
    .where('m.installation_id', '=', installationId)
    .where('m.gathering_id', '=', gatheringId)
    .execute()
  return new Map(rows.map((row) => [row.uuid, row.real_uuid]))
}

function asOf(act: CorrectionAct, real: ReadonlyMap<string, string>): CorrectionAct {
  if (real.size === 0) return act
  const now = (key: string): string => {
    const uuid = real.get(meetingOf(key))
    return uuid === undefined ? key : uuid + key.slice(key.indexOf('|'))
  }
  return 'connections' in act
    ? { ...act, connections: act.connections.map(now) }
    : { ...act, connection: now(act.connection) }
}

const toRecord = (row: CorrectionRow, act: CorrectionAct): CorrectionRecord => ({
  ...{ seq: row.seq, act, memberId: row.member_id, atMs: row.at_ms, undone: row.undone_at_ms !== null },
})

/** Whoever shows the gatherings it touches reads anew, their people are counted again, and the log has a line. */
async function told(
  trx: Database,
  { installationId, memberId }: MemberViewer,
  act: AuditEntry['act'],
  gatheringId: string,
  { seq, kind }: CorrectionRow,
  atMs: number,
): Promise<void> {
  const touched = await trx
    .selectFrom('correction_meetings as c')
    .innerJoin('meetings as m', (join) =>
      join.onRef('m.installation_id', '=', 'c.installation_id').onRef('m.uuid', '=', 'c.meeting_uuid'),
    )
    .select('m.gathering_id')
    .distinct()
    .where('c.installation_id', '=', installationId)
    .where('c.seq', '=', seq)
    .orderBy('m.gathering_id')
    .execute()
  const grown = []
  for (const { gathering_id: id } of touched) {
    const { version } = await trx
      .updateTable('gatherings')
      .set((eb) => ({
        version: sql<number>`version + 1`,
        rulings: sql<number>`rulings + 1`,
        count_due_ms: countAtOnce(eb, atMs),
      }))
      .where('installation_id', '=', installationId)
      .where('id', '=', id)
      .returning('version')
      .executeTakeFirstOrThrow()
    grown.push({ installationId, gatheringId: id, version })
  }
  await notifyGrown(trx, grown)
  const detail = { seq, kind }
  await appendLine(trx, { installationId, actorMemberId: memberId, act, gatheringId, atMs, detail })
}
