import {
  createFold,
  isSeenLiveOnly,
  type Connection,
  type Fact,
  type Person,
} from '../../shared/attendance/index.ts'
import type { Standing } from './completeness.ts'
import { evidencePages } from './evidence-pages.ts'
import type { DueReport, EvidenceSource, Reports } from './ports.ts'

/** A list that names so many times the people somebody saw live is either another's or tells of an outage of ours. */
const MANY_TIMES = 10

/** Nothing has been read, so nothing is known that would decide anything. */
export const nothingKnown: Standing = {
  ...{ counts: null, source: null, pending: [], missing: 0, came: 0, unseen: 0 },
  flaws: { unusable: 0, corrected: 0 },
}

/**
 * What the evidence says of this meeting's report, by the one fold. `lastListedMs` is when the last of those the list names
 * was there, null when it names nobody. The evidence is read in pages; the fold itself holds a gathering at a time.
 */
export async function standingOf(
  { evidence, reports }: { evidence: EvidenceSource; reports: Pick<Reports, 'describe'> },
  due: DueReport,
): Promise<Standing & { lastListedMs: number | null }> {
  const { meetingUuid } = due
  const fold = createFold()
  const heard = new Set<Fact['kind']>()
  for await (const facts of evidencePages(evidence, due)) {
    fold.add(facts)
    for (const fact of facts)
      if (fact.witness === 'webhook' && fact.meeting === meetingUuid) heard.add(fact.kind)
  }
  const people = fold.people()
  const counting = fold.reports.filter(({ meeting }) => meeting === meetingUuid)
  const [report] = counting
  const here = people.flatMap((person) => stayHere(person, meetingUuid) ?? [])
  const throughout = heard.has('meeting_started') && heard.has('meeting_ended')
  const described = report ? await reports.describe(due, report.batch) : null
  return {
    counts: report && report.rows > 0 ? report : null,
    source: described?.source ?? null,
    pending: fold.pendingReports.filter(({ meeting }) => meeting === meetingUuid),
    missing: people.filter((person) => isSeenLiveOnly(person, counting)).length,
    came: here.length,
    flaws: described ?? nothingKnown.flaws,
    unseen: throughout ? manyUnseen(here) : 0,
    lastListedMs: lastListed(people, meetingUuid),
  }
}

/** Who told of somebody's being in this meeting; null when they only waited, or were not there. */
function stayHere({ connections }: Person, meetingUuid: string): { live: boolean; reported: boolean } | null {
  const came = ({ meeting, segments }: Connection): boolean =>
    meeting === meetingUuid && segments.some((segment) => segment.place.kind !== 'waiting')
  const here = connections.filter(came)
  if (here.length === 0) return null
  const witnesses = new Set(here.flatMap((connection) => connection.witnesses))
  return { live: witnesses.has('webhook') || witnesses.has('panel'), reported: witnesses.has('report') }
}

function lastListed(people: readonly Person[], meetingUuid: string): number | null {
  let lastMs: number | null = null
  for (const { connections } of people) {
    for (const { meeting, witnesses, segments } of connections) {
      if (meeting !== meetingUuid || !witnesses.includes('report')) continue
      for (const { fromMs, toMs } of segments) lastMs = Math.max(lastMs ?? fromMs, toMs ?? fromMs)
    }
  }
  return lastMs
}

/** People nobody saw live, when the list names ten times as many as somebody saw; else 0. Where nobody was seen, nothing is compared. */
function manyUnseen(here: readonly { live: boolean; reported: boolean }[]): number {
  const seen = here.filter(({ live }) => live).length
  const reported = here.filter((person) => person.reported).length
  return seen > 0 && reported >= MANY_TIMES * seen ? here.length - seen : 0
}
