import type { Expected } from '../../shared/attendance/index.ts'
import type { Viewer } from '../access/viewer.ts'

/** Somebody who registered, with what they answered. */
export interface Registrant extends Expected {
  /** How a cancellation is known: Zoom told it, or a later list lacked them. Null for everybody else. */
  cancelledBy: 'message' | 'missing' | null
  /** `field` names one of Zoom's own questions; null: the host's. */
  answers: { field: string | null; title: string; value: string }[]
  /** Epoch ms; null when it is not told. */
  registeredAtMs: number | null
  source: string | null
}

export interface ExpectedList {
  /** Null where nobody registers. */
  registrants: readonly Registrant[] | null
  /** Whom the host of a webinar invited onto the stage; `email` lower case. */
  panelists: readonly { email: string | null; name: string }[]
  /** When Zoom's lists were read last (epoch ms); null: everything known comes from its messages. */
  readAtMs: number | null
}

/** Who should have come. The caller has asked `mayRead`. */
export interface ExpectedLists {
  /** As they stood when the gathering ended, or stand now; null where nobody registers or nothing is known. */
  of(viewer: Viewer, gatheringId: string): Promise<ExpectedList | null>
}
