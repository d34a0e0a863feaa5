import type { RequestState } from '../../shared/wire/index.ts'
import type { CohostPolicy, Directory, GatheringAccess } from '../access/ports.ts'
import type { MemberViewer } from '../access/viewer.ts'
import type { Parts } from './parts.ts'
import { isUuid } from './parts.ts'
import { crossTenant, type Database } from './tenancy.ts'

/** Of several requests about what is one gathering now, the one that gives most speaks. */
const REQUEST_ORDER = ['granted_always', 'granted_once', 'pending', 'refused'] as const

/** What a granted request gives. */
export const policyOfGrant = (emails: boolean): CohostPolicy => (emails ? 'everything' : 'without_emails')

/**
 * The id under which this installation keeps a gathering now: its own, or that of the gathering it was joined into. Null
 * when the installation has no meeting under it.
 */
export async function currentGatheringId(
  db: Database,
  installationId: string,
  gatheringId: string,
): Promise<string | null> {
  if (!isUuid(gatheringId)) return null
  const rows = await db
    .selectFrom('meetings')
    .select('gathering_id')
    .where('installation_id', '=', installationId)
    .where((eb) => eb.or([eb('gathering_id', '=', gatheringId), eb('home_gathering_id', '=', gatheringId)]))
    .execute()
  const ids = rows.map((row) => row.gathering_id)
  return ids.includes(gatheringId) ? gatheringId : (ids[0] ?? null)
}

/** The part of the directory that finds one gathering for somebody, in their installation or where they are known. */
export function createGatheringLookup({
  db,
}: Parts): Pick<Directory, 'gatheringAccess' | 'inInstallationOf' | 'everywhere'> {
  return {
    async gatheringAccess(viewer, gatheringId) {
      const { installationId } = viewer
      const currentId = await currentGatheringId(db, installationId, gatheringId)
      if (currentId === null) return null
      const meetings = await meetingsOf(db, installationId, currentId)
      const [first] = meetings
      if (!first) return null
      const gatheringIds = [
        ...new Set([currentId, ...meetings.flatMap((row) => row.home_gathering_id ?? [])]),
      ]
      const [grants, decisions] = await Promise.all([
        grantsOf(db, viewer, gatheringIds),
        decisionsFor(db, viewer, gatheringIds),
      ])
      return {
        gatheringId: currentId,
        gatheringIds,
        hostMemberId: meetings.find((meeting) => meeting.host_member_id !== null)?.host_member_id ?? null,
        capture: meetings.some((meeting) => meeting.capture === 'full') ? 'full' : 'panel_only',
        ended: meetings.every((meeting) => meeting.ended_at_ms !== null),
        grants,
        cohostPolicy: first.cohost_policy,
        ...decisions,
      }
    },

    async inInstallationOf(viewer, gatheringId) {
      if (!isUuid(gatheringId)) return null
      const row = await crossTenant('find oneself elsewhere', db, (any) =>
        any
          .selectFrom('members as me')
          .innerJoin('members as there', 'there.zoom_user_hash', 'me.zoom_user_hash')
          .innerJoin('gatherings', 'gatherings.installation_id', 'there.installation_id')
          .select(['there.installation_id', 'there.id', 'there.admin'])
          .where('me.installation_id', '=', viewer.installationId)
          .where('me.id', '=', viewer.memberId)
          .where('there.installation_id', '!=', viewer.installationId)
          .where('gatherings.id', '=', gatheringId)
          .executeTakeFirst(),
      )
      return row ? asMember(viewer, row) : null
    },

    async everywhere(viewer) {
      const rows = await crossTenant('find oneself elsewhere', db, (any) =>
        any
          .selectFrom('members as me')
          .innerJoin('members as there', 'there.zoom_user_hash', 'me.zoom_user_hash')
          .select(['there.installation_id', 'there.id', 'there.admin'])
          .where('me.installation_id', '=', viewer.installationId)
          .where('me.id', '=', viewer.memberId)
          .where('there.installation_id', '!=', viewer.installationId)
          .orderBy('there.installation_id')
          .execute(),
      )
      return [viewer, ...rows.map((row) => asMember(viewer, row))]
    },
  }
}

/** The same person in another installation; the session's gathering is none there, so no live role carries over. */
function asMember(
  viewer: MemberViewer,
  row: { installation_id: string; id: string; admin: boolean },
): MemberViewer {
  return {
    ...viewer,
    installationId: row.installation_id,
    memberId: row.id,
    admin: row.admin,
    role: 'member',
    gatheringId: null,
  }
}

function meetingsOf(db: Database, installationId: string, gatheringId: string) {
  return db
    .selectFrom('meetings')
    .innerJoin('installations', 'installations.id', 'meetings.installation_id')
    .select([
      'meetings.host_member_id',
      'meetings.home_gathering_id',
      'meetings.capture',
      'meetings.ended_at_ms',
      'installations.cohost_policy',
    ])
    .where('meetings.installation_id', '=', installationId)
    .where('meetings.gathering_id', '=', gatheringId)
    .orderBy('meetings.created_at_ms')
    .execute()
}

async function grantsOf(
  db: Database,
  { installationId, memberId }: MemberViewer,
  gatheringIds: string[],
): Promise<GatheringAccess['grants']> {
  const rows = await db
    .selectFrom('grants')
    .select(['role', 'verified_at_ms'])
    .where('installation_id', '=', installationId)
    .where('gathering_id', 'in', gatheringIds)
    .where('member_id', '=', memberId)
    .where('revoked_at_ms', 'is', null)
    .execute()
  return rows.map((row) => ({ role: row.role, verifiedAtMs: row.verified_at_ms }))
}

async function decisionsFor(
  db: Database,
  { installationId, memberId }: MemberViewer,
  gatheringIds: string[],
): Promise<Pick<GatheringAccess, 'decisions' | 'request'>> {
  const [always, requests] = await Promise.all([
    db
      .selectFrom('cohost_decisions')
      .select('always')
      .where('installation_id', '=', installationId)
      .where('member_id', '=', memberId)
      .executeTakeFirst(),
    db
      .selectFrom('access_requests')
      .select(['state', 'emails'])
      .where('installation_id', '=', installationId)
      .where('gathering_id', 'in', gatheringIds)
      .where('member_id', '=', memberId)
      .execute(),
  ])
  return accessDecisions(always?.always ?? null, requests)
}

export interface AskedFor {
  state: Exclude<RequestState, 'none'>
  emails: boolean
}

/** What decisions come to: the one for every gathering, and what was asked for about this one. */
export function accessDecisions(
  always: CohostPolicy | null,
  requests: readonly AskedFor[],
): Pick<GatheringAccess, 'decisions' | 'request'> {
  const once = requests.filter(({ state }) => state === 'granted_once')
  return {
    decisions: { once: once.length === 0 ? null : policyOfGrant(once.some(({ emails }) => emails)), always },
    request: REQUEST_ORDER.find((state) => requests.some((request) => request.state === state)) ?? 'none',
  }
}
