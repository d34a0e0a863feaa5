import { createListing, type ListedRow, type StrongKeys } from '../../shared/attendance/index.ts'
import { median, type Line } from './line.ts'
import { heapMb } from './merge.bench.ts'

const START_MS = Date.UTC(2026, 2, 12, 13, 0)
const none: StrongKeys = { zoomUserId: null, registrantId: null, email: null, phone: null }

/**
 * Rows of a portal file into people, beside a plain grouping of the same rows by e-mail, else name, in the same run: what
 * the rules cost over merely collecting. Once with 100,000 rows and once with ten times as many, so growth shows.
 */
export async function listingBench(): Promise<Line[]> {
  const small = measured(100_000)
  const large = measured(1_000_000)
  const beforeMb = await heapMb()
  const listing = listed(1_000_000)
  const heldMb = (await heapMb()) - beforeMb
  const columnsMb = process.memoryUsage().arrayBuffers / 1_048_576
  let peakMb = 0
  let people = 0
  for (const _ of listing.people()) {
    if (people++ % 10_000 === 0)
      peakMb = Math.max(peakMb, process.memoryUsage().heapUsed / 1_048_576 - beforeMb)
  }
  console.log(
    `listing of 1,000,000 rows: ${people} people, texts ${heldMb.toFixed(0)} MB and columns ${columnsMb.toFixed(0)} MB ` +
      `held, heap while people are told at most ${peakMb.toFixed(0)} MB over the start`,
  )
  return [
    {
      what: 'listing of 100,000 rows, 40,000 people',
      unit: 'ms',
      ...small,
      against: 'grouping them by e-mail or name',
    },
    {
      what: 'listing of 1,000,000 rows, 400,000 people',
      unit: 'ms',
      ...large,
      against: 'grouping them by e-mail or name',
    },
    {
      ...{
        what: 'listing: growth from 100,000 to 1,000,000 rows',
        unit: 'ms',
        ours: large.ours,
        baseline: small.ours,
      },
      ...{ against: '100,000 rows', target: '≤ 20', met: (ratio: number) => ratio <= 20 },
    },
  ]
}

function measured(rows: number): { ours: number; baseline: number } {
  const times = { ours: [] as number[], baseline: [] as number[] }
  for (let round = 0; round < (rows > 500_000 ? 1 : 5); round++) {
    let startedMs = performance.now()
    let people = 0
    for (const { person } of listed(rows).people()) people += person.connections.length > 0 ? 1 : 0
    times.ours.push(performance.now() - startedMs)
    startedMs = performance.now()
    group(rows)
    times.baseline.push(performance.now() - startedMs)
    if (people !== (rows * 2) / 5)
      throw new Error(`Expected ${(rows * 2) / 5} people of ${rows} rows, found ${people}.`)
  }
  return { ours: median(times.ours), baseline: median(times.baseline) }
}

function listed(rows: number) {
  const listing = createListing()
  for (let i = 0; i < rows; i++) listing.add(rowAt(i, rows))
  return listing
}

function group(rows: number): Map<string, ListedRow[]> {
  const groups = new Map<string, ListedRow[]>()
  for (let i = 0; i < rows; i++) {
    const row = rowAt(i, rows)
    const key = row.keys.email ?? row.name
    const others = groups.get(key)
    if (others) others.push(row)
    else groups.set(key, [row])
  }
  return groups
}

/**
 * People with one to four rows each, some of them overlapping, some going on within a second, half of the people with an
 * address; in no order of people, as a file has them.
 */
function rowAt(i: number, rows: number): ListedRow {
  const people = (rows * 2) / 5
  // Each person has two rows, every second a third and fourth in the last fifth of the file.
  const person = i < people * 2 ? (i * 7919) % people : ((i - people * 2) * 2) % people
  const part = Math.floor(i / people)
  const fromMs =
    START_MS +
    (person % 3600) * 1_000 +
    part * (person % 3 === 0 ? 1_200_000 : 1_100_000 + (person % 97) * 3_000)
  return {
    ...{ meeting: 0, name: `Person ${person} of ${person % 211} the list`, role: 'unknown', place: 'main' },
    keys: person % 2 === 0 ? { ...none, email: `person.${person}@mail-${person % 31}.example` } : none,
    ...{ attended: true, fromMs, toMs: fromMs + 1_199_000, precisionSeconds: 1, reportedSeconds: 1_200 },
    ...{ registration: null, registered: false },
  }
}
