import * as z from 'zod/mini'
import type { Status } from '../attendance/index.ts'
import { Reason } from './evidence-reason.ts'
import { ReportStatus } from './report.ts'

const instant = z.string()

/** One stretch for drawing. `fromSeen`: already there when first seen ("before 19:05"). `to` null: still there. */
export const Stay = z.object({
  place: z.enum(['main', 'breakout', 'waiting']),
  from: instant,
  fromSeen: z.boolean(),
  to: z.nullable(instant),
})
export type Stay = z.infer<typeof Stay>

/** A person of a roster, as the panel, polling readers and exports get them. */
export const PersonRow = z.object({
  id: z.string(),
  name: z.string(),
  names: z.array(z.string()),
  /** null when unknown, and when the viewer may not read addresses (`emailHidden`, for everybody alike). */
  email: z.nullable(z.string()),
  emailHidden: z.boolean(),
  role: z.enum(['host', 'cohost', 'panelist', 'attendee', 'unknown']),
  state: z.enum(['here', 'waiting', 'left']),
  connectionsNow: z.int(),
  segments: z.int(),
  firstJoin: z.nullable(instant),
  /** false: seen before anybody saw the join; show "before <firstJoin>". */
  firstJoinKnown: z.boolean(),
  lastLeave: z.nullable(instant),
  /** Seconds up to the snapshot's `at`. While `state` is `here` the reader adds the time since. */
  presentSeconds: z.int(),
  waitingSeconds: z.int(),
  /** When a rename was seen: the last other name and the instant the present one appeared. */
  renamedAt: z.nullable(instant),
  stays: z.array(Stay),
  /** The official list counts, and has no connection of this person. */
  seenLiveOnly: z.boolean(),
  /**
   * How they registered; null for whoever did not, and where nobody registers. `others`: further registrations of theirs.
   * `ofAnother`: they came by this registrant's link and are somebody else.
   */
  registration: z.nullable(
    z.object({
      name: z.string(),
      email: z.nullable(z.string()),
      standing: z.enum(['approved', 'pending', 'denied', 'cancelled']),
      others: z.int(),
      ofAnother: z.boolean(),
    }),
  ),
  /** Nobody came: a registrant without any connection, told once the gathering is over. */
  onListOnly: z.boolean(),
  /** Presence clipped to the base ÷ base, 0 to 1, rounded down to 0.001; null while the meeting runs, and without a base. */
  share: z.nullable(z.number()),
  /** Whether the share, or the host, says that they were there enough; null where nobody can tell. */
  meetsMinimum: z.nullable(z.boolean()),
  /** By the policy's rules and by the host's hand. `fromEmail`: it tells something of an address. */
  labels: z.array(z.object({ name: z.string(), by: z.enum(['rule', 'host']), fromEmail: z.boolean() })),
  /** What the host said; null for nothing. */
  host: z.nullable(
    z.object({
      name: z.nullable(z.string()),
      email: z.nullable(z.string()),
      mark: z.nullable(z.object({ mark: z.enum(['present', 'absent']), reason: z.string() })),
    }),
  ),
  statuses: z.array(
    z.enum([
      'present',
      'late',
      'left_early',
      'returned',
      'absent',
      'walk_in',
      'waiting_room_only',
      'unidentified',
      'conflict',
    ] satisfies Status[]),
  ),
  identity: z.object({
    rule: z.enum([
      'zoom_user_id',
      'registrant_id',
      'email',
      'phone',
      'connection',
      'name',
      'single_row',
      'host_correction',
    ]),
    confidence: z.enum(['certain', 'likely', 'unidentified', 'conflict']),
    evidence: z.array(Reason),
  }),
})
export type PersonRow = z.infer<typeof PersonRow>

/** Counts behind the sentence. `here + left = came`; people only in the waiting room did not come. */
export const RosterSummary = z.object({
  here: z.int(),
  came: z.int(),
  left: z.int(),
  waiting: z.int(),
  connections: z.int(),
  certain: z.int(),
  likely: z.int(),
  unidentified: z.int(),
  conflicts: z.int(),
  /**
   * Who reached the minimum, `byHost` of them because the host said so, `neverIn` of those without having come in at all; and
   * of how many nobody can tell. Null while the meeting runs, and without a base.
   */
  minimum: z.nullable(z.object({ passed: z.int(), unknown: z.int(), byHost: z.int(), neverIn: z.int() })),
  /**
   * How registrants and whoever came add up; null where nobody registers. `came + waitedOnly + absent` is `approved`;
   * `registered + walkIns + staff` is who came. `cancelledUnseen`: of the cancelled those known only because a later list lacks
   * them. `readAt`: when Zoom's lists were read last.
   */
  expected: z.nullable(
    z.object({
      ...{ approved: z.int(), pending: z.int(), denied: z.int(), cancelled: z.int() },
      ...{ came: z.int(), waitedOnly: z.int(), absent: z.int() },
      ...{ registered: z.int(), walkIns: z.int(), staff: z.int(), byForeignLink: z.int() },
      ...{ cancelledUnseen: z.int(), readAt: z.nullable(instant) },
    }),
  ),
})
export type RosterSummary = z.infer<typeof RosterSummary>
/** What the sentence is about. */
export type PeopleSummary = Omit<RosterSummary, 'expected'>

export const GatheringHead = z.object({
  id: z.string(),
  topic: z.nullable(z.string()),
  number: z.nullable(z.string()),
  kind: z.enum(['meeting', 'webinar', 'event_session', 'unknown']),
  capture: z.enum(['full', 'panel_only']),
  startedAt: z.nullable(instant),
  endedAt: z.nullable(instant),
  /** Witnesses that spoke so far; `webhook` missing means only open panels record. */
  witnesses: z.array(z.enum(['webhook', 'panel', 'report', 'import'])),
  /** Of several meetings in one gathering the least settled one speaks. */
  report: ReportStatus,
  /** What 100 % is; null while it cannot be told (the meeting runs, or nothing says when it was). */
  base: z.nullable(
    z.object({
      kind: z.enum(['actual', 'first_guest', 'scheduled', 'window']),
      spans: z.array(z.object({ from: instant, to: instant })),
      seconds: z.int(),
    }),
  ),
  /** The minimum share of the policy, 0 to 100. */
  minPercent: z.number(),
  /** IANA zone of the policy. */
  zone: z.string(),
})
export type GatheringHead = z.infer<typeof GatheringHead>

/** `version` grows with every accepted piece of evidence and is the live stream's event id. */
export const RosterSnapshot = z.object({
  version: z.int(),
  at: instant,
  gathering: GatheringHead,
  summary: RosterSummary,
  people: z.array(PersonRow),
})
export type RosterSnapshot = z.infer<typeof RosterSnapshot>

/** What changed since the previous version: rows to put and ids to drop (an id may be dropped because it became an alias). */
export const RosterChange = z.object({
  version: z.int(),
  at: instant,
  gathering: GatheringHead,
  summary: RosterSummary,
  upserts: z.array(PersonRow),
  removes: z.array(z.string()),
})
export type RosterChange = z.infer<typeof RosterChange>

/** Last event of a live stream that the server ends: renew the session and resume, or tell the person. */
export const StreamEnd = z.object({
  code: z.enum(['session_expired', 'session_revoked', 'session_taken_over', 'server_stopping']),
})
export type StreamEnd = z.infer<typeof StreamEnd>

const place = z.enum(['main', 'breakout', 'waiting'])
const role = z.enum(['host', 'cohost', 'panelist', 'attendee', 'unknown'])
const sighting = z.object({
  participantUuid: z.string().check(z.minLength(1), z.maxLength(200)),
  name: z.string().check(z.maxLength(10_000)),
  role,
})
const atMs = z.int().check(z.positive())

/**
 * What a host's or co-host's panel tells the server (`POST /api/gatherings/:gathering/observations`).
 * `atMs` is the panel's clock; the server corrects it by `sentAtMs`. `room` is the breakout room's UUID or null.
 */
export const Observation = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('reading'),
    atMs,
    scope: place,
    room: z.nullable(z.string()),
    people: z.array(sighting).check(z.maxLength(20_000)),
  }),
  z.object({
    kind: z.literal('change'),
    atMs,
    change: z.enum(['joined', 'left']),
    scope: place,
    room: z.nullable(z.string()),
    person: sighting,
  }),
  z.object({
    kind: z.literal('email'),
    atMs,
    participantUuid: z.string().check(z.maxLength(200)),
    email: z.string().check(z.maxLength(320)),
  }),
  z.object({
    kind: z.literal('meeting'),
    atMs,
    topic: z.nullable(z.string().check(z.maxLength(2000))),
    number: z.nullable(z.string().check(z.regex(/^\d{6,15}$/))),
  }),
  z.object({ kind: z.literal('ended'), atMs }),
])
export type Observation = z.infer<typeof Observation>

export const ObservationRequest = z.object({
  sentAtMs: atMs,
  observations: z.array(Observation).check(z.minLength(1), z.maxLength(500)),
})
export type ObservationRequest = z.infer<typeof ObservationRequest>
