import {
  presenceAt,
  shareOf,
  type Base,
  type ListedPerson,
  type Person,
  type Segment,
} from '../../shared/attendance/index.ts'
import { statusesOf } from '../../shared/people/index.ts'
import type { Stay } from '../../shared/wire/index.ts'
import type { Details, Row } from './desk.ts'

/** Zoom closes and opens a row around every move; less than this is no gap anybody would notice. */
const MOVE_MS = 5_000

interface RowParts {
  bases: readonly Base[]
  hasRegistration: (meeting: number) => boolean
}

/** One person as the list shows them. */
export function rowOf(index: number, listed: ListedPerson, { bases, hasRegistration }: RowParts): Row {
  const { person } = listed
  const inside = listed.meetings.flatMap(({ stays }) => stays ?? [])
  const ends = inside.map(({ fromMs, toMs }) => toMs ?? fromMs)
  return {
    index,
    name: person.name,
    others: [...new Set(person.names.map(({ name }) => name))].filter(
      (name) => name !== person.name && name.trim() !== '',
    ),
    email: person.email,
    role: person.role,
    confidence: person.identity.confidence,
    statuses: statusesOf(listed, hasRegistration),
    registration: listed.registration,
    presentSeconds: listed.presentSeconds,
    reportedSeconds: listed.reportedSeconds,
    waitingSeconds: listed.waitingSeconds,
    share: shareOf(listed, bases),
    firstMs:
      inside.length === 0 ? null : inside.reduce((least, { fromMs }) => Math.min(least, fromMs), Infinity),
    lastMs: inside.length === 0 ? null : ends.reduce((most, end) => Math.max(most, end), -Infinity),
    gap: longestGap(listed),
    devices: mostAtOnce(person),
    meetings: listed.meetings.filter(({ stays }) => stays === null || stays.length > 0).length,
    stays: listed.meetings.map(({ meeting }) => ({ meeting, stays: staysIn(person, meeting) })),
  }
}

/** The same with everything there is to know. */
export function detailsOf(index: number, listed: ListedPerson, parts: RowParts): Details {
  const { connections, identity } = listed.person
  return {
    ...rowOf(index, listed, parts),
    evidence: identity.evidence,
    connections: connections
      .map((connection) => ({
        meeting: Number(connection.meeting),
        name: connection.names.at(-1)?.name ?? '',
        segments: connection.segments.map((segment) => ({
          place: segment.place.kind,
          fromMs: segment.fromMs,
          toMs: endOf(segment),
          overlaps: connections.some(
            (other) =>
              other !== connection &&
              other.meeting === connection.meeting &&
              other.segments.some((one) => isInside(one) && isInside(segment) && overlap(one, segment)),
          ),
        })),
      }))
      .filter(({ segments }) => segments.length > 0)
      .sort((a, b) => a.meeting - b.meeting || (a.segments[0]?.fromMs ?? 0) - (b.segments[0]?.fromMs ?? 0)),
  }
}

function staysIn(person: Person, meeting: number): Stay[] {
  const connections = person.connections.filter((connection) => Number(connection.meeting) === meeting)
  return presenceAt({ ...person, connections }, Infinity).stays.map(({ place, fromMs, toMs }) => ({
    place,
    from: new Date(fromMs).toISOString(),
    fromSeen: false,
    to: new Date(toMs ?? fromMs).toISOString(),
  }))
}

function longestGap({ meetings }: ListedPerson): Row['gap'] {
  let longest: Row['gap'] = null
  for (const { stays } of meetings) {
    for (const [at, { fromMs }] of (stays ?? []).entries()) {
      const before = stays?.[at - 1]?.toMs
      if (before === undefined || before === null || fromMs - before <= MOVE_MS) continue
      if (longest === null || fromMs - before > longest.toMs - longest.fromMs)
        longest = { fromMs: before, toMs: fromMs }
    }
  }
  return longest
}

/** Of one meeting: rows that follow one another are one device that came back. */
function mostAtOnce({ connections }: Person): number {
  const changes: [meeting: string, atMs: number, by: number][] = connections.flatMap(
    ({ meeting, segments }) =>
      segments
        .filter((one) => isInside(one) && endOf(one) > one.fromMs)
        .flatMap((one): [string, number, number][] => [
          [meeting, one.fromMs, 1],
          [meeting, endOf(one), -1],
        ]),
  )
  changes.sort((a, b) => (a[0] === b[0] ? a[1] - b[1] || a[2] - b[2] : a[0] < b[0] ? -1 : 1))
  let [now, most] = [0, 0]
  for (const [, , by] of changes) {
    now += by
    most = Math.max(most, now)
  }
  return most
}

const isInside = ({ place }: Segment): boolean => place.kind !== 'waiting'
const endOf = ({ fromMs, toMs }: Segment): number => toMs ?? fromMs
const overlap = (a: Segment, b: Segment): boolean => a.fromMs < endOf(b) && b.fromMs < endOf(a)
