import { ApiProblem, type Api, type PanelProblem } from '../../../client/models/api.ts'
import type { LiveEvent } from '../../../client/models/event-stream.ts'
import type {
  ZoomFailure,
  Seen,
  Surroundings,
  Whereabouts,
  ZoomClient,
  ZoomEventName,
  ZoomEvents,
} from '../../../client/zoom/index.ts'
import { noReport } from '../../../shared/wire/report.ts'
import type {
  ExportRequest,
  MemberRole,
  ObservationRequest,
  OwnLine,
  RosterSnapshot,
  SessionAnswer,
  Settings,
} from '../../../shared/wire/index.ts'

export const meeting = {
  gatheringId: 'g1',
  topic: 'Lesson',
  number: '84668902623',
  kind: 'meeting' as const,
  capture: 'full' as const,
  mayReadEmails: true,
  mayExport: true,
}

export function answer(
  given: { token?: string; role?: MemberRole; meeting?: SessionAnswer['meeting'] } = {},
): SessionAnswer {
  return {
    token: given.token ?? 't1',
    expiresInSeconds: 900,
    member: { id: 'm1', role: given.role ?? 'host' },
    meeting: given.meeting === undefined ? meeting : given.meeting,
    ownLineOf: null,
    welcome: false,
  }
}

/** Of a host whom nobody asks for anything. */
export function settings(given: Partial<Settings> = {}): Settings {
  return {
    mayManage: true,
    cohostPolicy: 'without_emails',
    cohosts: [],
    requests: [],
    connection: { state: 'connected', missingScopes: [], grantedBy: 'user', capabilities: [] },
    wideViews: 0,
    ...given,
  }
}

export const problem = (code: PanelProblem): ApiProblem => new ApiProblem(code)

/** A Zoom client whose lists and answers a test sets; `emit` plays an event. */
export function fakeZoom() {
  const listeners = new Map<ZoomEventName, Set<(payload: never) => void>>()
  const state = {
    contexts: 0,
    people: [] as Seen[],
    waiting: [] as Seen[],
    whereabouts: { scope: 'main', room: null } as Whereabouts,
    surroundings: 'meeting' as Surroundings,
    reads: 0,
    opened: [] as string[],
    reasons: [] as string[],
    asked: [] as { codeChallenge: string; state: string }[],
    authorizeFails: null as ZoomFailure | null,
    notified: [] as string[],
  }
  const zoom: ZoomClient = {
    connect: () => Promise.resolve(state.surroundings),
    appContext: () => Promise.resolve(`context ${++state.contexts}`),
    participants: () => {
      state.reads += 1
      return Promise.resolve(state.people)
    },
    waiting: () => Promise.resolve(state.waiting),
    meeting: () => Promise.resolve({ topic: 'Lesson', number: '84668902623' }),
    whereabouts: () => Promise.resolve(state.whereabouts),
    askForEmails: (reason) => {
      state.reasons.push(reason)
      return Promise.resolve()
    },
    openUrl: (url) => state.opened.push(url),
    authorize: (challenge) => {
      state.asked.push(challenge)
      return state.authorizeFails === null ? Promise.resolve() : Promise.reject(state.authorizeFails)
    },
    notify: ({ message }) => state.notified.push(message),
    can: () => true,
    on(event, listener) {
      const known = listeners.get(event) ?? new Set()
      listeners.set(event, known)
      known.add(listener)
      return () => known.delete(listener)
    },
  }
  function emit<Name extends ZoomEventName>(event: Name, payload: ZoomEvents[Name]): void {
    for (const listener of listeners.get(event) ?? [])
      (listener as (payload: ZoomEvents[Name]) => void)(payload)
  }
  return { zoom, state, emit }
}

/** A server whose answers a test queues: a value is given, a problem is thrown; the last one stays. */
export function fakeApi() {
  const sessions: (SessionAnswer | ApiProblem)[] = []
  const lives: { call: Parameters<Api['live']>[0]; end: () => void; fail: (problem: ApiProblem) => void }[] =
    []
  const state = {
    exchanged: [] as string[],
    observed: [] as { token: string; request: ObservationRequest }[],
    observeFails: null as ApiProblem | null,
    exported: [] as { token: string; request: ExportRequest }[],
    exportFails: [] as ApiProblem[],
    liveFails: null as ApiProblem | null,
    polled: [] as (number | null)[],
    roster: null as RosterSnapshot | null,
    text: '1 person came.\r\n\r\nName\r\nElena\r\n',
    settings: settings(),
    settingsFail: null as ApiProblem | null,
    /** Everything that was to change something, in order, as "what argument…". */
    changed: [] as string[],
    changeFails: [] as ApiProblem[],
    /** What of the past is asked for; a test answers each question itself. */
    gatherings: (_wish: Parameters<Api['gatherings']>[1]): ReturnType<Api['gatherings']> =>
      Promise.resolve({ items: [], nextCursor: null }),
    gathering: (_gatheringId: string): ReturnType<Api['gathering']> => Promise.reject(problem('not_found')),
    differences: (_wish: Parameters<Api['differences']>[2]): ReturnType<Api['differences']> =>
      Promise.reject(problem('not_found')),
    retried: { planned: true, report: noReport },
    ownLine: { topic: 'Lesson', startedAt: null, endedAt: null, person: null } as OwnLine,
  }
  const change = (...what: unknown[]): Promise<void> => {
    state.changed.push(what.map(String).join(' '))
    const failure = state.changeFails.shift()
    return failure === undefined ? Promise.resolve() : Promise.reject(failure)
  }
  const api: Api = {
    exchange: (context) => {
      state.exchanged.push(context)
      const next = sessions.length > 1 ? sessions.shift() : sessions[0]
      const given = next ?? answer({ token: `t${state.exchanged.length}` })
      return given instanceof ApiProblem ? Promise.reject(given) : Promise.resolve(given)
    },
    roster: (_token, _gathering, after) => {
      state.polled.push(after)
      return Promise.resolve(state.roster)
    },
    live: (call) => {
      if (state.liveFails !== null) return Promise.reject(state.liveFails)
      return new Promise((resolve, reject) => {
        lives.push({ call, end: resolve, fail: reject })
        call.signal.addEventListener('abort', () => {
          reject(problem('offline'))
        })
      })
    },
    observe: (token, _gathering, request) => {
      if (state.observeFails !== null) return Promise.reject(state.observeFails)
      state.observed.push({ token, request })
      return Promise.resolve()
    },
    exportLink: (token, _gathering, request) => {
      const failure = state.exportFails.shift()
      if (failure !== undefined) return Promise.reject(failure)
      state.exported.push({ token, request })
      return Promise.resolve({ url: '/exports/abc', expiresInSeconds: 120, rows: 3 })
    },
    clipboard: () => Promise.resolve(state.text),
    gatherings: (_token, wish) => state.gatherings(wish),
    gathering: (_token, gatheringId) => state.gathering(gatheringId),
    differences: (_token, _gathering, wish) => state.differences(wish),
    join: (_token, gatheringId, otherId) => change('join', gatheringId, otherId),
    keepApart: (_token, gatheringId, otherId) => change('keepApart', gatheringId, otherId),
    split: (_token, gatheringId, meetingId) => change('split', gatheringId, meetingId).then(() => 'apart'),
    retryReport: (_token, gatheringId) => change('retryReport', gatheringId).then(() => state.retried),
    askForAccess: (_token, gatheringId) => change('askForAccess', gatheringId),
    ownLine: () => Promise.resolve(state.ownLine),
    settings: () =>
      state.settingsFail === null ? Promise.resolve(state.settings) : Promise.reject(state.settingsFail),
    setCohostPolicy: (_token, policy) => change('policy', policy),
    decideCohost: (_token, member, always) => change('cohost', member, always),
    decideRequest: (_token, request, { decision, emails }) => change('request', request, decision, emails),
    startAuthorization: async (context) => {
      await change('authorize', context)
      return { state: 'ours', codeChallenge: 'challenge' }
    },
    finishAuthorization: ({ state: given, code, redirectUri }) => change('code', given, code, redirectUri),
    disconnect: () => change('disconnect'),
    request: () => Promise.reject(new Error('no test calls it')),
    proofOf: () => ({}),
    handOver: async () => {
      await change('hand over')
      return { url: '/wide/one-time', expiresInSeconds: 60 }
    },
    endHandovers: () => change('end wide views'),
    browserSession: () => api.exchange('cookie'),
    endBrowserSession: () => change('sign out'),
  }
  /** Plays an event on the latest stream. */
  const say = (event: LiveEvent) => {
    lives.at(-1)?.call.onEvent(event)
  }
  return { api, sessions, lives, state, say }
}
