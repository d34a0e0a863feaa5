/**
 * Columns by their names, in any language: first the headers seen in real exports, then headers whose every word we can
 * explain. A header with one word we cannot explain is somebody's own question and stays unread, however much the rest
 * sounds like a time or an address.
 */
import { KNOWN, STEMS } from './headers-vocabulary.ts'
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

type Concept = keyof typeof STEMS

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
  const text = plainHeader(header)
  const known = knownFields().get(text) ?? knownFields().get(withoutUnit(text))
  const field = known ?? readConcepts(text)
  if (field === null) return NOT_NAMED
  const block = blockOf(field, text)
  return {
    field: side === 'meeting' && block === 'either' ? (OVER_MEETING[field] ?? field) : field,
    block,
    known: known !== undefined,
  }
}

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
  const hasLast = fields.includes('last_name')
  const claims = new Map<Field, number[]>()
  fields.forEach((field, at) => {
    if (field !== null) claims.set(field, [...(claims.get(field) ?? []), at])
  })
  for (const [field, positions] of claims) {
    if (positions.length < 2) continue
    const bare =
      field === 'name' && hasLast && !claims.has('first_name')
        ? positions.find((at) => isBare(headers[at] ?? ''))
        : undefined
    if (bare !== undefined) fields[bare] = 'first_name'
    const rest = positions.filter((at) => at !== bare)
    const winner = rest.length === 1 ? rest[0] : rest.find((at) => named[at]?.known)
    for (const at of rest) if (at !== winner) fields[at] = null
  }
  return fields
}

/** "Nome" beside "Nome utente" and "Cognome" is a first name. */
const isBare = (header: string): boolean => /^[\p{L}\p{M}]+$/u.test(header.trim())

/** True for fields that say something of a participant. */
export const isParticipantField = (field: Field | null): field is ParticipantField =>
  field !== null && !MEETING_FIELDS.has(field)

/** Lower case, accents folded, one kind of bracket, apostrophe and hyphen, no trailing punctuation. */
function plainHeader(header: string): string {
  return fold(header)
    .replace(/[\u2018\u2019\u02bc\u0060\u00b4]/g, "'")
    .replace(/[\u2010-\u2015\u2212]/g, '-')
    .replace(/\be-(mail|post)/g, 'e$1')
    .replace(/[\p{Cf}\s_]+/gu, ' ')
    .replace(/ ?\( ?/g, ' (')
    .replace(/ ?\)/g, ')')
    .replace(/[\s?:*.;,]+$/, '')
    .trim()
}

/** Upper and lower case, full and half width, accents: none of them tells headers apart. */
const fold = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .normalize('NFC')
    .replaceAll('ı', 'i')
    .replaceAll('ł', 'l')
    .replaceAll('đ', 'd')
    .replaceAll('ß', 'ss')

const UNIT = / ?\(([^()]{1,20})\)$/

/** Drops "(minutes)" in any language; other brackets stay. */
function withoutUnit(text: string): string {
  const unit = UNIT.exec(text)?.[1]
  return unit !== undefined &&
    unit.split(' ').every((word) => conceptsIn(word)?.every((it) => it === 'minutes'))
    ? text.replace(UNIT, '')
    : text
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

interface Dictionary {
  whole: Map<string, Concept>
  /** By length, the longest first. */
  beginnings: [string, Concept][]
  endings: [string, Concept][]
  /** Of scripts without spaces, by length, the longest first. */
  inside: [string, Concept][]
}

let words: Dictionary | null = null

function dictionary(): Dictionary {
  if (words !== null) return words
  const read: Dictionary = { whole: new Map(), beginnings: [], endings: [], inside: [] }
  for (const [concept, stems] of Object.entries(STEMS) as [Concept, string][])
    for (const stem of stems.split(' ').map(fold)) {
      if (stem.endsWith('*')) read.beginnings.push([stem.slice(0, -1), concept])
      else if (stem.startsWith('*')) read.endings.push([stem.slice(1), concept])
      else if (UNSPACED.test(stem)) read.inside.push([stem, concept])
      else if (!read.whole.has(stem)) read.whole.set(stem, concept)
    }
  for (const list of [read.beginnings, read.endings, read.inside])
    list.sort(([a], [b]) => b.length - a.length)
  words = read
  return read
}

const UNSPACED = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}]/u

/** What a word says: one thing, two for a compound ("Warteraum"), several for a run without spaces; null: unexplained. */
function conceptsIn(word: string): Concept[] | null {
  const { whole, beginnings, endings } = dictionary()
  if (UNSPACED.test(word)) return runConcepts(word)
  const exact = whole.get(word)
  if (exact !== undefined) return [exact]
  const beginning = beginnings.find(([stem]) => word.startsWith(stem))
  const ending = endings.find(([stem]) => word.length > stem.length && word.endsWith(stem))
  if (beginning === undefined && ending === undefined) return null
  return [...(beginning === undefined ? [] : [beginning[1]]), ...(ending === undefined ? [] : [ending[1]])]
}

function runConcepts(run: string): Concept[] | null {
  const concepts: Concept[] = []
  let at = 0
  while (at < run.length) {
    const found = dictionary().inside.find(([stem]) => run.startsWith(stem, at))
    if (found === undefined) return null
    concepts.push(found[1])
    at += found[0].length
  }
  return concepts
}

/** At most this many words make a header; the longest one seen has nine. */
const MOST_WORDS = 12

/** The field of a header all of whose words are explained; null for all others. */
function readConcepts(text: string): Field | null {
  if (text.includes('?')) return null
  const tokens = text.match(/#|[\p{L}\p{M}]+|\d+/gu) ?? []
  if (tokens.length === 0 || tokens.length > MOST_WORDS) return null
  const said = new Set<Concept>()
  for (const token of tokens) {
    const concepts = conceptsIn(token)
    if (concepts === null) return null
    for (const concept of concepts) if (concept !== 'nothing') said.add(concept)
  }
  return fieldSaid(said)
}

/** What has to be said, and what may be said beside it, for each field: the first rule that fits. */
const RULES: { field: Field; all: Concept[]; may?: Concept[] }[] = [
  { field: 'in_waiting_room', all: ['waiting', 'room'] },
  { field: 'consent', all: ['recording', 'consent'], may: ['response', 'register'] },
  { field: 'consent', all: ['register', 'consent'], may: ['response'] },
  { field: 'host_email', all: ['email', 'host'], may: ['address', 'meeting', 'webinar'] },
  { field: 'email', all: ['email'], may: ['address', 'user', 'participant'] },
  { field: 'phone', all: ['phone'], may: ['number'] },
  { field: 'name', all: ['first', 'last'], may: ['name'] },
  { field: 'first_name', all: ['first', 'name'], may: ['participant', 'user'] },
  { field: 'last_name', all: ['last'], may: ['name', 'participant', 'user'] },
  { field: 'host_name', all: ['host'], may: ['name', 'meeting', 'webinar'] },
  { field: 'topic', all: ['name', 'meeting'] },
  { field: 'topic', all: ['name', 'webinar'] },
  { field: 'name', all: ['name'], may: ['original', 'user', 'participant'] },
  { field: 'meeting_minutes', all: ['duration', 'actual'], may: ['minutes', 'meeting', 'webinar', 'time'] },
  { field: 'meeting_minutes', all: ['duration', 'meeting'], may: ['minutes', 'total'] },
  { field: 'meeting_minutes', all: ['duration', 'webinar'], may: ['minutes', 'total'] },
  { field: 'minutes', all: ['duration'], may: ['minutes', 'total', 'time', 'session', 'user', 'join'] },
  { field: 'minutes', all: ['time', 'session'], may: ['minutes', 'total'] },
  { field: 'minutes', all: ['time', 'minutes'], may: ['total', 'meeting', 'webinar'] },
  { field: 'minutes', all: ['minutes'], may: ['total'] },
  { field: 'join', all: ['join', 'time'], may: ['meeting', 'webinar', 'session', 'participant', 'user'] },
  { field: 'leave', all: ['leave', 'time'], may: ['meeting', 'webinar', 'session', 'participant', 'user'] },
  { field: 'join', all: ['join'] },
  { field: 'leave', all: ['leave'] },
  { field: 'registrant_id', all: ['register', 'id'] },
  { field: 'registered_at', all: ['register', 'time'] },
  { field: 'registered_count', all: ['register', 'count'], may: ['participant', 'user'] },
  { field: 'registered_count', all: ['register', 'number'], may: ['participant', 'user'] },
  { field: 'approval', all: ['approval'], may: ['status', 'register'] },
  { field: 'started', all: ['start'], may: ['time', 'actual', 'meeting', 'webinar', 'session'] },
  { field: 'ended', all: ['end'], may: ['time', 'actual', 'meeting', 'webinar', 'session'] },
  { field: 'created', all: ['create', 'time'], may: ['meeting', 'webinar'] },
  { field: 'number', all: ['meeting', 'id'], may: ['number'] },
  { field: 'number', all: ['webinar', 'id'], may: ['number'] },
  { field: 'number', all: ['meeting', 'number'] },
  { field: 'number', all: ['webinar', 'number'] },
  { field: 'number', all: ['id'] },
  { field: 'guest', all: ['guest'] },
  { field: 'attended', all: ['attended'], may: ['meeting', 'webinar', 'session'] },
  { field: 'country', all: ['country'], may: ['region', 'name'] },
  { field: 'topic', all: ['topic'], may: ['meeting', 'webinar'] },
  { field: 'unique_viewers', all: ['unique', 'viewer'], may: ['count', 'number', 'total'] },
  { field: 'participants', all: ['participant'], may: ['count', 'number', 'total'] },
  { field: 'kind', all: ['type'], may: ['meeting', 'webinar'] },
  { field: 'attentiveness', all: ['attention'], may: ['score'] },
]

function fieldSaid(said: ReadonlySet<Concept>): Field | null {
  const rule = RULES.find(
    ({ all, may = [] }) =>
      all.every((concept) => said.has(concept)) &&
      [...said].every((concept) => all.includes(concept) || may.includes(concept)),
  )
  return rule?.field ?? null
}
