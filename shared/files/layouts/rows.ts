/** One record of a table of participants as a row: who, when, in which role, and what cannot be read. */
import type { Role } from '../../attendance/index.ts'
import { readAnswer } from '../answers.ts'
import type { Stamp } from '../dates.ts'
import { stripHostMark } from '../headings.ts'
import type { FileMeeting, FileRow, ParticipantField, Section } from '../portal-file.ts'
import type { WarningCode } from '../warnings.ts'
import { asWritten, isBlank, isNothing, readEmail, readMinutes } from './cells.ts'
import { momentOf, stayMoments } from './moments.ts'
import type { Stays } from './stays.ts'
import type { Table } from './table.ts'
import { withOffset, type TimeColumns } from './time-columns.ts'

export interface RowReader {
  /** Null when the record is no person: it was warned of. */
  read: (
    cells: string[],
    line: number,
    place: {
      table: Table
      section: Section | null
      index: number
      meeting: FileMeeting
      /** For clocks without a day: when the meeting began, or the day in the file's name. */
      day: Stamp | null
    },
  ) => FileRow | null
}

interface RowParts {
  stays: Stays
  precisionSeconds: 1 | 60
  warn: (code: WarningCode, line: number, value?: string) => void
}

const roleOf: Record<Section, Role> = {
  host: 'host',
  panelist: 'panelist',
  attendee: 'attendee',
  other: 'unknown',
}

/** Whoever the last row with registration data is about, while only rows of their returns follow. */
type Registrant = Pick<FileRow, 'name' | 'section' | 'keys'> & { index: number }

/** "Total", as people write it under a column of minutes. */
const TOTAL =
  /^(?:grand |sub)?(?:total|итог|всего|усього|разом|gesamt|summe|suma\b|somme|totaux|razem|toplam|σύνολο|tổng|jumlah|celkem|合計|総計|合计|总计|總計|합계|총계|المجموع)/iu

/** Reads rows as their table says what is where. What a cell cannot say is null, and warned of where the cell is not empty. */
export function createRowReader({ stays, precisionSeconds, warn }: RowParts): RowReader {
  let registrant: Registrant | null = null
  return {
    read(cells, line, { table, section, index, meeting, day }) {
      const { people, times } = table
      const cell = (field: ParticipantField): string => {
        const at = people[field]
        return at === undefined ? '' : (cells[at] ?? '')
      }
      const { name, role } = stripHostMark(nameOf(cell))
      const address = cell('email')
      const email = readEmail(address)
      const minutes = minutesOf(cell('minutes'), line)
      const joinCell = zoned(cell('join'), people.join, times)
      const leaveCell = zoned(cell('leave'), people.leave, times)
      let join = momentOf(joinCell)
      let leave = momentOf(leaveCell)
      if (join.stamp === null || leave.stamp === null) {
        const days = { join: cells[times.joinDay] ?? '', leave: cells[times.leaveDay] ?? '', meeting: day }
        ;[join, leave] = stayMoments(joinCell, leaveCell, minutes, days)
      }
      const stay = stays.read(join, leave, minutes, line, meeting)
      const timed = people.join !== undefined || people.leave !== undefined

      if (stay === null && email === null && TOTAL.test(name.trim())) return leftOut(cells, line)
      const isWaiting = yes(cell('in_waiting_room'), line)
      const attended =
        stay !== null ||
        isWaiting ||
        hasCome(cell('attended'), line, marksAbsence(joinCell, leaveCell, people))
      const says = stay !== null || email !== null || minutes !== null || isWaiting || !attended
      if (!says && (timed || isBlank(name))) return leftOut(cells, line)
      // A sum under the column of minutes, without a word beside it.
      const isNobodys = isBlank(name) && email === null && isBlank(joinCell) && isBlank(leaveCell)
      if (timed && isNobodys && attended && !isWaiting) return leftOut(cells, line)
      if (email === null && !isNothing(address)) warn('email_unreadable', line, address)
      if (timed && stay === null && attended && isNothing(joinCell) && isNothing(leaveCell))
        warn('time_unreadable', line, joinCell)

      const approval = cell('approval').trim()
      const registered = !isNothing(approval) || !isNothing(cell('registered_at'))
      const own: FileRow['keys'] = {
        zoomUserId: keyIn(cell('zoom_user_id')),
        registrantId: keyIn(cell('registrant_id')),
        email,
        // A number typed into a form binds no telephone to anybody.
        phone: null,
      }
      const isKeyless = hasNoKey(own) && isNothing(address)
      const returns =
        registrant !== null &&
        attended &&
        !registered &&
        isOf(registrant, name, index, section) &&
        (isKeyless || (email !== null && email === registrant.keys.email))
      const keys = isKeyless && returns && registrant !== null ? registrant.keys : own
      if (!returns) registrant = registered && attended ? { name, index, section, keys } : null
      return {
        line,
        meeting: index,
        section,
        name,
        keys,
        ...(email === null ? asWritten(address) : {}),
        role: role ?? (email !== null && email === meeting.hostEmail ? 'host' : null) ?? roleIn(section),
        place: isWaiting ? 'waiting' : 'main',
        attended,
        fromMs: stay?.fromMs ?? null,
        toMs: stay?.toMs ?? null,
        precisionSeconds,
        reportedSeconds: minutes === null ? null : secondsOf(minutes, stay),
        registration: isNothing(approval) ? null : approval.toLowerCase(),
        registered,
      }
    },
  }

  function leftOut(cells: string[], line: number): null {
    warn('record_not_understood', line, cells.join(' ').trim())
    return null
  }

  function minutesOf(cell: string, line: number): number | null {
    const minutes = readMinutes(cell)
    if (minutes === null && !isNothing(cell)) warn('minutes_unreadable', line, cell)
    return minutes
  }

  /** Of somebody without times: what the column says, where there is one. With times they were there whatever it says. */
  function hasCome(cell: string, line: number, marked: boolean): boolean {
    const answer = readAnswer(cell)
    if (answer !== null) return answer
    if (isNothing(cell)) return !marked
    warn('answer_unreadable', line, cell)
    return false
  }

  function yes(cell: string, line: number): boolean {
    if (cell === '') return false
    const answer = readAnswer(cell)
    if (answer === null && !isNothing(cell)) warn('answer_unreadable', line, cell)
    return answer === true
  }
}

const zoned = (cell: string, at: number | undefined, { offsets }: TimeColumns): string =>
  offsets === null || at === undefined ? cell : withOffset(cell, offsets.get(at))

const hasNoKey = ({ zoomUserId, registrantId, email }: FileRow['keys']): boolean =>
  zoomUserId === null && registrantId === null && email === null

/**
 * Directly behind a registrant's row, rows of the same name without registration data are their returns: so Zoom writes them.
 */
function isOf(registrant: Registrant, name: string, index: number, section: Section | null): boolean {
  if (registrant.index !== index || registrant.section !== section) return false
  return registrant.name === name || plainName(registrant.name) === plainName(name)
}

const plainName = (name: string): string => name.normalize('NFKC').replace(/\s+/gu, ' ').trim().toLowerCase()

/** The display name; where the file has first and last names only, these. */
function nameOf(cell: (field: ParticipantField) => string): string {
  const name = cell('name')
  if (!isBlank(name)) return name
  return [cell('first_name'), cell('last_name')].filter((part) => !isBlank(part)).join(' ')
}

/** "--" in both columns of times is how a list says that somebody never came. */
const marksAbsence = (join: string, leave: string, { join: has }: Table['people']): boolean =>
  has !== undefined && !isBlank(join) && !isBlank(leave) && isNothing(join) && isNothing(leave)

const roleIn = (section: Section | null): Role => (section === null ? 'unknown' : roleOf[section])
const keyIn = (cell: string): string | null => (isNothing(cell) ? null : cell.trim())

/** Seconds; a length that is the row's own in seconds, and far from it in minutes, was never minutes. */
export function secondsOf(minutes: number, stay: { fromMs: number; toMs: number } | null): number {
  const length = stay === null ? null : (stay.toMs - stay.fromMs) / 1000
  if (length !== null && Math.abs(minutes - length) <= 1 && Math.abs(minutes * 60 - length) > 120)
    return Math.round(minutes)
  return Math.round(minutes * 60)
}
