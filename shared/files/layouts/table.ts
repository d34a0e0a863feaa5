/** A table of participants as it will be read: which column is what, by its name, by its values, or because somebody said so. */
import { readAnswer } from '../answers.ts'
import { parseStamp } from '../dates.ts'
import { isParticipantField } from '../headers.ts'
import type { Choices, Column, Field, MeetingField, ParticipantField } from '../portal-file.ts'
import { columnsByShape } from '../shapes.ts'
import { isBlank, isNothing, isValue, looksLikeMeetingNumber, readHost, readMinutes } from './cells.ts'
import { meetingColumns, peopleColumns } from './header.ts'
import type { Header, MeetingColumns, PeopleColumns } from './header.ts'
import { timeColumns, type TimeColumns } from './time-columns.ts'

export interface Table {
  kind: 'people' | 'history'
  header: string[]
  line: number
  columns: Column[]
  people: PeopleColumns
  /** Empty unless this is a history. */
  meeting: MeetingColumns
  /** Some column is known by its values alone. */
  byShape: boolean
  times: TimeColumns
}

/** A header whose columns are told by the first rows under it: its names do not say enough. Null cells: there is none. */
export interface Unsure {
  header: Header | null
  cells: string[]
  line: number
}

/** Whether the names of the columns leave open who it is, when, or how long; then the values are asked. */
export function needsRows({ kind, people, columns }: Header): boolean {
  if (kind !== 'people' && kind !== 'history') return false
  const who = 'name' in people || 'first_name' in people || 'last_name' in people
  const when = 'join' in people && 'leave' in people && 'minutes' in people
  return !(who && when) && columns.some(({ field }) => field === null)
}

/** A table all of whose columns are known by their names, but for those nobody needs. */
export function tableOf(header: Header, chosen: Choices['columns']): Table {
  const { kind, cells, line, columns, people, meeting } = header
  const times = timeColumns(columns)
  const table = { header: cells, line, columns, people, meeting, byShape: false, times }
  return withChosen({ ...table, kind: kind === 'history' ? 'history' : 'people' }, chosen)
}

/**
 * A table some of whose columns are told by its first rows. Null when even these do not show people with times, or with an
 * address and minutes. Minutes without times are believed only as the one column of numbers under a meeting's own block, or
 * where headers have the brackets of "Name (original name)" and "Duration (minutes)" in whatever language.
 */
export function tableFrom(
  unsure: Unsure,
  rows: string[][],
  chosen: Choices['columns'],
  isUnderMeeting: boolean,
): Table | null {
  const { header, cells, line } = unsure
  const people: PeopleColumns = header === null ? peopleColumns(cells) : { ...header.people }
  const meeting = header?.meeting ?? {}
  const taken = new Set([...Object.values(people), ...Object.values(meeting)])
  const shaped = new Set<number>()
  const proved: [number, Field][] = [...columnsByShape(withoutAnswers(rows))]
  const minutes = proved.some(([, field]) => field === 'join') ? null : onlyNumbers(rows)
  const name = people.name ?? proved.find(([, field]) => field === 'name')?.[0] ?? -1
  if (minutes !== null && (isUnderMeeting || (inBrackets(cells[name]) && inBrackets(cells[minutes]))))
    proved.push([minutes, 'minutes'])
  for (const [at, field] of proved) {
    if (!isParticipantField(field) || taken.has(at) || field in people) continue
    if (field === 'name' && ('first_name' in people || 'last_name' in people)) continue
    people[field] = at
    shaped.add(at)
  }
  const width = Math.max(cells.length, ...rows.map((row) => row.length))
  const fields = new Map<number, Field>()
  for (const [field, at] of Object.entries(meeting)) fields.set(at, field as MeetingField)
  for (const [field, at] of Object.entries(people)) fields.set(at, field as ParticipantField)
  const columns = Array.from({ length: width }, (_, at): Column => {
    const by = shaped.has(at) ? 'shape' : 'named'
    return { at, header: cells[at] ?? '', field: fields.get(at) ?? null, by }
  })
  const kind = header?.kind === 'history' ? 'history' : 'people'
  const table: Table = {
    kind,
    header: cells,
    line,
    columns,
    people,
    meeting,
    byShape: [...shaped].some((at) => at !== people.minutes || !('join' in people)),
    times: timeColumns(columns),
  }
  const result = withChosen(table, chosen)
  return header !== null || tellsOfPeople(result.people) ? result : null
}

/**
 * Headers we cannot name where exports have their yes and no. One of them may say who was in the waiting room, as long as no
 * other column does; reports of webinars have none, but questions of their own.
 */
export function unreadAnswers({ columns, people, times }: Table): string[] {
  const { join, leave = -1, minutes = -1 } = people
  if (join === undefined || people.in_waiting_room !== undefined || people.attended !== undefined) return []
  const last = Math.max(join, leave, minutes)
  return columns
    .filter(({ at, header, field, by }) => at > last && field === null && by !== 'chosen' && !isBlank(header))
    .filter(({ at }) => at !== times.joinDay && at !== times.leaveDay)
    .map(({ header }) => header)
}

/** Columns of yes and no prove nothing, and are nobody's name. */
function withoutAnswers(rows: string[][]): string[][] {
  const width = Math.max(0, ...rows.map((row) => row.length))
  const isAnswers = Array.from({ length: width }, (_, at) =>
    rows.every((row) => isNothing(row[at] ?? '') || readAnswer(row[at] ?? '') !== null),
  )
  return rows.map((row) => row.map((cell, at) => (isAnswers[at] === true && !/^\d+$/.test(cell) ? '' : cell)))
}

/** The only column that is nothing but numbers. */
function onlyNumbers(rows: string[][]): number | null {
  const width = Math.max(0, ...rows.map((row) => row.length))
  const columns = Array.from({ length: width }, (_, at) => at).filter((at) => {
    const filled = rows.map((row) => row[at] ?? '').filter((cell) => !isBlank(cell))
    return filled.length > 0 && filled.every((cell) => /^\d/.test(cell) && readMinutes(cell) !== null)
  })
  return columns.length === 1 ? (columns[0] ?? null) : null
}

const inBrackets = (header = ''): boolean => /[(\uff08].+[)\uff09]$/.test(header.trim())

const tellsOfPeople = (people: PeopleColumns): boolean =>
  ('join' in people && 'leave' in people) || ('minutes' in people && 'email' in people)

/** What a person said of columns goes before everything we found. */
function withChosen(table: Table, chosen: Choices['columns']): Table {
  if (chosen === null || chosen.size === 0) return table
  const columns = table.columns.map((column): Column => {
    const field = chosen.get(column.at)
    if (field !== undefined) return { ...column, field, by: 'chosen' }
    const moved = column.field !== null && [...chosen.values()].includes(column.field)
    return moved ? { ...column, field: null } : column
  })
  const people: PeopleColumns = {}
  const meeting: MeetingColumns = {}
  for (const { at, field } of columns) {
    if (field === null) continue
    if (isParticipantField(field)) people[field] ??= at
    else meeting[field] ??= at
  }
  const byShape = columns.some(({ field, by }) => field !== null && by === 'shape')
  const kind = 'number' in meeting || 'topic' in meeting || 'started' in meeting ? 'history' : 'people'
  return { ...table, columns, people, meeting, byShape, kind }
}

/**
 * The meeting in a lone row under headers of a language we do not know: one of its cells looks like a meeting's number, one
 * or two are times. What else there is counts only where there is one cell it can be. Null when the row is none.
 */
export function meetingByShape(cells: string[], row: string[]): MeetingColumns | null {
  const numbers = positions(row, looksLikeMeetingNumber)
  const stamps = positions(row, (cell) => parseStamp(cell) !== null)
  const [number] = numbers
  const [started, ended] = stamps
  if (number === undefined || started === undefined || stamps.length > 2) return null
  const meeting: MeetingColumns = { number, started }
  if (ended !== undefined) meeting.ended = ended
  const hosts = positions(row, (cell) => readHost(cell).email !== null)
  if (hosts.length === 1 && hosts[0] !== undefined) meeting.host_email = hosts[0]
  const texts = positions(row, (cell) => !isBlank(cell) && !isValue(cell))
  if (texts.length === 1 && texts[0] !== undefined) meeting.topic = texts[0]
  const taken = new Set(Object.values(meeting))
  for (const [field, at] of Object.entries(meetingColumns(cells)))
    if (!taken.has(at)) meeting[field as MeetingField] ??= at
  return meeting
}

/** What of a meeting no name of a column tells, and only one cell of its line can be: its number, its beginning and end. */
export function withShapes(named: MeetingColumns, row: string[]): MeetingColumns {
  const columns = { ...named }
  const taken = new Set(Object.values(named))
  const free = (fits: (cell: string) => boolean): number[] =>
    positions(row, fits).filter((at) => !taken.has(at))
  const [number, otherNumber] = named.number === undefined ? free(looksLikeMeetingNumber) : []
  if (number !== undefined && otherNumber === undefined) columns.number = number
  if (named.started !== undefined) return columns
  const [first, second, third] = free((cell) => /\d/.test(cell) && parseStamp(cell) !== null)
  if (first !== undefined && third === undefined) {
    columns.started = first
    if (second !== undefined) columns.ended ??= second
  }
  return columns
}

const positions = (row: string[], fits: (cell: string) => boolean): number[] =>
  row.flatMap((cell, at) => (fits(cell) ? [at] : []))
