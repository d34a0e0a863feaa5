import type { Fact } from '../../../shared/attendance/evidence.ts'
import type { MeetingMention, Translation } from '../../../server/ingest/ports.ts'
import type { MemberViewer, SystemViewer } from '../../../server/access/viewer.ts'
import type { Storage } from '../../../server/storage/index.ts'

/** Installs for a Zoom user of an account called after them, and tells the installation. */
export async function install(
  storage: Storage,
  zoomUserId: string,
  profile: 'user' | 'account' = 'user',
  zoomAccountId = `account-of-${zoomUserId}`,
) {
  return storage.tokenStore.install({
    profile,
    zoomUserId,
    zoomAccountId,
    tokens: {
      accessToken: 'access-secret',
      refreshToken: 'refresh-secret',
      expiresAtMs: 1,
      scopes: ['meeting:read'],
    },
    nowMs: 0,
  })
}

export const system = (installationId: string): SystemViewer => ({
  kind: 'system',
  installationId,
  purpose: 'live_roster',
})

/** An id nothing has. */
export const STRANGER = '00000000-0000-4000-8000-000000000000'

export const viewerOf = (installationId: string, memberId: string): MemberViewer => ({
  kind: 'member',
  installationId,
  memberId,
  sessionId: STRANGER,
  role: 'member',
  gatheringId: null,
  contextAtMs: 0,
  via: 'zoom',
  admin: false,
})

export const mention = (uuid: string, more: Partial<MeetingMention> = {}): MeetingMention => ({
  uuid,
  number: null,
  kind: 'meeting',
  topic: null,
  hostZoomUserId: null,
  startedAtMs: null,
  endedAtMs: null,
  ...more,
})

export const joined = (meeting: string, key: string, name = 'Anna', email: string | null = null): Fact => ({
  kind: 'participant_joined',
  key,
  meeting,
  atMs: 1_000,
  witness: 'webhook',
  place: { kind: 'main' },
  ref: { segmentId: key, participantUuid: null, parentSegmentId: null },
  name,
  keys: { zoomUserId: null, registrantId: null, email, phone: null },
})

/** A delivery whose body says outright what it becomes, for tests that are not about Zoom's shapes. */
export const translateAsSaid = (delivery: { body: Uint8Array }): Translation =>
  JSON.parse(Buffer.from(delivery.body).toString('utf8')) as Translation

export const delivery = (installationId: string, dedupeKey: string, translation: Translation) => ({
  installationId,
  dedupeKey,
  receivedAtMs: 0,
  body: Buffer.from(JSON.stringify(translation)),
})

export const joinDelivery = (installationId: string, meeting: string, key: string, name = 'Anna') =>
  delivery(installationId, key, {
    kind: 'evidence',
    meeting: mention(meeting),
    facts: [joined(meeting, key, name)],
    roleChangedFor: null,
  })
