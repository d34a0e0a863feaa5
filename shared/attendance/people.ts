/**
 * What the fold makes of evidence: segments → connections → people. Types only; the rules live beside them.
 * Times are epoch milliseconds, UTC; intervals are half-open [fromMs, toMs).
 */
import type { HostSaid } from './corrections/corrections.ts'
import type { Place, Role, StrongKeys, Witness } from './evidence.ts'

/**
 * One stretch of one device in one place.
 * `from: 'seen'` means somebody saw them at `fromMs` but nobody saw the join: "before 19:05", never an invented time.
 * `toMs` is null while still there. `to: 'seen'` = last seen at `toMs`, the leave itself was not witnessed;
 * `to: 'inferred'` = closed because the meeting ended or a later segment began.
 */
export interface Segment {
  /** `s:<segmentId>`, `p:<participantUuid>` or the name of a row without either; unique with `fromMs` inside its meeting. */
  key: string
  place: Place
  fromMs: number
  from: 'known' | 'seen'
  toMs: number | null
  to: 'known' | 'seen' | 'inferred' | 'open'
  /** A file tells of it whose times cannot well be right: it is this device's, and no measure of the meeting. */
  odd?: true
}

/** The chain of segments of one device. */
export interface Connection {
  /** Smallest of `keys`; prefixed with the meeting, so it is unique in a gathering. */
  id: string
  meeting: string
  /**
   * Every name it goes by in its meeting, each prefixed with the meeting: `<meeting>|s:<segmentId>`,
   * `<meeting>|p:<participantUuid>`, for rows without either `<meeting>|t:<times and digest>` (official list) or
   * `<meeting>|f:<times and digest>` (files), and for each line of a file `<meeting>|l:<digest of the file>-<line>`. Sorted.
   */
  keys: string[]
  segments: Segment[]
  /** Display names in the order first seen, original spelling. */
  names: { name: string; fromMs: number }[]
  /** `bonds`: what Zoom bound together, a phone call and a client; equal on both. A phone number alone joins nobody. */
  strong: {
    zoomUserIds: string[]
    registrantIds: string[]
    emails: string[]
    phones: string[]
    bonds: string[]
  }
  roles: { role: Role; fromMs: number }[]
  witnesses: Witness[]
}

export type IdentityRule =
  | 'zoom_user_id'
  | 'registrant_id'
  | 'email'
  | 'phone'
  | 'connection'
  | 'name'
  | 'single_row'
  | 'host_correction'
export type Confidence = 'certain' | 'likely' | 'unidentified' | 'conflict'

/** The human we believe is behind some connections. The fold knows no person ids; `assignIds` adds them. */
export interface Person {
  connections: Connection[]
  name: string
  /** Every spelling seen, in order. */
  names: { name: string; fromMs: number }[]
  email: string | null
  zoomUserIds: string[]
  /** Latest told, else 'unknown'. */
  role: Role
  identity: { rule: IdentityRule; confidence: Confidence; evidence: EvidenceReason[] }
  /** What the host said, already told in `name`, `email` and `identity`; null for somebody nothing was said of. */
  host: HostSaid | null
}

/** Why a decision was made; worded in `shared/words`. */
export interface EvidenceReason {
  code:
    | 'same_zoom_user'
    | 'same_registrant'
    | 'same_email'
    | 'phone_bound'
    | 'same_connection'
    | 'same_name'
    | 'single_connection'
    | 'generic_name'
    | 'keys_contradict'
    | 'names_contradict'
    | 'proposal_same_name'
    | 'proposal_same_key'
    | 'host_merged'
    | 'host_split'
    | 'host_apart'
    | 'host_named'
    | 'host_email'
  /** What was equal or contradicted, for reading by people who may (a name or an address); null for none. */
  value: string | null
  /** Of something equal: `some` of the person's connections have it, or this one and `another`; absent: all have it. */
  among?: 'some' | 'another' | undefined
  /** Of `keys_contradict`: what is shared, and what differs behind it. */
  kinds?: { shared: IdentityKind; differ: IdentityKind } | undefined
}

/** What identity compares: kinds of strong keys, and names. */
export type IdentityKind = 'zoom_user' | 'registrant' | 'email' | 'phone' | 'name'

/** A person as of an instant. Seconds. */
export interface PersonPresence {
  /** `here`: in the main or a breakout room now; `waiting`: in the waiting room now; else `left`. */
  state: 'here' | 'waiting' | 'left'
  connectionsNow: number
  /** Union of segments outside the waiting room, open ones up to the instant; not clipped to anything. */
  presentSeconds: number
  waitingSeconds: number
  /** Disjoint stays for drawing, ascending: overlaps of the same place kind united. */
  stays: {
    place: Place['kind']
    fromMs: number
    from: 'known' | 'seen'
    toMs: number | null
    to: Segment['to']
  }[]
  firstJoinMs: number | null
  firstJoinKnown: boolean
  lastLeaveMs: number | null
}

export type { Place, Role, StrongKeys, Witness }
