/**
 * Evidence: what a witness says about one meeting, in our own words.
 *
 * A fact is append-only and carries its own key, so the same fact told twice is one fact (see `merge.ts`).
 * Times are epoch milliseconds, UTC. Nothing here knows Zoom: `server/zoom` translates into it.
 */

export type Witness = 'webhook' | 'panel' | 'report' | 'import'

export type Role = 'host' | 'cohost' | 'panelist' | 'attendee' | 'unknown'

/** Where a segment was spent. Waiting is not presence; a breakout room is. */
export type Place = { kind: 'main' } | { kind: 'breakout'; room: string } | { kind: 'waiting' }

/**
 * The names one stretch of one device has inside ONE meeting; they mean nothing outside it.
 * `segmentId` is new on every rejoin and room change; `participantUuid` survives room changes and short drops;
 * `parentSegmentId` is the main-room segment a breakout segment came from.
 */
export interface SegmentRef {
  segmentId: string | null
  participantUuid: string | null
  parentSegmentId: string | null
}

/** What may tie a connection to a human, each null when the witness did not say. E-mails are lower-cased. */
export interface StrongKeys {
  zoomUserId: string | null
  registrantId: string | null
  email: string | null
  phone: string | null
}

interface FactBase {
  /**
   * Unique within the meeting: webhook = its dedupe key; panel = reader, kind and instant; report row = batch id and
   * ordinal in the batch; report batch = batch id; imported row = hash of the file and line.
   */
  key: string
  /** Zoom's UUID of the one occurrence this is about. */
  meeting: string
  /** When it happened (not when we heard). */
  atMs: number
  witness: Witness
}

export interface MeetingStarted extends FactBase {
  kind: 'meeting_started'
}
export interface MeetingEnded extends FactBase {
  kind: 'meeting_ended'
}
export interface ParticipantJoined extends FactBase {
  kind: 'participant_joined'
  place: Place
  ref: SegmentRef
  name: string
  keys: StrongKeys
  /** The meeting is theirs: its host, as long as nobody tells another role. */
  owner?: true
}
export interface ParticipantLeft extends FactBase {
  kind: 'participant_left'
  place: Place
  ref: SegmentRef
  name: string
  keys: StrongKeys
}
export interface RoleChanged extends FactBase {
  kind: 'role_changed'
  ref: SegmentRef
  name: string
  keys: StrongKeys
  oldRole: Role
  newRole: Role
}
/** A phone connection was bound to a client: two connections, one human. */
export interface PhoneBound extends FactBase {
  kind: 'phone_bound'
  ref: SegmentRef
  boundSegmentId: string | null
  boundParticipantUuid: string | null
  phone: string | null
}

/** One person as the panel's list shows them at an instant. */
export interface Sighting {
  participantUuid: string
  name: string
  role: Role
}
/**
 * A complete reading of the list by one panel: everybody in `scope` at `atMs`, nobody else.
 * Inside a breakout room only that room is listed, so absence there is not leaving.
 */
export interface PanelRead extends FactBase {
  kind: 'panel_read'
  witness: 'panel'
  reader: string
  scope: Place
  people: Sighting[]
}
/** The client announced one change. Leave and join may come as a pair for a mere role change. */
export interface PanelChange extends FactBase {
  kind: 'panel_change'
  witness: 'panel'
  reader: string
  change: 'joined' | 'left'
  scope: Place
  person: Sighting
}
/** A participant agreed to share the address of their signed-in, verified Zoom account. */
export interface EmailShared extends FactBase {
  kind: 'email_shared'
  witness: 'panel'
  participantUuid: string
  email: string
}

/**
 * One row of the official list: one stretch of one device. `atMs` is its join. Rows count only as part of the batch that
 * counts; see `batches.ts`.
 */
export interface ReportRow extends FactBase {
  kind: 'report_row'
  witness: 'report'
  batch: string
  place: Place
  /** The end as the list has it; never before `atMs` (such rows are clipped to zero length when they are translated). */
  leftMs: number
  ref: SegmentRef
  name: string
  keys: StrongKeys
  /** What the list itself says of the length, in seconds; 0 while it is still being computed. */
  reportedSeconds: number
}
/**
 * The end of one reading of the official list. `atMs` is when it was read. Sealed when nothing refuses it and the rows of
 * the batch (or of `sameAs`, an earlier batch with exactly these rows, which are then not told again) are `declared` many.
 */
export interface ReportBatch extends FactBase {
  kind: 'report_batch'
  witness: 'report'
  batch: string
  declared: number
  /** Equal for equal lists of rows, whatever their order or paging. */
  digest: string
  sameAs: string | null
  refusal: BatchRefusal | null
}
/**
 * Why a batch can never count: it is about another meeting, all of it lies outside this meeting's time, or no row of it has
 * times anybody can read.
 */
export type BatchRefusal = 'other_meeting' | 'outside_time' | 'unreadable'

/**
 * One row of a file somebody handed in: one stretch of one device. `atMs` is its join. Its key is `<file hash>/<line>`, so a
 * file imported twice is the same facts. It names no segment or participant: nothing but name, keys and time ties it to what
 * others told.
 */
export interface ImportRow extends FactBase {
  kind: 'import_row'
  witness: 'import'
  place: Place
  /** The end as the file has it; never before `atMs`. */
  leftMs: number
  name: string
  keys: StrongKeys
  role: Role
  /** What the times are exact to: 60 where the file has minutes only. */
  precisionSeconds: 1 | 60
  /** What the file's own column says of the length; null when it says nothing. */
  reportedSeconds: number | null
  /** What the file has in the place of an address and cannot be one, for the host to mend: no key, it ties nobody to anybody. */
  emailAsWritten?: string
  /** Its times cannot well be right, so it says nothing of when the meeting was, or when others came and went. */
  odd?: true
}

export type Fact =
  | MeetingStarted
  | MeetingEnded
  | ParticipantJoined
  | ParticipantLeft
  | RoleChanged
  | PhoneBound
  | PanelRead
  | PanelChange
  | EmailShared
  | ReportRow
  | ReportBatch
  | ImportRow
