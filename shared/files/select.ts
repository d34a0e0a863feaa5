import type { ExportRequest, PersonRow } from '../wire/index.ts'

/**
 * Which rows of a roster are shown and in which order: one rule for the list on screen and for every file, so that a person
 * exports what they see.
 */
export type Show = ExportRequest['filter']['show']
export type Sort = ExportRequest['sort']

/**
 * `left` are people who came and went, `waiting_only` those who went without having come in, but whom the host
 * said to have been there: nobody is both. `reached` and
 * `not_reached` are told of the policy's minimum and the host's word; whom neither says anything of is in none of them.
 */
export function showsRow(row: PersonRow, show: Show): boolean {
  // Whoever did not come is no row of a list of those who did.
  if (row.onListOnly) return show === 'absent' || show === 'everybody'
  switch (show) {
    case 'everybody':
    case 'all':
      return true
    case 'here':
    case 'waiting':
      return row.state === show
    case 'left':
      return row.state === 'left' && row.firstJoin !== null
    case 'waiting_only':
      return row.state === 'left' && row.firstJoin === null && row.host?.mark?.mark !== 'present'
    case 'reached':
      return row.meetsMinimum === true
    case 'not_reached':
      return row.meetsMinimum === false
    case 'no_email':
      return row.email === null
    case 'registered':
      return isRegistered(row) && row.segments > 0
    case 'unidentified':
    case 'conflict':
      return row.identity.confidence === show
    default:
      return row.statuses.includes(show)
  }
}

/** Whether somebody was let in by their own registration, and so should have come. */
function isRegistered({ registration }: PersonRow): boolean {
  return registration?.standing === 'approved' && !registration.ofAnother
}

/** Hosts, co-hosts and panelists who did not register: they come anyway, and a list of who should come leaves them out. */
export function isStaff(row: PersonRow): boolean {
  return staffRoles.includes(row.role) && !isRegistered(row)
}
const staffRoles: readonly PersonRow['role'][] = ['host', 'cohost', 'panelist']

/** Whether somebody carries a label; everybody does when none is asked for. */
export function carriesLabel(row: PersonRow, label: string | null | undefined): boolean {
  return label === null || label === undefined || row.labels.some(({ name }) => name === label)
}

/** Text as search compares it: compatibility forms united, case folded; accents count. */
export function foldText(text: string): string {
  return text.normalize('NFKC').toLocaleLowerCase('en')
}

/** What a search looks into: every spelling of the name and, where it may be read, the address. */
export function searchTextOf(row: PersonRow): string {
  return foldText([row.name, ...row.names, row.email ?? ''].join('\n'))
}

/**
 * Orders rows, or whatever holds one; equal ones by name as `language` sorts names, then by id, so that an order never
 * flickers. `secondsOf` tells how long somebody was present, for a reader who counts on while they are here.
 */
export function rowOrders<T>(
  language: string,
  { rowOf, secondsOf }: { rowOf: (item: T) => PersonRow; secondsOf: (item: T) => number },
): Record<Sort, (a: T, b: T) => number> {
  const collator = new Intl.Collator(language, { sensitivity: 'base', numeric: true })
  const byName = (a: T, b: T) =>
    collator.compare(rowOf(a).name, rowOf(b).name) || compare(rowOf(a).id, rowOf(b).id)
  return {
    name: byName,
    joined: (a, b) => compare(rowOf(a).firstJoin ?? '9', rowOf(b).firstJoin ?? '9') || byName(a, b),
    present: (a, b) => secondsOf(b) - secondsOf(a) || byName(a, b),
    state: (a, b) => stateOrder[rowOf(a).state] - stateOrder[rowOf(b).state] || byName(a, b),
  }
}

const stateOrder = { here: 0, waiting: 1, left: 2 }
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
