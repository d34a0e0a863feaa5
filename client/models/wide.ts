import { signal } from '@preact/signals'
import { ApiProblem, passing, type Api } from './api.ts'
import type { SessionModel, SessionState } from './session.ts'

const MOST_RETRY_SECONDS = 60

/**
 * The session of a wide view: handed over from the panel, kept in a cookie that scripts cannot read, one hour long and
 * never renewed. When it is over, the way back leads through Zoom.
 */
export function createWideSession(api: Pick<Api, 'browserSession' | 'endBrowserSession'>): SessionModel {
  const state = signal<SessionState>({ status: 'starting' })
  const parted = signal(false)
  let timer: ReturnType<typeof setTimeout> | undefined
  let opening: Promise<void> | null = null
  let failures = 0

  function later(seconds: number, work: () => void): void {
    clearTimeout(timer)
    timer = setTimeout(work, seconds * 1000)
  }

  function over(signedOut: boolean): void {
    clearTimeout(timer)
    state.value = { status: 'over', signedOut }
  }

  async function openOnce(): Promise<void> {
    try {
      const answer = await api.browserSession()
      failures = 0
      later(answer.expiresInSeconds, () => {
        over(false)
      })
      state.value = {
        status: 'ready',
        member: answer.member,
        meeting: answer.meeting,
        ownLineOf: answer.ownLineOf,
        endsAtMs: Date.now() + answer.expiresInSeconds * 1000,
      }
    } catch (error) {
      fail(error instanceof ApiProblem ? error : new ApiProblem('unexpected', null, error))
    }
  }

  function fail(problem: ApiProblem): void {
    if (isEnd(problem)) over(false)
    else if (passing.includes(problem.code)) {
      failures += 1
      const backOff = Math.min(MOST_RETRY_SECONDS, 2 ** failures)
      const retryInSeconds = Math.max(problem.retryAfterSeconds ?? 0, backOff)
      state.value = { status: 'unreachable', code: problem.code, retryInSeconds }
      later(retryInSeconds, () => void open())
    } else state.value = { status: 'refused', code: problem.code }
  }

  function open(): Promise<void> {
    opening ??= openOnce().finally(() => {
      opening = null
    })
    return opening
  }

  return {
    state,
    takenOver: signal(false),
    welcome: signal(false),
    parted,
    open,
    useHere: open,
    async call(work) {
      try {
        return await work('')
      } catch (error) {
        if (error instanceof ApiProblem && isEnd(error)) over(false)
        throw error
      }
    },
    ended(_token, code) {
      if (isEnd(new ApiProblem(code))) over(false)
      return Promise.resolve()
    },
    part() {
      clearTimeout(timer)
      parted.value = true
      state.value = { status: 'refused', code: 'not_installed' }
    },
    async signOut() {
      try {
        await api.endBrowserSession()
      } catch (error) {
        const problem = error instanceof ApiProblem ? error : new ApiProblem('unexpected', null, error)
        if (!isEnd(problem)) return problem.code
      }
      over(true)
      return null
    },
    stop() {
      clearTimeout(timer)
    },
  }
}

const isEnd = ({ code }: ApiProblem): boolean => code.startsWith('session_')
