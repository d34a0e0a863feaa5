/** One pass over a file of separated text: bytes to records to rows, each in its meeting and its table. */
import { readText, type TextFound } from './bytes.ts'
import { align, isRagged } from './layouts/align.ts'
import { isBlank, isValue } from './layouts/cells.ts'
import { readHeader } from './layouts/header.ts'
import { createLayouts, type MeetingCells, type Seen } from './layouts/layouts.ts'
import { createMeetings } from './layouts/meetings.ts'
import type { Table } from './layouts/table.ts'
import type { Choices, FileSource, Progress, Section, Separator } from './portal-file.ts'
import { createRecords } from './records.ts'
import type { ToldWarnings } from './told-warnings.ts'

/** Where a row stands: `index` counts the meetings of the file from 0. */
export interface RowPlace {
  table: Table
  section: Section | null
  index: number
}

export interface TableEvents {
  /** Each meeting once, before its first row. */
  meeting: (meeting: MeetingCells, line: number) => void
  table: (table: Table) => void
  row: (cells: string[], line: number, place: RowPlace) => void
  /** A date that is nobody's: when the report was made. */
  made: (date: string, line: number) => void
  warn: ToldWarnings['warn']
}

/** Reads a file whole and keeps nothing of it. The same file and choices give the same events every time. */
export async function readTable(
  source: FileSource,
  { text, separator }: { text: TextFound; separator: Separator },
  columns: Choices['columns'],
  events: TableEvents,
  progress?: Progress,
): Promise<Seen> {
  let unendedLine: number | null = null
  const meetings = createMeetings(events.meeting)
  const layouts = createLayouts(
    {
      meeting: meetings.begin,
      table: events.table,
      row(cells, line, table, section) {
        const ragged = isRagged(cells, table)
        if (ragged) {
          const isCut = line === unendedLine && cells.length < table.header.length
          events.warn(isCut ? 'file_ends_early' : 'ragged_row', line, cells.join(separator))
        }
        const placed = ragged ? align(cells, table, separator) : cells
        events.row(placed, line, { table, section, index: meetings.of(placed, line, table) })
      },
      made: events.made,
      warning: events.warn,
    },
    columns,
  )
  const records = createRecords({
    separator,
    onRecord(cells, line, unended) {
      if (unended) unendedLine = line
      layouts.push(unwrap(cells, separator), line)
    },
    onWarning: events.warn,
  })
  const { replaced } = await readText(source, text, records.push, progress)
  records.end()
  const seen = layouts.end()
  if (replaced > 0) events.warn('bytes_replaced', null, undefined, replaced)
  return seen
}

/** A whole line that somebody's spreadsheet put into its first cell, as the cells it was; any other lone cell stays one. */
function unwrap(cells: string[], separator: Separator): string[] {
  const [text = ''] = cells
  if (!text.includes(separator) || cells.some((cell, at) => at > 0 && !isBlank(cell))) return cells
  let inside = cells
  const records = createRecords({
    separator,
    onRecord: (found) => {
      inside = found
    },
    onWarning: () => undefined,
  })
  records.push(text)
  records.end()
  return readHeader(inside, 0) !== null || inside.filter(isValue).length > 1 ? inside : cells
}
