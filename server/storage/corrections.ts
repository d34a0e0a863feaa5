import { sql } from 'kysely'
import type { MemberViewer, Viewer } from '../access/viewer.ts'
import type { AuditEntry } from '../audit/ports.ts'
import type { Corrections } from '../rosters/host-ports.ts'
import { appendLine } from './audit.ts'
import {
  keysOf,
  meetingOf,
  openCorrections,
  sealCorrection,
  toRecord,
  type CorrectionRow,
  type Said,
} from './correction-records.ts'
import { tellChanged } from './grown-gatherings.ts'
import type { Parts } from './parts.ts'
import { isUuid } from './parts.ts'
import type { Database } from './tenancy.ts'
import { holdWhatHostsSaid } from './what-hosts-said.ts'

/** What hosts said about people, by the connections of meetings they named. */
export function createCorrections(parts: Parts): Corrections {
  const { db } = parts

  return {
    async of(viewer, gatheringId) {
      if (!isUuid(gatheringId)) return []
      const { installationId } = viewer
      const rows = await rowsOf(db, viewer, gatheringId).execute()
      const real = await standIns(db, viewer, gatheringId)
      const opened = await openCorrections(parts, installationId, rows)
      return opened.map((said) => toRecord(said.row, asOf(said, real)))
    },

    make: (viewer, gatheringId, { act, also, learned, atMs, most }) =>
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
        if (named.length === 0 || meetings.length < named.length) return 'conflict'
        if ((await countOf(trx, viewer, gatheringId)) >= most) return 'full'
        const row: CorrectionRow = {
          ...{ installation_id: installationId, seq, kind: act.kind, member_id: memberId, at_ms: atMs },
          sealed: await sealCorrection(parts, trx, { installationId, seq }, { act, also, learned }),
          ...{ undone_at_ms: null, undone_by: null },
        }
        await trx.insertInto('corrections').values(row).execute()
        // Taken apart again, a meeting a file told of takes along what was said of its rows.
        const isOfFile = [...keysOf(act), ...also.flat()].some((key) => key.includes('|l:'))
        const filed = isOfFile ? await standIns(trx, viewer, gatheringId) : new Map<string, string>()
        const about = [
          ...named,
          ...[...filed].filter(([, real]) => named.includes(real)).map(([uuid]) => uuid),
        ]
        await trx
          .insertInto('correction_meetings')
          .values(about.map((uuid) => ({ installation_id: installationId, meeting_uuid: uuid, seq })))
          .execute()
        await told(trx, viewer, 'correction_made', gatheringId, row, atMs)
        return toRecord(row, { act, also })
      }),

    setUndone: (viewer, gatheringId, { seq, undone, atMs }) =>
      db.transaction().execute(async (trx) => {
        if (!isUuid(gatheringId) || !Number.isSafeInteger(seq)) return null
        const { installationId, memberId } = viewer
        await holdWhatHostsSaid(trx, installationId)
        const found = await rowsOf(trx, viewer, gatheringId).where('seq', '=', seq).execute()
        const [known] = await openCorrections(parts, installationId, found, trx)
        if (!known) return null
        const said = asOf(known, await standIns(trx, viewer, gatheringId))
        const { row } = known
        if ((row.undone_at_ms !== null) === undone)
          return { outcome: 'already' as const, record: toRecord(row, said) }
        const now = { undone_at_ms: undone ? atMs : null, undone_by: undone ? memberId : null }
        await trx
          .updateTable('corrections')
          .set(now)
          .where('installation_id', '=', installationId)
          .where('seq', '=', seq)
          .execute()
        await told(trx, viewer, undone ? 'correction_undone' : 'correction_redone', gatheringId, row, atMs)
        return { outcome: 'done' as const, record: toRecord({ ...row, ...now }, said) }
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
      return (await openCorrections(parts, installationId, rows)).flatMap(({ learned }) => learned)
    },
  }
}

async function countOf(trx: Database, viewer: Viewer, gatheringId: string): Promise<number> {
  const { made } = await rowsOf(trx, viewer, gatheringId)
    .clearSelect()
    .clearOrderBy()
    .select((eb) => eb.fn.countAll<number>().as('made'))
    .executeTakeFirstOrThrow()
  return Number(made)
}

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

function asOf({ act, also }: Said, real: ReadonlyMap<string, string>): Pick<Said, 'act' | 'also'> {
  if (real.size === 0) return { act, also }
  const now = (key: string): string => {
    const uuid = real.get(meetingOf(key))
    return uuid === undefined ? key : uuid + key.slice(key.indexOf('|'))
  }
  return {
    act:
      'connections' in act
        ? { ...act, connections: act.connections.map(now) }
        : { ...act, connection: now(act.connection) },
    also: also?.map((keys) => keys.map(now)),
  }
}

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
    .execute()
  const gatheringIds = touched.map((one) => one.gathering_id)
  await tellChanged(trx, installationId, { gatheringIds, by: 'rulings', atMs })
  const detail = { seq, kind }
  await appendLine(trx, { installationId, actorMemberId: memberId, act, gatheringId, atMs, detail })
}
