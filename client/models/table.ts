// Not by the door of the room: the words its readers know come with it, and the first view has no use for them.
import {
  carriesLabel,
  foldText,
  isStaff,
  rowOrders,
  searchTextOf,
  showsRow,
  type Show,
  type Sort,
} from '../../shared/files/select.ts'
import type { PersonRow, RosterChange, RosterSnapshot } from '../../shared/wire/index.ts'

export type { Show, Sort }
/** Offered with the first view; the others come with what they need. */
export const firstShows = [
  'all',
  'here',
  'left',
  'waiting',
  'waiting_only',
  'no_email',
  'unidentified',
] as const satisfies readonly Show[]
const moreShows = [
  'reached',
  'not_reached',
  'late',
  'left_early',
  'returned',
  'conflict',
] as const satisfies readonly Show[]
/** Where a list says who should come. */
export const listShows = ['registered', 'walk_in', 'absent', 'everybody'] as const satisfies readonly Show[]
export const shows: readonly Show[] = [...firstShows, ...moreShows, ...listShows]
export const sorts: readonly Sort[] = ['state', 'name', 'joined', 'present']

/** A row and what is derived from it once. A new object on every change, so components compare by identity. */
export interface Entry {
  readonly row: PersonRow
  /** The instant the row's seconds are counted up to. */
  readonly atMs: number
  readonly searchText: string
}

export type Counts = Record<Show, number>

/**
 * The rows of a roster, kept sorted. A change costs one pass and a few comparisons, not a new sort: comparing names by
 * the rules of a language is what makes sorting ten thousand rows slow.
 */
export function createTable(language: string) {
  let entries = new Map<string, Entry>()
  let sort: Sort = 'state'
  let sorted: Entry[] = []
  let comparedAtMs = 0
  let earliest: string | null = null
  /** Whether there may be rows of people who did not come. */
  let tellsAbsent = false
  const orders = rowOrders<Entry>(language, {
    rowOf: (entry) => entry.row,
    secondsOf: (entry) => Math.round(presentSeconds(entry, comparedAtMs)),
  })

  function put(row: PersonRow, atMs: number): Entry {
    const entry = { row, atMs, searchText: searchTextOf(row) }
    entries.set(row.id, entry)
    tellsAbsent ||= row.onListOnly
    if (row.firstJoin !== null && (earliest === null || row.firstJoin < earliest)) earliest = row.firstJoin
    return entry
  }

  /** A new array, so that readers see the change; a few rows are looked up, many are sifted. */
  function without(ids: readonly string[]): Entry[] {
    if (ids.length > 20) {
      const gone = new Set(ids)
      return sorted.filter((entry) => !gone.has(entry.row.id))
    }
    const rest = sorted.slice()
    for (const id of ids) {
      const known = entries.get(id)
      const index = known === undefined ? -1 : rest.indexOf(known)
      if (index >= 0) rest.splice(index, 1)
    }
    return rest
  }

  return {
    load(snapshot: RosterSnapshot): void {
      entries = new Map()
      earliest = null
      tellsAbsent = false
      comparedAtMs = Date.parse(snapshot.at)
      for (const row of snapshot.people) put(row, comparedAtMs)
      sorted = [...entries.values()].sort(orders[sort])
    },
    apply(change: RosterChange): void {
      comparedAtMs = Date.parse(change.at)
      if (change.removes.length + change.upserts.length === 0) return
      sorted = without([...change.removes, ...change.upserts.map((row) => row.id)])
      for (const id of change.removes) entries.delete(id)
      for (const row of change.upserts) {
        const entry = put(row, comparedAtMs)
        sorted.splice(placeOf(entry, sorted, orders[sort]), 0, entry)
      }
    },
    clear(): void {
      entries = new Map()
      sorted = []
      earliest = null
    },
    /** `nowMs` matters for the order by minutes only, in which people who are here overtake those who left. */
    sortBy(next: Sort, nowMs: number): void {
      sort = next
      comparedAtMs = nowMs
      sorted = sorted.slice().sort(orders[sort])
    },
    get: (id: string): Entry | undefined => entries.get(id),
    size: (): number => entries.size,
    /** When the first of them came; null while nobody has. Corrections that make it later wait for the next snapshot. */
    earliestJoin: (): string | null => earliest,
    /** `label` null: with any and with none. `withoutStaff`: who comes anyway is left out, here and below. */
    select(show: Show, search: string, label: string | null = null, withoutStaff = false): Entry[] {
      const wanted = foldText(search.trim())
      const isWhole = show === 'all' && wanted === '' && label === null
      if (isWhole && !withoutStaff && !tellsAbsent) return sorted
      return sorted.filter(
        ({ row, searchText }) =>
          showsRow(row, show) &&
          carriesLabel(row, label) &&
          searchText.includes(wanted) &&
          !(withoutStaff && isStaff(row)),
      )
    },
    counts(withoutStaff = false): Counts {
      const counts = Object.fromEntries(shows.map((show) => [show, 0])) as Counts
      for (const { row } of sorted) {
        if (withoutStaff && isStaff(row)) continue
        for (const show of shows) if (showsRow(row, show)) counts[show] += 1
      }
      return counts
    },
    /** How many carry each label. */
    labels(withoutStaff = false): ReadonlyMap<string, number> {
      const counts = new Map<string, number>()
      for (const { row } of sorted)
        if (!(withoutStaff && isStaff(row)))
          for (const name of new Set(row.labels.map((label) => label.name)))
            counts.set(name, (counts.get(name) ?? 0) + 1)
      return counts
    },
  }
}
export type Table = ReturnType<typeof createTable>

/** Seconds of presence up to `nowMs`: a person who is here gains one every second. */
export function presentSeconds({ row, atMs }: Entry, nowMs: number): number {
  return row.presentSeconds + (row.state === 'here' ? Math.max(0, nowMs - atMs) / 1000 : 0)
}

/** Seconds in the waiting room up to `nowMs`. */
export function waitingSeconds({ row, atMs }: Entry, nowMs: number): number {
  return row.waitingSeconds + (row.state === 'waiting' ? Math.max(0, nowMs - atMs) / 1000 : 0)
}

function placeOf(entry: Entry, among: readonly Entry[], order: (a: Entry, b: Entry) => number): number {
  let low = 0
  let high = among.length
  while (low < high) {
    const middle = (low + high) >> 1
    const other = among[middle]
    if (other !== undefined && order(other, entry) <= 0) low = middle + 1
    else high = middle
  }
  return low
}
