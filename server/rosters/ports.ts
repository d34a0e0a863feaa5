import type { Fact } from '../../shared/attendance/evidence.ts'
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
  /** Zoom's UUIDs of the meetings it is made of, sorted: joining and splitting changes them. */
  meetings: string[]
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
  /** How many people came to a gathering that has ended, for lists of gatherings. */
  noteCame(viewer: Viewer, gatheringId: string, came: number): Promise<void>
}

/** Wakes readers when a gathering grew. Only a hint: a lost one is made good by polling `version`. */
export interface Wakeups {
  onGathering(listener: (installationId: string, gatheringId: string) => void): () => void
}
