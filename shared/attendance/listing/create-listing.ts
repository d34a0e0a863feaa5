import { byText } from '../compare.ts'
import { createColumn, float64, int32 } from './columns.ts'
import type { Interval } from '../presence/concurrency.ts'
import { connectRows, type ListedConnections } from './listed-connections.ts'
import { firstJoinIn, isPlainlyOne, peopleOf } from './listed-people.ts'
import { createListedRows, type ListedRows } from './listed-rows.ts'
import type { ListedPerson, ListedRow } from './listing.ts'

/** Rows in, people out; the rules are those of the fold. */
export interface Listing<Row extends ListedRow = ListedRow> {
  /** Takes a row. Nothing of the object is kept, and its texts are copied. */
  add(row: Row): void
  /** No more rows: gives back what only taking them in needs, a tenth of the memory. A row after that throws. */
  close(): void
  /** Rows that count. */
  readonly rows: number
  /**
   * The people of all rows so far, in the order of their first join; those without times after them; of one time by name.
   * They are made one by one while somebody asks for the next, and not kept.
   */
  people(): Iterable<ListedPerson>
  /**
   * The same people in the same order, any of them at any time: for a list of which only a part is looked at. It is of the
   * rows so far; at an index from `count` on it throws.
   */
  drawn(): { readonly count: number; at: (index: number) => ListedPerson }
  /** From the first join to the last leave of anybody in a meeting, waiting room excluded; null when no row tells. */
  spanOf(meeting: number): { fromMs: number; toMs: number } | null
}

export interface ListingOptions<Row extends ListedRow> {
  /**
   * Told, while it is added, of a row that says what an earlier one said: the same meeting, name, keys, times and place. It
   * counts once. Rows of devices without name or key that are equal to the minute only are not told of: they may be two.
   */
  onDuplicate?: (row: Row) => void
}

/**
 * Starts a list that is handed in whole: rows of portal files or of Zoom's answers, of one meeting or many.
 *
 * The people are those the fold would find in the same rows: rows chain into connections, connections become people by the
 * one ladder, and their presence is the union of their stays. People are found across all meetings of the listing. Linear
 * in rows, about a hundred bytes for each beside its texts.
 *
 *     const listing = createListing({ onDuplicate: (row) => warn(row.line) })
 *     for (const row of rows) listing.add(row)
 *     for (const { person, presentSeconds } of listing.people()) console.log(person.name, presentSeconds)
 */
export function createListing<Row extends ListedRow = ListedRow>({
  onDuplicate,
}: ListingOptions<Row> = {}): Listing<Row> {
  const rows = createListedRows()
  const spans = new Map<number, { fromMs: number; toMs: number }>()
  let isOpen = true

  return {
    add(row) {
      if (!isOpen) throw new Error('A listing that was closed takes no more rows.')
      if (!rows.add(row)) return onDuplicate?.(row)
      if (row.attended && row.place !== 'waiting') widen(row.meeting, row)
    },
    close() {
      isOpen = false
      rows.close()
    },
    get rows() {
      return rows.count
    },
    people: () => inOrderOfJoin(rows),
    drawn() {
      const entries = entriesOf(rows, connectRows(rows))
      const order = entries.order()
      const at = (index: number): ListedPerson => {
        const entry = order[index]
        if (entry === undefined)
          throw new RangeError(`There is no person ${index} in a list of ${order.length}.`)
        return entries.personOf(entry)
      }
      return { count: order.length, at }
    },
    spanOf: (meeting) => spans.get(meeting) ?? null,
  }

  function widen(meeting: number, { fromMs, toMs }: Pick<ListedRow, keyof Interval>): void {
    if (fromMs === null || toMs === null) return
    const span = spans.get(meeting)
    if (!span) spans.set(meeting, { fromMs, toMs })
    else {
      span.fromMs = Math.min(span.fromMs, fromMs)
      span.toMs = Math.max(span.toMs, toMs)
    }
  }
}

function* inOrderOfJoin(rows: ListedRows): Generator<ListedPerson> {
  const connections = connectRows(rows)
  const entries = entriesOf(rows, connections)
  for (const entry of entries.order()) yield entries.personOf(entry)
}

/** Everybody with what their order needs, and drawn again when it is their turn: a million people need not be held at once. */
function entriesOf(rows: ListedRows, connections: ListedConnections) {
  const [roots, names] = [createColumn(int32), createColumn(int32)]
  const joins = createColumn(float64)
  /** People of components that were split, by entry. */
  const drawn = new Map<number, ListedPerson>()
  const { starts, items } = connections.components

  const componentAt = (root: number): Int32Array => items.subarray(starts[root], starts[root + 1])
  for (let root = 0; root < rows.count; root++) {
    const component = componentAt(root)
    if (component.length === 0) continue
    if (isPlainlyOne(rows, component)) {
      enter(root, firstJoinIn(rows, component), rows.nameOf(root))
      continue
    }
    const people = peopleOf(rows, connections, component)
    const numbers = new Map([...component].map((row) => [rows.names.at(rows.nameOf(row)), rows.nameOf(row)]))
    for (const one of people) {
      if (people.length > 1) drawn.set(roots.length, one)
      const firstMs = one.meetings.flatMap(({ stays }) => stays ?? []).map(({ fromMs }) => fromMs)
      enter(root, least(firstMs), numbers.get(one.person.name) ?? -1)
    }
  }
  return { order, personOf }

  function enter(root: number, joinMs: number, name: number): void {
    roots.push(root)
    joins.push(joinMs)
    names.push(name)
  }

  function order(): Int32Array {
    const entries = Int32Array.from({ length: roots.length }, (_, entry) => entry)
    const [joined, named] = [joins.values, names.values]
    return entries.sort(
      (a, b) =>
        (joined[a] ?? 0) - (joined[b] ?? 0) ||
        byText(rows.names.at(named[a] ?? -1), rows.names.at(named[b] ?? -1)) ||
        a - b,
    )
  }

  function personOf(entry: number): ListedPerson {
    const known = drawn.get(entry)
    if (known) return known
    const [only] = peopleOf(rows, connections, componentAt(roots.values[entry] ?? 0))
    if (!only)
      throw new Error('A component without people: connectRows and toPeople disagree about who may be one.')
    return only
  }
}

const least = (numbers: readonly number[]): number =>
  numbers.reduce((min, number) => Math.min(min, number), Infinity)
