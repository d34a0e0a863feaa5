/** What lists of Zoom's portal tell of: people with their connections, meetings, and in how many shapes they are written. */

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

/** Zoom counts a begun minute as a whole one. */
export const minutesBetween = (from: number, to: number): number => Math.ceil((to - from) / MINUTE)

/** How a variant writes a line of cells and a moment. */
export interface Writing {
  line: (cells: string[]) => string
  when: (ms: number) => string
}
