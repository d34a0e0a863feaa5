import { sql } from 'kysely'
import type { Fact } from '../../shared/attendance/evidence.ts'
import type { EvidenceLog } from '../ingest/ports.ts'
import type { EvidenceReader } from '../rosters/ports.ts'
import { currentGatheringId } from './gathering-lookup.ts'
import { countAfterGrowth } from './head-counts.ts'
import { openTopic, recordMention } from './meetings.ts'
import type { Parts } from './parts.ts'
import { isUuid } from './parts.ts'
import { reportOfGathering, reportsOf } from './report-status.ts'
import type { InstallationKeys } from './sealing/index.ts'
import { openJson, sealJson } from './sealing/index.ts'
import type { Database } from './tenancy.ts'
import type { GrownGathering } from './wakeups.ts'
import { notifyGrown } from './wakeups.ts'

/** So many facts go into one statement; their payloads together stay some megabytes. */
const ROWS_A_STATEMENT = 2_000

export interface MeetingFacts {
  meetingId: string
  gatheringId: string
  facts: Fact[]
  /** Whether what is known of the meeting itself (topic, times, capture) changed just before. */
  changed: boolean
  /** The import these facts are of. */
  importId?: string
}

/**
 * Appends facts of meetings of one installation and raises the version of every gathering that grew or changed, once.
 *
 * The gatherings' rows are locked before a `seq` is drawn, so inside a gathering rows become visible in the order of
 * their `seq`: who reads "after n" never misses one that was committed later. Returns what grew; facts whose key is
 * there already change nothing.
 */
export async function appendFacts(
  parts: Parts,
  trx: Database,
  installationId: string,
  meetings: MeetingFacts[],
): Promise<{ added: number; versions: Map<string, number>; grown: GrownGathering[] }> {
  const versions = new Map<string, number>()
  for (const gatheringId of [...new Set(meetings.map((meeting) => meeting.gatheringId))].sort()) {
    const { version } = await trx
      .selectFrom('gatherings')
      .select('version')
      .where('installation_id', '=', installationId)
      .where('id', '=', gatheringId)
      .forNoKeyUpdate()
      .executeTakeFirstOrThrow()
    versions.set(gatheringId, version)
  }
  const keys = await parts.vault.keysOf(installationId, trx)
  const grewBy = new Map<string, number>()
  const endTold = new Set<string>()
  for (const { meetingId, gatheringId, facts, changed, importId = null } of meetings) {
    const added = await insertFacts(parts, trx, installationId, { meetingId, facts, importId }, keys)
    if (added > 0 || changed) grewBy.set(gatheringId, (grewBy.get(gatheringId) ?? 0) + added)
    if (facts.some(({ kind }) => kind === 'meeting_ended')) endTold.add(gatheringId)
  }
  const grown: GrownGathering[] = []
  for (const gatheringId of grewBy.keys()) {
    const version = (versions.get(gatheringId) ?? 0) + 1
    await trx
      .updateTable('gatherings')
      .set((eb) => ({
        version,
        count_due_ms: countAfterGrowth(eb, parts.clock(), endTold.has(gatheringId)),
      }))
      .where('installation_id', '=', installationId)
      .where('id', '=', gatheringId)
      .execute()
    versions.set(gatheringId, version)
    grown.push({ installationId, gatheringId, version })
  }
  return { added: [...grewBy.values()].reduce((sum, one) => sum + one, 0), versions, grown }
}

async function insertFacts(
  parts: Parts,
  trx: Database,
  installationId: string,
  { meetingId, facts, importId }: { meetingId: string; facts: Fact[]; importId: string | null },
  keys: InstallationKeys,
): Promise<number> {
  let added = 0
  for (let at = 0; at < facts.length; at += ROWS_A_STATEMENT) {
    const rows = facts.slice(at, at + ROWS_A_STATEMENT).map((fact) => {
      const factKey = keys.factKey(fact.key)
      const email = emailIn(fact)
      return {
        factKey,
        kind: fact.kind,
        witness: fact.witness,
        atMs: fact.atMs,
        emailHash: email === null ? null : keys.email(email),
        nameHashes: keys.nameWords(namesIn(fact)).join(' '),
        payload: sealJson(keys.data, evidencePlace(installationId, meetingId, factKey), fact),
      }
    })
    let next = 1
    const starts = rows.map(({ payload }) => (next += payload.length) - payload.length)
    // Columns travel as arrays and the payloads as one binary value the server cuts apart: a value a cell would make
    // the statement as long as a book, and PostgreSQL would read it anew for every batch.
    const told = sql<{
      fact_key: string
      kind: string
      witness: string
      at_ms: number
      email_hash: string | null
      name_hashes: string
      start: number
      size: number
    }>`unnest(
      ${rows.map((row) => row.factKey)}::text[], ${rows.map((row) => row.kind)}::text[], ${rows.map((row) => row.witness)}::text[],
      ${rows.map((row) => row.atMs)}::bigint[], ${rows.map((row) => row.emailHash)}::text[], ${rows.map((row) => row.nameHashes)}::text[],
      ${starts}::int[], ${rows.map((row) => row.payload.length)}::int[])`
    const inserted = await trx
      .insertInto('evidence')
      .columns([
        'installation_id',
        'meeting_id',
        'fact_key',
        'kind',
        'witness',
        'at_ms',
        'email_hash',
        'name_hashes',
        'payload',
        'recorded_at_ms',
        'import_id',
      ])
      .expression((eb) =>
        eb
          .selectFrom(
            told.as<'told'>(sql`told (fact_key, kind, witness, at_ms, email_hash, name_hashes, start, size)`),
          )
          .select([
            sql<string>`${installationId}::uuid`.as('installation_id'),
            sql<string>`${meetingId}::uuid`.as('meeting_id'),
            'told.fact_key',
            'told.kind',
            'told.witness',
            'told.at_ms',
            'told.email_hash',
            sql<string[]>`string_to_array(told.name_hashes, ' ')`.as('name_hashes'),
            sql<Buffer>`substring(${Buffer.concat(rows.map((row) => row.payload))}::bytea from told.start for told.size)`.as(
              'payload',
            ),
            sql<number>`${parts.clock()}::bigint`.as('recorded_at_ms'),
            sql<string | null>`${importId}::uuid`.as('import_id'),
          ]),
      )
      .onConflict((conflict) => conflict.columns(['installation_id', 'meeting_id', 'fact_key']).doNothing())
      .executeTakeFirst()
    added += Number(inserted.numInsertedOrUpdatedRows ?? 0)
  }
  return added
}

/** Where the payload of a fact is sealed. */
export const evidencePlace = (installationId: string, meetingId: string, factKey: string) => ({
  installationId,
  table: 'evidence',
  rowId: `${meetingId}/${factKey}`,
})

function emailIn(fact: Fact): string | null {
  if ('keys' in fact) return fact.keys.email
  return fact.kind === 'email_shared' ? fact.email : null
}

function namesIn(fact: Fact): string[] {
  if ('name' in fact) return [fact.name]
  if (fact.kind === 'panel_change') return [fact.person.name]
  return fact.kind === 'panel_read' ? fact.people.map((person) => person.name) : []
}

export function createEvidenceLog(parts: Parts): EvidenceLog {
  return {
    async append({ installationId, meetingId, mention, facts }) {
      return parts.db.transaction().execute(async (trx) => {
        const changed =
          mention !== null && (await recordMention(parts, trx, installationId, mention, null)).changed
        const { gathering_id: gatheringId } = await trx
          .selectFrom('meetings')
          .select('gathering_id')
          .where('installation_id', '=', installationId)
          .where('id', '=', meetingId)
          // Until the facts are in, nobody moves the meeting into another gathering.
          .forNoKeyUpdate()
          .executeTakeFirstOrThrow()
        const meetings = [{ meetingId, gatheringId, facts, changed }]
        const { added, versions, grown } = await appendFacts(parts, trx, installationId, meetings)
        await notifyGrown(trx, grown)
        return { gatheringId, version: versions.get(gatheringId) ?? 0, added }
      })
    },
  }
}

export function createEvidenceReader(parts: Parts): EvidenceReader {
  const { db, vault } = parts
  const meetingsOf = (installationId: string, gatheringId: string) =>
    db
      .selectFrom('meetings')
      .innerJoin('gatherings', (join) =>
        join
          .onRef('gatherings.installation_id', '=', 'meetings.installation_id')
          .onRef('gatherings.id', '=', 'meetings.gathering_id'),
      )
      .selectAll('meetings')
      .select(['gatherings.version', 'gatherings.generation', 'gatherings.rulings'])
      .where('meetings.installation_id', '=', installationId)
      .where('meetings.gathering_id', '=', gatheringId)
      .orderBy('meetings.created_at_ms')
      .execute()

  return {
    async gathering(viewer, askedId) {
      if (!isUuid(askedId)) return null
      const { installationId } = viewer
      let gatheringId = askedId
      let rows = await meetingsOf(installationId, gatheringId)
      if (rows.length === 0) {
        gatheringId = (await currentGatheringId(db, installationId, askedId)) ?? askedId
        rows = await meetingsOf(installationId, gatheringId)
      }
      // What the host calls it is what its latest meeting is called; its time spans all of them.
      const latest = rows.at(-1)
      if (!latest) return null
      // What a file says of a meeting somebody else told of is not its time.
      const timed = rows.filter((row) => !rows.some(({ id }) => id === row.stands_for))
      const starts = timed.flatMap((row) => row.started_at_ms ?? [])
      const ends = timed.flatMap((row) => row.ended_at_ms ?? [])
      return {
        installationId,
        gatheringId,
        version: latest.version,
        topic: await openTopic(parts, latest),
        number: latest.number,
        kind: latest.kind,
        capture: rows.some((row) => row.capture === 'full') ? 'full' : 'panel_only',
        startedAtMs: starts.length > 0 ? Math.min(...starts) : null,
        endedAtMs: ends.length === timed.length && ends.length > 0 ? Math.max(...ends) : null,
        times: timed.map((row) => ({
          ...{ meeting: row.uuid, startedAtMs: row.started_at_ms, endedAtMs: row.ended_at_ms },
        })),
        planned: timed.flatMap(({ planned_start_ms: fromMs, planned_end_ms: toMs }) =>
          fromMs === null || toMs === null ? [] : [{ fromMs, toMs }],
        ),
        meetings: rows.map((row) => row.uuid).sort(),
        generation: latest.generation,
        rulings: latest.rulings,
        report: reportOfGathering(rows, await reportsOf(db, installationId, gatheringId)),
      }
    },

    async since(viewer, gatheringId, seq, limit) {
      if (!isUuid(gatheringId)) return []
      const { installationId } = viewer
      const rows = await db
        .selectFrom('evidence')
        .innerJoin('meetings', (join) =>
          join
            .onRef('meetings.installation_id', '=', 'evidence.installation_id')
            .onRef('meetings.id', '=', 'evidence.meeting_id'),
        )
        .leftJoin('meetings as real', (join) =>
          join
            .onRef('real.installation_id', '=', 'meetings.installation_id')
            .onRef('real.id', '=', 'meetings.stands_for')
            .onRef('real.gathering_id', '=', 'meetings.gathering_id'),
        )
        .select(['evidence.seq', 'evidence.meeting_id', 'evidence.fact_key', 'evidence.payload'])
        .select('real.uuid as real_uuid')
        .where('evidence.installation_id', '=', installationId)
        .where('meetings.gathering_id', '=', gatheringId)
        .where('evidence.seq', '>', seq)
        // Redacted rows tell nothing any more.
        .where('evidence.payload', 'is not', null)
        .orderBy('evidence.seq')
        .limit(limit)
        .execute()
      if (rows.length === 0) return []
      const { data } = await vault.keysOf(installationId)
      return rows.flatMap((row) => {
        if (row.payload === null) return []
        const place = evidencePlace(installationId, row.meeting_id, row.fact_key)
        const fact = openJson(data, place, row.payload) as Fact
        return [{ seq: row.seq, fact: row.real_uuid === null ? fact : { ...fact, meeting: row.real_uuid } }]
      })
    },
  }
}
