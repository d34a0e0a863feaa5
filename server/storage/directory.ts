import type { Directory, Installation, MeetingHome } from '../access/ports.ts'
import { createGatheringLookup } from './gathering-lookup.ts'
import type { MeetingRow } from './meetings.ts'
import { bareMention, openTopic, recordMention } from './meetings.ts'
import type { Parts } from './parts.ts'
import { isUuid } from './parts.ts'
import { crossTenant } from './tenancy.ts'
import { ensureMemberRow } from './token-store.ts'

export function createDirectory(parts: Parts): Directory {
  const { db, vault, clock } = parts
  const userHash = (zoomUserId: string) => vault.zoomHash('zoom_user', zoomUserId)

  async function homeOf(row: MeetingRow): Promise<MeetingHome> {
    return {
      installationId: row.installation_id,
      meetingId: row.id,
      gatheringId: row.gathering_id,
      homeGatheringId: row.home_gathering_id ?? row.gathering_id,
      meetingUuid: row.uuid,
      topic: await openTopic(parts, row),
      number: row.number,
      kind: row.kind,
      capture: row.capture,
    }
  }

  return {
    async installationOfUser(zoomUserId) {
      const hash = userHash(zoomUserId)
      const row = await crossTenant('find installation', db, (any) =>
        any
          .selectFrom('installations as i')
          .select(['i.id', 'i.profile', 'i.cohost_policy'])
          .where((eb) =>
            eb.or([
              eb.and([eb('i.profile', '=', 'user'), eb('i.owner_hash', '=', hash)]),
              eb.and([
                eb('i.profile', '=', 'account'),
                eb.or([
                  eb(
                    'i.id',
                    'in',
                    eb
                      .selectFrom('members')
                      .select('installation_id')
                      .where('zoom_user_hash', '=', hash)
                      .where('belongs', '=', true),
                  ),
                  // A host of the account whom only webhooks have told us about.
                  eb(
                    'i.id',
                    'in',
                    eb.selectFrom('meetings').select('installation_id').where('host_hash', '=', hash),
                  ),
                ]),
              ]),
            ]),
          )
          .orderBy((eb) => eb('i.profile', '=', 'user'), 'desc')
          .orderBy('i.created_at_ms')
          .limit(1)
          .executeTakeFirst(),
      )
      return row
        ? ({ id: row.id, profile: row.profile, cohostPolicy: row.cohost_policy } satisfies Installation)
        : null
    },

    async findMeetingAnywhere(meetingUuid, zoomUserId) {
      const row = await crossTenant('find meeting anywhere', db, (any) =>
        any
          .selectFrom('meetings as m')
          .innerJoin('installations as i', 'i.id', 'm.installation_id')
          .selectAll('m')
          .where('m.uuid', '=', meetingUuid)
          .orderBy((eb) => eb('m.capture', '=', 'full'), 'desc')
          .orderBy((eb) => eb('i.owner_hash', '=', userHash(zoomUserId)), 'desc')
          .orderBy('m.created_at_ms')
          .limit(1)
          .executeTakeFirst(),
      )
      return row ? homeOf(row) : null
    },

    async findLiveMeetingHostedBy(installationId, zoomUserId) {
      const row = await db
        .selectFrom('meetings')
        .selectAll()
        .where('installation_id', '=', installationId)
        .where('host_hash', '=', userHash(zoomUserId))
        .where('ended_at_ms', 'is', null)
        .orderBy((eb) => eb.fn.coalesce('started_at_ms', 'created_at_ms'), 'desc')
        .limit(1)
        .executeTakeFirst()
      return row ? homeOf(row) : null
    },

    async openMeeting({ installationId, meetingUuid, hostZoomUserId }) {
      const mention = { ...bareMention(meetingUuid), hostZoomUserId }
      const capture = hostZoomUserId === null ? 'panel_only' : 'full'
      const { meeting } = await db
        .transaction()
        .execute((trx) => recordMention(parts, trx, installationId, mention, capture))
      return homeOf(meeting)
    },

    async ensureMember(installationId, zoomUserId, outsider = false) {
      const hash = userHash(zoomUserId)
      return db.transaction().execute(async (trx) => {
        const input = { installationId, userHash: hash, installer: false, nowMs: clock() }
        const known = await trx
          .selectFrom('members')
          .select('belongs')
          .where('installation_id', '=', installationId)
          .where('zoom_user_hash', '=', hash)
          .executeTakeFirst()
        const memberId = await ensureMemberRow(trx, input)
        const belongs = !outsider || known?.belongs === true
        if (known?.belongs !== belongs) {
          await trx
            .updateTable('members')
            .set({ belongs })
            .where('installation_id', '=', installationId)
            .where('id', '=', memberId)
            .execute()
        }
        // Meetings whose host Zoom named before we knew them.
        await trx
          .updateTable('meetings')
          .set({ host_member_id: memberId })
          .where('installation_id', '=', installationId)
          .where('host_hash', '=', hash)
          .where('host_member_id', 'is', null)
          .execute()
        const { admin } = await trx
          .selectFrom('members')
          .select('admin')
          .where('installation_id', '=', installationId)
          .where('id', '=', memberId)
          .executeTakeFirstOrThrow()
        return { memberId, admin }
      })
    },

    async recordGrant({ installationId, gatheringId, memberId, role, verifiedAtMs }) {
      await db
        .insertInto('grants')
        .values({
          installation_id: installationId,
          gathering_id: gatheringId,
          member_id: memberId,
          role,
          verified_at_ms: verifiedAtMs,
          revoked_at_ms: null,
        })
        .onConflict((conflict) =>
          conflict.columns(['installation_id', 'gathering_id', 'member_id', 'role']).doUpdateSet((eb) => ({
            verified_at_ms: eb.fn<number>('greatest', ['grants.verified_at_ms', 'excluded.verified_at_ms']),
            revoked_at_ms: null,
          })),
        )
        .execute()
    },

    async currentMeeting(viewer, gatheringId) {
      if (!isUuid(gatheringId)) return null
      const row = await db
        .selectFrom('meetings')
        .selectAll()
        .where('installation_id', '=', viewer.installationId)
        .where('gathering_id', '=', gatheringId)
        .orderBy('created_at_ms', 'desc')
        .limit(1)
        .executeTakeFirst()
      return row ? homeOf(row) : null
    },

    async ofSameAccount(installationId, otherId) {
      const row = await crossTenant('compare accounts', db, (any) =>
        any
          .selectFrom('installations as one')
          .innerJoin('installations as other', 'other.account_hash', 'one.account_hash')
          .select('one.id')
          .where('one.id', '=', installationId)
          .where('other.id', '=', otherId)
          .executeTakeFirst(),
      )
      return row !== undefined
    },

    ...createGatheringLookup(parts),
  }
}
