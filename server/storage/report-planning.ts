import { sql } from 'kysely'
import type { PlanTimes } from '../reports/ports.ts'
import { announce } from './report-status.ts'
import type { Database } from './tenancy.ts'
import { crossTenant } from './tenancy.ts'

/** So many meetings are planned in one transaction; the next pass goes on. */
const AT_ONCE = 200
/** After so long without a word a webinar is over, whoever seems to be there: news of their leaving was lost. */
const SURELY_OVER_MS = 24 * 3_600_000
/** An end a panel told of longer ago was asked about long enough. */
const PANEL_ENDS_KEPT_MS = 48 * 3_600_000

/**
 * Every meeting whose end is known gets its due row, once; one that was only wondered about goes on to be read, and one whose
 * end was assumed too early begins anew, unless a list came. While such a one is being tried it waits for a later pass: that
 * try may bring a list.
 */
export async function planEnds(trx: Database, nowMs: number, times: PlanTimes): Promise<number> {
  return crossTenant('plan reports', trx, async (any) => {
    const ended = await sql<{ installation_id: string; id: string }>`
      select installation_id, id from meetings where capture = 'full' and ended_at_ms is not null and not report_planned and not rehearsal
      order by ended_at_ms limit ${AT_ONCE} for update skip locked`.execute(any)
    if (ended.rows.length === 0) return 0
    const those = keys(ended.rows)
    const planned = await sql<{ installation_id: string; id: string }>`
      insert into reports
        (installation_id, meeting_id, step, state, reason, planned_from_ms, next_try_at_ms, created_at_ms)
      select installation_id, id, 'read', 'waiting', 'not_ready', ended_at_ms,
        ended_at_ms + ${times.firstTryMs}::bigint, ${nowMs}::bigint
      from meetings where (installation_id, id) in (${those}) order by installation_id, id
      on conflict (installation_id, meeting_id) do update set ${readAnew}
      where reports.step = 'probe' or ${assumedTooEarly(nowMs)}
      returning installation_id, meeting_id as id`.execute(any)
    // In a statement of its own, which sees who took a report meanwhile.
    await sql`
      update meetings m set report_planned = true
      where (m.installation_id, m.id) in (${those}) and not exists (
        select from reports r where r.installation_id = m.installation_id and r.meeting_id = m.id
          and r.state in ('waiting', 'unavailable') and r.planned_from_ms < m.ended_at_ms)`.execute(any)
    const { rows } = await sql<{ installation_id: string; gathering_id: string }>`
      select distinct installation_id, gathering_id from meetings
      where (installation_id, id) in (${keys(planned.rows)}) order by 1, 2`.execute(any)
    for (const { installation_id, gathering_id } of rows) await announce(any, installation_id, [gathering_id])
    return rows.length
  })
}

const keys = (rows: readonly { installation_id: string; id: string }[]) => sql`
  select * from unnest(${rows.map((row) => row.installation_id)}::uuid[], ${rows.map((row) => row.id)}::uuid[])`

/** What becomes of a row whose meeting turns out to have ended at another time: its list was not asked for yet. */
const readAnew = sql`
  step = 'read', state = 'waiting', reason = 'not_ready', zoom_code = null, failures = 0, rate_limited = false, asked = false,
  planned_from_ms = excluded.planned_from_ms, next_try_at_ms = excluded.next_try_at_ms,
  lease = null, leased_until_ms = null, tried_at_ms = null`

/** A row whose plan began before the end we know now, without a list, and that nobody is at. */
const assumedTooEarly = (nowMs: number) => sql`(
  reports.state in ('waiting', 'unavailable') and reports.planned_from_ms < excluded.planned_from_ms
  and (reports.leased_until_ms is null or reports.leased_until_ms <= ${nowMs}::bigint))`

/** A panel's "it ended" is not the end yet (nobody documents whether it comes too when only its own user left): Zoom is asked. */
export async function planPanelEnds(db: Database, nowMs: number, times: PlanTimes): Promise<number> {
  const meetings = await crossTenant('plan reports', db, (any) =>
    sql`
      insert into reports
        (installation_id, meeting_id, step, state, planned_from_ms, next_try_at_ms, panel_end_ms, created_at_ms)
      select m.installation_id, m.id, 'probe', 'none', max(e.at_ms), max(e.at_ms) + ${times.probeAfterMs}::bigint,
        max(e.at_ms), ${nowMs}::bigint
      from evidence e join meetings m on m.installation_id = e.installation_id and m.id = e.meeting_id
      where e.kind = 'meeting_ended' and e.witness = 'panel' and e.recorded_at_ms > ${nowMs - PANEL_ENDS_KEPT_MS}::bigint
        and m.capture = 'full' and m.ended_at_ms is null and m.kind <> 'webinar'
      group by m.installation_id, m.id
      on conflict (installation_id, meeting_id) do update set
        panel_end_ms = excluded.panel_end_ms, planned_from_ms = excluded.planned_from_ms,
        next_try_at_ms = excluded.next_try_at_ms
      where reports.step = 'probe' and coalesce(reports.panel_end_ms, 0) < excluded.panel_end_ms`.execute(
      any,
    ),
  )
  // Of a webinar there is no summary to ask for: unless somebody came after that, its list itself is asked for.
  const webinars = await crossTenant('plan reports', db, (any) =>
    sql`
      insert into reports
        (installation_id, meeting_id, step, state, reason, planned_from_ms, next_try_at_ms, panel_end_ms, created_at_ms)
      select m.installation_id, m.id, 'read', 'waiting', 'not_ready', max(e.at_ms),
        max(e.at_ms) + ${times.probeAfterMs}::bigint, max(e.at_ms), ${nowMs}::bigint
      from evidence e join meetings m on m.installation_id = e.installation_id and m.id = e.meeting_id
      where e.kind = 'meeting_ended' and e.witness = 'panel' and e.recorded_at_ms > ${nowMs - PANEL_ENDS_KEPT_MS}::bigint
        and m.capture = 'full' and m.ended_at_ms is null and m.kind = 'webinar' and not m.rehearsal
      group by m.installation_id, m.id
      having not exists (
        select from evidence j where j.installation_id = m.installation_id and j.meeting_id = m.id
          and j.kind = 'participant_joined' and j.at_ms > max(e.at_ms))
      on conflict (installation_id, meeting_id) do update set panel_end_ms = excluded.panel_end_ms, ${readAnew}
      where reports.step = 'probe'
        or (coalesce(reports.panel_end_ms, 0) < excluded.panel_end_ms and ${assumedTooEarly(nowMs)})`.execute(
      any,
    ),
  )
  return Number(meetings.numAffectedRows ?? 0n) + Number(webinars.numAffectedRows ?? 0n)
}

/** Meetings whose end nobody told and of which nothing was heard for a while: perhaps we were down when they ended. */
export async function planQuiet(db: Database, nowMs: number, times: PlanTimes): Promise<number> {
  const quietSinceMs = nowMs - times.quietMs
  const planned = await crossTenant('plan reports', db, (any) =>
    sql`
      insert into reports (installation_id, meeting_id, step, state, planned_from_ms, next_try_at_ms, created_at_ms)
      select m.installation_id, m.id, 'probe', 'none', ${nowMs}::bigint, ${nowMs}::bigint, ${nowMs}::bigint
      from meetings m
      where m.capture = 'full' and m.ended_at_ms is null and m.kind <> 'webinar' and m.created_at_ms <= ${quietSinceMs}::bigint
        and not exists (
          select from reports r where r.installation_id = m.installation_id and r.meeting_id = m.id)
        and coalesce((
          select e.recorded_at_ms from evidence e where e.installation_id = m.installation_id and e.meeting_id = m.id
          order by e.seq desc limit 1), 0) <= ${quietSinceMs}::bigint
      order by m.created_at_ms limit ${AT_ONCE}
      on conflict do nothing`.execute(any),
  )
  return Number(planned.numAffectedRows ?? 0n)
}

/**
 * The same for webinars, of which Zoom tells no summary to ask for: when nobody is there either, what was heard last is taken
 * for the end and the list itself is asked for, by the plan. Somebody there may listen for an hour without a word of anybody,
 * so then a panel has to have seen the end, or a day to have passed.
 */
export async function planQuietWebinars(db: Database, nowMs: number, times: PlanTimes): Promise<number> {
  const quietSinceMs = nowMs - times.quietMs
  const planned = await crossTenant('plan reports', db, (any) =>
    sql`
      with quiet as (
        select m.installation_id, m.id, coalesce(m.started_at_ms, m.created_at_ms) as began_at_ms
        from meetings m
        where m.capture = 'full' and m.ended_at_ms is null and m.kind = 'webinar' and not m.rehearsal and m.created_at_ms <= ${quietSinceMs}::bigint
          and not exists (
            select from reports r where r.installation_id = m.installation_id and r.meeting_id = m.id)
          and coalesce((
            select e.recorded_at_ms from evidence e where e.installation_id = m.installation_id and e.meeting_id = m.id
            order by e.seq desc limit 1), 0) <= ${quietSinceMs}::bigint
      )
      insert into reports
        (installation_id, meeting_id, step, state, reason, planned_from_ms, next_try_at_ms, created_at_ms)
      select q.installation_id, q.id, 'read', 'waiting', 'not_ready', coalesce(heard.last_ms, q.began_at_ms),
        ${nowMs}::bigint, ${nowMs}::bigint
      from quiet q cross join lateral (
        select max(e.at_ms) as last_ms,
          count(*) filter (where e.kind = 'participant_joined') as joined,
          count(*) filter (where e.kind = 'participant_left') as gone,
          max(e.at_ms) filter (where e.kind = 'participant_joined') as joined_ms,
          max(e.at_ms) filter (where e.kind = 'meeting_ended') as ended_ms
        from evidence e where e.installation_id = q.installation_id and e.meeting_id = q.id
      ) heard
      where heard.gone >= heard.joined or heard.ended_ms >= heard.joined_ms
        or coalesce(heard.last_ms, q.began_at_ms) <= ${nowMs - SURELY_OVER_MS}::bigint
      limit ${AT_ONCE}
      on conflict do nothing`.execute(any),
  )
  return Number(planned.numAffectedRows ?? 0n)
}
