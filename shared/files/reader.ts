/** The second look at a file: every row, in the order of the file, as its survey and the person's choices say it is meant. */
import { readAnswerFile } from './api-answer.ts'
import type { Stamp } from './dates.ts'
import { meetingNumberIn } from './layouts/cells.ts'
import { createInstants } from './layouts/instants.ts'
import { dayOfMeeting, toFileMeeting } from './layouts/meetings.ts'
import { createRowReader } from './layouts/rows.ts'
import { createStays } from './layouts/stays.ts'
import { openFile } from './opened.ts'
import { FileRefused } from './portal-file.ts'
import type { Choices, FileMeeting, FileSink, FileSource, Progress, Survey } from './portal-file.ts'
import { readTable } from './read-table.ts'
import { warnFile } from './survey.ts'
import { createWarnings } from './told-warnings.ts'
import { createZone } from './zones.ts'

const HOUR_MS = 3_600_000
/** Read without a zone, a time may be so much later than it was meant. */
const FURTHEST_ZONE_MS = 14 * HOUR_MS

/**
 * Reads a file that was surveyed with the same choices. Warnings of one code beyond the first twenty are told together at the
 * end.
 *
 * @throws FileRefused when its dates can be read both ways and nobody said which
 * @throws RangeError for an unknown zone
 */
export async function readFile(
  source: FileSource,
  survey: Survey,
  choices: Choices,
  sink: FileSink,
  progress?: Progress,
): Promise<void> {
  const dates: Survey['dates'] =
    choices.dates === null ? survey.dates : { ...survey.dates, order: choices.dates, by: 'given' }
  if (dates.by === 'open')
    throw new FileRefused({ code: 'date_order_open', file: source.name, line: dates.line })
  const zone = createZone(choices.zone)
  const opened = await openFile(source)
  const { warn, end } = createWarnings(source.name, sink.warning)
  const latestMs = (choices.nowMs ?? Date.now()) + (choices.zone === null ? FURTHEST_ZONE_MS : 0)
  const instants = createInstants(dates, zone, warn)
  const stays = createStays(instants, latestMs, warn)
  const { precisionSeconds } = survey
  const numberInName = survey.meetings.length === 1 ? meetingNumberIn(source.name) : null
  warnFile({ ...survey, dates }, choices, warn)

  if (opened.as === 'answer') {
    await readAnswerFile(source, opened.text, { survey, stays, instants, numberInName, sink, warn }, progress)
    end()
    return
  }
  const rows = createRowReader({ stays, precisionSeconds, warn })
  const meetings: FileMeeting[] = []
  const days: (Stamp | null)[] = []
  await readTable(
    source,
    opened,
    choices.columns,
    {
      meeting(told, line) {
        days.push(dayOfMeeting(told.cells, source.name))
        const hasRegistration = survey.meetings[meetings.length]?.hasRegistration ?? false
        const meeting = toFileMeeting(told, line, { instants, numberInName, hasRegistration, warn })
        meetings.push(meeting)
        sink.meeting(meeting)
      },
      table: () => undefined,
      made: () => undefined,
      row(cells, line, place) {
        const meeting = meetings[place.index]
        if (meeting === undefined) return
        const row = rows.read(cells, line, { ...place, meeting, day: days[place.index] ?? null })
        if (row !== null) sink.row(row)
      },
      warn,
    },
    progress,
  )
  end()
}
