import { neutralise } from '../../shared/files/index.ts'
import { csvChunks, type AnswerParts, type AnswerPerson } from '../../shared/people/index.ts'
import { formatFor, peopleSheetWords, type Language } from '../../shared/words/index.ts'
import { measureHeaders, timesHeader } from '../../shared/words/sheet-sentence.ts'

/** The file to save: the very bytes the command line writes, below a sentence and an empty line where one is asked for. */
export const csvOf = (answer: Pick<AnswerParts, 'people'>, sentence: string | null): Blob =>
  new Blob([...csvChunks(answer.people(), sentence === null ? [] : [sentence])], {
    type: 'text/csv;charset=utf-8',
  })

const columns = ['name', 'email', 'firstJoin', 'lastLeave', 'present', 'share', 'statuses'] as const

/**
 * The list for pasting into a spreadsheet, below its sentence and an empty line: a line a person, cells between tabs, times as
 * the clocks of `zone` showed them, minutes and percent as the language writes them, both rounded down.
 */
export function tableOf(
  answer: Pick<AnswerParts, 'people' | 'measuredBy'>,
  sentence: string,
  zone: string,
  language: Language,
): string {
  const { headers: told, statuses, and } = peopleSheetWords(language)
  const { base, minShare } = answer.measuredBy
  const headers = {
    ...told,
    firstJoin: timesHeader(told.firstJoin, zone),
    lastLeave: timesHeader(told.lastLeave, zone),
    share: measureHeaders({ base, zone, minPercent: minShare }, language).share,
  }
  const numbers = new Intl.NumberFormat(language, { maximumFractionDigits: 1, useGrouping: false })
  const { timeExact } = formatFor(language, zone)
  const day = new Intl.DateTimeFormat('sv-SE', { timeZone: zone })
  const time = (iso: string | null): string =>
    iso === null ? '' : `${day.format(Date.parse(iso))} ${timeExact(Date.parse(iso))}`
  const cell = (person: AnswerPerson, column: (typeof columns)[number]): string => {
    switch (column) {
      case 'name':
      case 'email':
        return neutralise(person[column] ?? '')
      case 'firstJoin':
      case 'lastLeave':
        return time(person[column])
      case 'present': {
        const seconds = person.presentSeconds ?? person.reportedSeconds
        return seconds === null ? '' : numbers.format(Math.floor(seconds / 6) / 10)
      }
      case 'share':
        return person.share === null ? '' : `${numbers.format(person.share * 100)}%`
      case 'statuses':
        return person.statuses.map((status) => statuses[status]).join(and)
    }
  }
  const lines = [[sentence], [''], columns.map((column) => headers[column])]
  for (const person of answer.people()) lines.push(columns.map((column) => cell(person, column)))
  return lines.map((cells) => cells.map(oneLine).join('\t')).join('\n')
}

/** A tab or a line break inside a cell would begin another one. */
const oneLine = (cell: string): string => cell.replaceAll(/[\t\r\n]+/g, ' ')
