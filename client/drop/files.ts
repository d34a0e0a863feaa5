import type { Column, DateOrder, Field } from '../../shared/files/index.ts'
import type { Ambiguous, FileToRead, Look } from './desk.ts'

/** A file on the page, and what the person answered about it. */
export interface DroppedFile extends FileToRead {
  /** Null until it has been looked at. */
  look: Look | null
  /** The person has seen what its columns were taken for, or said it. */
  confirmed: boolean
  /** The person wants to say what its columns mean, though it was refused. */
  saying: boolean
}

/** What the page must ask before it reads. */
export type Question =
  | { ask: 'order'; file: DroppedFile; ambiguous: Ambiguous | null }
  | { ask: 'columns'; file: DroppedFile; columns: Column[]; firstRows: string[][]; known: boolean }

/** The first question that is open; null when all can be read that can. */
export function openQuestion(files: readonly DroppedFile[]): Question | null {
  for (const file of files) {
    const { look, confirmed, saying, dates } = file
    if (look?.as === 'refused' && saying && look.table !== null)
      return { ask: 'columns', file, ...look.table, known: false }
    if (look?.as !== 'list') continue
    const { survey, ambiguous } = look
    if (survey.needsConfirmation && !confirmed)
      return { ask: 'columns', file, columns: survey.columns, firstRows: survey.firstRows, known: true }
    if (survey.dates.by === 'open' && dates === null) return { ask: 'order', file, ambiguous }
  }
  return null
}

/** Nothing in the file decides whether day or month comes first. */
export const isUndecided = ({ look }: DroppedFile): boolean =>
  look?.as === 'list' && (look.survey.dates.by === 'open' || look.survey.dates.by === 'assumed')

/** It was not there, or may not be opened: nothing is known of what is in it. */
export const isUnreadable = ({ look }: DroppedFile): boolean =>
  look?.as === 'refused' && look.refusal.code === 'unreadable'

/** The order in which the dates of undecided files are read; null when there are none. */
export function orderOf(
  files: readonly DroppedFile[],
): { order: DateOrder; ambiguous: Ambiguous | null } | null {
  for (const file of files) {
    if (!isUndecided(file) || file.look?.as !== 'list') continue
    return { order: file.dates ?? 'mdy', ambiguous: file.look.ambiguous }
  }
  return null
}

/** Times of some file are meant in a zone the file does not tell. */
export const needsZone = (files: readonly DroppedFile[]): boolean =>
  files.some(({ look }) => look?.as === 'list' && look.survey.needsZone)

/** The answer about a file's columns: looked at again only where it says something else than was found. */
export function withColumns(
  file: DroppedFile,
  found: readonly Column[],
  said: readonly [number, Field | null][],
): DroppedFile {
  const differs = said.some(([at, field]) => found.find((column) => column.at === at)?.field !== field)
  const answered = { ...file, confirmed: true, saying: false }
  return differs ? { ...answered, columns: [...said], look: null } : answered
}
