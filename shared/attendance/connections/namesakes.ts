import type { Group } from './group.ts'

/** Groups by the names they go by: whoever shares a name, directly or through a third, may be linked together. */
export interface Namesakes {
  /** Lists a group under all its names of now. */
  list(group: Group): void
  unlist(group: Group): void
  /** Grows the set by everybody on the list who shares a name with one of it, directly or through a third. */
  reach(touched: Set<Group>): void
}

/**
 * A list with nobody on it. What a group goes by is asked anew each time; it may grow, also for everybody at once when all
 * are listed again, and never shrinks.
 */
export function createNamesakes(namesOf: (group: Group) => ReadonlySet<string>): Namesakes {
  const byName = new Map<string, Set<Group>>()

  return {
    list(group) {
      for (const name of namesOf(group)) {
        const groups = byName.get(name)
        if (groups) groups.add(group)
        else byName.set(name, new Set([group]))
      }
    },

    unlist(group) {
      for (const name of byName.size > 0 ? namesOf(group) : []) {
        const groups = byName.get(name)
        if (groups?.delete(group) && groups.size === 0) byName.delete(name)
      }
    },

    reach(touched) {
      if (byName.size === 0) return
      const names = new Set<string>()
      // A set is walked to its end even while it grows.
      for (const group of touched) {
        for (const name of namesOf(group)) {
          if (names.has(name)) continue
          names.add(name)
          for (const other of byName.get(name) ?? []) touched.add(other)
        }
      }
    },
  }
}
