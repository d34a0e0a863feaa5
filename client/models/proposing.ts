import { batch, signal, type ReadonlySignal } from '@preact/signals'
import type { ProposalList } from '../../shared/wire/index.ts'
import { ApiProblem } from './api.ts'
import type { Read } from './correcting.ts'
import type { CorrectionsApi } from './corrections-api.ts'
import type { SessionModel } from './session.ts'

/** Two lines of the list that may be one person, and why. */
export type Pair = ProposalList['items'][number]

export interface ProposingModel {
  pairs: ReadonlySignal<Read<readonly Pair[]>>
  /** How many there are beyond those that are told. */
  more: ReadonlySignal<number>
  /** Asks for the pairs of this list; of the same one again only when the last answer was a failure. */
  follow(gatheringId: string): void
  /** The list changed: asks again soon, however often it changes until then. */
  changed(): void
  refresh(): Promise<void>
}

/** A list may change many times a second; comparing everybody with everybody need not. */
const SETTLE_MS = 1_000

/** Who may be one person, as long as nobody said so or otherwise. */
export function createProposingModel({
  api,
  session,
}: {
  api: Pick<CorrectionsApi, 'proposals'>
  session: Pick<SessionModel, 'call'>
}): ProposingModel {
  const pairs = signal<Read<readonly Pair[]>>({ status: 'loading' })
  const more = signal(0)
  let followed: string | null = null
  let asked = 0
  let soon: ReturnType<typeof setTimeout> | null = null

  async function read(): Promise<void> {
    const mine = followed
    if (mine === null) return
    const turn = ++asked
    try {
      const answer = await session.call((token) => api.proposals(token, mine))
      if (turn !== asked) return
      batch(() => {
        pairs.value = { status: 'ready', answer: answer.items }
        more.value = answer.more
      })
    } catch (error) {
      // What is on screen outlives a dropped line.
      if (turn === asked && pairs.value.status !== 'ready')
        pairs.value = { status: 'failed', code: error instanceof ApiProblem ? error.code : 'unexpected' }
    }
  }

  return {
    pairs,
    more,
    follow(gatheringId) {
      if (followed === gatheringId && pairs.value.status !== 'failed') return
      followed = gatheringId
      pairs.value = { status: 'loading' }
      void read()
    },
    changed() {
      soon ??= setTimeout(() => {
        soon = null
        void read()
      }, SETTLE_MS)
    },
    async refresh() {
      if (pairs.value.status === 'failed') pairs.value = { status: 'loading' }
      await read()
    },
  }
}
