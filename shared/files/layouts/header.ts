/** What a record of column names names: participants, meetings, or both side by side. */
import { fieldOf, isParticipantField, nameColumns } from '../headers.ts'
import type { Column, Field, MeetingField, ParticipantField } from '../portal-file.ts'
import { isBlank, isValue } from './cells.ts'

export type PeopleColumns = Partial<Record<ParticipantField, number>>
export type MeetingColumns = Partial<Record<MeetingField, number>>

/**
 * `people`: rows of participants. `history`: the meeting on the left, a participant on the right of every row. `meeting`:
 * rows that are meetings. `registrants`: people with the day they registered, and nothing of whether they came.
 */
export interface Header {
  kind: 'people' | 'history' | 'meeting' | 'registrants'
  cells: string[]
  line: number
  columns: Column[]
  people: PeopleColumns
  meeting: MeetingColumns
}

/**
 * Reads a record as column names, in any language we know; null when it is something else. At least two columns must be
 * known, and hardly any may hold a value that only rows have (a question of a registration form may be "1-5").
 *
 * A history names some columns twice (the meeting's minutes and the participant's): what stands among the meeting's own
 * columns, or comes first of two, is the meeting's.
 */
export function readHeader(cells: string[], line: number): Header | null {
  const filled = cells.filter((cell) => !isBlank(cell))
  const values = filled.filter(isValue).length
  if (filled.length < 2 || values * 4 > filled.length) return null
  const found = cells.map((cell) => fieldOf(cell))
  const known = new Set(found.flatMap(({ field }) => (field === null ? [] : [field]))).size
  if (known < 2 || values * 3 > known) return null

  const onlyMeeting = found.flatMap(({ field, block }, at) =>
    field !== null && block === 'meeting' ? [at] : [],
  )
  const onlyPeople = found.some(({ field, block }) => field !== null && block === 'participants')
  const [first = Infinity] = onlyMeeting
  const last = onlyMeeting.at(-1) ?? -Infinity
  const isMeetings = found.map(({ field, block }, at) => {
    if (block !== 'either') return block === 'meeting'
    if (field === null || onlyMeeting.length === 0) return false
    const again = found.some((other, index) => index > at && other.field === field)
    return (at > first && at < last) || !onlyPeople || again
  })
  const side = (wanted: boolean): string[] => cells.map((cell, at) => (isMeetings[at] === wanted ? cell : ''))
  const people = peopleColumns(side(false))
  const meeting = meetingColumns(side(true))
  // Alone among columns of people, "Participant" is no count of them.
  const { participants, ...others } = meeting
  if (participants !== undefined && Object.keys(others).length === 0 && !namesSomebody(people)) {
    people.name = participants
    delete meeting.participants
  }
  const kind = kindOf(people, meeting)
  if (kind === null) return null
  // Questions of a registration form may be called like columns of a meeting.
  const kept = kind === 'people' || kind === 'registrants' ? {} : meeting
  return { kind, cells, line, people, meeting: kept, columns: columnsOf(cells, people, kept) }
}

/** Where the columns of participants are among these headers, each at most once. */
export function peopleColumns(headers: string[]): PeopleColumns {
  const people: PeopleColumns = {}
  nameColumns(headers, 'participants').forEach((field, at) => {
    if (isParticipantField(field)) people[field] ??= at
  })
  return people
}

/** Where the columns of the meeting are among these headers, each at most once. */
export function meetingColumns(headers: string[]): MeetingColumns {
  const meeting: MeetingColumns = {}
  nameColumns(headers, 'meeting').forEach((field, at) => {
    if (field !== null && !isParticipantField(field)) meeting[field] ??= at
  })
  return meeting
}

const namesSomebody = (people: PeopleColumns): boolean =>
  'name' in people || 'first_name' in people || 'last_name' in people

function kindOf(people: PeopleColumns, meeting: MeetingColumns): Header['kind'] | null {
  const somebody = namesSomebody(people) || 'email' in people
  const whileThere = ['join', 'leave', 'minutes', 'attended', 'in_waiting_room', 'attentiveness'].filter(
    (field) => field in people,
  ).length
  const whichMeeting = ['number', 'topic', 'started'].filter((field) => field in meeting).length
  if ((somebody && whileThere > 0) || whileThere > 1) {
    return whichMeeting > 1 ? 'history' : 'people'
  }
  if (whichMeeting > 0 && Object.keys(meeting).length > 1) return 'meeting'
  return somebody && ('registered_at' in people || 'approval' in people) ? 'registrants' : null
}

/** The columns as the preview shows them. */
export function columnsOf(cells: string[], people: PeopleColumns, meeting: MeetingColumns): Column[] {
  const fields = new Map<number, Field>()
  for (const [field, at] of Object.entries(meeting)) fields.set(at, field as MeetingField)
  for (const [field, at] of Object.entries(people)) fields.set(at, field as ParticipantField)
  return cells.map((header, at) => ({ at, header, field: fields.get(at) ?? null, by: 'named' }))
}

/** Whether two records name the same columns. */
export const isSameHeader = (one: string[], other: string[]): boolean =>
  one.length === other.length && one.every((cell, at) => cell === other[at])
