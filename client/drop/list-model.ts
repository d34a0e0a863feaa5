import { signal, type ReadonlySignal } from '@preact/signals'
import type { Language } from '../../shared/words/index.ts'
import type { Desk, Order, Row, Selected, Show } from './desk.ts'

/** Rows are fetched in windows of this many, and only some windows are kept. */
const WINDOW = 100
const MOST_WINDOWS = 8
/** A key pressed within this time joins the search before it. */
const TYPING_MS = 120

interface ListParts {
  desk: () => <Answer>(question: (desk: Desk) => Promise<Answer>) => Promise<Answer | null>
  language: ReadonlySignal<Language>
  /** Percent. */
  minimum: ReadonlySignal<number>
  /** There is a list in the Worker that can be asked. */
  isReady: () => boolean
}

/** The list as the page sees it: a count, and the windows that were looked at. */
export function createListModel({ desk, language, minimum, isReady }: ListParts) {
  const show = signal<Show>('came')
  const search = signal('')
  const order = signal<Order>('joined')
  const selected = signal<Selected | null>(null)
  /** Changes whenever rows came or went. */
  const revision = signal(0)
  const windows = new Map<number, Row[] | 'asked'>()
  let turn = 0
  let typing: ReturnType<typeof setTimeout> | undefined

  async function select(): Promise<void> {
    clearTimeout(typing)
    if (!isReady()) return
    const mine = ++turn
    const query = {
      ...{ show: show.value, search: search.value, order: order.value },
      ...{ minimum: minimum.value, language: language.value },
    }
    const answer = await desk()((one) => one.select(query))
    if (answer === null || mine !== turn) return
    windows.clear()
    selected.value = answer
    revision.value++
  }

  async function fetchWindow(at: number): Promise<void> {
    const mine = turn
    windows.set(at, 'asked')
    const rows = await desk()((one) => one.rows(at * WINDOW, (at + 1) * WINDOW))
    if (mine !== turn) return
    if (rows === null) windows.delete(at)
    else windows.set(at, rows)
    revision.value++
  }

  return {
    ...{ show, search, order, selected, revision, select },
    /** Another list: nobody of the last one is sought in it. */
    reset(): void {
      windows.clear()
      show.value = 'came'
      search.value = ''
    },
    setShow(next: Show): void {
      show.value = next
      void select()
    },
    setOrder(next: Order): void {
      order.value = next
      void select()
    },
    type(): void {
      clearTimeout(typing)
      typing = setTimeout(() => void select(), TYPING_MS)
    },
    rowAt(index: number): Row | null {
      const rows = windows.get(Math.floor(index / WINDOW))
      return rows === undefined || rows === 'asked' ? null : (rows[index % WINDOW] ?? null)
    },
    /** Fetches what is missing of the rows [first, last), and lets go of what is far from them. */
    want(first: number, last: number): void {
      if (!isReady() || last <= first) return
      const [from, to] = [Math.floor(first / WINDOW), Math.floor((last - 1) / WINDOW)]
      for (let at = from; at <= to; at++) if (!windows.has(at)) void fetchWindow(at)
      for (const at of windows.keys())
        if (windows.size > MOST_WINDOWS && (at < from - 1 || at > to + 1)) windows.delete(at)
    },
  }
}
export type ListModel = ReturnType<typeof createListModel>
