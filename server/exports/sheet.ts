import { csvLine, neutralise, showsRow } from '../../shared/files/index.ts'
import { columnWords, peopleSheetWords, wordsFor, yesNoWords } from '../../shared/words/index.ts'
import { shareHeaders, sheetSentence, timesHeader } from '../../shared/words/sheet-sentence.ts'
import type { ExportRequest, GatheringHead, PersonRow, RosterSummary } from '../../shared/wire/index.ts'
import { questionColumns, standingCell, type SheetRegistrations } from './registration-columns.ts'

/** The columns of the attendance list, in order. `email` is left out for somebody who may not read addresses. */
const COLUMNS = [
  'name',
  'names',
  'email',
  'role',
  'state',
  'first_join',
  'first_join_known',
  'last_leave',
  'present_minutes',
  'waiting_minutes',
  'share',
  'meets_minimum',
  'statuses',
  'labels',
  'host_reason',
  'confidence',
] as const
/** What follows where people register; then one column a question. */
const REGISTRATION_COLUMNS = [
  'registration_status',
  'registered_name',
  'registered_email',
  'registered_at',
  'source',
] as const
export type Column = (typeof COLUMNS)[number] | (typeof REGISTRATION_COLUMNS)[number]

/** The whole list a sheet is of, whatever part of it is written. */
interface SheetOf {
  summary: RosterSummary
  gathering: Pick<GatheringHead, 'endedAt' | 'base' | 'minPercent'>
  people: readonly PersonRow[]
}

const BATCH = 500

/**
 * Writes rows as text, a batch at a time, so that a long list streams: lines as `csvLine` writes them, the separator and decimal
 * sign asked for, a byte order mark on request. Every cell a participant could have typed goes through `neutralise`.
 * Times are local to `request.zone` as `YYYY-MM-DD HH:MM:SS`, which every spreadsheet reads as a date, and their headers name
 * it. The header of the share names what 100 % is, that of the minimum how much it is. Where it is asked for, the sentence about
 * the whole list (`roster`; null: it is gone) comes first, in a line of its own with an empty one after it. With
 * `registrations` one column a question follows.
 */
export function* sheetChunks(
  rows: readonly PersonRow[],
  request: ExportRequest,
  columns: readonly Column[],
  roster: SheetOf | null,
  registrations: SheetRegistrations | null = null,
): Generator<string> {
  const { language, zone } = request
  const about = roster && {
    ...roster,
    waitedOnly: roster.people.filter((row) => showsRow(row, 'waiting_only')).length,
  }
  const words = columnWords[language]
  const said: Record<string, string> = {
    ...words,
    first_join: timesHeader(words.first_join, zone),
    last_leave: timesHeader(words.last_leave, zone),
    registered_at: timesHeader(words.registered_at, zone),
    ...shareHeaders(about, language, zone),
  }
  const cell = cellWriter(request, registrations)
  const own = columns.map((column) => ({
    header: said[column] ?? column,
    cell: (row: PersonRow) => cell(row, column),
  }))
  const taken = own.map(({ header }) => header)
  const questions = registrations === null ? [] : questionColumns(registrations.all, taken, language)
  const asked = questions.map(({ header, cell: answer }) => ({
    header,
    cell: ({ id }: PersonRow) => answer(registrations?.byRow.get(id)),
  }))
  const above = request.sentence === true ? [sheetSentence(about, language, zone)] : []
  yield* tableChunks(rows, request, [...own, ...asked], above)
}

/** One column of a table: its header, and what stands in it for a row. */
export interface TableColumn<Row> {
  header: string
  cell(row: Row): string
}

/**
 * The text of any table: a line of headers, then one line a row. `above`: lines before the headers, one cell each, with an empty
 * line after them.
 */
export function* tableChunks<Row>(
  rows: readonly Row[],
  request: ExportRequest,
  columns: readonly TableColumn<Row>[],
  above: readonly string[] = [],
): Generator<string> {
  const separator = request.format === 'tsv' || request.separator === 'tab' ? '\t' : request.separator
  const head = columns.map(({ header }) => header)
  const lines = [...above.map((line) => [line]), ...(above.length > 0 ? [['']] : []), head]
  yield (request.bom ? '\ufeff' : '') + lines.map((line) => csvLine(line, separator)).join('')
  for (let start = 0; start < rows.length; start += BATCH) {
    const cells = rows.slice(start, start + BATCH).map((row) => columns.map(({ cell }) => cell(row)))
    yield cells.map((line) => csvLine(line, separator)).join('')
  }
}

/** Minutes with one decimal, never rounded up, as a spreadsheet of this language reads them: 89:57 is 89.9. */
export function minutesText(seconds: number, { decimal }: Pick<ExportRequest, 'decimal'>): string {
  return (Math.floor(seconds / 6) / 10).toFixed(1).replace('.', decimal)
}

/** Percent with the one decimal a share has: 0.749 is 74.9, and is rounded no more. */
function percentText(share: number, { decimal }: Pick<ExportRequest, 'decimal'>): string {
  return (share * 100).toFixed(1).replace('.', decimal)
}

/** The columns somebody gets, in order: all, or all but the addresses; those of registrations where people register. */
export function columnsFor(mayReadEmails: boolean, register = false): Column[] {
  return [...COLUMNS, ...(register ? REGISTRATION_COLUMNS : [])].filter(
    (column) => mayReadEmails || (column !== 'email' && column !== 'registered_email'),
  )
}

/** File name in ASCII: the date and time of the list in the reader's zone, never a name out of the meeting. */
export function sheetFileName(at: Date, request: ExportRequest): string {
  const list = request.list === 'people' ? 'attendance' : 'differences'
  return `${list}-${localTime(request.zone)(at.toISOString()).slice(0, 16).replace(' ', '-').replace(':', '')}.${request.format}`
}

function cellWriter(
  request: ExportRequest,
  registrations: SheetRegistrations | null,
): (row: PersonRow, column: Column) => string {
  const local = localTime(request.zone)
  const time = (iso: string | null) => (iso === null ? '' : local(iso))
  const minutes = (seconds: number) => minutesText(seconds, request)
  const { roles, states, confidences } = wordsFor(request.language)
  const yesNo = yesNoWords[request.language]
  const { statuses, and } = peopleSheetWords(request.language)
  return (row, column) => {
    const registration = registrations?.byRow.get(row.id)
    switch (column) {
      case 'name':
        return neutralise(row.name)
      case 'names':
        return neutralise(row.names.filter((name) => name !== row.name).join('; '))
      case 'email':
        return neutralise(row.email ?? '')
      case 'role':
        return row.onListOnly ? '' : roles[row.role]
      case 'state':
        return row.onListOnly ? '' : states[row.state]
      case 'first_join':
        return time(row.firstJoin)
      case 'first_join_known':
        return row.firstJoin === null ? '' : row.firstJoinKnown ? yesNo.yes : yesNo.no
      case 'last_leave':
        return time(row.lastLeave)
      case 'present_minutes':
        return minutes(row.presentSeconds)
      case 'waiting_minutes':
        return minutes(row.waitingSeconds)
      case 'share':
        return row.share === null ? '' : percentText(row.share, request)
      case 'meets_minimum':
        return row.meetsMinimum === null ? '' : row.meetsMinimum ? yesNo.yes : yesNo.no
      case 'statuses':
        return row.statuses.map((status) => statuses[status]).join(and)
      case 'labels':
        return neutralise(row.labels.map(({ name }) => name).join(and))
      case 'host_reason':
        return neutralise(row.host?.mark?.reason ?? '')
      case 'confidence':
        return row.onListOnly ? '' : confidences[row.identity.confidence]
      case 'registration_status':
        return standingCell(registration, request.language)
      case 'registered_name':
        return neutralise(registration?.name ?? '')
      case 'registered_email':
        return neutralise(registration?.email ?? '')
      case 'registered_at':
        return time(registration?.registeredAt ?? null)
      case 'source':
        return neutralise(registration?.source ?? '')
    }
  }
}

function localTime(zone: string): (iso: string) => string {
  const format = new Intl.DateTimeFormat('sv-SE', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  })
  return (iso) => format.format(new Date(iso))
}
