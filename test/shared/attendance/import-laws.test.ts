import { expect } from 'vitest'
import {
  alsoOf,
  correct,
  createListing,
  derive,
  merge,
  normaliseName,
  presenceAt,
  type Corrected,
  type Fact,
  type Facts,
  type Person,
} from '../../../shared/attendance/index.ts'
import { createBatchLog } from '../../../shared/attendance/evidence/batches.ts'
import { reportRowKey } from '../../../shared/attendance/connections/report-rows.ts'
import { fileLaw, importLaw, reportLaw, shuffled } from '../../support/law.ts'
import { copyOf } from '../../support/imported-stories.ts'

const stateOf = (facts: readonly Fact[]): Facts => facts.reduce(merge, new Map<string, Fact>() as Facts)

/** Who was there, how long, and how sure we are; in an order of their own. */
const summaryOf = (people: readonly Person[], atMs: number): string[] =>
  people
    .map((person) => {
      const { presentSeconds, waitingSeconds, firstJoinMs } = presenceAt(person, atMs)
      return JSON.stringify([firstJoinMs, presentSeconds, waitingSeconds, person.identity.confidence])
    })
    .sort()

fileLaw('finds in a file alone what a listing of its rows finds', (rows) => {
  const listing = createListing()
  for (const { meeting, atMs, leftMs, place, ...row } of rows) {
    const more = { attended: true, registration: null, registered: false }
    listing.add({
      ...row,
      ...more,
      meeting: Number(meeting.slice(1)),
      place: place.kind,
      fromMs: atMs,
      toMs: leftMs,
    })
  }
  const listed = [...listing.people()]
  const { people } = derive(rows)
  const said = (person: Person, presence: [number, number | null][]) => {
    const emails = person.connections.flatMap((connection) => connection.strong.emails)
    const names = new Set(person.names.map(({ name }) => name))
    const sure = [person.identity.confidence, person.role]
    return JSON.stringify([[...names].sort(), [...new Set(emails)].sort(), presence.sort(), ...sure])
  }
  const folded = people.map((person) => {
    const meetings = [...new Set(person.connections.map(({ meeting }) => meeting))]
    return said(
      person,
      meetings.map((meeting) => {
        const connections = person.connections.filter((one) => one.meeting === meeting)
        return [Number(meeting.slice(1)), presenceAt({ ...person, connections }, Infinity).presentSeconds]
      }),
    )
  })
  const inList = listed.map(({ person, meetings }) =>
    said(
      person,
      meetings.map(({ meeting, presentSeconds }) => [meeting, presentSeconds]),
    ),
  )
  expect(folded.sort()).toEqual(inList.sort())
})

reportLaw('doubles nobody when a file repeats the official list that counts', (facts, random) => {
  const before = derive(facts)
  const rows = before.reports.flatMap(({ meeting }) => {
    const log = createBatchLog(meeting)
    for (const fact of stateOf(facts).values()) {
      if (fact.meeting !== meeting) continue
      if (fact.kind === 'report_row') log.noteRow(fact)
      if (fact.kind === 'report_batch') log.noteEnd(fact)
    }
    return log.counting()?.rows ?? []
  })
  // Where a list tells of one stretch twice, under two names or with two ends, a file cannot repeat it one to one.
  const stretches = rows.map((row) => JSON.stringify([row.meeting, reportRowKey(row), row.place, row.atMs]))
  if (new Set(stretches).size < rows.length) return
  // A connection known under several names may be what any of them is about.
  const connections = before.people.flatMap((person) => person.connections)
  if (connections.some(({ names }) => new Set(names.map(({ name }) => normaliseName(name).name)).size > 1))
    return
  const file = rows.map((row, line) => copyOf(row, `F/${line}`))
  const after = derive(shuffled([...facts, ...file], random))
  const atMs = before.latestMs ?? 0
  expect(summaryOf(after.people, atMs)).toEqual(summaryOf(before.people, atMs))
})

importLaw('believes the report and live witnesses where they know of a connection', (facts) => {
  const told = derive(facts.filter(({ witness }) => witness !== 'import'))
  const { people, latestMs } = derive(facts)
  const personOf = new Map(
    people.flatMap((person) =>
      person.connections.flatMap(({ keys }) => keys.map((key) => [key, person] as const)),
    ),
  )
  for (const person of told.people)
    for (const connection of person.connections)
      for (const key of connection.keys) expect(personOf.has(key)).toBe(true)
  for (const person of people) {
    const { presentSeconds, firstJoinMs, lastLeaveMs } = presenceAt(person, latestMs ?? 0)
    if (firstJoinMs === null) continue
    expect(presentSeconds * 1_000).toBeLessThanOrEqual((lastLeaveMs ?? latestMs ?? 0) - firstJoinMs)
  }
})

importLaw('loses no row of a file: each is in exactly one connection', (facts) => {
  const rows = [...stateOf(facts).values()].filter((fact) => fact.kind === 'import_row')
  const connections = derive(facts).people.flatMap((person) => person.connections)
  const ofFiles = connections.filter(({ witnesses }) => witnesses.includes('import'))
  const keys = ofFiles.flatMap(({ keys: all }) => all.filter((key) => key.includes('|f:')))
  expect(new Set(keys).size).toBe(keys.length)
  expect(keys.length > 0).toBe(rows.length > 0)
  for (const { meeting, atMs, leftMs } of rows) {
    const prefix = `${meeting}|f:${atMs}-${leftMs}-`
    expect(keys.some((key) => key.startsWith(prefix))).toBe(true)
  }
})

fileLaw(
  'finds whom corrections name when the file is read anew, three hours later and in other meetings',
  (rows, random) => {
    const first = derive(rows).people
    const connections = first.flatMap((person) => person.connections)
    const some = shuffled(connections, random).slice(0, 4)
    const corrections = some.map((connection, seq) => ({
      ...{ seq, also: [alsoOf(connection, connection.id)] },
      act: { kind: 'label', connection: connection.id, label: `Group ${seq}` } as const,
    }))
    const [one, other] = some
    const merge = {
      ...{ seq: 4, also: [one, other].map((named) => (named ? alsoOf(named, named.id) : [])) },
      act: { kind: 'merge', connections: [one?.id ?? '', other?.id ?? ''] } as const,
    }
    const all = other ? [...corrections, merge] : corrections
    const anew = rows.map((row) => ({
      ...{ ...row, meeting: `anew ${row.meeting}` },
      ...{ atMs: row.atMs + 10_800_000, leftMs: row.leftMs + 10_800_000 },
    }))
    expect(saidOfLines(correct(derive(shuffled(anew, random)).people, all))).toEqual(
      saidOfLines(correct(first, all)),
    )
  },
)

/** Of each person by the lines of the file that are theirs, what the host said of them. */
const saidOfLines = ({ people, idle }: Corrected): unknown => ({
  idle,
  people: people
    .map(({ connections, host }) => {
      const lines = connections.flatMap(({ keys }) =>
        keys.filter((key) => key.includes('|l:')).map((key) => key.slice(key.indexOf('|'))),
      )
      return JSON.stringify([lines.sort(), host])
    })
    .sort(),
})
