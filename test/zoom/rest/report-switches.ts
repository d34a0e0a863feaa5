/**
 * How Zoom's participant list of one meeting misbehaves. Everything here was documented or seen with the real one; each
 * is off unless a test or the demo turns it on, at any time. Times are milliseconds after the meeting's end.
 */
import type { Trouble } from './trouble.ts'

export interface ReportSwitches {
  /** Before, the list and the meeting's summary answer 404 with code 3001. */
  readyAfterMs: number
  /** Switches that change by themselves later, in order of time. */
  changes: ({ afterMs: number } & Partial<Omit<ReportSwitches, 'changes'>>)[]
  /** Only the first so many rows exist yet; null: all. */
  rows: number | null
  /** This many readings (counted at their first page) first answer a complete list without rows. */
  emptyFirst: number
  /** Only the first so many rows are given, while `total_records` counts all of them. */
  short: number | null
  /** What `total_records` says, whatever is given. */
  declared: number | null
  /** Every `duration` is 0, as right after a very large meeting. */
  zeroDurations: boolean
  /** Pages are no longer than this, whatever is asked for. */
  pageCap: number | null
  /** This many page tokens expire as soon as they are given; `Infinity`: all of them. */
  expiringTokens: number
  /** The next answers about this meeting, first in first out. */
  next: Trouble[]
  /** Every answer about this meeting, such as 400 with code 200 for a plan without reports. */
  always: Trouble | null
  /** People nobody else tells of. */
  strangers: number
  /** Keys of people Zoom's list leaves out. */
  missing: string[]
  /** This many rows end a minute before they start. */
  endsBeforeStart: number
  /** This many rows have no readable end. */
  endless: number
  /** This many rows lie a week after the meeting. */
  misplaced: number
  /** This many rows end ten years later than they should. */
  overlong: number
  /** The last page does not say how many rows there are. */
  undeclaredLast: boolean
  /** This many rows have no name, as under a legacy HIPAA agreement. */
  nameless: number
  /** This many rows are given twice. */
  duplicated: number
  /** Every row has fields no documentation knows. */
  unknownFields: boolean
  /** The rows of this meeting (its UUID) are given instead. */
  rowsOf: string | null
  /** Rows of so many times the people; 1 is the truth. */
  times: number
  /** Breakout rows name their room: published for the admins' report, not for this list. */
  breakoutRooms: boolean
}

export const faithful = (): ReportSwitches => ({
  readyAfterMs: 0,
  changes: [],
  rows: null,
  emptyFirst: 0,
  short: null,
  declared: null,
  zeroDurations: false,
  pageCap: null,
  expiringTokens: 0,
  next: [],
  always: null,
  strangers: 0,
  missing: [],
  endsBeforeStart: 0,
  endless: 0,
  misplaced: 0,
  overlong: 0,
  undeclaredLast: false,
  nameless: 0,
  duplicated: 0,
  unknownFields: false,
  rowsOf: null,
  times: 1,
  breakoutRooms: false,
})

/** Makes the planned changes whose time has come, `sinceEndMs` after the meeting's end. */
export function makeChanges(switches: ReportSwitches, sinceEndMs: number): void {
  const due = switches.changes.filter(({ afterMs }) => afterMs <= sinceEndMs)
  switches.changes = switches.changes.filter(({ afterMs }) => afterMs > sinceEndMs)
  for (const { afterMs: _at, ...change } of due) Object.assign(switches, change)
}
