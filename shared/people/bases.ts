import { baseOf, type Base, type Listing, type Span } from '../attendance/index.ts'
import type { FileWarning, WarningCode } from '../files/index.ts'
import type { GatheredMeeting } from './gather.ts'
import { spanOfMeeting, toldSpan } from './odd-rows.ts'
import { createClock, type ClockWindow } from './window.ts'

/** What 100 % means: the meeting as it was, as it was planned, or a window of the clock. */
export type BaseChoice = 'actual' | 'scheduled' | ClockWindow

export interface Bases {
  bases: Base[]
  warnings: FileWarning[]
}

/**
 * The base of every meeting that has one.
 *
 * Actual: from the start to the end the file tells; else, warned of, from the first join to the last leave of rows whose times
 * can be right. Scheduled: none, for no exported file says it. A window is meant on each meeting's own day in `zone` (null: UTC), and passes midnight when
 * its end is not after its start; a meeting that began after midnight within such a window is the evening before's. On days
 * when clocks change it has the length the clock gives it.
 *
 * @throws RangeError for an unknown zone
 */
export function basesOf(
  meetings: readonly GatheredMeeting[],
  listing: Pick<Listing, 'spanOf'>,
  choice: BaseChoice,
  zone: string | null,
): Bases {
  if (choice === 'scheduled') return { bases: [], warnings: warnOnce('base_not_in_file', meetings) }
  const fromRows: GatheredMeeting[] = []
  const clock = createClock(zone)
  const bases = meetings.flatMap((meeting, at) => {
    const span = spanOfMeeting(meeting, listing.spanOf(at))
    if (choice !== 'actual') {
      const around = span ?? startOf(meeting)
      return around === null ? [] : [baseOf(at, clock.around(around, choice))]
    }
    if (span === null || span.toMs <= span.fromMs) return []
    if (toldSpan(meeting) === null) fromRows.push(meeting)
    return [baseOf(at, span)]
  })
  return { bases, warnings: warnOnce('base_from_rows', fromRows) }
}

const startOf = ({ startedMs }: GatheredMeeting): Span | null =>
  startedMs === null ? null : { fromMs: startedMs, toMs: startedMs }

/** Once a file, with how many of its meetings it is about when there are several. */
function warnOnce(code: WarningCode, meetings: readonly GatheredMeeting[]): FileWarning[] {
  const counts = new Map<string, number>()
  for (const { file } of meetings) counts.set(file, (counts.get(file) ?? 0) + 1)
  return [...counts].map(([file, count]) => {
    const odd = code === 'base_from_rows' ? oddLinesIn(file, meetings) : ''
    return { code, file, line: null, ...(odd && { value: odd }), ...(count > 1 ? { count } : {}) }
  })
}

const MOST_LINES = 5

/** Lines of a file that were left out of the bases: "3, 17, 40 …". '' when none was, or nothing else is known of a meeting. */
function oddLinesIn(file: string, meetings: readonly GatheredMeeting[]): string {
  const lines = meetings
    .filter((meeting) => meeting.file === file && meeting.seen !== null)
    .flatMap(({ oddLines }) => oddLines)
  return lines.slice(0, MOST_LINES).join(', ') + (lines.length > MOST_LINES ? ' …' : '')
}
