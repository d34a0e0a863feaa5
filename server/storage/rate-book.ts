import { sql } from 'kysely'
import type { RateBook } from '../zoom/limiter.ts'
import type { Parts } from './parts.ts'

const DAY_MS = 86_400_000

/** Whose turn it is to ask Zoom, one row an account and label; every process takes from the same row. */
export function createRateBook({ db }: Pick<Parts, 'db'>): RateBook {
  return {
    async reserve({ account, label, spacingMs, perDay, nowMs, horizonMs }) {
      const day = Math.floor(nowMs / DAY_MS)
      const most = perDay ?? 2 ** 31 - 1
      const { rows } = await sql<{ at_ms: number }>`
        insert into zoom_rates as r (account_hash, label, next_at_ms, day, used)
        values (${account}, ${label}, ${nowMs}::double precision + ${spacingMs}::double precision, ${day}::int, 1)
        on conflict (account_hash, label) do update
          set next_at_ms = greatest(r.next_at_ms, ${nowMs}::double precision) + ${spacingMs}::double precision,
              day = ${day}::int,
              used = case when r.day = ${day}::int then r.used + 1 else 1 end
          where greatest(r.next_at_ms, ${nowMs}::double precision) <= ${horizonMs}::double precision
            and (r.day <> ${day}::int or r.used < ${most}::int)
        returning next_at_ms - ${spacingMs}::double precision as at_ms`.execute(db)
      const [taken] = rows
      if (taken) return { atMs: taken.at_ms }
      const kept = await db
        .selectFrom('zoom_rates')
        .select(['next_at_ms', 'day', 'used'])
        .where('account_hash', '=', account)
        .where('label', '=', label)
        .executeTakeFirst()
      const usedUp = kept !== undefined && kept.day === day && kept.used >= most
      const untilMs = usedUp ? (day + 1) * DAY_MS : Math.max(kept?.next_at_ms ?? nowMs, nowMs)
      return { full: true, untilMs: Math.ceil(untilMs) }
    },

    async close({ account, label, untilMs }) {
      await sql`
        insert into zoom_rates as r (account_hash, label, next_at_ms, day, used)
        values (${account}, ${label}, ${untilMs}::double precision, 0, 0)
        on conflict (account_hash, label) do update
          set next_at_ms = greatest(r.next_at_ms, ${untilMs}::double precision)`.execute(db)
    },
  }
}
