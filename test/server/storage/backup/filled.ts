import type pg from 'pg'
import { createLiveRosters } from '../../../../server/rosters/index.ts'
import type { Storage } from '../../../../server/storage/index.ts'
import { run } from '../../../support/global-setup.ts'
import { install, joinDelivery, system, translateAsSaid } from '../fixtures.ts'
import { withClient } from './stage.ts'

export interface Filled {
  installationId: string
  gatheringId: string
}

/** At least one row in every table, and values whose text has everything that COPY has to escape. */
export async function fill(storage: Storage, connection: pg.ClientConfig): Promise<Filled> {
  const { installationId, memberId } = await install(storage, 'host')
  for (const [key, name] of Object.entries({ a: 'Анна\tИванова\\', b: 'Ben\r\n\\.', c: '\\N', d: 'Ben' }))
    await storage.inbox.put(joinDelivery(installationId, 'lesson/==', key, name))
  const drained = await storage.inbox.drain({ limit: 100, maxAttempts: 3, translate: translateAsSaid })
  const gatheringId = drained.touched[0]?.gatheringId ?? ''
  // A removed installation leaves numbers that were given out and must not be given out again, and its audit lines.
  const gone = await install(storage, 'gone')
  await storage.inbox.put(joinDelivery(gone.installationId, 'gone', 'z'))
  await storage.inbox.drain({ limit: 100, maxAttempts: 3, translate: translateAsSaid })
  await storage.deauthorize(gone.installationId, 'gone')
  for (const detail of [{ said: 'a\\b\n\t\\.\r', columns: ['имя', ''] }, { nothing: null }])
    await storage.audit.append({
      installationId,
      actorMemberId: memberId,
      act: 'roster_exported',
      gatheringId,
      atMs: 5,
      detail,
    })
  await storage.directory.recordGrant({
    installationId,
    gatheringId,
    memberId,
    role: 'host',
    verifiedAtMs: 5,
  })
  const cohost = await storage.directory.ensureMember(installationId, 'cohost', true)
  const viewer = {
    kind: 'member',
    installationId,
    memberId,
    sessionId: memberId,
    role: 'host',
    gatheringId,
    contextAtMs: 0,
    via: 'zoom',
    admin: true,
  } as const
  await storage.directory.recordGrant({
    installationId,
    gatheringId,
    memberId: cohost.memberId,
    role: 'cohost',
    verifiedAtMs: 5,
  })
  await storage.cohosts.ask({ ...viewer, memberId: cohost.memberId }, gatheringId, 6)
  await storage.cohosts.decide(viewer, cohost.memberId, 'everything', 7)
  await storage.corrections.make(viewer, gatheringId, {
    act: { kind: 'label', connection: 'lesson/==|s:d', label: 'Группа\t1\\' },
    also: [['lesson/==|p:d']],
    learned: [],
    ...{ atMs: 7, most: 10 },
  })
  await storage.policies.set(viewer, gatheringId, {
    ...{ scope: 'gathering', part: { minPercent: 80 }, mayReplace: () => true, atMs: 7 },
  })
  await storage.sessions.open({ viewer, tagHash: 'tag', expiresAtMs: 9e12, takesOver: false })
  const minted = await storage.peopleIds.mint(system(installationId), gatheringId, ['x', 'y'])
  const [{ personId = '' } = {}, { personId: aliasId = '' } = {}] = minted
  await storage.peopleIds.recordAliases(system(installationId), gatheringId, [{ aliasId, personId }])
  await storage.oauthFlows.begin({
    stateHash: 'state',
    flow: { kind: 'web', verifier: 'verifier' },
    expiresAtMs: 9e12,
  })
  await withClient(connection, async (client) => {
    await client.query(
      `insert into reports (installation_id, meeting_id, step, state, planned_from_ms, created_at_ms)
       select installation_id, id, 'read', 'partial', 5, 5 from meetings where installation_id = $1
       on conflict do nothing`,
      [installationId],
    )
    await client.query(
      `insert into report_batches (installation_id, id, meeting_id, outcome, page_at_ms, created_at_ms)
       select installation_id, gathering_id, id, 'reading', 5, 5 from meetings where installation_id = $1`,
      [installationId],
    )
    await client.query(
      `insert into report_pages (installation_id, batch_id, ordinal, sealed, recorded_at_ms)
       select installation_id, id, 0, '\\x005c0a', 5 from report_batches where installation_id = $1`,
      [installationId],
    )
    await client.query(`insert into kept_apart values ($1, $2, $2, 8)`, [installationId, gatheringId])
    await client.query(
      `insert into imports (installation_id, id, file_key, reading, state, rows, imported_at_ms)
       values ($1, $2, 'file', 'reading', 'done', 1, 8)`,
      [installationId, gatheringId],
    )
    await client.query(
      `insert into import_meetings (installation_id, import_id, place, meeting_uuid) values ($1, $2, 0, E'a\\tb')`,
      [installationId, gatheringId],
    )
    await client.query(
      `insert into registrations (installation_id, number, kind, next_read_at_ms) values ($1, E'84\\t6', 'meeting', 1)`,
      [installationId],
    )
    await client.query(
      `insert into registrants (installation_id, number, occurrence, registrant_key, sealed, changes)
       values ($1, E'84\\t6', E'\\\\N', 'key', '\\x005c0a', '[{"standing": "approved", "atMs": 1, "by": "list"}]')`,
      [installationId],
    )
    await client.query(`insert into zoom_rates values ('account', 'heavy', 1.5, 20000, 3)`)
    await client.query(`insert into used_contexts values ('tag', 1, 9000000000000)`)
    await client.query(
      `insert into export_links (installation_id, id_hash, sealed, expires_at_ms) values ($1, E'\\\\N', '\\x005c0a', 1)`,
      [installationId],
    )
  })
  // Whoever looks gives people their ids.
  await rosterOf(storage, { installationId, gatheringId })
  return { installationId, gatheringId }
}

export async function rosterOf(storage: Storage, { installationId, gatheringId }: Filled) {
  const live = createLiveRosters({
    evidence: storage.evidenceReader,
    people: storage.peopleIds,
    corrections: storage.corrections,
    policies: storage.policies,
    expected: storage.expectedLists,
    wakeups: storage.wakeups,
    clock: () => 60_000,
    onError: (error) => {
      throw error
    },
  })
  try {
    return await live.snapshot(installationId, gatheringId)
  } finally {
    live.stop()
  }
}

/** Evidence with payloads of the size of real ones, that no packing makes smaller than they are. */
export async function manyFacts(url: string, count: number): Promise<void> {
  await run(
    url,
    `insert into evidence (installation_id, meeting_id, fact_key, kind, witness, at_ms, name_hashes, payload, recorded_at_ms)
     select m.installation_id, m.id, md5(n::text) || md5('k' || n), 'participant_joined', 'webhook', n, array[left(md5(n::text), 16)],
       decode(md5('a' || n) || md5('b' || n) || md5('c' || n) || md5('d' || n) || md5('e' || n) || md5('f' || n), 'hex'), n
     from (select * from meetings limit 1) m, generate_series(1, ${count}) n`,
  )
}
