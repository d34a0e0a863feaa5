import { csvLine, neutralise } from '../../shared/files/index.ts'
import { columnWords, wordsFor, yesNoWords, type ColumnKey } from '../../shared/words/index.ts'
import type { ExportRequest, PersonRow } from '../../shared/wire/index.ts'

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
  'confidence',
] as const
export type Column = (typeof COLUMNS)[number]

const BATCH = 500

/**
 * Writes rows as text, a batch at a time, so that a long list streams: lines as `csvLine` writes them, the separator and decimal
 * sign asked for, a byte order mark on request. Every cell a participant could have typed goes through `neutralise`.
 * Times are local to `request.zone` as `YYYY-MM-DD HH:MM:SS`, which every spreadsheet reads as a date.
 */
export function* sheetChunks(
  rows: readonly PersonRow[],
  request: ExportRequest,
  columns: readonly Column[],
): Generator<string> {
  yield* tableChunks(rows, request, columns, cellWriter(request))
}

/** The text of any table: a line of headers, then one line a row, its cells written by `cell`. */
export function* tableChunks<Row, Key extends ColumnKey>(
  rows: readonly Row[],
  request: ExportRequest,
  columns: readonly Key[],
  cell: (row: Row, column: Key) => string,
): Generator<string> {
  const separator = request.format === 'tsv' || request.separator === 'tab' ? '\t' : request.separator
  const headers = columnWords[request.language]
  const headLine = columns.map((column) => headers[column])
  yield (request.bom ? '\ufeff' : '') + csvLine(headLine, separator)
  for (let start = 0; start < rows.length; start += BATCH) {
    const cells = rows.slice(start, start + BATCH).map((row) => columns.map((column) => cell(row, column)))
    yield cells.map((line) => csvLine(line, separator)).join('')
  }
}

/** Minutes with one decimal, as a spreadsheet of this language reads them. */
export function minutesText(seconds: number, { decimal }: Pick<ExportRequest, 'decimal'>): string {
  return (Math.round(seconds / 6) / 10).toFixed(1).replace('.', decimal)
}

/** The columns somebody gets, in order: all, or all but the address. */
export function columnsFor(mayReadEmails: boolean): Column[] {
  return COLUMNS.filter((column) => mayReadEmails || column !== 'email')
}

/** File name in ASCII: the date and time of the list in the reader's zone, never a name out of the meeting. */
export function sheetFileName(at: Date, request: ExportRequest): string {
  const list = request.list === 'people' ? 'attendance' : 'differences'
  return `${list}-${localTime(request.zone)(at.toISOString()).slice(0, 16).replace(' ', '-').replace(':', '')}.${request.format}`
}

function cellWriter(request: ExportRequest): (row: PersonRow, column: Column) => string {
  const local = localTime(request.zone)
  const time = (iso: string | null) => (iso === null ? '' : local(iso))
  const minutes = (seconds: number) => minutesText(seconds, request)
  const { roles, states, confidences } = wordsFor(request.language)
  const yesNo = yesNoWords[request.language]
  return (row, column) => {
    switch (column) {
      case 'name':
        return neutralise(row.name)
      case 'names':
        return neutralise(row.names.filter((name) => name !== row.name).join('; '))
      case 'email':
        return neutralise(row.email ?? '')
      case 'role':
        return roles[row.role]
      case 'state':
        return states[row.state]
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
      case 'confidence':
        return confidences[row.identity.confidence]
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
