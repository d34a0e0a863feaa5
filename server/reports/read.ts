import type { BatchRefusal, Fact, ReportBatch, ReportRow } from '../../shared/attendance/evidence.ts'
import { ZoomError, type ListAccess, type PastMeetings, type ReportSubject } from '../zoom/index.ts'
import { RowDigest } from './digest.ts'
import { evidencePages } from './evidence-pages.ts'
import { fitRow, type MeetingTimes } from './fitted-row.ts'
import type { Batch, DueReport, EvidenceSink, EvidenceSource, Reports, RowFlaws } from './ports.ts'
import { createLiveConnections } from './whose-list.ts'

export interface ReadingParts {
  reports: Reports
  pastMeetings: Pick<PastMeetings, 'pages'>
  evidence: EvidenceSink & EvidenceSource
  clock: () => number
  /** How long a page may take before another process may take over. */
  leaseMs: number
  /** Throws when this process is to stop. */
  goOn: () => void
}

/** How one reading ended. `unusable`: rows of a list not met before that are left out. */
export type Reading =
  | { kind: 'taken_in'; unusable: number }
  | { kind: 'refused'; refusal: BatchRefusal; unusable: number }
  | { kind: 'incomplete' }

/** Zoom's page tokens live 15 minutes; one that might end on the way is not begun with. */
const TOKEN_LIVES_MS = 14 * 60_000
/** A token that runs out although it is young is tried again from the first page this often. */
const MOST_RESTARTS = 3
/** Rows that become evidence in one transaction. */
const ROWS_A_STEP = 2_000

/**
 * Reads the list to its end, spooling its pages, and takes it in as evidence when it is whole. What another try or process
 * began is gone on with while Zoom still takes its page token. Doing any of it again changes nothing.
 *
 * @throws ZoomError when Zoom refuses or cannot be reached: the pages so far are kept; LeaseLost
 */
export async function readReport(parts: ReadingParts, due: DueReport, access: ListAccess): Promise<Reading> {
  const nowMs = parts.clock()
  const resumable = { nowMs, resumableSinceMs: nowMs - TOKEN_LIVES_MS }
  const opened = await parts.reports.openBatch(due, access.source, resumable)
  const batch = opened.whole ? opened : await readPages(parts, due, opened, access)
  return batch === null ? { kind: 'incomplete' } : takeIn(parts, due, batch)
}

/** Null when Zoom broke the paging off as often as it was begun: that is a short list, whatever code it came with. */
async function readPages(
  parts: ReadingParts,
  due: DueReport,
  opened: Batch,
  { source, withToken }: ListAccess,
): Promise<Batch | null> {
  const { reports, pastMeetings, clock, leaseMs } = parts
  const subject: ReportSubject = {
    kind: due.kind === 'webinar' ? 'webinar' : 'meeting',
    uuid: due.meetingUuid,
    source,
  }
  let batch = opened
  for (let restarts = 0; ; restarts++) {
    try {
      for await (const page of pastMeetings.pages(subject, batch.nextPageToken, withToken)) {
        const nowMs = clock()
        batch = await reports.addPage(due, batch, { ...page, nowMs, holdUntilMs: nowMs + leaseMs })
        parts.goOn()
      }
      return batch
    } catch (error) {
      if (!isTokenRefused(error, batch)) throw error
      if (restarts >= MOST_RESTARTS) {
        await reports.endBatch(due, batch, { outcome: 'incomplete', unusable: 0, corrected: 0 })
        return null
      }
      batch = await reports.restartBatch(due, batch)
    }
  }
}

/** 400/300 is also what Zoom says of a page token it no longer takes; at the first page it means the meeting itself. */
const isTokenRefused = (error: unknown, batch: Batch): boolean =>
  error instanceof ZoomError &&
  batch.nextPageToken !== null &&
  ((error.status === 400 && error.code === '300') || error.code === 'pages_without_end')

async function takeIn(parts: ReadingParts, due: DueReport, batch: Batch): Promise<Reading> {
  const { reports, evidence } = parts
  const { startedAtMs, endedAtMs } = due
  const times = await reports.keepTimes(due, batch, { startedAtMs, endedAtMs, readAtMs: parts.clock() })
  const list = await survey(parts, due, batch, times)
  const flaws: RowFlaws = { unusable: list.unusable, corrected: list.corrected }
  // Without a declaration the paging itself is believed: it came to its end.
  if (batch.declared !== null && batch.declared !== batch.received) {
    await reports.endBatch(due, batch, { outcome: 'incomplete', ...flaws })
    return { kind: 'incomplete' }
  }
  const sameAs = list.refusal === null ? await reports.batchLike(due, list.digest) : null
  // What is evidence already was compared when it came.
  const isComparable = list.refusal === null && sameAs === null
  const refusal =
    isComparable && (await isAnothers(parts, due, batch, times)) ? 'other_meeting' : list.refusal
  if (refusal === null && sameAs === null) await tellRows(parts, due, batch, times)
  const told = endOf(due, batch.id, {
    atMs: parts.clock(),
    declared: list.told,
    digest: list.digest,
    sameAs,
    refusal,
  })
  await evidence.append({ ...placeOf(due), mention: null, facts: [told] })
  const outcome = refusal !== null ? 'refused' : sameAs !== null ? 'same' : 'sealed'
  await reports.endBatch(due, batch, {
    ...{ outcome, digest: list.digest, sameAs, refusal, ...flaws },
  })
  return refusal === null
    ? { kind: 'taken_in', unusable: sameAs === null ? list.unusable : 0 }
    : { kind: 'refused', refusal, unusable: refusal === 'unreadable' ? list.unusable : 0 }
}

/** The end of a reading, as a fact. */
export const endOf = (
  due: DueReport,
  batch: string,
  said: Pick<ReportBatch, 'atMs' | 'declared' | 'digest' | 'sameAs' | 'refusal'>,
): ReportBatch => ({
  kind: 'report_batch',
  witness: 'report',
  key: batch,
  meeting: due.meetingUuid,
  batch,
  ...said,
})

interface Survey extends RowFlaws {
  /** Of the rows as they are told. */
  digest: string
  told: number
  /** Why none of it can count; an empty list is not refused. */
  refusal: BatchRefusal | null
}

async function survey(
  { reports, goOn }: ReadingParts,
  due: DueReport,
  batch: Batch,
  times: MeetingTimes,
): Promise<Survey> {
  const digest = new RowDigest()
  const counted = { told: 0, unreadable: 0, outside: 0, corrected: 0 }
  let touches = false
  for await (const rows of reports.pages(due, batch)) {
    goOn()
    for (const raw of rows) {
      const fitted = fitRow(raw, times)
      counted[fitted.kind] += 1
      if (fitted.kind === 'told') {
        digest.add(fitted.row, fitted.corrected)
        if (fitted.corrected) counted.corrected += 1
        touches ||= fitted.touches
      } else digest.add(null)
    }
  }
  const { told, unreadable, outside, corrected } = counted
  const refusal = touches ? null : told + outside > 0 ? 'outside_time' : unreadable > 0 ? 'unreadable' : null
  return { digest: digest.digest(), told, unusable: unreadable + outside, corrected, refusal }
}

/** Whether more rows contradict what was heard live of their connections than agree with it. */
async function isAnothers(
  { reports, evidence, clock, leaseMs, goOn }: ReadingParts,
  due: DueReport,
  batch: Batch,
  times: MeetingTimes,
): Promise<boolean> {
  const { installationId, meetingUuid } = due
  const { gatheringId } = await reports.gatheringOf(due)
  await reports.hold(due, clock() + leaseMs)
  const live = createLiveConnections()
  for await (const facts of evidencePages(evidence, { installationId, gatheringId })) {
    goOn()
    for (const fact of facts) if (fact.meeting === meetingUuid) live.note(fact)
  }
  if (live.isEmpty) return false
  const opinions = { agrees: 0, contradicts: 0, says_nothing: 0 }
  for await (const rows of reports.pages(due, batch)) {
    goOn()
    for (const raw of rows) {
      const fitted = fitRow(raw, times)
      if (fitted.kind === 'told') opinions[live.opinionOf(fitted.row, !fitted.corrected)] += 1
    }
  }
  return opinions.contradicts > opinions.agrees
}

/** The rows as facts, in steps; a step told before changes nothing. */
async function tellRows(
  parts: ReadingParts,
  due: DueReport,
  batch: Batch,
  times: MeetingTimes,
): Promise<void> {
  let ordinal = 0
  let step: Fact[] = []
  const tell = async (): Promise<void> => {
    if (step.length === 0) return
    await parts.reports.hold(due, parts.clock() + parts.leaseMs)
    await parts.evidence.append({ ...placeOf(due), mention: null, facts: step })
    step = []
    parts.goOn()
  }
  for await (const rows of parts.reports.pages(due, batch)) {
    for (const raw of rows) {
      const fitted = fitRow(raw, times)
      const key = `${batch.id}/${ordinal}`
      ordinal += 1
      if (fitted.kind !== 'told') continue
      const row: ReportRow = {
        ...{ kind: 'report_row', witness: 'report', key, meeting: due.meetingUuid, batch: batch.id },
        ...fitted.row,
      }
      step.push(row)
    }
    if (step.length >= ROWS_A_STEP) await tell()
  }
  await tell()
}

const placeOf = ({ installationId, meetingId }: DueReport) => ({ installationId, meetingId })
