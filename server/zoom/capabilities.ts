import type { SdkCapability } from '../../shared/wire/sdk-capabilities.ts'
import type { Capability } from '../../shared/wire/settings.ts'
import type { UnderstoodEvent } from './deliveries.ts'

/**
 * Everything the app asks Zoom for, each with why. Both manifests are generated from these tables, the panel configures the
 * SDK with the same list, a sign-in is held against them, and a reviewer or a cautious administrator can read the sentences.
 */

/**
 * Who gave the right: a user who added the app for themselves, an administrator who added it for the account, or the account's
 * own server-to-server app, whose credentials the operator lends beside either. One Marketplace app cannot be two of them.
 *
 * @see https://developers.zoom.us/docs/integrations/oauth-scopes-overview/
 */
export type GrantKind = 'user' | 'account' | 'server_to_server'

interface ScopeUse {
  capability: Capability
  why: string
  /** Whoever has no use for the capability need not grant it; everything else works without. */
  optional: boolean
  grants: readonly GrantKind[]
}

const everyApp: readonly GrantKind[] = ['user', 'account']
const everybody: readonly GrantKind[] = ['user', 'account', 'server_to_server']
const admins: readonly GrantKind[] = ['account', 'server_to_server']

/** By the name a user grants it under; `scopeFor` spells it for the others. */
export const scopes = {
  'zoomapp:inmeeting': {
    capability: 'panel',
    why: 'Opens the panel in a meeting and lets it see who is there.',
    optional: false,
    grants: everyApp,
  },
  'zoomapp:inwebinar': {
    capability: 'panel',
    why: 'Opens the panel in a webinar and lets it see who is there.',
    optional: false,
    grants: everyApp,
  },
  'user:read:user': {
    capability: 'sign_in',
    why: 'Tells which Zoom user and account authorised the app, so that their meetings are kept apart from all others.',
    optional: false,
    grants: everyApp,
  },
  'meeting:read:meeting': {
    capability: 'live_meetings',
    why: 'Announces that a meeting of the host started or ended, and tells when it was planned and whether one registers for it.',
    optional: false,
    grants: everyApp,
  },
  'meeting:read:participant': {
    capability: 'live_meetings',
    why: 'Announces who joined, left, waited or changed rooms, so that the panel need not be open.',
    optional: false,
    grants: everyApp,
  },
  'meeting:read:past_meeting': {
    capability: 'meeting_lists',
    why: 'Tells whether a meeting is over, when it really began and ended, and that a report is about this meeting.',
    optional: false,
    grants: everybody,
  },
  'meeting:read:list_past_participants': {
    capability: 'meeting_lists',
    why: 'Reads Zoom’s own list of who was there after a meeting, which confirms or corrects what was seen live.',
    optional: false,
    grants: ['user'],
  },
  'report:read:list_meeting_participants': {
    capability: 'meeting_lists',
    why: 'Reads the report of a meeting after it, with breakout rooms, which confirms or corrects what was seen live.',
    optional: false,
    grants: admins,
  },
  'webinar:read:webinar': {
    capability: 'live_webinars',
    why: 'Announces that a webinar of the host started or ended, and tells whether one registers for it.',
    optional: true,
    grants: everyApp,
  },
  'webinar:read:participant': {
    capability: 'live_webinars',
    why: 'Announces who joined and left a webinar.',
    optional: true,
    grants: everyApp,
  },
  'webinar:read:list_past_participants': {
    capability: 'webinar_lists',
    why: 'Reads Zoom’s own list of who was there after a webinar.',
    optional: true,
    grants: ['user'],
  },
  'report:read:list_webinar_participants': {
    capability: 'webinar_lists',
    why: 'Reads the report of a webinar after it.',
    optional: true,
    grants: admins,
  },
  'meeting:read:registrant': {
    capability: 'meeting_registrants',
    why: 'Announces who registers for a meeting, is approved or denied, or cancels, so that no-shows can be told.',
    optional: true,
    grants: everyApp,
  },
  'meeting:read:list_registrants': {
    capability: 'meeting_registrants',
    why: 'Reads who registered for a meeting, with their answers, to tell no-shows and unregistered guests.',
    optional: true,
    grants: everyApp,
  },
  'webinar:read:registrant': {
    capability: 'webinar_registrants',
    why: 'Announces who registers for a webinar, is approved or denied, or cancels, so that no-shows can be told.',
    optional: true,
    grants: everyApp,
  },
  'webinar:read:list_registrants': {
    capability: 'webinar_registrants',
    why: 'Reads who registered for a webinar, with their answers, to tell no-shows and unregistered guests.',
    optional: true,
    grants: everyApp,
  },
  'webinar:read:list_panelists': {
    capability: 'webinar_registrants',
    why: 'Reads who the panelists of a webinar are, so that they are not counted among the audience.',
    optional: true,
    grants: everyApp,
  },
} as const satisfies Record<string, ScopeUse>

export type Scope = keyof typeof scopes

/** As Zoom spells a scope for this kind of grant: an administrator's has `:admin` at its end. */
export const scopeFor = (scope: Scope, grant: GrantKind): string =>
  grant === 'user' || scope.startsWith('zoomapp:') ? scope : `${scope}:admin`

/** What a grant of this kind asks for, in the order of the table. */
export const scopesOf = (grant: GrantKind): { scope: Scope; use: ScopeUse }[] =>
  Object.entries<ScopeUse>(scopes).flatMap(([scope, use]) =>
    use.grants.includes(grant) ? [{ scope: scope as Scope, use }] : [],
  )

/** How fast Zoom lets an operation be called; the figures are in `rates.ts`. */
export type RateLabel = 'light' | 'medium' | 'heavy'

/** What is called over REST, under which scope. */
export const operations = {
  'GET /users/me': { scope: 'user:read:user', label: 'light' },
  'GET /meetings/{meetingId}': { scope: 'meeting:read:meeting', label: 'light' },
  'GET /past_meetings/{meetingId}': { scope: 'meeting:read:past_meeting', label: 'light' },
  'GET /past_meetings/{meetingId}/participants': {
    scope: 'meeting:read:list_past_participants',
    label: 'medium',
  },
  'GET /past_webinars/{webinarId}/participants': {
    scope: 'webinar:read:list_past_participants',
    label: 'medium',
  },
  'GET /report/meetings/{meetingId}/participants': {
    scope: 'report:read:list_meeting_participants',
    label: 'heavy',
  },
  'GET /report/webinars/{webinarId}/participants': {
    scope: 'report:read:list_webinar_participants',
    label: 'heavy',
  },
  'GET /webinars/{webinarId}': { scope: 'webinar:read:webinar', label: 'light' },
  'GET /meetings/{meetingId}/registrants': { scope: 'meeting:read:list_registrants', label: 'medium' },
  'GET /webinars/{webinarId}/registrants': { scope: 'webinar:read:list_registrants', label: 'medium' },
  'GET /webinars/{webinarId}/panelists': { scope: 'webinar:read:list_panelists', label: 'medium' },
} as const satisfies Record<string, { scope: Scope; label: RateLabel }>

export type Operation = keyof typeof operations

/** `app_deauthorized` is missing on purpose: it is not subscribed to but sent to the app's deauthorization address. */
export const events: Record<Exclude<UnderstoodEvent, 'app_deauthorized'>, string> = {
  'meeting.started': 'Opens the list, and tells when the meeting really began.',
  'meeting.ended': 'Closes the list and every stay that is still open.',
  'meeting.participant_joined': 'Somebody came in.',
  'meeting.participant_left': 'Somebody went.',
  'meeting.participant_joined_waiting_room': 'Somebody waits; waiting is shown apart from being present.',
  'meeting.participant_left_waiting_room': 'Somebody stopped waiting, let in or not.',
  'meeting.participant_put_in_waiting_room': 'Somebody was sent back to wait and is not present meanwhile.',
  'meeting.participant_admitted': 'Somebody was let in and stopped waiting.',
  'meeting.participant_joined_breakout_room':
    'Somebody is in a breakout room, which counts as being present.',
  'meeting.participant_left_breakout_room': 'Somebody left a breakout room.',
  'meeting.participant_role_changed':
    'Shows the role, and takes rights back from whoever is no longer a co-host.',
  'meeting.participant_bind': 'A phone and a computer turned out to be one person.',
  'meeting.registration_created': 'Somebody registered for a meeting.',
  'meeting.registration_approved': 'A registration was approved: they are expected.',
  'meeting.registration_denied': 'A registration was denied: they are not expected.',
  'meeting.registration_cancelled':
    'A registration was cancelled, which Zoom’s list of registrants does not tell: whoever cancels vanishes from it.',
  'webinar.registration_created': 'Somebody registered for a webinar.',
  'webinar.registration_approved': 'A registration was approved: they are expected.',
  'webinar.registration_denied': 'A registration was denied: they are not expected.',
  'webinar.registration_cancelled':
    'A registration was cancelled, which Zoom’s list of registrants does not tell: whoever cancels vanishes from it.',
  'webinar.started': 'Opens the list of a webinar.',
  'webinar.ended': 'Closes the list of a webinar.',
  'webinar.participant_joined': 'Somebody came into the webinar.',
  'webinar.participant_left': 'Somebody left the webinar.',
  'webinar.participant_role_changed':
    'Shows the role, and takes rights back from whoever is no longer a co-host.',
  'webinar.participant_bind': 'A phone and a computer turned out to be one person.',
}

export const sdkUses: Record<SdkCapability, string> = {
  getMeetingContext: 'Reads the topic and number of the meeting for the heading and the file name.',
  getMeetingUUID: 'Tells the breakout room from the meeting it belongs to.',
  getMeetingParticipants: 'Reads who is there now.',
  getAppContext: 'Proves to the server who is asking, and that they are host or co-host at this moment.',
  openUrl: 'Opens the download in the system browser, because the panel cannot save files.',
  onParticipantChange: 'Hears of joins and leaves at once.',
  onMyUserContextChange: 'Hears that the person became or ceased to be co-host, and proves the new role.',
  onRunningContextChange: 'Hears that the panel moved between main window and meeting.',
  onMeeting: 'Hears that the meeting ended.',
  onBreakoutRoomChange: 'Hears that this panel is in a breakout room, where the list shows that room only.',
  getMeetingParticipantsEmail: 'Asks participants for their address; each of them decides.',
  getWaitingRoomParticipants: 'Reads who is waiting now.',
  onParticipantEmail: 'Receives the addresses of those who agreed.',
  onWaitingRoomParticipantJoin: 'Hears that somebody began to wait.',
  onWaitingRoomParticipantLeave: 'Hears that somebody stopped waiting.',
  onAppVisibilityChange: 'Stops reading the list while nobody looks at the panel.',
  authorize: 'Asks the host for consent inside Zoom, when the app is added or connected again.',
  onAuthorized: 'Receives the answer to that consent.',
  showNotification: 'Tells the host that a co-host asks for access to a list.',
}
