import type { MemberRole, RequestState } from '../../shared/wire/index.ts'
import type { MemberViewer } from './viewer.ts'

export type CohostPolicy = 'nothing' | 'without_emails' | 'everything'

export interface Installation {
  id: string
  profile: 'user' | 'account'
  cohostPolicy: CohostPolicy
}

/** What `mayRead` needs to know of a gathering; all of it looked up inside the viewer's own installation. */
export interface GatheringAccess {
  gatheringId: string
  /** Every id it goes by: its own, and those of the gatherings that were joined into it. */
  gatheringIds: string[]
  hostMemberId: string | null
  capture: 'full' | 'panel_only'
  ended: boolean
  /** Grants of this viewer here, revoked ones excluded. */
  grants: { role: 'host' | 'cohost'; verifiedAtMs: number }[]
  cohostPolicy: CohostPolicy
  /** What the host decided for this viewer: for this gathering, and for every one; null: nothing decided. */
  decisions: { once: CohostPolicy | null; always: CohostPolicy | null }
  /** Where the viewer's own asking for access stands. */
  request: RequestState
}

export interface MeetingHome {
  installationId: string
  meetingId: string
  gatheringId: string
  /** The gathering its grants are recorded for: its own, also while it is joined to another. */
  homeGatheringId: string
  meetingUuid: string
  topic: string | null
  number: string | null
  kind: 'meeting' | 'webinar' | 'event_session' | 'unknown'
  capture: 'full' | 'panel_only'
}

export interface Directory {
  /** The installation a Zoom user belongs to: user profile = their own; account profile = the account that knows them. */
  installationOfUser(zoomUserId: string): Promise<Installation | null>
  /** CROSS-TENANT by name: which installation records this meeting UUID; one that hears webhooks wins over panel-only. */
  findMeetingAnywhere(meetingUuid: string, zoomUserId: string): Promise<MeetingHome | null>
  /** The meeting hosted by this user that is live now, when a context names none (webinars, breakout rooms). */
  findLiveMeetingHostedBy(installationId: string, zoomUserId: string): Promise<MeetingHome | null>
  /** Creates (or returns) the meeting in this installation, in a gathering of its own. `hostZoomUserId` null: panel-only. */
  openMeeting(input: {
    installationId: string
    meetingUuid: string
    hostZoomUserId: string | null
    atMs: number
  }): Promise<MeetingHome>
  /**
   * Creates (or returns) the member of this installation behind a Zoom user. `outsider`: they are only in one of its
   * meetings, and it is not the installation they belong to.
   */
  ensureMember(
    installationId: string,
    zoomUserId: string,
    outsider?: boolean,
  ): Promise<{ memberId: string; admin: boolean }>
  /** CROSS-TENANT by name: whether two installations are known to be of one Zoom account. */
  ofSameAccount(installationId: string, otherId: string): Promise<boolean>
  recordGrant(input: {
    installationId: string
    gatheringId: string
    memberId: string
    role: 'host' | 'cohost'
    verifiedAtMs: number
  }): Promise<void>
  /** What is known of a gathering of the viewer's installation; an id that was joined into another leads to that one. */
  gatheringAccess(viewer: MemberViewer, gatheringId: string): Promise<GatheringAccess | null>
  /** CROSS-TENANT by name: the viewer as the same Zoom user in the other installation that has this gathering. */
  inInstallationOf(viewer: MemberViewer, gatheringId: string): Promise<MemberViewer | null>
  /** CROSS-TENANT by name: the viewer in every installation that knows the same Zoom user, the session's own first. */
  everywhere(viewer: MemberViewer): Promise<MemberViewer[]>
  /** The latest meeting of a gathering of the viewer's installation: the one a panel in it observes. */
  currentMeeting(viewer: MemberViewer, gatheringId: string): Promise<MeetingHome | null>
}

export type SessionEnd = 'session_expired' | 'session_revoked' | 'session_taken_over'

export interface SessionRecord extends MemberViewer {
  expiresAtMs: number
  endedBecause: SessionEnd | null
}

export interface Sessions {
  /**
   * Registers one exchange of a context by its tag. `first`: go on. `replayed`: refuse once.
   * `again`: the client was told to ask for a new context and got the same; allowed once, ends the first session.
   * `refused`: every further time.
   */
  registerExchange(input: {
    tagHash: string
    nowMs: number
    expiresAtMs: number
  }): Promise<'first' | 'replayed' | 'again' | 'refused'>
  /** Opens a session. With `takesOver`, sessions opened from the same tag end as `session_taken_over`. */
  open(input: {
    viewer: Omit<MemberViewer, 'kind' | 'sessionId'>
    tagHash: string
    expiresAtMs: number
    takesOver: boolean
  }): Promise<{ sessionId: string }>
  /** Ends the member's sessions in this gathering that carry another role than `role` (all of them for null). */
  revokeOtherRoles(input: {
    installationId: string
    memberId: string
    gatheringId: string | null
    role: MemberRole | null
  }): Promise<number>
  find(installationId: string, sessionId: string): Promise<SessionRecord | null>
  /** Ends this one session. */
  end(viewer: MemberViewer): Promise<void>
  /**
   * Prepares a wide view with the rights of this panel's session, waiting for whoever brings the code; nobody can use it
   * before. Whatever ends the sessions of its role, of its context or of its member ends it, too, opened or not.
   */
  handOver(input: { viewer: MemberViewer; codeHash: string; expiresAtMs: number }): Promise<void>
  /** Whether the code still opens a wide view. */
  isHandedOver(codeHash: string, nowMs: number): Promise<boolean>
  /** Opens it, once, until `expiresAtMs`; null when the code is unknown, used or expired, or the right to it has ended. */
  openWideView(input: { codeHash: string; nowMs: number; expiresAtMs: number }): Promise<SessionRecord | null>
  /** CROSS-TENANT by name: how many wide views the Zoom user behind this viewer has open, in whatever installation. */
  wideViews(viewer: MemberViewer): Promise<number>
  /** CROSS-TENANT by name: ends them all, and those handed over that nobody opened; answers how many were open. */
  endWideViews(viewer: MemberViewer): Promise<number>
}
