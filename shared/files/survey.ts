/** The first look at a file: what it is, what its columns mean, what its dates allow. Nothing of it is kept. */
import { surveyAnswer } from './api-answer.ts'
import type { Stamp } from './dates.ts'
import { meetingNumberIn } from './layouts/cells.ts'
import type { Seen } from './layouts/layouts.ts'
import { dayOfMeeting, numberOf, textOf } from './layouts/meetings.ts'
import { createRowReader } from './layouts/rows.ts'
import type { Table } from './layouts/table.ts'
import { openFile } from './opened.ts'
import type { Choices, FileMeeting, FileSource, Layout, Progress, Survey } from './portal-file.ts'
import { FileRefused } from './portal-file.ts'
import { readTable } from './read-table.ts'
import { createScout } from './scout.ts'
import { createWarnings, type ToldWarnings } from './told-warnings.ts'
import type { FileWarning, RefusalCode } from './warnings.ts'

const FIRST_ROWS = 10
const LONGEST_CELL = 200

/**
 * Recognises a file in one pass. Its warnings are for looking at before anything is read: `readFile` tells all of them again,
 * and those of single times beside.
 *
 * @throws FileRefused for what is no list of participants, by name
 */
export async function surveyFile(
  source: FileSource,
  choices: Choices,
  progress?: Progress,
): Promise<Survey & { warnings: FileWarning[] }> {
  const opened = await openFile(source)
  const warnings: FileWarning[] = []
  const told = createWarnings(source.name, (warning) => warnings.push(warning))
  const survey =
    opened.as === 'answer'
      ? await surveyAnswer(source, opened.text, choices, told.warn, progress)
      : await surveyTable(source, opened, choices, told.warn, progress)
  warnFile(survey, choices, told.warn)
  told.end()
  return { ...survey, warnings }
}

/** What is to be said of a file as a whole. */
export function warnFile(survey: Survey, { zone }: Choices, warn: ToldWarnings['warn']): void {
  if (survey.rows === 0) warn('no_rows', null)
  else if (!survey.hasTimes && !survey.columns.some(({ field }) => field === 'join' || field === 'leave'))
    warn('no_times', null)
  if (survey.needsZone && zone === null) warn('zone_not_given', null)
  if (survey.dates.by === 'assumed') warn('date_order_assumed', survey.dates.line)
}

async function surveyTable(
  source: FileSource,
  opened: Extract<Awaited<ReturnType<typeof openFile>>, { as: 'table' }>,
  choices: Choices,
  warn: ToldWarnings['warn'],
  progress?: Progress,
): Promise<Survey> {
  const scout = createScout(source.name, choices, warn)
  const rowReader = createRowReader({ stays: scout.stays, precisionSeconds: 1, warn })
  const meetings: Survey['meetings'] = []
  const days: (Stamp | null)[] = []
  const firstRows: string[][] = []
  const tables: { first: Table | null; withRows: Table | null } = { first: null, withRows: null }
  let byShape = false
  let rows = 0
  let isWebinar = false

  const seen = await readTable(
    source,
    opened,
    choices.columns,
    {
      meeting({ cells, webinar }, line) {
        isWebinar ||= webinar === true
        scout.meeting(cells, line)
        days.push(dayOfMeeting(cells, source.name))
        const started = textOf(cells.started)
        meetings.push({
          number: numberOf(cells),
          topic: textOf(cells.topic),
          started,
          rows: 0,
          hasRegistration: false,
        })
      },
      table(table) {
        tables.first ??= table
        byShape ||= table.byShape
        isWebinar ||= 'attended' in table.people
      },
      row(cells, line, place) {
        const day = days[place.index] ?? null
        const row = rowReader.read(cells, line, { ...place, meeting: nobodysMeeting, day })
        const meeting = meetings[place.index]
        scout.date(cells[place.table.people.registered_at ?? -1] ?? '', line)
        if (row === null || meeting === undefined) return
        tables.withRows ??= place.table
        rows++
        meeting.rows++
        meeting.hasRegistration ||= row.registered
        if (firstRows.length < FIRST_ROWS) firstRows.push(cells.map((cell) => cell.slice(0, LONGEST_CELL)))
      },
      made: scout.date,
      warn,
    },
    progress,
  )
  const table = tables.withRows ?? tables.first
  if (table === null) throw new FileRefused({ code: refusalOf(seen), file: source.name, line: null })
  const [only] = meetings
  if (meetings.length === 1 && only !== undefined) only.number ??= meetingNumberIn(source.name)
  return {
    file: source.name,
    layout: layoutOf(table, isWebinar || seen.sections),
    encoding: opened.text.encoding,
    separator: opened.separator,
    columns: table.columns,
    needsConfirmation: byShape,
    ...scout.learned(),
    hasRegistration: meetings.some(({ hasRegistration }) => hasRegistration),
    rows,
    meetings,
    firstRows,
  }
}

/** While surveying, a row needs nothing of its meeting. */
const nobodysMeeting: FileMeeting = {
  number: null,
  topic: null,
  kind: 'unknown',
  hostName: null,
  hostEmail: null,
  startedMs: null,
  endedMs: null,
  hasRegistration: false,
}

function layoutOf({ kind, people }: Table, isWebinar: boolean): Layout {
  if (kind === 'history') return 'history'
  if (isWebinar) return 'webinar'
  return 'join' in people || 'leave' in people ? 'participants' : 'totals'
}

function refusalOf({ registrants, meetings }: Seen): RefusalCode {
  if (registrants) return 'registration_list'
  return meetings > 0 ? 'meeting_list' : 'not_recognised'
}
