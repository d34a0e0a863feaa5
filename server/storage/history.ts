import { sql, type Selectable } from 'kysely'
import type { GatheringAccess } from '../access/ports.ts'
import type { History, HistoryEntry, HistoryPlace } from '../access/history-ports.ts'
import type { MemberViewer } from '../access/viewer.ts'
import { accessDecisions, currentGatheringId, type AskedFor } from './gathering-lookup.ts'
import { openTopic } from './meetings.ts'
import type { Parts } from './parts.ts'
import { reportOfGathering } from './report-status.ts'
import type { Tables } from './tables.ts'
import { crossTenant } from './tenancy.ts'

interface Wish {
  fromMs: number | null
  toMs: number | null
  after: HistoryPlace | null
  limit: number
  gatheringId: string | null
}

interface Row {
  installation_id: string
  viewer: number
  gathering_id: string
  gathering_ids: string[]
  meetings: { id: string; uuid: string; capture: 'full' | 'panel_only' }[]
  id: string
  topic: Buffer | null
  number: string | null
  kind: HistoryEntry['kind']
  at_ms: number
  started_at_ms: number | null
  ended_at_ms: number | null
  full: boolean
  host_member_id: string | null
  came: number | null
  cohost_policy: GatheringAccess['cohostPolicy']
  always: GatheringAccess['cohostPolicy'] | null
  grants: { role: 'host' | 'cohost'; verifiedAtMs: number }[] | null
  requests: AskedFor[] | null
}

/**
 * The history of one Zoom user over all installations that know them. A gathering is spoken for by the one of its meetings
 * that was born in it, so joined ones are one line; its times span all of them.
 */
export function createHistory(parts: Parts): History {
  const { db } = parts

  async function rowsFor(viewers: readonly MemberViewer[], wish: Wish): Promise<Row[]> {
    const { after } = wish
    const { rows } = await crossTenant('list history', db, (any) =>
      sql<Row>`
        select m.installation_id, me.place::int as viewer, m.gathering_id, whole.gathering_ids, whole.meetings, m.id, m.topic, m.number,
          m.kind, coalesce(m.started_at_ms, m.created_at_ms) as at_ms, whole.started_at_ms, whole.ended_at_ms,
          whole.full, whole.host_member_id, g.came, i.cohost_policy, d.always, granted.grants, asked.requests
        from unnest(${viewers.map((viewer) => viewer.installationId)}::uuid[],
            ${viewers.map((viewer) => viewer.memberId)}::uuid[], ${viewers.map((viewer) => viewer.admin)}::boolean[])
          with ordinality as me (installation_id, member_id, admin, place)
        join installations i on i.id = me.installation_id
        join meetings m on m.installation_id = me.installation_id and m.home_gathering_id is null
        join gatherings g on g.installation_id = m.installation_id and g.id = m.gathering_id
        left join cohost_decisions d on d.installation_id = me.installation_id and d.member_id = me.member_id
        cross join lateral (
          select array_agg(distinct coalesce(a.home_gathering_id, a.gathering_id)) as gathering_ids,
            json_agg(json_build_object('id', a.id, 'uuid', a.uuid, 'capture', a.capture)) as meetings,
            min(a.started_at_ms) filter (where a.stands_for is null) as started_at_ms,
            case when bool_and(a.ended_at_ms is not null) filter (where a.stands_for is null)
              then max(a.ended_at_ms) filter (where a.stands_for is null) end as ended_at_ms,
            bool_or(a.capture = 'full') as full, bool_and(a.rehearsal) as rehearsal,
            (array_agg(a.host_member_id order by a.created_at_ms) filter (where a.host_member_id is not null))[1]
              as host_member_id
          from meetings a where a.installation_id = m.installation_id and a.gathering_id = m.gathering_id
        ) whole
        cross join lateral (
          select json_agg(json_build_object('role', t.role, 'verifiedAtMs', t.verified_at_ms)) as grants
          from grants t where t.installation_id = me.installation_id and t.member_id = me.member_id
            and t.gathering_id = any(whole.gathering_ids) and t.revoked_at_ms is null
        ) granted
        cross join lateral (
          select json_agg(json_build_object('state', r.state, 'emails', r.emails)) as requests
          from access_requests r where r.installation_id = me.installation_id and r.member_id = me.member_id
            and r.gathering_id = any(whole.gathering_ids)
        ) asked
        where not whole.rehearsal and (me.admin or whole.host_member_id = me.member_id or granted.grants is not null)
          and (${wish.gatheringId}::uuid is null or m.gathering_id = ${wish.gatheringId}::uuid)
          and (${wish.fromMs}::bigint is null or coalesce(m.started_at_ms, m.created_at_ms) >= ${wish.fromMs}::bigint)
          and (${wish.toMs}::bigint is null or coalesce(m.started_at_ms, m.created_at_ms) < ${wish.toMs}::bigint)
          and (${after?.atMs ?? null}::bigint is null or (coalesce(m.started_at_ms, m.created_at_ms), m.id)
            < (${after?.atMs ?? null}::bigint, ${after?.id ?? null}::uuid))
        order by coalesce(m.started_at_ms, m.created_at_ms) desc, m.id desc
        limit ${wish.limit}`.execute(any),
    )
    return rows
  }

  function reportsFor(rows: Row[]): Promise<Selectable<Tables['reports']>[]> {
    const ids = rows.flatMap((row) => row.meetings.map(({ id }) => id))
    if (ids.length === 0) return Promise.resolve([])
    return crossTenant('list history', db, (any) =>
      any
        .selectFrom('reports')
        .selectAll()
        .where('installation_id', 'in', [...new Set(rows.map((row) => row.installation_id))])
        .where('meeting_id', 'in', ids)
        .execute(),
    )
  }

  async function entriesFor(viewers: readonly MemberViewer[], wish: Wish): Promise<HistoryEntry[]> {
    const rows = await rowsFor(viewers, wish)
    const reports = await reportsFor(rows)
    return Promise.all(
      rows.map(async (row) => {
        const viewer = viewers[row.viewer - 1]
        if (viewer === undefined) throw new Error('Every line of a history is somebody’s.')
        return {
          viewer,
          access: accessOf(row),
          topic: await openTopic(parts, row),
          number: row.number,
          kind: row.kind,
          startedAtMs: row.started_at_ms,
          endedAtMs: row.ended_at_ms,
          came: row.came,
          report: reportOfGathering(row.meetings, reports),
          place: { atMs: row.at_ms, id: row.id },
        }
      }),
    )
  }

  return {
    page: (viewers, wish) => entriesFor(viewers, { ...wish, gatheringId: null }),
    async one(viewer, gatheringId) {
      const currentId = await currentGatheringId(db, viewer.installationId, gatheringId)
      if (currentId === null) return null
      const wish = { fromMs: null, toMs: null, after: null, limit: 1, gatheringId: currentId }
      return (await entriesFor([viewer], wish))[0] ?? null
    },
  }
}

function accessOf(row: Row): GatheringAccess {
  return {
    gatheringId: row.gathering_id,
    gatheringIds: [...new Set([row.gathering_id, ...row.gathering_ids])],
    hostMemberId: row.host_member_id,
    capture: row.full ? 'full' : 'panel_only',
    ended: row.ended_at_ms !== null,
    grants: row.grants ?? [],
    cohostPolicy: row.cohost_policy,
    ...accessDecisions(row.always, row.requests ?? []),
  }
}
