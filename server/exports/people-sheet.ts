import { zoneOffsets } from '../../shared/files/index.ts'
import type { AnswerParts, AnswerPerson } from '../../shared/people/index.ts'
import { peopleSheetWords, wordsFor, yesNoWords, type Language } from '../../shared/words/index.ts'
import { measureHeaders, timesHeader } from '../../shared/words/sheet-sentence.ts'
import type { Cell, CellKind, Sheet } from './xlsx.ts'

type Column = keyof ReturnType<typeof peopleSheetWords>['headers'] | 'share' | 'meetsMinimum'

const columns: readonly (readonly [Column, CellKind, width: number])[] = [
  ['name', 'text', 28],
  ['names', 'text', 20],
  ['email', 'text', 30],
  ['role', 'text', 12],
  ['firstJoin', 'time', 20],
  ['lastLeave', 'time', 20],
  ['present', 'duration', 11],
  ['share', 'percent', 26],
  ['meetsMinimum', 'text', 14],
  ['statuses', 'text', 18],
  ['confidence', 'text', 13],
  ['evidence', 'text', 48],
  ['waiting', 'duration', 11],
  ['reported', 'duration', 13],
  ['segments', 'number', 7],
  ['meetings', 'number', 10],
  ['registration', 'text', 13],
]

/**
 * The sheet *People* for opening: dates as the clocks of `zone` showed them, times as `[h]:mm:ss`, shares in percent of what
 * their header names.
 */
export function peopleSheet(
  answer: Pick<AnswerParts, 'people' | 'measuredBy'>,
  zone: string,
  language: Language,
): Sheet {
  const words = peopleSheetWords(language)
  const { base, minShare } = answer.measuredBy
  const { share, minimum } = measureHeaders({ base, zone, minPercent: minShare }, language)
  const headers: Record<Column, string> = {
    ...words.headers,
    firstJoin: timesHeader(words.headers.firstJoin, zone),
    lastLeave: timesHeader(words.headers.lastLeave, zone),
    share,
    meetsMinimum: minimum,
  }
  return {
    name: words.sheet,
    columns: columns.map(([column, kind, width]) => ({ header: headers[column], kind, width })),
    rows: rowsOf(answer.people(), zone, language),
  }
}

function* rowsOf(people: Iterable<AnswerPerson>, zone: string, language: Language): Generator<Cell[]> {
  const { statuses, and } = peopleSheetWords(language)
  const { roles, confidences } = wordsFor(language)
  const { yes, no } = yesNoWords[language]
  const dayOf = clockDays(zone)
  for (const person of people)
    yield [
      person.name,
      person.names.filter((name) => name !== person.name).join(and),
      person.email,
      roles[person.role],
      dayOf(person.firstJoin),
      dayOf(person.lastLeave),
      person.presentSeconds,
      person.share,
      person.meetsMinimum === null ? null : person.meetsMinimum ? yes : no,
      person.statuses.map((status) => statuses[status]).join(and),
      confidences[person.identity.confidence],
      person.identity.evidence.join(' '),
      person.waitingSeconds,
      person.reportedSeconds,
      person.segments,
      person.meetings.length,
      person.registration,
    ]
}

const DAY_MS = 86_400_000
/** 1970-01-01 as spreadsheets count days. */
const EPOCH_DAY = 25_569
/** No clock changes within a quarter of an hour of UTC. */
const QUARTER_MS = 15 * 60_000

/** What the clocks of a zone showed at an instant, in days as spreadsheets count them; null for null. */
function clockDays(zone: string): (iso: string | null) => number | null {
  const offsetAt = zoneOffsets(zone)
  const offsets = new Map<number, number>()
  return (iso) => {
    if (iso === null) return null
    const ms = Date.parse(iso)
    const quarter = Math.floor(ms / QUARTER_MS)
    let offset = offsets.get(quarter)
    if (offset === undefined) {
      offset = offsetAt(quarter * QUARTER_MS)
      offsets.set(quarter, offset)
    }
    return (ms + offset) / DAY_MS + EPOCH_DAY
  }
}
