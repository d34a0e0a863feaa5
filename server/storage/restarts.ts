import type { Outcome, RestartRecord, Restarts } from '../access/history-ports.ts'
import type { MemberViewer } from '../access/viewer.ts'
import type { AuditEntry } from '../audit/ports.ts'
import { appendLine } from './audit.ts'
import { countAtOnce } from './head-counts.ts'
import type { MeetingRow } from './meetings.ts'
import type { Parts } from './parts.ts'
import { isUuid } from './parts.ts'
import { forgetAliasesBetween, movePeople } from './people-moves.ts'
import type { Database } from './tenancy.ts'
import { notifyGrown } from './wakeups.ts'

/** A reconnect takes seconds, a restart minutes; the next lesson of a series comes later. */
const NEAR_MS = 15 * 60_000

type Span = Pick<MeetingRow, 'id' | 'gathering_id' | 'number' | 'started_at_ms' | 'ended_at_ms'>

export function createRestarts({ db }: Parts): Restarts {
  return {
    async of(viewer, gatheringId) {
      if (!isUuid(gatheringId)) return []
      const own = await meetingsIn(db, viewer, [gatheringId]).execute()
      const others = await nearby(db, viewer, own)
      const apart = await keptApartFrom(db, viewer, gatheringId)
      return [...joinedOf(own), ...proposedOf(own, others).filter(({ otherId }) => !apart.has(otherId))]
    },

    join: (viewer, gatheringId, otherId, atMs) =>
      db.transaction().execute((trx) => join(trx, viewer, gatheringId, otherId, atMs)),

    keepApart: (viewer, gatheringId, otherId, atMs) =>
      db.transaction().execute(async (trx) => {
        const meetings = await lockMeetings(trx, viewer, [gatheringId, otherId])
        const both = [gatheringId, otherId].every((id) => meetings.some((row) => row.gathering_id === id))
        if (!both || gatheringId === otherId) return 'conflict'
        if (!(await noteApart(trx, viewer, [gatheringId, otherId], atMs))) return 'already'
        await tell(trx, viewer, 'gatherings_kept_apart', gatheringId, atMs, { otherId })
        return 'done'
      }),

    split: (viewer, gatheringId, meetingId, atMs) =>
      db.transaction().execute((trx) => split(trx, viewer, gatheringId, meetingId, atMs)),
  }
}

async function join(
  trx: Database,
  viewer: MemberViewer,
  gatheringId: string,
  otherId: string,
  atMs: number,
): Promise<Outcome> {
  const { installationId } = viewer
  const meetings = await lockMeetings(trx, viewer, [gatheringId, otherId])
  const here = meetings.filter((row) => row.gathering_id === gatheringId)
  const there = meetings.filter((row) => row.gathering_id === otherId)
  // Whoever asked the other way round at the same moment made them one already.
  const nowOne = (id: string, inside: string) =>
    meetings.some((row) => row.home_gathering_id === id && row.gathering_id === inside)
  if (here.length === 0) return nowOne(gatheringId, otherId) ? 'already' : 'conflict'
  if (there.length === 0) return nowOne(otherId, gatheringId) ? 'already' : 'conflict'
  if (gatheringId === otherId || proposedOf(here, there).length === 0) return 'conflict'

  for (const { id, home_gathering_id: home } of there) {
    const homeId = home ?? otherId
    await trx
      .updateTable('meetings')
      .set({ gathering_id: gatheringId, home_gathering_id: homeId === gatheringId ? null : homeId })
      .where('installation_id', '=', installationId)
      .where('id', '=', id)
      .execute()
  }
  await movePeople(trx, installationId, { from: otherId, to: gatheringId, meetingUuid: null })
  await trx
    .deleteFrom('kept_apart')
    .where('installation_id', '=', installationId)
    .where('one_id', '=', pairOf(gatheringId, otherId).one_id)
    .where('other_id', '=', pairOf(gatheringId, otherId).other_id)
    .execute()
  await raiseBoth(trx, installationId, [gatheringId, otherId], atMs)
  await tell(trx, viewer, 'gatherings_joined', gatheringId, atMs, { otherId, meetings: there.length })
  return 'done'
}

async function split(
  trx: Database,
  viewer: MemberViewer,
  gatheringId: string,
  meetingId: string,
  atMs: number,
): Promise<{ outcome: Outcome; gatheringId: string | null }> {
  const { installationId } = viewer
  const meeting = await trx
    .selectFrom('meetings')
    .selectAll()
    .where('installation_id', '=', installationId)
    .where('id', '=', meetingId)
    .forNoKeyUpdate()
    .executeTakeFirst()
  if (!meeting) return { outcome: 'conflict', gatheringId: null }
  const homeId = meeting.home_gathering_id
  if (meeting.gathering_id !== gatheringId || homeId === null) {
    // At home in a gathering of its own: somebody took it out before. The one this gathering began with stays.
    const isOut = homeId === null && meeting.gathering_id !== gatheringId
    return { outcome: isOut ? 'already' : 'conflict', gatheringId: isOut ? meeting.gathering_id : null }
  }
  await trx
    .updateTable('meetings')
    .set({ gathering_id: homeId, home_gathering_id: null, stands_for: null })
    .where('installation_id', '=', installationId)
    .where('id', '=', meetingId)
    .execute()
  await movePeople(trx, installationId, { from: gatheringId, to: homeId, meetingUuid: meeting.uuid })
  await forgetAliasesBetween(trx, installationId, gatheringId, homeId)
  // Whoever takes them apart has answered the proposal; joining them again takes the answer back.
  await noteApart(trx, viewer, [gatheringId, homeId], atMs)
  await raiseBoth(trx, installationId, [gatheringId, homeId], atMs)
  await tell(trx, viewer, 'gathering_split', gatheringId, atMs, { otherId: homeId })
  return { outcome: 'done', gatheringId: homeId }
}

function meetingsIn(db: Database, { installationId }: MemberViewer, gatheringIds: string[]) {
  return db
    .selectFrom('meetings')
    .selectAll()
    .where('installation_id', '=', installationId)
    .where((eb) =>
      eb.or([eb('gathering_id', 'in', gatheringIds), eb('home_gathering_id', 'in', gatheringIds)]),
    )
}

/** In the order of their UUIDs, as everybody locks meetings. */
function lockMeetings(trx: Database, viewer: MemberViewer, gatheringIds: string[]): Promise<MeetingRow[]> {
  if (!gatheringIds.every(isUuid)) return Promise.resolve([])
  return meetingsIn(trx, viewer, gatheringIds).orderBy('uuid').forNoKeyUpdate().execute()
}

/** Meetings of the same numbers in other gatherings, begun or ended about when these were. */
async function nearby(db: Database, { installationId }: MemberViewer, own: Span[]): Promise<Span[]> {
  const numbers = [...new Set(own.flatMap((meeting) => meeting.number ?? []))]
  const instants = own.flatMap((meeting) => [meeting.started_at_ms ?? [], meeting.ended_at_ms ?? []].flat())
  if (numbers.length === 0 || instants.length === 0) return []
  return db
    .selectFrom('meetings')
    .select(['id', 'gathering_id', 'number', 'started_at_ms', 'ended_at_ms'])
    .where('installation_id', '=', installationId)
    .where('number', 'in', numbers)
    .where(
      'gathering_id',
      'not in',
      own.map((meeting) => meeting.gathering_id),
    )
    .where('started_at_ms', '<=', Math.max(...instants) + NEAR_MS)
    .where((eb) =>
      eb.or([
        eb('ended_at_ms', '>=', Math.min(...instants) - NEAR_MS),
        eb('started_at_ms', '>=', Math.min(...instants) - NEAR_MS),
      ]),
    )
    .orderBy('started_at_ms')
    .execute()
}

function joinedOf(own: MeetingRow[]): RestartRecord[] {
  const inOrder = [...own].sort((a, b) => (a.started_at_ms ?? 0) - (b.started_at_ms ?? 0))
  return inOrder.flatMap((meeting, i) => {
    if (meeting.home_gathering_id === null) return []
    const neighbour = inOrder[i - 1] ?? inOrder[i + 1]
    return [{ state: 'joined', ...restartOf(meeting, meeting.id, neighbour ?? meeting) }]
  })
}

/** Other gatherings that are restarts of this one, each once, by its meeting that lies nearest. */
function proposedOf(own: readonly Span[], others: readonly Span[]): RestartRecord[] {
  const nearest = new Map<string, RestartRecord>()
  for (const other of others) {
    for (const meeting of own) {
      if (meeting.number === null || meeting.number !== other.number) continue
      const record: RestartRecord = { state: 'proposed', ...restartOf(other, other.gathering_id, meeting) }
      const known = nearest.get(record.otherId)
      if (Number.isNaN(record.gapSeconds) || record.gapSeconds * 1000 > NEAR_MS) continue
      if (!known || record.gapSeconds < known.gapSeconds) nearest.set(record.otherId, record)
    }
  }
  return [...nearest.values()]
}

function restartOf(meeting: Span, otherId: string, neighbour: Span): Omit<RestartRecord, 'state'> {
  return {
    otherId,
    startedAtMs: meeting.started_at_ms,
    endedAtMs: meeting.ended_at_ms,
    gapSeconds: gapSeconds(meeting, neighbour),
  }
}

/** From the end of the one that began first to the start of the other; NaN while that is not known. */
function gapSeconds(one: Span, other: Span): number {
  const [first, second] =
    (one.started_at_ms ?? Number.NaN) <= (other.started_at_ms ?? Number.NaN) ? [one, other] : [other, one]
  return Math.round(((second.started_at_ms ?? Number.NaN) - (first.ended_at_ms ?? Number.NaN)) / 1000)
}

/** False when it was noted before. */
async function noteApart(
  trx: Database,
  { installationId }: MemberViewer,
  [one, other]: [string, string],
  atMs: number,
): Promise<boolean> {
  const inserted = await trx
    .insertInto('kept_apart')
    .values({ installation_id: installationId, ...pairOf(one, other), decided_at_ms: atMs })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return Number(inserted.numInsertedOrUpdatedRows ?? 0) > 0
}

async function keptApartFrom(
  db: Database,
  { installationId }: MemberViewer,
  gatheringId: string,
): Promise<Set<string>> {
  const rows = await db
    .selectFrom('kept_apart')
    .select(['one_id', 'other_id'])
    .where('installation_id', '=', installationId)
    .where((eb) => eb.or([eb('one_id', '=', gatheringId), eb('other_id', '=', gatheringId)]))
    .execute()
  return new Set(rows.map((row) => (row.one_id === gatheringId ? row.other_id : row.one_id)))
}

/** Both go on from the higher version, so that whoever watches either sees it grow; what was counted is counted anew. */
async function raiseBoth(
  trx: Database,
  installationId: string,
  gatheringIds: string[],
  atMs: number,
): Promise<void> {
  const locked = await trx
    .selectFrom('gatherings')
    .select('version')
    .where('installation_id', '=', installationId)
    .where('id', 'in', gatheringIds)
    .orderBy('id')
    .forNoKeyUpdate()
    .execute()
  const version = Math.max(...locked.map((row) => row.version)) + 1
  await trx
    .updateTable('gatherings')
    .set((eb) => ({ version, came: null, count_due_ms: countAtOnce(eb, atMs) }))
    .where('installation_id', '=', installationId)
    .where('id', 'in', gatheringIds)
    .execute()
  await notifyGrown(
    trx,
    gatheringIds.map((gatheringId) => ({ installationId, gatheringId, version })),
  )
}

function tell(
  trx: Database,
  viewer: MemberViewer,
  act: AuditEntry['act'],
  gatheringId: string,
  atMs: number,
  detail: AuditEntry['detail'],
): Promise<void> {
  const { installationId, memberId } = viewer
  return appendLine(trx, { installationId, actorMemberId: memberId, act, gatheringId, atMs, detail })
}

function pairOf(a: string, b: string): { one_id: string; other_id: string } {
  return a < b ? { one_id: a, other_id: b } : { one_id: b, other_id: a }
}
