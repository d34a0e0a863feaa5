/** Authorization codes under way: five minutes of life, one use, bound to a user, a redirect and a challenge. */
import { randomBytes } from 'node:crypto'
import type { Clock } from './clock.ts'

export interface Code {
  zoomUserId: string
  redirectUri: string
  challenge: { value: string; method: 'plain' | 'S256' } | null
  /** Given inside the client: whether the exchange names the redirect is then a matter of its own. */
  inClient: boolean
}

export interface Codes {
  issue(code: Code): string
  /** Spends it; null when it is unknown, spent or too old. */
  take(text: string): Code | null
}

const CODE_LIFETIME_MS = 5 * 60_000

export function createCodes(clock: Clock): Codes {
  const kept = new Map<string, Code & { untilMs: number }>()
  return {
    issue(code) {
      const text = randomBytes(32).toString('base64url')
      kept.set(text, { ...code, untilMs: clock.now() + CODE_LIFETIME_MS })
      return text
    },
    take(text) {
      const code = kept.get(text)
      kept.delete(text)
      return code && code.untilMs > clock.now() ? code : null
    },
  }
}
