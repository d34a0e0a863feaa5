import type { Role } from '../../shared/attendance/evidence.ts'

/** Where the panel runs. `main`: the Zoom client without a meeting. */
export type Surroundings = 'meeting' | 'main' | 'other'

/** Somebody as Zoom's list shows them now. */
export interface Seen {
  participantUuid: string
  name: string
  role: Role
}

/** In which room this panel's user is; a breakout room lists only its own people. */
export type Whereabouts = { scope: 'main'; room: null } | { scope: 'breakout'; room: string | null }

/** What a feature needs that a role or an older client may lack. */
export type Feature = 'participants' | 'waiting_room' | 'emails' | 'meeting_context' | 'authorize' | 'notify'

export interface ZoomEvents {
  /** People joined or left; a mere role change may come as both. */
  people: { change: 'joined' | 'left'; person: Seen }[]
  waiting: undefined
  email: { participantUuid: string; email: string | null }
  /** The user's role, sign-in or running context changed: everything learnt before may be wrong. */
  standing: undefined
  whereabouts: undefined
  ended: undefined
  visible: boolean
  /** The answer to `authorize`. What the event lacks is null; older clients send no state. */
  authorized: Authorized
}

/** `code` null: the person did not agree. */
export interface Authorized {
  code: string | null
  redirectUri: string | null
  state: string | null
}
export type ZoomEventName = keyof ZoomEvents

export interface ZoomClient {
  /** Opens the bridge; again after every change of standing. Rejects with `ZoomFailure`. */
  connect(): Promise<Surroundings>
  /** A fresh proof of who and where the user is, for our server only. */
  appContext(): Promise<string>
  participants(): Promise<Seen[]>
  waiting(): Promise<Seen[]>
  meeting(): Promise<{ topic: string | null; number: string | null }>
  whereabouts(): Promise<Whereabouts>
  askForEmails(reason: string): Promise<void>
  /**
   * Asks for consent inside Zoom. The answer comes as `authorized`, and sometimes never, so listen first. The promise may
   * time out while the person still reads; that is no refusal.
   */
  authorize(challenge: { codeChallenge: string; state: string }): Promise<void>
  /** A message of the Zoom client's own; kept to itself while the person does not want to be disturbed. */
  notify(message: { title: string; message: string }): void
  /** Opens the system browser; nobody can tell whether it really did. */
  openUrl(url: string): void
  can(feature: Feature): boolean
  on<Name extends ZoomEventName>(event: Name, listener: (payload: ZoomEvents[Name]) => void): () => void
}

/** A refusal by Zoom's client. `code` is Zoom's number as text, 'timeout', or 'no_bridge' outside Zoom. */
export class ZoomFailure extends Error {
  readonly code: string
  constructor(code: string, cause: unknown) {
    super(`Zoom's client refused (${code})`, { cause })
    this.code = code
  }
}
