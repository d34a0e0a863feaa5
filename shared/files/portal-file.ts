/**
 * What reading a file somebody exported gives, as types: what was recognised (`Survey`), and then the rows one by one
 * (`FileSink`). Instants are epoch milliseconds UTC; durations are seconds; lines count from 1.
 */
import type { Role, StrongKeys } from '../attendance/index.ts'
import type { FileRefusal, FileWarning } from './warnings.ts'

/** A file that can be read from its beginning as often as needed: a path, a browser's File, bytes in memory. */
export interface FileSource {
  /** As the person knows it; shown in warnings, and its digits may be the meeting number (`participants_<number>.csv`). */
  name: string
  /** Bytes, for progress; null when not known. */
  size: number | null
  open: () => AsyncIterable<Uint8Array>
}

export type Encoding =
  | 'utf-8'
  | 'utf-16le'
  | 'utf-16be'
  | 'windows-1251'
  | 'windows-1252'
  | 'shift_jis'
  | 'euc-kr'
  | 'gb18030'
  | 'big5'
export type Separator = ',' | ';' | '\t'

/** Which of the numbers of 03/04/2026 comes first. */
export type DateOrder = 'dmy' | 'mdy' | 'ymd'

/** What a column of participants says, whatever language its header is in. */
export type ParticipantField =
  | 'name'
  | 'first_name'
  | 'last_name'
  | 'email'
  | 'phone'
  | 'join'
  | 'leave'
  | 'minutes'
  | 'guest'
  | 'consent'
  | 'in_waiting_room'
  | 'attended'
  | 'registered_at'
  | 'approval'
  | 'registrant_id'
  | 'zoom_user_id'
  | 'country'
  | 'attentiveness'

/** What a column of the meeting (info block, webinar head, left half of a flattened history) says. */
export type MeetingField =
  | 'topic'
  | 'number'
  | 'kind'
  | 'host_name'
  | 'host_email'
  | 'started'
  | 'ended'
  | 'meeting_minutes'
  | 'participants'
  | 'created'
  | 'registered_count'
  | 'unique_viewers'

export type Field = ParticipantField | MeetingField

/** `named`: the header says so in a language we know; `shape`: only its values look so; `chosen`: the person said so. */
export interface Column {
  /** Position in the record, from 0. */
  at: number
  /** The header as written. */
  header: string
  /** Null for a column we keep unread: unknown, or a custom question. */
  field: Field | null
  by: 'named' | 'shape' | 'chosen'
}

/** What the file consists of; a webinar has sections, a history has the meeting on every row. */
export type Layout = 'participants' | 'totals' | 'history' | 'webinar' | 'api_answer'

export type Section = 'host' | 'panelist' | 'attendee' | 'other'

/** One meeting as the file tells of it. */
export interface FileMeeting {
  /** Digits only; null when neither the file nor its name tells. */
  number: string | null
  topic: string | null
  kind: 'meeting' | 'webinar' | 'event_session' | 'unknown'
  hostName: string | null
  hostEmail: string | null
  startedMs: number | null
  endedMs: number | null
  /** The file tells of registration, so somebody may be registered and absent. */
  hasRegistration: boolean
}

/** One participant row. A row that says nobody came (a registrant who stayed away) has `attended: false` and no times. */
export interface FileRow {
  /** In a saved answer of Zoom's API, which often is one line, the how many-th element of its lists instead. Unique in the file. */
  line: number
  /** Which of the meetings the sink was told of, from 0. */
  meeting: number
  section: Section | null
  /** As written, without a "(Host)" mark. May be anything at all: hostile, empty, ten thousand characters. */
  name: string
  /** E-mails are lower-cased and only there when they can be one; a cell that cannot is warned of and kept in no key. */
  keys: StrongKeys
  /** What stands in the place of an address that cannot be one; absent where nothing does, or more than an address could be. */
  emailAsWritten?: string
  role: Role
  place: 'main' | 'breakout' | 'waiting'
  attended: boolean
  /** Both null in lists without times; `toMs` is never before `fromMs`. */
  fromMs: number | null
  toMs: number | null
  /** What the times are exact to: 1 second, or 60 where the file has minutes only. */
  precisionSeconds: 1 | 60
  /** What the file's own column says of the length; null when it says nothing readable. */
  reportedSeconds: number | null
  /** Approved, pending, denied, cancelled, as found, in lower case when in English; null when nothing is said. */
  registration: string | null
  /** This row carries registration data (a registered person's first row); rejoin rows of a registrant do not. */
  registered: boolean
}

/** What the person may decide when the file does not: all optional, the file's own evidence wins only where nothing is given. */
export interface Choices {
  /** IANA zone the file's times are meant in; null: read as UTC, with a warning. */
  zone: string | null
  dates: DateOrder | null
  /** Meaning of columns by their position, for headers we could not name. */
  columns: ReadonlyMap<number, Field | null> | null
  /** Now, for telling times in the future; when left out, the clock of this machine. */
  nowMs?: number
}

/** What was recognised in one pass over the file, before anything is read from it: the preview. */
export interface Survey {
  file: string
  layout: Layout
  encoding: Encoding
  separator: Separator | null
  /** Columns of participants, of the (first) table that has rows. */
  columns: Column[]
  /** True when some needed column is known by its shape alone: ask before importing. */
  needsConfirmation: boolean
  /** Null order: times are ISO, or there are none. */
  dates: {
    order: DateOrder | null
    /** `file`: decided by the file; `assumed`: month first, as Zoom writes with AM/PM; `given`; `open`: nobody can tell. */
    by: 'file' | 'assumed' | 'given' | 'open' | 'none'
    /** First line with a date that could be read both ways; null when there is none. */
    line: number | null
  }
  hasTimes: boolean
  /** Times carry their own offset (ISO with Z or +hh:mm), so no zone is needed. */
  zoned: boolean
  /** Some time of a row, or of a meeting, is on nobody knows whose clock. */
  needsZone: boolean
  hasRegistration: boolean
  /** What its times are exact to: 60 when none of them is written with seconds. */
  precisionSeconds: 1 | 60
  /** Participant rows seen; the sum over the meetings of the file. */
  rows: number
  /** `started` as written; `hasRegistration`: some row of this meeting carries registration data. */
  meetings: {
    number: string | null
    topic: string | null
    started: string | null
    rows: number
    hasRegistration: boolean
  }[]
  /** The first rows, as text, for looking at. At most 10, cells cut to 200 characters. */
  firstRows: string[][]
}

/**
 * Where the rows of a file go. Called in the order of the file, always a meeting before its rows. It is told every warning
 * about the file, those of its survey again: show one or the other.
 */
export interface FileSink {
  meeting: (meeting: FileMeeting) => void
  row: (row: FileRow) => void
  warning: (warning: FileWarning) => void
}

/** Told while a file is read: bytes so far. Returning a promise lets the reader wait, so that others get their turn. */
export type Progress = (bytes: number) => void | Promise<void>

/** The file cannot be understood at all, or not without an answer: one sentence from `shared/words`. */
export class FileRefused extends Error {
  readonly refusal: FileRefusal
  constructor(refusal: FileRefusal) {
    super(`${refusal.file}: ${refusal.code}`)
    this.name = 'FileRefused'
    this.refusal = refusal
  }
}
