import { sql } from 'kysely'
import type { Database } from './tenancy.ts'

/** People hang on connections, and connections carry their meeting, so each person goes where their meeting goes. */
export async function movePeople(
  trx: Database,
  installationId: string,
  move: { from: string; to: string; meetingUuid: string | null },
): Promise<void> {
  const { from, to, meetingUuid } = move
  const told = trx
    .selectFrom('people')
    .select('anchor_key')
    .where('installation_id', '=', installationId)
    .where('gathering_id', '=', to)
  // A process that folded the old state a moment too long may have named somebody twice; the first name stays.
  await trx
    .deleteFrom('people')
    .where('installation_id', '=', installationId)
    .where('gathering_id', '=', from)
    .where('anchor_key', 'in', told)
    .execute()
  let moving = trx
    .updateTable('people')
    .set({ gathering_id: to })
    .where('installation_id', '=', installationId)
    .where('gathering_id', '=', from)
  if (meetingUuid !== null) moving = moving.where(sql<boolean>`starts_with(anchor_key, ${`${meetingUuid}|`})`)
  await moving.execute()
  await trx
    .updateTable('person_aliases')
    .set({ gathering_id: to })
    .where('installation_id', '=', installationId)
    .where('gathering_id', '=', from)
    .where('person_id', 'in', (eb) =>
      eb
        .selectFrom('people')
        .select('id')
        .where('people.installation_id', '=', installationId)
        .where('people.gathering_id', '=', to),
    )
    .execute()
}

/** Who was one person across both meetings are two again. */
export async function forgetAliasesBetween(
  trx: Database,
  installationId: string,
  oneId: string,
  otherId: string,
): Promise<void> {
  const across = trx
    .selectFrom('person_aliases as a')
    .innerJoin('people as alias', (join) =>
      join.onRef('alias.installation_id', '=', 'a.installation_id').onRef('alias.id', '=', 'a.alias_id'),
    )
    .innerJoin('people as person', (join) =>
      join.onRef('person.installation_id', '=', 'a.installation_id').onRef('person.id', '=', 'a.person_id'),
    )
    .select('a.alias_id')
    .where('a.installation_id', '=', installationId)
    .where('a.gathering_id', 'in', [oneId, otherId])
    .whereRef('alias.gathering_id', '!=', 'person.gathering_id')
  await trx
    .deleteFrom('person_aliases')
    .where('installation_id', '=', installationId)
    .where('alias_id', 'in', across)
    .execute()
}
