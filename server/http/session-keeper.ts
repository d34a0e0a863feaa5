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

/** How often the end of a session is looked for while a stream is open. */
const WATCH_MS = 5_000

/** Turns the Bearer token of a request into a viewer, and tells open streams when their session ends. */
export function createSessionKeeper(parts: {
  tokens: SessionTokens
  sessions: Sessions
  directory: Directory
  clock: () => number
}) {
  const { tokens, sessions, directory, clock } = parts

  const standing = async (viewer: MemberViewer): Promise<SessionEnd | null> => {
    const session = await sessions.find(viewer.installationId, viewer.sessionId)
    if (session === null) return 'session_revoked'
    return session.endedBecause ?? (session.expiresAtMs <= clock() ? 'session_expired' : null)
  }

  return {
    clock,

    /** @throws RollbookError session_missing, session_expired, session_revoked or session_taken_over */
    async viewerOf(req: Request): Promise<MemberViewer> {
      const token = /^Bearer ([\w.-]+)$/.exec(req.get('authorization') ?? '')?.[1]
      const claims = token === undefined ? null : await tokens.read(token, clock())
      if (claims === 'expired') throw ended('session_expired')
      if (claims === null) {
        throw new RollbookError(
          'session_missing',
          'This call needs a session: exchange an app context at POST /api/session.',
        )
      }
      const session = await sessions.find(claims.installationId, claims.sessionId)
      if (session === null) throw ended('session_revoked')
      if (session.endedBecause !== null) throw ended(session.endedBecause)
      if (session.expiresAtMs <= clock()) throw ended('session_expired')
      return session
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
