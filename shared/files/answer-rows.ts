/** An object of Zoom's API as a row: https://developers.zoom.us/docs/api/ names the fields. */
import type { Role } from '../attendance/index.ts'
import { readAnswer } from './answers.ts'
import type { JsonObject } from './json-objects.ts'
import { asWritten, isNothing, readEmail } from './layouts/cells.ts'
import type { MeetingCells } from './layouts/layouts.ts'
import type { Stay } from './layouts/stays.ts'
import type { Field, FileMeeting, FileRow } from './portal-file.ts'
import type { ToldWarnings } from './told-warnings.ts'

/** The names of one field in the several answers, the better first. */
const names = {
  name: ['name', 'user_name', 'display_name'],
  first_name: ['first_name'],
  last_name: ['last_name'],
  email: ['user_email', 'email'],
  join: ['join_time', 'session_join_time', 'start_time'],
  leave: ['leave_time', 'session_exit_time', 'end_time'],
  seconds: ['duration'],
  minutes: ['duration_spent_in_session'],
  attended: ['session_attendance', 'event_attendance'],
  zoom_user_id: ['participant_user_id', 'id'],
  registrant_id: ['registrant_id'],
} as const

/** What an object of participants says under its names; '' for nothing. */
export function valueOf({ values }: JsonObject, field: keyof typeof names): string {
  for (const key of names[field]) {
    const value = values.get(key)
    if (value !== undefined && value !== '') return value
  }
  return ''
}

/** Which field a name stands for, for the preview. */
export function fieldNamed(key: string): Field | null {
  for (const [field, keys] of Object.entries(names))
    if ((keys as readonly string[]).includes(key)) return field === 'seconds' ? 'minutes' : (field as Field)
  return null
}

/**
 * Somebody, and when or how long: in a list, and no meeting, which also may have a host's name and a length. In a list of
 * participants a name beside an address is enough: of past meetings Zoom may tell no more than who came.
 */
export function isParticipant(object: JsonObject): boolean {
  const { values, isElement } = object
  if (!isElement || values.has('topic') || values.has('participants_count')) return false
  const somebody = ['name', 'user_name', 'user_email', 'display_name', 'email', 'user_id'].some((key) =>
    values.has(key),
  )
  const there = ['join_time', 'leave_time', 'duration', 'duration_spent_in_session'].some((key) =>
    values.has(key),
  )
  const attends = values.has('session_attendance') || values.has('event_attendance')
  const isListed = object.list === 'participants' && values.has('name') && values.has('user_email')
  return somebody && (there || attends || isListed)
}

/** Lists of people, as Zoom names them. */
export const isListOfPeople = (name: string | null): boolean =>
  name === 'participants' || name === 'attendees'

/** What stands around participants, in whose place it may be: a page of theirs, or their meeting. */
const AROUND = [
  'next_page_token',
  'total_records',
  'page_size',
  'page_count',
  'topic',
  'uuid',
  'participants_count',
]

/** Stands where participants do, and is neither one nor what stands around them. */
export function isNobody(object: JsonObject): boolean {
  if (!object.isElement || isParticipant(object)) return false
  if (object.list !== null) return isListOfPeople(object.list)
  return !object.holdsMore && !AROUND.some((key) => object.values.has(key))
}

const roles = new Map<string, Role>([
  ['host', 'host'],
  ['co-host', 'cohost'],
  ['cohost', 'cohost'],
  ['panelist', 'panelist'],
  ['attendee', 'attendee'],
])

/** A participant as a row. Lengths are seconds in lists of meetings and webinars, minutes in those of Zoom Events. */
export function toRow(
  object: JsonObject,
  { line, index, stay }: { line: number; index: number; stay: Stay | null },
  { meeting, precisionSeconds }: { meeting: FileMeeting | null; precisionSeconds: 1 | 60 },
  warn: ToldWarnings['warn'],
): FileRow {
  const name =
    valueOf(object, 'name') || [valueOf(object, 'first_name'), valueOf(object, 'last_name')].join(' ').trim()
  const address = valueOf(object, 'email')
  const email = readEmail(address)
  if (email === null && !isNothing(address)) warn('email_unreadable', line, address)
  const said = object.values.get('role')?.toLowerCase() ?? ''
  const isHost = email !== null && email === meeting?.hostEmail
  return {
    line,
    meeting: index,
    section: null,
    name,
    keys: {
      zoomUserId: valueOf(object, 'zoom_user_id') || null,
      registrantId: valueOf(object, 'registrant_id') || null,
      email,
      phone: null,
    },
    ...(email === null ? asWritten(address) : {}),
    role: roles.get(said) ?? (isHost ? 'host' : 'unknown'),
    place: placeOf(object),
    attended: stay !== null || attendedBy(valueOf(object, 'attended')),
    fromMs: stay?.fromMs ?? null,
    toMs: stay?.toMs ?? null,
    precisionSeconds,
    reportedSeconds: reportedBy(object, stay, line, warn),
    registration: null,
    registered: valueOf(object, 'registrant_id') !== '',
  }
}

function placeOf({ values }: JsonObject): FileRow['place'] {
  if (values.get('status') === 'in_waiting_room') return 'waiting'
  return (values.get('bo_mtg_id') ?? '') === '' ? 'main' : 'breakout'
}

const attendedBy = (said: string): boolean => said !== 'absent' && readAnswer(said) !== false

/** Some samples of webinars tell minutes where seconds are documented: the row's own times say which it is. */
function reportedBy(
  object: JsonObject,
  stay: Stay | null,
  line: number,
  warn: ToldWarnings['warn'],
): number | null {
  const minutes = valueOf(object, 'minutes')
  const said = valueOf(object, 'seconds') || minutes
  if (said === '') return null
  const number = Number(said)
  if (!Number.isFinite(number) || number < 0) {
    warn('minutes_unreadable', line, said)
    return null
  }
  if (said === minutes) return Math.round(number * 60)
  const length = stay === null ? null : (stay.toMs - stay.fromMs) / 1000
  const isMinutes =
    length !== null && Math.abs(number - length) > 60 && Math.abs(Math.ceil(length / 60) - number) <= 1
  return Math.round(isMinutes ? number * 60 : number)
}

/** What the objects around a participant say of the meeting. Those nearer go before those further out. */
export function meetingAround(
  participant: JsonObject,
): MeetingCells & { key: string; kind: FileMeeting['kind'] } {
  const cells: MeetingCells['cells'] = {}
  let uuid = ''
  let kind: FileMeeting['kind'] = 'unknown'
  if (participant.values.has('session_attendance')) kind = 'event_session'
  for (let { parent } = participant; parent !== null; parent = parent.parent) {
    const { values } = parent
    const of = (...keys: string[]): string | undefined =>
      keys.map((key) => values.get(key)).find((value) => value)
    const number = of('meeting_id', 'meeting_number', 'webinar_id', 'webinar_number') ?? numeric(of('id'))
    const started = of('start_time')
    const ended = of('end_time')
    const topic = of('topic')
    const host = of('host_email') ?? (topic === undefined ? undefined : of('user_email'))
    const minutes = started === undefined ? undefined : of('duration')
    if (number !== undefined) cells.number ??= number
    if (started !== undefined) cells.started ??= started
    if (ended !== undefined) cells.ended ??= ended
    if (topic !== undefined) cells.topic ??= topic
    if (host !== undefined) cells.host_email ??= host
    if (minutes !== undefined) cells.meeting_minutes ??= minutes
    uuid ||= of('uuid', 'meeting_uuid', 'session_id') ?? ''
    if (kind === 'unknown') kind = kindBy(values)
  }
  const key = JSON.stringify([uuid, cells.number ?? '', cells.started ?? ''])
  return { cells, webinar: kind === 'webinar', key, kind }
}

const numeric = (id: string | undefined): string | undefined =>
  id !== undefined && /^\d{9,11}$/.test(id) ? id : undefined

/** Types as Zoom numbers them: 5, 6 and 9 are webinars. */
function kindBy(values: Map<string, string>): FileMeeting['kind'] {
  if (values.has('webinar_id') || values.has('webinar_number')) return 'webinar'
  if (values.has('meeting_id') || values.has('meeting_number')) return 'meeting'
  if (!values.has('topic') && !values.has('uuid')) return 'unknown'
  const type = values.get('type')
  if (type === undefined || !/^\d+$/.test(type)) return 'unknown'
  return ['5', '6', '9'].includes(type) ? 'webinar' : 'meeting'
}
