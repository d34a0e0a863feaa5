import type { ReportStatus } from '../../shared/wire/index.ts'
import type { GatheringAccess } from './ports.ts'
import type { MemberViewer } from './viewer.ts'

/** A gathering of somebody's history. `topic` and `came` are there for everybody: the caller asks `mayRead` first. */
export interface HistoryEntry {
  /** Whom to ask as: the same Zoom user in the installation that has it. */
  viewer: MemberViewer
  access: GatheringAccess
  topic: string | null
  number: string | null
  kind: 'meeting' | 'webinar' | 'event_session' | 'unknown'
  startedAtMs: number | null
  endedAtMs: number | null
  came: number | null
  report: ReportStatus
  place: HistoryPlace
}

/** A place in the order of the history: newest first, by this instant (the start, else when we first heard), then id. */
export interface HistoryPlace {
  atMs: number
  id: string
}

export interface History {
  /**
   * Gatherings the viewers own or hold a grant for, newest first, `limit` at most: starting in [fromMs, toMs) and after
   * `after` in the order. A query or two, whatever the limit. `viewers` are one Zoom user in several installations.
   */
  page(
    viewers: readonly MemberViewer[],
    wish: { fromMs: number | null; toMs: number | null; after: HistoryPlace | null; limit: number },
  ): Promise<HistoryEntry[]>
  /** The same about one gathering; null when the viewer neither owns it nor holds a grant. */
  one(viewer: MemberViewer, gatheringId: string): Promise<HistoryEntry | null>
}

export interface RestartRecord {
  state: 'proposed' | 'joined'
  /** The other gathering while proposed; the meeting to take out again while joined. */
  otherId: string
  startedAtMs: number | null
  endedAtMs: number | null
  gapSeconds: number
}

/** How an act ended that somebody else may have done meanwhile. `already`: it was so before, and nothing changed. */
export type Outcome = 'done' | 'already' | 'conflict'

/** Gatherings that are one: both are of the viewer's installation, and the caller has asked `mayRead(…, 'manage')` of both. */
export interface Restarts {
  /** Joined ones in the order of their start, then those to propose. */
  of(viewer: MemberViewer, gatheringId: string): Promise<RestartRecord[]>
  /** Moves all meetings of the other gathering here, if it is a restart. Its id leads here from then on. */
  join(viewer: MemberViewer, gatheringId: string, otherId: string, atMs: number): Promise<Outcome>
  /** Never proposes the two again. */
  keepApart(viewer: MemberViewer, gatheringId: string, otherId: string, atMs: number): Promise<Outcome>
  /** Puts a joined meeting back into the gathering it came from, exactly, and proposes the two no more; answers that gathering's id. */
  split(
    viewer: MemberViewer,
    gatheringId: string,
    meetingId: string,
    atMs: number,
  ): Promise<{ outcome: Outcome; gatheringId: string | null }>
}
