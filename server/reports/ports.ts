import type { BatchRefusal, Fact } from '../../shared/attendance/evidence.ts'
import type { ReportGap, ReportReason, ReportSource, ReportStatus } from '../../shared/wire/report.ts'
import type { MemberViewer, SystemViewer } from '../access/viewer.ts'
import type { MeetingMention, PlannedTime, TokenHolder } from '../zoom/index.ts'
import type { MeetingTimes } from './fitted-row.ts'

/** A meeting whose report is due, held by whoever took it until the lease runs out. */
export interface DueReport {
  installationId: string
  gatheringId: string
  meetingId: string
  meetingUuid: string
  number: string | null
  kind: 'meeting' | 'webinar' | 'event_session' | 'unknown'
  startedAtMs: number | null
  endedAtMs: number | null
  /** As whom Zoom is asked: the host if they authorised us, else who installed. Null: nobody did. */
  who: TokenHolder | null
  /** Keyed hash of the Zoom account, whose limits count. */
  account: string
  /** Whose matter it is among those of the account: the host's, as far as we know them. */
  host: string
  /** Whether the installation belongs to this Zoom account. */
  accountIs: (zoomAccountId: string) => boolean
  /** Whether this Zoom user is the host we know; null when we know none. */
  hostIs: (zoomUserId: string) => boolean | null
  /** `probe`: nobody told that it is over. `read`: it is. */
  step: 'probe' | 'read'
  /** The instant the plan counts from (epoch ms); of a probe, when it was first wondered or last asked for. */
  plannedFromMs: number
  /** Of a probe: a host asked for it and waits for an answer. */
  asked: boolean
  /** The latest consent anybody of the installation had given when this try began (epoch ms). */
  consentedAtMs: number
  /** Tries in a row to which Zoom gave no answer of use. */
  failures: number
  /** Zoom has told when it was planned, or that it cannot. */
  scheduleAsked: boolean
  /** Zoom said itself that this is the meeting we mean. */
  verified: boolean
  status: SettledStatus
  /** Whose turn it is; a process whose lease ran out can write nothing more. */
  lease: string
}

/** What is said of a report, without when it is tried next. Times in epoch ms. */
export interface SettledStatus {
  state: ReportStatus['state']
  reason: ReportReason | null
  zoomCode: string | null
  gaps: ReportGap[]
  fetchedAtMs: number | null
  source: ReportSource | null
}

/** One reading of the list that is under way or whole, perhaps begun by another process. */
export interface Batch {
  id: string
  /** All pages are here. */
  whole: boolean
  pages: number
  received: number
  declared: number | null
  /** Where to go on; null at the first page and when whole. */
  nextPageToken: string | null
}

/** Rows of one reading whose times are not what a meeting allows. */
export interface RowFlaws {
  /** Left out: nobody could read their times, or they lie outside the meeting. */
  unusable: number
  /** Told with other times than their own. */
  corrected: number
}

/** The gathering of a meeting, and all the meetings it is made of, by id in order. */
export interface GatheringNow {
  gatheringId: string
  meetingIds: string[]
}

export type BatchEnd =
  | {
      outcome: 'sealed' | 'same' | 'refused'
      digest: string
      sameAs: string | null
      refusal: BatchRefusal | null
    }
  | { outcome: 'incomplete' | 'given_up' }

/** When things are planned, in milliseconds. */
export interface PlanTimes {
  /** From an end to the first try. */
  firstTryMs: number
  /** From an end only a panel told of to asking Zoom about it. */
  probeAfterMs: number
  /** So long nothing was heard of a meeting without an end, before Zoom is asked. */
  quietMs: number
}

export interface Reports {
  /**
   * Makes due rows for meetings that Zoom tells about: `ends` for every one that ended and has none, and for those a panel
   * said ended. `quiet` for those nobody has heard of for `quietMs`.
   */
  plan(what: 'ends' | 'quiet', nowMs: number, times: PlanTimes): Promise<number>
  /** Takes what has been due longest and nobody holds; null when nothing is due. */
  take(nowMs: number, leaseMs: number): Promise<DueReport | null>
  /** Gives it back untouched, for somebody else to take at once. */
  release(due: DueReport): Promise<void>
  /** Holds it longer. @throws LeaseLost */
  hold(due: DueReport, untilMs: number): Promise<void>
  /** The gathering its meeting belongs to now: it may have been joined or split meanwhile. @throws LeaseLost when it is gone */
  gatheringOf(due: DueReport): Promise<GatheringNow>

  /**
   * The reading under way, when it is whole, or of this list and its last page not older than `resumableSinceMs`; else a new
   * one. @throws LeaseLost
   */
  openBatch(
    due: DueReport,
    source: ReportSource,
    at: { nowMs: number; resumableSinceMs: number },
  ): Promise<Batch>
  /** Spools a page, sealed, and notes where the next one is. @throws LeaseLost */
  addPage(
    due: DueReport,
    batch: Batch,
    page: {
      rows: unknown[]
      declared: number | null
      nextPageToken: string | null
      nowMs: number
      holdUntilMs: number
    },
  ): Promise<Batch>
  /** Forgets the pages so far: reading begins again at the first. @throws LeaseLost */
  restartBatch(due: DueReport, batch: Batch): Promise<Batch>
  /** The rows of a batch as Zoom sent them, a page at a time, in order. */
  pages(due: DueReport, batch: Batch): AsyncIterable<unknown[]>
  /**
   * By which times of the meeting the rows of a whole batch are fitted: these, kept from now on, or those kept when somebody
   * began to take it in before. Another end heard meanwhile must not make two lists of one. @throws LeaseLost
   */
  keepTimes(due: DueReport, batch: Batch, times: MeetingTimes): Promise<MeetingTimes>
  /** An earlier batch of this meeting whose rows are evidence and have this digest. */
  batchLike(due: DueReport, digest: string): Promise<string | null>
  /** Notes how a batch ended. Pages that told nothing new go at once. @throws LeaseLost */
  endBatch(due: DueReport, batch: Batch, end: BatchEnd & RowFlaws): Promise<void>
  /** The flaws of a batch that ended, and which list it is; null for one that is not on record. */
  describe(due: DueReport, batchId: string): Promise<(RowFlaws & { source: ReportSource }) | null>

  /**
   * Writes down where the report stands and gives the meeting back. Readers of the gathering hear of it when something they
   * see changed. `rateLimited`: Zoom's limit is why it waits for its next try, which nobody can hasten. `judgedIn`: the
   * gathering whose evidence decided; when it was joined or split since, nothing is written and the answer is false. Null:
   * none decided. What waits for a consent that was given during this very try is due again at once.
   *
   * @throws LeaseLost
   */
  settle(
    due: DueReport,
    outcome: {
      status: SettledStatus
      nextTryAtMs: number | null
      plannedFromMs: number
      failures: number
      verified: boolean
      rateLimited: boolean
      judgedIn: GatheringNow | null
    },
  ): Promise<boolean>

  /**
   * The host wants it read again: every report of this gathering is due now, but for those that are due or being read
   * already, were tried a moment ago, or wait for Zoom's limit; `planned` false when that is true of all. Null: it has none.
   */
  retry(
    viewer: MemberViewer,
    gatheringId: string,
    nowMs: number,
  ): Promise<{ planned: boolean; report: ReportStatus } | null>
  /** Keeps when the meeting was planned (null: nothing says), so that it is not asked for again. */
  notePlanned(due: DueReport, planned: PlannedTime | null): Promise<void>
  /** How many reports are in each state, everywhere. */
  counts(): Promise<Record<ReportStatus['state'], number>>
}

/** Evidence of one gathering, as the fold wants it. */
export interface EvidenceSource {
  since(
    viewer: SystemViewer,
    gatheringId: string,
    seq: number,
    limit: number,
  ): Promise<{ seq: number; fact: Fact }[]>
}

/** Where facts go. Facts whose key is there already change nothing. */
export interface EvidenceSink {
  append(input: {
    installationId: string
    meetingId: string
    mention: MeetingMention | null
    facts: Fact[]
  }): Promise<unknown>
}

/** The part of the audit log this room writes. */
export interface ReportAudit {
  append(entry: {
    installationId: string
    actorMemberId: null
    act: 'report_final'
    gatheringId: string
    atMs: number
    detail: Record<string, string | number | boolean | null>
  }): Promise<void>
}

/** What is counted for the operator. */
export interface ReportMetrics {
  /** Seconds from a meeting's end to its report's being final, when that happened. */
  reportFinal(seconds: number): void
  /** Rows of a list that are left out for their times. */
  reportRowsUnusable(count: number): void
}
