import type { SdkCapability } from '../../shared/wire/sdk-capabilities.ts'
import type { UnderstoodEvent } from './deliveries.ts'

/**
 * Everything the app asks Zoom for, each with why. `manifest.json` is generated from these tables, the panel configures
 * the SDK with the same list, and a reviewer or a cautious administrator can read the sentences.
 */

/** `optional`: a host who never holds webinars need not grant it, and everything about meetings works without. */
export const scopes: Record<string, { why: string; optional: boolean }> = {
  'zoomapp:inmeeting': { why: 'Opens the panel in a meeting and lets it see who is there.', optional: false },
  'zoomapp:inwebinar': { why: 'Opens the panel in a webinar and lets it see who is there.', optional: false },
  'user:read:user': {
    why: 'Tells which Zoom user and account authorised the app, so that their meetings are kept apart from all others.',
    optional: false,
  },
  'meeting:read:meeting': {
    why: 'Announces that a meeting of the host started or ended, and tells when it was planned.',
    optional: false,
  },
  'meeting:read:participant': {
    why: 'Announces who joined, left, waited or changed rooms, so that the panel need not be open.',
    optional: false,
  },
  'meeting:read:past_meeting': {
    why: 'Tells whether a meeting is over, when it really began and ended, and that a report is about this meeting.',
    optional: false,
  },
  'meeting:read:list_past_participants': {
    why: 'Reads Zoom’s own list of who was there after a meeting, which confirms or corrects what was seen live.',
    optional: false,
  },
  'webinar:read:webinar': { why: 'Announces that a webinar of the host started or ended.', optional: true },
  'webinar:read:participant': { why: 'Announces who joined and left a webinar.', optional: true },
  'webinar:read:list_past_participants': {
    why: 'Reads Zoom’s own list of who was there after a webinar.',
    optional: true,
  },
}

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
