import { randomUUID } from 'node:crypto'
import type { CohostPolicy, RequestDecision, RequestState } from '../../shared/wire/index.ts'
import type { Cohosts } from '../access/cohost-ports.ts'
import type { MemberViewer } from '../access/viewer.ts'
import type { AuditEntry } from '../audit/ports.ts'
import { appendLine } from './audit.ts'
import { followRequests, putDecision } from './cohost-decisions.ts'
import { createCohostNames } from './cohost-names.ts'
import { policyOfGrant } from './gathering-lookup.ts'
import { openTopic } from './meetings.ts'
import type { Parts } from './parts.ts'
import { isUuid } from './parts.ts'
import type { Database } from './tenancy.ts'

/** A refusal is an answer for today. */
const ASK_AGAIN_MS = 24 * 3_600_000
/** Whoever decides looks at the latest of them. */
const MOST_LISTED = 200

const STATE_OF: Record<RequestDecision['decision'], Exclude<RequestState, 'none' | 'pending'>> = {
  once: 'granted_once',
  always: 'granted_always',
  refuse: 'refused',
}

export function createCohosts(parts: Parts): Cohosts {
  const { db } = parts
  return {
    ...createCohostNames(parts),

    policy: (viewer) => policyOf(db, viewer),

    async list({ installationId, memberId }) {
      const rows = await db
        .selectFrom('grants')
        .leftJoin('cohost_decisions as d', (join) =>
          join
            .onRef('d.installation_id', '=', 'grants.installation_id')
            .onRef('d.member_id', '=', 'grants.member_id'),
        )
        .select(['grants.member_id', 'd.always', 'grants.gathering_id', 'grants.verified_at_ms'])
        .where('grants.installation_id', '=', installationId)
        .where('grants.revoked_at_ms', 'is', null)
        .where('grants.member_id', '!=', memberId)
        // In an account's installation every host hosts meetings of their own.
        .where((eb) =>
          eb.not(
            eb.exists(
              eb
                .selectFrom('meetings')
                .select('meetings.id')
                .where('meetings.installation_id', '=', installationId)
                .whereRef('meetings.host_member_id', '=', 'grants.member_id')
                .where((or) =>
                  or.or([
                    or('meetings.gathering_id', '=', or.ref('grants.gathering_id')),
                    or('meetings.home_gathering_id', '=', or.ref('grants.gathering_id')),
                  ]),
                ),
            ),
          ),
        )
        .orderBy('grants.verified_at_ms', 'desc')
        .execute()
      const byMember = new Map<string, { latest: (typeof rows)[number]; gatherings: Set<string> }>()
      for (const row of rows) {
        const known = byMember.get(row.member_id)
        if (known) known.gatherings.add(row.gathering_id)
        else byMember.set(row.member_id, { latest: row, gatherings: new Set([row.gathering_id]) })
      }
      return [...byMember].slice(0, MOST_LISTED).map(([id, { latest, gatherings }]) => ({
        memberId: id,
        gatherings: gatherings.size,
        lastVerifiedAtMs: latest.verified_at_ms,
        lastGatheringId: latest.gathering_id,
        always: latest.always,
      }))
    },

    async requests({ installationId }, decidedSinceMs) {
      const rows = await db
        .selectFrom('access_requests as r')
        .innerJoin('meetings as m', (join) =>
          join
            .onRef('m.installation_id', '=', 'r.installation_id')
            .on((eb) =>
              eb.or([
                eb('m.home_gathering_id', '=', eb.ref('r.gathering_id')),
                eb.and([
                  eb('m.gathering_id', '=', eb.ref('r.gathering_id')),
                  eb('m.home_gathering_id', 'is', null),
                ]),
              ]),
            ),
        )
        .select(['r.id as request_id', 'r.member_id', 'r.requested_at_ms', 'r.state'])
        .select(['m.id', 'm.installation_id', 'm.gathering_id', 'm.topic', 'm.started_at_ms'])
        .where('r.installation_id', '=', installationId)
        .where((eb) => eb.or([eb('r.state', '=', 'pending'), eb('r.decided_at_ms', '>=', decidedSinceMs)]))
        .orderBy((eb) => eb('r.state', '=', 'pending'), 'desc')
        .orderBy('r.requested_at_ms', 'desc')
        .limit(MOST_LISTED)
        .execute()
      return Promise.all(
        rows.map(async (row) => ({
          id: row.request_id,
          gatheringId: row.gathering_id,
          topic: await openTopic(parts, row),
          startedAtMs: row.started_at_ms,
          memberId: row.member_id,
          requestedAtMs: row.requested_at_ms,
          state: row.state,
        })),
      )
    },

    setPolicy: (viewer, policy, atMs) =>
      db.transaction().execute(async (trx) => {
        const before = await lockInstallation(trx, viewer)
        if (before === policy) return
        await trx
          .updateTable('installations')
          .set({ cohost_policy: policy })
          .where('id', '=', viewer.installationId)
          .execute()
        await tell(trx, viewer, 'cohost_policy_changed', null, atMs, { before, after: policy })
      }),

    decide: (viewer, memberId, always, atMs) =>
      db.transaction().execute(async (trx) => {
        if (!isUuid(memberId) || memberId === viewer.memberId) return false
        await lockInstallation(trx, viewer)
        const grant = await trx
          .selectFrom('grants')
          .select('member_id')
          .where('installation_id', '=', viewer.installationId)
          .where('member_id', '=', memberId)
          .limit(1)
          .executeTakeFirst()
        if (!grant) return false
        const before = await putDecision(trx, viewer, memberId, always, atMs)
        await followRequests(trx, viewer, memberId, always, atMs)
        if (before !== always) {
          await tell(trx, viewer, 'cohost_decided', null, atMs, {
            member: memberId,
            before,
            after: always,
          })
        }
        return true
      }),

    decideRequest: (viewer, requestId, decision, atMs) =>
      db.transaction().execute((trx) => decideRequest(trx, viewer, requestId, decision, atMs)),

    ask: (viewer, gatheringId, atMs) =>
      db.transaction().execute((trx) => ask(trx, viewer, gatheringId, atMs)),
  }
}

async function decideRequest(
  trx: Database,
  viewer: MemberViewer,
  requestId: string,
  { decision, emails }: RequestDecision,
  atMs: number,
): Promise<'done' | 'unknown' | 'conflict'> {
  if (!isUuid(requestId)) return 'unknown'
  await lockInstallation(trx, viewer)
  const request = await trx
    .selectFrom('access_requests')
    .selectAll()
    .where('installation_id', '=', viewer.installationId)
    .where('id', '=', requestId)
    .forUpdate()
    .executeTakeFirst()
  if (!request) return 'unknown'
  const state = STATE_OF[decision]
  const wanted = { state, emails: decision !== 'refuse' && emails }
  if (request.state !== 'pending') {
    return request.state === wanted.state && request.emails === wanted.emails ? 'done' : 'conflict'
  }
  await trx
    .updateTable('access_requests')
    .set({ ...wanted, decided_at_ms: atMs })
    .where('installation_id', '=', viewer.installationId)
    .where('id', '=', requestId)
    .execute()
  if (decision === 'always') {
    await putDecision(trx, viewer, request.member_id, policyOfGrant(emails), atMs)
  }
  await tell(trx, viewer, 'access_decided', request.gathering_id, atMs, {
    member: request.member_id,
    before: 'pending',
    after: wanted.state,
    emails: wanted.emails,
  })
  return 'done'
}

async function ask(
  trx: Database,
  viewer: MemberViewer,
  gatheringId: string,
  atMs: number,
): Promise<RequestState> {
  const { installationId, memberId } = viewer
  const inserted = await trx
    .insertInto('access_requests')
    .values({
      installation_id: installationId,
      id: randomUUID(),
      gathering_id: gatheringId,
      member_id: memberId,
      state: 'pending',
      requested_at_ms: atMs,
      decided_at_ms: null,
    })
    .onConflict((conflict) =>
      conflict
        .columns(['installation_id', 'gathering_id', 'member_id'])
        .doUpdateSet({ state: 'pending', requested_at_ms: atMs, decided_at_ms: null, emails: false })
        .where('access_requests.state', '=', 'refused')
        .where('access_requests.decided_at_ms', '<=', atMs - ASK_AGAIN_MS),
    )
    .returning('state')
    .executeTakeFirst()
  if (inserted) {
    await tell(trx, viewer, 'access_requested', gatheringId, atMs, {})
    return inserted.state
  }
  const { state } = await trx
    .selectFrom('access_requests')
    .select('state')
    .where('installation_id', '=', installationId)
    .where('gathering_id', '=', gatheringId)
    .where('member_id', '=', memberId)
    .executeTakeFirstOrThrow()
  return state
}

async function policyOf(db: Database, { installationId }: MemberViewer): Promise<CohostPolicy> {
  const row = await db
    .selectFrom('installations')
    .select('cohost_policy')
    .where('id', '=', installationId)
    .executeTakeFirstOrThrow()
  return row.cohost_policy
}

/** Whoever decides about co-hosts of an installation does so one after the other. Answers the policy. */
async function lockInstallation(trx: Database, { installationId }: MemberViewer): Promise<CohostPolicy> {
  const row = await trx
    .selectFrom('installations')
    .select('cohost_policy')
    .where('id', '=', installationId)
    .forNoKeyUpdate()
    .executeTakeFirstOrThrow()
  return row.cohost_policy
}

function tell(
  trx: Database,
  viewer: MemberViewer,
  act: AuditEntry['act'],
  gatheringId: string | null,
  atMs: number,
  detail: AuditEntry['detail'],
): Promise<void> {
  const { installationId, memberId } = viewer
  return appendLine(trx, { installationId, actorMemberId: memberId, act, gatheringId, atMs, detail })
}
