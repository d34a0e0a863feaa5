/**
 * What a host says on top of the people the ladder finds. Types only; `correct.ts` applies them.
 * A connection is named by any of its keys (`Connection.keys`), and found again by any other it had (`named-now.ts`).
 */
import type { Person } from '../people.ts'
import type { Parting } from './parted.ts'

export type CorrectionAct =
  /** Everybody who holds one of these connections is one person. */
  | { kind: 'merge'; connections: readonly string[] }
  /** These connections leave their people and together are a person of their own. */
  | { kind: 'split'; connections: readonly string[] }
  /**
   * These two are not one person: it is not proposed again, and a merge of them outweighs it. It changes nobody but who is in
   * conflict with them alone.
   */
  | { kind: 'apart'; connections: readonly string[] }
  | { kind: 'rename'; connection: string; name: string }
  /** A typed address, lower case; null: none. It never joins anybody. */
  | { kind: 'email'; connection: string; email: string | null }
  | { kind: 'label'; connection: string; label: string }
  | { kind: 'mark'; connection: string; mark: 'present' | 'absent'; reason: string }

/** `seq` is unique and grows with every correction of the installation. One that was undone is not handed in at all. */
export interface Correction {
  seq: number
  act: CorrectionAct
  /** For each key it names, what else that connection went by when it was made (`named-now.ts`). */
  also?: readonly (readonly string[])[] | undefined
}

/** What the host said of a person. `seqs`: the corrections that changed this line, ascending. */
export interface HostSaid {
  /** Null: nothing was said, the name is Zoom's. */
  name: string | null
  /** Null: nothing was said, or that there is none; `Person.email` tells which address counts. */
  email: string | null
  labels: string[]
  mark: { mark: 'present' | 'absent'; reason: string } | null
  seqs: number[]
}

export interface Corrected {
  /** In the order of their first connection: start, then id. */
  people: readonly Person[]
  /** Sequence numbers of corrections none of whose connections is here, ascending. */
  idle: readonly number[]
  /** Whom the host parted. */
  partings: readonly Parting[]
}

/** The keys a correction names. */
export const namedBy = (act: CorrectionAct): readonly string[] =>
  'connections' in act ? act.connections : [act.connection]
