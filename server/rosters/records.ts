import type { MeetingTold } from '../../shared/attendance/index.ts'
import type { GatheringRecord } from './ports.ts'

/** Whether what was folded for the one still holds for the other. */
export function sameFacts(a: GatheringRecord, b: GatheringRecord): boolean {
  const isSame = a.gatheringId === b.gatheringId && a.generation === b.generation
  return isSame && a.meetings.join('\n') === b.meetings.join('\n')
}

/** Whether what hosts said of the one still holds for the other. */
export function sameWord(a: GatheringRecord, b: GatheringRecord): boolean {
  return sameFacts(a, b) && a.rulings === b.rulings && a.number === b.number
}

/** When its meetings were: what Zoom's messages told wins, else what witnesses say. */
export function meetingsOf({ times }: GatheringRecord, told: readonly MeetingTold[]): MeetingTold[] {
  const witnessed = new Map(told.map((one) => [one.meeting, one]))
  return times.map(({ meeting, startedAtMs, endedAtMs }) => ({
    meeting,
    startedAtMs: startedAtMs ?? witnessed.get(meeting)?.startedAtMs ?? null,
    endedAtMs: endedAtMs ?? witnessed.get(meeting)?.endedAtMs ?? null,
  }))
}
