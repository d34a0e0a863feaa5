/**
 * The Zoom around the meetings: one Marketplace app, who has added it, the meetings that exist, and the action a
 * deeplink left behind. REST, the client and the webhooks share it.
 */
import { CONTEXT_LIFETIME_MS, sealAppContext } from './app-context.ts'
import type { AppContextFields } from './app-context.ts'
import type { Clock } from './clock.ts'
import { createCodes } from './codes.ts'
import type { Codes } from './codes.ts'
import type { ConnectionInPlay, PersonInPlay, Scenario } from './scenario.ts'

export interface ZoomAppInPlay {
  clientId: string
  clientSecret: string
  webhookSecret: string
  /** Where the web install comes back to. */
  redirectUri: string
  /** APIs and events ticked in the app's configuration; null: all of them. */
  declaredApis: string[] | null
  /** Scopes of the app; an authorisation keeps those of its moment. Absent: all that are simulated. */
  scopes?: string[]
}

/** Everything the simulated API can be asked for by an app that users add for themselves. */
export const ALL_SCOPES: readonly string[] = [
  'zoomapp:inmeeting',
  'zoomapp:inwebinar',
  'user:read:user',
  'meeting:read:meeting',
  'meeting:read:participant',
  'meeting:read:past_meeting',
  'meeting:read:list_past_participants',
  'webinar:read:webinar',
  'webinar:read:participant',
  'webinar:read:list_past_participants',
  'app:deeplink:write',
]

export interface ZoomWorld {
  readonly app: ZoomAppInPlay
  readonly clock: Clock
  /** Zoom user ids of those who have added the app. */
  readonly authorised: Set<string>
  readonly scenarios: Scenario[]
  /** What the consent pages and the client hand out, and the token endpoint takes. */
  readonly codes: Codes
  /** Signed-in people, known to REST by their Zoom user id. */
  user(zoomUserId: string): { person: PersonInPlay; accountId: string } | undefined
  addUser(person: PersonInPlay, accountId: string): void
  /** Makes a meeting known, and those it restarts into. */
  add(scenario: Scenario): Scenario
  /** The newest scenario with this meeting number. */
  meeting(number: string): Scenario | undefined
  /** The one occurrence with this UUID. */
  occurrence(uuid: string): Scenario | undefined
  /** A deeplink was opened: its action rides on the user's contexts for five minutes. */
  openDeeplink(zoomUserId: string, action: string): void
  /** A fresh app context of this person, as they are in the meeting right now; `meeting` null: in the main client. */
  appContext(person: PersonInPlay, meeting: Scenario | null): string
  onDeauthorised(listener: (event: { zoomUserId: string; accountId: string; atMs: number }) => void): void
  deauthorise(zoomUserId: string): void
}

const ACTION_LIFETIME_MS = 5 * 60_000

export function createZoomWorld({ app, clock }: { app: ZoomAppInPlay; clock: Clock }): ZoomWorld {
  const users = new Map<string, { person: PersonInPlay; accountId: string }>()
  const authorised = new Set<string>()
  const scenarios: Scenario[] = []
  const actions = new Map<string, { action: string; untilMs: number }>()
  const deauthorisedListeners: ((event: { zoomUserId: string; accountId: string; atMs: number }) => void)[] =
    []

  const world: ZoomWorld = {
    app,
    clock,
    authorised,
    scenarios,
    codes: createCodes(clock),
    user: (id) => users.get(id),
    addUser(person, accountId) {
      if (person.zoomUserId !== undefined) users.set(person.zoomUserId, { person, accountId })
    },
    add(scenario) {
      scenarios.unshift(scenario)
      scenario.onRestart((next) => world.add(next))
      for (const person of scenario.people) world.addUser(person, scenario.meeting.accountId)
      return scenario
    },
    meeting: (number) => scenarios.find((scenario) => scenario.meeting.number === number),
    occurrence: (uuid) => scenarios.find((scenario) => scenario.meeting.uuid === uuid),
    openDeeplink(zoomUserId, action) {
      actions.set(zoomUserId, { action, untilMs: clock.now() + ACTION_LIFETIME_MS })
    },
    appContext(person, meeting) {
      const now = clock.now()
      const signedIn = person.zoomUserId !== undefined && authorised.has(person.zoomUserId)
      const pending = person.zoomUserId === undefined ? undefined : actions.get(person.zoomUserId)
      const connection = meeting?.connectionsOf(person.key)[0]
      const fields: AppContextFields = {
        ...placeOf(meeting, connection),
        ...(signedIn && person.zoomUserId !== undefined && { uid: person.zoomUserId }),
        ...(pending && pending.untilMs > now && { act: pending.action }),
        aud: app.clientId,
        iss: 'marketplace.zoom.us',
        ts: now,
        exp: now + CONTEXT_LIFETIME_MS,
        entitlements: [],
      }
      return sealAppContext(fields, app.clientSecret)
    },
    onDeauthorised(listener) {
      deauthorisedListeners.push(listener)
    },
    deauthorise(zoomUserId) {
      if (!authorised.delete(zoomUserId)) return
      const accountId = users.get(zoomUserId)?.accountId ?? ''
      for (const listener of deauthorisedListeners) listener({ zoomUserId, accountId, atMs: clock.now() })
    },
  }
  return world
}

/** `mid` is documented for the main room of meetings only; a breakout room has its own id, a webinar none. */
function placeOf(
  meeting: Scenario | null,
  connection: ConnectionInPlay | undefined,
): Pick<AppContextFields, 'typ' | 'mid' | 'bmid' | 'attendrole'> {
  if (!meeting || !connection || meeting.meeting.endedAtMs !== null) return { typ: 'panel' }
  const { kind, uuid } = meeting.meeting
  if (kind === 'webinar') {
    return {
      typ: 'webinar',
      attendrole: connection.role === 'attendee' ? 'attendee' : attendrole[connection.role],
    }
  }
  const role = { attendrole: attendrole[connection.role] }
  return connection.place.kind === 'breakout'
    ? { typ: 'meeting', bmid: connection.place.room, ...role }
    : { typ: 'meeting', mid: uuid, ...role }
}

const attendrole = { host: 'host', cohost: 'co-host', attendee: 'participant' } as const
