import type { Connection, Person } from '../people.ts'
import { namedBy, type Correction } from './corrections.ts'

/** So many other keys of each kind are kept: a device that came and went all day has hundreds, and any one of them will do. */
const MOST_OF_A_KIND = 10

/**
 * How surely a key names a device however often lists are read: what Zoom calls it, the line of a file, and last what stands in
 * a row, which changes with the zone the row is read in and may then be what another row says.
 */
function rankOf(key: string): number {
  const kind = bare(key).slice(0, 2)
  if (kind === 's:' || kind === 'p:') return 0
  return kind === 'l:' ? 1 : 2
}

/** A key without its meeting. */
const bare = (key: string): string => key.slice(key.indexOf('|') + 1)

/** Lines of one file are of one kind, those of another of another. */
const kindOf = (key: string): string =>
  rankOf(key) === 1 ? key.slice(0, key.lastIndexOf('-')) : bare(key).slice(0, 2)

/** Other keys a connection has, to find it by when the one that names it is gone. */
export function alsoOf({ keys }: Connection, named: string): string[] {
  const counts = new Map<string, number>()
  return keys.filter((key) => {
    const count = counts.get(kindOf(key)) ?? 0
    counts.set(kindOf(key), count + 1)
    return key !== named && count < MOST_OF_A_KIND
  })
}

/**
 * The same corrections, each key in them one that somebody here has: itself, or of what else its connection was known by the
 * surest. A line of a file is the same line in whatever meeting it is told of. Keys of nobody here stay. Linear in connections
 * and corrections.
 */
export function namedNow<One extends Correction>(
  people: readonly Person[],
  corrections: readonly One[],
): One[] {
  if (corrections.every(({ also }) => also === undefined)) return [...corrections]
  const wanted = new Set(
    corrections
      .flatMap((one) => namedBy(one.act).flatMap((key, at) => knownBy(one, key, at)))
      .map(sameAnywhere),
  )
  const here = new Map<string, string>()
  for (const { connections } of people)
    for (const { keys } of connections)
      for (const key of keys) if (wanted.has(sameAnywhere(key))) here.set(sameAnywhere(key), key)
  return corrections.map((one) => {
    const now = (key: string, at: number): string => {
      for (const known of knownBy(one, key, at)) {
        const found = here.get(sameAnywhere(known))
        if (found !== undefined) return found
      }
      return key
    }
    const { act } = one
    return 'connections' in act
      ? { ...one, act: { ...act, connections: act.connections.map(now) } }
      : { ...one, act: { ...act, connection: now(act.connection, 0) } }
  })
}

/** By what the connection of the how many-th key was known, the surest first. */
const knownBy = ({ also }: Correction, key: string, at: number): string[] =>
  [key, ...(also?.[at] ?? [])].sort((a, b) => rankOf(a) - rankOf(b))

/** A key without its meeting where it means the same without. */
const sameAnywhere = (key: string): string => (rankOf(key) === 1 ? bare(key) : key)
