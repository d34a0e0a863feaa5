import type { TokenHolder } from '../zoom/ports.ts'
import type { Database } from './tenancy.ts'

/** As whom an installation asks Zoom. */
export interface Asker {
  /** Null: nobody is connected. */
  who: TokenHolder | null
  accountHash: string
  /** The latest consent anybody of it gave (epoch ms); 0 for none. */
  consentedAtMs: number
}

/**
 * The host, when they authorised us, else whoever installed; in an account the administrator first: what they granted reaches
 * every meeting of the account, what a host did their own. Null: the installation is gone.
 */
export async function askerOf(
  db: Database,
  installationId: string,
  hostMemberId: string | null,
): Promise<Asker | null> {
  const installation = await db
    .selectFrom('installations')
    .select(['profile', 'account_hash'])
    .where('id', '=', installationId)
    .executeTakeFirst()
  if (!installation) return null
  const members = await db
    .selectFrom('members')
    .innerJoin('tokens', (join) =>
      join
        .onRef('tokens.installation_id', '=', 'members.installation_id')
        .onRef('tokens.member_id', '=', 'members.id'),
    )
    .select(['members.id', 'members.installer', 'tokens.authorised_at_ms'])
    .where('members.installation_id', '=', installationId)
    .execute()
  const host = members.find(({ id }) => id === hostMemberId)
  const installer = members.find((one) => one.installer)
  const member = installation.profile === 'account' ? (installer ?? host) : (host ?? installer)
  return {
    who: member ? { installationId, memberId: member.id } : null,
    accountHash: installation.account_hash,
    consentedAtMs: Math.max(0, ...members.map((connected) => connected.authorised_at_ms)),
  }
}
