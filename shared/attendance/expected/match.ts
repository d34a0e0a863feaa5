import { byText } from '../compare.ts'
import { recognisableName, wordsOf } from '../names/names.ts'
import type { Person } from '../people.ts'
import { addressesOf } from './stage.ts'

/** Somebody on the list of those who should come, as they registered. */
export interface Expected {
  /** Unique in its list, and stable. */
  id: string
  /** Zoom's id of the registration; null where the list is no registration. */
  registrantId: string | null
  name: string
  /** Lower case; typed by whoever registered, so a likely key and no strong one. */
  email: string | null
  /** Only those approved are expected; the others are known. */
  standing: 'approved' | 'pending' | 'denied' | 'cancelled'
}

/** Who turned out to be whom. */
export interface Matched<One extends Expected = Expected> {
  /** Those of the list a person turned out to be, the approved first: several when they registered twice. [] for none. */
  of(person: Person): readonly One[]
  /**
   * Somebody who came by the link of one who is somebody else: they are not expected, whoever the link says they are. Null for
   * everybody else.
   */
  linkOf(person: Person): One | null
  /** Approved ones nobody turned out to be, in the order of the list. */
  absent: readonly One[]
}

/**
 * Holds people against those who should have come: by the id of the registration first, else by the address, Zoom's or one the
 * host typed; never by a name alone. An address that several registered with means the approved of them.
 *
 * Several people behind one registration (a forwarded link) are one of them and guests: whoever shares a word with its name,
 * else whoever has its address (Zoom tells the same one of all who come by a link), else whoever came first. Linear in people
 * and the list.
 */
export function matchExpected<One extends Expected>(
  people: readonly Person[],
  list: readonly One[],
): Matched<One> {
  const byRegistration = new Map<string, One>()
  const byEmail = new Map<string, One[]>()
  for (const expected of list) {
    const { registrantId, email } = expected
    if (registrantId !== null) byRegistration.set(registrantId, expected)
    if (email !== null) byEmail.set(email, [...(byEmail.get(email) ?? []), expected])
  }

  const holders = new Map<One, Person[]>()
  const matches = new Map<Person, One[]>()
  for (const person of people) {
    const registrations = registrantIdsOf(person).flatMap((id) => byRegistration.get(id) ?? [])
    for (const expected of new Set(registrations)) {
      holders.set(expected, [...(holders.get(expected) ?? []), person])
      note(person, expected)
    }
  }
  const links = new Map<Person, One>()
  for (const [expected, several] of holders) {
    if (several.length < 2) continue
    const itself = whoIs(expected, several)
    for (const person of several) {
      if (person === itself) continue
      links.set(person, expected)
      const others = (matches.get(person) ?? []).filter((one) => one !== expected)
      if (others.length === 0) matches.delete(person)
      else matches.set(person, others)
    }
  }
  for (const person of people) {
    if (matches.has(person)) continue
    const known = addressesOf(person).flatMap((email) => byEmail.get(email) ?? [])
    const approved = known.filter(isApproved)
    for (const expected of new Set(approved.length > 0 ? approved : known)) {
      // Whoever was found by their own link already is not somebody else by an address, too.
      if (!holders.has(expected)) note(person, expected)
    }
  }
  for (const expected of matches.values())
    expected.sort((a, b) => Number(isApproved(b)) - Number(isApproved(a)) || byText(a.id, b.id))

  const came = new Set([...matches.values()].flat())
  return {
    of: (person) => matches.get(person) ?? [],
    linkOf: (person) => links.get(person) ?? null,
    absent: list.filter((expected) => isApproved(expected) && !came.has(expected)),
  }

  function note(person: Person, expected: One): void {
    matches.set(person, [...(matches.get(person) ?? []), expected])
  }
}

/** Whether somebody should have come, for `standingOf`; null where no list says who should. */
export function wasExpected(matched: Matched | null, person: Person): boolean | null {
  return matched === null ? null : matched.of(person).some(isApproved)
}

export const isApproved = ({ standing }: Pick<Expected, 'standing'>): boolean => standing === 'approved'

const registrantIdsOf = ({ connections }: Person): string[] => [
  ...new Set(connections.flatMap(({ strong }) => strong.registrantIds)),
]

function whoIs({ name, email }: Expected, several: readonly Person[]): Person | undefined {
  const words = new Set(wordsOf(recognisableName(name) ?? ''))
  const shares = (person: Person): boolean =>
    person.names.some((said) => wordsOf(recognisableName(said.name) ?? '').some((word) => words.has(word)))
  const has = (person: Person): boolean => email !== null && addressesOf(person).includes(email)
  return several.find(shares) ?? several.find(has) ?? several[0]
}
