/** Which meeting a row belongs to, and what the file says of it. */
import { saysNothing } from '../answers.ts'
import { dayInName } from '../date-order.ts'
import { parseStamp, type Stamp } from '../dates.ts'
import { parseDay } from '../half-moments.ts'
import type { FileMeeting } from '../portal-file.ts'
import type { WarningCode } from '../warnings.ts'
import { readHost, readMeetingNumber, readMinutes, saysWebinar } from './cells.ts'
import type { Instants } from './instants.ts'
import type { MeetingCells } from './layouts.ts'
import { pick } from './lines.ts'
import { NO_DAYS, stayMoments, type Moment } from './moments.ts'
import type { Table } from './table.ts'

const DAY_MS = 86_400_000

export interface Meetings {
  /** A block of the file began a meeting; what follows belongs to it. */
  begin: (meeting: MeetingCells, line: number) => void
  /** The meeting of a row, from 0. Rows of a history carry their own; rows before any block have one without a block. */
  of: (cells: string[], line: number, table: Table) => number
}

/**
 * Numbers the meetings of a file as they come. The rows of one meeting of a history need not stand together: number, topic
 * and beginning say which are one. `opened` is told of each meeting once, before its first row.
 */
export function createMeetings(opened: (meeting: MeetingCells, line: number) => void): Meetings {
  let count = 0
  let current: number | null = null
  const inHistory = new Map<string, number>()
  const open = (meeting: MeetingCells, line: number): number => {
    opened(meeting, line)
    return count++
  }
  return {
    begin(meeting, line) {
      current = open(meeting, line)
    },
    of(cells, line, table) {
      if (table.kind === 'people') {
        current ??= open({ cells: {}, webinar: 'attended' in table.people }, line)
        return current
      }
      const own = pick(table.meeting, cells, table.times.offsets)
      if (
        own.number === undefined &&
        own.topic === undefined &&
        own.started === undefined &&
        current !== null
      )
        return current
      const key = JSON.stringify([own.number ?? '', own.started ?? '', own.topic ?? ''])
      const known = inHistory.get(key)
      if (known !== undefined) {
        current = known
        return known
      }
      current = open({ cells: own, webinar: false }, line)
      inHistory.set(key, current)
      return current
    },
  }
}

/** The day that clocks without one are of: the meeting's beginning, else the day in the file's name; null for neither. */
export function dayOfMeeting({ started = '' }: MeetingCells['cells'], fileName: string): Stamp | null {
  const began = parseStamp(started)
  if (began !== null) return began
  const day = parseDay(started) ?? dayInName(fileName)
  // No clock is further than half a day from noon: all are of this day.
  return day === null ? null : { ...day, secondsOfDay: 43_200 }
}

interface MeetingParts {
  instants: Instants
  /** The number in the file's name, for the only meeting of a file; null where there are several. */
  numberInName: string | null
  hasRegistration: boolean
  warn: (code: WarningCode, line: number, value?: string) => void
}

/** A meeting as its cells say; an end that is not said is its beginning and its length. Nothing else is made up. */
export function toFileMeeting(
  { cells, webinar }: MeetingCells,
  line: number,
  { instants, numberInName, hasRegistration, warn }: MeetingParts,
): FileMeeting {
  const instantOf = (moment: Moment): number | null => {
    const instant = instants.read(moment, line)
    if (instant === null && !saysNothing(moment.cell)) warn('time_unreadable', line, moment.cell)
    return instant?.ms ?? null
  }
  const minutes = readMinutes(cells.meeting_minutes ?? '')
  const [start, end] = stayMoments(cells.started ?? '', cells.ended ?? '', minutes, NO_DAYS)
  const startedMs = instantOf(start)
  const said = instantOf(end)
  const counted = startedMs !== null && minutes !== null ? startedMs + Math.round(minutes * 60) * 1000 : null
  const ended = said ?? counted
  const backwards = startedMs !== null && ended !== null && ended < startedMs
  if (backwards) warn('meeting_times_odd', line, cells.ended ?? '')
  if (startedMs !== null && ended !== null && ended - startedMs > DAY_MS)
    warn('very_long_meeting', line, said === null ? cells.meeting_minutes : cells.ended)
  const number = numberOf(cells)
  if (number === null && !saysNothing(cells.number ?? '')) warn('record_not_understood', line, cells.number)
  const host = readHost(cells.host_name ?? '')
  const address = readHost(cells.host_email ?? '')
  return {
    number: number ?? numberInName,
    topic: textOf(cells.topic),
    kind: webinar === null ? 'unknown' : webinar || saysWebinar(cells.kind ?? '') ? 'webinar' : 'meeting',
    hostName: host.name ?? address.name,
    hostEmail: address.email ?? host.email,
    startedMs,
    endedMs: backwards ? null : ended,
    hasRegistration,
  }
}

/** Digits of the meeting's number; null when there are none. */
export const numberOf = (cells: MeetingCells['cells']): string | null => readMeetingNumber(cells.number ?? '')

/** A topic as written; null when nothing is. */
export const textOf = (cell: string | undefined): string | null =>
  cell === undefined || saysNothing(cell) ? null : cell.trim()
