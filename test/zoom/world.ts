/**
 * The Zoom around the meetings: one Marketplace app, who has added it, the meetings that exist, and the action a
 * deeplink left behind. REST, the client and the webhooks share it.
 */
import { CONTEXT_LIFETIME_MS, sealAppContext } from './app-context.ts'
import type { AppContextFields } from './app-context.ts'
import type { Clock } from './clock.ts'
import { createCodes } from './codes.ts'
import type { Codes } from './codes.ts'
import { createRegistrationDesk } from './registrations.ts'
import type { DeskOptions, RegistrationDesk } from './registrations.ts'
import { Impossible } from './scenario.ts'
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
  /** Who may add it: each user for themselves (absent), or only an administrator, for the account. */
  managedBy?: 'account'
}

/** An account's own app without users: its credentials are the account's. */
export interface ServerToServerInPlay {
  accountId: string
  clientId: string
  clientSecret: string
  scopes: string[]
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
  'meeting:read:registrant',
  'meeting:read:list_registrants',
  'webinar:read:webinar',
  'webinar:read:participant',
  'webinar:read:list_past_participants',
  'webinar:read:registrant',
  'webinar:read:list_registrants',
  'webinar:read:list_panelists',
  'webinar:read:list_absentees',
  'webinar:read:list_tracking_sources',
  'app:deeplink:write',
]

/** The same and more of an app that an administrator adds for the account, or of a server-to-server app. */
export const ADMIN_SCOPES: readonly string[] = [
  ...ALL_SCOPES.map((scope) => (scope.startsWith('zoomapp:') ? scope : `${scope}:admin`)),
  'report:read:list_meeting_participants:admin',
  'report:read:list_webinar_participants:admin',
]

export interface ZoomWorld {
  readonly app: ZoomAppInPlay
  /** Server-to-server apps, each of its account. */
  readonly serverToServer: ServerToServerInPlay[]
  /** Zoom user ids of the administrators of their accounts. */
  readonly admins: Set<string>
  readonly clock: Clock
  /** Zoom user ids of those who have added the app. */
  readonly authorised: Set<string>
  /** Whether the app knows this user: they added it, or an administrator of their account did for everybody. */
  knows(zoomUserId: string): boolean
  readonly scenarios: Scenario[]
  /** What the consent pages and the client hand out, and the token endpoint takes. */
  readonly codes: Codes
  /** Signed-in people, known to REST by their Zoom user id. */
  user(zoomUserId: string): { person: PersonInPlay; accountId: string } | undefined
  addUser(person: PersonInPlay, accountId: string): void
  /** Makes a meeting known, and those it restarts or is converted into. */
  add(scenario: Scenario): Scenario
  /** The newest scenario with this meeting number. */
  meeting(number: string): Scenario | undefined
  /** The one occurrence with this UUID. */
  occurrence(uuid: string): Scenario | undefined
  /** From now on one registers for this meeting number; it must be known. Opening it anew forgets who registered. */
  openRegistration(number: string, options: DeskOptions): RegistrationDesk
  /** The number's registration desk; undefined where everybody may come. */
  registration(number: string): RegistrationDesk | undefined
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
  const desks = new Map<string, RegistrationDesk>()
  const actions = new Map<string, { action: string; untilMs: number }>()
  const deauthorisedListeners: ((event: { zoomUserId: string; accountId: string; atMs: number }) => void)[] =
    []

  const world: ZoomWorld = {
    app,
    clock,
    authorised,
    scenarios,
    codes: createCodes(clock),
    serverToServer: [],
    admins: new Set(),
    knows(zoomUserId) {
      if (app.managedBy !== 'account') return authorised.has(zoomUserId)
      const accountId = users.get(zoomUserId)?.accountId
      return accountId !== undefined && [...authorised].some((id) => users.get(id)?.accountId === accountId)
    },
    user: (id) => users.get(id),
    addUser(person, accountId) {
      if (person.zoomUserId !== undefined) users.set(person.zoomUserId, { person, accountId })
    },
    add(scenario) {
      scenarios.unshift(scenario)
      scenario.onNext((next) => world.add(next))
      for (const person of scenario.people) world.addUser(person, scenario.meeting.accountId)
      return scenario
    },
    meeting: (number) => scenarios.find((scenario) => scenario.meeting.number === number),
    occurrence: (uuid) => scenarios.find((scenario) => scenario.meeting.uuid === uuid),
    openRegistration(number, options) {
      const known = (): Scenario => {
        const scenario = world.meeting(number)
        if (!scenario) throw new Impossible(`There is no meeting ${number}`)
        return scenario
      }
      // A past one is played on a clock of its own.
      const desk = createRegistrationDesk({ clock: known().clock, meeting: () => known().meeting }, options)
      desks.set(number, desk)
      return desk
    },
    registration: (number) => desks.get(number),
    openDeeplink(zoomUserId, action) {
      actions.set(zoomUserId, { action, untilMs: clock.now() + ACTION_LIFETIME_MS })
    },
    appContext(person, meeting) {
      const now = clock.now()
      const signedIn = person.zoomUserId !== undefined && world.knows(person.zoomUserId)
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
