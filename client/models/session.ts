import { signal, type ReadonlySignal, type Signal } from '@preact/signals'
import type { SessionAnswer } from '../../shared/wire/index.ts'
import { ZoomFailure, type ZoomClient } from '../zoom/index.ts'
import { ApiProblem, curable, passing, type Api, type PanelProblem } from './api.ts'

export type SessionState =
  | { status: 'starting' }
  | {
      status: 'ready'
      member: SessionAnswer['member']
      meeting: SessionAnswer['meeting']
      ownLineOf: SessionAnswer['ownLineOf']
      /** When it ends for good; null where it is renewed. */
      endsAtMs: number | null
    }
  /** Trying again by itself would not help: the person has to do something. */
  | { status: 'refused'; code: PanelProblem }
  | { status: 'unreachable'; code: PanelProblem; retryInSeconds: number }
  | { status: 'zoom_silent'; code: string; retryInSeconds: number }
  /** A wide view whose hour is over, or which was closed; it is opened anew from Zoom. */
  | { status: 'over'; signedOut: boolean }

export interface SessionModel {
  state: ReadonlySignal<SessionState>
  /** Another window took this session's proof; nothing is renewed until `useHere`. */
  takenOver: ReadonlySignal<boolean>
  /** The installation was just made; said once. */
  welcome: Signal<boolean>
  /** This panel itself ended the installation; said until another one is made. */
  parted: ReadonlySignal<boolean>
  /** Exchanges a fresh app context; also after a change of role. Resolves in every case, see `state`. */
  open(): Promise<void>
  useHere(): Promise<void>
  /**
   * Calls the server with the session. A session that ended meanwhile is renewed and the call made once more;
   * `context_stale` likewise, since a fresh context is what it asks for. A call known to need one says so with `fresh`,
   * and an aged proof is renewed before it is refused.
   * @throws ApiProblem
   */
  call<Answer>(work: (token: string) => Promise<Answer>, needs?: 'fresh'): Promise<Answer>
  /** The stream with `token` was ended by the server: renew, notice, or just go on with the newer session. */
  ended(token: string, code: PanelProblem): Promise<void>
  /** The installation was ended from here: nothing is renewed, and the panel says so. */
  part(): void
  /** Ends a wide view, and answers what kept it from ending; null where the session is Zoom's. */
  signOut: (() => Promise<PanelProblem | null>) | null
  stop(): void
}

const renewable: PanelProblem[] = ['session_expired', 'session_revoked', 'session_missing', 'context_stale']
const RENEW_BEFORE_SECONDS = 60
const MOST_RETRY_SECONDS = 60
/** The server takes a proof of two minutes for fresh; the rest is for the way there. */
const FRESH_MS = 110_000

/**
 * Our own short session, opened by Zoom's proof and renewed before it ends. Only in memory: Zoom's client may forget
 * cookies and storage whenever it closes.
 */
export function createSessionModel(
  zoom: Pick<ZoomClient, 'appContext'>,
  api: Pick<Api, 'exchange'>,
): SessionModel {
  const state = signal<SessionState>({ status: 'starting' })
  const takenOver = signal(false)
  const welcome = signal(false)
  const parted = signal(false)
  let token: string | null = null
  /** When Zoom was asked for the proof behind the session. */
  let provedAtMs = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  let opening: Promise<void> | null = null
  let failures = 0
  let stopped = false

  function again(seconds: number): void {
    clearTimeout(timer)
    if (!stopped) timer = setTimeout(() => void open(), seconds * 1000)
  }

  async function exchange(): Promise<SessionAnswer> {
    try {
      return await api.exchange(await zoom.appContext())
    } catch (error) {
      if (!(error instanceof ApiProblem) || !curable.includes(error.code)) throw error
      return api.exchange(await zoom.appContext())
    }
  }

  async function openOnce(): Promise<void> {
    clearTimeout(timer)
    const askedAtMs = Date.now()
    try {
      const answer = await exchange()
      token = answer.token
      provedAtMs = askedAtMs
      failures = 0
      takenOver.value = false
      parted.value = false
      if (answer.welcome) welcome.value = true
      state.value = {
        status: 'ready',
        member: answer.member,
        meeting: answer.meeting,
        ownLineOf: answer.ownLineOf,
        endsAtMs: null,
      }
      again(Math.max(10, answer.expiresInSeconds - RENEW_BEFORE_SECONDS))
    } catch (error) {
      fail(error)
    }
  }

  function fail(error: unknown): void {
    failures += 1
    const backOff = Math.min(MOST_RETRY_SECONDS, 2 ** failures)
    if (error instanceof ZoomFailure) {
      if (state.value.status !== 'ready') {
        state.value = { status: 'zoom_silent', code: error.code, retryInSeconds: backOff }
      }
      again(backOff)
      return
    }
    const problem = error instanceof ApiProblem ? error : new ApiProblem('unexpected', null, error)
    if (!passing.includes(problem.code)) {
      token = null
      state.value = { status: 'refused', code: problem.code }
      return
    }
    const retryInSeconds = Math.max(problem.retryAfterSeconds ?? 0, backOff)
    // While a list is on screen it stays: the stream tells its own troubles.
    if (state.value.status !== 'ready')
      state.value = { status: 'unreachable', code: problem.code, retryInSeconds }
    again(retryInSeconds)
  }

  function open(): Promise<void> {
    opening ??= openOnce().finally(() => {
      opening = null
    })
    return opening
  }

  async function call<Answer>(work: (token: string) => Promise<Answer>, needs?: 'fresh'): Promise<Answer> {
    if (needs === 'fresh' && token !== null && Date.now() - provedAtMs > FRESH_MS) await open()
    const used = token
    if (used === null) throw new ApiProblem(takenOver.value ? 'session_taken_over' : 'session_missing')
    try {
      return await work(used)
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error
      if (error.code !== 'session_taken_over' && !renewable.includes(error.code)) throw error
      await ended(used, error.code)
      const newer = token
      if (newer === null || newer === used) throw error
      return work(newer)
    }
  }

  async function ended(used: string, code: PanelProblem): Promise<void> {
    if (used !== token) return
    // Our own renewal may be what ended it, told faster than the renewal's answer.
    if (opening !== null) await opening
    if (used !== token) return
    if (code === 'session_taken_over') {
      clearTimeout(timer)
      token = null
      takenOver.value = true
      return
    }
    if (renewable.includes(code)) await open()
  }

  return {
    state,
    takenOver,
    welcome,
    parted,
    open,
    useHere: open,
    call,
    ended,
    part() {
      clearTimeout(timer)
      token = null
      parted.value = true
      state.value = { status: 'refused', code: 'not_installed' }
    },
    signOut: null,
    stop() {
      stopped = true
      clearTimeout(timer)
    },
  }
}
