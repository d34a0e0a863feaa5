import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { Imports, ImportTarget, KnownMeeting } from '../imports/ports.ts'
import { appendLine } from './audit.ts'
import { appendFacts } from './evidence.ts'
import { adoptImports } from './import-adoption.ts'
import { isImported, takeBack } from './import-facts.ts'
import { forgetMeetings, rememberStandIns, settleMeeting } from './import-meetings.ts'
import { digestOf, lockBegun, namePlace, recordsOf } from './import-records.ts'
import { openTopic, recordMention } from './meetings.ts'
import type { Parts } from './parts.ts'
import { isUuid } from './parts.ts'
import { seal } from './sealing/index.ts'
import type { Database } from './tenancy.ts'
import { notifyGrown } from './wakeups.ts'
import { forgetWhatHostsSaid, holdWhatHostsSaid } from './what-hosts-said.ts'

/** Meetings that go on for longer than this are not looked for by a time inside them. */
const LONGEST_MS = 48 * 3_600_000
/** More meetings than an installation has in the time of one file. */
const MOST_AROUND = 20_000

/** When a meeting began; of one only a panel saw, which cannot tell, when the panel first told of it. */
const firstKnownMs = sql<
  number | null
>`coalesce(started_at_ms, case when capture = 'panel_only' then created_at_ms end)`

/** Files that were handed in, and their facts among the evidence. What is undone is gone: `import-facts.ts`. */
export function createImports(parts: Parts): Imports {
  const { db, vault } = parts

  const fileKeyOf = async (installationId: string, hash: string, trx?: Database): Promise<string> =>
    (await vault.keysOf(installationId, trx)).factKey(`file ${hash}`)

  const rowOf = (trx: Database, installationId: string, importId: string) =>
    trx
      .selectFrom('imports')
      .selectAll()
      .where('installation_id', '=', installationId)
      .where('id', '=', importId)

  return {
    async around(installationId, fromMs, toMs) {
      if (!Number.isFinite(fromMs) || !Number.isFinite(toMs)) return []
      const rows = await db
        .selectFrom('meetings')
        .select(['id', 'gathering_id', 'uuid', 'number', 'ended_at_ms', firstKnownMs.as('first_ms')])
        .where('installation_id', '=', installationId)
        .where('stands_for', 'is', null)
        .where(firstKnownMs, '>=', fromMs - LONGEST_MS)
        .where(firstKnownMs, '<=', toMs)
        .orderBy('first_ms')
        .limit(MOST_AROUND)
        .execute()
      return rows.flatMap((row): KnownMeeting[] =>
        row.first_ms === null
          ? []
          : [
              {
                ...{ meetingId: row.id, gatheringId: row.gathering_id, number: row.number },
                ...{ startedAtMs: row.first_ms, endedAtMs: row.ended_at_ms },
                imported: isImported(row.uuid),
              },
            ],
      )
    },

    async described(installationId, meetingIds) {
      if (meetingIds.length === 0) return new Map()
      const rows = await db
        .selectFrom('meetings')
        .select(['installation_id', 'id', 'topic', 'number'])
        .where('installation_id', '=', installationId)
        .where('id', 'in', meetingIds)
        .execute()
      return new Map(
        await Promise.all(
          rows.map(
            async (row) => [row.id, { topic: await openTopic(parts, row), number: row.number }] as const,
          ),
        ),
      )
    },

    async ofFile(installationId, fileHash) {
      const row = await db
        .selectFrom('imports')
        .selectAll()
        .where('installation_id', '=', installationId)
        .where('file_key', '=', await fileKeyOf(installationId, fileHash))
        .executeTakeFirst()
      return row ? ((await recordsOf(parts, installationId, [row]))[0] ?? null) : null
    },

    begin: (by, { hash, name, reading, rows, atMs }) =>
      db.transaction().execute(async (trx) => {
        const { installationId, memberId } = by
        await holdWhatHostsSaid(trx, installationId)
        const fileKey = await fileKeyOf(installationId, hash, trx)
        const digest = digestOf(reading)
        const { data } = await vault.keysOf(installationId, trx)
        const told = { reading: digest, rows, member_id: memberId, imported_at_ms: atMs, undone_at_ms: null }
        const sealedFor = (id: string) => ({
          name: seal(data, namePlace(installationId, id), Buffer.from(name)),
        })
        const id = randomUUID()
        const made = await trx
          .insertInto('imports')
          .values({
            ...{ installation_id: installationId, id, file_key: fileKey, state: 'running' },
            ...{ ...told, ...sealedFor(id) },
          })
          .onConflict((conflict) => conflict.columns(['installation_id', 'file_key']).doNothing())
          .returning('id')
          .executeTakeFirst()
        if (made) return { id: made.id, outcome: 'new' as const }
        const known = await trx
          .selectFrom('imports')
          .selectAll()
          .where('installation_id', '=', installationId)
          .where('file_key', '=', fileKey)
          .forUpdate()
          .executeTakeFirstOrThrow()
        const isSame = known.reading === digest
        if (isSame && known.state === 'done') return { id: known.id, outcome: 'known' as const }
        if (!isSame) {
          await rememberStandIns(trx, installationId, known.id)
          await takeBack(parts, trx, installationId, known.id)
        }
        await trx
          .updateTable('imports')
          .set({ ...told, ...sealedFor(known.id), state: 'running' })
          .where('installation_id', '=', installationId)
          .where('id', '=', known.id)
          .execute()
        return { id: known.id, outcome: known.state === 'done' ? ('replaced' as const) : ('new' as const) }
      }),

    ensureMeeting: (installationId, begun, place, meeting) =>
      db.transaction().execute(async (trx): Promise<ImportTarget> => {
        await holdWhatHostsSaid(trx, installationId)
        await lockBegun(trx, installationId, begun, 'forNoKeyUpdate')
        const { uuid, number, kind, topic, startedAtMs, endedAtMs } = meeting
        const before = await trx
          .selectFrom('meetings')
          .select('id')
          .where('installation_id', '=', installationId)
          .where('uuid', '=', uuid)
          .executeTakeFirst()
        const mention = { uuid, number, kind, topic, startedAtMs, endedAtMs, hostZoomUserId: null }
        const { meeting: row } = await recordMention(parts, trx, installationId, mention, 'panel_only')
        // Zoom knows no such meeting: nobody is to ask it for a report.
        await trx
          .updateTable('meetings')
          .set({ report_planned: true })
          .where('installation_id', '=', installationId)
          .where('id', '=', row.id)
          .execute()
        const target = targetOf(row)
        await settleMeeting(parts, trx, installationId, begun, place, target)
        return { ...target, isNew: before === undefined }
      }),

    learn: (installationId, begun, place, meetingId, meeting) =>
      db.transaction().execute(async (trx) => {
        await holdWhatHostsSaid(trx, installationId)
        await lockBegun(trx, installationId, begun, 'forNoKeyUpdate')
        const row = await trx
          .selectFrom('meetings')
          .selectAll()
          .where('installation_id', '=', installationId)
          .where('id', '=', meetingId)
          .forNoKeyUpdate()
          .executeTakeFirst()
        if (!row) return null
        const target = targetOf(row)
        await settleMeeting(parts, trx, installationId, begun, place, target)
        const { data } = await vault.keysOf(installationId, trx)
        const topicPlace = { installationId, table: 'meetings', rowId: row.id }
        const { topic, kind, endedAtMs } = meeting
        const learnt = {
          ...(row.kind === 'unknown' && kind !== 'unknown' ? { kind } : {}),
          ...(row.started_at_ms === null ? { started_at_ms: meeting.startedAtMs } : {}),
          ...(row.topic === null && topic !== null
            ? { topic: seal(data, topicPlace, Buffer.from(topic)) }
            : {}),
          // Where Zoom tells, it tells the end, too; of what only panels saw nobody else will.
          ...(row.ended_at_ms === null && row.capture === 'panel_only' ? { ended_at_ms: endedAtMs } : {}),
        }
        if (Object.keys(learnt).length === 0) return { ...target, isNew: false }
        const names = [...new Set([...(row.learnt ?? []), ...Object.keys(learnt)])]
        await trx
          .updateTable('meetings')
          .set({ ...learnt, learnt: names })
          .where('installation_id', '=', installationId)
          .where('id', '=', meetingId)
          .execute()
        return { ...target, isNew: false }
      }),

    append: (installationId, begun, meetings) =>
      db.transaction().execute(async (trx) => {
        await lockBegun(trx, installationId, begun, 'forShare')
        const places = await trx
          .selectFrom('meetings')
          .select(['id', 'gathering_id'])
          .where('installation_id', '=', installationId)
          .where(
            'id',
            'in',
            meetings.map(({ meetingId }) => meetingId),
          )
          .orderBy('uuid')
          // Until the facts are in, nobody moves the meetings into another gathering.
          .forNoKeyUpdate()
          .execute()
        const gatheringOf = new Map(places.map(({ id, gathering_id }) => [id, gathering_id]))
        const { added, grown } = await appendFacts(
          parts,
          trx,
          installationId,
          meetings.flatMap(({ meetingId, facts }) => {
            const gatheringId = gatheringOf.get(meetingId)
            return gatheringId === undefined
              ? []
              : [{ meetingId, gatheringId, facts, changed: false, importId: begun.id }]
          }),
        )
        await notifyGrown(trx, grown)
        return added
      }),

    finish: ({ installationId, memberId }, importId, { atMs, detail }) =>
      db.transaction().execute(async (trx) => {
        await trx
          .updateTable('imports')
          .set({ state: 'done' })
          .where('installation_id', '=', installationId)
          .where('id', '=', importId)
          .where('state', '=', 'running')
          .execute()
        await appendLine(trx, {
          ...{ installationId, actorMemberId: memberId, act: 'imported', gatheringId: null },
          ...{ atMs, detail },
        })
      }),

    async list(installationId, limit) {
      const rows = await db
        .selectFrom('imports')
        .selectAll()
        .where('installation_id', '=', installationId)
        .orderBy('imported_at_ms', 'desc')
        .orderBy('id')
        .limit(limit)
        .execute()
      return recordsOf(parts, installationId, rows)
    },

    undo: ({ installationId, memberId }, importId, atMs) =>
      db.transaction().execute(async (trx) => {
        if (!isUuid(importId)) return null
        await holdWhatHostsSaid(trx, installationId)
        const row = await rowOf(trx, installationId, importId).forUpdate().executeTakeFirst()
        if (!row) return null
        if (row.state === 'undone') return false
        const { facts, gone } = await takeBack(parts, trx, installationId, importId)
        const forGood = await forgetMeetings(trx, installationId, importId, gone)
        await forgetWhatHostsSaid(trx, installationId, forGood)
        await trx
          .updateTable('imports')
          .set({ state: 'undone', undone_at_ms: atMs, name: null })
          .where('installation_id', '=', installationId)
          .where('id', '=', importId)
          .execute()
        await appendLine(trx, {
          ...{ installationId, actorMemberId: memberId, act: 'import_undone', gatheringId: null },
          ...{ atMs, detail: { facts } },
        })
        return true
      }),

    adopt: () => adoptImports(parts),
  }
}

const targetOf = (row: { id: string; uuid: string; gathering_id: string }) => ({
  ...{ meetingId: row.id, meetingUuid: row.uuid, gatheringId: row.gathering_id },
})
