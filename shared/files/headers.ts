/**
 * Columns by their names, in any language: first the headers seen in real exports, then headers whose every word we can
 * explain. A header with one word we cannot explain is somebody's own question and stays unread, however much the rest
 * sounds like a time or an address.
 */
import { conceptsOf, fieldSaid, plainHeader, type Concept } from './header-words.ts'
import { KNOWN } from './headers-vocabulary.ts'
import type { Field, MeetingField, ParticipantField } from './portal-file.ts'

export { isReportTitle, sectionOf, stripHostMark } from './headings.ts'

/** Where a header may stand: over participants, over the meeting, or over either with another meaning. */
export type Block = 'participants' | 'meeting' | 'either'

export interface NamedField {
  /** Null for a header we have no name for. */
  field: Field | null
  block: Block
  /** Seen in a real export, word for word. */
  known: boolean
}

/** Headers that mean one thing over participants and another over the meeting. */
const OVER_MEETING: Partial<Record<Field, MeetingField>> = {
  name: 'host_name',
  email: 'host_email',
  minutes: 'meeting_minutes',
}

const MEETING_FIELDS: ReadonlySet<string> = new Set<MeetingField>([
  'topic',
  'number',
  'kind',
  'host_name',
  'host_email',
  'started',
  'ended',
  'meeting_minutes',
  'participants',
  'created',
  'registered_count',
  'unique_viewers',
])

/** Longer cells are no headers we read. */
const LONGEST = 120

/**
 * What a header says. Where it can stand over either block (`Duration (Minutes)`, `User Email`) the field is the
 * participants' one, and the meeting's with `side` = `meeting`.
 */
export function fieldOf(header: string, side: 'participants' | 'meeting' = 'participants'): NamedField {
  if (header.length === 0 || header.length > LONGEST) return NOT_NAMED
  const text = plainHeader(header.replace(ZONE, ''))
  const known = knownField(text)
  const field = known ?? readConcepts(text)
  if (field === null) return NOT_NAMED
  const block = blockOf(field, text)
  return {
    field: side === 'meeting' && block === 'either' ? (OVER_MEETING[field] ?? field) : field,
    block,
    known: known !== null,
  }
}

/** A zone in a column's name: "Join Time (UTC+3)", "Hora de entrada (GMT-03:00)", "Join Time UTC". */
const ZONE =
  /[\s_]*(?:[([]\s*(?:UTC|GMT)\s*(?:([+\u2212-])\s*(\d{1,2})(?::?(\d\d))?)?\s*[)\]]|[\s_](?:UTC|GMT))\s*$/i

/** The offset from UTC that a column's name tells, in minutes east; null where it tells none. */
export function offsetNamed(header: string): number | null {
  const zone = header.length > LONGEST ? null : ZONE.exec(header)
  if (zone === null) return null
  const [, sign, hours = '0', minutes = '0'] = zone
  const offset = Number(hours) * 60 + Number(minutes)
  if (offset > 14 * 60 || Number(minutes) > 59) return null
  return sign === undefined || sign === '+' || offset === 0 ? offset : -offset
}

/** Which end of a stay a column of days alone belongs to ("Join Date", "Date"); null for a column that is none. */
export function dayNamed(header: string): 'join' | 'leave' | null {
  if (header.length === 0 || header.length > LONGEST) return null
  const said = new Set(conceptsOf(plainHeader(header)) ?? [])
  said.delete('nothing')
  if (!said.has('date') || [...said].some((concept) => !BESIDE_DAY.has(concept))) return null
  return said.has('leave') || said.has('end') ? 'leave' : 'join'
}

const BESIDE_DAY: ReadonlySet<Concept> = new Set<Concept>([
  ...(['date', 'join', 'partake', 'attended', 'leave', 'start', 'end'] as const),
  ...(['meeting', 'webinar', 'session'] as const),
])

const NOT_NAMED: NamedField = { field: null, block: 'either', known: false }

function blockOf(field: Field, text: string): Block {
  if (MEETING_FIELDS.has(field)) return 'meeting'
  if (OVER_MEETING[field] === undefined) return 'participants'
  return field === 'name' && (text.includes('(') || !/\s/.test(text)) ? 'participants' : 'either'
}

/**
 * The columns of one table by its headers, each field at most once; null where nothing is known, or where two columns claim
 * one field and neither is a header seen before. Of two known ones the first is Zoom's: own questions stand behind.
 */
export function nameColumns(headers: readonly string[], side: 'participants' | 'meeting'): (Field | null)[] {
  const named = headers.map((header) => fieldOf(header, side))
  const fields = named.map(({ field }) => field)
  // Made of an answer of Zoom's API: there the status tells who waits.
  const status = side === 'participants' && headers.includes('join_time') ? headers.indexOf('status') : -1
  if (status >= 0) fields[status] ??= 'in_waiting_room'
  const hasLast = fields.includes('last_name')
  const claims = new Map<Field, number[]>()
  fields.forEach((field, at) => {
    if (field !== null) claims.set(field, [...(claims.get(field) ?? []), at])
  })
  for (const [field, positions] of claims) {
    if (positions.length < 2) continue
    const hasFirst = claims.has('first_name')
    const bare =
      field === 'name' && hasLast !== hasFirst ? positions.find((at) => isBare(headers[at] ?? '')) : undefined
    if (bare !== undefined) fields[bare] = hasLast ? 'first_name' : 'last_name'
    const rest = positions.filter((at) => at !== bare)
    // "Date joined" is the day of "Time joined".
    const clocks = rest.filter((at) => dayNamed(headers[at] ?? '') === null)
    const [only] = rest.length === 1 ? rest : clocks.length === 1 ? clocks : []
    const winner = only ?? rest.find((at) => named[at]?.known)
    for (const at of rest) if (at !== winner) fields[at] = null
  }
  return fields
}

/** "Nome" beside "Nome utente" and "Cognome" is a first name; "Nom" beside "Nom d’utilisateur" and "Prénom" a last one. */
const isBare = (header: string): boolean => /^[\p{L}\p{M}]+$/u.test(header.trim())

/** True for fields that say something of a participant. */
export const isParticipantField = (field: Field | null): field is ParticipantField =>
  field !== null && !MEETING_FIELDS.has(field)

const UNIT = / ?\(([^()]{1,20})\)$/

/** A header seen before; in minutes ("참가 시간(분)") it is a length, whatever it would be without. */
function knownField(text: string): Field | null {
  const whole = knownFields().get(text)
  if (whole !== undefined) return whole
  const unit = UNIT.exec(text)
  if (unit === null || !conceptsOf(unit[1] ?? '')?.every((concept) => concept === 'minutes')) return null
  const field = knownFields().get(text.slice(0, unit.index))
  return field === 'minutes' || field === 'meeting_minutes' ? field : null
}

let knownHeaders: ReadonlyMap<string, Field> | null = null

function knownFields(): ReadonlyMap<string, Field> {
  knownHeaders ??= new Map(
    Object.entries(KNOWN).flatMap(([field, headers]) =>
      headers.split('|').map((header): [string, Field] => [plainHeader(header), field as Field]),
    ),
  )
  return knownHeaders
}

/** The field of a header all of whose words are explained; null for all others. */
function readConcepts(text: string): Field | null {
  if (text.includes('?')) return null
  const concepts = conceptsOf(text)
  return concepts === null ? null : fieldSaid(concepts)
}
