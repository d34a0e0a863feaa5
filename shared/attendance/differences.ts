import type { MeetingReport } from './evidence/batches.ts'
import { connected } from './identity/connected.ts'
import type { Connection, Person } from './people.ts'
import { presenceAt } from './presence/presence.ts'

/** Below a minute nobody's minutes change visibly. */
const NOTICEABLE_SECONDS = 60

/** What the official list changed about people of the live list. */
export interface Difference {
  kind: 'added' | 'minutes_changed' | 'not_in_report' | 'merged' | 'split'
  /** The person now; of a split one, the first of the people it became. */
  person: Person
  /** People of the live list this entry accounts for; none for `added`, unless they only waited then. */
  live: readonly Person[]
  /** `merged`: everybody on the live list who is in `person` now. `split`: everybody it became. Else none. */
  others: readonly Person[]
  /** Attended seconds on the live list, overlaps counted once; null when nobody concerned had come. */
  liveSeconds: number | null
  /** Attended seconds of `person` now. */
  seconds: number
}

/** The differences between two lists, in the order of the people now, and how many people of the live list are as they were. */
export interface Differences {
  entries: Difference[]
  unchanged: number
}

/**
 * Whether only live witnesses saw somebody: they came, and none of their connections in meetings with a counting report is
 * in it. Who only was in meetings without a counting report, or only stands in files, is not meant.
 */
export function isSeenLiveOnly(person: Person, reports: readonly MeetingReport[]): boolean {
  const reported = new Set(reports.map(({ meeting }) => meeting))
  const concerned = person.connections.filter(({ meeting }) => reported.has(meeting))
  return (
    concerned.some((connection) => came(connection) && wasLive(connection)) &&
    !concerned.some(({ witnesses }) => witnesses.includes('report'))
  )
}

/**
 * What changed from the live list (people folded without any report) to the list now, as of an instant (epoch ms).
 *
 * People are matched by the keys of their connections. The account is total: everybody on the live list is `unchanged` or
 * in the `live` of exactly one entry. `added`: they came, and on the live list nobody did, or only waited.
 * `minutes_changed`: attended seconds differ by 60 or more; below that nobody's minutes change visibly. `not_in_report`:
 * see `isSeenLiveOnly`; said rather than changed minutes. `merged` and `split` name the others. People who are new and only
 * waited are not mentioned.
 */
export function differences(
  live: readonly Person[],
  now: readonly Person[],
  atMs: number,
  reports: readonly MeetingReport[],
): Differences {
  const items = [
    ...now.map((person) => ({ person, then: false })),
    ...live.map((person) => ({ person, then: true })),
  ]
  const entries: Difference[] = []
  let unchanged = 0
  for (const same of connected(items, ({ person }) => keysOf(person))) {
    const before = same.filter(({ then }) => then).map(({ person }) => person)
    const after = same.filter(({ then }) => !then).map(({ person }) => person)
    const [was] = before
    const [is] = after
    if (!is) continue
    if (before.length > 1 || after.length > 1) entries.push(...regrouped(before, after, atMs))
    else {
      const entry = compared(was ?? null, is, atMs, reports)
      if (entry) entries.push(entry)
      else if (was) unchanged++
    }
  }
  return { entries, unchanged }
}

/** One person of the live list (null: nobody) and one now; null when nothing is to be said. */
function compared(
  was: Person | null,
  is: Person,
  atMs: number,
  reports: readonly MeetingReport[],
): Difference | null {
  const liveSeconds = was ? attendedSeconds([was], atMs) : null
  const seconds = attendedSeconds([is], atMs)
  if (liveSeconds === null && seconds === null) return null
  const entry = { person: is, live: was ? [was] : [], others: [], liveSeconds, seconds: seconds ?? 0 }
  if (liveSeconds === null) return { kind: 'added', ...entry }
  if (isSeenLiveOnly(is, reports)) return { kind: 'not_in_report', ...entry }
  const changedSeconds = Math.abs((seconds ?? 0) - liveSeconds)
  return changedSeconds >= NOTICEABLE_SECONDS ? { kind: 'minutes_changed', ...entry } : null
}

/**
 * People of the live list who share connections with several people now, or several of them with one. Each is accounted for
 * once: as `split` when their connections are several people's now, else as `merged` into the one who holds them all.
 */
function regrouped(before: readonly Person[], after: readonly Person[], atMs: number): Difference[] {
  const holders = holdersOf(after)
  const sharing = new Map<Person, { live: Person[]; whole: Person[] }>()
  const entries: Difference[] = []
  for (const was of before) {
    const parts = [...new Set(keysOf(was).flatMap((key) => holders.get(key) ?? []))]
    for (const part of parts) {
      const share = sharing.get(part) ?? { live: [], whole: [] }
      share.live.push(was)
      if (parts.length === 1) share.whole.push(was)
      sharing.set(part, share)
    }
    const [first] = parts
    if (!first || parts.length === 1) continue
    const seconds = attendedSeconds([first], atMs) ?? 0
    const liveSeconds = attendedSeconds([was], atMs)
    entries.push({ kind: 'split', person: first, live: [was], others: parts, liveSeconds, seconds })
  }
  for (const [person, share] of sharing) {
    if (share.whole.length === 0) continue
    const seconds = attendedSeconds([person], atMs) ?? 0
    const liveSeconds = attendedSeconds(share.live, atMs)
    entries.push({ kind: 'merged', person, live: share.whole, others: share.live, liveSeconds, seconds })
  }
  return entries
}

/** Seconds of presence of all these people together, overlaps counted once; null when none of them came. */
function attendedSeconds(people: readonly Person[], atMs: number): number | null {
  const [first] = people
  if (!first) return null
  const connections = people.flatMap((person) => person.connections)
  const { firstJoinMs, presentSeconds } = presenceAt({ ...first, connections }, atMs)
  return firstJoinMs === null ? null : presentSeconds
}

function holdersOf(people: readonly Person[]): Map<string, Person> {
  const holders = new Map<string, Person>()
  for (const person of people) for (const key of keysOf(person)) holders.set(key, person)
  return holders
}

const keysOf = (person: Person): string[] => person.connections.flatMap((connection) => connection.keys)

const wasLive = ({ witnesses }: Connection): boolean =>
  witnesses.includes('webhook') || witnesses.includes('panel')

const came = ({ segments }: Connection): boolean =>
  segments.some((segment) => segment.place.kind !== 'waiting')
