import { createHash } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { foldedWords } from '../../../server/storage/sealing/folding.ts'
import { parseEncryptionKeys, unwrap, wrap } from '../../../server/storage/sealing/key-ring.ts'
import { keyedHash, lookUpKey, open, seal } from '../../../server/storage/sealing/payload.ts'
import type { TestStorage } from '../../support/database.ts'
import { openTestStorage, testEncryptionKeys, testStorage } from '../../support/database.ts'
import { delivery, install, joined, mention, system, translateAsSaid } from './fixtures.ts'

const key = (fill: number) => Buffer.alloc(32, fill)
const ringOf = (text: string) => {
  const parsed = parseEncryptionKeys(text)
  if (!parsed.ok) throw new Error(parsed.problems.join(' '))
  return parsed.ring
}
const entry = (id: string, fill: number) => `${id}:${key(fill).toString('base64url')}`

describe('ENCRYPTION_KEYS', () => {
  it('are read newest first', () => {
    const { keys } = ringOf(`${entry('new', 1)}, ${entry('old', 2)}`)
    expect(keys.map(({ id }) => id)).toEqual(['new', 'old'])
    expect(Buffer.from(keys[0]?.key ?? [])).toEqual(key(1))
  })

  it.each([
    ['nothing', '', /key 1: write it as/],
    ['a key without an id', key(1).toString('base64url'), /key 1: write it as/],
    ['an id with a blank', entry('a b', 1), /the id may have/],
    ['a short key', `k:${Buffer.alloc(16).toString('base64url')}`, /\(k\): the key must be 32 bytes/],
    ['a key in hex', `k:${key(1).toString('hex')}`, /must be 32 bytes/],
    ['standard base64', `k:${Buffer.alloc(32, 255).toString('base64')}`, /must be 32 bytes/],
    ['one id twice', `${entry('k', 1)},${entry('k', 2)}`, /key 2: the id k occurs twice/],
  ])('are refused with a sentence for %s', (_what, text, sentence) => {
    const parsed = parseEncryptionKeys(text)
    expect(parsed.ok ? [] : parsed.problems).toEqual([expect.stringMatching(sentence)])
  })

  it('have all their problems told at once, and none of their secrets', () => {
    const parsed = parseEncryptionKeys(`a b:${key(9).toString('base64url')},${entry('ok', 1)},k:tooshort`)
    const problems = parsed.ok ? [] : parsed.problems
    expect(problems).toHaveLength(2)
    expect(problems.join()).not.toContain('tooshort')
    expect(problems.join()).not.toContain(key(9).toString('base64url'))
  })

  it('wrap under the newest key and unwrap under any', async () => {
    const wrapped = await wrap(ringOf(entry('old', 2)), 'data_key:x', key(7))
    const rotated = ringOf(`${entry('new', 1)},${entry('old', 2)}`)
    expect(Buffer.from(await unwrap(rotated, 'data_key:x', wrapped))).toEqual(key(7))
    await expect(unwrap(ringOf(entry('new', 1)), 'data_key:x', wrapped)).rejects.toThrow(
      /"old", which ENCRYPTION_KEYS/,
    )
  })

  it('do not unwrap what was wrapped for another installation', async () => {
    const ring = ringOf(entry('k', 1))
    const wrapped = await wrap(ring, 'data_key:x', key(7))
    await expect(unwrap(ring, 'data_key:y', wrapped)).rejects.toThrow(/wrapped for data_key:x/)
  })
})

describe('a sealed value', () => {
  const place = { installationId: 'i', table: 'evidence', rowId: 'r' }
  const sealed = seal(key(1), place, Buffer.from('Anna'))

  it('opens in its place', () => {
    expect(open(key(1), place, sealed).toString()).toBe('Anna')
  })

  it.each([
    ['another installation', { ...place, installationId: 'j' }],
    ['another table', { ...place, table: 'meetings' }],
    ['another row', { ...place, rowId: 's' }],
    [
      'a place whose parts only together spell the same',
      { installationId: 'ie', table: 'vidence', rowId: 'r' },
    ],
  ])('does not open in %s', (_where, elsewhere) => {
    expect(() => open(key(1), elsewhere, sealed)).toThrow()
  })

  it('does not open when a bit was changed, or cut short, or under another key', () => {
    for (const at of [0, 1, 14, sealed.length - 1]) {
      const changed = Buffer.from(sealed)
      changed.writeUInt8(changed.readUInt8(at) ^ 1, at)
      expect(() => open(key(1), place, changed)).toThrow()
    }
    expect(() => open(key(1), place, sealed.subarray(0, -1))).toThrow()
    expect(() => open(key(2), place, sealed)).toThrow()
  })

  it('never looks the same twice', () => {
    expect(seal(key(1), place, Buffer.from('Anna'))).not.toEqual(sealed)
  })
})

describe('keyed hashes', () => {
  it('differ by key and by kind, and are not a bare hash', () => {
    const hash = keyedHash(lookUpKey(key(1)), 'email', 'anna@example.com')
    expect(hash).toBe(keyedHash(lookUpKey(key(1)), 'email', 'anna@example.com'))
    expect(hash).not.toBe(keyedHash(lookUpKey(key(2)), 'email', 'anna@example.com'))
    expect(hash).not.toBe(keyedHash(lookUpKey(key(1)), 'name', 'anna@example.com'))
    expect(hash).not.toBe(createHash('sha256').update('anna@example.com').digest('base64url'))
  })

  it('are made of folded words, so spelling and order of a name do not matter', () => {
    expect(foldedWords('Émile  ZOLA (émile)')).toEqual(['emile', 'zola'])
    expect(foldedWords('Ёлка Иванова-Петрова')).toEqual(['елка', 'иванова', 'петрова'])
    expect(foldedWords(' 🙂 ')).toEqual([])
  })
})

describe('the database at rest', () => {
  const secrets = {
    name: 'Wilhelmina Quartermain',
    word: 'quartermain',
    email: 'wilhelmina@quartermain.example',
    topic: 'Confidential: merger of the Quokkas',
    host: 'zoomUserIdOfTheHost',
    account: 'zoomAccountOfTheHost',
    verifier: 'pkce-verifier-of-somebody',
    access: 'access-secret',
    refresh: 'refresh-secret',
    search: 'searched-for-somebody',
  }
  let test: TestStorage
  let installationId: string
  let gatheringId: string
  beforeAll(async () => {
    test = await testStorage()
    const { storage } = test
    const made = await install(storage, secrets.host, 'user', secrets.account)
    installationId = made.installationId
    const facts = [joined('m', 'd', secrets.name, secrets.email)]
    const meeting = mention('m', {
      topic: secrets.topic,
      hostZoomUserId: secrets.host,
      number: '81234567890',
    })
    await storage.inbox.put(
      delivery(installationId, 'd', { kind: 'evidence', meeting, facts, roleChangedFor: null }),
    )
    const drained = await storage.inbox.drain({ limit: 10, maxAttempts: 3, translate: translateAsSaid })
    gatheringId = drained.touched[0]?.gatheringId ?? ''
    await storage.oauthFlows.begin({
      stateHash: 's',
      flow: { kind: 'web', verifier: secrets.verifier },
      expiresAtMs: 1,
    })
    await storage.exportLinks.create({
      idHash: 'l',
      record: {
        installationId,
        memberId: made.memberId,
        gatheringId,
        mayReadEmails: true,
        proved: { role: 'host', gatheringId: null, admin: true },
        expiresAtMs: 1,
        request: {
          list: 'people',
          format: 'csv',
          separator: ',',
          bom: false,
          decimal: '.',
          language: 'en',
          zone: 'UTC',
          filter: { search: secrets.search, show: 'all' },
          sort: 'name',
        },
      },
    })
  })
  afterAll(() => test.close())

  /** Every value of every column of every table, bytes as hex and as the text they would be. */
  async function everything(): Promise<string> {
    const client = new pg.Client({ connectionString: test.connectionString })
    await client.connect()
    const tables = await client.query<{ name: string }>(
      `select table_name as name from information_schema.tables where table_schema = 'public'`,
    )
    let all = ''
    for (const { name } of tables.rows) {
      const { rows } = await client.query<Record<string, unknown>>(`select * from ${name}`)
      for (const value of rows.flatMap((row) => Object.values(row))) {
        all += Buffer.isBuffer(value)
          ? `\n${value.toString('hex')}\n${value.toString('latin1')}`
          : `\n${JSON.stringify(value)}`
      }
    }
    await client.end()
    return all.toLowerCase()
  }

  it('shows no name, address, topic, token or Zoom id anywhere', async () => {
    const all = await everything()
    expect(all).toContain('81234567890')
    for (const secret of Object.values(secrets)) {
      expect(all).not.toContain(secret.toLowerCase())
      expect(all).not.toContain(Buffer.from(secret).toString('hex'))
      expect(all).not.toContain(Buffer.from(secret).toString('base64').replace(/=+$/, '').toLowerCase())
      expect(all).not.toContain(createHash('sha256').update(secret).digest('hex'))
    }
  })

  it('opens again in another process with the same keys, after a rotation too', async () => {
    const rotated = await openTestStorage(test.connectionString, {
      keys: `${entry('next', 9)},${testEncryptionKeys}`,
    })
    const facts = await rotated.evidenceReader.since(system(installationId), gatheringId, 0, 10)
    expect(facts.map(({ fact }) => fact)).toEqual([joined('m', 'd', secrets.name, secrets.email)])
    expect(await rotated.evidenceReader.gathering(system(installationId), gatheringId)).toMatchObject({
      topic: secrets.topic,
    })
    expect(await rotated.deploymentSecret('session_signing')).toEqual(
      await test.storage.deploymentSecret('session_signing'),
    )
    await rotated.close()
  })

  it('does not open at all without its key, and says which is missing', async () => {
    await expect(openTestStorage(test.connectionString, { keys: entry('stranger', 9) })).rejects.toThrow(
      /encryption key "test", which ENCRYPTION_KEYS does not have/,
    )
  })
})
