import type { OAuthFlows } from '../zoom/ports.ts'
import type { Parts } from './parts.ts'
import { open, seal } from './sealing/index.ts'

/** No installation exists yet while somebody is on the way through Zoom, so the deployment's own secret seals. */
export function createOAuthFlows({ db, vault }: Parts): OAuthFlows {
  const place = (stateHash: string) => ({ installationId: '', table: 'oauth_flows', rowId: stateHash })
  return {
    async begin({ stateHash, verifier, expiresAtMs }) {
      const key = vault.deploymentSecret('oauth_flows')
      const sealed = seal(key, place(stateHash), Buffer.from(verifier))
      await db
        .insertInto('oauth_flows')
        .values({ state_hash: stateHash, sealed, expires_at_ms: expiresAtMs })
        .execute()
    },
    async finish({ stateHash, nowMs }) {
      const row = await db
        .deleteFrom('oauth_flows')
        .where('state_hash', '=', stateHash)
        .returning(['sealed', 'expires_at_ms'])
        .executeTakeFirst()
      if (!row || row.expires_at_ms <= nowMs) return null
      const key = vault.deploymentSecret('oauth_flows')
      return { verifier: open(key, place(stateHash), row.sealed).toString('utf8') }
    },
  }
}
