import { batch, computed, effect, signal, untracked, type ReadonlySignal, type Signal } from '@preact/signals'
import type { RosterModel } from './roster.ts'
import type { Counts, Entry, Show, Sort } from './table.ts'

export interface ListModel {
  search: Signal<string>
  show: Signal<Show>
  /** Of those shown, only people with this label; null: all. */
  label: Signal<string | null>
  /** Everybody, whatever their label. */
  showAll(): void
  /** Where a list says who should come: whether those who come anyway are shown and exported with the others. */
  staff: Signal<boolean>
  /** Whether hosts, co-hosts and panelists are left out. */
  withoutStaff: ReadonlySignal<boolean>
  sort: ReadonlySignal<Sort>
  setSort(sort: Sort): void
  rows: ReadonlySignal<readonly Entry[]>
  counts: ReadonlySignal<Counts>
  /** Every label on the list, and how many carry it. */
  labels: ReadonlySignal<ReadonlyMap<string, number>>
  /** How many rows would appear, vanish from the filter or both, were the list not held. */
  waitingChanges: ReadonlySignal<number>
  /** Pointer or focus is in the list: see the rule below. */
  hold(held: boolean): void
  /** Shows the waiting changes although the list is held. */
  release(): void
  /** Another gathering's list comes: with the search, filter and order it was left with, else with none. */
  turnTo(gatheringId: string | null): void
}

/**
 * What of the roster is on screen: search, filter, order.
 *
 * The rule of holding: while the pointer or the keyboard focus is in the list, live changes never move a row. Rows stay
 * where they are and change their content only; newcomers wait, people who no longer fit the filter stay, and the order is
 * kept. The waiting changes are counted and shown on demand, and by themselves once pointer and focus have left. What the
 * person does (search, filter, sort) always takes effect at once.
 */
export function createListModel(
  roster: Pick<RosterModel, 'revision' | 'summary' | 'table' | 'sortBy'>,
): ListModel {
  const search = signal('')
  const show = signal<Show>('all')
  const label = signal<string | null>(null)
  const staff = signal(false)
  const sort = signal<Sort>('state')
  const held = signal(false)
  const rows = signal<readonly Entry[]>([])
  const waitingChanges = signal(0)
  const { table } = roster
  const left = new Map<
    string,
    { search: string; show: Show; label: string | null; staff: boolean; sort: Sort }
  >()
  let current: string | null = null

  const withoutStaff = computed(() => !staff.value && (roster.summary.value?.expected ?? null) !== null)
  const wanted = computed(() => {
    void roster.revision.value
    return table.select(show.value, search.value, label.value, withoutStaff.value)
  })
  const counts = computed(() => {
    void roster.revision.value
    return table.counts(withoutStaff.value)
  })
  const labels = computed(() => {
    void roster.revision.value
    return table.labels(withoutStaff.value)
  })
  const showWanted = () => {
    rows.value = wanted.value
    waitingChanges.value = 0
  }

  let choice = ''
  effect(() => {
    const target = wanted.value
    const chosen = `${show.value}\n${sort.value}\n${label.value ?? ''}\n${withoutStaff.value}\n${search.value}`
    const mustHold = held.value && chosen === choice
    choice = chosen
    untracked(() => {
      if (!mustHold) {
        showWanted()
        return
      }
      const fit = new Set(target.map(({ row }) => row.id))
      const shown = rows.value
      const stale = shown.filter(({ row }) => !fit.has(row.id)).length
      waitingChanges.value = fit.size - (shown.length - stale) + stale
      rows.value = shown.map((entry) => table.get(entry.row.id) ?? entry)
    })
  })

  return {
    search,
    show,
    label,
    staff,
    withoutStaff,
    sort,
    rows,
    counts,
    labels,
    waitingChanges,
    showAll() {
      batch(() => {
        show.value = 'all'
        label.value = null
      })
    },
    setSort(next) {
      sort.value = next
      roster.sortBy(next)
    },
    hold(next) {
      held.value = next
    },
    release: showWanted,
    turnTo(gatheringId) {
      if (current !== null)
        left.set(current, {
          ...{ search: search.value, show: show.value },
          ...{ label: label.value, staff: staff.value, sort: sort.value },
        })
      current = gatheringId
      const known = gatheringId === null ? undefined : left.get(gatheringId)
      batch(() => {
        held.value = false
        search.value = known?.search ?? ''
        show.value = known?.show ?? 'all'
        label.value = known?.label ?? null
        staff.value = known?.staff ?? false
        if (sort.value !== (known?.sort ?? 'state')) {
          sort.value = known?.sort ?? 'state'
          roster.sortBy(sort.value)
        }
      })
    },
  }
}
