import { batch, signal, type ReadonlySignal } from '@preact/signals'
import type { CorrectionAct, CorrectionAnswer, CorrectionItem, PersonCard } from '../../shared/wire/index.ts'
import { ApiProblem, type Api, type PanelProblem } from './api.ts'
import type { CorrectionsApi } from './corrections-api.ts'
import type { SessionModel } from './session.ts'

/** What the server answered, or why it did not; what came before stays on screen while it is asked anew. */
export type Read<Answer> =
  { status: 'loading' } | { status: 'ready'; answer: Answer } | { status: 'failed'; code: PanelProblem }

/** The last correction made or turned here, so that it can be turned once more. */
export interface Done {
  gatheringId: string
  seq: number
  kind: CorrectionAct['kind']
  undone: boolean
}

/** What is open over the list. */
type Shown = 'history' | 'proposals' | { personId: string }

export interface CorrectingModel {
  /** Of the person opened. */
  card: ReadonlySignal<Read<PersonCard>>
  /** Under which id the card was asked for; the card itself tells who that is now. */
  cardOf: ReadonlySignal<string | null>
  /** Of the whole gathering, the newest first. */
  history: ReadonlySignal<Read<readonly CorrectionItem[]>>
  /** Whether the viewer may correct the list that is shown; false until the server said so. */
  mayManage: ReadonlySignal<boolean>
  working: ReadonlySignal<boolean>
  /** Why the last act did not work; gone with the next. */
  trouble: ReadonlySignal<PanelProblem | null>
  done: ReadonlySignal<Done | null>
  /** Asks whether the viewer may correct this list. */
  askRights(gatheringId: string): void
  openPerson(gatheringId: string, personId: string): void
  openHistory(gatheringId: string): void
  /** What is proposed of this list is looked at, so what is said next is said of it. */
  openProposals(gatheringId: string): void
  /** Asks again what is open. */
  refresh(): Promise<void>
  /** Answers whom it is about now; undefined when it did not work, then `trouble` says why. */
  correct(act: CorrectionAct): Promise<{ personId: string | null } | undefined>
  /** Merges the person opened with another one of the list. */
  mergeWith(otherId: string): Promise<{ personId: string | null } | undefined>
  turn(seq: number, way: 'undo' | 'redo'): Promise<void>
  dismiss(): void
  /** A message about what did not work is read; another act is about to be tried. */
  calm(): void
}

/**
 * The evidence behind one person, and what the host says about people. Every act needs a proof of the role not older than two
 * minutes; the session fetches one first when its own is older.
 */
export function createCorrectingModel({
  api,
  gathering,
  session,
  onDone,
}: {
  api: CorrectionsApi
  gathering: Api['gathering']
  session: Pick<SessionModel, 'call'>
  onDone: () => void
}): CorrectingModel {
  const card = signal<Read<PersonCard>>({ status: 'loading' })
  const cardOf = signal<string | null>(null)
  const history = signal<Read<readonly CorrectionItem[]>>({ status: 'loading' })
  const mayManage = signal(false)
  const working = signal(false)
  const trouble = signal<PanelProblem | null>(null)
  const done = signal<Done | null>(null)
  let shown: { gatheringId: string; what: Shown } | null = null
  /** The gathering whose rights were asked for. */
  let known: string | null = null

  async function askRights(gatheringId: string): Promise<void> {
    if (known === gatheringId) return
    if (known !== null) mayManage.value = false
    known = gatheringId
    try {
      const detail = await session.call((token) => gathering(token, gatheringId))
      if (known === gatheringId) mayManage.value = detail.mayManage
    } catch {
      // Without an answer the card is only read; the next one opened asks again.
      if (known === gatheringId) known = null
    }
  }

  async function readCard(): Promise<void> {
    const mine = shown
    if (mine === null || typeof mine.what === 'string') return
    const { gatheringId } = mine
    const { personId } = mine.what
    try {
      const answer = await session.call((token) => api.card(token, gatheringId, personId))
      if (mine === shown) card.value = { status: 'ready', answer }
    } catch (error) {
      const code = codeOf(error)
      // A card on screen outlives a dropped line, but not the person or the right to see them.
      if (mine === shown && (card.value.status !== 'ready' || code === 'not_found'))
        card.value = { status: 'failed', code }
    }
  }

  async function readHistory(): Promise<void> {
    const mine = shown
    if (mine?.what !== 'history') return
    try {
      const answer = await session.call((token) => api.corrections(token, mine.gatheringId))
      if (mine === shown) history.value = { status: 'ready', answer }
    } catch (error) {
      if (mine === shown && history.value.status !== 'ready')
        history.value = { status: 'failed', code: codeOf(error) }
    }
  }

  const refresh = async () => {
    await Promise.all([readCard(), readHistory()])
  }

  async function work(
    act: (token: string, gatheringId: string) => Promise<CorrectionAnswer>,
  ): Promise<{ personId: string | null } | undefined> {
    if (shown === null || working.value) return undefined
    const { gatheringId } = shown
    batch(() => {
      working.value = true
      trouble.value = null
    })
    try {
      const { correction, personId } = await session.call((token) => act(token, gatheringId), 'fresh')
      const { seq, act: made, undone } = correction
      done.value = { gatheringId, seq, kind: made.kind, undone }
      onDone()
      return { personId }
    } catch (error) {
      trouble.value = codeOf(error)
      return undefined
    } finally {
      working.value = false
      void refresh()
    }
  }

  return {
    card,
    cardOf,
    history,
    mayManage,
    working,
    trouble,
    done,
    askRights(gatheringId) {
      void askRights(gatheringId)
    },
    openPerson(gatheringId, personId) {
      const same = shown?.gatheringId === gatheringId && isAbout(shown.what, personId)
      shown = { gatheringId, what: { personId } }
      batch(() => {
        if (!same) trouble.value = null
        if (cardOf.value !== personId || card.value.status === 'failed') card.value = { status: 'loading' }
        cardOf.value = personId
        if (done.value?.gatheringId !== gatheringId) done.value = null
      })
      void askRights(gatheringId)
      void readCard()
    },
    openHistory(gatheringId) {
      shown = { gatheringId, what: 'history' }
      batch(() => {
        trouble.value = null
        history.value = { status: 'loading' }
      })
      void askRights(gatheringId)
      void readHistory()
    },
    openProposals(gatheringId) {
      shown = { gatheringId, what: 'proposals' }
      trouble.value = null
      void askRights(gatheringId)
    },
    async refresh() {
      if (card.value.status === 'failed') card.value = { status: 'loading' }
      if (history.value.status === 'failed') history.value = { status: 'loading' }
      if (shown !== null) void askRights(shown.gatheringId)
      await refresh()
    },
    correct: (act) => work((token, gatheringId) => api.correct(token, gatheringId, act)),
    mergeWith(otherId) {
      const mine = card.value.status === 'ready' ? card.value.answer.connections[0]?.key : undefined
      return work(async (token, gatheringId) => {
        const other = await api.card(token, gatheringId, otherId)
        const theirs = other.connections[0]?.key
        if (mine === undefined || theirs === undefined) throw new ApiProblem('conflict')
        return api.correct(token, gatheringId, { kind: 'merge', connections: [mine, theirs] })
      })
    },
    async turn(seq, way) {
      await work((token, gatheringId) => api.turn(token, gatheringId, seq, way))
    },
    dismiss() {
      done.value = null
    },
    calm() {
      trouble.value = null
    },
  }
}

const isAbout = (what: Shown, personId: string): boolean =>
  typeof what === 'object' && what.personId === personId

const codeOf = (error: unknown): PanelProblem => (error instanceof ApiProblem ? error.code : 'unexpected')
