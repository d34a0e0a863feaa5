import { effect, signal, untracked, type Signal } from '@preact/signals'
import type { GatheringItem, GatheringList } from '../../shared/wire/index.ts'
import type { Api } from './api.ts'
import { createPaged, type Paged } from './paged.ts'
import type { SessionModel } from './session.ts'

export type Period = 'all' | 'week' | 'thirty' | 'month' | 'range'
export const periods: readonly Period[] = ['all', 'week', 'thirty', 'month', 'range']

export interface HistoryModel {
  search: Signal<string>
  period: Signal<Period>
  /** Days of the period chosen by hand, as `2026-11-23` in the reader's zone; '' leaves that side open. */
  from: Signal<string>
  to: Signal<string>
  list: Paged<GatheringItem, GatheringList>
  /** True while search or period leave something out. */
  narrowed(): boolean
  showAll(): void
  /** Asks for the list when it is looked at: for the first time, or again, with what is shown staying meanwhile. */
  look(): void
  /** What became of one gathering elsewhere in the panel. */
  learn(item: GatheringItem): void
  /** Where the list was scrolled to when it was last on screen, in pixels. */
  place: { top: number }
}

/** Typing settles for this long before the server is asked. */
const SETTLE_MS = 250

/** The history: every gathering the viewer had to do with, searched and paged by the server. */
export function createHistoryModel(
  api: Pick<Api, 'gatherings'>,
  session: Pick<SessionModel, 'call'>,
  now: () => number = Date.now,
): HistoryModel {
  const search = signal('')
  const period = signal<Period>('all')
  const from = signal('')
  const to = signal('')
  const place = { top: 0 }
  let asked = false
  let settling: ReturnType<typeof setTimeout> | undefined
  const list = createPaged<GatheringItem, GatheringList>(
    (cursor) =>
      session.call((token) =>
        api.gatherings(token, {
          search: search.peek().trim().slice(0, 200),
          ...boundsOf(period.peek(), from.peek(), to.peek(), now()),
          cursor,
        }),
      ),
    ({ id }) => id,
  )

  let before = ''
  effect(() => {
    const typed = search.value.trim()
    const wish = `${period.value} ${from.value} ${to.value} ${typed}`
    if (wish === before) return
    const first = before === ''
    before = wish
    untracked(() => {
      if (first || !asked) return
      clearTimeout(settling)
      settling = setTimeout(() => {
        place.top = 0
        void list.reload()
      }, SETTLE_MS)
    })
  })

  return {
    search,
    period,
    from,
    to,
    list,
    place,
    narrowed: () =>
      search.value.trim() !== '' ||
      (period.value === 'range' ? from.value !== '' || to.value !== '' : period.value !== 'all'),
    showAll() {
      search.value = ''
      period.value = 'all'
    },
    look() {
      if (asked && list.state.value.status === 'ready') return void list.freshen()
      asked = true
      void list.reload()
    },
    learn(item) {
      list.replace((known) => (known.id === item.id ? item : known))
    },
  }
}

/** The period as UTC instants, the end exclusive. Days are the reader's: midnight to midnight where the panel is. */
export function boundsOf(
  period: Period,
  from: string,
  to: string,
  nowMs: number,
): { from: string | null; to: string | null } {
  const today = new Date(nowMs)
  const daysAgo = (days: number) =>
    new Date(today.getFullYear(), today.getMonth(), today.getDate() - days).toISOString()
  switch (period) {
    case 'all':
      return { from: null, to: null }
    case 'week':
      return { from: daysAgo(6), to: null }
    case 'thirty':
      return { from: daysAgo(29), to: null }
    case 'month':
      return { from: new Date(today.getFullYear(), today.getMonth(), 1).toISOString(), to: null }
    case 'range': {
      // Typed the wrong way round, it is meant all the same; what has not begun holds nothing anyhow.
      const [first, last] = from !== '' && to !== '' && to < from ? [to, from] : [from, to]
      const start = dayStart(first, 0)
      return {
        from: start === null || start <= today.toISOString() ? start : daysAgo(0),
        to: dayStart(last, 1),
      }
    }
  }
}

function dayStart(day: string, later: number): string | null {
  const [, year, month, date] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day) ?? []
  if (year === undefined || month === undefined || date === undefined) return null
  return new Date(Number(year), Number(month) - 1, Number(date) + later).toISOString()
}
