import {
  derive,
  type Connection,
  type Fact,
  type Person,
  type Segment,
} from '../../../shared/attendance/index.ts'

/** The device most of these stories are about. */
export const laptop = { segmentId: '16', participantUuid: 'A' }

/** Connections of everybody. */
export function connectionsOf(facts: Fact[]): Connection[] {
  return derive(facts).people.flatMap((person) => person.connections)
}

/** The only person. */
export function personOf(facts: Fact[]): Person {
  const [person, ...others] = derive(facts).people
  if (!person || others.length > 0)
    throw new Error(`expected one person, not ${others.length + (person ? 1 : 0)}`)
  return person
}

/** Segments of the only connection, short: "main 19:00 known – 20:00 known". */
export function segmentsOf(facts: Fact[]): string[] {
  const connections = connectionsOf(facts)
  if (connections.length !== 1) throw new Error(`expected one connection, not ${connections.length}`)
  return (connections[0]?.segments ?? []).map(written)
}

const clock = (ms: number): string => new Date(ms).toISOString().slice(11, 19).replace(/:00$/, '')
/** Place, from and to with how well they are known: "main 19:00 known – 20:00 known". */
const written = ({ place, fromMs, from, toMs, to }: Segment): string =>
  `${place.kind} ${clock(fromMs)} ${from} – ${toMs === null ? to : `${clock(toMs)} ${to}`}`
