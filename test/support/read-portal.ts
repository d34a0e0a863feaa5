import {
  readFile,
  surveyFile,
  type Choices,
  type FileMeeting,
  type FileRow,
  type FileSource,
  type FileWarning,
  type Survey,
} from '../../shared/files/index.ts'

/** Long after every time in our files. */
const nowMs = Date.UTC(2030, 0, 1)

/** A file in memory, handed over in pieces of `piece` bytes. */
export function sourceOf(name: string, content: string | Uint8Array, piece = 65_536): FileSource {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content
  return {
    name,
    size: bytes.length,
    // eslint-disable-next-line @typescript-eslint/require-await -- a source in memory has nothing to wait for
    open: async function* () {
      for (let at = 0; at < bytes.length; at += piece) yield bytes.subarray(at, at + piece)
    },
  }
}

export interface ReadPortal {
  survey: Survey & { warnings: FileWarning[] }
  meetings: FileMeeting[]
  rows: FileRow[]
  warnings: FileWarning[]
}

/** Surveys and reads a file, as the command line does. */
export async function readPortal(
  name: string,
  content: string | Uint8Array,
  given: Partial<Choices> = {},
): Promise<ReadPortal> {
  const choices: Choices = { zone: 'UTC', dates: null, columns: null, nowMs, ...given }
  const source = sourceOf(name, content)
  const survey = await surveyFile(source, choices)
  const read: ReadPortal = { survey, meetings: [], rows: [], warnings: [] }
  await readFile(source, survey, choices, {
    meeting: (meeting) => read.meetings.push(meeting),
    row: (row) => read.rows.push(row),
    warning: (warning) => read.warnings.push(warning),
  })
  return read
}

/** The codes of warnings, in order, without the one every file without a zone gets. */
export const codesOf = (warnings: FileWarning[]): string[] => warnings.map(({ code }) => code)
