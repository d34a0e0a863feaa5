/** Who may call what, and hear what, in the Zoom client; and the codes seen when they may not. */
import type { ConnectionInPlay, MeetingInPlay, PersonInPlay, RoleInPlay } from '../scenario.ts'

export interface Standing {
  inMeeting: boolean
  role: RoleInPlay | null
  /** `authorized`: signed in and the app is added; the other two are guests. */
  status: 'unauthenticated' | 'authenticated' | 'authorized'
  /** They are guests to an app in the webinar, however well Zoom knows them. */
  isWebinarAttendee: boolean
}

/** @param connection of theirs in the meeting on screen, when they are in it */
export function standingOf(
  person: PersonInPlay,
  isAuthorised: boolean,
  connection: ConnectionInPlay | undefined,
  kind: MeetingInPlay['kind'] | undefined,
): Standing {
  const known = isAuthorised ? 'authorized' : 'authenticated'
  const role = connection?.role ?? null
  return {
    inMeeting: connection !== undefined,
    role,
    status: person.zoomUserId === undefined ? 'unauthenticated' : known,
    isWebinarAttendee: kind === 'webinar' && role === 'attendee',
  }
}

interface Rule {
  roles: 'everybody' | 'host_and_cohost'
  guests: boolean
  meetingOnly: boolean
  /** Code and reason when the role is too small. */
  refusal?: { code: number; reason: string }
}

const everybody: Rule = { roles: 'everybody', guests: true, meetingOnly: false }
const inMeeting: Rule = { roles: 'everybody', guests: true, meetingOnly: true }
const ownerOnly = { code: 80003, reason: 'require_meeting_owner_role' }
const hosts: Rule = { roles: 'host_and_cohost', guests: false, meetingOnly: true }
const hostsAlsoGuests: Rule = { ...hosts, guests: true }

const rules: Record<string, Rule> = {
  getMeetingParticipants: { ...hosts, refusal: ownerOnly },
  getMeetingContext: { ...hosts, refusal: ownerOnly },
  getMeetingJoinUrl: { ...hosts, refusal: ownerOnly },
  getMeetingParticipantsEmail: { ...inMeeting, guests: false },
  getWaitingRoomParticipants: hostsAlsoGuests,
  getWaitingRoomState: hostsAlsoGuests,
  getMeetingUUID: inMeeting,
  onParticipantChange: hosts,
  onParticipantEmail: { ...inMeeting, guests: false },
  onWaitingRoomParticipantJoin: hostsAlsoGuests,
  onWaitingRoomParticipantLeave: hostsAlsoGuests,
  onMeeting: { ...inMeeting, guests: false },
  onBreakoutRoomChange: inMeeting,
  authorize: { ...everybody, guests: false },
  onAuthorized: { ...everybody, guests: false },
}

const roleTooSmall = { code: 80012, reason: 'require_meeting_role' }
const wrongContext = { code: 10247, reason: 'wrong running context' }

/** Why this API or event is refused to somebody of this standing; null when it is not. */
export function permission(name: string, standing: Standing): { code: number; reason: string } | null {
  const rule = rules[name] ?? everybody
  if (rule.meetingOnly && !standing.inMeeting) return wrongContext
  const isGuest = standing.status !== 'authorized' || standing.isWebinarAttendee
  if (!rule.guests && isGuest) return roleTooSmall
  const isHost = standing.role === 'host' || standing.role === 'cohost'
  if (rule.roles === 'host_and_cohost' && !isHost) return rule.refusal ?? roleTooSmall
  return null
}

/** What `config` reports in `unsupportedApis` for this standing. */
export const unsupportedFor = (name: string, standing: Standing): boolean =>
  permission(name, standing) !== null

/** A call the client turns down, in the words of real clients. */
export class Refusal extends Error {
  readonly code: number
  constructor(code: number, reason: string) {
    super(`No Permission for this API. [code:${code}, reason:${reason}]`)
    this.code = code
  }
}
