import * as z from 'zod/mini'
import { ReportStatus } from './report.ts'
import { PersonRow } from './roster.ts'

/**
 * What the viewer is to a gathering. `none`: they proved to be co-host once, but the host's policy gives nothing after the
 * meeting; they can ask (`request`).
 */
export const Standing = z.enum(['owner', 'cohost', 'none'])
export type Standing = z.infer<typeof Standing>

/** Where a co-host's own asking for access stands. */
export const RequestState = z.enum(['none', 'pending', 'granted_once', 'granted_always', 'refused'])
export type RequestState = z.infer<typeof RequestState>

/**
 * A second meeting of the same number within minutes (a reconnect or restart gave Zoom a new UUID): proposed as the same
 * gathering. `joined`: the host accepted, and can take it apart again.
 */
export const Restart = z.object({
  state: z.enum(['proposed', 'joined']),
  /** The other gathering while proposed; the meeting to take out again while joined. */
  otherId: z.string(),
  startedAt: z.nullable(z.string()),
  endedAt: z.nullable(z.string()),
  /** Seconds between the end of the one and the start of the other; negative when they overlap. */
  gapSeconds: z.int(),
})
export type Restart = z.infer<typeof Restart>

/** One line of the history. Without standing there is no topic and no number of people: nothing of the participants. */
export const GatheringItem = z.object({
  id: z.string(),
  topic: z.nullable(z.string()),
  number: z.nullable(z.string()),
  kind: z.enum(['meeting', 'webinar', 'event_session', 'unknown']),
  capture: z.enum(['full', 'panel_only']),
  startedAt: z.nullable(z.string()),
  endedAt: z.nullable(z.string()),
  /** People who came, as last counted; null when nobody counted yet or the viewer may not know. */
  came: z.nullable(z.int()),
  report: ReportStatus,
  standing: Standing,
  /** A co-host looks from outside at a running meeting: no standing yet, but the list is theirs once it is over. */
  opensAtEnd: z.boolean(),
  request: RequestState,
})
export type GatheringItem = z.infer<typeof GatheringItem>

/** `GET /api/gatherings?search=&from=&to=&cursor=`: newest first. `from`/`to` are UTC instants, `to` exclusive. */
export const GatheringList = z.object({
  items: z.array(GatheringItem),
  nextCursor: z.nullable(z.string()),
})
export type GatheringList = z.infer<typeof GatheringList>

/** `GET /api/gatherings/:gathering`: what the viewer may do with it, and what stands above the list. */
export const GatheringDetail = z.object({
  ...GatheringItem.shape,
  mayReadEmails: z.boolean(),
  mayExport: z.boolean(),
  /** Join and split, and decide about requests: the host's. */
  mayManage: z.boolean(),
  restarts: z.array(Restart),
})
export type GatheringDetail = z.infer<typeof GatheringDetail>

/** `POST /api/gatherings/:gathering/joined {otherId}` and `…/kept-apart {otherId}`. */
export const JoinRequest = z.object({ otherId: z.uuid() })
export type JoinRequest = z.infer<typeof JoinRequest>

/** `POST /api/gatherings/:gathering/split {meetingId}`; answers the gathering the meeting has of its own now. */
export const SplitRequest = z.object({ meetingId: z.uuid() })
export type SplitRequest = z.infer<typeof SplitRequest>
export const SplitAnswer = z.object({ gatheringId: z.string() })
export type SplitAnswer = z.infer<typeof SplitAnswer>

/**
 * What the official list changed about one person of the live list. Every person of the live list is there afterwards, or
 * is named here: `merged` tells who became one, `split` who became several.
 */
export const Difference = z.object({
  kind: z.enum(['added', 'minutes_changed', 'not_in_report', 'merged', 'split']),
  personId: z.string(),
  name: z.string(),
  /** Names on the live list of those who became one, or of those it was split into. */
  names: z.array(z.string()),
  /** Attended seconds by live events alone; null when they were not there. */
  liveSeconds: z.nullable(z.int()),
  /** Attended seconds now. */
  seconds: z.int(),
})
export type Difference = z.infer<typeof Difference>

/** `GET /api/gatherings/:gathering/differences?kind=&search=&cursor=`, and with the counts of every kind. */
export const DifferenceList = z.object({
  items: z.array(Difference),
  nextCursor: z.nullable(z.string()),
  counts: z.object({
    added: z.int(),
    minutes_changed: z.int(),
    not_in_report: z.int(),
    merged: z.int(),
    split: z.int(),
    unchanged: z.int(),
  }),
})
export type DifferenceList = z.infer<typeof DifferenceList>

/** `GET /api/gatherings/:gathering/own-line`: the participant's own row and nobody else's; null when Zoom named them nowhere. */
export const OwnLine = z.object({
  topic: z.nullable(z.string()),
  startedAt: z.nullable(z.string()),
  endedAt: z.nullable(z.string()),
  person: z.nullable(PersonRow),
})
export type OwnLine = z.infer<typeof OwnLine>
