/**
 * What can be wrong with a file, as stable codes with what a sentence about it needs; the sentences are in `shared/words`.
 * A warning keeps going and says what was done; a refusal ends the reading. `value` is text of the file, cut to 60
 * characters, for showing only; `count` is how many like it there were when they are told of together.
 */

/** What was done with what could not be understood. */
export const warningCodes = [
  /** No zone was given: times were read as UTC. */
  'zone_not_given',
  /** Nothing in the file decides between day and month first: Zoom's month first was taken. */
  'date_order_assumed',
  /** Some dates can only be read the other way round than the rest: those were read so. */
  'date_order_mixed',
  /** "14:05 PM": the mark was ignored. */
  'stray_am_pm',
  /** The clock showed this time twice that night: the earlier, or what fits the row, was taken. */
  'time_twice',
  /** The clock skipped this time that night: moved forward by the skip. */
  'time_skipped',
  /** A date or time that cannot be read: the row was kept without times, or left out when it had nothing else. */
  'time_unreadable',
  /** Leave before join: the row counts at its join with no length. */
  'end_before_start',
  /** A time later than now. Kept. */
  'time_in_future',
  /** A stay longer than a day. Kept. */
  'very_long_stay',
  /** A meeting that the file says was longer than a day. Kept. */
  'very_long_meeting',
  /** The file says that a meeting ended before it started: its end was left out. */
  'meeting_times_odd',
  /** The row lies far outside its meeting's own start and end. Kept. */
  'outside_meeting',
  /** A row equal to an earlier one: counted once. */
  'duplicate_row',
  /** The same file given twice: read once. */
  'duplicate_file',
  /** The same meeting in two files: rows that are equal count once. */
  'meeting_in_two_files',
  /** The same people in two files, one of them without times, and not the same minutes: kept as two meetings. */
  'meeting_maybe_in_two_files',
  /** More or fewer cells than the header has: what could be placed was kept. */
  'ragged_row',
  /** A quote was opened and never closed: it was read as a character. */
  'unclosed_quote',
  /** Text after a closing quote, or a quote inside an unquoted cell: kept as written. */
  'stray_quote',
  /** A cell longer than 64 KiB was cut. */
  'cell_cut',
  /** NUL characters were dropped. */
  'nul_dropped',
  /** Bytes that are no text in the file's encoding were replaced. */
  'bytes_replaced',
  /** A cell of the e-mail column that is no address: kept out of the keys. */
  'email_unreadable',
  /** A number of minutes that cannot be read. */
  'minutes_unreadable',
  /** A yes/no cell in no language we know: read as no. */
  'answer_unreadable',
  /** Columns recognised by their values, not by their names. */
  'columns_by_shape',
  /** A column behind the times that has no name we know, in a table without one for the waiting room: left unread. */
  'column_unread',
  /** A record that is neither a row, a header nor a heading: left out. */
  'record_not_understood',
  /** A heading of a section we have no name for: its people have no role. */
  'section_unknown',
  /** A saved answer of the API lacks pages: `count` records are in it, of `value` when it says how many there are. */
  'pages_missing',
  /** The list has people and minutes but no column of times: no presence, no share. */
  'no_times',
  /** There is no info block: the base is from the first join to the last leave. */
  'base_from_rows',
  /** A portal file does not say when the meeting was scheduled: no share. */
  'base_not_in_file',
  /** The file ends in the middle of a record. The record was read as far as it goes. */
  'file_ends_early',
  /** No participant rows in the file. */
  'no_rows',
] as const
export type WarningCode = (typeof warningCodes)[number]

export interface FileWarning {
  code: WarningCode
  file: string
  /** Null when it is about the whole file. */
  line: number | null
  value?: string
  count?: number
}

/** Why a file is refused. */
export const refusalCodes = [
  'empty_file',
  'image',
  'pdf',
  'archive',
  'spreadsheet',
  'document',
  'audio_or_video',
  'web_page',
  'binary',
  'chat_log',
  'transcript',
  'teams_report',
  'meet_report',
  'webex_report',
  'meeting_list',
  'registration_list',
  'poll_report',
  'qa_report',
  'survey_report',
  'other_json',
  /** Text, but no list of participants anybody exported from Zoom. */
  'not_recognised',
  /** 24-hour dates that can be read both ways, and nobody said which. */
  'date_order_open',
  /** The file cannot be opened or read by this program. */
  'unreadable',
] as const
export type RefusalCode = (typeof refusalCodes)[number]

export interface FileRefusal {
  code: RefusalCode
  file: string
  line: number | null
  value?: string
}
