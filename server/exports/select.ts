import type { ExportRequest, PersonRow } from '../../shared/wire/index.ts'

/**
 * The rows an export holds, in order: the filter and sort a person sees in the panel's list. Search looks into every
 * spelling of the name and, where it may be read, the address; case and accents as `Intl.Collator` ignores them.
 */
export function selectRows(
  rows: readonly PersonRow[],
  request: Pick<ExportRequest, 'filter' | 'sort' | 'language'>,
): PersonRow[] {
  const wanted = fold(request.filter.search.trim())
  const chosen = rows.filter((row) => shows(row, request.filter.show) && matches(row, wanted))
  const collator = new Intl.Collator(request.language, { sensitivity: 'base', numeric: true })
  const byName = (a: PersonRow, b: PersonRow) => collator.compare(a.name, b.name) || compare(a.id, b.id)
  const order: Record<ExportRequest['sort'], (a: PersonRow, b: PersonRow) => number> = {
    name: byName,
    joined: (a, b) => compare(a.firstJoin ?? '9', b.firstJoin ?? '9') || byName(a, b),
    present: (a, b) => b.presentSeconds - a.presentSeconds || byName(a, b),
    state: (a, b) => STATE_ORDER[a.state] - STATE_ORDER[b.state] || byName(a, b),
  }
  return chosen.sort(order[request.sort])
}

const STATE_ORDER = { here: 0, waiting: 1, left: 2 }

function shows(row: PersonRow, show: ExportRequest['filter']['show']): boolean {
  switch (show) {
    case 'all':
      return true
    case 'here':
    case 'left':
    case 'waiting':
      return row.state === show
    case 'no_email':
      return row.email === null
    case 'unidentified':
      return row.identity.confidence === 'unidentified'
  }
}

function matches(row: PersonRow, wanted: string): boolean {
  if (wanted === '') return true
  return [...row.names, row.name, row.email ?? ''].some((text) => fold(text).includes(wanted))
}

const fold = (text: string): string => text.normalize('NFKC').toLocaleLowerCase('en')
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
