import type { OAuthFlow, OAuthFlows } from '../zoom/ports.ts'
import type { Parts } from './parts.ts'
import { openJson, sealJson } from './sealing/index.ts'

/** No installation exists yet while somebody is on the way through Zoom, so the deployment's own secret seals. */
export function createOAuthFlows({ db, vault }: Parts): OAuthFlows {
  const place = (stateHash: string) => ({ installationId: '', table: 'oauth_flows', rowId: stateHash })
  return {
    async begin({ stateHash, flow, expiresAtMs }) {
      const key = vault.deploymentSecret('oauth_flows')
      const sealed = sealJson(key, place(stateHash), flow)
      await db
        .insertInto('oauth_flows')
        .values({ state_hash: stateHash, kind: flow.kind, sealed, expires_at_ms: expiresAtMs })
        .execute()
    },
    async finish<Kind extends OAuthFlow['kind']>(input: { kind: Kind; stateHash: string; nowMs: number }) {
      const { kind, stateHash, nowMs } = input
      const row = await db
        .deleteFrom('oauth_flows')
        .where('state_hash', '=', stateHash)
        .where('kind', '=', kind)
        .returning(['sealed', 'expires_at_ms'])
        .executeTakeFirst()
      if (!row || row.expires_at_ms <= nowMs) return null
      const key = vault.deploymentSecret('oauth_flows')
      return openJson(key, place(stateHash), row.sealed) as Extract<OAuthFlow, { kind: Kind }>
    },
  }
}
