import type { Fact } from '../../shared/attendance/evidence.ts'
import type { MeetingTold, Span } from '../../shared/attendance/index.ts'
import type { ReportStatus } from '../../shared/wire/report.ts'
import type { Viewer } from '../access/viewer.ts'

export interface GatheringRecord {
  installationId: string
  gatheringId: string
  version: number
  topic: string | null
  number: string | null
  kind: 'meeting' | 'webinar' | 'event_session' | 'unknown'
  capture: 'full' | 'panel_only'
  startedAtMs: number | null
  endedAtMs: number | null
  /** When its meetings were, as Zoom's messages told; those that files told of apart only where nobody else did. */
  times: MeetingTold[]
  /** When Zoom says it was meant to be; [] where it does not. */
  planned: Span[]
  /** Zoom's UUIDs of the meetings it is made of, sorted: joining and splitting changes them. */
  meetings: string[]
  /** Grows when facts went, or are told of another meeting: whoever folded them begins anew. */
  generation: number
  /** Grows when a correction or a policy that concerns it changed. */
  rulings: number
  report: ReportStatus
}

export interface EvidenceReader {
  /** By its own id, or by one that was joined into it: `gatheringId` of the answer tells. */
  gathering(viewer: Viewer, gatheringId: string): Promise<GatheringRecord | null>
  /** Facts appended after `seq`, in order of `seq`; pass 0 for all. `fact.meeting` is the meeting UUID. */
  since(
    viewer: Viewer,
    gatheringId: string,
    seq: number,
    limit: number,
  ): Promise<{ seq: number; fact: Fact }[]>
}

/** A person's stable id and the connections (by any of their keys) it hangs on. `order` is the age: smaller is older. */
export interface PersonAnchor {
  personId: string
  anchorKey: string
  order: number
}

export interface PeopleIds {
  anchors(viewer: Viewer, gatheringId: string): Promise<PersonAnchor[]>
  /** Mints ids for anchors (two processes minting for one anchor get the same id) and records aliases. */
  mint(viewer: Viewer, gatheringId: string, anchorKeys: string[]): Promise<PersonAnchor[]>
  recordAliases(
    viewer: Viewer,
    gatheringId: string,
    aliases: { aliasId: string; personId: string }[],
  ): Promise<void>
  /** Ids that are people of their own again. */
  forgetAliases(viewer: Viewer, gatheringId: string, aliasIds: readonly string[]): Promise<void>
}

/** A gathering to be counted, by nobody else until `leasedUntilMs` (epoch ms). */
export interface DueCount {
  installationId: string
  gatheringId: string
  leasedUntilMs: number
}

/** How many people came, for lists of gatherings: due when a gathering is over, and again when it changes after that. */
export interface HeadCounts {
  /**
   * The one that has waited longest at `nowMs`, but none whose official list is being read; null when none is due. Not noted
   * by the end of the lease, it is due again.
   */
  take(nowMs: number, leaseMs: number): Promise<DueCount | null>
  /** False, and nothing is written, when the gathering changed since it was taken. */
  note(due: DueCount, came: number): Promise<boolean>
}

/** Wakes readers when a gathering grew. Only a hint: a lost one is made good by polling `version`. */
export interface Wakeups {
  onGathering(listener: (installationId: string, gatheringId: string) => void): () => void
}
