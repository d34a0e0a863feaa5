import { signal, type ReadonlySignal } from '@preact/signals'
import type { OwnLine } from '../../shared/wire/index.ts'
import { ApiProblem, type Api, type PanelProblem } from './api.ts'
import type { SessionModel } from './session.ts'

export type OwnLineState =
  | { status: 'loading' }
  /** `readAtMs`: this computer's clock, from which minutes are counted on. */
  | { status: 'read'; line: OwnLine; readAtMs: number }
  /** The meeting has no record, or none that may be shown to this participant. */
  | { status: 'none' }
  | { status: 'failed'; code: PanelProblem }

export interface OwnLineModel {
  state: ReadonlySignal<OwnLineState>
  /** Reads at once and then every half minute while visible; until the returned function is called. */
  watch(): () => void
  refresh(): Promise<void>
}

const READ_EVERY_MS = 30_000

/** A participant's own row of the meeting they are in, and nothing of anybody else. */
export function createOwnLineModel(parts: {
  api: Pick<Api, 'ownLine'>
  session: Pick<SessionModel, 'state' | 'call'>
  isVisible: () => boolean
}): OwnLineModel {
  const { api, session } = parts
  const state = signal<OwnLineState>({ status: 'loading' })

  async function refresh(): Promise<void> {
    const now = session.state.value
    const gatheringId = now.status === 'ready' ? now.ownLineOf : null
    if (gatheringId === null) {
      state.value = { status: 'none' }
      return
    }
    try {
      const line = await session.call((token) => api.ownLine(token, gatheringId))
      state.value = { status: 'read', line, readAtMs: Date.now() }
    } catch (error) {
      const code = error instanceof ApiProblem ? error.code : 'unexpected'
      if (code === 'forbidden' || code === 'not_found') state.value = { status: 'none' }
      // A line once read stays true while the server is away.
      else if (state.value.status !== 'read') state.value = { status: 'failed', code }
    }
  }

  return {
    state,
    watch() {
      void refresh()
      const beat = setInterval(() => {
        if (parts.isVisible()) void refresh()
      }, READ_EVERY_MS)
      return () => {
        clearInterval(beat)
      }
    },
    refresh,
  }
}
