import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { AuditEntry, AuditLog } from '../audit/ports.ts'
import type { Parts } from './parts.ts'
import type { Database } from './tenancy.ts'

/** A line of the log with its place in the chain. */
export interface ChainedEntry extends AuditEntry {
  seq: number
  prevHash: string
  hash: string
}

export interface AuditChain extends AuditLog {
  /** The whole chain, oldest first, for proving it. */
  chain(installationId: string): Promise<ChainedEntry[]>
}

export function createAuditLog({ db }: Parts): AuditChain {
  async function chain(installationId: string): Promise<ChainedEntry[]> {
    const rows = await db
      .selectFrom('audit')
      .selectAll()
      .where('installation_id', '=', installationId)
      .orderBy('seq')
      .execute()
    return rows.map((row) => ({
      installationId: row.installation_id,
      seq: row.seq,
      atMs: row.at_ms,
      actorMemberId: row.actor_member_id,
      act: row.act as AuditEntry['act'],
      gatheringId: row.gathering_id,
      detail: row.detail as AuditEntry['detail'],
      prevHash: row.prev_hash,
      hash: row.hash,
    }))
  }

  return {
    chain,
    append: (entry) => db.transaction().execute((trx) => appendLine(trx, entry)),
    async list(installationId) {
      return (await chain(installationId)).map(({ prevHash: _prev, hash: _hash, ...entry }) => entry)
    },
  }
}

/** Adds a line within a transaction, so that an act and its line are both there or neither. */
export async function appendLine(trx: Database, entry: AuditEntry): Promise<void> {
  // One writer an installation: each line hashes the one before.
  await sql`select pg_advisory_xact_lock(hashtextextended(${`audit:${entry.installationId}`}, 0))`.execute(
    trx,
  )
  const last = await trx
    .selectFrom('audit')
    .select(['seq', 'hash'])
    .where('installation_id', '=', entry.installationId)
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst()
  const seq = (last?.seq ?? 0) + 1
  const prevHash = last?.hash ?? ''
  await trx
    .insertInto('audit')
    .values({
      installation_id: entry.installationId,
      seq,
      at_ms: entry.atMs,
      actor_member_id: entry.actorMemberId,
      act: entry.act,
      gathering_id: entry.gatheringId,
      detail: JSON.stringify(entry.detail),
      prev_hash: prevHash,
      hash: hashOf(prevHash, seq, entry),
    })
    .execute()
}

/** The number of the first line that was changed, removed or put in; null for an intact chain. */
export function firstBrokenLine(chain: ChainedEntry[]): number | null {
  let prevHash = ''
  for (const [index, line] of chain.entries()) {
    const intact =
      line.seq === index + 1 && line.prevHash === prevHash && line.hash === hashOf(prevHash, line.seq, line)
    if (!intact) return index + 1
    prevHash = line.hash
  }
  return null
}

function hashOf(prevHash: string, seq: number, entry: AuditEntry): string {
  // jsonb keeps no order of keys, so they are sorted.
  const detail = Object.entries(entry.detail).sort(([a], [b]) => (a < b ? -1 : 1))
  const { installationId, atMs, actorMemberId, act, gatheringId } = entry
  const text = JSON.stringify([prevHash, installationId, seq, atMs, actorMemberId, act, gatheringId, detail])
  return createHash('sha256').update(text).digest('hex')
}
