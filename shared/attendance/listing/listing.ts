/**
 * A list handed in, whole and at once: rows of portal files or of Zoom's answers, without the live witnesses the fold knows.
 * Made for a million rows: see `create-listing.ts` for how, and `fold.ts` for the same rules over evidence.
 */
import type { Role, StrongKeys } from '../evidence.ts'
import type { Interval } from '../presence/concurrency.ts'
import type { Person } from '../people.ts'

/** One row as a list tells it. Both times are null in lists without times; `toMs` is never before `fromMs`. */
export interface ListedRow {
  /** Which meeting of the listing, from 0. */
  meeting: number
  name: string
  keys: StrongKeys
  role: Role
  place: 'main' | 'breakout' | 'waiting'
  /** False: the row says that they did not come (a registrant who stayed away). */
  attended: boolean
  fromMs: number | null
  toMs: number | null
  /** What the times are exact to; two rows are compared at the coarser of the two. */
  precisionSeconds: 1 | 60
  reportedSeconds: number | null
  /** Approved, pending, denied, cancelled as found; null when nothing is said. */
  registration: string | null
  /** Carries registration data. */
  registered: boolean
}

/** A person of a listing, with what the list says of them beside their connections. Seconds. */
export interface ListedPerson {
  person: Person
  /**
   * Each meeting with a row of theirs, ascending; `stays` are disjoint, without waiting. Null when they came and no row says
   * when; [] and 0 when they only waited or stayed away.
   */
  meetings: { meeting: number; stays: Interval[] | null; presentSeconds: number | null }[]
  /** Sum over the meetings of the union of stays; null when they came and no row of theirs has times. */
  presentSeconds: number | null
  waitingSeconds: number
  /** What the list's own column adds up to, waiting room excluded; null when it says nothing. */
  reportedSeconds: number | null
  /** Rows joined into this person, waiting room and absence excluded. */
  rows: number
  /** Has presence, or is listed in a list without times. Who only waited, or stayed away, did not come. */
  came: boolean
  /** Was in the waiting room, whether the list says when or not. */
  waited: boolean
  registration: string | null
  /** A row of theirs carries registration data. */
  registered: boolean
  /**
   * Meetings they came to, ascending, of which no row of theirs carries registration data: where there is registration, they
   * came without. [] for somebody without a key who goes by the name of a registrant: they may have come back.
   */
  unregisteredIn: number[]
}
