/** The words a scenario is told in: people, the meeting, their connections, and what can happen. Types only. */
import type { Clock } from './clock.ts'
import type { Random } from './random.ts'

export interface PersonInPlay {
  /** Unique in the scenario; scripts speak of people by it. */
  key: string
  name: string
  /** The Zoom account this person is signed in to; absent for guests. */
  zoomUserId?: string
  /** Address of that account, or the one they registered with. */
  email?: string
  registrantId?: string
  /** Signed in, but in another Zoom account than the meeting's: Zoom hides their id, and their address unless they registered. */
  outsideAccount?: boolean
  /** A caller: joins by phone under this number. */
  phone?: string
  /** What they answer when the host asks for addresses: default is yes for signed-in people with an address. */
  sharesEmail?: boolean
}

export interface MeetingInPlay {
  uuid: string
  /** The meeting number shared by all occurrences. */
  number: string
  topic: string
  kind: 'meeting' | 'webinar'
  timezone: string
  scheduledMinutes: number
  /** When it was meant to begin: once, or every time of a recurring meeting. []: when it began. */
  plannedStartsMs: readonly number[]
  /** Of a webinar: who speaks in it. Zoom tells of them in a list of its own; whoever comes must be in the cast, too. */
  panelists: readonly PersonInPlay[]
  /** Of a webinar: its speakers rehearse. */
  isPractice: boolean
  accountId: string
  /** The person who owns the meeting; must be signed in. */
  host: PersonInPlay
  startedAtMs: number | null
  endedAtMs: number | null
}

export type RoleInPlay = 'host' | 'cohost' | 'attendee'
export type PlaceInPlay = { kind: 'main' } | { kind: 'waiting' } | { kind: 'breakout'; room: string }

/** One device of one person in the meeting, as it is at an instant. */
export interface ConnectionInPlay {
  person: PersonInPlay
  device: string
  userId: string
  participantUuid: string
  /** In a breakout room: the main-room `userId` it came from. */
  parentUserId: string | null
  name: string
  role: RoleInPlay
  place: PlaceInPlay
  customerKey: string
}

export type ScenarioEvent = { atMs: number } & (
  | { kind: 'meeting_started' }
  | { kind: 'meeting_ended' }
  | { kind: 'joined'; who: ConnectionInPlay }
  | { kind: 'left'; who: ConnectionInPlay; reason: LeaveReason }
  | { kind: 'waiting_joined'; who: ConnectionInPlay; putThere: boolean }
  | { kind: 'waiting_left'; who: ConnectionInPlay; admitted: boolean }
  | { kind: 'room_joined'; who: ConnectionInPlay; room: string }
  | { kind: 'room_left'; who: ConnectionInPlay; room: string }
  | { kind: 'role_changed'; who: ConnectionInPlay; before: ConnectionInPlay }
  | { kind: 'renamed'; who: ConnectionInPlay; oldName: string }
  | { kind: 'phone_bound'; who: ConnectionInPlay; to: ConnectionInPlay }
  | { kind: 'converted'; to: MeetingInPlay }
)
export type LeaveReason = 'left' | 'network' | 'removed' | 'host_ended'

export interface Scenario {
  readonly meeting: MeetingInPlay
  readonly people: readonly PersonInPlay[]
  readonly clock: Clock
  readonly random: Random
  /** Adds somebody to the cast; returns them. */
  cast(person: PersonInPlay): PersonInPlay
  person(key: string): PersonInPlay
  start(): void
  /** Enters the main room. Starts the meeting when the host does. A second `device` is a second connection. */
  join(key: string, as?: { device?: string; name?: string }): ConnectionInPlay
  /** Enters the waiting room. */
  wait(key: string, as?: { device?: string; name?: string }): ConnectionInPlay
  admit(key: string, device?: string): ConnectionInPlay
  /** The host sends somebody back to the waiting room. */
  putInWaitingRoom(key: string, device?: string): ConnectionInPlay
  /** Loses the connection; coming back within three minutes keeps `participantUuid`. */
  drop(key: string, device?: string): void
  /** Leaves from wherever they are; without `device` with all devices. */
  leave(key: string, device?: string, reason?: LeaveReason): void
  rename(key: string, name: string, device?: string): void
  promote(key: string): void
  demote(key: string): void
  /** Moves between the main room (null) and breakout rooms. */
  moveToRoom(key: string, room: string | null, device?: string): void
  /** A caller is recognised as the person behind another connection. */
  bindPhone(callerKey: string, toKey: string): void
  end(): void
  /**
   * Ends the meeting and plans it anew under the same number and a new UUID: the host comes first, then everybody who was
   * there, within minutes, by their names and devices; co-hosts are made that again. Whoever follows this one follows the next.
   */
  restart(plan?: { afterMs?: number; backWithinMs?: number }): Scenario
  /** Before it begins: the meeting becomes a webinar, or a webinar a meeting, under the same number and a new UUID. */
  convert(): Scenario
  /** Hears of what comes in this one's place: a restart or a conversion. */
  onNext(listener: (next: Scenario) => void): () => void
  on(listener: (event: ScenarioEvent) => void): () => void
  /** Everybody a viewer in that place sees in their list. */
  participantsNow(viewerPlace?: PlaceInPlay): ConnectionInPlay[]
  waitingNow(): ConnectionInPlay[]
  /** Everybody's connections, waiting ones included, in the order they came. */
  connections(): ConnectionInPlay[]
  /** The person's connections, the longest there first; [] when not in the meeting. */
  connectionsOf(key: string): ConnectionInPlay[]
  /** Everything that happened so far, in order. */
  readonly history: readonly ScenarioEvent[]
}

/** What a script may fix about its meeting; the rest comes from the seed. */
export type MeetingWish = Partial<Omit<MeetingInPlay, 'host' | 'startedAtMs' | 'endedAtMs'>>

export interface ScenarioOptions {
  clock: Clock
  seed: number
  meeting: MeetingWish & { topic: string }
  host: PersonInPlay
  people?: PersonInPlay[]
  /** Whether a UUID that must be encoded twice in REST paths is wanted. */
  slashesInUuid?: boolean
}
