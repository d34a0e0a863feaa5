import { byText } from '../compare.ts'
import type { Person } from '../people.ts'

/** A stable id and the connection it hangs on, by any of that connection's keys. `order` is its age: smaller is older. */
export interface Anchor {
  personId: string
  anchorKey: string
  order: number
}

export interface AssignedIds {
  ids: Map<Person, string>
  /** Ids whose people turned out to be somebody with an older id. */
  aliases: { aliasId: string; personId: string }[]
  /** People nobody gave an id yet, each with the key to anchor a new one at. */
  unassigned: { person: Person; anchorKey: string }[]
}

/**
 * Gives people the ids they had before, whatever joined or split since.
 *
 * A person has the id anchored at one of their connections; of several, the oldest (smallest order, then id) survives
 * and the others are aliases. After a split the part with the anchor keeps the id. Anchors at connections of nobody
 * here are passed over, so it may be asked for a few changed people only.
 */
export function assignIds(people: Iterable<Person>, anchors: Iterable<Anchor>): AssignedIds {
  const personAt = new Map<string, Person>()
  const anchorsOf = new Map<Person, Anchor[]>()
  for (const person of people) {
    anchorsOf.set(person, [])
    for (const { keys } of person.connections) for (const key of keys) personAt.set(key, person)
  }
  for (const anchor of anchors) {
    const person = personAt.get(anchor.anchorKey)
    if (person) anchorsOf.get(person)?.push(anchor)
  }
  const assigned: AssignedIds = { ids: new Map(), aliases: [], unassigned: [] }
  for (const [person, own] of anchorsOf) {
    const [oldest, ...younger] = own.sort((a, b) => a.order - b.order || byText(a.personId, b.personId))
    if (!oldest) {
      assigned.unassigned.push({ person, anchorKey: anchorKeyOf(person) })
      continue
    }
    assigned.ids.set(person, oldest.personId)
    const others = new Set(younger.map((anchor) => anchor.personId))
    others.delete(oldest.personId)
    for (const aliasId of others) assigned.aliases.push({ aliasId, personId: oldest.personId })
  }
  return assigned
}

/** The smallest segment key of the earliest connection; its smallest key, when only a panel saw it. */
function anchorKeyOf(person: Person): string {
  const first = person.connections[0]
  if (!first) return ''
  return first.keys.find((key) => key.startsWith(`${first.meeting}|s:`)) ?? first.id
}
