/** The list of one meeting as its switches distort it; without them the plain truth. */
import type { Scenario } from '../scenario.ts'
import { inventedName } from '../scenarios/names.ts'
import { iso } from '../webhook-bodies.ts'
import { reportRows } from './report-rows.ts'
import type { ParticipantRow, RowsAsked } from './report-rows.ts'
import type { ReportSwitches } from './report-switches.ts'

const WEEK_MS = 7 * 86_400_000

export type ToldRow = ParticipantRow & Record<string, unknown>

/**
 * @param rowsFrom the meeting whose rows are given
 * @param asked `registrantId`: whether registrants' ids are wanted; `list`: whose list, which differ in their fields
 * @returns `declared`: what `total_records` says
 */
export function rowsAsTold(
  rowsFrom: Scenario,
  switches: ReportSwitches,
  asked: { registrantId: boolean; list: 'past' | 'report' },
): { rows: readonly ToldRow[]; declared: number } {
  let rows = truth(rowsFrom, {
    registrantId: asked.registrantId,
    list: asked.list,
    breakoutRooms: switches.breakoutRooms || asked.list === 'report',
    without: new Set(switches.missing),
  })
  rows = multiplied(rows, switches.times)
  rows = [...rows, ...strangers(rows, switches.strangers)]
  const someRows = (many: number, changed: (row: ToldRow) => Partial<ToldRow>): void => {
    if (many > 0) rows = rows.map((row, index) => (index < many ? { ...row, ...changed(row) } : row))
  }
  someRows(switches.endsBeforeStart, (row) => ({ leave_time: iso(Date.parse(row.join_time) - 60_000) }))
  const later = (time: string, ms: number): string => iso(Date.parse(time) + ms)
  someRows(switches.overlong, (row) => ({ leave_time: later(row.leave_time, 520 * WEEK_MS) }))
  someRows(switches.misplaced, ({ join_time: joined, leave_time: left }) => ({
    ...{ join_time: later(joined, WEEK_MS), leave_time: later(left, WEEK_MS) },
  }))
  someRows(switches.endless, () => ({ leave_time: '' }))
  someRows(switches.nameless, () => ({ name: '' }))
  if (switches.unknownFields) someRows(rows.length, () => ({ audio_quality: 'good', seat: { row: 4 } }))
  if (switches.zeroDurations) someRows(rows.length, () => ({ duration: 0 }))
  rows = [...rows, ...rows.slice(0, switches.duplicated)]

  if (switches.rows !== null) rows = rows.slice(0, switches.rows)
  const declared = switches.declared ?? rows.length
  return { rows: switches.short === null ? rows : rows.slice(0, switches.short), declared }
}

const copied = new WeakMap<readonly ToldRow[], { times: number; rows: readonly ToldRow[] }>()

/** The same rows under other names and ids, until there are `times` as many; kept from page to page. */
function multiplied(rows: readonly ToldRow[], times: number): readonly ToldRow[] {
  const known = copied.get(rows)
  if (known?.times === times) return known.rows
  const copies = Array.from({ length: Math.max(0, times - 1) }, (_, copy) =>
    rows.map((row, index) => ({
      ...row,
      id: '',
      user_email: '',
      name: inventedName(2_000 + copy * rows.length + index),
      user_id: String(Number(row.user_id) + (copy + 1) * 500_000_000),
    })),
  )
  const all = copies.length === 0 ? rows : [rows, ...copies].flat()
  copied.set(rows, { times, rows: all })
  return all
}

/** People who were there from the second row's start to its end, and whom no other witness knows. */
function strangers(rows: readonly ToldRow[], many: number): ToldRow[] {
  const pattern = rows[1] ?? rows[0]
  if (!pattern) return []
  return Array.from({ length: many }, (_, index) => ({
    ...pattern,
    id: '',
    user_email: '',
    internal_user: false,
    name: inventedName(1_500 + index),
    user_id: String(900_000_000 + index * 1024),
  }))
}

const computed = new WeakMap<Scenario, { key: string; rows: readonly ToldRow[] }>()

/** Kept from page to page: a list of a hundred thousand rows is read in hundreds of them. */
function truth(scenario: Scenario, asked: RowsAsked): readonly ToldRow[] {
  const key = JSON.stringify([scenario.history.length, { ...asked, without: [...asked.without] }])
  const known = computed.get(scenario)
  if (known?.key === key) return known.rows
  const rows = reportRows(scenario, asked)
  computed.set(scenario, { key, rows })
  return rows
}
