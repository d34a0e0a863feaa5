import { SignJWT, errors, jwtVerify } from 'jose'

/** Sessions live at most this long; the panel renews them with a fresh context. */
export const SESSION_SECONDS = 15 * 60

const ISSUER = 'rollbook'

export interface SessionClaims {
  installationId: string
  sessionId: string
}

/**
 * Signs and reads the Bearer token of a session. It carries ids only; who the session belongs to, and whether it still
 * stands, is looked up at every request, so that a revocation works at once.
 */
export function createSessionTokens(secret: Uint8Array) {
  return {
    async sign(claims: SessionClaims, expiresAtMs: number): Promise<string> {
      return new SignJWT({ ins: claims.installationId })
        .setProtectedHeader({ alg: 'HS256' })
        .setIssuer(ISSUER)
        .setSubject(claims.sessionId)
        .setExpirationTime(Math.floor(expiresAtMs / 1000))
        .sign(secret)
    },

    /** Returns the claims; `expired` for a genuine but old token; null for anything else. */
    async read(token: string, nowMs: number): Promise<SessionClaims | 'expired' | null> {
      try {
        const { payload } = await jwtVerify(token, secret, {
          algorithms: ['HS256'],
          issuer: ISSUER,
          requiredClaims: ['exp', 'sub'],
          currentDate: new Date(nowMs),
        })
        if (typeof payload.sub !== 'string' || typeof payload['ins'] !== 'string') return null
        return { installationId: payload['ins'], sessionId: payload.sub }
      } catch (error) {
        return error instanceof errors.JWTExpired ? 'expired' : null
      }
    },
  }
}

export type SessionTokens = ReturnType<typeof createSessionTokens>
