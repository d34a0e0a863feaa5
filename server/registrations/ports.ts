import type { PanelistTold, RegistrantStanding, RegistrantTold, RegistrationTold } from '../zoom/index.ts'
import type { ReportReason } from '../../shared/wire/report.ts'
import type { TokenHolder } from '../zoom/index.ts'

/** A meeting number whose list of registrants is due, held by whoever took it until the lease runs out. */
export interface DueRegistration {
  installationId: string
  number: string
  kind: 'meeting' | 'webinar'
  /** Start of the occurrence this is about (epoch ms): the latest one we know; null when none began yet. */
  startedAtMs: number | null
  /** As whom Zoom is asked; null: nobody is connected. */
  who: TokenHolder | null
  /** Keyed hash of the Zoom account, whose limits count. */
  account: string
  host: string
  failures: number
  lease: string
}

/** What one complete reading of Zoom's lists says. */
export interface Snapshot {
  /** Which occurrence it is of; null: of all. */
  occurrence: { id: string; startMs: number } | null
  registrants: { told: RegistrantTold; standing: Exclude<RegistrantStanding, 'cancelled'> }[]
  atMs: number
}

/** How a try ended. Instants in epoch ms; `panelists` null: not asked, or not told. */
export type RegistrationOutcome =
  | { kind: 'read'; snapshot: Snapshot; panelists: PanelistTold[] | null }
  /** Nobody registers for this number. */
  | { kind: 'none'; panelists: PanelistTold[] | null }
  /** Zoom could not be asked now. */
  | { kind: 'later'; reason: ReportReason; nextTryAtMs: number }
  /** Zoom will not tell: the right is missing, the definition is gone. What was known stays. */
  | { kind: 'never'; reason: ReportReason }

/** Registrations, as storage keeps them. */
export interface Registrations {
  /** Makes rows due: of numbers whose meeting began or ended since the last reading, and of those somebody registered for. */
  plan(nowMs: number): Promise<number>
  /** Takes what has been due longest and nobody holds; null when nothing is due. */
  take(nowMs: number, leaseMs: number): Promise<DueRegistration | null>
  hold(due: DueRegistration, untilMs: number): Promise<void>
  /**
   * Writes down what came of it and gives the number back. Of a snapshot: whoever was approved or pending and is in none of
   * Zoom's lists any more has cancelled, as far as anybody can tell. @throws LeaseLost
   */
  settle(due: DueRegistration, outcome: RegistrationOutcome): Promise<void>
}

export type { RegistrantStanding, RegistrantTold, RegistrationTold }
