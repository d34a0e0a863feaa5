import type { CohostPolicy } from '../../shared/wire/index.ts'
import type { MemberViewer } from '../access/viewer.ts'
import type { Database } from './tenancy.ts'

/** Writes what a member gets everywhere, or forgets it (null); answers what it was before. */
export async function putDecision(
  trx: Database,
  { installationId }: MemberViewer,
  memberId: string,
  always: CohostPolicy | null,
  atMs: number,
): Promise<CohostPolicy | null> {
  const before = await trx
    .selectFrom('cohost_decisions')
    .select('always')
    .where('installation_id', '=', installationId)
    .where('member_id', '=', memberId)
    .executeTakeFirst()
  if (always === null) {
    await trx
      .deleteFrom('cohost_decisions')
      .where('installation_id', '=', installationId)
      .where('member_id', '=', memberId)
      .execute()
  } else {
    await trx
      .insertInto('cohost_decisions')
      .values({ installation_id: installationId, member_id: memberId, always, decided_at_ms: atMs })
      .onConflict((conflict) =>
        conflict.columns(['installation_id', 'member_id']).doUpdateSet({ always, decided_at_ms: atMs }),
      )
      .execute()
  }
  return before?.always ?? null
}

/** A request granted for always no longer says so once that is gone, and `nothing` takes back single gatherings too. */
export async function followRequests(
  trx: Database,
  { installationId }: MemberViewer,
  memberId: string,
  always: CohostPolicy | null,
  atMs: number,
): Promise<void> {
  if (always === 'without_emails' || always === 'everything') return
  const ending =
    always === null ? (['granted_always'] as const) : (['granted_always', 'granted_once'] as const)
  await trx
    .updateTable('access_requests')
    .set({ state: 'refused', emails: false, decided_at_ms: atMs })
    .where('installation_id', '=', installationId)
    .where('member_id', '=', memberId)
    .where('state', 'in', [...ending])
    .execute()
}
