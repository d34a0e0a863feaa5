import { setTimeout } from 'node:timers/promises'
import { sql } from 'kysely'
import type { KeptTokens, Refreshed, TokenCupboard, TokenHolder, ZoomTokens } from '../zoom/ports.ts'
import { codeOf } from './database.ts'
import type { Parts } from './parts.ts'
import { InstallationGone, openJson, sealJson } from './sealing/index.ts'
import type { Database } from './tenancy.ts'

/** Zoom is given ten seconds to answer; whoever waits for the row waits for that and the commit, and then gives up. */
const LOCK_TIMEOUT_MS = 12_000
/** SQLSTATE lock_not_available. */
const LOCK_TIMED_OUT = '55P03'
/** Each renewal holds a connection while Zoom thinks; the others are for everything else. */
const RENEWALS_AT_ONCE = 3
/** How long to wait before what Zoom gave is written once more: over the restart of a database. */
const KEEPING_PAUSES_MS = [0, 50, 200, 500, 1_000, 2_000, 4_000]

/**
 * Tokens at work. The row's lock is what makes several processes one: who holds it asks Zoom, who waited reads what came of
 * it. Within this process callers of the same member share one renewal, so that they wait with one connection.
 *
 * What no order of steps can save: Zoom answers and this process dies before the commit. The old refresh token is spent
 * then, the new pair is lost, and Zoom refuses the next renewal: the member has to connect again.
 */
export function createTokenCupboard({ db, vault, clock, log }: Parts): TokenCupboard {
  const atOnce = limited(RENEWALS_AT_ONCE)
  const underWay = new Map<string, Promise<KeptTokens | 'busy' | null>>()

  async function read(using: Database, who: TokenHolder, lock: boolean): Promise<KeptTokens | null> {
    const query = using
      .selectFrom('tokens')
      .select(['sealed', 'dead'])
      .where('installation_id', '=', who.installationId)
      .where('member_id', '=', who.memberId)
    const row = await (lock ? query.forUpdate() : query).executeTakeFirst()
    if (!row) return null
    try {
      const { data } = await vault.keysOf(who.installationId, using)
      return { ...(openJson(data, tokenPlace(who), row.sealed) as ZoomTokens), dead: row.dead }
    } catch (error) {
      if (error instanceof InstallationGone) return null
      throw error
    }
  }

  async function write(trx: Database, who: TokenHolder, kept: KeptTokens): Promise<void> {
    const { dead, ...tokens } = kept
    const { data } = await vault.keysOf(who.installationId, trx)
    await trx
      .updateTable('tokens')
      .set({
        sealed: sealJson(data, tokenPlace(who), tokens),
        expires_at_ms: tokens.expiresAtMs,
        updated_at_ms: clock(),
        dead,
      })
      .where('installation_id', '=', who.installationId)
      .where('member_id', '=', who.memberId)
      .execute()
  }

  async function renewUnderLock(
    who: TokenHolder,
    staleAccessToken: string,
    refresh: (refreshToken: string) => Promise<Refreshed>,
  ): Promise<KeptTokens | 'busy' | null> {
    const got: { answer?: Refreshed } = {}
    const attempt = () =>
      db.transaction().execute(async (trx) => {
        await sql`select set_config('lock_timeout', ${`${LOCK_TIMEOUT_MS}ms`}, true)`.execute(trx)
        const kept = await read(trx, who, true)
        if (kept === null || kept.dead !== null || kept.accessToken !== staleAccessToken) return kept
        got.answer ??= await refresh(kept.refreshToken)
        const renewed = 'dead' in got.answer ? { ...kept, ...got.answer } : { ...got.answer, dead: null }
        await write(trx, who, renewed)
        return renewed
      })
    for (let tried = 0; ; tried++) {
      try {
        return await attempt()
      } catch (error) {
        const pauseMs = KEEPING_PAUSES_MS[tried]
        if (got.answer !== undefined && pauseMs !== undefined) {
          // Zoom takes the old refresh token no more: what it gave must not be lost with a broken connection, nor with
          // the next one of the pool, which broke at the same moment.
          log.warn({ ...who, code: codeOf(error) }, 'renewed tokens could not be kept; trying once more')
          await setTimeout(pauseMs)
          continue
        }
        if (got.answer === undefined && codeOf(error) === LOCK_TIMED_OUT) return 'busy'
        throw error
      }
    }
  }

  return {
    find: (who) => read(db, who, false),

    async ofInstaller(installationId) {
      const installer = await db
        .selectFrom('members')
        .select('id')
        .where('installation_id', '=', installationId)
        .where('installer', '=', true)
        .executeTakeFirst()
      return installer ? read(db, { installationId, memberId: installer.id }, false) : null
    },

    renew(who, staleAccessToken, refresh) {
      const key = JSON.stringify([who.installationId, who.memberId, staleAccessToken])
      const sharing =
        underWay.get(key) ??
        atOnce(() => renewUnderLock(who, staleAccessToken, refresh)).finally(() => underWay.delete(key))
      underWay.set(key, sharing)
      return sharing
    },

    async bury(who, accessToken, code) {
      await db.transaction().execute(async (trx) => {
        const kept = await read(trx, who, true)
        if (kept !== null && kept.dead === null && kept.accessToken === accessToken)
          await write(trx, who, { ...kept, dead: code })
      })
    },
  }
}

export const tokenPlace = ({ installationId, memberId }: TokenHolder) => ({
  installationId,
  table: 'tokens',
  rowId: memberId,
})

/** Runs at most `most` pieces of work at once; the others wait in the order they came. */
function limited(most: number): <Answer>(work: () => Promise<Answer>) => Promise<Answer> {
  const waiting: (() => void)[] = []
  let free = most
  return async (work) => {
    if (free > 0) free--
    else await new Promise<void>((resolve) => waiting.push(resolve))
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      if (next) next()
      else free++
    }
  }
}
