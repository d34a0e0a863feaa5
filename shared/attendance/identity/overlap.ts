import type { ConnectionRecord } from '../connections/connection.ts'

/**
 * Whether connections of two different groups were in the meeting or its waiting room at one time, for longer than an instant:
 * who waits under one name while another is inside is no second device of theirs.
 */
export function overlapAmong(groups: readonly (readonly ConnectionRecord[])[]): boolean {
  const spans = groups.flatMap((group, of) =>
    group.flatMap(({ connection }) =>
      connection.segments.map((segment) => ({
        of,
        meeting: connection.meeting,
        fromMs: segment.fromMs,
        toMs: segment.toMs ?? Infinity,
      })),
    ),
  )
  spans.sort((a, b) => a.fromMs - b.fromMs)
  // For each meeting the latest end so far, and the latest end of any group other than that one.
  const ends = new Map<string, { of: number; toMs: number; otherMs: number }>()
  for (const { of, meeting, fromMs, toMs } of spans) {
    if (toMs <= fromMs) continue
    const end = ends.get(meeting)
    if (!end) {
      ends.set(meeting, { of, toMs, otherMs: -Infinity })
      continue
    }
    if ((end.of === of ? end.otherMs : end.toMs) > fromMs) return true
    if (end.of === of) end.toMs = Math.max(end.toMs, toMs)
    else if (toMs > end.toMs) ends.set(meeting, { of, toMs, otherMs: end.toMs })
    else end.otherMs = Math.max(end.otherMs, toMs)
  }
  return false
}
