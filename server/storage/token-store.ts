import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { TokenHolder, TokenStore, ZoomTokens } from '../zoom/ports.ts'
import { codeOf } from './database.ts'
import type { Removal } from './lifecycle.ts'
import { removeUser } from './lifecycle.ts'
import type { Parts } from './parts.ts'
import { rearmReports } from './report-retry.ts'
import { sealJson } from './sealing/index.ts'
import type { Database } from './tenancy.ts'
import { crossTenant } from './tenancy.ts'
import { tokenPlace } from './token-cupboard.ts'

/** SQLSTATE deadlock_detected. */
const DEADLOCK = '40P01'

export function createTokenStore(parts: Parts, onChanged: () => void): TokenStore {
  const { db, vault } = parts
  return {
    async install(input) {
      const userHash = vault.zoomHash('zoom_user', input.zoomUserId)
      const accountHash = vault.zoomHash('zoom_account', input.zoomAccountId)
      const ownerHash = input.profile === 'user' ? userHash : accountHash
      const attempt = async (trx: Database) => {
        // Two authorisations of one owner at once make one installation.
        await sql`select pg_advisory_xact_lock(hashtextextended(${ownerHash}, 0))`.execute(trx)
        const known = await crossTenant('find installation', trx, (any) =>
          any
            .selectFrom('installations')
            .select('id')
            .where('profile', '=', input.profile)
            .where('owner_hash', '=', ownerHash)
            .executeTakeFirst(),
        )
        const installationId = known?.id ?? randomUUID()
        if (!known) {
          await trx
            .insertInto('installations')
            .values({
              id: installationId,
              profile: input.profile,
              owner_hash: ownerHash,
              account_hash: accountHash,
              created_at_ms: input.nowMs,
            })
            .execute()
          await vault.createDataKey(trx, installationId)
        }
        const memberId = await ensureMemberRow(trx, {
          installationId,
          userHash,
          installer: !known,
          nowMs: input.nowMs,
        })
        await replaceTokens(trx, installationId, memberId, input.tokens, input.nowMs)
        await rearmReports(trx, installationId, input.nowMs)
        return { installationId, memberId, created: !known }
      }
      const done = await againAfterDeadlock(() => db.transaction().execute(attempt))
      onChanged()
      return done
    },

    async noteLeaving({ installationId, memberId }, leaving) {
      await db
        .updateTable('tokens')
        .set({ leaving })
        .where('installation_id', '=', installationId)
        .where('member_id', '=', memberId)
        .execute()
    },

    async remove(who) {
      // Zoom's own news of the removal may be at work on the same rows; whoever comes second finds nothing left.
      const removal = await againAfterDeadlock(() =>
        db.transaction().execute((trx) => removeMember(trx, who)),
      )
      removal?.forget()
      onChanged()
    },
  }

  async function removeMember(trx: Database, who: TokenHolder): Promise<Removal | null> {
    const { installationId, memberId } = who
    // Deliveries being taken in hold their own rows first, then the installation, everything else later; so do we.
    await trx
      .selectFrom('inbox')
      .select('id')
      .where('installation_id', '=', installationId)
      .where('state', '=', 'pending')
      .orderBy('id')
      .forUpdate()
      .execute()
    await trx.selectFrom('installations').select('id').where('id', '=', installationId).forUpdate().execute()
    const member = await trx
      .selectFrom('members')
      .select('zoom_user_hash')
      .where('installation_id', '=', installationId)
      .where('id', '=', memberId)
      .executeTakeFirst()
    if (!member) return null
    const leaving = { userHash: member.zoom_user_hash, act: 'disconnected', atMs: null } as const
    return removeUser(parts, trx, installationId, leaving)
  }

  async function replaceTokens(
    trx: Database,
    installationId: string,
    memberId: string,
    tokens: ZoomTokens,
    nowMs: number,
  ): Promise<void> {
    const { data } = await vault.keysOf(installationId, trx)
    const sealed = sealJson(data, tokenPlace({ installationId, memberId }), tokens)
    const values = {
      sealed,
      expires_at_ms: tokens.expiresAtMs,
      updated_at_ms: nowMs,
      dead: null,
      authorised_at_ms: nowMs,
      leaving: false,
    }
    await trx
      .insertInto('tokens')
      .values({ installation_id: installationId, member_id: memberId, ...values })
      .onConflict((conflict) => conflict.columns(['installation_id', 'member_id']).doUpdateSet(values))
      .execute()
  }
}

/** A transaction that PostgreSQL ended because two waited for each other; the other one has gone on, so once is enough. */
const againAfterDeadlock = <Done>(attempt: () => Promise<Done>): Promise<Done> =>
  attempt().catch((error: unknown) => {
    if (codeOf(error) === DEADLOCK) return attempt()
    throw error
  })

/** The member behind a hashed Zoom user, made when new; the first installer of an installation is its admin. */
export async function ensureMemberRow(
  db: Database,
  input: { installationId: string; userHash: string; installer: boolean; nowMs: number },
): Promise<string> {
  const { installationId, userHash } = input
  await db
    .insertInto('members')
    .values({
      installation_id: installationId,
      id: randomUUID(),
      zoom_user_hash: userHash,
      admin: input.installer,
      installer: input.installer,
      created_at_ms: input.nowMs,
    })
    .onConflict((conflict) => conflict.columns(['installation_id', 'zoom_user_hash']).doNothing())
    .execute()
  const member = await db
    .selectFrom('members')
    .select('id')
    .where('installation_id', '=', installationId)
    .where('zoom_user_hash', '=', userHash)
    .executeTakeFirstOrThrow()
  return member.id
}
