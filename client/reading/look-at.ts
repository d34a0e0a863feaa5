import {
  FileRefused,
  readFile,
  surveyFile,
  type Choices,
  type Column,
  type DateOrder,
  type Field,
  type FileMeeting,
  type FileRefusal,
  type FileSource,
  type FileWarning,
  type Survey,
} from '../../shared/files/index.ts'
import { tableIn } from '../drop/look.ts'

/** How a file is to be read, as it travels to a Worker. */
export interface Wish {
  zone: string
  dates: DateOrder | null
  columns: [number, Field | null][] | null
}

/** A meeting of a file with rows that tell of presence. */
export interface LookedMeeting {
  /** Its place in the file, from 0. */
  index: number
  number: string | null
  topic: string | null
  startMs: number
  endMs: number
  rows: number
}

/** What is to be known of a file before it is handed in. */
export type Look =
  /** `table`: what its columns are, for somebody who can say what they mean. */
  | { as: 'refused'; refusal: FileRefusal; table: { columns: Column[]; firstRows: string[][] } | null }
  /** Nothing decides between day and month first: rows can be read once that is answered. */
  | { as: 'undecided'; survey: Survey }
  | {
      as: 'list'
      survey: Survey
      /** SHA-256 of the bytes, hex; null where the browser has no such sum. */
      hash: string | null
      meetings: LookedMeeting[]
      rows: number
      withoutTimes: number
      warnings: FileWarning[]
    }

/** Reads a file twice, as an import does, and keeps nothing of its people but the first rows. `told`: 0 to 1. */
export async function lookAt(file: File, wish: Wish, told: (part: number) => void): Promise<Look> {
  const source: FileSource = { name: file.name, size: file.size, open: () => piecesOf(file) }
  const choices: Choices = {
    zone: wish.zone,
    dates: wish.dates,
    columns: wish.columns && new Map(wish.columns),
  }
  const part =
    (from: number) =>
    (bytes: number): void => {
      told(from + bytes / Math.max(1, file.size) / 2)
    }
  try {
    const survey = await surveyFile(source, choices, part(0))
    if (survey.dates.by === 'open' && wish.dates === null) return { as: 'undecided', survey }
    const meetings: (FileMeeting & { fromMs: number; toMs: number; rows: number })[] = []
    const warnings: FileWarning[] = []
    let withoutTimes = 0
    await readFile(
      source,
      survey,
      choices,
      {
        meeting: (meeting) => meetings.push({ ...meeting, fromMs: Infinity, toMs: -Infinity, rows: 0 }),
        row({ meeting, fromMs, toMs, attended }) {
          const place = meetings[meeting]
          if (place === undefined || fromMs === null || toMs === null || !attended) {
            withoutTimes++
            return
          }
          place.rows++
          place.fromMs = Math.min(place.fromMs, fromMs)
          place.toMs = Math.max(place.toMs, toMs)
        },
        warning: (warning) => warnings.push(warning),
      },
      part(0.5),
    )
    const looked = meetings.flatMap(
      ({ number, topic, startedMs, endedMs, fromMs, toMs, rows }, index): LookedMeeting[] => {
        const startMs = startedMs ?? fromMs
        const endMs = Math.max(endedMs ?? toMs, startMs)
        return rows === 0 ? [] : [{ index, number, topic, startMs, endMs, rows }]
      },
    )
    const rows = looked.reduce((sum, meeting) => sum + meeting.rows, 0)
    return { as: 'list', survey, hash: await hashOf(file), meetings: looked, rows, withoutTimes, warnings }
  } catch (error) {
    // A folder, or a file that went away or may not be read, shows itself only here.
    if (error instanceof DOMException)
      return { as: 'refused', refusal: { code: 'unreadable', file: file.name, line: null }, table: null }
    if (!(error instanceof FileRefused)) throw error
    const { refusal } = error
    return { as: 'refused', refusal, table: refusal.code === 'not_recognised' ? await tableIn(file) : null }
  }
}

/** Only pages that came over TLS, or from this machine, can make sums. */
async function hashOf(file: File): Promise<string | null> {
  const subtle = globalThis.crypto.subtle as SubtleCrypto | undefined
  if (subtle === undefined) return null
  const sum = new Uint8Array(await subtle.digest('SHA-256', await file.arrayBuffer()))
  return [...sum].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** `for await` over a stream is not known to every browser. */
async function* piecesOf(file: Blob): AsyncGenerator<Uint8Array> {
  const reader = file.stream().getReader()
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      yield value
    }
  } finally {
    await reader.cancel()
  }
}
