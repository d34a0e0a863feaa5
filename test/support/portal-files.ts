/**
 * Files in the shapes Zoom's portal and API give, written from one list of people, so that a test knows what a reader must
 * find in them. Pure; the same options give the same file.
 */
import { lesson, oneMeeting } from './portal-rows.ts'
import type {
  DateStyle,
  PortalFile,
  PortalMeeting,
  PortalOptions,
  PortalRow,
  PortalVariant,
} from './portal-rows.ts'
import { cellsOf, columnsOf, historyCells, meetingLines, newHistory, oldHistory } from './portal-tables.ts'
import { webinarLines } from './portal-webinars.ts'
import { portalWords, type PortalLanguage, type PortalWords } from './portal-words.ts'

/** A file of a variant, in a language. `truth` says what is in it. */
export function portalFile(
  variant: PortalVariant,
  language: PortalLanguage,
  options: PortalOptions = {},
): PortalFile {
  const rows = rowsFor(variant, options.rows ?? lesson)
  const meetings = options.meetings ?? [oneMeeting]
  const { number } = meetings[0] ?? oneMeeting
  const text = variant.startsWith('api')
    ? apiText(variant, rows, meetings)
    : [...portalLines(variant, language, { ...options, rows, meetings })].join('')
  const stem = variant.startsWith('webinar') ? `attendee_${number}_2026_05_20` : `participants_${number}`
  const told = /^(?:M|history|webinar)/.test(variant) ? meetings : []
  return {
    name: `${stem}.${variant.startsWith('api') ? 'json' : 'csv'}`,
    text,
    bytes: encode(text, options.encoding ?? 'utf-8'),
    truth: { rows, meetings: told, hasTimes: !isTotals(variant) },
  }
}

const isTotals = (variant: PortalVariant): boolean => ['P7', 'P8', 'P9', 'M2_totals'].includes(variant)
const hasWaiting = (variant: PortalVariant): boolean =>
  ['P5', 'P6', 'M1', 'M1_commas', 'M1_close', 'M2', 'history_old', 'history_new'].includes(variant) ||
  variant.startsWith('api')

/** What of a row a variant can say. */
function rowsFor(variant: PortalVariant, rows: readonly PortalRow[]): PortalRow[] {
  if (isTotals(variant)) {
    const people = new Map<string, PortalRow>()
    for (const each of rows) people.set(each.email || each.name, people.get(each.email || each.name) ?? each)
    return [...people.values()].map(({ name, email, stay, meeting = 0 }) => ({ name, email, stay, meeting }))
  }
  const kept = variant === 'webinar_registered' ? rows : rows.filter(({ stay }) => stay !== null)
  const told = kept.map((each) => (hasWaiting(variant) ? each : { ...each, waiting: false }))
  if (!variant.startsWith('webinar')) return told
  const order = ['host', 'panelist', 'attendee', 'other'] as const
  return order.flatMap((section) => told.filter((each) => (each.section ?? 'attendee') === section))
}

/** The lines of a separated file, each with its end, for files too long to hold. */
export function* portalLines(
  variant: PortalVariant,
  language: PortalLanguage,
  options: Omit<PortalOptions, 'rows'> & { rows: Iterable<PortalRow> },
): Generator<string> {
  const { separator = ',', lineEnd = '\n', dates = 'us' } = options
  const words: PortalWords = portalWords[language]
  const line = (cells: string[]): string =>
    cells.map((cell) => quoted(cell, separator)).join(separator) + lineEnd
  const when = (ms: number): string => written(ms, dates)
  const meetings = options.meetings ?? [oneMeeting]

  if (variant.startsWith('webinar')) {
    yield* webinarLines(variant, [...options.rows], meetings[0] ?? oneMeeting, { line, when })
    return
  }
  if (variant.startsWith('history')) {
    const left = variant === 'history_old' ? oldHistory : newHistory
    yield line([...left, ...columnsOf('P5', words)])
    let before = 0
    for (const each of options.rows) {
      const meeting = meetings[each.meeting ?? 0] ?? oneMeeting
      if ((each.meeting ?? 0) !== before) yield lineEnd
      before = each.meeting ?? 0
      yield line([...historyCells(variant, meeting, when), ...cellsOf('P5', each, words, when, meeting)])
    }
    return
  }
  const table = tableOf(variant)
  const blocks: { meeting: PortalMeeting; rows: Iterable<PortalRow> }[] =
    meetings.length === 1
      ? [{ meeting: meetings[0] ?? oneMeeting, rows: options.rows }]
      : [...meetings.entries()].map(([index, meeting]) => ({
          meeting,
          rows: [...options.rows].filter((each) => (each.meeting ?? 0) === index),
        }))
  for (const { meeting, rows } of blocks) {
    yield* meetingLines(variant, words, meeting, { line, when, lineEnd })
    yield line(columnsOf(table, words))
    for (const each of rows) yield line(cellsOf(table, each, words, when, meeting))
    if (blocks.length > 1) yield lineEnd
  }
}

const tableOf = (variant: PortalVariant): PortalVariant =>
  variant === 'M2' ? 'P6' : variant === 'M2_totals' ? 'P9' : variant.startsWith('M1') ? 'P5' : variant

function apiText(variant: PortalVariant, rows: PortalRow[], meetings: PortalMeeting[]): string {
  const { number, topic } = meetings[0] ?? oneMeeting
  const participants = rows.map(({ name, email, stay, waiting = false }, index) => ({
    id: '',
    user_id: String(16_778_240 + index * 1024),
    name,
    user_email: email,
    join_time: new Date(stay?.fromMs ?? 0).toISOString().replace('.000Z', 'Z'),
    leave_time: new Date(stay?.toMs ?? 0).toISOString().replace('.000Z', 'Z'),
    duration: stay === null ? 0 : (stay.toMs - stay.fromMs) / 1000,
    failover: false,
    status: waiting ? 'in_waiting_room' : 'in_meeting',
  }))
  if (variant === 'api_list') return JSON.stringify(participants, null, 2)
  const page = (part: typeof participants, token: string) => ({
    page_count: 1,
    page_size: 30,
    total_records: participants.length,
    next_page_token: token,
    participants: part,
  })
  if (variant === 'api_page')
    return JSON.stringify({ meeting_id: Number(number), topic, ...page(participants, '') })
  return JSON.stringify([page(participants.slice(0, 4), 'more'), page(participants.slice(4), '')], null, 1)
}

function quoted(cell: string, separator: string): string {
  return cell.includes(separator) || /["\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** A moment as an export writes it, on the clock of UTC. */
export function written(ms: number, style: DateStyle): string {
  const moment = new Date(ms)
  const two = (value: number): string => String(value).padStart(2, '0')
  const [year, month, day] = [moment.getUTCFullYear(), moment.getUTCMonth() + 1, moment.getUTCDate()]
  const [hour, minute, second] = [moment.getUTCHours(), moment.getUTCMinutes(), moment.getUTCSeconds()]
  const clock = `${two(hour)}:${two(minute)}:${two(second)}`
  const half = `${two(hour % 12 === 0 ? 12 : hour % 12)}:${two(minute)}:${two(second)} ${hour < 12 ? 'AM' : 'PM'}`
  switch (style) {
    case 'us':
      return `${two(month)}/${two(day)}/${year} ${half}`
    case 'us24':
      return `${two(month)}/${two(day)}/${year} ${clock}`
    case 'us_minutes':
      return `${month}/${day}/${year} ${hour}:${two(minute)}`
    case 'named':
      return `${months[month - 1] ?? ''} ${two(day)}, ${year} ${clock}`
    case 'dotted':
      return `${two(day)}.${two(month)}.${year} ${clock}`
    case 'iso':
      return `${year}-${two(month)}-${two(day)} ${clock}`
    case 'zulu':
      return `${year}-${two(month)}-${two(day)}T${clock}Z`
  }
}

function encode(text: string, encoding: NonNullable<PortalOptions['encoding']>): Uint8Array {
  if (encoding === 'utf-8') return new TextEncoder().encode(text)
  if (encoding === 'utf-8-bom') return new TextEncoder().encode(`\ufeff${text}`)
  const bytes = new Uint8Array(2 + text.length * 2)
  bytes.set([0xff, 0xfe])
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    bytes[2 + at * 2] = code & 0xff
    bytes[3 + at * 2] = code >> 8
  }
  return bytes
}
