import type { MemberRole } from '../../shared/wire/index.ts'
import { SESSION_SECONDS } from './session-token.ts'
import type { Directory, Installation, MeetingHome, SessionRecord, Sessions } from './ports.ts'
import type { MemberViewer } from './viewer.ts'

/** What a verified Zoom app context says, in our words. Times are epoch milliseconds. */
export interface ProvedContext {
  zoomUserId: string | null
  meetingUuid: string | null
  /** True when Zoom named a meeting or webinar at all, even without its UUID. */
  inMeeting: boolean
  role: MemberRole
  issuedAtMs: number
  expiresAtMs: number
  /** Hash of the token's authentication tag: the identity of this very token. */
  tagHash: string
}

export type Exchange =
  | { ok: false; code: 'guest' | 'not_installed' | 'context_replayed' }
  | { ok: true; session: SessionRecord; meeting: MeetingHome | null; openedGrant: boolean; revoked: number }

export interface ExchangePorts {
  directory: Directory
  sessions: Sessions
  clock: () => number
}

/**
 * Exchanges a verified app context for a session: the only way into tenant data.
 *
 * Guests carry no Zoom user id and get nothing. A host or co-host of a meeting that some installation records is granted
 * that gathering there; otherwise the meeting is recorded in their own installation (panel-only unless they host it).
 * Participants of a meeting that Zoom's messages record get a session there in which nothing but their own line is
 * readable; others keep one of their own installation, with no gathering. The role is the context's, but for a `host` of
 * somebody else's meeting: of the same Zoom account a co-host, else a participant. A meeting Zoom does not name (webinars,
 * breakout rooms) is taken only when our own record says the user hosts it.
 * Sessions of the same member and gathering with another role end here, and so does the first session of a context that
 * Zoom handed out again.
 */
export async function exchangeContext(context: ProvedContext, ports: ExchangePorts): Promise<Exchange> {
  if (context.zoomUserId === null) return { ok: false, code: 'guest' }
  const nowMs = ports.clock()
  const seen = await ports.sessions.registerExchange({
    tagHash: context.tagHash,
    nowMs,
    expiresAtMs: context.expiresAtMs,
  })
  if (seen === 'replayed' || seen === 'refused') return { ok: false, code: 'context_replayed' }

  const home = await findHome(context, context.zoomUserId, ports)
  if (home === null) return { ok: false, code: 'not_installed' }

  const { memberId, admin } = await ports.directory.ensureMember(
    home.installationId,
    context.zoomUserId,
    home.outsider,
  )
  const { meeting, role } = home
  const grantable = meeting !== null && (role === 'host' || role === 'cohost')
  if (grantable) {
    await ports.directory.recordGrant({
      installationId: home.installationId,
      gatheringId: meeting.homeGatheringId,
      memberId,
      role,
      verifiedAtMs: context.issuedAtMs,
    })
  }
  const gatheringId = meeting?.gatheringId ?? null
  const revoked = await ports.sessions.revokeOtherRoles({
    installationId: home.installationId,
    memberId,
    gatheringId,
    role,
  })
  const viewer: Omit<MemberViewer, 'kind' | 'sessionId'> = {
    installationId: home.installationId,
    memberId,
    role,
    gatheringId,
    contextAtMs: context.issuedAtMs,
    via: 'zoom',
    admin,
  }
  const expiresAtMs = nowMs + SESSION_SECONDS * 1000
  const { sessionId } = await ports.sessions.open({
    viewer,
    tagHash: context.tagHash,
    expiresAtMs,
    takesOver: seen === 'again',
  })
  return {
    ok: true,
    session: { kind: 'member', sessionId, ...viewer, expiresAtMs, endedBecause: null },
    meeting,
    openedGrant: grantable,
    revoked,
  }
}

interface Home {
  installationId: string
  meeting: MeetingHome | null
  role: MemberRole
  /** The installation is not the one they belong to. */
  outsider: boolean
}

async function findHome(
  context: ProvedContext,
  zoomUserId: string,
  ports: ExchangePorts,
): Promise<Home | null> {
  const own = await ports.directory.installationOfUser(zoomUserId)
  if (context.meetingUuid !== null)
    return homeOfNamedMeeting(context, context.meetingUuid, zoomUserId, own, ports)
  if (own === null) return null
  if (!context.inMeeting) return atHome(own, null, 'member')
  const meeting = await ports.directory.findLiveMeetingHostedBy(own.id, zoomUserId)
  return atHome(own, meeting, meeting === null ? 'participant' : 'host')
}

async function homeOfNamedMeeting(
  context: ProvedContext,
  meetingUuid: string,
  zoomUserId: string,
  own: Installation | null,
  ports: ExchangePorts,
): Promise<Home | null> {
  const known = await ports.directory.findMeetingAnywhere(meetingUuid, zoomUserId)
  const mayRun = context.role === 'host' || context.role === 'cohost'
  if (known !== null && known.installationId === own?.id && (mayRun || known.capture === 'full')) {
    return atHome(own, known, mayRun ? context.role : 'participant')
  }
  // A panel-only capture belongs to whoever made it: another co-host gets one of their own, never a look into this one.
  if (known !== null && known.capture === 'full') {
    const role = await roleInAnothersMeeting(context.role, known, own, ports)
    return { installationId: known.installationId, meeting: known, role, outsider: true }
  }
  if (own === null) return null
  if (!mayRun) return atHome(own, null, 'participant')
  const meeting = await ports.directory.openMeeting({
    installationId: own.id,
    meetingUuid,
    hostZoomUserId: context.role === 'host' ? zoomUserId : null,
    atMs: ports.clock(),
  })
  return atHome(own, meeting, context.role)
}

/**
 * Whoever runs another's meeting as `host` is an alternative host, or was handed it. Of the same Zoom account they count as
 * a co-host; of any other, or of none we know, as a participant.
 */
async function roleInAnothersMeeting(
  role: MemberRole,
  known: MeetingHome,
  own: Installation | null,
  ports: ExchangePorts,
): Promise<MemberRole> {
  if (role === 'cohost') return 'cohost'
  if (role !== 'host' || own === null) return 'participant'
  return (await ports.directory.ofSameAccount(own.id, known.installationId)) ? 'cohost' : 'participant'
}

function atHome(own: Installation, meeting: MeetingHome | null, role: MemberRole): Home {
  return { installationId: own.id, meeting, role, outsider: false }
}
