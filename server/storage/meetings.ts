import { randomUUID } from 'node:crypto'
import type { Selectable } from 'kysely'
import type { MeetingMention } from '../ingest/ports.ts'
import type { Parts } from './parts.ts'
import { open, seal } from './sealing/index.ts'
import type { Tables } from './tables.ts'
import type { Database } from './tenancy.ts'

export type MeetingRow = Selectable<Tables['meetings']>

const NOTHING_SAID: Omit<MeetingMention, 'uuid'> = {
  number: null,
  kind: 'unknown',
  topic: null,
  hostZoomUserId: null,
  startedAtMs: null,
  endedAtMs: null,
}

export const bareMention = (uuid: string): MeetingMention => ({ uuid, ...NOTHING_SAID })

/** What several mentions of one meeting say together; of two answers the later one, of times the widest. */
export function uniteMentions(earlier: MeetingMention, later: MeetingMention): MeetingMention {
  const rehearsal = later.rehearsal ?? earlier.rehearsal
  return {
    uuid: earlier.uuid,
    number: later.number ?? earlier.number,
    kind: later.kind === 'unknown' ? earlier.kind : later.kind,
    topic: later.topic ?? earlier.topic,
    hostZoomUserId: later.hostZoomUserId ?? earlier.hostZoomUserId,
    startedAtMs: pick(Math.min, earlier.startedAtMs, later.startedAtMs),
    endedAtMs: pick(Math.max, earlier.endedAtMs, later.endedAtMs),
    ...(rehearsal === undefined ? {} : { rehearsal }),
  }
}

/**
 * Writes down what was said about a meeting, creating it in a gathering of its own at first mention, and locks its row
 * until the transaction ends. `changed` tells whether anything was news. `capture: 'full'` is kept once known: a
 * panel-only meeting Zoom tells about becomes full.
 *
 * Callers that record several meetings do so in the order of their UUIDs, and lock gatherings only afterwards, so that
 * two transactions never wait for each other.
 */
export async function recordMention(
  parts: Parts,
  trx: Database,
  installationId: string,
  mention: MeetingMention,
  capture: 'full' | 'panel_only' | null,
): Promise<{ meeting: MeetingRow; changed: boolean }> {
  const known = await lockMeeting(trx, installationId, mention.uuid)
  const row =
    known ?? (await createMeeting(parts, trx, installationId, mention.uuid, capture ?? 'panel_only'))
  return complete(parts, trx, row, mention, capture)
}

async function lockMeeting(
  trx: Database,
  installationId: string,
  uuid: string,
): Promise<MeetingRow | undefined> {
  return trx
    .selectFrom('meetings')
    .selectAll()
    .where('installation_id', '=', installationId)
    .where('uuid', '=', uuid)
    .forNoKeyUpdate()
    .executeTakeFirst()
}

async function createMeeting(
  parts: Parts,
  trx: Database,
  installationId: string,
  uuid: string,
  capture: 'full' | 'panel_only',
): Promise<MeetingRow> {
  const createdAtMs = parts.clock()
  const gatheringId = randomUUID()
  await trx
    .insertInto('gatherings')
    .values({ installation_id: installationId, id: gatheringId, created_at_ms: createdAtMs })
    .execute()
  const created = await trx
    .insertInto('meetings')
    .values({
      installation_id: installationId,
      id: randomUUID(),
      gathering_id: gatheringId,
      uuid,
      number: null,
      kind: 'unknown',
      capture,
      topic: null,
      host_hash: null,
      host_member_id: null,
      started_at_ms: null,
      ended_at_ms: null,
      created_at_ms: createdAtMs,
    })
    .onConflict((conflict) => conflict.columns(['installation_id', 'uuid']).doNothing())
    .returningAll()
    .executeTakeFirst()
  if (created) return created
  // Somebody else was faster: theirs is the meeting, and our gathering has no purpose.
  await trx
    .deleteFrom('gatherings')
    .where('installation_id', '=', installationId)
    .where('id', '=', gatheringId)
    .execute()
  const theirs = await lockMeeting(trx, installationId, uuid)
  if (!theirs) throw new Error('A meeting vanished while it was recorded.')
  return theirs
}

async function complete(
  parts: Parts,
  trx: Database,
  row: MeetingRow,
  mention: MeetingMention,
  capture: 'full' | 'panel_only' | null,
): Promise<{ meeting: MeetingRow; changed: boolean }> {
  const host = await hostOf(parts, trx, row, mention)
  const topic = await topicOf(parts, trx, row, mention)
  const next = {
    number: mention.number ?? row.number,
    kind: mention.kind === 'unknown' ? row.kind : mention.kind,
    capture: capture === 'full' ? ('full' as const) : row.capture,
    topic,
    ...host,
    started_at_ms: pick(Math.min, row.started_at_ms, mention.startedAtMs),
    ended_at_ms: pick(Math.max, row.ended_at_ms, mention.endedAtMs),
    rehearsal: mention.rehearsal ?? row.rehearsal,
  }
  const changed = (Object.keys(next) as (keyof typeof next)[]).some((column) => next[column] !== row[column])
  if (!changed) return { meeting: row, changed }
  await trx
    .updateTable('meetings')
    .set(next)
    .where('installation_id', '=', row.installation_id)
    .where('id', '=', row.id)
    .execute()
  return { meeting: { ...row, ...next }, changed }
}

async function hostOf(
  parts: Parts,
  trx: Database,
  row: MeetingRow,
  mention: MeetingMention,
): Promise<{ host_hash: string | null; host_member_id: string | null }> {
  const hash =
    mention.hostZoomUserId === null
      ? row.host_hash
      : parts.vault.zoomHash('zoom_user', mention.hostZoomUserId)
  if (hash === null || (hash === row.host_hash && row.host_member_id !== null)) {
    return { host_hash: hash, host_member_id: row.host_member_id }
  }
  const member = await trx
    .selectFrom('members')
    .select('id')
    .where('installation_id', '=', row.installation_id)
    .where('zoom_user_hash', '=', hash)
    .executeTakeFirst()
  return { host_hash: hash, host_member_id: member?.id ?? null }
}

async function topicOf(
  parts: Parts,
  trx: Database,
  row: MeetingRow,
  mention: MeetingMention,
): Promise<Buffer | null> {
  if (mention.topic === null || mention.topic === (await openTopic(parts, row, trx))) return row.topic
  const { data } = await parts.vault.keysOf(row.installation_id, trx)
  return seal(data, topicPlace(row), Buffer.from(mention.topic))
}

/** The topic in clear; null when nobody said one. */
export async function openTopic(
  parts: Parts,
  row: Pick<MeetingRow, 'installation_id' | 'id' | 'topic'>,
  db?: Database,
): Promise<string | null> {
  if (row.topic === null) return null
  const { data } = await parts.vault.keysOf(row.installation_id, db)
  return open(data, topicPlace(row), row.topic).toString('utf8')
}

const topicPlace = (row: Pick<MeetingRow, 'installation_id' | 'id'>) => ({
  installationId: row.installation_id,
  table: 'meetings',
  rowId: row.id,
})

function pick(choose: (a: number, b: number) => number, a: number | null, b: number | null): number | null {
  if (a === null || b === null) return a ?? b
  return choose(a, b)
}
