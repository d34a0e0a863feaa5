import { csvLine, neutralise } from '../files/index.ts'
import type { AnswerPerson } from './answer.ts'

/** What a line of the CSV holds, by the names the JSON has. Lists in one cell are separated by "; ". */
const columns: readonly (readonly [header: string, cell: (person: AnswerPerson) => string])[] = [
  ['name', (person) => neutralise(person.name)],
  ['names', (person) => neutralise(person.names.join('; '))],
  ['email', (person) => neutralise(person.email ?? '')],
  ['role', (person) => person.role],
  [
    'meetings',
    (person) =>
      person.meetings.map(({ id, presentSeconds }) => `${id}:${written(presentSeconds)}`).join('; '),
  ],
  ['segments', (person) => written(person.segments)],
  ['firstJoin', (person) => person.firstJoin ?? ''],
  ['lastLeave', (person) => person.lastLeave ?? ''],
  ['presentSeconds', (person) => written(person.presentSeconds)],
  ['waitingSeconds', (person) => written(person.waitingSeconds)],
  ['reportedSeconds', (person) => written(person.reportedSeconds)],
  ['share', (person) => written(person.share)],
  ['meetsMinimum', (person) => written(person.meetsMinimum)],
  ['registration', (person) => neutralise(person.registration ?? '')],
  ['statuses', (person) => person.statuses.join('; ')],
  ['rule', (person) => person.identity.rule],
  ['confidence', (person) => person.identity.confidence],
  ['evidence', (person) => neutralise(person.identity.evidence.join(' '))],
]

const written = (value: number | boolean | null): string => (value === null ? '' : String(value))

const BATCH = 500

/**
 * People as CSV for programs, a batch of lines at a time, the same from the command line and the browser page: lines as
 * `csvLine` writes them behind a byte order mark, headers as in the JSON, times ISO 8601 UTC, durations in seconds, a decimal
 * point, nothing for null. Cells with text of the file go through `neutralise`. Lines `above` come before the headers, one cell
 * each, with an empty line after them.
 */
export function* csvChunks(people: Iterable<AnswerPerson>, above: readonly string[] = []): Generator<string> {
  const head = [...above, ...(above.length > 0 ? [''] : [])].map((line) => csvLine([line]))
  let lines = ['\ufeff', ...head, csvLine(columns.map(([header]) => header))]
  for (const person of people) {
    lines.push(csvLine(columns.map(([, cell]) => cell(person))))
    if (lines.length < BATCH) continue
    yield lines.join('')
    lines = []
  }
  if (lines.length > 0) yield lines.join('')
}
