/** The tables of one list or of several: their columns and cells, what stands over a meeting, and a flattened history. */
import {
  minutesBetween,
  type PortalMeeting,
  type PortalRow,
  type PortalVariant,
  type Writing,
} from './portal-rows.ts'
import { portalWords, type PortalWords } from './portal-words.ts'

/** What stands over the list of one meeting; nothing in most variants. */
export function* meetingLines(
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
export function columnsOf(table: PortalVariant, words: PortalWords): string[] {
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

/** A row in those columns. */
export function cellsOf(
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

/** Columns that stand left of the participants’ in a history: of before 2024, and since. */
export const oldHistory = [
  ...['Topic', 'Meeting ID', 'User Name', 'User Email', 'Department', 'Group', 'Has Zoom Rooms'],
  ...['Creation Time', 'Start Time', 'End Time', 'Duration (Minutes)', 'Participants'],
]
export const newHistory = [
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

/** The meeting of a row of a history. */
export function historyCells(
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
