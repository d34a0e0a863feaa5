import { sql } from 'kysely'
import { appendLine } from './audit.ts'
import type { Parts } from './parts.ts'
import type { Database } from './tenancy.ts'
import { crossTenant } from './tenancy.ts'

const DAY_MS = 86_400_000
/** Raw bodies are kept for looking into a mistake, no longer. */
const DONE_BODIES_DAYS = 7
const ALL_BODIES_DAYS = 90
/** A context may be believed a little longer than it says, since clocks differ; it is remembered longer than that. */
const CONTEXT_GRACE_MS = 60_000

export interface Removal {
  /** `came_back`: they have agreed again since, and nothing was removed. */
  outcome: 'installation_removed' | 'member_removed' | 'came_back' | 'unknown'
  /** Drops what this process remembers; to be called once the transaction is committed. */
  forget(): void
}

export interface Leaving {
  /** Keyed hash of the Zoom user. */
  userHash: string
  /** Who told: we ourselves (`disconnected`), or Zoom. Told by Zoom first, it is `disconnected` all the same if asked for here. */
  act: 'deauthorized' | 'disconnected'
  /** When they removed the app; null: now. Zoom may tell it hours later. */
  atMs: number | null
}

/**
 * A Zoom user removed the app. The installer takes the installation along: its data key first (everything sealed under
 * it is unreadable from then on, backups included), then its rows. Anybody else loses tokens, sessions and grants,
 * here and wherever they helped as co-host; gatherings are the host's and stay. Each installation that lost something has a
 * line in its audit log. Doing it again changes nothing more, and neither does news of a removal older than their last
 * consent.
 */
export async function removeUser(
  { vault, clock }: Parts,
  trx: Database,
  installationId: string,
  { userHash, act, atMs }: Leaving,
): Promise<Removal> {
  const member = await trx
    .selectFrom('members')
    .leftJoin('tokens', (join) =>
      join
        .onRef('tokens.installation_id', '=', 'members.installation_id')
        .onRef('tokens.member_id', '=', 'members.id'),
    )
    .select(['members.installer', 'tokens.authorised_at_ms'])
    .where('members.installation_id', '=', installationId)
    .where('members.zoom_user_hash', '=', userHash)
    .executeTakeFirst()
  const agreedAtMs = member?.authorised_at_ms ?? null
  if (atMs !== null && agreedAtMs !== null && agreedAtMs > atMs)
    return { outcome: 'came_back', forget: () => {} }
  const elsewhere = await crossTenant('deauthorize user', trx, async (any) => {
    const members = await any
      .selectFrom('members')
      .leftJoin('tokens', (join) =>
        join
          .onRef('tokens.installation_id', '=', 'members.installation_id')
          .onRef('tokens.member_id', '=', 'members.id'),
      )
      .select(['members.installation_id', 'members.id', 'tokens.leaving'])
      .where('members.zoom_user_hash', '=', userHash)
      .execute()
    const askedHere = members.some(({ leaving }) => leaving === true)
    for (const { installation_id, id } of members) {
      let went = 0n
      for (const table of ['tokens', 'sessions', 'grants'] as const) {
        const { numDeletedRows } = await any
          .deleteFrom(table)
          .where('installation_id', '=', installation_id)
          .where('member_id', '=', id)
          .executeTakeFirst()
        went += numDeletedRows
      }
      const installationRemoved = installation_id === installationId && member?.installer === true
      if (went === 0n && !installationRemoved) continue
      await appendLine(any, {
        installationId: installation_id,
        actorMemberId: id,
        act: askedHere ? 'disconnected' : act,
        gatheringId: null,
        atMs: clock(),
        detail: { installationRemoved },
      })
    }
    return members
  })
  if (!member?.installer) {
    return { outcome: elsewhere.length > 0 ? 'member_removed' : 'unknown', forget: () => {} }
  }
  await trx.deleteFrom('data_keys').where('installation_id', '=', installationId).execute()
  await trx.deleteFrom('installations').where('id', '=', installationId).execute()
  return { outcome: 'installation_removed', forget: () => vault.forget(installationId) }
}

/**
 * What expired goes: flows, contexts, sessions, links; the raw bodies of deliveries (their keys stay); and the raw pages of
 * reports.
 */
export async function sweep({ db }: Parts, nowMs: number): Promise<void> {
  await db.deleteFrom('oauth_flows').where('expires_at_ms', '<=', nowMs).execute()
  await db
    .deleteFrom('used_contexts')
    .where('expires_at_ms', '<=', nowMs - CONTEXT_GRACE_MS)
    .execute()
  await crossTenant('sweep', db, async (any) => {
    await any.deleteFrom('sessions').where('expires_at_ms', '<=', nowMs).execute()
    await any
      .deleteFrom('export_links')
      .where('expires_at_ms', '<=', nowMs)
      .where((eb) => eb.or([eb('ticket_expires_at_ms', 'is', null), eb('ticket_expires_at_ms', '<=', nowMs)]))
      .execute()
    await any
      .updateTable('inbox')
      .set({ body: null })
      .where('body', 'is not', null)
      .where('state', '=', 'done')
      .where('received_at_ms', '<=', nowMs - DONE_BODIES_DAYS * DAY_MS)
      .execute()
    // Without its body a delivery can never be translated: it is parked, so that somebody sees it.
    await any
      .updateTable('inbox')
      .set((eb) => ({
        body: null,
        state: eb
          .case()
          .when('state', '=', 'done')
          .then('done' as const)
          .else('parked' as const)
          .end(),
        last_error: eb
          .case()
          .when('state', '=', 'pending')
          .then('body_expired')
          .else(eb.ref('last_error'))
          .end(),
      }))
      .where('body', 'is not', null)
      .where('received_at_ms', '<=', nowMs - ALL_BODIES_DAYS * DAY_MS)
      .execute()
    await sql`
      delete from report_pages p using report_batches b, reports r
      where b.installation_id = p.installation_id and b.id = p.batch_id
        and r.installation_id = b.installation_id and r.meeting_id = b.meeting_id
        and (p.recorded_at_ms <= ${nowMs - ALL_BODIES_DAYS * DAY_MS}::bigint
          or (p.recorded_at_ms <= ${nowMs - DONE_BODIES_DAYS * DAY_MS}::bigint and r.next_try_at_ms is null))`.execute(
      any,
    )
  })
}
