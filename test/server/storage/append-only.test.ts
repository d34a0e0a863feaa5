import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { AuditEntry } from '../../../server/audit/ports.ts'
import { firstBrokenLine } from '../../../server/storage/index.ts'
import type { TestStorage } from '../../support/database.ts'
import { openTestStorage, testStorage } from '../../support/database.ts'
import { delivery, install, joinDelivery, joined, mention, system, translateAsSaid } from './fixtures.ts'

const DAY_MS = 86_400_000
let test: TestStorage
let client: pg.Client
beforeAll(async () => {
  test = await testStorage()
  client = new pg.Client({ connectionString: test.connectionString })
  await client.connect()
})
afterAll(async () => {
  await client.end()
  await test.close()
})
const drain = () => test.storage.inbox.drain({ limit: 1000, maxAttempts: 3, translate: translateAsSaid })

describe('evidence', () => {
  it('is append-only in the database itself: it may only be redacted, and goes only with its installation', async () => {
    const { storage } = test
    const { installationId } = await install(storage, 'host')
    for (const key of ['a', 'b']) await storage.inbox.put(joinDelivery(installationId, 'm', key))
    const gatheringId = (await drain()).touched[0]?.gatheringId ?? ''
    for (const statement of [
      'update evidence set at_ms = at_ms + 1',
      `update evidence set payload = '\\x00'`,
      `update evidence set payload = null, at_ms = 0, email_hash = null, name_hashes = '{}'`,
      'delete from evidence',
      'delete from meetings',
      'delete from gatherings',
      'truncate evidence cascade',
    ]) {
      await expect(client.query(statement), statement).rejects.toThrow(/append-only/)
    }
    const redact = `update evidence set payload = null, email_hash = null, name_hashes = '{}'
      where seq = (select min(seq) from evidence)`
    expect((await client.query(redact)).rowCount).toBe(1)
    expect(await storage.evidenceReader.since(system(installationId), gatheringId, 0, 10)).toHaveLength(1)
    // What was redacted does not come back when it is told again.
    const facts = [joined('m', 'a')]
    await storage.inbox.put(
      delivery(installationId, 'again', {
        kind: 'evidence',
        meeting: mention('m'),
        facts,
        roleChangedFor: null,
      }),
    )
    expect(await drain()).toMatchObject({ taken: 1, stored: 0 })
    await storage.deauthorize(installationId, 'host')
    expect((await client.query('select from evidence')).rowCount).toBe(0)
  })
})

describe('the audit log', () => {
  const entry = (installationId: string, atMs: number): AuditEntry => ({
    installationId,
    actorMemberId: null,
    act: 'roster_exported',
    gatheringId: null,
    atMs,
    detail: { rows: atMs, columns: ['name', 'joined'], bom: true, zone: null },
  })

  it('is one unbroken chain an installation, whoever writes at the same moment', async () => {
    const { installationId } = await install(test.storage, 'audited')
    const other = await openTestStorage(test.connectionString)
    await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        (index % 2 ? other : test.storage).audit.append(entry(installationId, index)),
      ),
    )
    await other.close()
    const lines = await test.storage.audit.list(installationId)
    expect(lines.map(({ seq }) => seq)).toEqual(Array.from({ length: 20 }, (_, index) => index + 1))
    expect(lines[0]).toEqual({ ...entry(installationId, lines[0]?.atMs ?? -1), seq: 1 })
    const chain = await test.storage.audit.chain(installationId)
    expect(firstBrokenLine(chain)).toBeNull()
    const changed = chain.map((line) => (line.seq === 7 ? { ...line, detail: { rows: 0 } } : line))
    expect(firstBrokenLine(changed)).toBe(7)
    expect(firstBrokenLine(chain.filter(({ seq }) => seq !== 5))).toBe(5)
  })

  it('cannot be changed, and outlives the installation it tells of', async () => {
    const { storage } = test
    const { installationId } = await install(storage, 'short-lived')
    await storage.audit.append(entry(installationId, 1))
    await storage.deauthorize(installationId, 'short-lived')
    expect((await storage.audit.list(installationId)).map(({ act }) => act)).toEqual([
      'roster_exported',
      'deauthorized',
    ])
    for (const statement of ['update audit set at_ms = 0', 'delete from audit', 'truncate audit']) {
      await expect(client.query(statement), statement).rejects.toThrow(/append-only/)
    }
  })
})

describe('housekeeping', () => {
  it('blanks raw bodies after 7 days when done and after 90 in any case, and keeps their keys', async () => {
    const { storage } = test
    const { installationId } = await install(storage, 'swept')
    await storage.inbox.put(joinDelivery(installationId, 'm', 'done'))
    await drain()
    const waiting = joinDelivery(installationId, 'm', 'waiting')
    await storage.inbox.put(waiting)
    const bodies = async () => {
      const { rows } = await client.query<{ dedupe_key: string }>(
        'select dedupe_key from inbox where installation_id = $1 and body is not null order by 1',
        [installationId],
      )
      return rows.map((row) => row.dedupe_key)
    }
    await storage.sweep(7 * DAY_MS - 1)
    expect(await bodies()).toEqual(['done', 'waiting'])
    await storage.sweep(7 * DAY_MS)
    expect(await bodies()).toEqual(['waiting'])
    await storage.sweep(90 * DAY_MS)
    expect(await bodies()).toEqual([])
    expect(await storage.inbox.put(waiting)).toBe('duplicate')
    expect(await storage.inbox.counts()).toEqual({ pending: 0, parked: 1 })
  })

  it('removes what expired and nothing else', async () => {
    const { storage } = test
    const { sessions, oauthFlows } = storage
    for (const [name, expiresAtMs] of Object.entries({ old: 10, young: 100_000 })) {
      await oauthFlows.begin({ stateHash: name, flow: { kind: 'web', verifier: name }, expiresAtMs })
      await sessions.registerExchange({ tagHash: name, nowMs: 0, expiresAtMs })
    }
    // A context is remembered for a minute longer than it says, since clocks differ.
    await storage.sweep(70_000)
    expect(await oauthFlows.finish({ kind: 'web', stateHash: 'old', nowMs: 0 })).toBeNull()
    expect(await oauthFlows.finish({ kind: 'web', stateHash: 'young', nowMs: 0 })).toEqual({
      kind: 'web',
      verifier: 'young',
    })
    expect(await sessions.registerExchange({ tagHash: 'old', nowMs: 0, expiresAtMs: 10 })).toBe('first')
    expect(await sessions.registerExchange({ tagHash: 'young', nowMs: 0, expiresAtMs: 10 })).toBe('replayed')
  })
})
