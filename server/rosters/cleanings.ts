import { cleaningsOf, type Cleaning, type Person } from '../../shared/attendance/index.ts'
import type { CleaningItem, CleaningList } from '../../shared/wire/index.ts'
import type { Behind } from './behind.ts'

/** More nobody goes through at once; those beyond are told as these are answered. */
const MOST = 500

/** What may be tidied of one person, as `cleaningsOf` tells it; nothing of what the host gave them. */
export function cleaningsAbout(behind: Behind, person: Person): Cleaning[] {
  return cleaningsWith(behind, person, toldEmails(behind))
}

/**
 * What may be tidied in the whole list, in its order: for each name and each address one proposal that is tidy in every way, and
 * all its reasons. `emails` false: of names alone.
 */
export function toCleaningList(
  behind: Behind,
  { emails }: { emails: boolean },
): Pick<CleaningList, 'items' | 'more'> {
  const all = emails ? allCleanings(behind) : allCleanings(behind).filter(({ of }) => of === 'name')
  return { items: all.slice(0, MOST), more: Math.max(0, all.length - MOST) }
}

/** Everybody is looked at once for each version of a list, however many screens ask for it. */
const found = new WeakMap<Behind, readonly CleaningItem[]>()

function allCleanings(behind: Behind): readonly CleaningItem[] {
  const known = found.get(behind)
  if (known) return known
  const told = toldEmails(behind)
  const items = behind.people.flatMap((person) => {
    const cleanings = cleaningsWith(behind, person, told)
    return (['name', 'email'] as const).flatMap((of) => itemOf(behind, person, told, of, cleanings) ?? [])
  })
  found.set(behind, items)
  return items
}

function itemOf(
  behind: Behind,
  person: Person,
  told: ReadonlySet<number>,
  of: Cleaning['of'],
  cleanings: readonly Cleaning[],
): CleaningItem | null {
  const own = cleanings.filter((cleaning) => cleaning.of === of)
  const written = of === 'name' ? person.name : emailShown(behind, person, told)
  const personId = behind.ids.get(person)
  const connection = person.connections[0]?.id
  if (own.length === 0 || written === null || personId === undefined || connection === undefined) return null
  return {
    ...{ personId, name: person.name, email: person.email, connection, of, written },
    proposed: own.findLast(({ proposed }) => proposed !== null)?.proposed ?? null,
    codes: own.map(({ code }) => code),
  }
}

function cleaningsWith(behind: Behind, person: Person, told: ReadonlySet<number>): Cleaning[] {
  const isNamed = (person.host?.name ?? null) !== null
  return cleaningsOf(person.name, emailShown(behind, person, told)).filter(
    ({ of }) => of === 'email' || !isNamed,
  )
}

const toldEmails = ({ corrections }: Behind): ReadonlySet<number> =>
  new Set(corrections.filter(({ act }) => act.kind === 'email').map(({ seq }) => seq))

/** The address of somebody, or what stands in its place; null where the host has told it, or that there is none. */
function emailShown(behind: Behind, { connections, email, host }: Person, told: ReadonlySet<number>) {
  if (host?.seqs.some((seq) => told.has(seq)) === true) return null
  if (email !== null) return email
  for (const connection of connections)
    for (const { email: written } of behind.saidOf(connection))
      // Nobody mends what was made unreadable on purpose.
      if (written !== null && !/[*…]/u.test(written)) return written
  return null
}
