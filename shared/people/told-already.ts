/**
 * Lists of one meeting that tell of it less closely than another: saved again without seconds, or people with minutes only.
 * What they repeat is told already, though no two rows are equal to the second.
 */
import { normaliseName } from '../attendance/index.ts'
import type { FileRow, Survey } from '../files/index.ts'

const MINUTE_MS = 60_000

/** How closely a list says when: 0 to the second, 1 to the minute, 2 not at all. */
export const grainOf = ({
  hasTimes,
  precisionSeconds,
}: Pick<Survey, 'hasTimes' | 'precisionSeconds'>): number =>
  hasTimes ? (precisionSeconds === 60 ? 1 : 0) : 2

/** Whether another list, no closer than `one` and not exact to the second, may tell of a meeting of it. */
export function mayBeRepeated(one: Survey, surveys: readonly Survey[]): boolean {
  return surveys.some(
    (other) =>
      other !== one &&
      grainOf(other) >= Math.max(1, grainOf(one)) &&
      other.meetings.some(({ number }) =>
        one.meetings.some((own) => own.number === null || number === null || own.number === number),
      ),
  )
}

/** Rows by what a less close list would say of them. Files have to come in the order of their grain. */
export function createToldAlready() {
  const stays = new Map<string, number>()
  const people = new Set<string>()
  /** Begins a file. What it says is told already for the files after its `end`, never for itself. */
  return () => {
    const own = new Map<string, number>()
    const ownPeople = new Set<string>()
    return {
      /**
       * Keeps what a row says, and whether an earlier file told it; `meeting` is its number in the listing. It did where it
       * has as many stays of the same minutes of somebody; for a row without times, somebody of the same address, or without
       * one of the same name.
       */
      hear(meeting: number, row: FileRow): boolean {
        if (!row.attended) return false
        const stay = stayOf(meeting, row)
        if (stay === null) return people.has(peopleIn(meeting, row)[0] ?? '')
        const count = (own.get(stay) ?? 0) + 1
        own.set(stay, count)
        for (const person of peopleIn(meeting, row)) ownPeople.add(person)
        return count <= (stays.get(stay) ?? 0)
      },
      end(): void {
        for (const [stay, count] of own) stays.set(stay, Math.max(count, stays.get(stay) ?? 0))
        for (const person of ownPeople) people.add(person)
      },
    }
  }
}

function stayOf(meeting: number, { name, keys, place, fromMs, toMs }: FileRow): string | null {
  if (fromMs === null || toMs === null) return null
  const [from, to] = [Math.floor(fromMs / MINUTE_MS), Math.floor(toMs / MINUTE_MS)]
  return `${meeting} ${place} ${from} ${to} ${keys.email ?? ''} ${normaliseName(name).name}`
}

/** The address first, where there is one. */
function peopleIn(meeting: number, { name, keys, place }: FileRow): string[] {
  const named = `${meeting} ${place} n ${normaliseName(name).name}`
  return keys.email === null ? [named] : [`${meeting} ${place} e ${keys.email}`, named]
}
