import { sql } from 'kysely'
import type { Delivery, DeliveryRouting, Inbox } from '../ingest/ports.ts'
import { createDrain } from './drain.ts'
import { groupCommit } from './group-commit.ts'
import type { Parts } from './parts.ts'
import { InstallationGone, seal } from './sealing/index.ts'
import { crossTenant } from './tenancy.ts'

/** A storm of one meeting asks once; an installation made or removed by another process is noticed soon. */
const KNOWN_FOR_MS = 10_000
const UNKNOWN_FOR_MS = 2_000
const MOST_REMEMBERED = 10_000

export function createInbox(parts: Parts): Inbox & { forgetRouting(): void } {
  const { db, vault } = parts
  const drain = createDrain(parts)
  const routes = new Map<string, { answer: Promise<string | null>; untilMs: number }>()

  async function look(routing: DeliveryRouting): Promise<string | null> {
    const users = [routing.hostZoomUserId, routing.zoomUserId].flatMap((id) =>
      id === null ? [] : vault.zoomHash('zoom_user', id),
    )
    const account =
      routing.zoomAccountId === null ? '' : vault.zoomHash('zoom_account', routing.zoomAccountId)
    const row = await crossTenant('find installation', db, (any) =>
      any
        .selectFrom('installations')
        .select('id')
        .where((eb) =>
          eb.or([
            eb.and([eb('profile', '=', 'user'), eb('owner_hash', 'in', [...users, ''])]),
            eb.and([eb('profile', '=', 'account'), eb('owner_hash', '=', account)]),
          ]),
        )
        .orderBy('created_at_ms')
        .limit(1)
        .executeTakeFirst(),
    )
    if (row !== undefined || routing.zoomUserId === null) return row?.id ?? null
    // Who removes the app without an installation of their own may have helped in somebody else's.
    const userHash = vault.zoomHash('zoom_user', routing.zoomUserId)
    const helped = await crossTenant('find installation', db, (any) =>
      any
        .selectFrom('members')
        .select('installation_id')
        .where('zoom_user_hash', '=', userHash)
        .orderBy('created_at_ms')
        .limit(1)
        .executeTakeFirst(),
    )
    return helped?.installation_id ?? null
  }

  const accept = groupCommit<Sealed, 'stored' | 'duplicate'>(async (items) => {
    const keyOf = (item: { installationId: string; dedupeKey: string }) =>
      `${item.installationId} ${item.dedupeKey}`
    // In one order, so that two groups holding the same keys wait for each other instead of deadlocking.
    const sorted = [...items].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))
    let from = 1
    const offsets = sorted.map(({ body }) => (from += body.length) - body.length)
    const { rows } = await crossTenant('accept deliveries', db, (any) =>
      // The bodies travel as one binary value and are cut apart by the server: an array of them would go as text.
      sql<{ installation_id: string; dedupe_key: string }>`
        insert into inbox (installation_id, dedupe_key, received_at_ms, body)
        select d.installation_id, d.dedupe_key, d.received_at_ms, substring(${Buffer.concat(sorted.map((one) => one.body))}::bytea from d.start for d.size)
        from unnest(
          ${sorted.map((one) => one.installationId)}::uuid[], ${sorted.map((one) => one.dedupeKey)}::text[],
          ${sorted.map((one) => one.receivedAtMs)}::bigint[], ${offsets}::int[], ${sorted.map((one) => one.body.length)}::int[]
        ) as d (installation_id, dedupe_key, received_at_ms, start, size)
        where exists (select from installations i where i.id = d.installation_id)
        on conflict do nothing
        returning installation_id, dedupe_key`.execute(any),
    )
    const stored = new Set(
      rows.map((row) => keyOf({ installationId: row.installation_id, dedupeKey: row.dedupe_key })),
    )
    // Of equal keys in one group the first is the one that was stored.
    return items.map((item) => (stored.delete(keyOf(item)) ? 'stored' : 'duplicate'))
  })

  return {
    installationFor(routing) {
      const key = JSON.stringify([routing.zoomAccountId, routing.hostZoomUserId, routing.zoomUserId])
      // An age, not a time of day: the monotonic clock.
      const nowMs = performance.now()
      const known = routes.get(key)
      if (known && known.untilMs > nowMs) return known.answer
      if (routes.size >= MOST_REMEMBERED) routes.clear()
      const route = { answer: look(routing), untilMs: nowMs + KNOWN_FOR_MS }
      routes.set(key, route)
      route.answer.then(
        (found) => {
          if (found === null) route.untilMs = nowMs + UNKNOWN_FOR_MS
        },
        () => routes.delete(key),
      )
      return route.answer
    },
    forgetRouting: () => routes.clear(),

    async put(delivery) {
      try {
        return await accept(await sealDelivery(parts, delivery))
      } catch (error) {
        // Removed a moment ago: as with a delivery of nobody, it is taken and dropped.
        if (error instanceof InstallationGone) return 'duplicate'
        throw error
      }
    },

    async drain(input) {
      const result = await drain(input)
      if (result.deauthorized.length > 0) routes.clear()
      return result
    },

    async counts() {
      const { rows } = await crossTenant('count inbox', db, (any) =>
        sql<{ pending: number; parked: number }>`
          select (select count(*) from inbox where state = 'pending') as pending,
                 (select count(*) from inbox where state = 'parked') as parked`.execute(any),
      )
      return rows[0] ?? { pending: 0, parked: 0 }
    },
  }
}

interface Sealed {
  installationId: string
  dedupeKey: string
  receivedAtMs: number
  body: Buffer
}

async function sealDelivery({ vault }: Parts, delivery: Delivery): Promise<Sealed> {
  const { installationId, dedupeKey, receivedAtMs, body } = delivery
  const { data } = await vault.keysOf(installationId)
  return {
    installationId,
    dedupeKey,
    receivedAtMs,
    body: seal(data, inboxPlace(installationId, dedupeKey), body),
  }
}

export const inboxPlace = (installationId: string, dedupeKey: string) => ({
  installationId,
  table: 'inbox',
  rowId: dedupeKey,
})
