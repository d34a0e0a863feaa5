import type {
  Difference,
  DifferenceList,
  AuthorizationChallenge,
  AuthorizationCode,
  CohostPolicy,
  ExportLink,
  ExportRequest,
  GatheringDetail,
  GatheringList,
  Handover,
  ObservationRequest,
  OwnLine,
  ProblemCode,
  ReportStatus,
  RequestDecision,
  RosterSnapshot,
  SessionAnswer,
  Settings,
} from '../../shared/wire/index.ts'
import { isProblemCode } from '../../shared/words/index.ts'
import { readEvents, type LiveEvent } from './event-stream.ts'

/** A problem the server named, or `offline`: no answer at all. */
export type PanelProblem = ProblemCode | 'offline'

export class ApiProblem extends Error {
  readonly code: PanelProblem
  readonly retryAfterSeconds: number | null
  constructor(code: PanelProblem, retryAfterSeconds: number | null = null, cause?: unknown) {
    super(`the server answered ${code}`, { cause })
    this.code = code
    this.retryAfterSeconds = retryAfterSeconds
  }
}

/** A new context may cure these once: it was seen before, or aged on the way. */
export const curable: readonly PanelProblem[] = ['context_replayed', 'context_expired', 'context_invalid']
/** These pass by themselves. */
export const passing: readonly PanelProblem[] = [
  'offline',
  'storage_unavailable',
  'zoom_unavailable',
  'unexpected',
]

/** Our server as the panel sees it. Every call rejects with `ApiProblem` and nothing else. */
export interface Api {
  exchange(appContext: string): Promise<SessionAnswer>
  /** The list as one answer; null when nothing changed since version `after`. */
  roster(token: string, gatheringId: string, after: number | null): Promise<RosterSnapshot | null>
  /** Runs until the stream ends or `signal` aborts; resumes after version `after`. */
  live(call: {
    token: string
    gatheringId: string
    after: number | null
    signal: AbortSignal
    onEvent: (event: LiveEvent) => void
  }): Promise<void>
  observe(token: string, gatheringId: string, request: ObservationRequest): Promise<void>
  exportLink(token: string, gatheringId: string, request: ExportRequest): Promise<ExportLink>
  clipboard(token: string, gatheringId: string, request: ExportRequest): Promise<string>
  /** A page of the history, newest first. `from` and `to` are UTC instants, `to` exclusive. */
  gatherings(
    token: string,
    wish: { search: string; from: string | null; to: string | null; cursor: string | null },
  ): Promise<GatheringList>
  gathering(token: string, gatheringId: string): Promise<GatheringDetail>
  differences(
    token: string,
    gatheringId: string,
    wish: { kind: Difference['kind'] | null; search: string; cursor: string | null },
  ): Promise<DifferenceList>
  /** Takes a restarted meeting into this gathering; refuses to propose it again; takes one out of it. */
  join(token: string, gatheringId: string, otherId: string): Promise<void>
  keepApart(token: string, gatheringId: string, otherId: string): Promise<void>
  /** Answers the gathering the meeting has of its own now; null when the server does not say. */
  split(token: string, gatheringId: string, meetingId: string): Promise<string | null>
  /** Has Zoom’s report asked for out of turn; `planned` false: it is under way, was a moment ago, or waits for Zoom’s limit. */
  retryReport(token: string, gatheringId: string): Promise<{ planned: boolean; report: ReportStatus }>
  askForAccess(token: string, gatheringId: string): Promise<void>
  /** The row of the one who asks, and of nobody else. */
  ownLine(token: string, gatheringId: string): Promise<OwnLine>
  settings(token: string): Promise<Settings>
  setCohostPolicy(token: string, cohostPolicy: CohostPolicy): Promise<void>
  /** `always` null: as the policy says. */
  decideCohost(token: string, memberId: string, always: CohostPolicy | null): Promise<void>
  decideRequest(token: string, requestId: string, decision: RequestDecision): Promise<void>
  /** What Zoom is asked for consent with; proved by an app context, since there may be no session yet. */
  startAuthorization(appContext: string): Promise<AuthorizationChallenge>
  finishAuthorization(answer: AuthorizationCode): Promise<void>
  /** Ends the installation: everything it keeps is deleted. */
  disconnect(token: string): Promise<void>
  handOver(token: string): Promise<Handover>
  /** For calls that come with the screen that needs them. */
  request(token: string, path: string, init: RequestInit): Promise<Response>
  /** Headers that prove whose call it is. */
  proofOf(token?: string): Record<string, string>
  endHandovers(token: string): Promise<void>
  /** The session of a wide view, proved by its cookie. */
  browserSession(): Promise<SessionAnswer>
  endBrowserSession(): Promise<void>
}

const ANSWER_MS = 20_000

/**
 * The server over HTTP. In Zoom the session travels in a header and lives in memory only; no cookie is relied on. The wide
 * view is proved by its cookie, and each call carries a header that no other site's page can make a browser send.
 */
export function createHttpApi(fetchIt: typeof fetch, proof: 'token' | 'cookie' = 'token'): Api {
  const credentials = proof === 'cookie' ? 'same-origin' : 'omit'

  function proofOf(token?: string): Record<string, string> {
    if (proof === 'cookie') return { 'X-Rollbook': 'panel' }
    return token === undefined ? {} : { Authorization: `Bearer ${token}` }
  }

  async function send(path: string, init: RequestInit, token?: string): Promise<Response> {
    const headers = { ...(init.headers as Record<string, string> | undefined), ...proofOf(token) }
    let response: Response
    try {
      response = await fetchIt(path, { ...init, headers, cache: 'no-store', credentials })
    } catch (cause) {
      throw new ApiProblem('offline', null, cause)
    }
    if (!response.ok) throw await readProblem(response)
    return response
  }

  async function limited<Answer>(work: (signal: AbortSignal) => Promise<Answer>): Promise<Answer> {
    const limit = new AbortController()
    const timer = setTimeout(() => {
      limit.abort()
    }, ANSWER_MS)
    try {
      return await work(limit.signal)
    } catch (cause) {
      throw cause instanceof ApiProblem ? cause : new ApiProblem('offline', null, cause)
    } finally {
      clearTimeout(timer)
    }
  }

  const post = (path: string, body: object, token?: string) =>
    limited((signal) =>
      send(
        path,
        {
          method: 'POST',
          body: JSON.stringify(body),
          headers: { 'Content-Type': 'application/json' },
          signal,
        },
        token,
      ),
    )
  const read = (path: string, token?: string) => limited((signal) => send(path, { signal }, token))
  const under = (gatheringId: string, what: string) =>
    `/api/gatherings/${encodeURIComponent(gatheringId)}/${what}`

  return {
    exchange: async (appContext) =>
      answerWith<SessionAnswer>(await post('/api/session', { appContext }), [
        'token',
        'expiresInSeconds',
        'member',
        'meeting',
      ]),
    roster: (token, gatheringId, after) =>
      limited(async (signal) => {
        const query = after === null ? '' : `?after=${after}`
        const response = await send(under(gatheringId, `roster${query}`), { signal }, token)
        return response.status === 204
          ? null
          : answerWith<RosterSnapshot>(response, ['version', 'people', 'summary'])
      }),
    async live({ token, gatheringId, after, signal, onEvent }) {
      const headers: Record<string, string> = { Accept: 'text/event-stream' }
      if (after !== null) headers['Last-Event-ID'] = String(after)
      const response = await send(under(gatheringId, 'live'), { headers, signal }, token)
      if (response.body === null) throw new ApiProblem('offline')
      try {
        await readEvents(response.body, onEvent)
      } catch (cause) {
        throw new ApiProblem('offline', null, cause)
      }
    },
    async observe(token, gatheringId, request) {
      await post(under(gatheringId, 'observations'), request, token)
    },
    exportLink: async (token, gatheringId, request) =>
      answerWith<ExportLink>(await post(under(gatheringId, 'exports'), request, token), ['url', 'rows']),
    clipboard: async (token, gatheringId, request) =>
      (await post(under(gatheringId, 'clipboard'), request, token)).text(),
    gatherings: (token, wish) =>
      limited(async (signal) =>
        answerWith<GatheringList>(await send(`/api/gatherings${queryOf(wish)}`, { signal }, token), [
          'items',
          'nextCursor',
        ]),
      ),
    gathering: (token, gatheringId) =>
      limited(async (signal) =>
        answerWith<GatheringDetail>(
          await send(`/api/gatherings/${encodeURIComponent(gatheringId)}`, { signal }, token),
          ['id', 'report', 'standing', 'restarts'],
        ),
      ),
    differences: (token, gatheringId, wish) =>
      limited(async (signal) =>
        answerWith<DifferenceList>(
          await send(under(gatheringId, `differences${queryOf(wish)}`), { signal }, token),
          ['items', 'nextCursor', 'counts'],
        ),
      ),
    async join(token, gatheringId, otherId) {
      await post(under(gatheringId, 'joined'), { otherId }, token)
    },
    async keepApart(token, gatheringId, otherId) {
      await post(under(gatheringId, 'kept-apart'), { otherId }, token)
    },
    async split(token, gatheringId, meetingId) {
      const response = await post(under(gatheringId, 'split'), { meetingId }, token)
      if (response.status === 204) return null
      const answer = (await response.json()) as { gatheringId?: unknown } | null
      return typeof answer?.gatheringId === 'string' ? answer.gatheringId : null
    },
    async retryReport(token, gatheringId) {
      const response = await post(under(gatheringId, 'report/retry'), {}, token)
      const report = await answerWith<ReportStatus>(response, ['state', 'reason', 'nextTryAt', 'gaps'])
      return { planned: response.status === 202, report }
    },
    async askForAccess(token, gatheringId) {
      await post(under(gatheringId, 'access-requests'), {}, token)
    },
    ownLine: async (token, gatheringId) =>
      answerWith<OwnLine>(await read(under(gatheringId, 'own-line'), token), ['person']),
    settings: async (token) =>
      answerWith<Settings>(await read('/api/settings', token), ['mayManage', 'requests', 'connection']),
    async setCohostPolicy(token, cohostPolicy) {
      await post('/api/settings/cohost-policy', { cohostPolicy }, token)
    },
    async decideCohost(token, memberId, always) {
      await post(`/api/settings/cohosts/${encodeURIComponent(memberId)}`, { always }, token)
    },
    async decideRequest(token, requestId, decision) {
      await post(`/api/settings/requests/${encodeURIComponent(requestId)}`, decision, token)
    },
    startAuthorization: async (appContext) =>
      answerWith<AuthorizationChallenge>(await post('/api/authorization', { appContext }), [
        'state',
        'codeChallenge',
      ]),
    async finishAuthorization(answer) {
      await post('/api/authorization/code', answer)
    },
    async disconnect(token) {
      await post('/api/disconnect', {}, token)
    },
    request: (token, path, init) => limited((signal) => send(path, { ...init, signal }, token)),
    proofOf,
    handOver: async (token) => answerWith<Handover>(await post('/api/handover', {}, token), ['url']),
    async endHandovers(token) {
      await post('/api/handover/end', {}, token)
    },
    browserSession: async () =>
      answerWith<SessionAnswer>(await read('/api/session'), ['expiresInSeconds', 'member', 'meeting']),
    async endBrowserSession() {
      await post('/api/session/end', {})
    },
  }
}

/** What is wished for as a query; what is empty is left out. */
function queryOf(wish: Record<string, string | null>): string {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(wish)) if (value !== null && value !== '') query.set(name, value)
  const text = query.toString()
  return text === '' ? '' : `?${text}`
}

/**
 * Our own server, reached over TLS, is believed once the answer has the parts that say which answer it is; a whole schema
 * library would be a quarter of the panel's first view.
 */
export async function answerWith<Answer extends object>(
  response: Response,
  parts: readonly (keyof Answer & string)[],
): Promise<Answer> {
  const value = (await response.json()) as Answer | null
  if (value === null || typeof value !== 'object' || parts.some((part) => !(part in value)))
    throw new ApiProblem('unexpected')
  return value
}

/** What the server named as its problem, or what the status alone says. */
export async function readProblem(response: Response): Promise<ApiProblem> {
  const wait = Number(response.headers.get('Retry-After') ?? Number.NaN)
  const retryAfter = Number.isFinite(wait) && wait >= 0 ? wait : null
  try {
    const { code } = (await response.json()) as { code?: unknown }
    if (isProblemCode(code)) return new ApiProblem(code, retryAfter)
  } catch {
    // A proxy in between answered with a page of its own: judge by the status alone.
  }
  return new ApiProblem(
    response.status >= 502 && response.status <= 504 ? 'storage_unavailable' : 'unexpected',
    retryAfter,
  )
}
