import { createHash } from 'node:crypto'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Span } from '../../shared/attendance/index.ts'
import type { Fact, ImportRow } from '../../shared/attendance/evidence.ts'
import {
  FileRefused,
  readFile,
  surveyFile,
  type Choices,
  type FileMeeting,
  type FileRow,
  type FileSource,
  type Survey,
} from '../../shared/files/index.ts'
import { isOdd, spanOfMeeting, widened } from '../../shared/people/index.ts'
import type { ImportOptions } from '../../shared/wire/index.ts'
import { fileRefusalSentence } from '../../shared/words/files.ts'
import { RollbookError } from '../errors.ts'
import type { FiledMeeting } from './ports.ts'

/** A file that was read once: what it tells of meetings, and its rows for the asking. */
export interface Reading {
  /** SHA-256 of the bytes, hex. */
  hash: string
  /** Equal when the same bytes were read to the same rows. */
  digest: string
  /** In the order of the file; null for one without a single row that tells of presence. */
  meetings: (FiledMeeting | null)[]
  /** Rows that tell of presence, and those that do not. */
  rows: number
  withoutTimes: number
  /**
   * Reads the rows once more, as facts of the meetings with these UUIDs, some thousand at a time: `take` is waited for. The
   * start and end a file tells of a meeting come first.
   */
  facts(uuids: readonly (string | null)[], take: (facts: MeetingFact[]) => Promise<void>): Promise<void>
}

export interface MeetingFact {
  meeting: number
  fact: Fact
}

/** So much of a file is read before others get their turn. */
const PIECE_BYTES = 65_536
const FACTS_AT_ONCE = 2_000

/** Reads files one after the other, in turns with everything else the process does. */
export function createReader(clock: () => number) {
  let before: Promise<unknown> = Promise.resolve()
  return {
    /**
     * @throws RollbookError bad_request for an unknown zone; file_refused for what is no list of participants, or not without
     *   an answer; file_without_times for lists that say nothing of presence
     */
    read(bytes: Uint8Array, options: ImportOptions): Promise<Reading> {
      const turn = before.then(() => readOnce(bytes, options, clock()))
      before = turn.catch(() => undefined)
      return turn
    },
  }
}

async function readOnce(bytes: Uint8Array, options: ImportOptions, nowMs: number): Promise<Reading> {
  const source: FileSource = { name: options.name, size: bytes.length, open: () => piecesOf(bytes) }
  const columns = options.columns && new Map(options.columns.map(({ at, field }) => [at, field]))
  const choices: Choices = { zone: options.zone, dates: options.dates, columns, nowMs }
  try {
    const survey = await surveyFile(source, choices, giveWay)
    refuseUnlessPresence(survey, options)
    const hash = createHash('sha256').update(bytes).digest('hex')
    return { hash, ...(await overview(source, survey, { ...choices, nowMs }, hash)), facts }

    async function facts(
      uuids: readonly (string | null)[],
      take: (facts: MeetingFact[]) => Promise<void>,
    ): Promise<void> {
      let pending: MeetingFact[] = []
      const hand = async (): Promise<void> => {
        const taken = pending
        pending = []
        if (taken.length > 0) await take(taken)
      }
      let meetings = 0
      await readFile(
        source,
        survey,
        choices,
        {
          meeting(told) {
            const meeting = meetings++
            const uuid = uuids[meeting]
            if (uuid)
              for (const fact of timesOf(told, uuid, `${hash}/m${meeting}`)) pending.push({ meeting, fact })
          },
          row(row) {
            const uuid = uuids[row.meeting]
            const fact = uuid ? factOf(row, uuid, { hash, odd: isOdd(row, nowMs, options.zone) }) : null
            if (fact) pending.push({ meeting: row.meeting, fact })
          },
          warning: () => undefined,
        },
        async () => {
          await giveWay()
          if (pending.length >= FACTS_AT_ONCE) await hand()
        },
      )
      await hand()
    }
  } catch (error) {
    throw asProblem(error)
  }
}

/** From when to when rows of a meeting are: those whose times can be right, any of presence, and all, who only waited among them. */
interface Spans {
  seen: Span | null
  any: Span | null
  all: Span | null
}

async function overview(
  source: FileSource,
  survey: Survey,
  choices: Choices & { nowMs: number },
  hash: string,
) {
  const told: FileMeeting[] = []
  const spans: Spans[] = []
  const digest = createHash('sha256')
  let rows = 0
  let withoutTimes = 0
  await readFile(
    source,
    survey,
    choices,
    {
      meeting(meeting) {
        told.push(meeting)
        spans.push({ seen: null, any: null, all: null })
        digest.update(JSON.stringify(meeting))
      },
      row(row) {
        const { fromMs, toMs } = row
        if (fromMs === null || toMs === null || !row.attended) {
          withoutTimes++
          return
        }
        rows++
        const odd = isOdd(row, choices.nowMs, choices.zone)
        digest.update(JSON.stringify(odd ? { ...row, odd } : row))
        const of = spans[row.meeting]
        if (!of) return
        if (!odd) of.seen = widened(of.seen, row)
        of.any = widened(of.any, row)
        of.all = widened(of.all, { ...row, place: 'main' })
      },
      warning: () => undefined,
    },
    giveWay,
  )
  if (rows === 0) throw withoutPresence()
  const meetings = told.map((meeting, index) => filed(meeting, spans[index], `${hash}/${index}`))
  return { digest: digest.digest('hex'), meetings, rows, withoutTimes }
}

/** What a meeting is called while only files tell of it: the same for every file with its number and start, else by the file. */
function filed(meeting: FileMeeting, spans: Spans | undefined, place: string): FiledMeeting | null {
  const span = spans && (spanOfMeeting({ ...meeting, seen: spans.seen }, spans.any) ?? spans.all)
  if (!span || !spans.all) return null
  const { number, topic, kind, startedMs } = meeting
  const key = number === null ? place : `${number}/${startedMs ?? span.fromMs}`
  const uuid = `import:${createHash('sha256').update(key).digest('hex').slice(0, 32)}`
  return { uuid, number, topic, kind, startedAtMs: span.fromMs, endedAtMs: span.toMs }
}

function timesOf({ startedMs, endedMs }: FileMeeting, meeting: string, key: string): Fact[] {
  const said = { meeting, witness: 'import' } as const
  return [
    ...(startedMs === null
      ? []
      : [{ ...said, kind: 'meeting_started' as const, key: `${key}/started`, atMs: startedMs }]),
    ...(endedMs === null
      ? []
      : [{ ...said, kind: 'meeting_ended' as const, key: `${key}/ended`, atMs: endedMs }]),
  ]
}

/** Null for a row that tells of no presence. */
function factOf(
  row: FileRow,
  meeting: string,
  { hash, odd }: { hash: string; odd: boolean },
): ImportRow | null {
  const { fromMs, toMs, place, name, keys, role, precisionSeconds, reportedSeconds } = row
  if (fromMs === null || toMs === null || !row.attended) return null
  return {
    ...{ kind: 'import_row', witness: 'import', key: `${hash}/${row.line}`, meeting },
    ...{ atMs: fromMs, leftMs: toMs, name, keys, role, precisionSeconds, reportedSeconds },
    // Files say that it was a breakout room, never which.
    place: place === 'breakout' ? { kind: place, room: 'unknown' } : { kind: place },
    ...(row.emailAsWritten === undefined ? {} : { emailAsWritten: row.emailAsWritten }),
    ...(odd ? { odd } : {}),
  }
}

function refuseUnlessPresence(survey: Survey, { dates, confirmed, columns }: ImportOptions): void {
  if (survey.rows === 0) throw refused('no_rows', 'There are no participants in the file.')
  if (!survey.hasTimes) throw withoutPresence()
  if (survey.dates.by === 'open' && dates === null)
    throw new FileRefused({ code: 'date_order_open', file: survey.file, line: survey.dates.line })
  if (survey.needsConfirmation && !confirmed && columns === null)
    throw refused(
      'columns_by_shape',
      'Columns of this file are known by what stands in them only. Look whether they are right, and send `confirmed`.',
    )
}

const refused = (code: string, detail: string): RollbookError =>
  new RollbookError('file_refused', detail, { fields: [{ path: 'file', message: code }] })

const withoutPresence = (): RollbookError =>
  new RollbookError(
    'file_without_times',
    'This list has no times of joining and leaving, so it proves no presence. Export the participants of the meeting from Zoom’s portal without “Show unique users”, and import that file; `rollbook people` and the home page read this one, too.',
  )

function asProblem(error: unknown): unknown {
  // The file's own text stays out of answers and logs.
  if (error instanceof FileRefused) {
    const { code } = error.refusal
    return refused(code, fileRefusalSentence({ code }, 'page', 'en'))
  }
  if (error instanceof RangeError)
    return new RollbookError('bad_request', '`zone`: Use a name such as Europe/Berlin.', {
      fields: [{ path: 'zone', message: 'not a time zone' }],
    })
  return error
}

const giveWay = async (): Promise<void> => {
  await nextTurn()
}

async function* piecesOf(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += PIECE_BYTES) {
    await nextTurn()
    yield bytes.subarray(at, at + PIECE_BYTES)
  }
}
