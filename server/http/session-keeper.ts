import type { Request } from 'express'
import { RollbookError } from '../errors.ts'
import {
  reachGathering,
  type Directory,
  type MemberViewer,
  type Reached,
  type SessionEnd,
  type SessionTokens,
  type Sessions,
} from '../access/index.ts'
import { readCookie } from './cookies.ts'
import { cookieOfOwnPage, wideCookie } from './wide-cookie.ts'

/** How often the end of a session is looked for while a stream is open. */
const WATCH_MS = 5_000

/**
 * Turns what a request proves into a viewer, and tells open streams when their session ends. A panel in Zoom shows a Bearer
 * token; a wide view its cookie, which counts only with the header that our own page sends. Neither passes for the other.
 */
export function createSessionKeeper(parts: {
  tokens: SessionTokens
  sessions: Sessions
  directory: Directory
  publicUrl: string
  clock: () => number
}) {
  const { tokens, sessions, directory, publicUrl, clock } = parts

  const standing = async (viewer: MemberViewer): Promise<SessionEnd | null> => {
    const session = await sessions.find(viewer.installationId, viewer.sessionId)
    if (session === null) return 'session_revoked'
    return session.endedBecause ?? (session.expiresAtMs <= clock() ? 'session_expired' : null)
  }

  async function standingBehind(
    token: string | null,
    via: MemberViewer['via'],
  ): Promise<MemberViewer | SessionEnd | null> {
    const claims = token === null ? null : await tokens.read(token, clock())
    if (claims === null) return null
    if (claims === 'expired') return 'session_expired'
    const session = await sessions.find(claims.installationId, claims.sessionId)
    if (session === null) return 'session_revoked'
    if (session.via !== via) return null
    if (session.endedBecause !== null) return session.endedBecause
    return session.expiresAtMs <= clock() ? 'session_expired' : session
  }

  return {
    clock,

    /** @throws RollbookError session_missing, session_expired, session_revoked or session_taken_over */
    async viewerOf(req: Request): Promise<MemberViewer> {
      const authorization = req.get('authorization')
      const found =
        authorization === undefined
          ? await standingBehind(cookieOfOwnPage(req, publicUrl), 'browser')
          : await standingBehind(/^Bearer ([\w.-]+)$/.exec(authorization)?.[1] ?? null, 'zoom')
      if (found === null) {
        throw new RollbookError(
          'session_missing',
          'This call needs a session: exchange an app context at POST /api/session.',
        )
      }
      if (typeof found === 'string') throw ended(found)
      return found
    },

    /** The wide view of this browser, for choosing a page; it proves nothing about who made the request. */
    async wideViewOf(req: Request): Promise<MemberViewer | null> {
      const found = await standingBehind(readCookie(req, wideCookie(publicUrl).name), 'browser')
      return typeof found === 'string' ? null : found
    },

    /** The gathering and whom to ask as; null when this viewer reaches no such gathering, in whatever installation. */
    reach(viewer: MemberViewer, gatheringId: string): Promise<Reached | null> {
      const isUuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(gatheringId)
      return isUuid ? reachGathering(viewer, gatheringId, directory) : Promise.resolve(null)
    },

    /** Calls `onEnd` once when the session has expired, was revoked or taken over; returns how to stop watching. */
    watch(
      viewer: MemberViewer,
      onEnd: (end: SessionEnd) => void,
      onError: (error: unknown) => void,
    ): () => void {
      const timer = setInterval(() => {
        standing(viewer).then((end) => {
          if (end === null) return
          clearInterval(timer)
          onEnd(end)
        }, onError)
      }, WATCH_MS)
      timer.unref()
      return () => {
        clearInterval(timer)
      }
    },
  }
}

export type SessionKeeper = ReturnType<typeof createSessionKeeper>

function ended(code: SessionEnd): RollbookError {
  const sentence: Record<SessionEnd, string> = {
    session_expired: 'The session has expired. Exchange a fresh app context at POST /api/session.',
    session_revoked:
      'The session was ended because the role in the meeting changed or the app was removed. Open the panel again.',
    session_taken_over:
      'The same panel was opened again elsewhere, which ended this session. Use the newer one, or reload here.',
  }
  return new RollbookError(code, sentence[code])
}
