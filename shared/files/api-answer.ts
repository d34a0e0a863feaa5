/**
 * Zoom's list of participants as its API gives it, saved as JSON: one page, several, the bare list, or lists inside of
 * meetings. Whatever stands around them, a participant is known by what it says.
 */
import { createAnswerPages } from './answer-pages.ts'
import {
  fieldNamed,
  isListOfPeople,
  isNobody,
  isParticipant,
  meetingAround,
  toRow,
  valueOf,
} from './answer-rows.ts'
import { readText, type TextFound } from './bytes.ts'
import { createJsonObjects, type JsonObject } from './json-objects.ts'
import { meetingNumberIn } from './layouts/cells.ts'
import type { Instants } from './layouts/instants.ts'
import { numberOf, textOf, toFileMeeting } from './layouts/meetings.ts'
import { momentOf } from './layouts/moments.ts'
import type { Span, Stays } from './layouts/stays.ts'
import { FileRefused } from './portal-file.ts'
import type { Choices, Column, FileMeeting, FileSink, FileSource, Progress, Survey } from './portal-file.ts'
import { createScout } from './scout.ts'
import type { ToldWarnings } from './told-warnings.ts'
import type { RefusalCode } from './warnings.ts'

const FIRST_ROWS = 10
const LONGEST_CELL = 200

type MeetingSaid = ReturnType<typeof meetingAround>

interface AnswerEvents {
  /** Each meeting once, before its first participant. */
  meeting: (meeting: MeetingSaid) => void
  /** `line` counts the elements of lists of participants from 1, those that are none included. */
  participant: (participant: JsonObject, line: number, index: number) => void
  list: (name: string) => void
  warn: ToldWarnings['warn']
}

async function readObjects(
  source: FileSource,
  text: TextFound,
  events: AnswerEvents,
  progress?: Progress,
): Promise<void> {
  const indexes = new Map<string, number>()
  const pages = createAnswerPages()
  let line = 0
  const nobody = (said: string, parent: JsonObject | null): void => {
    line++
    pages.element(parent, null)
    events.warn('record_not_understood', line, said)
  }
  const objects = createJsonObjects({
    object(object) {
      if (isNobody(object)) nobody([...object.values.values()].join(' ') || '{}', object.parent)
      pages.close(object)
      if (!isParticipant(object)) return
      const meeting = meetingAround(object)
      let index = indexes.get(meeting.key)
      if (index === undefined) {
        index = indexes.size
        indexes.set(meeting.key, index)
        events.meeting(meeting)
      }
      line++
      pages.element(object.parent, index)
      events.participant(object, line, index)
    },
    list(name, parent) {
      if (isListOfPeople(name)) pages.list(parent)
      events.list(name)
    },
    element(value, list, parent) {
      if (list === null || isListOfPeople(list)) nobody(value, parent)
    },
    cut: () => events.warn('file_ends_early', null),
    malformed: (at, said) => events.warn('record_not_understood', at, said),
  })
  const { replaced } = await readText(source, text, objects.push, progress)
  objects.end()
  const missing = pages.missing()
  if (missing !== null) events.warn('pages_missing', null, missing.of, missing.rows)
  if (replaced > 0) events.warn('bytes_replaced', null, undefined, replaced)
}

/** @throws FileRefused for JSON without a participant, by what it is instead */
export async function surveyAnswer(
  source: FileSource,
  text: TextFound,
  choices: Choices,
  warn: ToldWarnings['warn'],
  progress?: Progress,
): Promise<Survey> {
  const scout = createScout(source.name, choices, warn)
  const meetings: Survey['meetings'] = []
  const firstRows: string[][] = []
  let keys: string[] = []
  let rows = 0
  let refusal: RefusalCode = 'other_json'
  let isList = false

  await readObjects(
    source,
    text,
    {
      meeting({ cells }) {
        scout.meeting(cells, 1)
        const started = textOf(cells.started)
        meetings.push({
          number: numberOf(cells),
          topic: textOf(cells.topic),
          started,
          rows: 0,
          hasRegistration: false,
        })
      },
      participant(participant, line, index) {
        const [join, leave] = [
          momentOf(valueOf(participant, 'join')),
          momentOf(valueOf(participant, 'leave')),
        ]
        scout.stays.read(join, leave, null, line, nowhere)
        const meeting = meetings[index]
        if (meeting === undefined) return
        rows++
        meeting.rows++
        meeting.hasRegistration ||= valueOf(participant, 'registrant_id') !== ''
        if (keys.length === 0) keys = [...participant.values.keys()]
        if (firstRows.length < FIRST_ROWS)
          firstRows.push(keys.map((key) => (participant.values.get(key) ?? '').slice(0, LONGEST_CELL)))
      },
      list(name) {
        if (isListOfPeople(name)) isList = true
        refusal = listRefusals.get(name) ?? refusal
      },
      warn,
    },
    progress,
  )
  if (rows === 0 && !isList) throw new FileRefused({ code: refusal, file: source.name, line: null })
  const [only] = meetings
  if (meetings.length === 1 && only !== undefined) only.number ??= meetingNumberIn(source.name)
  return {
    file: source.name,
    layout: 'api_answer',
    encoding: text.encoding,
    separator: null,
    columns: keys.map((header, at): Column => ({ at, header, field: fieldNamed(header), by: 'named' })),
    needsConfirmation: false,
    ...scout.learned(),
    hasRegistration: meetings.some(({ hasRegistration }) => hasRegistration),
    rows,
    meetings,
    firstRows,
  }
}

const nowhere: Span = { startedMs: null, endedMs: null }

/** Lists of Zoom's other answers, and what a file full of them is. */
const listRefusals = new Map<string, RefusalCode>([
  ['registrants', 'registration_list'],
  ['registrations', 'registration_list'],
  ['meetings', 'meeting_list'],
  ['webinars', 'meeting_list'],
  ['history_meetings', 'meeting_list'],
  ['questions', 'poll_report'],
  ['surveys', 'survey_report'],
])

/** Every participant of a surveyed answer. */
export async function readAnswerFile(
  source: FileSource,
  text: TextFound,
  parts: {
    survey: Survey
    stays: Stays
    instants: Instants
    numberInName: string | null
    sink: FileSink
    warn: ToldWarnings['warn']
  },
  progress?: Progress,
): Promise<void> {
  const { survey, stays, instants, numberInName, sink, warn } = parts
  const { precisionSeconds } = survey
  const meetings: FileMeeting[] = []
  await readObjects(
    source,
    text,
    {
      meeting(said) {
        const hasRegistration = survey.meetings[meetings.length]?.hasRegistration ?? false
        const read = toFileMeeting(said, 1, { instants, numberInName, hasRegistration, warn })
        const meeting = { ...read, kind: said.kind }
        meetings.push(meeting)
        sink.meeting(meeting)
      },
      participant(participant, line, index) {
        const meeting = meetings[index] ?? null
        const join = momentOf(valueOf(participant, 'join'))
        const leave = momentOf(valueOf(participant, 'leave'))
        const stay = stays.read(join, leave, null, line, meeting ?? nowhere)
        const row = toRow(participant, { line, index, stay }, { meeting, precisionSeconds }, warn)
        if (survey.hasTimes && row.attended && stay === null && join.cell + leave.cell === '')
          warn('time_unreadable', line)
        sink.row(row)
      },
      list: () => undefined,
      warn,
    },
    progress,
  )
}
