import { computed, effect, signal, untracked, type ReadonlySignal } from '@preact/signals'
import type { AccessRequest, CohostPolicy, RequestDecision, Settings } from '../../shared/wire/index.ts'
import { requestWords } from '../../shared/words/requests.ts'
import type { Language } from '../../shared/words/index.ts'
import { ApiProblem, type Api, type PanelProblem } from './api.ts'
import type { SessionModel } from './session.ts'

/** A decision that can still be taken back: nobody but this panel knows of it until it is `sent`. */
export interface Held {
  request: AccessRequest
  decision: RequestDecision
  sent: boolean
}

export interface SettingsModel {
  /** Null until they were read once. */
  settings: ReadonlySignal<Settings | null>
  /** Why they could not be read, or a change could not be made; null when all is well. */
  trouble: ReadonlySignal<PanelProblem | null>
  /** Co-hosts who wait for an answer, oldest first; those with a held decision are not among them. */
  waiting: ReadonlySignal<readonly AccessRequest[]>
  held: ReadonlySignal<readonly Held[]>
  /** The one that came last while the panel was open, for the announcement; null when none did. */
  latest: ReadonlySignal<AccessRequest | null>
  /** Reads at once and goes on reading; until the returned function is called. */
  watch(): () => void
  refresh(): Promise<void>
  setPolicy(policy: CohostPolicy): Promise<void>
  decideCohost(memberId: string, always: CohostPolicy | null): Promise<void>
  /** Holds the decision for `UNDO_MS`, then sends it. Access given cannot be unseen, so it is not given before. */
  decide(request: AccessRequest, decision: RequestDecision): void
  undo(requestId: string): void
  /** Opens the wide view in the system browser; null when it could not be handed over. */
  handOver(): Promise<string | null>
  endWideViews(): Promise<void>
  /** Ends the installation and deletes everything it keeps. False when that failed: then nothing changed. */
  disconnect(): Promise<boolean>
}

/** Whoever looks at the settings waits for a request to come in; anybody else only wants to hear of it. */
const READ_EVERY_MS = { looking: 5_000, otherwise: 15_000 }
export const UNDO_MS = 8_000

/** What can be set, and who waits for the host's answer. Read while the panel is visible and may change something. */
export function createSettingsModel(parts: {
  api: Api
  session: Pick<SessionModel, 'state' | 'call' | 'part'>
  isVisible: () => boolean
  openUrl: (url: string) => void
  origin: string
  /** A request came in while the panel was open. */
  onRequest: (request: AccessRequest) => void
}): SettingsModel {
  const { api, session } = parts
  const settings = signal<Settings | null>(null)
  const trouble = signal<PanelProblem | null>(null)
  const held = signal<readonly Held[]>([])
  const latest = signal<AccessRequest | null>(null)
  const timers = new Map<string, ReturnType<typeof setTimeout>>()
  let known: Set<string> | null = null
  let watchers = 0
  let reading: ReturnType<typeof setTimeout> | undefined
  let following = false
  /** What failed to change stays told until a change works or nobody looks any more; a reading does not take it back. */
  let changeFailed = false
  /** Counts readings and changes: an answer that was asked for before a change is out of date. */
  let turn = 0

  const waiting = computed(() => {
    const decided = new Set(held.value.map(({ request }) => request.id))
    return (settings.value?.requests ?? [])
      .filter((request) => request.state === 'pending' && !decided.has(request.id))
      .sort((a, b) => Date.parse(a.requestedAt) - Date.parse(b.requestedAt))
  })

  async function refresh(): Promise<void> {
    const mine = ++turn
    clearTimeout(reading)
    try {
      const read = await session.call((token) => api.settings(token))
      if (mine !== turn) return
      settings.value = read
      if (!changeFailed) trouble.value = null
      held.value = held.value.filter(({ sent }) => !sent)
      hear(read.requests)
    } catch (error) {
      if (mine === turn) {
        changeFailed = false
        trouble.value = codeOf(error)
      }
    }
    if (mine === turn) readLater()
  }

  /** The next reading is planned once this one is answered: a slow server is not asked anew before it spoke. */
  function readLater(): void {
    clearTimeout(reading)
    if (!following) return
    const mayChange = settings.peek()?.mayManage !== false
    reading = setTimeout(
      () => {
        if (parts.isVisible() && (watchers > 0 || mayChange)) void refresh()
        else readLater()
      },
      watchers > 0 ? READ_EVERY_MS.looking : READ_EVERY_MS.otherwise,
    )
  }

  function hear(requests: readonly AccessRequest[]): void {
    const pending = requests.filter(({ state }) => state === 'pending')
    const fresh = known === null ? [] : pending.filter(({ id }) => known?.has(id) === false)
    known = new Set([...(known ?? []), ...pending.map(({ id }) => id)])
    for (const request of fresh) {
      latest.value = request
      parts.onRequest(request)
    }
  }

  function tellFailed(error: unknown): void {
    changeFailed = true
    trouble.value = codeOf(error)
  }

  /** What the person chose shows at once; what the server says after it counts. */
  async function change(work: (token: string) => Promise<void>, needs?: 'fresh'): Promise<boolean> {
    turn += 1
    clearTimeout(reading)
    try {
      await session.call(work, needs)
    } catch (error) {
      await refresh()
      tellFailed(error)
      return false
    }
    changeFailed = false
    await refresh()
    return true
  }

  async function send(requestId: string): Promise<void> {
    timers.delete(requestId)
    const mine = held.value.find(({ request }) => request.id === requestId)
    if (mine === undefined) return
    held.value = held.value.map((other) => (other === mine ? { ...mine, sent: true } : other))
    await change((token) => api.decideRequest(token, requestId, mine.decision), 'fresh')
  }

  effect(() => {
    if (session.state.value.status !== 'ready') return
    following = true
    untracked(() => void refresh())
    return () => {
      following = false
      clearTimeout(reading)
    }
  })

  return {
    settings,
    trouble,
    waiting,
    held,
    latest,
    watch() {
      watchers += 1
      void refresh()
      return () => {
        watchers -= 1
        if (watchers === 0) changeFailed = false
        readLater()
      }
    },
    refresh,
    async setPolicy(cohostPolicy) {
      if (settings.value !== null) settings.value = { ...settings.value, cohostPolicy }
      await change((token) => api.setCohostPolicy(token, cohostPolicy), 'fresh')
    },
    async decideCohost(memberId, always) {
      const now = settings.value
      if (now !== null) {
        const cohosts = now.cohosts.map((one) => (one.memberId === memberId ? { ...one, always } : one))
        settings.value = { ...now, cohosts }
      }
      await change((token) => api.decideCohost(token, memberId, always), 'fresh')
    },
    decide(request, decision) {
      clearTimeout(timers.get(request.id))
      held.value = [
        ...held.value.filter((other) => other.request.id !== request.id),
        { request, decision, sent: false },
      ]
      timers.set(
        request.id,
        setTimeout(() => void send(request.id), UNDO_MS),
      )
    },
    undo(requestId) {
      if (held.value.some(({ request, sent }) => request.id === requestId && sent)) return
      clearTimeout(timers.get(requestId))
      timers.delete(requestId)
      held.value = held.value.filter(({ request }) => request.id !== requestId)
    },
    async handOver() {
      try {
        const handover = await session.call((token) => api.handOver(token), 'fresh')
        const url = new URL(handover.url, parts.origin).href
        parts.openUrl(url)
        changeFailed = false
        trouble.value = null
        return url
      } catch (error) {
        tellFailed(error)
        return null
      }
    },
    async endWideViews() {
      await change((token) => api.endHandovers(token))
    },
    async disconnect() {
      turn += 1
      try {
        await session.call((token) => api.disconnect(token), 'fresh')
      } catch (error) {
        tellFailed(error)
        readLater()
        return false
      }
      for (const timer of timers.values()) clearTimeout(timer)
      timers.clear()
      held.value = []
      settings.value = null
      known = null
      session.part()
      return true
    },
  }
}

/** One request as a person reads it. */
export function requestSentence(
  { name, topic }: AccessRequest,
  language: Language,
): { title: string; message: string } {
  const words = requestWords(language)
  return {
    title: words.requestTitle,
    message: words.request(name ?? words.somebody, topic ?? words.someMeeting),
  }
}

const codeOf = (error: unknown): PanelProblem => (error instanceof ApiProblem ? error.code : 'unexpected')
