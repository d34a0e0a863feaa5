/** The plain-browser page that reads files: what it says around them. The sentences about a file are in `files.ts`. */
import type { ParticipantField } from '../files/portal-file.ts'
import { ruDrop } from './drop-ru.ts'
import { formatFor, NBSP, type PluralForms } from './format.ts'
import type { Language } from './language.ts'
import { minimumWords } from './minimum.ts'

const { count, counted } = formatFor('en')
const people: PluralForms = { one: 'person', other: 'people' }
const rows: PluralForms = { one: 'row', other: 'rows' }

const minimum = minimumWords('en')

const en = {
  area: {
    title: 'Drop your Zoom CSV here',
    titleDropping: 'Let go to read it',
    again: 'Add another file',
    choose: 'Choose files',
    stays: 'It stays in this browser: nothing is uploaded.',
    what: 'Any participants report of Zoom’s portal, in any language; several files or a folder count as one list. Copied rows can be pasted.',
    example: 'Try it with an example',
    label: 'Files with lists of participants',
    pasted: (n: number) => `pasted ${n}.csv`,
  },
  files: {
    title: 'Files',
    reading: 'Reading…',
    looking: 'Looking at it…',
    waiting: 'Waits for your answer',
    rows: (n: number) => counted(n, rows),
    remove: (name: string) => `Remove ${name}`,
    startOver: 'Start over',
    cancel: 'Cancel',
    progress: 'How much has been read',
    layouts: {
      participants: 'Meeting',
      totals: 'Totals without times',
      history: 'Several meetings',
      webinar: 'Webinar',
      api_answer: 'Answer of Zoom’s API',
    },
    sayColumns: 'Say what its columns mean',
    twice: (name: string) => `${name} is there already.`,
    removed: (name: string | null) =>
      name === null ? 'All files were taken off the page.' : `${name} was taken off the page.`,
    putBack: 'Put back',
  },
  asks: {
    orderTitle: 'Which comes first, day or month?',
    order: (date: string, file: string) =>
      `“${date}” in ${file} can be read both ways, and nothing in the file decides.`,
    orderUnshown: (file: string) =>
      `The dates in ${file} can be read both ways, and nothing in the file decides.`,
    orders: { dmy: 'Day first', mdy: 'Month first' },
    reads: (day: string) => `it is ${day}`,
    columnsTitle: 'Is this what the columns mean?',
    columns: (file: string) =>
      `The header of ${file} is in words we do not know. We went by what stands in the columns.`,
    columnsUnknown: (file: string) =>
      `We could not tell what the columns of ${file} mean. Say which is which.`,
    meaningOf: (header: string) => `Meaning of the column ${header}`,
    unnamed: (n: number) => `column ${n}`,
    unread: 'Not read',
    use: 'Use these columns',
    fields: {
      name: 'Name',
      first_name: 'First name',
      last_name: 'Last name',
      email: 'E-mail',
      phone: 'Phone',
      join: 'Join time',
      leave: 'Leave time',
      minutes: 'Minutes',
      in_waiting_room: 'In the waiting room',
      attended: 'Attended',
      registered_at: 'Registered at',
      approval: 'Approval',
    } satisfies Partial<Record<ParticipantField, string>>,
  },
  zone: {
    label: 'Times are meant in',
    own: (zone: string) => `${zone} (your browser’s)`,
    hint: 'The file does not say it. Zoom writes the zone of whoever exported it.',
    dates: 'Dates',
  },
  result: {
    read: (n: number) => `Read: ${counted(n, people)}.`,
    nobody: 'Nobody is in these files',
    nobodyNext: 'They were read, but no row is about a person. Look at what is said about the files.',
    meetings: (n: number) => counted(n, { one: 'meeting', other: 'meetings' }),
    rows: (n: number) => counted(n, rows),
    untitled: 'Meeting without a title',
    noCurve:
      'No curve and no bars: these lists have no times of joining and leaving, only the minutes Zoom reports.',
    meeting: 'Meeting',
  },
  minimum,
  base: {
    label: '100 % is',
    told: 'The meeting',
    rows: 'First join to last leave',
    window: 'A window',
    from: 'From',
    to: 'To',
    is: (stretch: string, minutes: string) => `100 % is ${stretch}: ${minutes}.`,
    isAll: (n: number, of: number, minutes: string) =>
      n === of
        ? `100 % is ${n === 2 ? 'both meetings' : `all ${count(n)} meetings`}: ${minutes}.`
        : `100 % is the ${count(n)} of ${count(of)} meetings that have times: ${minutes}.`,
    none: 'There is no stretch to measure against.',
    fromRows: 'The file does not tell when the meeting started and ended.',
    onDay: 'On each meeting’s own day; an end before the start is the next day.',
  },
  people: {
    search: (n: number) => `Search ${counted(n, people)}`,
    shows: {
      came: 'Came',
      passing: (percent: string) => `Stayed ${percent}`,
      below: 'Stayed less',
      no_email: 'No e-mail',
      unidentified: 'Unidentified',
      conflict: 'Conflict',
      walk_in: 'Not registered',
      waited: 'Waiting room only',
      stayed_away: 'Never came',
    },
    listed: 'Listed',
    orders: { joined: 'Joined', name: 'Name', present: 'Minutes' },
    columns: { name: 'Name', what: 'What happened', when: 'When', long: 'Minutes, share' },
    of: (n: number, all: number) => `${count(n)}${NBSP}of${NBSP}${count(all)} meetings`,
    neverCame: 'registered, never came',
    reported: 'as Zoom reports it',
    below: 'less than the minimum',
    tooMany: (n: number) => `The first ${count(n)} can be scrolled through; search finds everybody.`,
    loading: 'Loading…',
  },
  person: {
    share: 'Share',
    shareOf: (percent: string, seconds: string) => `${percent} of ${seconds}`,
    reported: 'Zoom’s own minutes',
    registration: 'Registration',
    once: 'at the same time as another device, counted once',
    noTimes: 'The list has no times for this person.',
    stays: 'Where and when',
  },
  warnings: {
    title: (n: number) => counted(n, { one: 'note about the files', other: 'notes about the files' }),
    more: (n: number) => `And ${count(n)} more.`,
    line: (n: number) => `Line ${count(n)}`,
  },
  save: {
    title: 'Take it along',
    csv: 'Download CSV',
    copy: 'Copy as a table',
    sentence: 'Sentence on top of the CSV',
    hint: 'Made in this browser; nothing in it can run in a spreadsheet.',
    preparing: 'Preparing…',
    copied: (n: number) => `Copied: ${counted(n, rows)}. Paste it into a sheet.`,
    notCopied: 'The browser does not let us copy. Download the CSV instead.',
    tooLong: (n: number) =>
      `More than ${counted(n, rows)} do not fit the clipboard. Download the CSV instead.`,
    file: 'attendance.csv',
  },
  failed: {
    title: 'Reading stopped',
    text: 'The browser ended the work, most likely for want of memory. Your files are untouched, and nothing left this browser.',
    next: 'Try fewer files at once, or the command line: npx rollbook people FILE…',
    again: 'Try again',
    tooLarge: (size: string, most: string) =>
      `This is ${size} together, and a browser page is a poor place for more than ${most}. The command line reads it: npx rollbook people FILE…`,
    noFiles: 'There are no files in what was dropped.',
    tooMany: (most: number) =>
      `More than ${count(most)} files at once are too many for a page. Drop the lists alone, or use the command line: npx rollbook people FILE…`,
    unloaded:
      'The part of the page that reads files did not load. Look at the connection and reload the page.',
  },
  megabytes: (n: number) => `${count(n)}${NBSP}MB`,
  percent: minimum.percent,
  share: minimum.share,
}

export type DropWords = typeof en

/** The words of the page that reads files. */
export function dropWords(language: Language): DropWords {
  return language === 'ru' ? ruDrop : en
}
