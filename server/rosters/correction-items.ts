import { namedBy } from '../../shared/attendance/corrections/corrections.ts'
import type { Person } from '../../shared/attendance/index.ts'
import type { CorrectionAct, CorrectionItem } from '../../shared/wire/index.ts'
import type { Behind } from './behind.ts'
import type { CorrectionRecord } from './host-ports.ts'

/** The people who hold connections that corrections name, by key; of all keys at once, for a list is long. */
export function holdersOf(
  people: readonly Person[],
  acts: readonly CorrectionAct[],
): ReadonlyMap<string, Person> {
  const named = new Set(acts.flatMap(namedBy))
  const holders = new Map<string, Person>()
  if (named.size === 0) return holders
  for (const person of people)
    for (const { keys } of person.connections)
      for (const key of keys) if (named.has(key)) holders.set(key, person)
  return holders
}

/** Corrections as a member sees them, the newest first, with whom they are about now. */
export function correctionItems(
  { people }: Pick<Behind, 'people'>,
  records: readonly CorrectionRecord[],
  memberId: string,
): CorrectionItem[] {
  const holders = holdersOf(
    people,
    records.map(({ act }) => act),
  )
  return records
    .map(({ seq, act, atMs, memberId: by, undone }): CorrectionItem => {
      const about = aboutNow(act, holders)
      return {
        ...{ seq, act, at: new Date(atMs).toISOString(), own: by === memberId, undone },
        ...{ idle: about === null, about: about?.name ?? null },
      }
    })
    .sort((a, b) => b.seq - a.seq)
}

/** Whoever holds the first of its connections that is on the list; null for nobody. */
export function aboutNow(act: CorrectionAct, holders: ReadonlyMap<string, Person>): Person | null {
  for (const key of namedBy(act)) {
    const person = holders.get(key)
    if (person) return person
  }
  return null
}
