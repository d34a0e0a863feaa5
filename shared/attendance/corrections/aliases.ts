import { normaliseName, recognisableName } from '../names/names.ts'
import type { Person } from '../people.ts'

/** Somebody shown as `name` (normalised) turned out to be `knownAs`, whose address is `email` (null: none known). */
export interface Alias {
  name: string
  email: string | null
  knownAs: string
}

/**
 * What the host's merges and renames teach about names: whoever Zoom showed by another name than the one they are known by.
 * Generic names teach nothing. The name of the line itself does where the address behind it never went by it: Grandma was there
 * before Anna came with hers. Each alias once.
 */
export function aliasesIn(corrected: readonly Person[]): Alias[] {
  const learned = new Map<string, Alias>()
  for (const person of corrected) {
    const { host, name: knownAs, email } = person
    if (!host || (host.name === null && !isMerged(person))) continue
    const own = normaliseName(knownAs).name
    const ofAddress = email === null ? new Set([own]) : namesUnder(person, email)
    for (const { name: shown } of person.names) {
      const name = recognisableName(shown)
      if (name !== null && (name !== own || !ofAddress.has(name)))
        learned.set(JSON.stringify([name, email, own]), { name, email, knownAs })
    }
  }
  return [...learned.values()]
}

const namesUnder = ({ connections }: Person, email: string): ReadonlySet<string | null> =>
  new Set(
    connections
      .filter(({ strong }) => strong.emails.includes(email))
      .flatMap(({ names }) => names.map(({ name }) => recognisableName(name))),
  )

const isMerged = ({ identity }: Person): boolean =>
  identity.evidence.some(({ code }) => code === 'host_merged')
