import { sdkApis, sdkEvents } from '../../shared/wire/sdk-capabilities.ts'
import {
  readAuthorized,
  readChanges,
  readContext,
  readEmail,
  readEnded,
  readFailureCode,
  readMeeting,
  readPeople,
  readSurroundings,
  readUnsupported,
  readVisible,
  readWhereabouts,
} from './answers.ts'
import { ZoomFailure, type Feature, type ZoomClient, type ZoomEventName, type ZoomEvents } from './client.ts'
import type { Sdk } from './sdk.ts'

/** A protocol version, not the package's; without it the client is told 0.14. */
const PROTOCOL = '0.16'

/** Some clients reject the whole list for one name they do not know; with these every supported client starts. */
const coreApis = [
  'getAppContext',
  'getMeetingParticipants',
  'getMeetingUUID',
  'openUrl',
  'authorize',
  'showNotification',
]
const coreEvents = [
  'onParticipantChange',
  'onMyUserContextChange',
  'onRunningContextChange',
  'onMeeting',
  'onAuthorized',
]

const apiOf: Record<Feature, string> = {
  participants: 'getMeetingParticipants',
  waiting_room: 'getWaitingRoomParticipants',
  emails: 'getMeetingParticipantsEmail',
  meeting_context: 'getMeetingContext',
  authorize: 'authorize',
  notify: 'showNotification',
}

/**
 * The adapter around the Zoom Apps SDK. The SDK refuses listeners before `config` was answered, and the client does not
 * queue events, so they are registered in the very turn of that answer and before anything is read. Each handler is its own
 * function and never throws, since the SDK stops at the first that does and removes a shared one everywhere.
 *
 * @see https://developers.zoom.us/docs/zoom-apps/js-sdk/
 */
export function createZoomClient(sdk: Sdk): ZoomClient {
  const listeners = new Map<ZoomEventName, Set<(payload: never) => void>>()
  let unsupported = new Set<string>()
  let listening = false

  function emit<Name extends ZoomEventName>(event: Name, payload: ZoomEvents[Name]): void {
    for (const listener of listeners.get(event) ?? [])
      (listener as (payload: ZoomEvents[Name]) => void)(payload)
  }

  function listen(): void {
    if (listening) return
    listening = true
    sdk.on('onParticipantChange', (event) => {
      emit('people', readChanges(event))
    })
    sdk.on('onWaitingRoomParticipantJoin', () => {
      emit('waiting', undefined)
    })
    sdk.on('onWaitingRoomParticipantLeave', () => {
      emit('waiting', undefined)
    })
    sdk.on('onParticipantEmail', (event) => {
      const answer = readEmail(event)
      if (answer !== null) emit('email', answer)
    })
    sdk.on('onMyUserContextChange', () => {
      emit('standing', undefined)
    })
    sdk.on('onRunningContextChange', () => {
      emit('standing', undefined)
    })
    sdk.on('onBreakoutRoomChange', () => {
      emit('whereabouts', undefined)
    })
    sdk.on('onMeeting', (event) => {
      if (readEnded(event)) emit('ended', undefined)
    })
    sdk.on('onAppVisibilityChange', (event) => {
      emit('visible', readVisible(event))
    })
    sdk.on('onAuthorized', (event) => {
      emit('authorized', readAuthorized(event))
    })
  }

  async function configure(): Promise<unknown> {
    const all = [...sdkApis, ...sdkEvents]
    try {
      return await sdk.config({ capabilities: all, version: PROTOCOL })
    } catch (error) {
      const code = readFailureCode(error)
      if (code === 'no_bridge' || code === 'timeout') throw error
      const core = [...coreApis, ...coreEvents]
      const answer = await sdk.config({ capabilities: core, version: PROTOCOL })
      const lost = all.filter((name) => !core.includes(name))
      return { ...(answer as object), unsupportedApis: [...readUnsupported(answer), ...lost] }
    }
  }

  return {
    async connect() {
      const answer = await refusal(configure())
      listen()
      unsupported = new Set(readUnsupported(answer))
      return readSurroundings(answer)
    },
    appContext: async () => readContext(await refusal(sdk.getAppContext())),
    participants: async () => readPeople(await refusal(sdk.getMeetingParticipants())),
    waiting: async () => readPeople(await refusal(sdk.getWaitingRoomParticipants())),
    meeting: async () => readMeeting(await refusal(sdk.getMeetingContext())),
    whereabouts: async () => readWhereabouts(await refusal(sdk.getMeetingUUID())),
    async askForEmails(reason) {
      await refusal(sdk.getMeetingParticipantsEmail({ reasonForAsking: reason }))
    },
    async authorize(challenge) {
      await refusal(sdk.authorize(challenge))
    },
    notify(message) {
      void sdk.showNotification({ type: 'info', ...message }).catch(() => undefined)
    },
    openUrl(url) {
      void sdk.openUrl({ url }).catch(() => undefined)
    },
    can: (feature) => !unsupported.has(apiOf[feature]),
    on(event, listener) {
      const known = listeners.get(event) ?? new Set()
      listeners.set(event, known)
      known.add(listener)
      return () => {
        known.delete(listener)
      }
    },
  }
}

async function refusal<Answer>(call: Promise<Answer>): Promise<Answer> {
  try {
    return await call
  } catch (error) {
    throw new ZoomFailure(readFailureCode(error), error)
  }
}
