/**
 * The Zoom Apps SDK calls and events the panel uses. One list: the panel hands it to the SDK, and the app's manifest is
 * generated from it, so neither can ask for what the other does not know.
 */
export const sdkApis = [
  'getMeetingContext',
  'getMeetingUUID',
  'getMeetingParticipants',
  'getMeetingParticipantsEmail',
  'getWaitingRoomParticipants',
  'getAppContext',
  'openUrl',
  'authorize',
  'showNotification',
] as const

export const sdkEvents = [
  'onParticipantChange',
  'onParticipantEmail',
  'onMyUserContextChange',
  'onRunningContextChange',
  'onMeeting',
  'onBreakoutRoomChange',
  'onWaitingRoomParticipantJoin',
  'onWaitingRoomParticipantLeave',
  'onAppVisibilityChange',
  'onAuthorized',
] as const

export type SdkCapability = (typeof sdkApis)[number] | (typeof sdkEvents)[number]
