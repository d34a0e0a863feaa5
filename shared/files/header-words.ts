/** The words of a column header, and what they say together: a grammar of a few dozen notions in many languages. */
import { STEMS } from './headers-vocabulary.ts'
import type { Field } from './portal-file.ts'

/** What a word can say, apart from any language. */
export type Concept = keyof typeof STEMS

/**
 * Lower case, accents folded, one kind of bracket, apostrophe and hyphen, no trailing punctuation. Names as programs write
 * them ("JoinTime", "join_time") are words, and the number they give to a name that is there twice ("Email.1") says nothing.
 */
export function plainHeader(header: string): string {
  return fold(header.replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2'))
    .replace(/[\u2018\u2019\u02bc\u0060\u00b4]/g, "'")
    .replace(/[\u2010-\u2015\u2212]/g, '-')
    .replace(/\be-(mail|post)/g, 'e$1')
    .replace(/[\p{Cf}\s_]+/gu, ' ')
    .replace(/ ?\( ?/g, ' (')
    .replace(/ ?\)/g, ')')
    .replace(/[\s?:*.;,]+$/, '')
    .replace(/(?<=[^\d\s])[ .](\d{1,2}|\(\d{1,2}\))$/, '')
    .trim()
}

/** Upper and lower case, full and half width, accents: none of them tells headers apart. */
export const fold = (text: string): string =>
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

const UNSPACED = /[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Hangul}]/u
/** "会議ID" is two words. */
const TOKEN =
  /#|\d+|(?:(?=[\p{L}\p{M}])[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Hangul}])+|(?:(?![\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Hangul}])[\p{L}\p{M}])+/gu

/** What a word says: one thing, two for a compound ("Warteraum"), several for a run without spaces; null: unexplained. */
function conceptsIn(word: string): Concept[] | null {
  const { whole, beginnings, endings } = dictionary()
  if (UNSPACED.test(word)) return runConcepts(word)
  const exact = whole.get(word)
  if (exact !== undefined) return [exact]
  const beginning = beginnings.find(([stem]) => word.startsWith(stem))
  if (beginning === undefined) return null
  // "deelname" begins with all of itself, and ends with no name.
  const rest = word.length - beginning[0].length
  const ending = endings.find(([stem]) => rest > 0 && rest >= stem.length && word.endsWith(stem))
  // "Firmenname" is no name of ours: both halves of a compound have to say something.
  return ending === undefined ? [beginning[1]] : [beginning[1], ending[1]]
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

/** What all words of a text say; null when there are none, too many, or one that cannot be explained. */
export function conceptsOf(text: string): Concept[] | null {
  const tokens = text.match(TOKEN) ?? []
  if (tokens.length === 0 || tokens.length > MOST_WORDS) return null
  const all: Concept[] = []
  for (const token of tokens) {
    const concepts = conceptsIn(token)
    if (concepts === null) return null
    all.push(...concepts)
  }
  return all
}

/** At most this many words make a header; the longest one seen has nine. */
const MOST_WORDS = 12

/** What may be said beside a time without changing whose it is. */
const ABOUT: Concept[] = ['meeting', 'webinar', 'session', 'participant', 'user', 'actual']

/** What has to be said, and what may be said beside it, for each field: the first rule that fits. */
const RULES: { field: Field; all: Concept[]; may?: Concept[] }[] = [
  { field: 'in_waiting_room', all: ['waiting'], may: ['room', 'meeting'] },
  { field: 'consent', all: ['recording', 'consent'], may: ['response', 'register'] },
  { field: 'consent', all: ['register', 'consent'], may: ['response'] },
  { field: 'host_email', all: ['email', 'host'], may: ['address', 'meeting', 'webinar'] },
  { field: 'email', all: ['email'], may: ['address', 'user', 'participant'] },
  { field: 'phone', all: ['phone'], may: ['number'] },
  { field: 'name', all: ['first', 'last'], may: ['name'] },
  { field: 'name', all: ['last', 'original'], may: ['name'] },
  { field: 'first_name', all: ['first', 'name'], may: ['participant', 'user'] },
  { field: 'last_name', all: ['last'], may: ['name', 'participant', 'user'] },
  { field: 'host_name', all: ['host'], may: ['name', 'meeting', 'webinar'] },
  { field: 'topic', all: ['name', 'meeting'] },
  { field: 'topic', all: ['name', 'webinar'] },
  { field: 'name', all: ['name'], may: ['original', 'user', 'participant'] },
  { field: 'meeting_minutes', all: ['duration', 'actual'], may: ['minutes', 'meeting', 'webinar', 'time'] },
  { field: 'meeting_minutes', all: ['duration', 'meeting'], may: ['minutes', 'total'] },
  { field: 'meeting_minutes', all: ['duration', 'webinar'], may: ['minutes', 'total'] },
  {
    field: 'minutes',
    all: ['duration'],
    may: ['minutes', 'total', 'time', 'session', 'user', 'join', 'partake', 'attended'],
  },
  { field: 'minutes', all: ['time', 'session'], may: ['minutes', 'total', 'join', 'partake', 'attended'] },
  {
    field: 'minutes',
    all: ['time', 'minutes'],
    may: ['total', 'meeting', 'webinar', 'join', 'partake', 'attended'],
  },
  { field: 'minutes', all: ['minutes'], may: ['total'] },
  { field: 'join', all: ['join', 'time'], may: ABOUT },
  {
    field: 'join',
    all: ['partake', 'time'],
    may: ['join', ...ABOUT],
  },
  { field: 'leave', all: ['leave', 'time'], may: ABOUT },
  { field: 'join', all: ['join'] },
  { field: 'leave', all: ['leave'] },
  { field: 'registrant_id', all: ['register', 'id'] },
  { field: 'registered_at', all: ['register', 'time'] },
  // In Italian one word is both; a recording has no time of its own here.
  { field: 'registered_at', all: ['recording', 'time'] },
  { field: 'registered_count', all: ['register', 'count'], may: ['participant', 'user'] },
  { field: 'registered_count', all: ['register', 'number'], may: ['participant', 'user'] },
  { field: 'approval', all: ['approval'], may: ['status', 'register'] },
  { field: 'started', all: ['start'], may: ['time', ...ABOUT] },
  { field: 'ended', all: ['end'], may: ['time', ...ABOUT] },
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

/** The field that a header's words make together; null for none. `nothing` among them says nothing, a date is a time. */
export function fieldSaid(concepts: readonly Concept[]): Field | null {
  const said = new Set<Concept>(
    concepts
      .filter((concept) => concept !== 'nothing')
      .map((concept) => (concept === 'date' ? 'time' : concept)),
  )
  const rule = RULES.find(
    ({ all, may = [] }) =>
      all.every((concept) => said.has(concept)) &&
      [...said].every((concept) => all.includes(concept) || may.includes(concept)),
  )
  return rule?.field ?? null
}
