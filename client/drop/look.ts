import {
  createRecords,
  FileRefused,
  findSeparator,
  parseStamp,
  readAs,
  readText,
  sniff,
  surveyFile,
  type Choices,
  type Column,
  type Field,
  type FileSource,
  type Survey,
} from '../../shared/files/index.ts'
import type { Ambiguous, FileToRead, Look } from './desk.ts'

const HEAD_BYTES = 65_536
const FIRST_ROWS = 5

/** What a file is, or why it is refused; with what is needed to ask about it. */
export async function look(
  { file, columns, dates }: FileToRead,
  source: FileSource,
  told: (part: number) => void,
): Promise<Look> {
  // Its zone is asked of the whole list: while looking, none is missing.
  const choices: Choices = { zone: 'UTC', dates, columns: columns && new Map(columns) }
  try {
    const survey = await surveyFile(source, choices, (bytes) => {
      told(file.size === 0 ? 1 : bytes / file.size)
    })
    return { as: 'list', survey, ambiguous: ambiguousIn(survey) }
  } catch (error) {
    // A folder, or a file that went away or may not be read, shows itself only here.
    if (error instanceof DOMException)
      return { as: 'refused', refusal: { code: 'unreadable', file: source.name, line: null }, table: null }
    if (!(error instanceof FileRefused)) throw error
    const { refusal } = error
    return { as: 'refused', refusal, table: refusal.code === 'not_recognised' ? await tableIn(file) : null }
  }
}

/** The first date shown that is one day with the day first and another with the month first. */
function ambiguousIn({ dates, firstRows, meetings }: Survey): Ambiguous | null {
  if (dates.by !== 'open' && dates.by !== 'assumed' && dates.by !== 'given') return null
  for (const text of [...firstRows.flat(), ...meetings.map(({ started }) => started ?? '')]) {
    const stamp = parseStamp(text)
    if (stamp?.form !== 'numeric') continue
    const [dmy, mdy] = [readAs(stamp, 'dmy'), readAs(stamp, 'mdy')]
    if (dmy === null || mdy === null || dmy.day === mdy.day) continue
    const msOf = ({ year, month, day }: typeof dmy): number => Date.UTC(year, month - 1, day)
    return { text, dmyMs: msOf(dmy), mdyMs: msOf(mdy) }
  }
  return null
}

/** The first lines of a text with columns that mean nothing to us yet; null when it has no columns. */
export async function tableIn(file: Blob): Promise<{ columns: Column[]; firstRows: string[][] } | null> {
  const head = file.slice(0, HEAD_BYTES)
  const bytes = new Uint8Array(await head.arrayBuffer())
  const found = sniff(bytes, file.size <= HEAD_BYTES)
  if ('refusal' in found) return null
  let text = ''
  const once = {
    name: '',
    size: bytes.length,
    async *open() {
      await Promise.resolve()
      yield bytes
    },
  }
  await readText(once, found, (more) => (text += more))
  const records: string[][] = []
  const reader = createRecords({
    separator: findSeparator(text),
    onRecord: (cells) => {
      if (cells.length > 1 && records.length <= FIRST_ROWS) records.push(cells)
    },
    onWarning: () => undefined,
  })
  reader.push(text)
  reader.end()
  const [header, ...firstRows] = records
  if (header === undefined || firstRows.length === 0) return null
  const columns = header.map((name, at) => ({
    at,
    header: name,
    field: null satisfies Field | null,
    by: 'shape' as const,
  }))
  return { columns, firstRows }
}
