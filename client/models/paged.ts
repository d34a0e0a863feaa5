import { batch, signal, type ReadonlySignal } from '@preact/signals'
import { ApiProblem, type PanelProblem } from './api.ts'

export type PageState =
  | { status: 'loading' }
  | { status: 'ready' }
  /** The pages shown stay; the next one is on its way. */
  | { status: 'more' }
  /** `more` tells whether it was a further page that failed. */
  | { status: 'failed'; code: PanelProblem; more: boolean }

interface Page<Item> {
  items: Item[]
  nextCursor: string | null
}

/** A list the server gives page by page. Answers to questions asked before the latest `reload` are thrown away. */
export interface Paged<Item, Answer extends Page<Item>> {
  items: ReadonlySignal<readonly Item[]>
  state: ReadonlySignal<PageState>
  /** The latest page as it came, for what it says besides its items; null before the first. */
  page: ReadonlySignal<Answer | null>
  /** From the beginning. What is shown stays until the answer is there, unless `anew`. */
  reload(anew?: boolean): Promise<void>
  /** What is newest, put before what is known; the pages that are there stay. Quiet when it fails. */
  freshen(): Promise<void>
  /** The next page; does nothing when there is none or one is on its way. */
  more(): Promise<void>
  hasMore(): boolean
  /** Forgets every page; an answer still on its way is thrown away. */
  clear(): void
  /** Changes an item in place, for what an answer of another call says of it. */
  replace(change: (item: Item) => Item): void
}

/** `load` gets the cursor of the page wanted, null for the first; `keyOf` tells items apart. */
export function createPaged<Item, Answer extends Page<Item>>(
  load: (cursor: string | null) => Promise<Answer>,
  keyOf: (item: Item) => string,
): Paged<Item, Answer> {
  const items = signal<readonly Item[]>([])
  const state = signal<PageState>({ status: 'loading' })
  const page = signal<Answer | null>(null)
  let question = 0

  async function ask(cursor: string | null): Promise<void> {
    question += 1
    const mine = question
    try {
      const answer = await load(cursor)
      if (mine !== question) return
      batch(() => {
        items.value = cursor === null ? answer.items : [...items.value, ...answer.items]
        page.value = answer
        state.value = { status: 'ready' }
      })
    } catch (error) {
      if (mine !== question) return
      const code = error instanceof ApiProblem ? error.code : 'unexpected'
      state.value = { status: 'failed', code, more: cursor !== null }
    }
  }

  return {
    items,
    state,
    page,
    reload(anew = false) {
      batch(() => {
        if (anew) {
          items.value = []
          page.value = null
        }
        state.value = { status: 'loading' }
      })
      return ask(null)
    },
    async freshen() {
      const asked = question
      const answer = await load(null).catch(() => null)
      if (answer === null || asked !== question) return
      const fresh = new Set(answer.items.map(keyOf))
      const rest = items.value.filter((item) => !fresh.has(keyOf(item)))
      batch(() => {
        // Nothing in common: so much is new that the rest no longer joins on.
        const joinsOn = rest.length < items.value.length
        items.value = joinsOn ? [...answer.items, ...rest] : answer.items
        if (!joinsOn || rest.length === 0) page.value = answer
      })
    },
    async more() {
      const cursor = page.value?.nextCursor ?? null
      if (cursor === null || state.value.status === 'loading' || state.value.status === 'more') return
      state.value = { status: 'more' }
      await ask(cursor)
    },
    hasMore: () => (page.value?.nextCursor ?? null) !== null,
    clear() {
      question += 1
      batch(() => {
        items.value = []
        page.value = null
        state.value = { status: 'loading' }
      })
    },
    replace(change) {
      items.value = items.value.map(change)
    },
  }
}
