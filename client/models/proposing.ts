import { batch, signal, type ReadonlySignal } from '@preact/signals'
import { ApiProblem } from './api.ts'
import type { Read } from './correcting.ts'
import type { SessionModel } from './session.ts'

export interface ProposingModel<Item> {
  items: ReadonlySignal<Read<readonly Item[]>>
  /** How many there are beyond those that are told. */
  more: ReadonlySignal<number>
  /** Asks for those of this list; of the same one again only when the last answer was a failure. */
  follow(gatheringId: string): void
  /** The list changed: asks again soon, however often it changes until then. */
  changed(): void
  refresh(): Promise<void>
}

/** A list may change many times a second; looking at everybody anew need not. */
const SETTLE_MS = 1_000

/** What is proposed of a list (who may be one person, tidier spellings), as long as nobody answered it. */
export function createProposingModel<Item>({
  ask,
  session,
}: {
  ask: (token: string, gatheringId: string) => Promise<{ items: readonly Item[]; more: number }>
  session: Pick<SessionModel, 'call'>
}): ProposingModel<Item> {
  const items = signal<Read<readonly Item[]>>({ status: 'loading' })
  const more = signal(0)
  let followed: string | null = null
  let asked = 0
  let soon: ReturnType<typeof setTimeout> | null = null

  async function read(): Promise<void> {
    const mine = followed
    if (mine === null) return
    const turn = ++asked
    try {
      const answer = await session.call((token) => ask(token, mine))
      if (turn !== asked) return
      batch(() => {
        items.value = { status: 'ready', answer: answer.items }
        more.value = answer.more
      })
    } catch (error) {
      // What is on screen outlives a dropped line.
      if (turn === asked && items.value.status !== 'ready')
        items.value = { status: 'failed', code: error instanceof ApiProblem ? error.code : 'unexpected' }
    }
  }

  return {
    items,
    more,
    follow(gatheringId) {
      if (followed === gatheringId && items.value.status !== 'failed') return
      followed = gatheringId
      items.value = { status: 'loading' }
      void read()
    },
    changed() {
      soon ??= setTimeout(() => {
        soon = null
        void read()
      }, SETTLE_MS)
    },
    async refresh() {
      if (items.value.status === 'failed') items.value = { status: 'loading' }
      await read()
    },
  }
}
