import { signal, type ReadonlySignal } from '@preact/signals'
import type { Observation, ObservationRequest } from '../../shared/wire/index.ts'
import { ZoomFailure, type Seen, type Whereabouts, type ZoomClient } from '../zoom/index.ts'
import { ApiProblem, type Api, type PanelProblem } from './api.ts'
import type { SessionModel } from './session.ts'

export interface Observer {
  start(gatheringId: string): void
  /** Something to tell that is not a list: a shared address. */
  tell(observation: Observation): void
  /** What keeps this panel's view of the list out of the evidence; null while it gets through. */
  trouble: ReadonlySignal<ListTrouble | null>
  stop(): void
}

/** Zoom refuses the list to this panel (its code), the server cannot take a list this long, or nothing at all for now. */
export type ListTrouble =
  { kind: 'refused'; code: string } | { kind: 'too_large' } | { kind: 'unsaved'; code: PanelProblem }

const READ_EVERY_MS = 20_000
const TELL_AT_LEAST_MS = 60_000
/** Zoom announces a joining class one by one; one reading after the burst says it all. */
const SETTLE_MS = 600
const FLUSH_MS = 300
const RETRY_MS = 5_000
const MOST_AT_ONCE = 500
/** Telling these again would be refused again. */
const hopeless: PanelProblem[] = ['forbidden', 'bad_request', 'not_found']
/** With these the server is the trouble, not what was told. */
const away: PanelProblem[] = ['offline', 'storage_unavailable', 'unexpected']
/** An unreachable server must not fill the panel's memory; readings are repeated anyway. */
const MOST_WAITING = 5_000

/**
 * The panel as a witness: reads Zoom's list when it opens, after every event and every 20 s while visible, and tells the
 * server what changed (everything once a minute). Only hosts and co-hosts may read the list.
 *
 * In a breakout room Zoom lists that room only, so each reading says where it was made; one during which the room changed
 * is thrown away. A reading is told whole or not at all: who is missing from it has left, so half a list would empty the
 * room. Zoom's meetings end at 1,000 people, about 150 kB; what exceeds the server's 1 MiB all the same is left out visibly.
 */
export function createObserver(
  zoom: ZoomClient,
  api: Pick<Api, 'observe'>,
  session: Pick<SessionModel, 'call'>,
  isVisible: () => boolean,
): Observer {
  const trouble = signal<ListTrouble | null>(null)
  let gathering: string | null = null
  let place: Whereabouts = { scope: 'main', room: null }
  let moves = 0
  let queue: Observation[] = []
  let sending = false
  let most = MOST_AT_ONCE
  let told = new Map<string, { text: string; atMs: number }>()
  let offs: (() => void)[] = []
  let beat: ReturnType<typeof setInterval> | undefined
  let settling: ReturnType<typeof setTimeout> | undefined
  let flushing: ReturnType<typeof setTimeout> | undefined

  function tell(observation: Observation): void {
    if (gathering === null) return
    if (observation.kind === 'reading') {
      queue = queue.filter((other) => other.kind !== 'reading' || other.scope !== observation.scope)
    }
    queue.push(observation)
    if (queue.length > MOST_WAITING) queue = queue.slice(-MOST_WAITING)
    flushing ??= setTimeout(() => void flush(), FLUSH_MS)
  }

  async function flush(): Promise<void> {
    flushing = undefined
    const gatheringId = gathering
    if (sending || gatheringId === null || queue.length === 0) return
    sending = true
    const observations = queue.slice(0, most)
    queue = queue.slice(most)
    let next = FLUSH_MS
    try {
      await session.call((token) => {
        const request: ObservationRequest = { sentAtMs: Date.now(), observations }
        return api.observe(token, gatheringId, request)
      })
      most = MOST_AT_ONCE
      const listTold = observations.some(({ kind }) => kind === 'reading')
      if (trouble.value?.kind === 'unsaved' || (listTold && trouble.value?.kind === 'too_large'))
        trouble.value = null
    } catch (error) {
      const code = error instanceof ApiProblem ? error.code : 'unexpected'
      if (code === 'body_too_large') {
        if (observations.length > 1) queue = [...observations, ...queue]
        else trouble.value = { kind: 'too_large' }
        most = Math.ceil(observations.length / 2)
      } else {
        if (!hopeless.includes(code)) queue = [...observations, ...queue]
        if (away.includes(code)) trouble.value = { kind: 'unsaved', code }
        next = RETRY_MS
      }
    }
    sending = false
    if (queue.length > 0) flushing ??= setTimeout(() => void flush(), next)
  }

  function tellReading(scope: 'main' | 'breakout' | 'waiting', room: string | null, people: Seen[]): void {
    const atMs = Date.now()
    const text = JSON.stringify([
      room,
      people.slice().sort((a, b) => (a.participantUuid < b.participantUuid ? -1 : 1)),
    ])
    const before = told.get(scope)
    if (before?.text === text && atMs - before.atMs < TELL_AT_LEAST_MS) return
    told.set(scope, { text, atMs })
    tell({ kind: 'reading', atMs, scope, room, people })
  }

  async function read(): Promise<void> {
    const { scope, room } = place
    const move = moves
    const started = gathering
    const refusal = await unlessRefused(async () => {
      const people = await zoom.participants()
      if (move === moves && started === gathering) tellReading(scope, room, people)
    })
    if (started === null || started !== gathering) return
    if (refusal !== null) trouble.value = { kind: 'refused', code: refusal.code }
    else if (trouble.value?.kind === 'refused') trouble.value = null
    if (!zoom.can('waiting_room')) return
    await unlessRefused(async () => {
      const people = await zoom.waiting()
      if (started === gathering) tellReading('waiting', null, people)
    })
  }

  async function locate(): Promise<void> {
    moves += 1
    await unlessRefused(async () => {
      place = await zoom.whereabouts()
    })
    await read()
  }

  function readSoon(): void {
    settling ??= setTimeout(() => {
      settling = undefined
      void read()
    }, SETTLE_MS)
  }

  async function introduce(): Promise<void> {
    await unlessRefused(async () => {
      const meeting = await zoom.meeting()
      if (meeting.topic !== null || meeting.number !== null)
        tell({ kind: 'meeting', atMs: Date.now(), ...meeting })
    })
    await locate()
  }

  function stop(): void {
    for (const off of offs) off()
    offs = []
    clearInterval(beat)
    clearTimeout(settling)
    clearTimeout(flushing)
    settling = undefined
    flushing = undefined
    queue = []
    gathering = null
    trouble.value = null
  }

  return {
    start(gatheringId) {
      stop()
      gathering = gatheringId
      told = new Map()
      offs = [
        zoom.on('people', (changes) => {
          const atMs = Date.now()
          for (const { change, person } of changes) tell({ kind: 'change', atMs, change, ...place, person })
          readSoon()
        }),
        zoom.on('waiting', readSoon),
        zoom.on('whereabouts', () => void locate()),
        zoom.on('visible', (visible) => {
          if (visible) readSoon()
        }),
        zoom.on('ended', () => {
          tell({ kind: 'ended', atMs: Date.now() })
          clearTimeout(flushing)
          void flush()
          clearInterval(beat)
        }),
      ]
      beat = setInterval(() => {
        if (isVisible()) void read()
      }, READ_EVERY_MS)
      void introduce()
    },
    tell,
    trouble,
    stop,
  }
}

/** Where there is no Zoom client to look into, there is nothing to witness. */
export const idleObserver: Observer = {
  start: () => undefined,
  tell: () => undefined,
  trouble: signal(null),
  stop: () => undefined,
}

/** Zoom's refusals are ordinary here (older clients, a role that just changed): the next reading tells. Null when it went well. */
async function unlessRefused(work: () => Promise<void>): Promise<ZoomFailure | null> {
  try {
    await work()
    return null
  } catch (error) {
    if (error instanceof ZoomFailure) return error
    throw error
  }
}
