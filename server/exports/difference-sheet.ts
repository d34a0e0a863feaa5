import { foldText, neutralise } from '../../shared/files/index.ts'
import { columnWords } from '../../shared/words/index.ts'
import { meetingWords } from '../../shared/words/meetings.ts'
import type { Difference, ExportRequest } from '../../shared/wire/index.ts'
import { minutesText, tableChunks } from './sheet.ts'

/** The columns of the differences, in order. None holds an address. */
export const DIFFERENCE_COLUMNS = ['change', 'name', 'concerned', 'live_minutes', 'final_minutes'] as const
type DifferenceColumn = (typeof DIFFERENCE_COLUMNS)[number]

/** The differences of a kind (undefined: every kind) with somebody whose name holds the search; in the order given. */
export function selectDifferences(
  items: readonly Difference[],
  { kind, search }: { kind?: Difference['kind'] | undefined; search: string },
): Difference[] {
  const wanted = foldText(search.trim())
  return items.filter(
    (item) =>
      (kind ?? item.kind) === item.kind && foldText([item.name, ...item.names].join('\n')).includes(wanted),
  )
}

/** Writes differences as text, as `sheetChunks` writes people. */
export function differenceChunks(items: readonly Difference[], request: ExportRequest): Generator<string> {
  const { kinds, said } = meetingWords(request.language).differences
  const { added, minutes_changed, not_in_report } = said
  // Whom a change concerns has a column of its own, so the short word does for the others.
  const changes = { ...kinds, added, minutes_changed, not_in_report }
  const cell = (item: Difference, column: DifferenceColumn): string => {
    switch (column) {
      case 'change':
        return changes[item.kind]
      case 'name':
        return neutralise(item.name)
      case 'concerned':
        return neutralise(item.names.join('; '))
      case 'live_minutes':
        return item.liveSeconds === null ? '' : minutesText(item.liveSeconds, request)
      case 'final_minutes':
        return minutesText(item.seconds, request)
    }
  }
  const columns = DIFFERENCE_COLUMNS.map((column) => ({
    header: columnWords[request.language][column],
    cell: (item: Difference) => cell(item, column),
  }))
  return tableChunks(items, request, columns)
}
