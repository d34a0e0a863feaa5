import type { Connection } from '../../shared/wire/settings.ts'
import { scopes } from './capabilities.ts'
import type { TokenCupboard, TokenHolder } from './ports.ts'

export type ConnectionOf = (who: TokenHolder) => Promise<Connection>

/**
 * How the consent of a member stands, by what we keep of it; Zoom is not asked. `missingScopes`: rights this version needs
 * and Zoom did not grant, in the order of the capability table; optional ones are never missing. Ask it with the viewer's
 * own installation: what a co-host granted is not kept with the host's.
 */
export function createConnectionOf({ cupboard }: { cupboard: TokenCupboard }): ConnectionOf {
  const wanted = Object.entries(scopes).flatMap(([scope, { optional }]) => (optional ? [] : [scope]))
  return async (who) => {
    const kept = await cupboard.find(who)
    if (kept === null) return { state: 'missing', missingScopes: [] }
    if (kept.dead !== null) return { state: 'reconnect', missingScopes: [] }
    const missingScopes = wanted.filter((scope) => !kept.scopes.includes(scope))
    return { state: missingScopes.length === 0 ? 'connected' : 'scopes', missingScopes }
  }
}
