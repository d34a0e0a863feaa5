import { createListing, type Listing, type Span } from '../attendance/index.ts'
import {
  createWarnings,
  FileRefused,
  readFile,
  surveyFile,
  type Choices,
  type FileMeeting,
  type FileRefusal,
  type FileRow,
  type FileSource,
  type FileWarning,
  type Survey,
} from '../files/index.ts'
import { firstEqual } from './equal-files.ts'
import { isOdd, widened } from './odd-rows.ts'
import { createMeetingMatch, mayMeetAgain, sketchRows, type Sketch } from './same-meeting.ts'
import { createToldAlready, grainOf, mayBeRepeated } from './told-already.ts'

/** A meeting of the answer, as the first file that tells of it does. */
export interface GatheredMeeting extends FileMeeting {
  file: string
  /** Rows read, equal ones included. */
  rows: number
  /** From the first join to the last leave of rows whose times can be right; null when there is none. */
  seen: Span | null
  /** Lines of the rows left out of that, in `file`. */
  oddLines: number[]
  /** A portal's list with registration, which holds those who stayed away; Zoom's API answers with who came. */
  listsAbsent: boolean
}

/** All files as one list. */
export interface Gathered {
  listing: Listing<FileRow>
  /** In the order read: the meetings of the listing's rows. */
  meetings: GatheredMeeting[]
  warnings: FileWarning[]
  /** Participant rows read, equal ones included. */
  rows: number
  /** Some row says when. */
  hasTimes: boolean
}

/** How far reading has come, from 0 to 1; null when the sizes of the files are not known. */
export type GatherProgress = (file: string, part: number | null) => void | Promise<void>

/** Files that cannot be understood: all of them, so that one answer is enough to put them right. */
export class GatherRefused extends Error {
  readonly refusals: readonly FileRefusal[]
  constructor(refusals: readonly FileRefusal[]) {
    super(refusals.map(({ file, code }) => `${file}: ${code}`).join('; '))
    this.name = 'GatherRefused'
    this.refusals = refusals
  }
}

/**
 * Reads files into one list of people. Every file is looked at before any is read, so nothing is read in vain. A file given
 * twice is read once; a meeting that two files tell of is one meeting, and its equal rows count once, those of a file that
 * tells less closely when with those of the closer one, which is read first. Memory grows with the
 * rows, some hundred bytes for each, not with the files. Where files need different choices, `choices` is asked for each.
 *
 * @throws GatherRefused when any file cannot be understood
 * @throws RangeError for an unknown zone
 */
export async function gather(
  sources: readonly FileSource[],
  choices: Choices | ((source: FileSource) => Choices),
  progress?: GatherProgress,
): Promise<Gathered> {
  const choicesOf = typeof choices === 'function' ? choices : () => choices
  const warnings: FileWarning[] = []
  const different = await withoutCopies(sources, warnings)
  const steps = createSteps(different, progress)
  const surveys = (await surveyAll(different, choicesOf, steps)).sort(
    (a, b) => grainOf(a.survey) - grainOf(b.survey),
  )
  const sketches = await sketchAll(surveys, choicesOf, steps)

  const { readTwice, telling } = tellTwice(warnings)
  const listing = createListing<FileRow>({ onDuplicate: readTwice })
  const meetings: GatheredMeeting[] = []
  const match = createMeetingMatch()
  const toldAlready = createToldAlready()
  let [rows, hasTimes] = [0, false]
  for (const { source, survey } of surveys) {
    const told = telling(source.name)
    const own: number[] = []
    const inOther = new Map<number, string>()
    const sketched = sketches.get(source)
    const heard = toldAlready()
    const isClose = grainOf(survey) === 0
    const isRepeated = mayBeRepeated(
      survey,
      surveys.map((other) => other.survey),
    )
    const { zone, nowMs = Date.now() } = choicesOf(source)
    const sink = {
      meeting(meeting: FileMeeting) {
        const listsAbsent = meeting.hasRegistration && survey.layout !== 'api_answer'
        const known = match.find(meeting, source, sketched?.[own.length])
        if (known !== null) inOther.set(known, meetings[known]?.file ?? '')
        const at = known ?? meetings.length
        const before = meetings[at]
        if (before === undefined) {
          meetings.push({ ...meeting, file: source.name, rows: 0, seen: null, oddLines: [], listsAbsent })
          const other = match.mayBeOne(meeting, source, sketched?.[own.length])
          if (other !== null)
            warnings.push({ code: 'meeting_maybe_in_two_files', file: source.name, line: null, value: other })
        } else {
          meetings[at] = { ...before, ...knownIn(before, meeting) }
          meetings[at].listsAbsent ||= listsAbsent
        }
        match.add(at, meeting, source, sketched?.[own.length])
        own.push(at)
      },
      row(row: FileRow) {
        const at = own[row.meeting] ?? 0
        const meeting = meetings[at]
        if (meeting !== undefined) {
          meeting.rows++
          if (!isOdd(row, nowMs, zone)) meeting.seen = widened(meeting.seen, row)
          else if (meeting.file === source.name) meeting.oddLines.push(row.line)
        }
        rows++
        hasTimes ||= row.fromMs !== null
        const isInOther = inOther.has(at)
        told.expects(isInOther)
        const wasTold = (isRepeated || (isInOther && !isClose)) && heard.hear(at, row)
        if (wasTold && isInOther && !isClose) {
          readTwice(row)
          return
        }
        listing.add(at === row.meeting ? row : { ...row, meeting: at })
      },
      warning: (warning: FileWarning) => warnings.push(warning),
    }
    await readFile(source, survey, choicesOf(source), sink, steps.of(source))
    heard.end()
    told.end([...new Set(inOther.values())])
  }
  listing.close()
  return { listing, meetings, warnings, rows, hasTimes }
}

/** What a second file knows of a meeting that the first did not say. */
function knownIn(first: FileMeeting, second: FileMeeting): Partial<FileMeeting> {
  return {
    number: first.number ?? second.number,
    topic: first.topic ?? second.topic,
    kind: first.kind === 'unknown' ? second.kind : first.kind,
    hostName: first.hostName ?? second.hostName,
    hostEmail: first.hostEmail ?? second.hostEmail,
    startedMs: first.startedMs ?? second.startedMs,
    endedMs: first.endedMs ?? second.endedMs,
    hasRegistration: first.hasRegistration || second.hasRegistration,
  }
}

async function withoutCopies(sources: readonly FileSource[], warnings: FileWarning[]): Promise<FileSource[]> {
  const different: FileSource[] = []
  for (const source of sources) {
    const original = await firstEqual(different, source)
    if (original === null) different.push(source)
    else warnings.push({ code: 'duplicate_file', file: source.name, line: null, value: original.name })
  }
  return different
}

interface Surveyed {
  source: FileSource
  survey: Survey
}

async function surveyAll(
  sources: readonly FileSource[],
  choicesOf: (source: FileSource) => Choices,
  steps: Steps,
): Promise<Surveyed[]> {
  const refusals: FileRefusal[] = []
  const surveys: Surveyed[] = []
  for (const source of sources) {
    try {
      const choices = choicesOf(source)
      const survey = await surveyFile(source, choices, steps.of(source))
      const { by, line } = survey.dates
      if (by === 'open' && choices.dates === null)
        refusals.push({ code: 'date_order_open', file: source.name, line })
      surveys.push({ source, survey })
    } catch (error) {
      if (!(error instanceof FileRefused)) throw error
      refusals.push(error.refusal)
    }
  }
  if (refusals.length > 0) throw new GatherRefused(refusals)
  return surveys
}

/** Rows are compared only of files that may tell of one meeting without saying so: they are read once more for it. */
async function sketchAll(
  surveys: readonly Surveyed[],
  choicesOf: (source: FileSource) => Choices,
  steps: Steps,
): Promise<Map<FileSource, Sketch[]>> {
  const sketches = new Map<FileSource, Sketch[]>()
  const unclear = surveys.filter((one) =>
    surveys.some((other) => one !== other && mayMeetAgain(one.survey, other.survey)),
  )
  steps.expect(unclear.map(({ source }) => source))
  for (const { source, survey } of unclear) {
    const rows = sketchRows()
    const ignore = (): void => undefined
    const sink = { meeting: ignore, row: rows.add, warning: ignore }
    await readFile(source, survey, choicesOf(source), sink, steps.of(source))
    sketches.set(source, rows.sketches)
  }
  return sketches
}

/** Of equal rows, those of one file are told of one by one, those that a second file repeats together. */
function tellTwice(warnings: FileWarning[]) {
  let isExpected = false
  let repeated = 0
  let warn = (_line: number, _name: string): void => undefined
  const readTwice = (row: FileRow): void => {
    if (isExpected) repeated++
    else warn(row.line, row.name)
  }
  const telling = (file: string) => {
    const told = createWarnings(file, (warning) => warnings.push(warning))
    warn = (line, name) => {
      told.warn('duplicate_row', line, name)
    }
    repeated = 0
    return {
      expects(expected: boolean) {
        isExpected = expected
      },
      end(others: readonly string[]) {
        if (others.length > 0) told.warn('meeting_in_two_files', null, others.join(', '), repeated)
        told.end()
      },
    }
  }
  return { readTwice, telling }
}

type Steps = ReturnType<typeof createSteps>

/** Counts bytes over all passes over all files. */
function createSteps(sources: readonly FileSource[], progress?: GatherProgress) {
  const sizes = sources.map(({ size }) => size)
  const all = sizes.reduce<number | null>(
    (sum, size) => (sum === null || size === null ? null : sum + size),
    0,
  )
  let [total, done] = [all === null ? null : all * 2, 0]
  return {
    expect(again: readonly FileSource[]) {
      for (const { size } of again) if (total !== null) total += size ?? 0
    },
    of(source: FileSource) {
      const before = done
      done += source.size ?? 0
      if (progress === undefined) return undefined
      return (bytes: number) =>
        progress(source.name, total === null || total === 0 ? null : Math.min(1, (before + bytes) / total))
    },
  }
}
