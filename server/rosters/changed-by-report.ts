import {
  correct,
  derive,
  differences,
  type Correction,
  type Difference as Entry,
  type Fact,
  type MeetingReport,
  type Person,
} from '../../shared/attendance/index.ts'
import type { Difference, DifferenceList } from '../../shared/wire/index.ts'
import type { SystemViewer } from '../access/viewer.ts'
import type { EvidenceReader } from './ports.ts'

/** What the official list changed: every difference in the order of the people now, and how many of each kind. */
export interface ChangedByReport {
  items: Difference[]
  counts: DifferenceList['counts']
}

const PAGE = 5_000

/**
 * Compares the list as it is with what live witnesses alone made of the meeting. While no official list counts nothing is
 * different: everybody is unchanged.
 */
export async function changedByReport(input: {
  evidence: EvidenceReader
  viewer: SystemViewer
  gatheringId: string
  people: readonly Person[]
  /** Those that count; both lists are compared as corrected. */
  corrections: readonly Correction[]
  reports: readonly MeetingReport[]
  ids: ReadonlyMap<Person, string>
  atMs: number
}): Promise<ChangedByReport> {
  const { people, reports, ids, atMs, corrections } = input
  const live =
    reports.length === 0 ? people : correct(derive(await liveFacts(input)).people, corrections).people
  const { entries: all, unchanged } = differences(live, people, atMs, reports)
  // Who only stands in files was not added by the list.
  const entries = all.filter(({ kind, person }) => kind !== 'added' || isReported(person))
  const counts = { added: 0, minutes_changed: 0, not_in_report: 0, merged: 0, split: 0, unchanged }
  for (const { kind } of entries) counts[kind]++
  return { items: entries.map((entry) => toItem(entry, ids)), counts }
}

const isReported = ({ connections }: Person): boolean =>
  connections.some(({ witnesses }) => witnesses.includes('report'))

async function liveFacts({
  evidence,
  viewer,
  gatheringId,
}: {
  evidence: EvidenceReader
  viewer: SystemViewer
  gatheringId: string
}): Promise<Fact[]> {
  const facts: Fact[] = []
  for (let seq = 0; ;) {
    const page = await evidence.since(viewer, gatheringId, seq, PAGE)
    for (const { fact } of page) if (fact.witness === 'webhook' || fact.witness === 'panel') facts.push(fact)
    if (page.length < PAGE) return facts
    seq = page.at(-1)?.seq ?? seq
  }
}

function toItem(entry: Entry, ids: ReadonlyMap<Person, string>): Difference {
  const personId = ids.get(entry.person)
  if (personId === undefined) throw new Error('Every person of a folded gathering has an id.')
  return {
    kind: entry.kind,
    personId,
    name: entry.person.name,
    names: entry.others.map(({ name }) => name),
    liveSeconds: entry.liveSeconds,
    seconds: entry.seconds,
  }
}
