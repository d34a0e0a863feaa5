import { createColumn, createTexts, float64, int32, uint16, type Column, type Texts } from './columns.ts'
import type { Role } from '../evidence.ts'
import type { ListedRow } from './listing.ts'
import { normaliseName, recognisableName } from '../names/names.ts'
import { roles } from '../roles.ts'
import type { Precision } from '../connections/stretches.ts'

/** Rows of a list in some sixty bytes each, beside their texts, which are kept once. */
export interface ListedRows {
  /** False for a row that says exactly what an earlier one said: it counts once. */
  add(row: ListedRow): boolean
  /** No more rows come. */
  close(): void
  readonly count: number
  meetingOf(row: number): number
  /** Number of the name as written, and of the forms in which names are compared; -1: nobody is recognised by it. */
  nameOf(row: number): number
  normalOf(row: number): number
  recognisableOf(row: number): number
  /** Number of a key's value; -1 for none. */
  keyOf(row: number, kind: KeyKind): number
  placeOf(row: number): ListedRow['place']
  roleOf(row: number): Role
  isAttended(row: number): boolean
  isTimed(row: number): boolean
  isRegistered(row: number): boolean
  /** Epoch ms; 0 where the row has no times. */
  fromOf(row: number): number
  toOf(row: number): number
  precisionOf(row: number): Precision
  /** Null when the list says nothing. */
  reportedOf(row: number): number | null
  registrationOf(row: number): string | null
  names: Texts
  /** Normalised names, recognisable ones among them. */
  normals: Texts
  keys: Record<KeyKind, Texts>
}

export const keyKinds = ['zoomUserId', 'registrantId', 'email', 'phone'] as const
export type KeyKind = (typeof keyKinds)[number]

const places = ['main', 'breakout', 'waiting'] as const

/** What a row says in one bit each, above the two bits of the place and the three of the role. */
const ROLE_BITS = 2
const ROLE = 7 << ROLE_BITS
const ATTENDED = 1 << 5
const TIMED = 1 << 6
const COARSE = 1 << 7
const REGISTERED = 1 << 8
/** What must agree in equal rows. */
const SAME = 3 | ATTENDED | TIMED

/** No rows yet. */
export function createListedRows(): ListedRows {
  const [meetings, nameIds, registrations] = [createColumn(int32), createColumn(int32), createColumn(int32)]
  const [froms, tos, reported] = [createColumn(float64), createColumn(float64), createColumn(float64)]
  const flags = createColumn(uint16)
  const keyIds = forKinds(() => createColumn(int32, -1))
  const [names, normals, statuses] = [createTexts(), createTexts(), createTexts()]
  const keys = forKinds(() => createTexts())
  const [normalIds, recognisableIds] = [createColumn(int32), createColumn(int32)]
  /** Open addressing: rows plus one by what they say; 0 is free. */
  let table = new Int32Array(2048)

  const at =
    (column: Column<Int32Array<ArrayBuffer> | Float64Array<ArrayBuffer> | Uint16Array<ArrayBuffer>>) =>
    (row: number): number =>
      column.values[row] ?? 0
  const flagsOf = at(flags)
  const [meetingOf, nameOf, fromOf, toOf] = [at(meetings), at(nameIds), at(froms), at(tos)]
  const isTimed = (row: number): boolean => (flagsOf(row) & TIMED) !== 0
  const keyOf = (row: number, kind: KeyKind): number => keyIds[kind].values[row] ?? -1
  const recognisableOf = (row: number): number => recognisableIds.values[nameOf(row)] ?? -1

  return {
    ...{ add, close, meetingOf, nameOf, keyOf, fromOf, toOf, isTimed, names, normals, keys, recognisableOf },
    get count() {
      return meetings.length
    },
    normalOf: (row) => normalIds.values[nameOf(row)] ?? 0,
    placeOf: (row) => places[flagsOf(row) & 3] ?? 'main',
    roleOf: (row) => roles[(flagsOf(row) >> ROLE_BITS) & 7] ?? 'unknown',
    isAttended: (row) => (flagsOf(row) & ATTENDED) !== 0,
    isRegistered: (row) => (flagsOf(row) & REGISTERED) !== 0,
    precisionOf: (row) => ((flagsOf(row) & COARSE) !== 0 ? 60 : 1),
    reportedOf: (row) => {
      const seconds = reported.values[row] ?? NaN
      return Number.isNaN(seconds) ? null : seconds
    },
    registrationOf: (row) => {
      const id = registrations.values[row] ?? -1
      return id < 0 ? null : statuses.at(id)
    },
  }

  function add(row: ListedRow): boolean {
    const { fromMs, toMs } = row
    const timed = fromMs !== null && toMs !== null && Number.isFinite(fromMs) && Number.isFinite(toMs)
    const added = meetings.length
    meetings.push(row.meeting)
    nameIds.push(nameNumber(row.name))
    for (const kind of keyKinds) keyIds[kind].push(keys[kind].idOf(row.keys[kind]))
    froms.push(timed ? fromMs : 0)
    tos.push(timed ? Math.max(fromMs, toMs) : 0)
    reported.push(row.reportedSeconds ?? NaN)
    registrations.push(statuses.idOf(row.registration))
    flags.push(
      places.indexOf(row.place) |
        (roles.indexOf(row.role) << ROLE_BITS) |
        (row.attended ? ATTENDED : 0) |
        (timed ? TIMED : 0) |
        (row.precisionSeconds === 60 ? COARSE : 0) |
        (row.registered ? REGISTERED : 0),
    )
    const slot = slotOf(added)
    const twin = (table[slot] ?? 0) - 1
    if (twin < 0) {
      table[slot] = added + 1
      if (added * 2 > table.length) enlarge()
      return true
    }
    if (mayBeTwo(added)) return true
    addTo(twin, added)
    removeLast()
    return false
  }

  /** Normalised names stay to be looked for; what else only finds equal rows and texts goes. */
  function close(): void {
    table = new Int32Array(0)
    for (const texts of [names, statuses, ...Object.values(keys)]) texts.close()
  }

  function nameNumber(name: string): number {
    const id = names.numberOf(name)
    if (id < normalIds.length) return id
    const kept = names.at(id)
    normalIds.push(normals.numberOf(normaliseName(kept).name))
    recognisableIds.push(normals.idOf(recognisableName(kept)))
    return id
  }

  /**
   * Equal rows of devices without a name or key are one row told twice when they agree to the second; at the minute, or
   * without times, they may be two devices.
   */
  function mayBeTwo(row: number): boolean {
    const exact = isTimed(row) && (flagsOf(row) & COARSE) === 0
    return !exact && isNobody(row)
  }

  function isNobody(row: number): boolean {
    return recognisableOf(row) < 0 && keyKinds.every((kind) => keyOf(row, kind) < 0)
  }

  /** What a row told twice says the second time only. */
  function addTo(twin: number, row: number): void {
    if ((registrations.values[twin] ?? -1) < 0) registrations.values[twin] = registrations.values[row] ?? -1
    const role = Math.max(flagsOf(twin) & ROLE, flagsOf(row) & ROLE)
    const coarse = flagsOf(twin) & flagsOf(row) & COARSE
    flags.values[twin] = (flagsOf(twin) & ~(ROLE | COARSE)) | role | coarse | (flagsOf(row) & REGISTERED)
  }

  function removeLast(): void {
    for (const column of [meetings, nameIds, registrations, froms, tos, reported, flags]) column.pop()
    for (const kind of keyKinds) keyIds[kind].pop()
  }

  /** Where the first row equal to this one stands in the table, or a free place for it. */
  function slotOf(row: number): number {
    const mask = table.length - 1
    let slot = hashOf(row) & mask
    for (let other = table[slot] ?? 0; other > 0 && !areEqual(other - 1, row); other = table[slot] ?? 0)
      slot = (slot + 1) & mask
    return slot
  }

  function enlarge(): void {
    table = new Int32Array(table.length * 2)
    for (let row = 0; row < meetings.length; row++) {
      const slot = slotOf(row)
      if (table[slot] === 0) table[slot] = row + 1
    }
  }

  function hashOf(row: number): number {
    let hash = Math.imul(meetingOf(row) + 1, 0x9e3779b1)
    for (const part of [nameOf(row), fromOf(row), fromOf(row) / 2 ** 32, toOf(row), flagsOf(row) & SAME])
      hash = Math.imul((hash ^ part) + (hash >>> 15), 0x85ebca6b)
    for (const kind of keyKinds) hash = Math.imul((hash ^ keyOf(row, kind)) + (hash >>> 13), 0xc2b2ae35)
    return hash ^ (hash >>> 16)
  }

  function areEqual(a: number, b: number): boolean {
    return (
      nameOf(a) === nameOf(b) &&
      fromOf(a) === fromOf(b) &&
      toOf(a) === toOf(b) &&
      meetingOf(a) === meetingOf(b) &&
      (flagsOf(a) & SAME) === (flagsOf(b) & SAME) &&
      // Told to the minute and to the second by nobody we know: nothing says that it is one device.
      ((flagsOf(a) & COARSE) === (flagsOf(b) & COARSE) || !isNobody(a)) &&
      keyKinds.every((kind) => keyOf(a, kind) === keyOf(b, kind)) &&
      // Without times the length is all that tells two rows apart.
      (isTimed(a) || Object.is(reported.values[a], reported.values[b]))
    )
  }
}

const forKinds = <T>(make: () => T): Record<KeyKind, T> => ({
  ...{ zoomUserId: make(), registrantId: make() },
  ...{ email: make(), phone: make() },
})
