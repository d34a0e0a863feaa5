import { recognisableName } from '../names/names.ts'
import type { Person } from '../people.ts'

/** Somebody the host of a webinar invited onto the stage. */
export interface Panelist {
  /** Lower case; null when it is not told. */
  email: string | null
  name: string
}

/**
 * Tells who of the people is on stage: whoever has the address of a panelist, else whoever bears the name of one whose address
 * nobody has (Zoom shows no address of panelists from outside the account).
 */
export function onStage(people: readonly Person[], panelists: readonly Panelist[]): ReadonlySet<Person> {
  const byEmail = new Map<string, Person[]>()
  for (const person of people) {
    for (const email of addressesOf(person)) byEmail.set(email, [...(byEmail.get(email) ?? []), person])
  }
  const found = new Set<Person>()
  const unmet = new Set<string>()
  for (const { email, name } of panelists) {
    const those = email === null ? [] : (byEmail.get(email) ?? [])
    for (const person of those) found.add(person)
    const recognised = recognisableName(name)
    if (those.length === 0 && recognised !== null) unmet.add(recognised)
  }
  if (unmet.size === 0) return found
  for (const person of people) {
    if (person.names.some((said) => unmet.has(recognisableName(said.name) ?? ''))) found.add(person)
  }
  return found
}

/** Every address a person is known by: Zoom's, and one the host typed. */
export const addressesOf = ({ connections, email }: Person): string[] => [
  ...new Set([...(email === null ? [] : [email]), ...connections.flatMap(({ strong }) => strong.emails)]),
]
