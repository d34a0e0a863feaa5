import { createChains, type ChainFacts } from '../connections/chains.ts'
import { createUnion, grouped, type Grouped } from './columns.ts'
import { isGenericName } from '../names/generic-names.ts'
import { keyKinds, type KeyKind, type ListedRows } from './listed-rows.ts'
import {
  chainStretches,
  isOneMoment,
  momentOf,
  type StrongValues,
  type Stretch,
} from '../connections/stretches.ts'

/** Keys that prove who somebody is. A telephone number in a list does not: several people dial in from one. */
export const strongKinds = keyKinds.filter((kind) => kind !== 'phone')

/** Which rows are one device, and which connections may be one person. */
export interface ListedConnections {
  /** The first row of the connection a row belongs to. */
  firstOf(row: number): number
  /** Whether that connection has a strong key. */
  isKeyed(row: number): boolean
  /**
   * Rows by component, under the number of its first row: connections that share a strong key, or without any a
   * recognisable name, directly or through others.
   */
  components: Grouped
  /** Whether somebody with a strong key goes by this recognisable name (a number of `rows.normals`). */
  isKeyedName(normal: number): boolean
  /** Whether one of them carries registration data in any row. */
  isRegistrantsName(normal: number): boolean
}

/** Chains the rows and puts together what may be one person. Near-linear in rows. */
export function connectRows(rows: ListedRows): ListedConnections {
  const { count } = rows
  const chains = createUnion(count)
  chainAll(rows, chains.unite)

  const keyed = new Uint8Array(count)
  for (let row = 0; row < count; row++)
    if (strongKinds.some((kind) => rows.keyOf(row, kind) >= 0)) keyed[chains.rootOf(row)] = 1
  const isKeyed = (row: number): boolean => keyed[chains.rootOf(row)] === 1

  const people = createUnion(count)
  const firstWithKey = new Map<KeyKind, Int32Array>(
    strongKinds.map((kind) => [kind, new Int32Array(rows.keys[kind].size).fill(-1)]),
  )
  const firstWithName = new Int32Array(rows.normals.size).fill(-1)
  const keyedNames = new Uint8Array(rows.normals.size)
  const registered = new Uint8Array(count)
  const registrantsNames = new Uint8Array(rows.normals.size)
  const join = (firsts: Int32Array, label: number, row: number): void => {
    const first = firsts[label] ?? -1
    if (first < 0) firsts[label] = row
    else people.unite(first, row)
  }
  for (let row = 0; row < count; row++) {
    people.unite(chains.rootOf(row), row)
    const name = rows.recognisableOf(row)
    if (!isKeyed(row)) {
      if (name >= 0) join(firstWithName, name, row)
      continue
    }
    if (name >= 0) keyedNames[name] = 1
    for (const [kind, firsts] of firstWithKey) {
      const key = rows.keyOf(row, kind)
      if (key >= 0) join(firsts, key, row)
    }
  }
  for (let row = 0; row < count; row++) if (rows.isRegistered(row)) registered[people.rootOf(row)] = 1
  for (let row = 0; row < count; row++) {
    const name = rows.recognisableOf(row)
    if (name >= 0 && isKeyed(row) && registered[people.rootOf(row)] === 1) registrantsNames[name] = 1
  }
  return {
    firstOf: chains.rootOf,
    isKeyed,
    components: grouped(count, count, people.rootOf),
    isKeyedName: (normal) => keyedNames[normal] === 1,
    isRegistrantsName: (normal) => registrantsNames[normal] === 1,
  }
}

type Unite = (a: number, b: number) => void

function chainAll(rows: ListedRows, unite: Unite): void {
  const named = grouped(rows.count, rows.normals.size, (row) =>
    rows.isTimed(row) && rows.isAttended(row) ? rows.normalOf(row) : -1,
  )
  for (let name = 0; name < rows.normals.size; name++) {
    const [from, to] = [named.starts[name] ?? 0, named.starts[name + 1] ?? 0]
    if (to - from < 2) continue
    const byMeeting = new Map<number, number[]>()
    for (const row of named.items.subarray(from, to)) {
      const meeting = rows.meetingOf(row)
      const others = byMeeting.get(meeting)
      if (others) others.push(row)
      else byMeeting.set(meeting, [row])
    }
    for (const own of byMeeting.values()) chainNamesakes(rows, own, rows.normals.at(name), unite)
  }
}

/** Chains rows of one name in one meeting. Most never meet, and cost no more than looking. */
function chainNamesakes(rows: ListedRows, own: readonly number[], name: string, unite: Unite): void {
  if (!someMeet(rows, own)) return
  const isBreakout = (row: number): boolean => rows.placeOf(row) === 'breakout'
  if (isGenericName(name) && own.every((row) => isBreakout(row) === isBreakout(own[0] ?? 0))) return
  const first = own[0] ?? 0
  const sameKeys = own.every((row) =>
    strongKinds.every((kind) => rows.keyOf(row, kind) === rows.keyOf(first, kind)),
  )
  const shared = sameKeys ? strongOf(rows, first) : null
  const stretches = own.map((row): Stretch<number> => ({
    owner: row,
    key: String(row).padStart(10, '0'),
    strong: shared ?? strongOf(rows, row),
    breakout: isBreakout(row),
    fromMs: rows.fromOf(row),
    toMs: rows.toOf(row),
    precisionSeconds: rows.precisionOf(row),
    continues: false,
    continued: false,
  }))
  if (shared) return chainStretches(stretches, name, (a, b) => unite(a.owner, b.owner))
  // Only where keys differ may a chain be held up by what its other rows say.
  const chains = createChains((row: number): ChainFacts => ({
    hasUuid: false,
    strong: strongOf(rows, row).map((value) => new Set(value === null ? [] : [value])),
  }))
  chainStretches(stretches, name, (a, b) => chains.unite(a.owner, b.owner))
  for (const [one, ...others] of chains.all(own))
    for (const row of others) if (one !== undefined) unite(one, row)
}

const noValues: StrongValues = [null, null, null]

function strongOf(rows: ListedRows, row: number): StrongValues {
  const ids = strongKinds.map((kind) => rows.keyOf(row, kind))
  if (ids.every((id) => id < 0)) return noValues
  return strongKinds.map((kind, i) => ((ids[i] ?? -1) < 0 ? null : rows.keys[kind].at(ids[i] ?? -1)))
}

/** So many rows are quicker compared one by one than put in order. */
const FEW = 8

const rowsMeet = (rows: ListedRows, end: number, next: number): boolean =>
  isOneMoment(rows.toOf(end), rows.precisionOf(end), rows.fromOf(next), rows.precisionOf(next))

/** Whether any row ends in the moment in which another begins. */
function someMeet(rows: ListedRows, own: readonly number[]): boolean {
  if (own.length <= FEW)
    return own.some((end) => own.some((next) => next !== end && rowsMeet(rows, end, next)))
  const precision = own.some((row) => rows.precisionOf(row) === 60) ? 60 : 1
  const starts = Float64Array.from(own, rows.fromOf).sort()
  const ends = Float64Array.from(own, rows.toOf).sort()
  let at = 0
  for (const end of ends) {
    const moment = momentOf(end, precision)
    while ((starts[at] ?? Infinity) < moment.fromMs) at++
    if ((starts[at] ?? Infinity) <= moment.toMs) return true
  }
  return false
}
