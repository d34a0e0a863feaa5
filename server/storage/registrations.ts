import { randomUUID } from 'node:crypto'
import { sql, type Selectable } from 'kysely'
import { LeaseLost } from '../errors.ts'
import type { DueRegistration, Registrations } from '../registrations/ports.ts'
import { askerOf } from './askers.ts'
import type { Parts } from './parts.ts'
import { keepSnapshot, panelistsPlace } from './registrants.ts'
import { sealJson } from './sealing/index.ts'
import type { Tables } from './tables.ts'
import type { Database } from './tenancy.ts'
import { crossTenant } from './tenancy.ts'

/** After an end Zoom still lists who came too late to register in time; and before it, whoever registers at the door. */
const AFTER_END_MS = 60_000
/** Registrations of meetings that began longer ago are past asking: Zoom forgets their definitions. */
const CONCERNED_MS = 3 * 86_400_000
const AT_ONCE = 500

/** Which lists of registrants are due, and how each stands. Registrants themselves: `registrants.ts`. */
export function createRegistrations(parts: Parts): Registrations {
  const { db } = parts
  return {
    plan: (nowMs) =>
      crossTenant('plan registrations', db, async (any) => {
        const { numAffectedRows } = await sql`
          insert into registrations as r (installation_id, number, kind, next_read_at_ms)
          select installation_id, number, kind, ${nowMs}::bigint from (
            select m.installation_id, m.number, max(m.kind) as kind, max(m.started_at_ms) as started, max(m.ended_at_ms) as ended
            from meetings m
            where m.number is not null and m.kind in ('meeting', 'webinar') and m.capture = 'full' and not m.rehearsal
              and m.started_at_ms >= ${nowMs - CONCERNED_MS}::bigint
            group by m.installation_id, m.number
          ) told
          where not exists (
            select from registrations k
            where k.installation_id = told.installation_id and k.number = told.number
              -- Due already, or waiting for Zoom; what is only planned for later is read sooner.
              and (k.next_read_at_ms <= ${nowMs}::bigint or k.failures > 0
                or k.read_at_ms >= greatest(told.started,
                  -- Where nobody registers, nobody does at the end either.
                  case when k.state <> 'none' and told.ended + ${AFTER_END_MS}::bigint <= ${nowMs}::bigint
                    then told.ended + ${AFTER_END_MS}::bigint end)))
          order by installation_id, number limit ${AT_ONCE}
          on conflict (installation_id, number) do update
            set next_read_at_ms = least(r.next_read_at_ms, excluded.next_read_at_ms), kind = excluded.kind`.execute(
          any,
        )
        return Number(numAffectedRows ?? 0n)
      }),

    async take(nowMs, leaseMs) {
      for (;;) {
        const row = await crossTenant('take due registrations', db, (any) =>
          any
            .updateTable('registrations')
            .set({ lease: randomUUID(), leased_until_ms: nowMs + leaseMs })
            .where((eb) =>
              eb(
                eb.refTuple('installation_id', 'number'),
                'in',
                eb
                  .selectFrom('registrations')
                  .select(['installation_id', 'number'])
                  .where('next_read_at_ms', '<=', nowMs)
                  .where((free) =>
                    free.or([free('leased_until_ms', 'is', null), free('leased_until_ms', '<=', nowMs)]),
                  )
                  .orderBy('next_read_at_ms')
                  .limit(1)
                  .forUpdate()
                  .skipLocked()
                  .$asTuple('installation_id', 'number'),
              ),
            )
            .returningAll()
            .executeTakeFirst(),
        )
        if (!row) return null
        const due = await dueOf(parts, row)
        if (due) return due
      }
    },

    hold: (due, untilMs) => holdLease(db, due, untilMs),

    settle: (due, outcome) =>
      db.transaction().execute(async (trx) => {
        await holdLease(trx, due, null)
        const { installationId, number } = due
        const nowMs = parts.clock()
        const freed = { lease: null, leased_until_ms: null }
        const set = (values: Partial<Selectable<Tables['registrations']>>) =>
          trx
            .updateTable('registrations')
            .set({ ...freed, ...values })
            .where('installation_id', '=', installationId)
            .where('number', '=', number)
            .execute()
        if (outcome.kind === 'later') {
          const { reason, nextTryAtMs } = outcome
          await set({ reason, next_read_at_ms: nextTryAtMs, failures: due.failures + 1 })
          return
        }
        const state = ({ read: 'open', none: 'none', never: 'unavailable' } as const)[outcome.kind]
        const reason = outcome.kind === 'never' ? outcome.reason : null
        const panelists = outcome.kind === 'never' ? null : outcome.panelists
        const { data } = await parts.vault.keysOf(installationId, trx)
        const sealed = panelists && sealJson(data, panelistsPlace(installationId, number), panelists)
        await set({
          ...{ state, reason, read_at_ms: nowMs, next_read_at_ms: null, failures: 0 },
          ...(sealed ? { panelists: sealed } : {}),
        })
        if (outcome.kind === 'read') await keepSnapshot(parts, trx, due, outcome.snapshot)
      }),
  }
}

async function holdLease(db: Database, due: DueRegistration, untilMs: number | null): Promise<void> {
  const held = await db
    .updateTable('registrations')
    .set((eb) => ({ leased_until_ms: untilMs ?? eb.ref('leased_until_ms') }))
    .where('installation_id', '=', due.installationId)
    .where('number', '=', due.number)
    .where('lease', '=', due.lease)
    .executeTakeFirst()
  if (held.numUpdatedRows === 0n) throw new LeaseLost('A list of registrants was taken over meanwhile.')
}

/** Null when the installation is gone meanwhile. */
async function dueOf(
  { db }: Parts,
  row: Selectable<Tables['registrations']>,
): Promise<DueRegistration | null> {
  const { installation_id: installationId, number, kind, failures, lease } = row
  const meeting = await db
    .selectFrom('meetings')
    .select(['host_member_id', 'host_hash', 'started_at_ms'])
    .where('installation_id', '=', installationId)
    .where('number', '=', number)
    .orderBy((eb) => eb.fn.coalesce('started_at_ms', 'created_at_ms'), 'desc')
    .limit(1)
    .executeTakeFirst()
  const asker = await askerOf(db, installationId, meeting?.host_member_id ?? null)
  if (!asker || lease === null) return null
  return {
    ...{ installationId, number, kind, failures, lease },
    startedAtMs: meeting?.started_at_ms ?? null,
    who: asker.who,
    account: asker.accountHash,
    host: meeting?.host_hash ?? installationId,
  }
}
