import type { Capability, Connection } from '../../shared/wire/settings.ts'
import { scopeFor, scopesOf } from './capabilities.ts'
import type { TokenCupboard, TokenHolder } from './ports.ts'

export type ConnectionOf = (who: TokenHolder) => Promise<Connection>

/**
 * How the consent of a member stands (in an account: the administrator's), by what we keep of it; Zoom is not asked. `missingScopes`: rights this version needs
 * and Zoom did not grant, in the order of the capability table; optional ones are never missing there, only under what they
 * make possible. Ask it with the viewer's own installation: what a co-host granted is not kept with the host's.
 */
export function createConnectionOf({
  cupboard,
  profile,
}: {
  cupboard: TokenCupboard
  profile: 'user' | 'account'
}): ConnectionOf {
  const asked = scopesOf(profile).map(({ scope, use }) => ({ ...use, scope: scopeFor(scope, profile) }))
  const capabilities = [...new Set(asked.map(({ capability }) => capability))]
  const grantedBy = profile === 'user' ? 'user' : 'administrator'
  return async (who) => {
    const kept =
      profile === 'account' ? await cupboard.ofInstaller(who.installationId) : await cupboard.find(who)
    if (kept === null || kept.dead !== null) {
      const state = kept === null ? 'missing' : 'reconnect'
      return { state, missingScopes: [], grantedBy, capabilities: [] }
    }
    const missing = asked.filter(({ scope }) => !kept.scopes.includes(scope))
    const missingScopes = missing.flatMap(({ scope, optional }) => (optional ? [] : [scope]))
    const lacks = (of: Capability): string[] =>
      missing.flatMap(({ scope, capability }) => (capability === of ? [scope] : []))
    return {
      state: missingScopes.length === 0 ? 'connected' : 'scopes',
      missingScopes,
      grantedBy,
      capabilities: capabilities.map((capability) => ({ capability, missingScopes: lacks(capability) })),
    }
  }
}
