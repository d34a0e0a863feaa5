import { expect } from 'vitest'
import {
  createFold,
  derive,
  differences,
  isSeenLiveOnly,
  presenceAt,
  type Fact,
  type Person,
} from '../../../shared/attendance/index.ts'
import { reportLaw, shuffled } from '../../support/law.ts'
import { noKeys } from '../../support/stories.ts'

const keysOf = (people: readonly Person[]): Set<string> =>
  new Set(people.flatMap((person) => person.connections.flatMap((connection) => connection.keys)))
const isLive = (fact: Fact): boolean => fact.witness !== 'report'

reportLaw('never lets a list that counts make anybody of the live list vanish', (facts) => {
  const now = keysOf(derive(facts).people)
  for (const person of derive(facts.filter(isLive)).people)
    for (const key of keysOf([person])) expect(now).toContain(key)
})

reportLaw('accounts for everybody of the live list exactly once', (facts) => {
  const live = derive(facts.filter(isLive)).people
  const { people, reports, latestMs } = derive(facts)
  const { entries, unchanged } = differences(live, people, latestMs ?? 0, reports)
  const named = entries.flatMap((entry) => entry.live)
  expect(new Set(named).size).toBe(named.length)
  expect(named.length + unchanged).toBe(live.length)
  // A part of a split person may be merged with somebody else; nobody else is spoken of twice.
  const spoken = entries.filter(({ kind }) => kind !== 'split').map(({ person }) => person)
  expect(new Set(spoken).size).toBe(spoken.length)
  for (const { kind, person } of entries)
    if (kind === 'not_in_report') expect(isSeenLiveOnly(person, reports)).toBe(true)
})

reportLaw('finds no difference where no list counts', (facts) => {
  const live = derive(facts.filter(isLive))
  const { people, reports, latestMs } = derive(facts)
  if (reports.length > 0) return
  expect(people).toEqual(live.people)
  expect(differences(live.people, people, latestMs ?? 0, reports).entries).toEqual([])
})

reportLaw('believes every row of the list that counts', (facts) => {
  const { people, reports, latestMs, endedAtMs } = derive(facts)
  const connections = people.flatMap((person) => person.connections)
  for (const { meeting, rows } of reports) {
    const own = connections.filter((connection) => connection.meeting === meeting)
    if (rows > 0) expect(own.some(({ witnesses }) => witnesses.includes('report'))).toBe(true)
    // A meeting that has an official list is over.
    if (rows > 0)
      for (const { segments } of own) expect(segments.every(({ toMs }) => toMs !== null)).toBe(true)
  }
  if (reports.length === 0 || endedAtMs === null) return
  for (const person of people) {
    const { presentSeconds, firstJoinMs, lastLeaveMs } = presenceAt(person, latestMs ?? 0)
    if (firstJoinMs === null) continue
    expect(presentSeconds * 1_000).toBeLessThanOrEqual((lastLeaveMs ?? latestMs ?? 0) - firstJoinMs)
  }
})

reportLaw('does not care for the pages in which rows come', (facts, random) => {
  const fold = createFold()
  const rest = shuffled(facts, random)
  while (rest.length > 0) {
    fold.add(rest.splice(0, 1 + random(7)))
    if (random(2) === 0) fold.takeChanges()
  }
  const { people, ...derived } = derive(facts)
  expect(fold.people()).toEqual(people)
  expect(fold).toMatchObject(derived)
})

reportLaw(
  'changes nothing for a list that is refused, not whole, or shorter and not confirmed',
  (facts, random) => {
    const before = derive(facts)
    for (const meeting of new Set(facts.map((fact) => fact.meeting))) {
      const counting = before.reports.find((report) => report.meeting === meeting)
      const rows = random(4)
      const shorter = counting !== undefined && counting.rows > rows
      const how = random(shorter ? 3 : 2)
      const end: Fact = {
        ...{ key: 'bad', meeting, witness: 'report', kind: 'report_batch', batch: 'bad', atMs: 3e12 },
        ...{ digest: 'bad', sameAs: null },
        declared: how === 1 ? rows + 1 : rows,
        refusal: how === 0 ? 'other_meeting' : null,
      }
      const more = Array.from({ length: rows }, (_, i): Fact => ({
        ...{ key: `bad/${i}`, meeting, witness: 'report', kind: 'report_row', batch: 'bad', atMs: 1e12 },
        ...{ leftMs: 2e12, place: { kind: 'main' }, name: 'Nobody', keys: noKeys, reportedSeconds: 1 },
        ref: { segmentId: `${i + 16}`, participantUuid: null, parentSegmentId: null },
      }))
      const { pendingReports, ...after } = derive(shuffled([...facts, ...more, end], random))
      expect({ ...after, pendingReports: before.pendingReports }).toEqual(before)
      expect(pendingReports.length - before.pendingReports.length).toBe(how === 2 ? 1 : 0)
    }
  },
)
