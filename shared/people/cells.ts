import { neutralise } from '../files/index.ts'
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
 * People as CSV for programs, a batch of lines at a time, the same from the command line and the browser page: RFC 4180 with
 * CRLF and a byte order mark, headers as in the JSON, times ISO 8601 UTC, durations in seconds, a decimal point, nothing for
 * null. Cells with text of the file go through `neutralise`; a control character that is no white space becomes its picture (␛).
 */
export function* csvChunks(people: Iterable<AnswerPerson>): Generator<string> {
  let lines = [`\ufeff${lineOf(columns.map(([header]) => header))}`]
  for (const person of people) {
    lines.push(lineOf(columns.map(([, cell]) => cell(person))))
    if (lines.length < BATCH) continue
    yield lines.join('')
    lines = []
  }
  if (lines.length > 0) yield lines.join('')
}

/** A bare line feed or return in a name ends a line for many readers, so it is quoted as well as CRLF. */
const lineOf = (cells: readonly string[]): string =>
  shown(
    `${cells.map((cell) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(',')}\r\n`,
  )

/** Everything that a terminal or a spreadsheet may act on, but tabs and line ends. */
const CONTROLS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g

/** Control characters as the signs Unicode has for showing them; tabs and line ends stay. */
const shown = (text: string): string =>
  text.replace(CONTROLS, (sign) =>
    String.fromCharCode(sign === '\u007f' ? 0x2421 : 0x2400 + sign.charCodeAt(0)),
  )
