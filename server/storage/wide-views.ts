import { randomUUID } from 'node:crypto'
import type { Sessions } from '../access/ports.ts'
import type { MemberViewer } from '../access/viewer.ts'
import type { Parts } from './parts.ts'
import { recordOf } from './sessions.ts'
import type { Database } from './tenancy.ts'
import { crossTenant } from './tenancy.ts'

export type WideViews = Pick<
  Sessions,
  'handOver' | 'isHandedOver' | 'openWideView' | 'wideViews' | 'endWideViews'
>

/** What a wide view has of the session it came from. */
const handedOver = ['member_id', 'gathering_id', 'role', 'admin', 'context_at_ms', 'tag_hash'] as const

/** Sessions of the system browser: rows like any other, made when the panel hands over and opened by the code. */
export function createWideViews({ db, clock }: Parts): WideViews {
  /** The wide views of the Zoom user behind this viewer that have not ended, handed over ones included. */
  const standing = (using: Database, viewer: MemberViewer) =>
    crossTenant('find wide views', using, (any) =>
      any
        .selectFrom('members as me')
        .innerJoin('members as there', 'there.zoom_user_hash', 'me.zoom_user_hash')
        .innerJoin('sessions', (join) =>
          join
            .onRef('sessions.installation_id', '=', 'there.installation_id')
            .onRef('sessions.member_id', '=', 'there.id'),
        )
        .select(['sessions.installation_id', 'sessions.id', 'sessions.handover_hash'])
        .where('me.installation_id', '=', viewer.installationId)
        .where('me.id', '=', viewer.memberId)
        .where('sessions.via', '=', 'browser')
        .where('sessions.ended_because', 'is', null)
        .where('sessions.expires_at_ms', '>', clock())
        .execute(),
    )

  return {
    async handOver({ viewer, codeHash, expiresAtMs }) {
      await db
        .insertInto('sessions')
        .columns(['installation_id', 'id', ...handedOver, 'via', 'handover_hash', 'expires_at_ms'])
        .expression((eb) =>
          eb
            .selectFrom('sessions')
            .select([
              'installation_id',
              eb.val(randomUUID()).as('id'),
              ...handedOver,
              eb.val('browser' as const).as('via'),
              eb.val(codeHash).as('handover_hash'),
              eb.val(expiresAtMs).as('expires_at_ms'),
            ])
            .where('installation_id', '=', viewer.installationId)
            .where('id', '=', viewer.sessionId)
            .where('ended_because', 'is', null),
        )
        .execute()
    },

    async isHandedOver(codeHash, nowMs) {
      const row = await crossTenant('open wide view', db, (any) =>
        any
          .selectFrom('sessions')
          .select('id')
          .where('handover_hash', '=', codeHash)
          .where('ended_because', 'is', null)
          .where('expires_at_ms', '>', nowMs)
          .executeTakeFirst(),
      )
      return row !== undefined
    },

    async openWideView({ codeHash, nowMs, expiresAtMs }) {
      const row = await crossTenant('open wide view', db, (any) =>
        any
          .updateTable('sessions')
          .set({ handover_hash: null, expires_at_ms: expiresAtMs })
          .where('handover_hash', '=', codeHash)
          .where('ended_because', 'is', null)
          .where('expires_at_ms', '>', nowMs)
          .returningAll()
          .executeTakeFirst(),
      )
      return row ? recordOf(row, nowMs) : null
    },

    async wideViews(viewer) {
      return (await standing(db, viewer)).filter(({ handover_hash }) => handover_hash === null).length
    },

    async endWideViews(viewer) {
      return db.transaction().execute(async (trx) => {
        const views = await standing(trx, viewer)
        for (const { installation_id, id } of views) {
          await trx
            .updateTable('sessions')
            .set({ ended_because: 'session_revoked' })
            .where('installation_id', '=', installation_id)
            .where('id', '=', id)
            .execute()
        }
        return views.filter(({ handover_hash }) => handover_hash === null).length
      })
    },
  }
}
