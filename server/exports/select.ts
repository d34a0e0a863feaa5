import {
  carriesLabel,
  foldText,
  isStaff,
  rowOrders,
  searchTextOf,
  showsRow,
} from '../../shared/files/index.ts'
import type { ExportRequest, PersonRow } from '../../shared/wire/index.ts'

/** The rows an export holds, in order: what the panel's list shows for the same filter and sort. */
export function selectRows(
  rows: readonly PersonRow[],
  { filter, sort, language }: Pick<ExportRequest, 'filter' | 'sort' | 'language'>,
): PersonRow[] {
  const wanted = foldText(filter.search.trim())
  return rows
    .filter(
      (row) =>
        showsRow(row, filter.show) &&
        carriesLabel(row, filter.label) &&
        searchTextOf(row).includes(wanted) &&
        !(filter.withoutStaff === true && isStaff(row)),
    )
    .sort(
      rowOrders<PersonRow>(language, { rowOf: (row) => row, secondsOf: (row) => row.presentSeconds })[sort],
    )
}
