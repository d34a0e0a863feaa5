import type { ParticipantJoined, ParticipantLeft, Place, Role, RoleChanged, Witness } from './evidence.ts'

/** What a witness with its own account of joins and leaves says (webhooks; later reports). */
export type Told = ParticipantJoined | ParticipantLeft | RoleChanged

/** An instant at which somebody was seen, or announced as coming or going, without an account of the stretch. */
export interface Seen {
  /** Row key, `p:<participantUuid>` or `s:<segmentId>`. */
  key: string
  atMs: number
  how: 'left' | 'joined' | 'listed' | 'told_left'
  place: Place
  name: string
  role: Role
  witness: Witness
}

/** Everything known about one device through the names Zoom gives it: facts that are one connection for sure. */
export interface Group {
  keys: Set<string>
  told: Told[]
  seen: Seen[]
  lastSeenMs: number
  emails: Set<string>
  /** Bonds to the other connection of one human, equal on both sides: a phone bound to a client. */
  binds: Set<string>
  phones: Set<string>
  witnesses: Set<Witness>
}

export const emptyGroup = (): Group => ({
  keys: new Set(),
  told: [],
  seen: [],
  lastSeenMs: -Infinity,
  emails: new Set(),
  binds: new Set(),
  phones: new Set(),
  witnesses: new Set(),
})

/** Moves everything of `from` into `into`. */
export function absorb(into: Group, from: Group): void {
  for (const part of ['keys', 'emails', 'binds', 'phones'] as const) {
    for (const value of from[part]) into[part].add(value)
  }
  for (const witness of from.witnesses) into.witnesses.add(witness)
  for (const fact of from.told) into.told.push(fact)
  for (const sight of from.seen) into.seen.push(sight)
  into.lastSeenMs = Math.max(into.lastSeenMs, from.lastSeenMs)
}
