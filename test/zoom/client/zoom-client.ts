/**
 * The Zoom client of one person, as an app in it meets it: answers the SDK's calls and sends its events, from the same
 * scenario the webhooks come from. It knows messages, not how they travel: `attach.ts` carries them into a top-level
 * page (WebView2), the demo page into a frame (web client).
 *
 * Shapes, spellings and permission codes follow what SDK 0.16 accepts and what real clients were seen to send.
 *
 * @see https://appssdk.zoom.us/types/ZoomSdkTypes.html
 */
import type { ConnectionInPlay, PlaceInPlay, Scenario, ScenarioEvent } from '../scenario.ts'
import type { ZoomWorld } from '../world.ts'
import { consentSwitches, giveConsent } from './consent.ts'
import type { ConsentSwitches } from './consent.ts'
import { capabilitiesOf, changed, emailAnswer, readCall, spelledInLists, urlOf, waiting } from './messages.ts'
import type { ClientEvent, ClientReply } from './messages.ts'
import { permission, Refusal, standingOf, unsupportedFor } from './permissions.ts'
import type { Standing } from './permissions.ts'

export interface ClientSwitches extends ConsentSwitches {
  /** `getAppContext` hands out the same token again and again. */
  sameContextToken: boolean
  /** Calls that get no answer at all; the SDK then times out. */
  silent: Set<string>
  /** Names this client is too old to know; some clients refuse the whole `config` that lists one. */
  unknown: Set<string>
}

export interface ZoomClientOptions {
  world: ZoomWorld
  /** The meeting on screen, and those it restarts into; null: the main client. */
  scenario: Scenario | null
  /** Key of the person whose client this is; must be in the meeting when there is one. */
  person: string
  device?: string
  product?: 'desktop' | 'web'
  /** What happens to `openUrl`, whose caller never learns it. */
  onOpenUrl?: (url: string) => void
}

export interface ZoomClient {
  /** Takes one message of the SDK (a JSON string); null when the client does not answer it. */
  receive(message: string): ClientReply | null
  /** Events for capabilities the page has listed. Nothing is queued: without a subscriber they are lost. */
  onEvent(listener: (event: ClientEvent) => void): () => void
  /** What rides in the `X-Zoom-App-Context` header when the client opens the home page. */
  appContext(): string
  /** Tells the page that it was hidden or shown. */
  setVisible(visible: boolean): void
  readonly switches: ClientSwitches
  /** Every call received, in order. */
  readonly calls: { api: string; data: unknown }[]
  readonly openedUrls: string[]
  /** What `showNotification` put on screen: type, title, message. */
  readonly notifications: Record<string, unknown>[]
  close(): void
}

export function createZoomClient(options: ZoomClientOptions): ZoomClient {
  const { world, product = 'desktop' } = options
  let { scenario } = options
  const person = scenario ? scenario.person(options.person) : personOutside(world, options.person)
  const switches: ClientSwitches = {
    sameContextToken: false,
    silent: new Set(),
    unknown: new Set(),
    ...consentSwitches(),
  }
  const calls: { api: string; data: unknown }[] = []
  const openedUrls: string[] = []
  const notifications: Record<string, unknown>[] = []
  const subscribers = new Set<(event: ClientEvent) => void>()
  const cancelled: (() => void)[] = []
  let listed: Set<string> | null = null
  let lastToken: string | null = null
  let askingForEmails = false
  let shown = new Map<string, ConnectionInPlay>()

  const self = (): ConnectionInPlay | undefined => {
    const connections = scenario?.connectionsOf(person.key) ?? []
    return connections.find((c) => options.device === undefined || c.device === options.device)
  }
  const here = (): PlaceInPlay => self()?.place ?? { kind: 'main' }
  const visible = (): ConnectionInPlay[] => scenario?.participantsNow(here()) ?? []
  const keepShown = (): void => {
    shown = new Map(visible().map((c) => [c.participantUuid, c]))
  }
  const standing = (): Standing => {
    const isAuthorised = person.zoomUserId !== undefined && world.knows(person.zoomUserId)
    return standingOf(person, isAuthorised, self(), scenario?.meeting.kind)
  }
  const seconds = (): number => Math.floor(world.clock.now() / 1000)
  const emit = (name: string, data: Record<string, unknown>): void => {
    if (!listed?.has(name) || permission(name, standing()) !== null) return
    for (const subscriber of [...subscribers])
      subscriber({ type: 'event', name, data: { timestamp: seconds(), ...data } })
  }
  const token = (): string => {
    if (!switches.sameContextToken || lastToken === null) lastToken = world.appContext(person, scenario)
    return lastToken
  }
  const running = (): string => {
    if (!standing().inMeeting) return 'inMainClient'
    return scenario?.meeting.kind === 'webinar' ? 'inWebinar' : 'inMeeting'
  }

  const config = (asked: string[]): unknown => {
    if (asked.some((name) => switches.unknown.has(name))) throw new Refusal(80004, 'app_not_support')
    listed = new Set(asked.filter((name) => world.app.declaredApis?.includes(name) ?? true))
    keepShown()
    const { status } = standing()
    return {
      runningContext: running(),
      clientVersion: '6.6.0.1234',
      browserVersion: product === 'web' ? 'applewebkit/537.36' : 'webview2/147.0.0.0',
      auth: { status, upgradable: status !== 'authorized' },
      unsupportedApis: asked.filter((name) => !listed?.has(name) || unsupportedFor(name, standing())),
      product,
      launchContext: { origin: 'meeting', openBy: 'user' },
    }
  }

  const askForEmails = (): string => {
    if (askingForEmails) throw new Refusal(10285, 'call already pending')
    askingForEmails = true
    const asked = visible().filter((c) => c.person.key !== person.key)
    let answerAtMs = world.clock.now()
    for (const who of asked) {
      answerAtMs += scenario?.random.between(100, 900) ?? 0
      cancelled.push(
        world.clock.at(answerAtMs, () => {
          emit('onParticipantEmail', emailAnswer(who))
        }),
      )
    }
    cancelled.push(world.clock.at(answerAtMs, () => void (askingForEmails = false)))
    return 'Success'
  }

  const answer = (api: string, data: unknown): unknown => {
    const me = self()
    switch (api) {
      case 'getSupportedJsApis':
        return { supportedApis: [...(listed ?? [])].filter((name) => !unsupportedFor(name, standing())) }
      case 'getRunningContext':
        return running()
      case 'getUserContext':
        return {
          screenName: me?.name ?? person.name,
          role: spelledInLists[me?.role ?? 'attendee'],
          participantUUID: me?.participantUuid ?? '',
          participantId: me?.userId ?? '',
          status: standing().status,
        }
      case 'getMeetingContext':
        return { meetingTopic: scenario?.meeting.topic, meetingID: scenario?.meeting.number }
      case 'getMeetingUUID':
        return me?.place.kind === 'breakout'
          ? { meetingUUID: me.place.room, parentUUID: scenario?.meeting.uuid }
          : { meetingUUID: scenario?.meeting.uuid }
      case 'getMeetingJoinUrl':
        return { joinUrl: `https://us02web.zoom.us/j/${scenario?.meeting.number ?? ''}` }
      case 'getMeetingParticipants':
        return {
          participants: visible().map((c) => ({
            screenName: c.name,
            participantId: c.userId,
            participantUUID: c.participantUuid,
            role: spelledInLists[c.role],
          })),
        }
      case 'getWaitingRoomParticipants':
        return {
          participants: (scenario?.waitingNow() ?? []).map((c) => ({
            screenName: c.name,
            participantUUID: c.participantUuid,
            role: 'attendee',
          })),
        }
      case 'getWaitingRoomState':
        return { waitingRoom: true }
      case 'getMeetingParticipantsEmail':
        return askForEmails()
      case 'getAppContext':
        return { context: token() }
      case 'showNotification':
        notifications.push(data as Record<string, unknown>)
        return 'Success'
      case 'authorize':
        giveConsent({ world, zoomUserId: person.zoomUserId ?? '', data, switches, emit })
        return 'Success'
      case 'openUrl': {
        const url = urlOf(data)
        openedUrls.push(url)
        options.onOpenUrl?.(url)
        return 'Success'
      }
      default:
        throw new Refusal(80004, 'app_not_support')
    }
  }

  const tellPeopleChanged = (): void => {
    const before = shown
    keepShown()
    const left = [...before.values()].filter((c) => !shown.has(c.participantUuid))
    const joined = [...shown.values()].filter((c) => !before.has(c.participantUuid))
    for (const who of left) emit('onParticipantChange', { participants: [changed(who, 'leave')] })
    for (const who of joined) emit('onParticipantChange', { participants: [changed(who, 'join')] })
  }
  const hear = (event: ScenarioEvent): void => {
    const mine = 'who' in event && event.who.person.key === person.key
    if (mine && (event.kind === 'room_joined' || event.kind === 'room_left')) {
      keepShown()
      const action = event.kind === 'room_joined' ? 'join' : 'leave'
      emit('onBreakoutRoomChange', { action, breakoutRoomUUID: event.room })
      return
    }
    if (mine && event.kind === 'joined' && scenario !== options.scenario) {
      keepShown()
      emit('onRunningContextChange', { runningContext: running() })
      return
    }
    tellPeopleChanged()
    if (event.kind === 'role_changed' && mine) {
      emit('onMyUserContextChange', {
        role: spelledInLists[event.who.role],
        screenName: event.who.name,
      })
    } else if (event.kind === 'waiting_joined') {
      const action = event.putThere ? { action: 'putFromMainMeeting' } : {}
      emit('onWaitingRoomParticipantJoin', { participant: { ...waiting(event.who), ...action } })
    } else if (event.kind === 'waiting_left') {
      const action = event.admitted ? { action: 'joinMeeting' } : {}
      emit('onWaitingRoomParticipantLeave', { participant: { ...waiting(event.who), ...action } })
    } else if (event.kind === 'meeting_ended') {
      emitEnd()
    }
  }
  // The person is out of the meeting by then, and the role with them; the announcement still reaches the panel.
  const emitEnd = (): void => {
    if (!listed?.has('onMeeting')) return
    const data = { timestamp: seconds(), action: 'ended' }
    for (const subscriber of [...subscribers]) subscriber({ type: 'event', name: 'onMeeting', data })
  }
  let stopFollowing = (): void => {}
  const follow = (meeting: Scenario): void => {
    stopFollowing()
    scenario = meeting
    const stops = [meeting.on(hear), meeting.onNext(follow)]
    stopFollowing = () => {
      for (const stop of stops) stop()
    }
  }
  if (scenario) follow(scenario)

  return {
    switches,
    calls,
    openedUrls,
    notifications,
    appContext: () => world.appContext(person, scenario),
    setVisible: (isVisible) => emit('onAppVisibilityChange', { visible: isVisible }),
    onEvent(listener) {
      subscribers.add(listener)
      return () => subscribers.delete(listener)
    },
    receive(message) {
      const call = readCall(message)
      if (!call) return null
      const { jsCallId, apiName, data } = call
      calls.push({ api: apiName, data })
      if (switches.silent.has(apiName)) return null
      const reply = (body: Omit<ClientReply['data'], 'jsCallId'>): ClientReply => ({
        type: 'apiResponse',
        data: { jsCallId, ...body },
      })
      try {
        if (apiName === 'config') return reply({ result: config(capabilitiesOf(data)) })
        if (!listed?.has(apiName)) throw new Refusal(80004, 'app_not_support')
        const refused = permission(apiName, standing())
        if (refused) throw new Refusal(refused.code, refused.reason)
        return reply({ result: answer(apiName, data) })
      } catch (error) {
        if (!(error instanceof Refusal)) throw error
        return reply({ errorCode: error.code, errorMessage: error.message })
      }
    },
    close() {
      stopFollowing()
      subscribers.clear()
      for (const cancel of cancelled) cancel()
    },
  }
}

function personOutside(world: ZoomWorld, zoomUserId: string) {
  const user = world.user(zoomUserId)
  if (!user) throw new Error(`No Zoom user "${zoomUserId}"`)
  return user.person
}
