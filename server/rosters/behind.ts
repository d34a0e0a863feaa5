import type { Connection, Parting, Person } from '../../shared/attendance/index.ts'
import type { Said } from '../../shared/attendance/evidence/said.ts'
import type { Policy, PolicyAnswer } from '../../shared/wire/index.ts'
import type { Expectation } from './expectation.ts'
import type { Registrant } from './expected-ports.ts'
import type { CorrectionRecord } from './host-ports.ts'

/** What the rows of one list are made of, as of its latest version; one object as long as that is the latest. */
export interface Behind {
  /** As it is kept now. */
  gatheringId: string
  /** As corrected, each with an id. */
  people: readonly Person[]
  ids: ReadonlyMap<Person, string>
  /** Whom the host parted. */
  partings: readonly Parting[]
  /** In the order of `seq`, those that were taken back among them, each by keys that are on the list now. */
  corrections: readonly CorrectionRecord[]
  policy: Policy
  parts: PolicyAnswer['parts']
  expectation: Expectation
  /** Whoever registered and did not come, by the id of their row; null for nobody, and while the meeting runs. */
  absentWith(rowId: string): Registrant | null
  saidOf(connection: Connection): Said[]
  /** The id under which whoever had this one is found now. */
  current(personId: string): string
}

/** Whoever has an id now, or had it before they turned out to be somebody else; null for nobody. */
export function personWith(
  { ids, current }: Pick<Behind, 'ids' | 'current'>,
  personId: string,
): Person | null {
  const now = current(personId)
  for (const [person, id] of ids) if (id === now) return person
  return null
}

/** Whoever holds the connection with this key; null for nobody. */
export function personAt(people: readonly Person[], key: string): Person | null {
  return people.find(({ connections }) => connections.some(({ keys }) => keys.includes(key))) ?? null
}
