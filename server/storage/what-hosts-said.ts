import { keysOf, openCorrections } from './correction-records.ts'
import type { Parts } from './parts.ts'
import { carryRules, forgetRules } from './policy-meetings.ts'
import type { Database } from './tenancy.ts'

/**
 * Until the transaction ends nobody else changes what hosts said in this installation, nor takes meetings away that they said
 * it of. Whoever does holds this first; then the import, meetings by UUID, gatherings by id, corrections.
 */
export async function holdWhatHostsSaid(trx: Database, installationId: string): Promise<void> {
  await trx
    .selectFrom('installations')
    .select('id')
    .where('id', '=', installationId)
    .forNoKeyUpdate()
    .executeTakeFirstOrThrow()
}

/**
 * A meeting of a file goes by another UUID now: what hosts said of it is said of that one, too. `linesOf`: what the line keys of
 * the file begin with. While the meeting is there itself, it keeps what it has, and the other gets only the corrections that
 * name lines of the file; what was set for the other stays. Answers whether anything was carried. Held: `holdWhatHostsSaid`.
 */
export async function carryWhatHostsSaid(
  parts: Parts,
  trx: Database,
  installationId: string,
  { fromUuid, toUuid, linesOf }: { fromUuid: string; toUuid: string; linesOf: string },
): Promise<void> {
  const stands = await trx
    .selectFrom('meetings')
    .select('id')
    .where('installation_id', '=', installationId)
    .where('uuid', '=', fromUuid)
    .executeTakeFirst()
  const rows = await trx
    .selectFrom('corrections')
    .selectAll()
    .where('installation_id', '=', installationId)
    .where('seq', 'in', (eb) =>
      eb
        .selectFrom('correction_meetings as c')
        .select('c.seq')
        .where('c.installation_id', '=', installationId)
        .where('c.meeting_uuid', '=', fromUuid),
    )
    .execute()
  const seqs = stands
    ? (await openCorrections(parts, installationId, rows, trx))
        .filter(({ act, also }) =>
          [...keysOf(act), ...(also ?? []).flat()].some((key) => key.includes(`|${linesOf}`)),
        )
        .map(({ row }) => row.seq)
    : rows.map(({ seq }) => seq)
  if (seqs.length > 0) {
    await trx
      .insertInto('correction_meetings')
      .values(seqs.map((seq) => ({ installation_id: installationId, meeting_uuid: toUuid, seq })))
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  }
  await carryRules(trx, installationId, { fromUuid, toUuid, way: stands ? 'copied' : 'moved' })
  if (stands) return
  await trx
    .deleteFrom('correction_meetings')
    .where('installation_id', '=', installationId)
    .where('meeting_uuid', '=', fromUuid)
    .execute()
}

/** What hosts said of meetings that are gone for good, unless it is about others, too. Held: `holdWhatHostsSaid`. */
export async function forgetWhatHostsSaid(
  trx: Database,
  installationId: string,
  meetingUuids: readonly string[],
): Promise<void> {
  if (meetingUuids.length === 0) return
  await forgetRules(trx, installationId, meetingUuids)
  const left = await trx
    .deleteFrom('correction_meetings')
    .where('installation_id', '=', installationId)
    .where('meeting_uuid', 'in', meetingUuids)
    .returning('seq')
    .execute()
  if (left.length === 0) return
  await trx
    .deleteFrom('corrections')
    .where('installation_id', '=', installationId)
    .where('seq', 'in', [...new Set(left.map(({ seq }) => seq))])
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('correction_meetings as c')
            .select('c.seq')
            .where('c.installation_id', '=', installationId)
            .whereRef('c.seq', '=', 'corrections.seq'),
        ),
      ),
    )
    .execute()
}
