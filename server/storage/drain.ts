import type { Delivery, DrainResult, Inbox, MeetingMention, Translation } from '../ingest/ports.ts'
import type { Fact } from '../../shared/attendance/evidence.ts'
import { codeOf } from './database.ts'
import { appendFacts } from './evidence.ts'
import { inboxPlace } from './inbox.ts'
import type { Removal } from './lifecycle.ts'
import { removeUser } from './lifecycle.ts'
import { recordMention, uniteMentions } from './meetings.ts'
import type { RegistrationTold } from '../registrations/ports.ts'
import { keepRegistrations } from './registrants.ts'
import type { Parts } from './parts.ts'
import { open } from './sealing/index.ts'
import { endSessionsOfRole } from './sessions.ts'
import type { Database } from './tenancy.ts'
import { crossTenant } from './tenancy.ts'
import { notifyGrown } from './wakeups.ts'

type DrainInput = Parameters<Inbox['drain']>[0]

interface PendingRow {
  id: number
  installation_id: string
  dedupe_key: string
  received_at_ms: number
  attempts: number
  body: Buffer | null
}

const LOCK_RETRIES = 3

/**
 * Taking deliveries out of the inbox, each exactly once: what they become and the note that they are done are one
 * transaction. Two processes never hold the same delivery (SKIP LOCKED), and a crash leaves it pending.
 */
export function createDrain(parts: Parts): Inbox['drain'] {
  return async (input) => {
    for (let attempt = 1; ; attempt++) {
      try {
        return await drainTogether(parts, input, null)
      } catch (error) {
        // Deadlock or serialisation failure: PostgreSQL undid everything, and the next try meets nobody.
        if (/^(40P01|40001)$/.test(codeOf(error)) && attempt < LOCK_RETRIES) continue
        if (isDataError(error)) return drainOneByOne(parts, input)
        throw error
      }
    }
  }
}

/** Some value could not be stored (SQLSTATE classes 22 and 23); it concerns one delivery, not the others. */
const isDataError = (error: unknown): boolean => /^2[23]\w{3}$/.test(codeOf(error))

async function drainOneByOne(parts: Parts, input: DrainInput): Promise<DrainResult> {
  const pending = await crossTenant('drain inbox', parts.db, (any) =>
    any
      .selectFrom('inbox')
      .select('id')
      .where('state', '=', 'pending')
      .orderBy('id')
      .limit(input.limit)
      .execute(),
  )
  const total = emptyResult()
  for (const { id } of pending) {
    const one = await drainTogether(parts, input, id).catch(async (error: unknown) => {
      if (!isDataError(error)) throw error
      const failed = new Map([[id, codeOf(error)]])
      const parked = await parts.db
        .transaction()
        .execute((trx) => noteFailures(trx, failed, input.maxAttempts))
      return { ...emptyResult(), taken: 1, parked }
    })
    total.taken += one.taken
    total.stored += one.stored
    total.parked += one.parked
    total.touched.push(...one.touched)
    total.deauthorized.push(...one.deauthorized)
  }
  return total
}

async function drainTogether(parts: Parts, input: DrainInput, only: number | null): Promise<DrainResult> {
  const removals: Removal[] = []
  const result = await parts.db.transaction().execute(async (trx) => {
    const result = emptyResult()
    const rows = await takePending(trx, input.limit, only)
    result.taken = rows.length
    if (rows.length === 0) return result
    await holdInstallations(trx, rows)

    const { told, failed } = await translateAll(parts, trx, rows, input.translate)
    for (const [installationId, meetings] of byMeeting(told)) {
      const recorded = []
      for (const { mention, facts } of meetings) {
        const { meeting, changed } = await recordMention(parts, trx, installationId, mention, 'full')
        recorded.push({ meetingId: meeting.id, gatheringId: meeting.gathering_id, facts, changed })
      }
      const { added, grown } = await appendFacts(parts, trx, installationId, recorded)
      result.stored += added
      result.touched.push(...grown)
    }
    for (const [installationId, registrations] of byInstallation(told))
      await keepRegistrations(parts, trx, installationId, registrations, parts.clock())
    await notifyGrown(trx, result.touched)
    await noteDone(
      trx,
      rows.filter(({ id }) => !failed.has(id)).map(({ id }) => id),
    )
    result.parked = await noteFailures(trx, failed, input.maxAttempts)

    for (const { row, translation } of told) {
      const installationId = row.installation_id
      if (translation.kind === 'deauthorized') {
        const { zoomUserId, atMs } = translation
        const userHash = parts.vault.zoomHash('zoom_user', zoomUserId)
        const removal = await removeUser(parts, trx, installationId, { userHash, act: 'deauthorized', atMs })
        if (removal.outcome !== 'came_back') result.deauthorized.push({ installationId, zoomUserId })
        removals.push(removal)
      } else if (translation.kind === 'evidence' && translation.roleChangedFor !== null) {
        const { roleChangedFor: zoomUserId, meeting } = translation
        await endSessionsOfRole(parts, trx, { installationId, meetingUuid: meeting.uuid, zoomUserId })
      }
    }
    return result
  })
  for (const removal of removals) removal.forget()
  return result
}

function takePending(trx: Database, limit: number, only: number | null): Promise<PendingRow[]> {
  return crossTenant('drain inbox', trx, (any) => {
    const pending = any
      .selectFrom('inbox')
      .select(['id', 'installation_id', 'dedupe_key', 'received_at_ms', 'attempts', 'body'])
      .where('state', '=', 'pending')
      .orderBy('id')
      .limit(limit)
      .forUpdate()
      .skipLocked()
    return (only === null ? pending : pending.where('id', '=', only)).execute()
  })
}

/** Removing an installation waits until we are done, instead of meeting us half-way. */
async function holdInstallations(trx: Database, rows: PendingRow[]): Promise<void> {
  const ids = [...new Set(rows.map((row) => row.installation_id))]
  await crossTenant('drain inbox', trx, (any) =>
    any.selectFrom('installations').select('id').where('id', 'in', ids).orderBy('id').forKeyShare().execute(),
  )
}

interface Told {
  row: PendingRow
  translation: Translation
}

async function translateAll(
  parts: Parts,
  trx: Database,
  rows: PendingRow[],
  translate: (delivery: Delivery) => Translation,
): Promise<{ told: Told[]; failed: Map<number, string> }> {
  const told: Told[] = []
  const failed = new Map<number, string>()
  for (const row of rows) {
    const { installation_id: installationId, dedupe_key: dedupeKey } = row
    const { data } = await parts.vault.keysOf(installationId, trx)
    try {
      if (row.body === null) throw new Error('The body is gone.')
      const body = open(data, inboxPlace(installationId, dedupeKey), row.body)
      const delivery = { installationId, dedupeKey, receivedAtMs: row.received_at_ms, body }
      told.push({ row, translation: translate(delivery) })
    } catch (error) {
      failed.set(row.id, codeOf(error))
    }
  }
  return { told, failed }
}

/** Installations and, in each, meetings, both in one order for everybody; what is said of one meeting is united. */
function byMeeting(told: Told[]): [string, { mention: MeetingMention; facts: Fact[] }[]][] {
  const installations = new Map<string, Map<string, { mention: MeetingMention; facts: Fact[] }>>()
  for (const { row, translation } of told) {
    if (translation.kind !== 'evidence') continue
    const meetings =
      installations.get(row.installation_id) ?? new Map<string, { mention: MeetingMention; facts: Fact[] }>()
    installations.set(row.installation_id, meetings)
    const { meeting, facts } = translation
    const known = meetings.get(meeting.uuid)
    meetings.set(meeting.uuid, {
      mention: known ? uniteMentions(known.mention, meeting) : meeting,
      facts: [...(known?.facts ?? []), ...facts],
    })
  }
  const inOrder = <Value>(map: Map<string, Value>) => [...map].sort(([a], [b]) => (a < b ? -1 : 1))
  return inOrder(installations).map(([id, meetings]) => [id, inOrder(meetings).map(([, meeting]) => meeting)])
}

function byInstallation(told: Told[]): [string, RegistrationTold[]][] {
  const installations = new Map<string, RegistrationTold[]>()
  for (const { row, translation } of told) {
    if (translation.kind !== 'registration') continue
    const known = installations.get(row.installation_id) ?? []
    installations.set(row.installation_id, [...known, translation.told])
  }
  return [...installations].sort(([a], [b]) => (a < b ? -1 : 1))
}

async function noteDone(trx: Database, ids: number[]): Promise<void> {
  if (ids.length === 0) return
  await crossTenant('drain inbox', trx, (any) =>
    any.updateTable('inbox').set({ state: 'done', last_error: null }).where('id', 'in', ids).execute(),
  )
}

/** Returns how many were parked. */
async function noteFailures(
  trx: Database,
  failed: Map<number, string>,
  maxAttempts: number,
): Promise<number> {
  let parked = 0
  for (const [id, code] of failed) {
    const { state } = await crossTenant('drain inbox', trx, (any) =>
      any
        .updateTable('inbox')
        .set((eb) => ({
          attempts: eb('attempts', '+', 1),
          last_error: code,
          state: eb
            .case()
            .when(eb('attempts', '+', 1), '>=', maxAttempts)
            .then('parked' as const)
            .else('pending' as const)
            .end(),
        }))
        .where('id', '=', id)
        .returning('state')
        .executeTakeFirstOrThrow(),
    )
    if (state === 'parked') parked++
  }
  return parked
}

const emptyResult = (): DrainResult => ({
  taken: 0,
  stored: 0,
  parked: 0,
  touched: [],
  deauthorized: [],
})
