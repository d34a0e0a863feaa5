/**
 * Files in the shapes Zoom's portal and API give, written from one list of people, so that a test knows what a reader must
 * find in them. Pure; the same options give the same file.
 */
import { portalWords, type PortalLanguage, type PortalWords } from './portal-words.ts'

export type { PortalLanguage } from './portal-words.ts'
export { portalLanguages } from './portal-words.ts'

/** One connection of one person, as a list shows it. Times are epoch milliseconds, written as the clock of UTC shows them. */
export interface PortalRow {
  name: string
  email: string
  /** Null: registered and never came. */
  stay: { fromMs: number; toMs: number } | null
  waiting?: boolean
  section?: 'host' | 'panelist' | 'attendee' | 'other'
  /** Which of the meetings, from 0. */
  meeting?: number
  /** A rejoin of somebody registered: their registration is not repeated. */
  rejoin?: boolean
}

export interface PortalMeeting {
  number: string
  topic: string
  host: { name: string; email: string }
  startedMs: number
  endedMs: number
}

/** `M1` without or with commas in the blank line, `M2` of 2024; `history` flattened; `webinar` with and without registration. */
export const portalVariants = [
  ...(['P1', 'P2', 'P3', 'P4', 'P5', 'P6', 'P7', 'P8', 'P9'] as const),
  ...(['M1', 'M1_commas', 'M1_close', 'M2', 'M2_totals'] as const),
  ...(['history_old', 'history_new', 'webinar', 'webinar_2020', 'webinar_registered'] as const),
  ...(['api_page', 'api_pages', 'api_list'] as const),
] as const
export type PortalVariant = (typeof portalVariants)[number]

export type DateStyle = 'us' | 'us24' | 'us_minutes' | 'named' | 'dotted' | 'iso' | 'zulu'

export interface PortalOptions {
  rows?: PortalRow[]
  meetings?: PortalMeeting[]
  separator?: ',' | ';' | '\t'
  lineEnd?: '\n' | '\r\n' | '\r'
  encoding?: 'utf-8' | 'utf-8-bom' | 'utf-16le'
  dates?: DateStyle
}

export interface PortalFile {
  name: string
  bytes: Uint8Array
  text: string
  /** What a reader must find. Rows in the order of the file; without times and meetings where the variant has none. */
  truth: { rows: PortalRow[]; meetings: PortalMeeting[]; hasTimes: boolean }
}

const MINUTE = 60_000
const start = Date.UTC(2026, 4, 20, 18, 4, 0)
const at = (minutes: number): number => start + Math.round(minutes * 60) * 1000

export const oneMeeting: PortalMeeting = {
  number: '81234567890',
  topic: 'Algebra, evening group',
  host: { name: 'Vera Host', email: 'vera@school.example' },
  startedMs: start,
  endedMs: start + 108 * MINUTE,
}

/** A lesson: the host, two devices at once, a rejoin, somebody without an address, a comma and quotes in names. */
export const lesson: PortalRow[] = [
  row('Vera Host', 'vera@school.example', 0, 108, { section: 'host' }),
  row('Anna Berg', 'anna@mail.example', 1, 50.4, { section: 'panelist' }),
  row('Anna Berg', 'anna@mail.example', 52, 107, { section: 'panelist' }),
  row('Müller, Jörg "JM"', 'j.mueller@mail.example', 2.25, 107.9),
  row('Иван Петров', '', 3, 100),
  row('iPhone', '', 4, 9.5),
  row('王小明 (Ming)', 'ming@mail.example', 5, 60),
  row('王小明 (Ming)', 'ming@mail.example', 58, 108, { rejoin: true }),
  row("O'Hara; Tom", 'tom@mail.example', 6, 7.01, { waiting: true }),
]

function row(
  name: string,
  email: string,
  from: number,
  to: number,
  rest: Partial<PortalRow> = {},
): PortalRow {
  return { name, email, stay: { fromMs: at(from), toMs: at(to) }, ...rest }
}

/** Many rows for measuring: people with one to four connections, some overlapping, half without an address. Streams. */
export function* manyRows(count: number): Generator<PortalRow> {
  let person = 0
  for (let made = 0; made < count; person++) {
    const name = `${firstNames[person % firstNames.length] ?? ''} ${lastNames[(person * 7) % lastNames.length] ?? ''} ${person}`
    const email = person % 2 === 0 ? `person${person}@mail.example` : ''
    const connections = 1 + (person % 4)
    for (let index = 0; index < connections && made < count; index++, made++) {
      const fromMs = start + ((person * 37) % 600) * 1000 + index * 20 * MINUTE
      yield { name, email, stay: { fromMs, toMs: fromMs + (18 + ((person + index) % 5)) * MINUTE } }
    }
  }
}
const firstNames = ['Anna', 'Boris', 'Chloé', 'Дарья', 'Emre', 'Fatima', 'Gökhan', 'Hana', 'Ивáн', 'Juan']
const lastNames = ['Berg', 'Costa', 'Дубова', 'Eriksen', 'Ferrari', 'García', 'Hoffmann', 'Ito', 'Jansen']

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

interface Writing {
  line: (cells: string[]) => string
  when: (ms: number) => string
}

function* meetingLines(
  variant: PortalVariant,
  words: PortalWords,
  { number, topic, host, startedMs, endedMs }: PortalMeeting,
  { line, when, lineEnd }: Writing & { lineEnd: string },
): Generator<string> {
  if (!variant.startsWith('M')) return
  const [topicName, id, hostName, minutesName, startName, endName, participants] = words.meeting
  const minutes = String(minutesBetween(startedMs, endedMs))
  if (variant.startsWith('M2')) {
    const grouped = `${number.slice(0, 3)} ${number.slice(3, 7)} ${number.slice(7)}`
    yield line([topicName, id, hostName, minutesName, startName, endName, participants])
    yield line([topic, grouped, `${host.name} (${host.email})`, minutes, when(startedMs), when(endedMs), '7'])
    yield lineEnd
    return
  }
  const idName = words === portalWords.en ? 'Meeting ID' : id
  yield line([idName, topicName, startName, endName, words.email, minutesName, participants, ''])
  yield line([number, topic, when(startedMs), when(endedMs), host.email, minutes, '9', ''])
  if (variant === 'M1') yield lineEnd
  if (variant === 'M1_commas') yield line(['', '', '', '', '', '', ''])
}

/** P1 to P9, as listed in the documentation of the reader. */
function columnsOf(table: PortalVariant, words: PortalWords): string[] {
  const { name, email, join, leave, minutes, total, guest, consent, waiting } = words
  switch (table) {
    case 'P7':
      return [name, email, total]
    case 'P8':
    case 'P9':
      return [name, email, total, guest]
    default:
      return [
        ...[name, email, join, leave, minutes],
        ...(table === 'P1' || table === 'P4' ? [] : [guest]),
        ...(table === 'P3' || table === 'P4' || table === 'P5' || table === 'P6' ? [consent] : []),
        ...(table === 'P5' || table === 'P6' ? [waiting] : []),
      ]
  }
}

function cellsOf(
  table: PortalVariant,
  { name, email, stay, waiting = false }: PortalRow,
  words: PortalWords,
  when: (ms: number) => string,
  meeting: PortalMeeting,
): string[] {
  const isHost = email === meeting.host.email
  const minutes = stay === null ? '0' : String(minutesBetween(stay.fromMs, stay.toMs))
  const guest = isHost ? words.no : words.yes
  if (table === 'P7') return [name, email, minutes]
  if (table === 'P8' || table === 'P9') return [name, email, minutes, guest]
  const shown = isHost ? `${name} ${words.host}` : name
  const times = stay === null ? ['', ''] : [when(stay.fromMs), when(stay.toMs)]
  return [
    ...[shown, email, ...times, minutes],
    ...(table === 'P1' || table === 'P4' ? [] : [guest]),
    ...(table === 'P3' || table === 'P4' || table === 'P5' || table === 'P6' ? [''] : []),
    ...(table === 'P5' || table === 'P6' ? [waiting ? words.yes : words.no] : []),
  ]
}

const oldHistory = [
  ...['Topic', 'Meeting ID', 'User Name', 'User Email', 'Department', 'Group', 'Has Zoom Rooms'],
  ...['Creation Time', 'Start Time', 'End Time', 'Duration (Minutes)', 'Participants'],
]
const newHistory = [
  ...[
    'Argomento',
    'Digita',
    'ID',
    'Nome organizzatore',
    'E-mail organizzatore',
    'Ora di inizio',
    'Ora di fine',
  ],
  ...['Partecipanti', 'Durata (minuti)', 'Minuti totali dei partecipanti', 'Reparto', 'Gruppo', 'Origine'],
  ...['Visualizzatori unici', 'Max visualizzazioni simultanee', 'Ora di creazione'],
]

function historyCells(
  variant: PortalVariant,
  { number, topic, host, startedMs, endedMs }: PortalMeeting,
  when: (ms: number) => string,
): string[] {
  const minutes = String(minutesBetween(startedMs, endedMs))
  const [from, to, made] = [when(startedMs), when(endedMs), when(startedMs - 864_000_000)]
  return variant === 'history_old'
    ? [topic, number, host.name, host.email, '', '', 'No', made, from, to, minutes, '7']
    : [
        ...[topic, 'Riunione', number, host.name, host.email, from, to, '7', minutes, '300', '', '', 'Zoom'],
        '-',
        '-',
        made,
      ]
}

function* webinarLines(
  variant: PortalVariant,
  rows: PortalRow[],
  { number, topic, startedMs, endedMs }: PortalMeeting,
  { line, when }: Writing,
): Generator<string> {
  const isOld = variant === 'webinar_2020'
  const registered = variant === 'webinar_registered'
  const grouped = `${number.slice(0, 3)} ${number.slice(3, 7)} ${number.slice(7)}`
  yield line(['Attendee Report', '', '', ''])
  yield line([isOld ? 'Report Generated:' : 'Report generated time', when(endedMs + 3_600_000)])
  const head = ['Topic', 'Webinar ID', 'Actual Start Time', 'Actual Duration (minutes)']
  const values = [topic, grouped, when(startedMs), String(minutesBetween(startedMs, endedMs))]
  yield line([
    ...head,
    '# Registered',
    '# Cancelled',
    'Unique Viewers',
    'Total Users',
    'Max Concurrent Views',
  ])
  yield line([...values, registered ? '9' : '0', '0', '5', '9', '7'])
  const titles = {
    host: 'Host Details',
    panelist: 'Panelist Details',
    attendee: 'Attendee Details',
    other: 'Other Attended',
  }
  const name = isOld ? 'User Name' : 'User Name (Original Name)'
  const last = isOld ? ['Country/Region Name'] : ['Is Guest', 'Country/Region Name']
  const plain = ['Attended', name, 'Email', 'Join Time', 'Leave Time', 'Time in Session (minutes)', ...last]
  for (const section of ['host', 'panelist', 'attendee', 'other'] as const) {
    const inside = rows.filter((each) => (each.section ?? 'attendee') === section)
    if (inside.length === 0) continue
    const full = registered && section === 'attendee'
    yield line([titles[section], '', ''])
    yield line(
      full
        ? [
            ...['Attended', name, 'First Name', 'Last Name', 'Email', 'Phone', 'Registration Time'],
            ...['Approval Status', 'How did you hear of us?', 'Join Time', 'Leave Time'],
            ...['Time in Session (minutes)', ...last],
          ]
        : plain,
    )
    for (const { name: shown, email, stay, rejoin = false } of inside) {
      const times =
        stay === null
          ? ['--', '--', '--']
          : [when(stay.fromMs), when(stay.toMs), String(minutesBetween(stay.fromMs, stay.toMs))]
      const came = stay === null ? 'No' : 'Yes'
      const rest = isOld ? ['Germany'] : ['Yes', 'Germany']
      const [first = '', ...others] = shown.split(' ')
      const said = rejoin ? ['', ''] : [when(startedMs - 86_400_000), 'approved']
      yield line(
        full
          ? [came, shown, first, others.join(' '), email, '', ...said, 'A friend', ...times, ...rest]
          : [came, shown, email, ...times, ...rest],
      )
    }
  }
}

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

/** Zoom counts a begun minute as a whole one. */
const minutesBetween = (from: number, to: number): number => Math.ceil((to - from) / MINUTE)

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
