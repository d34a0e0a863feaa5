/**
 * What the page asks of the Worker that reads its files, and what it gets: never all people, only the window of the list that
 * is looked at, so that the page stays as quick with 100,000 rows as with ten. Everything here can be posted as a message.
 */
import type { Concurrency, Confidence, EvidenceReason, Role } from '../../shared/attendance/index.ts'
import type { Column, DateOrder, Field, FileRefusal, FileWarning, Survey } from '../../shared/files/index.ts'
import type { AnswerStatus } from '../../shared/people/index.ts'
import type { Stay } from '../../shared/wire/index.ts'
import type { Language } from '../../shared/words/index.ts'
import type { ListCounts } from '../../shared/words/list-sentence.ts'

export interface Desk {
  /** Looks at one file, before anything is read of it. */
  look(file: FileToRead): Promise<Look>
  /** Reads all files into one list, which every question below is about from then on. */
  gather(files: readonly FileToRead[], zone: string): Promise<Gathering>
  /** Measures everybody against a base. */
  measure(base: Base): Promise<Measured>
  /** Chooses who is listed and in which order; `rows` are numbered within it. */
  select(query: Query): Promise<Selected>
  rows(first: number, last: number): Promise<Row[]>
  /** Everything about one person by their number in the whole list. */
  person(index: number): Promise<Details>
  /** How many were there in one meeting; null where nobody was, or nobody knows when. */
  curve(meeting: number): Promise<Concurrency | null>
  /** Who changes sides when the minimum moves, and who is close to it. Percent. */
  flips(fromPercent: number, toPercent: number): Promise<Flips>
  /** The list as `rollbook people --format csv` writes it; below `sentence` and an empty line where there is one. */
  csv(minPercent: number, sentence: string | null): Promise<Blob>
  /** The same below its sentence, as cells to be pasted into a spreadsheet. */
  table(minPercent: number, sentence: string, language: Language): Promise<string>
}

/** A file with what the person said of it. */
export interface FileToRead {
  id: string
  file: Blob
  name: string
  /** Meaning of columns by their position; null: as recognised. */
  columns: [number, Field | null][] | null
  dates: DateOrder | null
}

export type Look =
  | { as: 'list'; survey: Survey; ambiguous: Ambiguous | null }
  /** `table`: what its columns are, for somebody who can say what they mean. */
  | { as: 'refused'; refusal: FileRefusal; table: { columns: Column[]; firstRows: string[][] } | null }

/** The first date that can be read both ways. Both as instants of midnight UTC. */
export interface Ambiguous {
  text: string
  dmyMs: number
  mdyMs: number
}

/** `refused`: files that could be looked at and then not be read; they went away meanwhile, or were saved anew. */
export type Gathering = { overview: Overview } | { refused: { id: string; refusal: FileRefusal }[] }

export interface Overview {
  /** For the sentence on top; the minimum and the base come with them later. */
  counts: Omit<ListCounts, 'minimum' | 'base' | 'zone'>
  rows: number
  /** In the order of their start; `index` is what everything else calls them by. */
  meetings: MeetingSaid[]
  /** Some file tells when a meeting started and ended. */
  tellsTimes: boolean
  warnings: FileWarning[]
  /** Beyond those in `warnings`. */
  moreWarnings: number
}

export interface MeetingSaid {
  index: number
  topic: string | null
  number: string | null
  file: string
  rows: number
  /** The stretch its bars and curve are drawn over; null without times. */
  span: { fromMs: number; toMs: number } | null
}

/** `told`: from start to end as the file says; `rows`: from the first join to the last leave; or a window of the clock. */
export type Base = 'told' | 'rows' | { fromMinute: number; toMinute: number }

export interface Measured {
  base: ListCounts['base']
  /** Length of all bases together; 0 when there is none. */
  baseSeconds: number
  /** How many reach so many thousandths: 1001 numbers, never growing. */
  reaching: Uint32Array
  /** Of how many who came no share can be told. */
  unknown: number
  warnings: FileWarning[]
}

export const shows = [
  'came',
  'passing',
  'below',
  'no_email',
  'unidentified',
  'conflict',
  'walk_in',
  'waited',
  'stayed_away',
] as const
export type Show = (typeof shows)[number]
export const orders = ['joined', 'name', 'present'] as const
export type Order = (typeof orders)[number]

export interface Query {
  show: Show
  search: string
  order: Order
  /** Percent. */
  minimum: number
  language: Language
}

export interface Selected {
  count: number
  /** Without the search. */
  counts: Record<Show, number>
}

export interface Row {
  /** Number of the person in the whole list. */
  index: number
  name: string
  others: string[]
  email: string | null
  role: Role
  confidence: Confidence
  statuses: AnswerStatus[]
  registration: string | null
  presentSeconds: number | null
  reportedSeconds: number | null
  waitingSeconds: number
  /** 0 to 1, rounded down to 0.001. */
  share: number | null
  firstMs: number | null
  lastMs: number | null
  /** The longest time away between two stays of one meeting; null when there was none. */
  gap: { fromMs: number; toMs: number } | null
  /** Devices that were there at once. */
  devices: number
  /** Meetings they were in. */
  meetings: number
  /** When they were where, meeting by meeting. */
  stays: { meeting: number; stays: Stay[] }[]
}

export interface Details extends Row {
  evidence: EvidenceReason[]
  /** Their connections, each with its segments, by meeting and time. */
  connections: {
    meeting: number
    name: string
    segments: { place: Stay['place']; fromMs: number; toMs: number; overlaps: boolean }[]
  }[]
}

/** All by name. */
export interface Flips {
  gained: string[]
  lost: string[]
  close: string[]
}
