import { batch, signal, type ReadonlySignal } from '@preact/signals'
import type { GatheringHead, ReportStatus, RosterSummary } from '../../shared/wire/index.ts'
import { ApiProblem, type Api, type PanelProblem } from './api.ts'
import type { LiveEvent } from './event-stream.ts'
import type { SessionModel } from './session.ts'
import { createTable, type Sort, type Table } from './table.ts'

/** How the list is kept up to date. Rows already on screen stay, unless the server no longer gives them to this viewer. */
export type Feed =
  | { status: 'loading' }
  | { status: 'live' }
  /** The stream does not get through, so the list is asked for every few seconds. */
  | { status: 'polling' }
  | { status: 'retrying'; code: PanelProblem; retryInSeconds: number }
  | { status: 'stopped' }

export interface RosterModel {
  feed: ReadonlySignal<Feed>
  head: ReadonlySignal<GatheringHead | null>
  summary: ReadonlySignal<RosterSummary | null>
  /** Grows with every change of rows; read the rows themselves from `table`. */
  revision: ReadonlySignal<number>
  /** Where the bars of presence begin, for all rows alike: with the meeting, or with whoever came before it was told. */
  beganMs: ReadonlySignal<number | null>
  /** The server's time, moving in steps of ten seconds; stands still once the meeting is over. */
  nowMs: ReadonlySignal<number>
  table: Table
  sortBy(sort: Sort): void
  /** Where the report of this gathering stands, known before the stream tells it; nothing when another one is followed. */
  learnReport(gatheringId: string, report: ReportStatus): void
  start(gatheringId: string): void
  /** Tries at once instead of waiting for the next turn. */
  retry(): void
  /** Follows again after it stopped because another window had taken over; the rows stay. */
  resume(): void
  /** Ends following, and forgets whom it showed. */
  stop(): void
}

const TICK_MS = 10_000
const POLL_MS = 5_000
/** The server says something every 15 s; silence of three such turns is a dead line. */
const SILENCE_MS = 45_000
const STREAM_AGAIN_AFTER_POLLS = 12
const MOST_RETRY_SECONDS = 15
/** Changes of a storm are drawn together: a person cannot read more than a few lists a second. */
const GATHER_MS = { small: 40, large: 250 }
const LARGE = 2_000

/** The live list of one gathering: snapshot and changes by stream, resumed after a drop, by polling where streams fail. */
export function createRosterModel(
  api: Pick<Api, 'live' | 'roster'>,
  session: Pick<SessionModel, 'call' | 'ended' | 'takenOver'>,
  language: string,
): RosterModel {
  const feed = signal<Feed>({ status: 'loading' })
  const head = signal<GatheringHead | null>(null)
  const summary = signal<RosterSummary | null>(null)
  const revision = signal(0)
  const beganMs = signal<number | null>(null)
  const nowMs = signal(Date.now())
  const table = createTable(language)

  let version: number | null = null
  let offsetMs: number | null = null
  let newest: { head: GatheringHead; summary: RosterSummary } | null = null
  let publishing: ReturnType<typeof setTimeout> | undefined
  let ticking: ReturnType<typeof setInterval> | undefined
  let following: string | null = null
  let run: { abort: AbortController; wake: () => void } | null = null

  function publish(): void {
    clearTimeout(publishing)
    publishing = undefined
    batch(() => {
      if (newest !== null) {
        const over = newest.head.endedAt !== (head.value?.endedAt ?? null)
        head.value = newest.head
        if (over) tick()
        summary.value = newest.summary
        beganMs.value = earlierMs(newest.head.startedAt, table.earliestJoin())
      }
      revision.value += 1
    })
  }

  function tick(): void {
    const endedAt = head.value?.endedAt ?? null
    nowMs.value = endedAt === null ? Date.now() + (offsetMs ?? 0) : Date.parse(endedAt)
  }

  /** The message that travelled fastest knows the server's clock best. */
  function learnClock(at: string): void {
    offsetMs = Math.max(offsetMs ?? -Infinity, Date.parse(at) - Date.now())
  }

  function take(event: LiveEvent): void {
    if (event.kind === 'ended' || event.kind === 'alive') return
    if (event.kind === 'snapshot') {
      offsetMs = null
      table.load(event.data)
    } else {
      if (version !== null && event.data.version <= version) return
      table.apply(event.data)
    }
    version = event.data.version
    newest = { head: event.data.gathering, summary: event.data.summary }
    learnClock(event.data.at)
    if (event.kind === 'snapshot') {
      publish()
      tick()
    } else publishing ??= setTimeout(publish, table.size() > LARGE ? GATHER_MS.large : GATHER_MS.small)
  }

  async function stream(gatheringId: string, stopped: AbortSignal): Promise<void> {
    const line = new AbortController()
    const cut = () => {
      line.abort()
    }
    let silence = setTimeout(cut, SILENCE_MS)
    stopped.addEventListener('abort', cut)
    try {
      await session.call(async (token) => {
        let end: PanelProblem | 'server_stopping' | null = null
        await api.live({
          token,
          gatheringId,
          after: version,
          signal: line.signal,
          onEvent(event) {
            clearTimeout(silence)
            silence = setTimeout(cut, SILENCE_MS)
            feed.value = { status: 'live' }
            if (event.kind === 'ended') end = event.data.code
            take(event)
          },
        })
        const said = end as PanelProblem | 'server_stopping' | null
        if (said !== null && said !== 'server_stopping') await session.ended(token, said)
      })
    } finally {
      clearTimeout(silence)
      stopped.removeEventListener('abort', cut)
    }
  }

  async function poll(gatheringId: string): Promise<void> {
    const snapshot = await session.call((token) => api.roster(token, gatheringId, version))
    if (snapshot !== null) take({ kind: 'snapshot', data: snapshot })
    feed.value = { status: 'polling' }
  }

  async function follow(
    gatheringId: string,
    stopped: AbortSignal,
    pause: (ms: number) => Promise<void>,
  ): Promise<void> {
    let failures = 0
    let polls = 0
    while (!stopped.aborted) {
      if (session.takenOver.value) {
        feed.value = { status: 'stopped' }
        return
      }
      const polling = failures >= 2 && polls < STREAM_AGAIN_AFTER_POLLS
      try {
        if (polling) {
          polls += 1
          await poll(gatheringId)
          await pause(POLL_MS)
        } else {
          polls = 0
          await stream(gatheringId, stopped)
          failures = 0
          // An orderly end: resume after a breath, so that a stopping server is not stormed.
          await pause(500 + Math.random() * 1000)
        }
      } catch (error) {
        if (stopped.aborted) return
        if (wasLive()) failures = 0
        failures += 1
        const code = error instanceof ApiProblem ? error.code : 'unexpected'
        if (code === 'forbidden' || code === 'cohost_policy' || code === 'not_found') {
          if (code !== 'not_found') drop()
          feed.value = { status: 'retrying', code, retryInSeconds: MOST_RETRY_SECONDS }
          await pause(MOST_RETRY_SECONDS * 1000)
          continue
        }
        const seconds = polling ? POLL_MS / 1000 : Math.min(MOST_RETRY_SECONDS, 2 ** (failures - 1))
        const wait = Math.max(seconds, error instanceof ApiProblem ? (error.retryAfterSeconds ?? 0) : 0)
        feed.value = { status: 'retrying', code, retryInSeconds: wait }
        await pause(wait * 1000 * (0.75 + Math.random() / 2))
      }
    }
  }

  function begin(gatheringId: string): void {
    stop()
    following = gatheringId
    const started = { abort: new AbortController(), wake: () => {} }
    run = started
    ticking = setInterval(tick, TICK_MS)
    const pause = (ms: number) =>
      new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, ms)
        started.wake = () => {
          clearTimeout(timer)
          resolve()
        }
      })
    void follow(gatheringId, started.abort.signal, pause)
  }

  function drop(): void {
    clearTimeout(publishing)
    publishing = undefined
    version = null
    newest = null
    table.clear()
    batch(() => {
      head.value = null
      summary.value = null
      beganMs.value = null
      revision.value += 1
    })
  }

  const wasLive = () => feed.value.status === 'live'

  function stop(): void {
    run?.abort.abort()
    run?.wake()
    run = null
    clearInterval(ticking)
    clearTimeout(publishing)
    publishing = undefined
  }

  return {
    feed,
    head,
    summary,
    revision,
    beganMs,
    nowMs,
    table,
    sortBy(sort) {
      table.sortBy(sort, nowMs.value)
      revision.value += 1
    },
    learnReport(gatheringId, report) {
      if (newest === null || newest.head.id !== gatheringId) return
      newest = { ...newest, head: { ...newest.head, report } }
      head.value = newest.head
    },
    start(gatheringId) {
      batch(() => {
        feed.value = { status: 'loading' }
        drop()
      })
      begin(gatheringId)
    },
    resume() {
      if (following !== null) begin(following)
    },
    retry() {
      run?.wake()
    },
    stop() {
      stop()
      drop()
    },
  }
}

function earlierMs(a: string | null, b: string | null): number | null {
  const known = [a, b].filter((instant) => instant !== null).map((instant) => Date.parse(instant))
  return known.length === 0 ? null : Math.min(...known)
}
