import type { Person } from '../people.ts'

/**
 * What the host parted, by ids of connections: whoever holds some of the one side is not whoever holds some of the other. An
 * `apart` has one on each side; a split has what it took out of somebody, and what it left them.
 */
export interface Parting {
  one: readonly string[]
  other: readonly string[]
}

/** Whether the host parted two people. Ids on no side say nothing. */
export function partedBy(partings: readonly Parting[]): (one: Person, other: Person) => boolean {
  /** Of each connection the sides it is on; those that face each other are numbered 2n and 2n + 1. */
  const sidesOf = new Map<string, number[]>()
  const note = (id: string, side: number): void => {
    const sides = sidesOf.get(id)
    if (sides) sides.push(side)
    else sidesOf.set(id, [side])
  }
  for (const [i, { one, other }] of partings.entries()) {
    for (const id of one) note(id, 2 * i)
    for (const id of other) note(id, 2 * i + 1)
  }
  return (one, other) => {
    const facing = new Set<number>()
    for (const { id } of one.connections) for (const side of sidesOf.get(id) ?? []) facing.add(side ^ 1)
    if (facing.size === 0) return false
    return other.connections.some(({ id }) => sidesOf.get(id)?.some((side) => facing.has(side)))
  }
}
