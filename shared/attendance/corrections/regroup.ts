import type { Connection, Person } from '../people.ts'
import { namedBy, type Correction } from './corrections.ts'
import type { Parting } from './parted.ts'

/** Connections that are one person after merges and splits, though the ladder thought otherwise. */
export interface Regrouped {
  connections: readonly Connection[]
  /** Whom the ladder gave these connections to. */
  from: ReadonlySet<Person>
  /** The merges and splits that changed something and concern them. */
  seqs: readonly number[]
}

/**
 * Applies merges and splits in the order given. What comes out depends on the grouping alone: whoever ends up with exactly
 * the connections the ladder gave them is not told of, whatever happened on the way.
 *
 * `holderOf` knows the person of every connection the corrections name. Linear in the corrections and in the connections
 * of the people they name (the smaller of two groups moves), and of those a split leaves something, once for each split.
 */
export function regroup(
  corrections: readonly Correction[],
  connectionAt: ReadonlyMap<string, Connection>,
  holderOf: ReadonlyMap<Connection, Person>,
): { groups: Regrouped[]; partings: Parting[] } {
  const groupOf = new Map<Connection, Set<Connection>>()
  const ladderOf = new Map<Connection, Person>()
  /** Each change with the connections it is told of: those it names and, of a split, one that stayed behind. */
  const changes: { seq: number; concerns: Connection[] }[] = []
  const partings: Parting[] = []

  for (const { seq, act } of corrections) {
    if (act.kind !== 'merge' && act.kind !== 'split') continue
    const named = [...new Set(namedBy(act).flatMap((key) => connectionAt.get(key) ?? []))]
    const groups = [...new Set(named.map(groupWith))]
    if (act.kind === 'merge') {
      if (groups.length < 2) continue
      unite(groups)
      changes.push({ seq, concerns: named })
    } else {
      if (groups.length === 0 || (groups.length === 1 && groups[0]?.size === named.length)) continue
      changes.push({ seq, concerns: [...named, ...takeOut(named, groups)] })
    }
  }
  return { groups: told(), partings }

  function groupWith(connection: Connection): Set<Connection> {
    const known = groupOf.get(connection)
    if (known) return known
    const person = holderOf.get(connection)
    const group = new Set(person?.connections ?? [connection])
    for (const one of group) {
      groupOf.set(one, group)
      if (person) ladderOf.set(one, person)
    }
    return group
  }

  function unite(groups: readonly Set<Connection>[]): void {
    const [largest, ...others] = [...groups].sort((a, b) => b.size - a.size)
    if (!largest) return
    for (const other of others) for (const one of other) move(one, largest)
  }

  /** One connection of each group that keeps some. */
  function takeOut(named: readonly Connection[], groups: readonly Set<Connection>[]): Connection[] {
    const own = new Set<Connection>()
    const takenFrom = new Map(groups.map((group): [Set<Connection>, Connection[]] => [group, []]))
    for (const one of named) {
      const group = groupOf.get(one)
      if (group?.delete(one)) takenFrom.get(group)?.push(one)
      move(one, own)
    }
    for (const [rest, taken] of takenFrom)
      if (rest.size > 0) partings.push({ one: taken.map(idOf), other: [...rest].map(idOf) })
    return groups.flatMap((group) => first(group))
  }

  function move(one: Connection, into: Set<Connection>): void {
    into.add(one)
    groupOf.set(one, into)
  }

  function told(): Regrouped[] {
    const seqsOf = new Map<Set<Connection>, Set<number>>()
    for (const group of new Set(groupOf.values())) if (!isAsTheLadder(group)) seqsOf.set(group, new Set())
    for (const { seq, concerns } of changes)
      for (const one of concerns) seqsOf.get(groupOf.get(one) ?? new Set())?.add(seq)
    return [...seqsOf].map(([group, seqs]) => ({
      connections: [...group],
      from: new Set([...group].flatMap((one) => ladderOf.get(one) ?? [])),
      seqs: [...seqs],
    }))
  }

  function isAsTheLadder(group: ReadonlySet<Connection>): boolean {
    const [one] = first(group)
    const person = one && ladderOf.get(one)
    return (
      person !== undefined &&
      person.connections.length === group.size &&
      person.connections.every((connection) => group.has(connection))
    )
  }
}

const idOf = ({ id }: Connection): string => id

const first = <T>(set: ReadonlySet<T>): T[] => {
  for (const one of set) return [one]
  return []
}
