import { randomUUID } from 'node:crypto'
import type { Viewer } from '../access/viewer.ts'
import type { PeopleIds, PersonAnchor } from '../rosters/ports.ts'
import type { Parts } from './parts.ts'
import { isUuid } from './parts.ts'

/** A statement takes 65,535 parameters at most. */
const ROWS_A_STATEMENT = 5_000

/**
 * Keys of connections that Zoom gave no id (`n:`, `t:`) are made of what the person is called: only their keyed hash is
 * kept. Such an anchor is not recognised when anchors are read, but minting it again finds the same person.
 */
const NAMED_KEY = /^(.*\|[nt]:)(.+)$/s

export function createPeopleIds({ db, vault }: Parts): PeopleIds {
  const ofGathering = (viewer: Viewer, gatheringId: string) =>
    db
      .selectFrom('people')
      .select(['id', 'anchor_key', 'born'])
      .where('installation_id', '=', viewer.installationId)
      .where('gathering_id', '=', gatheringId)

  return {
    async anchors(viewer, gatheringId) {
      if (!isUuid(gatheringId)) return []
      return (await ofGathering(viewer, gatheringId).orderBy('born').execute()).map(toAnchor)
    },
    async mint(viewer, gatheringId, anchorKeys) {
      const minted: PersonAnchor[] = []
      const { factKey } = await vault.keysOf(viewer.installationId)
      const given = new Map(
        anchorKeys.map((key) => [
          key.replace(NAMED_KEY, (_, head: string, who: string) => head + factKey(who)),
          key,
        ]),
      )
      // Sorted: two processes minting overlapping anchors wait for each other in one order.
      const keys = [...given.keys()].sort()
      for (let at = 0; at < keys.length; at += ROWS_A_STATEMENT) {
        const some = keys.slice(at, at + ROWS_A_STATEMENT)
        await db
          .insertInto('people')
          .values(
            some.map((key) => ({
              installation_id: viewer.installationId,
              gathering_id: gatheringId,
              anchor_key: key,
              id: randomUUID(),
            })),
          )
          .onConflict((conflict) =>
            conflict.columns(['installation_id', 'gathering_id', 'anchor_key']).doNothing(),
          )
          .execute()
        const rows = await ofGathering(viewer, gatheringId).where('anchor_key', 'in', some).execute()
        minted.push(
          ...rows.map((row) => ({
            ...toAnchor(row),
            anchorKey: given.get(row.anchor_key) ?? row.anchor_key,
          })),
        )
      }
      return minted.sort((a, b) => a.order - b.order)
    },
    async recordAliases(viewer, gatheringId, aliases) {
      for (let at = 0; at < aliases.length; at += ROWS_A_STATEMENT) {
        const latest = new Map(
          aliases.slice(at, at + ROWS_A_STATEMENT).map((one) => [one.aliasId, one.personId]),
        )
        await db
          .insertInto('person_aliases')
          .values(
            [...latest].sort().map(([aliasId, personId]) => ({
              installation_id: viewer.installationId,
              alias_id: aliasId,
              gathering_id: gatheringId,
              person_id: personId,
            })),
          )
          .onConflict((conflict) =>
            conflict
              .columns(['installation_id', 'alias_id'])
              .doUpdateSet((eb) => ({ person_id: eb.ref('excluded.person_id') })),
          )
          .execute()
      }
    },
    async forgetAliases(viewer, gatheringId, aliasIds) {
      for (let at = 0; at < aliasIds.length; at += ROWS_A_STATEMENT) {
        await db
          .deleteFrom('person_aliases')
          .where('installation_id', '=', viewer.installationId)
          .where('gathering_id', '=', gatheringId)
          .where('alias_id', 'in', aliasIds.slice(at, at + ROWS_A_STATEMENT))
          .execute()
      }
    },
  }
}

const toAnchor = (row: { id: string; anchor_key: string; born: number }): PersonAnchor => ({
  personId: row.id,
  anchorKey: row.anchor_key,
  order: row.born,
})
