import { byText } from '../compare.ts'
import { lastRecognisable, type ConnectionRecord } from '../connections/connection.ts'
import { toPeople } from '../identity/identity.ts'
import { strongKinds, type ListedConnections } from './listed-connections.ts'
import type { KeyKind, ListedRows } from './listed-rows.ts'
import type { ListedPerson } from './listing.ts'
import type { Connection, Person, PersonPresence, Segment } from '../people.ts'
import { presenceAt } from '../presence/presence.ts'
import { byRole } from '../roles.ts'
import { united, type Span } from '../spans.ts'
import { bySegment } from '../connections/told-segments.ts'

/** The people of one component (see `ListedConnections.components`), by the one ladder. */
export function peopleOf(
  rows: ListedRows,
  connections: ListedConnections,
  component: ArrayLike<number>,
): ListedPerson[] {
  const rowsOf = new Map<Connection, readonly number[]>()
  const records = connectionsIn(component, connections).map((own) => {
    const record = toRecord(rows, own)
    rowsOf.set(record.connection, own)
    return record
  })
  const hasNamesake = (name: string): boolean => {
    const normal = rows.normals.find(name)
    return normal >= 0 && connections.isKeyedName(normal)
  }
  return toPeople(records, hasNamesake).map((person) => toListed(rows, connections, person, rowsOf))
}

function connectionsIn(component: ArrayLike<number>, connections: ListedConnections): number[][] {
  if (component.length === 1) return [[component[0] ?? 0]]
  const byFirst = new Map<number, number[]>()
  for (let i = 0; i < component.length; i++) {
    const row = component[i] ?? 0
    const first = connections.firstOf(row)
    const others = byFirst.get(first)
    if (others) others.push(row)
    else byFirst.set(first, [row])
  }
  return [...byFirst.values()]
}

/** A connection of rows. What has no time comes last: it says nothing of when. */
function toRecord(rows: ListedRows, own: readonly number[]): ConnectionRecord {
  const first = own[0] ?? 0
  const meeting = String(rows.meetingOf(first))
  const id = `${meeting}|${String(first).padStart(10, '0')}`
  const segments = own.filter((row) => hasSegment(rows, row)).map((row) => segmentOf(rows, row))
  const strong = {
    zoomUserIds: valuesOf(rows, own, 'zoomUserId'),
    registrantIds: valuesOf(rows, own, 'registrantId'),
    emails: valuesOf(rows, own, 'email'),
    phones: valuesOf(rows, own, 'phone'),
    bonds: [],
  }
  const shown = namesOf(rows, own)
  const names = distinct(own.map(rows.recognisableOf)).map(rows.normals.at).sort(byText)
  return {
    connection: {
      id,
      meeting,
      keys: [id],
      segments: segments.length > 1 ? segments.sort(bySegment) : segments,
      names: shown,
      strong,
      roles: rolesOf(rows, own),
      witnesses: ['import'],
    },
    strongKeys: strongKeysOf(strong),
    names,
    lastName: names.length > 1 ? lastRecognisable(shown) : (names[0] ?? null),
  }
}

function strongKeysOf({ zoomUserIds, registrantIds, emails }: Connection['strong']): string[] {
  const keys: string[] = []
  for (const value of zoomUserIds) keys.push(`u:${value}`)
  for (const value of registrantIds) keys.push(`r:${value}`)
  for (const value of emails) keys.push(`e:${value}`)
  return keys.sort(byText)
}

const hasSegment = (rows: ListedRows, row: number): boolean => rows.isTimed(row) && rows.isAttended(row)

function segmentOf(rows: ListedRows, row: number): Segment {
  const kind = rows.placeOf(row)
  return {
    key: String(row),
    place: kind === 'breakout' ? { kind, room: '' } : { kind },
    fromMs: rows.fromOf(row),
    from: 'known',
    toMs: rows.toOf(row),
    to: 'known',
  }
}

/** When a row begins; Infinity for one without times. */
const startOf = (rows: ListedRows, row: number): number =>
  hasSegment(rows, row) ? rows.fromOf(row) : Infinity

function namesOf(rows: ListedRows, own: readonly number[]): Connection['names'] {
  const [only, more] = own
  if (only !== undefined && more === undefined)
    return [{ name: rows.names.at(rows.nameOf(only)), fromMs: startOf(rows, only) }]
  const firstMs = new Map<number, number>()
  for (const row of own) {
    const name = rows.nameOf(row)
    firstMs.set(name, Math.min(firstMs.get(name) ?? Infinity, startOf(rows, row)))
  }
  return [...firstMs]
    .map(([name, fromMs]) => ({ name: rows.names.at(name), fromMs }))
    .sort((a, b) => a.fromMs - b.fromMs || byText(a.name, b.name))
}

function rolesOf(rows: ListedRows, own: readonly number[]): Connection['roles'] {
  const told = own
    .map((row) => ({ role: rows.roleOf(row), fromMs: startOf(rows, row) }))
    .filter(({ role }) => role !== 'unknown')
    .sort((a, b) => a.fromMs - b.fromMs || byRole(a.role, b.role))
  return told.filter(({ role }, i) => role !== told[i - 1]?.role)
}

function valuesOf(rows: ListedRows, own: readonly number[], kind: KeyKind): string[] {
  const ids: number[] = []
  for (const row of own) {
    const id = rows.keyOf(row, kind)
    if (id >= 0 && ids.at(-1) !== id) ids.push(id)
  }
  return ids.length > 1 ? distinct(ids).map(rows.keys[kind].at).sort(byText) : ids.map(rows.keys[kind].at)
}

/** Numbers from 0, each once. */
function distinct(ids: readonly number[]): number[] {
  const [only] = ids
  if (ids.length === 1 && only !== undefined) return only < 0 ? [] : [only]
  return [...new Set(ids)].filter((id) => id >= 0)
}

type Meetings = ListedPerson['meetings']

function toListed(
  rows: ListedRows,
  listed: ListedConnections,
  person: Person,
  rowsOf: ReadonlyMap<Connection, readonly number[]>,
): ListedPerson {
  const meetings: Meetings = []
  const own: number[] = []
  const unregisteredIn: number[] = []
  let waitingSeconds = 0
  for (const [meeting, connections] of byMeeting(person)) {
    const here = connections.flatMap((connection) => rowsOf.get(connection) ?? [])
    const presence = presenceAt({ ...person, connections }, Infinity)
    const known = here.some(rows.isTimed) || !here.some((row) => isAttendance(rows, row))
    meetings.push({
      meeting,
      stays: known ? staysOf(presence) : null,
      presentSeconds: known ? presence.presentSeconds : null,
    })
    waitingSeconds += presence.waitingSeconds
    if (here.some((row) => isAttendance(rows, row)) && !here.some(rows.isRegistered))
      unregisteredIn.push(meeting)
    for (const row of here) own.push(row)
  }
  own.sort((a, b) => a - b)
  const attended = own.filter((row) => isAttendance(rows, row))
  const reported = attended.map(rows.reportedOf).filter((seconds) => seconds !== null)
  const knowsTimes = own.some(rows.isTimed) || attended.length === 0
  return {
    person,
    meetings,
    presentSeconds: knowsTimes ? sumOf(meetings.map((one) => one.presentSeconds ?? 0)) : null,
    waitingSeconds,
    reportedSeconds: reported.length > 0 ? sumOf(reported) : null,
    rows: attended.length,
    came: attended.length > 0,
    waited: own.some((row) => rows.isAttended(row) && rows.placeOf(row) === 'waiting'),
    registration: own.map(rows.registrationOf).find((status) => status !== null) ?? null,
    registered: own.some(rows.isRegistered),
    unregisteredIn: own.some((row) => mayReturn(rows, listed, row)) ? [] : unregisteredIn,
  }
}

/** Somebody was there: neither waiting nor listed as having stayed away. */
const isAttendance = (rows: ListedRows, row: number): boolean =>
  rows.isAttended(row) && rows.placeOf(row) !== 'waiting'

/** Rows of a registrant's return may carry nothing but the name, and no name alone says whose they are. */
const mayReturn = (rows: ListedRows, listed: ListedConnections, row: number): boolean =>
  !listed.isKeyed(row) && listed.isRegistrantsName(rows.recognisableOf(row))

function byMeeting({ connections }: Person): [number, Connection[]][] {
  const found = new Map<string, Connection[]>()
  for (const connection of connections) {
    const others = found.get(connection.meeting)
    if (others) others.push(connection)
    else found.set(connection.meeting, [connection])
  }
  return [...found]
    .map(([meeting, own]): [number, Connection[]] => [Number(meeting), own])
    .sort(([a], [b]) => a - b)
}

/** Where somebody was, rooms and main room told together. */
const staysOf = ({ stays }: PersonPresence): Span[] =>
  united(
    stays
      .filter(({ place }) => place !== 'waiting')
      .map(({ fromMs, toMs }) => ({ fromMs, toMs: toMs ?? fromMs })),
  )

const sumOf = (numbers: readonly number[]): number => numbers.reduce((sum, number) => sum + number, 0)

/**
 * Whether the rows of a component are one person for sure, called what each of its rows says: one spelling, and no strong key
 * with two values. Then nothing need be drawn to know their name and when they came.
 */
export function isPlainlyOne(rows: ListedRows, component: ArrayLike<number>): boolean {
  const first = component[0] ?? 0
  const values = strongKinds.map((kind) => rows.keyOf(first, kind))
  for (let i = 1; i < component.length; i++) {
    const row = component[i] ?? 0
    if (rows.nameOf(row) !== rows.nameOf(first)) return false
    for (const [of, kind] of strongKinds.entries()) {
      const value = rows.keyOf(row, kind)
      if (value < 0) continue
      if ((values[of] ?? -1) >= 0 && values[of] !== value) return false
      values[of] = value
    }
  }
  return true
}

/** When the first of these rows was there, epoch ms; Infinity when none says. */
export function firstJoinIn(rows: ListedRows, component: ArrayLike<number>): number {
  let firstMs = Infinity
  for (let i = 0; i < component.length; i++) {
    const row = component[i] ?? 0
    if (hasSegment(rows, row) && rows.placeOf(row) !== 'waiting')
      firstMs = Math.min(firstMs, rows.fromOf(row))
  }
  return firstMs
}
