import type { Fact } from './evidence.ts'
import { SAME_MOMENT_MS } from './tolerances.ts'

/** When one meeting began and ended, as far as anybody told. Epoch milliseconds; null while nobody did. */
export interface MeetingTimes {
  note(fact: Fact): void
  readonly startedAtMs: number | null
  /** The latest instant any witness spoke of. */
  readonly latestMs: number | null
  /**
   * The word of the meeting's own account; else a panel's, unless somebody went on reading the list after it
   * (`lastReadMs`, -Infinity when nobody read). An official list is made of meetings that are over: then the end is at the
   * latest word of anybody.
   */
  endedAtMs(lastReadMs: number): number | null
}

/** Nothing told yet. */
export function createMeetingTimes(): MeetingTimes {
  const ends = { told: -Infinity, panel: -Infinity }
  let startedAtMs: number | null = null
  let latestMs: number | null = null
  let isReported = false

  return {
    get startedAtMs() {
      return startedAtMs
    },
    get latestMs() {
      return latestMs
    },

    note(fact) {
      latestMs = Math.max(latestMs ?? -Infinity, fact.atMs)
      if (fact.kind === 'meeting_started') startedAtMs = Math.min(startedAtMs ?? Infinity, fact.atMs)
      if (fact.kind === 'meeting_ended') {
        const by = fact.witness === 'panel' ? 'panel' : 'told'
        ends[by] = Math.max(ends[by], fact.atMs)
      }
      if (fact.kind === 'report_row') {
        latestMs = Math.max(latestMs, fact.leftMs)
        isReported = true
      }
    },

    endedAtMs(lastReadMs) {
      if (ends.told > -Infinity) return ends.told
      if (ends.panel > -Infinity && lastReadMs <= ends.panel + SAME_MOMENT_MS) return ends.panel
      return isReported ? latestMs : null
    },
  }
}
