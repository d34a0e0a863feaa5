import { createFold, isSeenLiveOnly, summarise, type Connection } from '../../shared/attendance/index.ts'
import type { Standing } from './completeness.ts'
import type { DueReport, EvidenceSource } from './ports.ts'

const FACTS_A_PAGE = 5_000

/** Nothing has been read, so nothing is known that would decide anything. */
export const nothingKnown: Standing = { counts: null, pending: [], missing: 0, came: 0 }

/**
 * What the evidence says of this meeting's report, by the one fold. `cameToGathering` counts the people of all its meetings
 * together. The evidence is read in pages; the fold itself holds a gathering at a time.
 */
export async function standingOf(
  evidence: EvidenceSource,
  due: DueReport,
  nowMs: number,
): Promise<Standing & { cameToGathering: number }> {
  const { installationId, gatheringId, meetingUuid } = due
  const fold = createFold()
  let seq = 0
  for (;;) {
    const viewer = { kind: 'system', installationId, purpose: 'report' } as const
    const page = await evidence.since(viewer, gatheringId, seq, FACTS_A_PAGE)
    fold.add(page.map(({ fact }) => fact))
    seq = page.at(-1)?.seq ?? seq
    if (page.length < FACTS_A_PAGE) break
  }
  const people = fold.people()
  const reports = fold.reports.filter(({ meeting }) => meeting === meetingUuid)
  const [report] = reports
  const cameHere = ({ meeting, segments }: Connection): boolean =>
    meeting === meetingUuid && segments.some((segment) => segment.place.kind !== 'waiting')
  return {
    counts: report && report.rows > 0 ? report : null,
    pending: fold.pendingReports.filter(({ meeting }) => meeting === meetingUuid),
    missing: people.filter((person) => isSeenLiveOnly(person, reports)).length,
    came: people.filter((person) => person.connections.some(cameHere)).length,
    cameToGathering: summarise(people, Math.max(nowMs, fold.latestMs ?? nowMs)).came,
  }
}
