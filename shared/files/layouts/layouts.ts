/** From records to meetings and rows, whatever the layout: one machine that goes by what each record is, not by variants. */
import { parseStamp } from '../dates.ts'
import { fieldOf, isParticipantField } from '../headers.ts'
import { isReportTitle, sectionOf } from '../headings.ts'
import type { Choices, Section } from '../portal-file.ts'
import type { WarningCode } from '../warnings.ts'
import { isBlank, isValue, saysWebinar } from './cells.ts'
import { isSameHeader, readHeader } from './header.ts'
import type { Header, MeetingColumns } from './header.ts'
import { isMeetingRow, isPlainRow, pick, type MeetingTexts } from './lines.ts'
import { meetingByShape, needsRows, tableFrom, tableOf, unreadAnswers, withShapes } from './table.ts'
import type { Table, Unsure } from './table.ts'
import { offsetsIn } from './time-columns.ts'

/** What a block about a meeting says, as written. */
export interface MeetingCells {
  cells: MeetingTexts
  /** Null where the names of the columns are in no language we know. */
  webinar: boolean | null
}

export interface LayoutEvents {
  meeting: (meeting: MeetingCells, line: number) => void
  /** A table whose rows follow; one without rows is told of, too. */
  table: (table: Table) => void
  row: (cells: string[], line: number, table: Table, section: Section | null) => void
  /** A line that says when the report was made: nothing of anybody, but a date like all others of the file. */
  made: (date: string, line: number) => void
  warning: (code: WarningCode, line: number, value?: string) => void
}

/** What was in the file beside tables of participants. */
export interface Seen {
  tables: boolean
  meetings: number
  registrants: boolean
  sections: boolean
}

export interface Layouts {
  push: (cells: string[], line: number) => void
  end: () => Seen
}

interface Line {
  cells: string[]
  line: number
}

type State =
  | { at: 'nowhere' }
  | { at: 'meeting'; columns: MeetingColumns; header: string[]; rows: number }
  | { at: 'header'; header: Header }
  | { at: 'table'; table: Table }
  | { at: 'unsure'; unsure: Unsure; rows: Line[] }
  | { at: 'registrants' }

/** Enough rows to tell columns by their values. */
const ENOUGH = 50
/** Headers of one file we had to look at the values for; more are looked at again. */
const MOST_REMEMBERED = 50

/**
 * Every record becomes one of three: a row, a part of the structure (a header, a heading, a meeting's own line, a blank
 * line), or a warning. At most fifty records are kept.
 *
 * A block about a meeting begins a meeting, whatever comes after it belongs to it; a header begins a table, the same header
 * again changes nothing; a lone cell is a title or the heading of a section. Where no name of a column is known, records
 * without a single value are taken for headers, and the rows under them say what the columns are.
 */
export function createLayouts(events: LayoutEvents, chosen: Choices['columns'] = null): Layouts {
  let state: State = { at: 'nowhere' }
  let section: Section | null = null
  let heading: { text: string; line: number } | null = null
  let afterHeading = false
  let told: MeetingCells['cells'] | null = null
  let toldLine = 0
  let webinar = false
  let chosenFor: string[] | null = null
  const remembered = new Map<string, Table | MeetingColumns>()
  const seen: Seen = { tables: false, meetings: 0, registrants: false, sections: false }

  return {
    push(cells, line) {
      if (state.at === 'table' && heading === null && isPlainRow(state.table, cells)) {
        events.row(cells, line, state.table, section)
        return
      }
      const filled = cells.filter((cell) => !isBlank(cell))
      const [only = ''] = filled
      if (filled.length === 0) {
        onBlank()
      } else if (filled.length === 1 && !isValue(only)) {
        onHeading(only.trim(), line)
      } else {
        const header = readHeader(cells, line)
        if (header !== null) onHeader(header)
        else if (filled.length > 2 && !filled.some(isValue) && mayBeHeader()) onUnnamed(cells, line)
        else if (!onPair(cells, filled.length, line)) onRow(cells, line)
        afterHeading = false
      }
    },
    end() {
      finishUnsure()
      finishHeader()
      tellMeeting()
      dropHeading()
      return seen
    },
  }

  function onBlank(): void {
    if (state.at === 'unsure' && state.unsure.header === null && state.rows.length === 1) finishUnsure()
  }

  function onHeading(text: string, line: number): void {
    // What spreadsheets write before everything else to say which separator follows.
    if (line === 1 && /^"?sep=$/i.test(text)) return
    finishUnsure()
    dropHeading()
    if (saysWebinar(text)) webinar = true
    afterHeading = true
    const known = sectionOf(text)
    if (known === null) {
      heading = { text, line }
    } else {
      section = known
      seen.sections = true
    }
  }

  function onHeader(header: Header): void {
    finishUnsure()
    finishHeader()
    tellMeeting()
    if (header.kind === 'meeting') {
      heading = null
      section = null
      const { registered_count: registered, unique_viewers: viewers } = header.meeting
      webinar = webinar || registered !== undefined || viewers !== undefined || header.cells.some(saysWebinar)
      state = { at: 'meeting', columns: header.meeting, header: header.cells, rows: 0 }
      return
    }
    placeHeading()
    if (header.kind === 'registrants') {
      seen.registrants = true
      state = { at: 'registrants' }
    } else if (state.at === 'table' && isSameHeader(state.table.header, header.cells)) {
      return
    } else if (needsRows(header)) {
      state = { at: 'unsure', unsure: { header, cells: header.cells, line: header.line }, rows: [] }
    } else {
      state = { at: 'header', header }
    }
  }

  /** In a table whose header we know, a record without values is a row that says little. Elsewhere it may be a header. */
  function mayBeHeader(): boolean {
    if (heading !== null) return true
    switch (state.at) {
      case 'nowhere':
        return true
      case 'meeting':
        return state.rows > 0
      case 'table':
        return state.table.byShape
      case 'unsure':
        return state.unsure.header === null
      case 'header':
      case 'registrants':
        return false
    }
  }

  function onUnnamed(cells: string[], line: number): void {
    finishUnsure()
    tellMeeting()
    const known = remembered.get(keyOf(cells))
    if (known === undefined) {
      state = { at: 'unsure', unsure: { header: null, cells, line }, rows: [] }
    } else if (isTable(known)) {
      placeHeading()
      state = { at: 'table', table: { ...known, line } }
    } else {
      heading = null
      section = null
      state = { at: 'meeting', columns: known, header: cells, rows: 0 }
    }
  }

  /** "Report generated time, 05/20/2026 10:00 AM", "Topic, Lesson": a name and what it says. False when this is none. */
  function onPair(cells: string[], filled: number, line: number): boolean {
    const [name = '', value = ''] = cells
    const between = state.at === 'nowhere' || (state.at === 'meeting' && state.rows > 0)
    if (!between && !afterHeading) return false
    if (isBlank(name) || isBlank(value) || filled > 3 || isValue(name)) return false
    const { field, block } = fieldOf(name, 'meeting')
    if (filled === 2 && block !== 'participants' && field !== null && !isParticipantField(field)) {
      if (told === null) toldLine = line
      told = { ...told, [field]: value }
      return true
    }
    // A date with a comma in it, unquoted, is two cells.
    const date = cells.slice(1).join(',').replace(/,+$/, '')
    const isDate = parseStamp(date) !== null
    if (isDate) events.made(date, line)
    return isDate || isReportTitle(name)
  }

  function onRow(cells: string[], line: number): void {
    switch (state.at) {
      case 'table':
        dropHeading()
        events.row(cells, line, state.table, section)
        return
      case 'header': {
        const table = tableOf(state.header, choicesFor(state.header.cells))
        begin(table)
        dropHeading()
        events.row(cells, line, table, section)
        return
      }
      case 'unsure':
        state.rows.push({ cells, line })
        if (state.rows.length >= ENOUGH) finishUnsure()
        return
      case 'meeting':
        if (isMeetingRow(state.columns, cells)) {
          state.rows++
          meeting(state.header, state.columns, { cells, line })
          return
        }
        break
      case 'registrants':
        events.warning('record_not_understood', line, cells.join(' '))
        return
      case 'nowhere':
        break
    }
    if (cells.filter(isValue).length > 1) {
      state = { at: 'unsure', unsure: { header: null, cells: [], line }, rows: [{ cells, line }] }
    } else {
      events.warning('record_not_understood', line, cells.join(' '))
    }
  }

  /** What the kept rows say of their columns is decided; they are told of as rows, or as not understood. */
  function finishUnsure(): void {
    if (state.at !== 'unsure') return
    const { unsure, rows } = state
    state = { at: 'nowhere' }
    const [only] = rows
    if (unsure.header === null && rows.length === 1 && only !== undefined) {
      const columns = meetingByShape(unsure.cells, only.cells)
      if (columns !== null) {
        remember(unsure.cells, columns)
        events.warning('columns_by_shape', unsure.line, unsure.cells.join(' '))
        heading = null
        section = null
        state = { at: 'meeting', columns, header: unsure.cells, rows: 1 }
        meeting(unsure.cells, columns, only)
        return
      }
    }
    const table =
      rows.length === 0 && unsure.header === null
        ? null
        : tableFrom(
            unsure,
            rows.map(({ cells }) => cells),
            choicesFor(unsure.cells),
            seen.meetings > 0,
          )
    if (table === null) {
      dropHeading()
      if (chosenFor === unsure.cells) chosenFor = null
      if (unsure.cells.length > 0)
        events.warning('record_not_understood', unsure.line, unsure.cells.join(' '))
      for (const { cells, line } of rows) events.warning('record_not_understood', line, cells.join(' '))
      return
    }
    if (unsure.header === null) {
      placeHeading()
      if (unsure.cells.length > 0) remember(unsure.cells, table)
    }
    begin(table)
    for (const { cells, line } of rows) events.row(cells, line, table, section)
  }

  /** A header without rows still says what the file is. */
  function finishHeader(): void {
    if (state.at !== 'header') return
    begin(tableOf(state.header, null))
  }

  function begin(table: Table): void {
    seen.tables = true
    if (table.byShape) events.warning('columns_by_shape', table.line, table.header.join(' '))
    for (const header of unreadAnswers(table)) events.warning('column_unread', table.line, header)
    state = { at: 'table', table }
    events.table(table)
  }

  function meeting(header: string[], named: MeetingColumns, { cells, line }: Line): void {
    const columns = withShapes(named, cells)
    if (Object.keys(columns).length > Object.keys(named).length)
      events.warning('columns_by_shape', line, cells.join(' '))
    if (cells.some((cell, at) => !isBlank(cell) && isBlank(header[at] ?? '')))
      events.warning('ragged_row', line, cells.join(' '))
    seen.meetings++
    const isUnnamed = remembered.has(keyOf(header))
    events.meeting(
      { cells: pick(columns, cells, offsetsIn(header)), webinar: webinar || (isUnnamed ? null : false) },
      line,
    )
  }

  function tellMeeting(): void {
    if (told === null) return
    const cells = told
    told = null
    if (cells.number === undefined && cells.topic === undefined && cells.started === undefined) {
      events.warning('record_not_understood', toldLine, Object.values(cells).join(' '))
      return
    }
    seen.meetings++
    events.meeting({ cells, webinar }, toldLine)
  }

  /** A lone cell before a header: a title where nothing was before it, else the heading of a section without a name. */
  function placeHeading(): void {
    if (heading === null) return
    const isTitle = isReportTitle(heading.text)
    if (!isTitle && (seen.tables || seen.meetings > 0))
      events.warning('section_unknown', heading.line, heading.text)
    heading = null
    section = null
  }

  function dropHeading(): void {
    if (heading !== null && !isReportTitle(heading.text))
      events.warning('record_not_understood', heading.line, heading.text)
    heading = null
  }

  /** What the person said of columns is about the first table with rows, and others with the same header. */
  function choicesFor(cells: string[]): Choices['columns'] {
    chosenFor ??= cells
    return isSameHeader(chosenFor, cells) ? chosen : null
  }

  function remember(cells: string[], known: Table | MeetingColumns): void {
    if (remembered.size < MOST_REMEMBERED) remembered.set(keyOf(cells), known)
  }
}

const keyOf = (cells: string[]): string => JSON.stringify(cells)
const isTable = (known: Table | MeetingColumns): known is Table => 'people' in known
