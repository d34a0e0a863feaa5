import type { Fact } from '../../shared/attendance/evidence.ts'
import type { RegistrantStanding, RegistrantTold } from './registrants.ts'

/** What translation needs of a delivery; everything else about it belongs to the room that stores it. */
export interface VerifiedDelivery {
  /** Becomes the key of the fact the delivery tells. */
  dedupeKey: string
  /** The bytes Zoom signed. */
  body: Uint8Array
}

/** What a delivery or a panel says about the meeting itself. Null = not said. */
export interface MeetingMention {
  uuid: string
  number: string | null
  kind: 'meeting' | 'webinar' | 'event_session' | 'unknown'
  topic: string | null
  hostZoomUserId: string | null
  startedAtMs: number | null
  endedAtMs: number | null
  /** What was going on until now was the practice session of a webinar; false: it begins in earnest, or ended so. */
  rehearsal?: boolean
}

/** What a delivery says of one registration for the occurrences of a meeting number. Times in epoch ms. */
export interface RegistrationTold {
  kind: 'meeting' | 'webinar'
  number: string
  /** For which it is; [] for all there are. */
  occurrences: { id: string; startMs: number | null }[]
  registrant: RegistrantTold
  standing: RegistrantStanding
  atMs: number
}

export type Translation =
  | { kind: 'evidence'; meeting: MeetingMention; facts: Fact[]; roleChangedFor: string | null }
  /** The app was removed by this Zoom user, then; null: not said. */
  | { kind: 'deauthorized'; zoomUserId: string; atMs: number | null }
  | { kind: 'registration'; told: RegistrationTold }
  | { kind: 'ignored'; reason: string }

/** What a delivery says about whose it is. Null = not said. */
export interface DeliveryRouting {
  zoomAccountId: string | null
  hostZoomUserId: string | null
  /** Set when the app was removed: such a delivery names the user, not a meeting. */
  zoomUserId: string | null
}
