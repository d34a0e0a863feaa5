import { randomUUID } from 'node:crypto'
import type { Selectable } from 'kysely'
import type { SessionEnd, SessionRecord, Sessions } from '../access/ports.ts'
import { appendLine } from './audit.ts'
import type { Parts } from './parts.ts'
import { isUuid } from './parts.ts'
import type { Tables } from './tables.ts'
import type { Database } from './tenancy.ts'
import { crossTenant } from './tenancy.ts'
import type { WideViews } from './wide-views.ts'

export function createSessions({ db, clock }: Parts): Omit<Sessions, keyof WideViews> {
  return {
    async registerExchange({ tagHash, expiresAtMs }) {
      const { exchanges } = await db
        .insertInto('used_contexts')
        .values({ tag_hash: tagHash, exchanges: 1, expires_at_ms: expiresAtMs })
        .onConflict((conflict) =>
          conflict
            .column('tag_hash')
            .doUpdateSet((eb) => ({ exchanges: eb('used_contexts.exchanges', '+', 1) })),
        )
        .returning('exchanges')
        .executeTakeFirstOrThrow()
      return (['first', 'replayed', 'again'] as const)[exchanges - 1] ?? 'refused'
    },

    async open({ viewer, tagHash, expiresAtMs, takesOver }) {
      const sessionId = randomUUID()
      await db.transaction().execute(async (trx) => {
        if (takesOver) {
          await crossTenant('take over sessions', trx, (any) =>
            any
              .updateTable('sessions')
              .set({ ended_because: 'session_taken_over' })
              .where('tag_hash', '=', tagHash)
              .where('ended_because', 'is', null)
              .execute(),
          )
        }
        await trx
          .insertInto('sessions')
          .values({
            installation_id: viewer.installationId,
            id: sessionId,
            member_id: viewer.memberId,
            gathering_id: viewer.gatheringId,
            role: viewer.role,
            admin: viewer.admin,
            context_at_ms: viewer.contextAtMs,
            via: viewer.via,
            tag_hash: tagHash,
            expires_at_ms: expiresAtMs,
            ended_because: null,
          })
          .execute()
      })
      return { sessionId }
    },

    async revokeOtherRoles({ installationId, memberId, gatheringId, role }) {
      let ending = db
        .updateTable('sessions')
        .set({ ended_because: 'session_revoked' })
        .where('installation_id', '=', installationId)
        .where('member_id', '=', memberId)
        .where('ended_because', 'is', null)
        .where('expires_at_ms', '>', clock())
      ending =
        gatheringId === null
          ? ending.where('gathering_id', 'is', null)
          : ending.where('gathering_id', '=', gatheringId)
      if (role !== null) ending = ending.where('role', '!=', role)
      return Number((await ending.executeTakeFirst()).numUpdatedRows)
    },

    async find(installationId, sessionId) {
      if (!isUuid(installationId) || !isUuid(sessionId)) return null
      const row = await db
        .selectFrom('sessions')
        .selectAll()
        .where('installation_id', '=', installationId)
        .where('id', '=', sessionId)
        .executeTakeFirst()
      // What is handed over and not opened is nobody's session yet.
      return row && row.handover_hash === null ? recordOf(row, clock()) : null
    },

    async end({ installationId, sessionId }) {
      await db
        .updateTable('sessions')
        .set({ ended_because: 'session_revoked' })
        .where('installation_id', '=', installationId)
        .where('id', '=', sessionId)
        .where('ended_because', 'is', null)
        .execute()
    },
  }
}

/** A row as the port tells it. */
export function recordOf(row: Selectable<Tables['sessions']>, nowMs: number): SessionRecord {
  const expired: SessionEnd | null = row.expires_at_ms <= nowMs ? 'session_expired' : null
  return {
    kind: 'member',
    installationId: row.installation_id,
    memberId: row.member_id,
    sessionId: row.id,
    role: row.role,
    gatheringId: row.gathering_id,
    contextAtMs: row.context_at_ms,
    via: row.via,
    admin: row.admin,
    expiresAtMs: row.expires_at_ms,
    endedBecause: row.ended_because ?? expired,
  }
}

/** Ends the sessions of a Zoom user in one meeting, whose role there changed, and notes it for the audit. */
export async function endSessionsOfRole(
  { vault, clock }: Parts,
  trx: Database,
  change: { installationId: string; meetingUuid: string; zoomUserId: string },
): Promise<void> {
  const { installationId, meetingUuid, zoomUserId } = change
  const ended = await trx
    .updateTable('sessions')
    .set({ ended_because: 'session_revoked' })
    .where('installation_id', '=', installationId)
    .where('ended_because', 'is', null)
    .where('expires_at_ms', '>', clock())
    .where('member_id', 'in', (eb) =>
      eb
        .selectFrom('members')
        .select('members.id')
        .where('members.installation_id', '=', installationId)
        .where('members.zoom_user_hash', '=', vault.zoomHash('zoom_user', zoomUserId)),
    )
    .where('gathering_id', 'in', (eb) =>
      eb
        .selectFrom('meetings')
        .select('meetings.gathering_id')
        .where('meetings.installation_id', '=', installationId)
        .where('meetings.uuid', '=', meetingUuid)
        // A session opened before the meeting was joined to another is of the gathering it came from.
        .unionAll(
          eb
            .selectFrom('meetings')
            .select((home) =>
              home.fn.coalesce('meetings.home_gathering_id', 'meetings.gathering_id').as('gathering_id'),
            )
            .where('meetings.installation_id', '=', installationId)
            .where('meetings.uuid', '=', meetingUuid),
        ),
    )
    .returning(['member_id', 'gathering_id'])
    .execute()
  const [first] = ended
  if (first === undefined) return
  await appendLine(trx, {
    installationId,
    actorMemberId: first.member_id,
    act: 'sessions_revoked',
    gatheringId: first.gathering_id,
    atMs: clock(),
    detail: { sessionsRevoked: ended.length },
  })
}
