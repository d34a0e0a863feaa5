import { SessionAnswer, SessionRequest } from '../../shared/wire/index.ts'
import {
  SESSION_SECONDS,
  exchangeContext,
  mayRead,
  type Directory,
  type MeetingHome,
  type MemberViewer,
  type ProvedContext,
  type SessionTokens,
  type Sessions,
} from '../access/index.ts'
import type { AuditLog } from '../audit/index.ts'
import { RollbookError } from '../errors.ts'
import type { AppContext, ContextReading, OAuthFlows } from '../zoom/index.ts'
import { hashState } from './consent.ts'
import { openRoute, sessionRoute, type Route } from './route.ts'
import { parseBody } from './validate.ts'
import { wideCookie } from './wide-cookie.ts'

export interface SessionRouteParts {
  verifyContext: (token: string, nowMs: number) => ContextReading
  directory: Directory
  sessions: Sessions
  tokens: SessionTokens
  audit: AuditLog
  oauthFlows: OAuthFlows
  publicUrl: string
  clock: () => number
}

/** The one exchange: a Zoom app context in, a session of at most fifteen minutes out; and what becomes of sessions. */
export function sessionRoutes(parts: SessionRouteParts): Route[] {
  const cookie = wideCookie(parts.publicUrl)
  return [
    openRoute({
      method: 'post',
      path: '/api/session',
      summary: 'Exchanges the token of `zoomSdk.getAppContext()` for a session.',
      access: { who: 'context' },
      body: SessionRequest,
      answer: SessionAnswer,
      handle: async (req, res) => {
        const { appContext } = parseBody(SessionRequest, req.body)
        const nowMs = parts.clock()
        const verified = parts.verifyContext(appContext, nowMs)
        if (!verified.ok) throw new RollbookError(verified.reason, contextSentences[verified.reason])
        const exchange = await exchangeContext(proved(verified), parts)
        if (!exchange.ok) throw new RollbookError(exchange.code, contextSentences[exchange.code])

        const { session, meeting } = exchange
        await parts.audit.append({
          installationId: session.installationId,
          actorMemberId: session.memberId,
          act: exchange.openedGrant ? 'grant_recorded' : 'session_opened',
          gatheringId: session.gatheringId,
          atMs: nowMs,
          detail: { role: session.role, sessionsRevoked: exchange.revoked },
        })
        const seen = await describeMeeting(parts.directory, session, meeting)
        const answer: SessionAnswer = {
          token: await parts.tokens.sign(session, session.expiresAtMs),
          expiresInSeconds: SESSION_SECONDS,
          member: { id: session.memberId, role: session.role },
          ...seen,
          welcome: await isFirstOpening(parts.oauthFlows, verified.context.action, nowMs),
        }
        res.set('Cache-Control', 'no-store').json(answer)
      },
    }),
    sessionRoute({
      method: 'get',
      path: '/api/session',
      summary: 'The session behind this call; how a wide view, proved by its cookie, learns whose it is.',
      access: { who: 'session' },
      answer: SessionAnswer,
      handle: async (_req, res, viewer) => {
        const session = await parts.sessions.find(viewer.installationId, viewer.sessionId)
        const leftMs = session === null ? 0 : session.expiresAtMs - parts.clock()
        const meeting =
          viewer.gatheringId === null
            ? null
            : await parts.directory.currentMeeting(viewer, viewer.gatheringId)
        const answer: SessionAnswer = {
          token: '',
          expiresInSeconds: Math.floor(leftMs / 1000),
          member: { id: viewer.memberId, role: viewer.role },
          ...(await describeMeeting(parts.directory, viewer, meeting)),
          welcome: false,
        }
        res.set('Cache-Control', 'no-store').json(answer)
      },
    }),
    sessionRoute({
      method: 'post',
      path: '/api/session/end',
      summary: 'Ends this session; in a browser its cookie goes, too.',
      access: { who: 'session' },
      handle: async (_req, res, viewer) => {
        await parts.sessions.end(viewer)
        if (viewer.via === 'browser') res.clearCookie(cookie.name, cookie.options)
        res.status(204).end()
      },
    }),
  ]
}

/** Why a context opens nothing. */
export const contextSentences = {
  context_invalid: 'The app context is not one Zoom made for this app. Open the panel from Zoom’s Apps menu.',
  context_expired: 'The app context is too old. Ask the Zoom client for a new one (getAppContext).',
  context_replayed: 'This app context was used before. Ask the Zoom client for a new one (getAppContext).',
  guest: 'You are here as a guest, without a Zoom sign-in, so there is nothing Rollbook may show you.',
  not_installed: 'Rollbook is not added to your Zoom account yet. Add it at /oauth/install.',
} as const

function proved({ context, tagHash }: { context: AppContext; tagHash: string }): ProvedContext {
  return {
    zoomUserId: context.zoomUserId,
    meetingUuid: context.breakoutUuid === null ? context.meetingUuid : null,
    inMeeting: context.inMeeting,
    role: context.role,
    issuedAtMs: context.issuedAtMs,
    expiresAtMs: context.expiresAtMs,
    tagHash,
  }
}

async function describeMeeting(
  directory: Directory,
  session: MemberViewer,
  meeting: MeetingHome | null,
): Promise<Pick<SessionAnswer, 'meeting' | 'ownLineOf'>> {
  if (meeting === null) return { meeting: null, ownLineOf: null }
  const { gatheringId, topic, number, kind, capture } = meeting
  const access = await directory.gatheringAccess(session, gatheringId)
  // Who is a participant here sees no list here, whatever is theirs otherwise.
  if (session.role === 'participant' || !mayRead(session, access, 'people')) {
    return { meeting: null, ownLineOf: mayRead(session, access, 'own_line') ? gatheringId : null }
  }
  return {
    meeting: {
      gatheringId,
      topic,
      number,
      kind,
      capture,
      mayReadEmails: mayRead(session, access, 'emails'),
      // A wide view exports what has ended; while the meeting runs, its panel does.
      mayExport: mayRead(session, access, 'export') && (session.via === 'zoom' || access?.ended === true),
    },
    ownLineOf: null,
  }
}

/** The deep link after an install carries a one-time id, so that the panel can welcome exactly once. */
async function isFirstOpening(flows: OAuthFlows, action: string | null, nowMs: number): Promise<boolean> {
  if (action === null) return false
  return (await flows.finish({ kind: 'welcome', stateHash: hashState(action), nowMs })) !== null
}
