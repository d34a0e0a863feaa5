import { signal, type ReadonlySignal } from '@preact/signals'
import { ZoomFailure, type ZoomClient } from '../zoom/index.ts'
import { ApiProblem, curable, passing, type Api, type PanelProblem } from './api.ts'

export type Authorizing =
  | { status: 'idle' }
  /** Zoom asks for consent, or we wait until the server knows the answer. */
  | { status: 'waiting' }
  | { status: 'done' }
  /** `code` is Zoom's. */
  | { status: 'failed'; why: 'zoom'; code: string }
  | { status: 'failed'; why: 'server'; code: PanelProblem }
  | { status: 'failed'; why: 'declined' | 'no_answer' }

export interface AuthorizingModel {
  state: ReadonlySignal<Authorizing>
  /** Guests and older clients cannot be asked inside Zoom; the browser's way remains. */
  supported(): boolean
  /** Asks for consent inside Zoom; a second call while one is under way does nothing. Resolves in every case, see `state`. */
  start(): Promise<void>
}

const FIRST_LOOK_MS = 2_000
const LOOK_EVERY_MS = 2_500
const GIVE_UP_MS = 60_000

/**
 * Connecting without leaving Zoom. The server makes the challenge and keeps its secret half; Zoom's client shows the
 * consent and announces a one-time code, which goes back to the server. The announcement is sometimes lost although Zoom
 * told the server, so the server is also asked from time to time whether it is connected.
 *
 * `isConnected` may reject; `onConnected` is called once for each success.
 */
export function createAuthorizing(parts: {
  zoom: Pick<ZoomClient, 'appContext' | 'authorize' | 'on' | 'can'>
  api: Pick<Api, 'startAuthorization' | 'finishAuthorization'>
  isConnected: () => Promise<boolean>
  onConnected: () => Promise<void>
}): AuthorizingModel {
  const { zoom, api } = parts
  const state = signal<Authorizing>({ status: 'idle' })

  async function challenge() {
    try {
      return await api.startAuthorization(await zoom.appContext())
    } catch (error) {
      if (!(error instanceof ApiProblem) || !curable.includes(error.code)) throw error
      return api.startAuthorization(await zoom.appContext())
    }
  }

  function waitForAnswer(given: { codeChallenge: string; state: string }): Promise<Authorizing> {
    return new Promise((resolve) => {
      let over = false
      let looking: ReturnType<typeof setTimeout> = setTimeout(() => void look(), FIRST_LOOK_MS)
      const giveUp = setTimeout(() => {
        settle({ status: 'failed', why: 'no_answer' })
      }, GIVE_UP_MS)
      const off = zoom.on('authorized', (answer) => {
        // An answer to another asking is not ours to judge: ours may still come.
        if (answer.state !== null && answer.state !== given.state) return
        if (answer.code === null) settle({ status: 'failed', why: 'declined' })
        else void hand(answer.code, answer.redirectUri)
      })

      function settle(end: Authorizing): void {
        if (over) return
        over = true
        off()
        clearTimeout(looking)
        clearTimeout(giveUp)
        resolve(end)
      }

      async function hand(code: string, redirectUri: string | null): Promise<void> {
        try {
          await api.finishAuthorization({ state: given.state, code, redirectUri })
          settle({ status: 'done' })
        } catch (error) {
          const problem = error instanceof ApiProblem ? error.code : 'unexpected'
          // The redirect may have brought the same code to the server first; looking will tell.
          if (problem !== 'flow_gone' && !passing.includes(problem))
            settle({ status: 'failed', why: 'server', code: problem })
        }
      }

      async function look(): Promise<void> {
        const connected = await parts.isConnected().catch(() => false)
        if (connected) settle({ status: 'done' })
        else if (!over) looking = setTimeout(() => void look(), LOOK_EVERY_MS)
      }

      zoom.authorize(given).catch((error: unknown) => {
        // The client answers late when the person reads slowly.
        if (error instanceof ZoomFailure && error.code === 'timeout') return
        settle({ status: 'failed', why: 'zoom', code: error instanceof ZoomFailure ? error.code : 'unknown' })
      })
    })
  }

  return {
    state,
    supported: () => zoom.can('authorize'),
    async start() {
      if (state.value.status === 'waiting') return
      state.value = { status: 'waiting' }
      try {
        state.value = await waitForAnswer(await challenge())
      } catch (error) {
        state.value =
          error instanceof ZoomFailure
            ? { status: 'failed', why: 'zoom', code: error.code }
            : {
                status: 'failed',
                why: 'server',
                code: error instanceof ApiProblem ? error.code : 'unexpected',
              }
      }
      if (state.value.status === 'done') await parts.onConnected()
    },
  }
}
