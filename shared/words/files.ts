/** What is wrong with a file, and what was done about it, as sentences for whoever handed it in. */
import type { FileRefusal, FileWarning, RefusalCode, WarningCode } from '../files/warnings.ts'
import { fileWarningsRu, fileRefusalsRu } from './files-ru.ts'
import { figure, formatFor } from './format.ts'
import type { Language } from './language.ts'

/** Who is told: somebody with options to type, or somebody with a page on which to choose. */
export type Asker = 'command_line' | 'page'

/** What a sentence may need. `what` is the value in quotes with a space before it, '' when there is none. */
export interface FileSaid {
  what: string
  value: string
  /** Null when told one by one. */
  count: number | null
  asker: Asker
}
export type FileSentence = (said: FileSaid) => string

const LONGEST_VALUE = 60

/** A warning as one or two sentences; file and line are not in it (`whereSentence`). */
export function fileWarningSentence(
  warning: Pick<FileWarning, 'code' | 'value' | 'count'>,
  asker: Asker,
  language: Language,
): string {
  const { sentences, more } = { en: { sentences: warnings, more: moreEn }, ru: fileWarningsRu }[language]
  const said = saidOf(warning.value, warning.count ?? null, asker)
  const sentence = sentences[warning.code](said)
  return said.count === null || countedThemselves.has(warning.code)
    ? sentence
    : `${more(said.count)} ${sentence}`
}

/** Why a file is refused and what to do, as one or two sentences; file and line are not in it (`whereSentence`). */
export function fileRefusalSentence(
  refusal: Pick<FileRefusal, 'code' | 'value'>,
  asker: Asker,
  language: Language,
): string {
  const sentences = language === 'ru' ? fileRefusalsRu : refusals
  return sentences[refusal.code](saidOf(refusal.value, null, asker))
}

/** Where it is, before a sentence about it: "lesson.csv, line 12: …". */
export function whereSentence(
  { file, line }: { file: string; line: number | null },
  sentence: string,
  language: Language,
): string {
  const word = language === 'ru' ? 'строка' : 'line'
  return line === null ? `${file}: ${sentence}` : `${file}, ${word} ${line}: ${sentence}`
}

function saidOf(value: string | undefined, count: number | null, asker: Asker): FileSaid {
  const shown = (value ?? '').replaceAll(/[\p{Cc}\p{Cf}]+/gu, ' ').trim()
  const cut = shown.length > LONGEST_VALUE ? `${shown.slice(0, LONGEST_VALUE)}…` : shown
  // First-strong isolates keep a right-to-left value from reordering the sentence around it.
  return { what: cut === '' ? '' : ` \u2068“${cut}”\u2069`, value: cut, count, asker }
}

/** Their count says how often, inside the sentence or not at all: they are never "more of these". */
const countedThemselves: ReadonlySet<WarningCode> = new Set([
  'bytes_replaced',
  'meeting_in_two_files',
  'base_from_rows',
  'base_not_in_file',
  'pages_missing',
])

const { count: number, counted } = formatFor('en')
const moreEn = (n: number): string => `${number(n)} more like this in the file:`
const rows = (n: number): string => counted(n, { one: 'row', other: 'rows' }).replace('\u00a0', ' ')
const option = (asker: Asker, typed: string, chosen: string): string =>
  asker === 'command_line' ? typed : chosen

const warnings: Record<WarningCode, FileSentence> = {
  zone_not_given: ({ asker }) =>
    `The file does not say in which time zone it was exported, so its times were read as UTC. ${option(asker, 'If they are not, give the zone with --tz, for example --tz Europe/Berlin.', 'If they are not, choose the zone.')}`,
  date_order_assumed: ({ asker }) =>
    `Nothing in the file decides whether day or month comes first, so the month was taken, as Zoom writes it with AM and PM. ${option(asker, 'If the day comes first, give --dates dmy.', 'If the day comes first, choose that order.')}`,
  date_order_mixed: ({ what, asker }) =>
    `The date${what} can only be read the other way round than the rest of the file, and was read so. ${option(asker, 'Look at the file; --dates says which order is meant.', 'Look at the file, or choose the order.')}`,
  stray_am_pm: ({ what }) => `The time${what} has AM or PM after a 24-hour time; the mark was ignored.`,
  time_twice: ({ what }) =>
    `The clock showed${what || ' this time'} twice that night. What fits the row’s minutes was taken, else the earlier.`,
  time_skipped: ({ what }) =>
    `The clock never showed${what || ' this time'} that night; it was moved forward by the skipped time.`,
  time_unreadable: ({ what }) =>
    what === ''
      ? 'A date or time is missing, so the row was kept with what it says.'
      : `The date or time${what} cannot be read, so the row was kept with what else it says.`,
  end_before_start: ({ what }) =>
    `The leave${what} lies before the join, so this stay counts with no length.`,
  time_in_future: ({ what }) =>
    `The time${what} is in the future. It was kept; look at the date order and the zone.`,
  very_long_stay: () => 'This stay is longer than a day. It was kept; look at its dates.',
  very_long_meeting: ({ what }) =>
    `The file tells of a meeting longer than a day${what && `, by${what}`}. Its times were kept, and are 100 % unless a window is given; look at its dates.`,
  meeting_times_odd: ({ what }) =>
    `The file tells that the meeting ended${what} before it started. That end was left out; unless a window is given, 100 % comes from the times of the rows.`,
  outside_meeting: ({ what }) =>
    `This row${what} lies far outside the start and end the file tells of the meeting. It was kept; only what lies inside counts for the share.`,
  duplicate_row: ({ what }) => `The row of${what || ' somebody'} is equal to an earlier one and counts once.`,
  duplicate_file: ({ what }) => `The file holds the same as${what || ' an earlier one'} and was read once.`,
  meeting_in_two_files: ({ what, count }) =>
    `A meeting in this file is also in${what || ' another one'}: they are one meeting${(count ?? 0) > 0 ? `, and ${rows(count ?? 0)} equal in both count once` : ''}.`,
  meeting_maybe_in_two_files: ({ what }) =>
    `A meeting in this file has the people of one in${what || ' another one'}, and one of the files has no times, so they may be one meeting. They were counted as two; if they are one, leave this file out.`,
  ragged_row: ({ what }) =>
    `This row has more or fewer cells than the header${what === '' ? '' : `:${what}`}. What could be placed was kept.`,
  unclosed_quote: ({ what }) =>
    `A quote is opened and never closed${what && `:${what}`}. It was read as a character.`,
  stray_quote: ({ what }) =>
    `A quote stands where none belongs${what && `:${what}`}. The cell was kept as written.`,
  cell_cut: () => 'A cell is longer than 64 KiB and was cut there.',
  nul_dropped: () => 'The file holds NUL characters; they were dropped.',
  bytes_replaced: ({ count }) =>
    `${count === null ? 'Some bytes are' : count === 1 ? 'One byte sequence is' : `${number(count)} byte sequences are`} no text in the file’s encoding; a mark (\ufffd) stands in their place.`,
  email_unreadable: ({ what }) =>
    `${what === '' ? 'A cell' : what.trim()} in the e-mail column is no address, so nobody is recognised by it.`,
  minutes_unreadable: ({ what }) => `The length${what} cannot be read; the row was kept without it.`,
  answer_unreadable: ({ what }) =>
    `The answer${what} is neither yes nor no in a language we know; it was read as no.`,
  columns_by_shape: ({ what, asker }) =>
    `The header is in words we do not know, so columns were recognised by what stands in them${what && `:${what}`}. ${option(asker, 'Look whether names and times are right.', 'Look at the columns, and choose where they are wrong.')}`,
  column_unread: ({ what, asker }) =>
    `The column${what} has no name we know and was not read. Should it say who was in the waiting room, these rows count as presence. ${option(asker, 'Look at it.', 'Look at it, and choose what it means.')}`,
  record_not_understood: ({ what }) =>
    `This line is no row, header or heading we know and was left out${what && `:${what}`}.`,
  section_unknown: ({ what }) => `The heading${what} is none we know, so the people below it have no role.`,
  pages_missing: ({ value, count }) =>
    value === ''
      ? `The last page of this answer says that another follows, and it is not in the file; ${count === null ? '…' : number(count)} records are. Give the other pages, too.`
      : `Pages of this answer are missing: the file has ${count === null ? '…' : number(count)} of ${figure(value, number)} records. Give the other pages, too.`,
  no_times: () =>
    'The list has no times of joining and leaving, so there is no presence and no share, only the minutes it reports.',
  base_from_rows: ({ what, count, asker }) =>
    `The file does not tell when ${count === null ? 'the meeting' : `${number(count)} of its meetings`} started and ended, so 100 % is from the first join to the last leave.${what && ` Rows whose times cannot well be right do not stretch it:${what} (lines).`} ${option(asker, 'A window can be given: --base 18:00-19:30.', 'A window can be typed instead.')}`,
  base_not_in_file: ({ asker }) =>
    `An exported file does not say for when the meeting was scheduled, so there is no share. ${option(asker, 'Use --base actual, or give the window: --base 18:00-19:30.', 'Choose the actual time, or type the window.')}`,
  file_ends_early: () =>
    'The file ends in the middle of a record. It was read as far as it goes; the export may be incomplete.',
  no_rows: () => 'There are no participants in the file.',
}

const exportIt = 'Export the participants of the meeting from Zoom’s portal as CSV and use that file.'

const refusals: Record<RefusalCode, FileSentence> = {
  empty_file: () => `The file is empty. ${exportIt}`,
  image: () => `This is a picture, not a list. ${exportIt}`,
  pdf: () => `This is a PDF, not a list that can be read. ${exportIt}`,
  archive: () => 'This is an archive. Unpack it and use the CSV files inside.',
  spreadsheet: () => 'This is a spreadsheet file. Save it as CSV (UTF-8) and use that file.',
  document: () => `This is a document of a word processor, not a list. ${exportIt}`,
  audio_or_video: () => `This is a recording, not a list. ${exportIt}`,
  web_page: () => `This is a web page, perhaps that of a sign-in, not an export. ${exportIt}`,
  binary: () => `This is no text, so it cannot be a list. ${exportIt}`,
  chat_log: () => `This is the chat of a meeting, not its participants. ${exportIt}`,
  transcript: () => `This is the transcript of a recording, not a list of participants. ${exportIt}`,
  teams_report: () => 'This is an attendance report of Microsoft Teams. Only lists of Zoom can be read.',
  meet_report: () => 'This is an attendance report of Google Meet. Only lists of Zoom can be read.',
  webex_report: () => 'This is an attendance report of Webex. Only lists of Zoom can be read.',
  meeting_list: () => `This is a list of meetings without their participants. ${exportIt}`,
  registration_list: () =>
    `This is a list of registrations: it says who wanted to come, not who came. ${exportIt}`,
  poll_report: () => `This is the report of a poll: it says who answered, not who was there. ${exportIt}`,
  qa_report: () => `This is the report of questions and answers, not of who was there. ${exportIt}`,
  survey_report: () => `This is the report of a survey: it says who answered, not who was there. ${exportIt}`,
  other_json: () => 'This is JSON, but no list of participants as Zoom’s API answers it.',
  not_recognised: ({ asker }) =>
    `No list of participants was found: no column of names with e-mails, times or minutes. ${option(asker, exportIt, `${exportIt} If it is one, say what its columns mean.`)}`,
  date_order_open: ({ what, asker }) =>
    `The date${what} can be read day first or month first, and nothing in the file decides. ${option(asker, 'Say which with --dates dmy or --dates mdy.', 'Choose which.')}`,
  unreadable: () => 'The file cannot be read. Look whether it is there, whole, and may be opened.',
}
