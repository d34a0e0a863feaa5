import type { Fact } from '../evidence.ts'
import { SAME_MOMENT_MS } from '../evidence/tolerances.ts'

/** When one meeting began and ended, as far as anybody told. Epoch milliseconds; null while nobody did. */
export interface MeetingTimes {
  /** A row of a file whose times cannot well be right says nothing of when the meeting was. */
  note(fact: Fact): void
  /** What a file says counts only while nobody else told. */
  readonly startedAtMs: number | null
  /** The latest instant any witness spoke of. */
  readonly latestMs: number | null
  /**
   * The word of the meeting's own account; else a panel's, unless somebody went on reading the list after it
   * (`lastReadMs`, -Infinity when nobody read). An official list is made of meetings that are over: then the end is at the
   * latest word of anybody. So is a file, unless somebody was heard or seen after it; its own word of the end comes first.
   */
  endedAtMs(lastReadMs: number): number | null
}

/** Nothing told yet. */
export function createMeetingTimes(): MeetingTimes {
  const starts = { told: Infinity, import: Infinity }
  const ends = { told: -Infinity, panel: -Infinity, import: -Infinity }
  /** The latest word of a live witness, and the end of the last row of a file. */
  let liveMs = -Infinity
  let lastRowMs = -Infinity
  let latestMs: number | null = null
  let isReported = false

  return {
    get startedAtMs() {
      const startedAtMs = starts.told < Infinity ? starts.told : starts.import
      return startedAtMs < Infinity ? startedAtMs : null
    },
    get latestMs() {
      return latestMs
    },

    note(fact) {
      if (fact.kind === 'import_row' && fact.odd) return
      latestMs = Math.max(latestMs ?? -Infinity, fact.atMs)
      if (fact.witness === 'webhook' || fact.witness === 'panel') liveMs = Math.max(liveMs, fact.atMs)
      if (fact.kind === 'meeting_started') {
        const by = fact.witness === 'import' ? 'import' : 'told'
        starts[by] = Math.min(starts[by], fact.atMs)
      }
      if (fact.kind === 'meeting_ended') {
        const by = fact.witness === 'panel' || fact.witness === 'import' ? fact.witness : 'told'
        ends[by] = Math.max(ends[by], fact.atMs)
      }
      if (fact.kind === 'report_row') {
        latestMs = Math.max(latestMs, fact.leftMs)
        isReported = true
      }
      if (fact.kind === 'import_row') {
        latestMs = Math.max(latestMs, fact.leftMs)
        lastRowMs = Math.max(lastRowMs, fact.leftMs)
      }
    },

    endedAtMs(lastReadMs) {
      if (ends.told > -Infinity) return ends.told
      if (ends.panel > -Infinity && lastReadMs <= ends.panel + SAME_MOMENT_MS) return ends.panel
      if (ends.import >= liveMs && ends.import > -Infinity) return ends.import
      return isReported || (lastRowMs >= liveMs && lastRowMs > -Infinity) ? latestMs : null
    },
  }
}
