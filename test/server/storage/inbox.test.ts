import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { groupCommit } from '../../../server/storage/group-commit.ts'
import type { TestStorage } from '../../support/database.ts'
import { openTestStorage, testStorage } from '../../support/database.ts'
import { delivery, install, joinDelivery, system, translateAsSaid } from './fixtures.ts'

describe('the inbox', () => {
  let test: TestStorage
  let installationId: string
  beforeAll(async () => {
    test = await testStorage()
    installationId = (await install(test.storage, 'host-1')).installationId
  })
  afterAll(() => test.close())
  const drain = (translate = translateAsSaid, limit = 1000) =>
    test.storage.inbox.drain({ limit, maxAttempts: 3, translate })

  it('knows whose delivery it is by the host, and nobody for a stranger', async () => {
    const { inbox } = test.storage
    expect(
      await inbox.installationFor({ zoomAccountId: 'a', hostZoomUserId: 'host-1', zoomUserId: null }),
    ).toBe(installationId)
    expect(
      await inbox.installationFor({ zoomAccountId: null, hostZoomUserId: null, zoomUserId: 'host-1' }),
    ).toBe(installationId)
    expect(
      await inbox.installationFor({
        zoomAccountId: 'account-of-host-1',
        hostZoomUserId: 'host-2',
        zoomUserId: null,
      }),
    ).toBeNull()
    expect(
      await inbox.installationFor({ zoomAccountId: null, hostZoomUserId: null, zoomUserId: null }),
    ).toBeNull()
    await test.storage.directory.ensureMember(installationId, 'only-helped')
    expect(
      await inbox.installationFor({ zoomAccountId: null, hostZoomUserId: null, zoomUserId: 'only-helped' }),
    ).toBe(installationId)
  })

  it('stores a delivery once, however often and in whatever company it comes', async () => {
    const one = joinDelivery(installationId, 'm-dedupe', 'd-1')
    const first = await Promise.all([one, one, one].map((each) => test.storage.inbox.put(each)))
    expect(first.sort()).toEqual(['duplicate', 'duplicate', 'stored'])
    expect(await test.storage.inbox.put(one)).toBe('duplicate')
    const drained = await drain()
    expect(drained).toMatchObject({ taken: 1, stored: 1, parked: 0 })
    expect(await test.storage.inbox.put(one)).toBe('duplicate')
    expect(await drain()).toMatchObject({ taken: 0 })
  })

  it('keeps equal keys of two installations apart', async () => {
    const other = (await install(test.storage, 'host-other')).installationId
    expect(await test.storage.inbox.put(joinDelivery(installationId, 'm', 'same'))).toBe('stored')
    expect(await test.storage.inbox.put(joinDelivery(other, 'm', 'same'))).toBe('stored')
    await drain()
  })

  it('turns every delivery into evidence exactly once when two processes drain at the same time', async () => {
    const second = await openTestStorage(test.connectionString)
    const puts = Array.from({ length: 300 }, (_, index) =>
      test.storage.inbox.put(joinDelivery(installationId, `m-race-${index % 3}`, `race-${index}`)),
    )
    expect(new Set(await Promise.all(puts))).toEqual(new Set(['stored']))
    const input = { limit: 40, maxAttempts: 3, translate: translateAsSaid }
    const drainAll = async (inbox: typeof second.inbox) => {
      let stored = 0
      for (let taken = 1; taken > 0;) {
        const result = await inbox.drain(input)
        taken = result.taken
        stored += result.stored
      }
      return stored
    }
    const [one, two] = await Promise.all([drainAll(test.storage.inbox), drainAll(second.inbox)])
    await second.close()
    expect(one + two).toBe(300)
    expect(await test.storage.inbox.counts()).toEqual({ pending: 0, parked: 0 })
    for (const uuid of ['m-race-0', 'm-race-1', 'm-race-2']) {
      const home = await test.storage.directory.findMeetingAnywhere(uuid, 'nobody')
      const facts = await test.storage.evidenceReader.since(
        system(installationId),
        home!.gatheringId,
        0,
        1000,
      )
      expect(facts).toHaveLength(100)
    }
  })

  it('raises the version of a gathering once a batch, and tells which grew', async () => {
    for (const key of ['v-1', 'v-2', 'v-3'])
      await test.storage.inbox.put(joinDelivery(installationId, 'm-version', key))
    const { touched } = await drain()
    expect(touched).toEqual([{ installationId, gatheringId: expect.any(String), version: 1 }])
    await test.storage.inbox.put(joinDelivery(installationId, 'm-version', 'v-4'))
    expect((await drain()).touched).toEqual([{ ...touched[0], version: 2 }])
  })

  it('parks a delivery that cannot be translated after some attempts, with a code and without its words', async () => {
    await test.storage.inbox.put(joinDelivery(installationId, 'm-poison', 'poison', 'Anna Secret'))
    await test.storage.inbox.put(joinDelivery(installationId, 'm-poison', 'sound'))
    const translate: typeof translateAsSaid = (one) => {
      if (Buffer.from(one.body).includes('Anna Secret')) throw new TypeError('cannot read Anna Secret')
      return translateAsSaid(one)
    }
    expect(await drain(translate)).toMatchObject({ taken: 2, stored: 1, parked: 0 })
    expect(await drain(translate)).toMatchObject({ taken: 1, parked: 0 })
    expect(await drain(translate)).toMatchObject({ taken: 1, parked: 1 })
    expect(await drain(translate)).toMatchObject({ taken: 0 })
    expect(await test.storage.inbox.counts()).toEqual({ pending: 0, parked: 1 })
  })

  it('parks a delivery the database cannot hold, and stores the ones beside it', async () => {
    const { inbox } = test.storage
    const before = await inbox.counts()
    await inbox.put(joinDelivery(installationId, 'm-\0-impossible', 'nul'))
    await inbox.put(joinDelivery(installationId, 'm-beside', 'beside'))
    expect(await drain()).toMatchObject({ taken: 2, stored: 1, parked: 0 })
    await drain()
    expect(await drain()).toMatchObject({ taken: 1, parked: 1 })
    expect(await inbox.counts()).toEqual({ pending: 0, parked: before.parked + 1 })
  })

  it('tells who removed the app', async () => {
    const leaving = await install(test.storage, 'leaver')
    await test.storage.inbox.put(
      delivery(leaving.installationId, 'bye', {
        kind: 'deauthorized',
        zoomUserId: 'leaver',
        atMs: null,
      }),
    )
    const result = await drain()
    expect(result.deauthorized).toEqual([{ installationId: leaving.installationId, zoomUserId: 'leaver' }])
    expect(await test.storage.directory.installationOfUser('leaver')).toBeNull()
  })

  it('takes and drops what still arrives for an installation removed a moment ago', async () => {
    const gone = await install(test.storage, 'gone')
    expect(await test.storage.inbox.put(joinDelivery(gone.installationId, 'm', 'before'))).toBe('stored')
    await test.storage.deauthorize(gone.installationId, 'gone')
    expect(await test.storage.inbox.put(joinDelivery(gone.installationId, 'm', 'after'))).toBe('duplicate')
    expect(await drain()).toMatchObject({ taken: 0 })
  })

  it('says so to everybody waiting when storage is down', async () => {
    const lone = await testStorage()
    const { installationId: theirs } = await install(lone.storage, 'host')
    await lone.storage.inbox.put(joinDelivery(theirs, 'm', 'fine'))
    await lone.close()
    const puts = ['x', 'y', 'z'].map((key) => lone.storage.inbox.put(joinDelivery(theirs, 'm', key)))
    expect((await Promise.allSettled(puts)).map((one) => one.status)).toEqual([
      'rejected',
      'rejected',
      'rejected',
    ])
    await expect(lone.storage.health()).rejects.toThrow()
  })
})

describe('a group commit', () => {
  it('lets everybody waiting at one moment share a commit', async () => {
    const groups: number[][] = []
    const add = groupCommit<number, number>((items) => {
      groups.push(items)
      return Promise.resolve(items.map((item) => item * 10))
    })
    expect(await Promise.all([1, 2, 3].map(add))).toEqual([10, 20, 30])
    expect(groups).toEqual([[1, 2, 3]])
  })

  it('refuses at once when too many are waiting, instead of growing without end', async () => {
    let release = () => {}
    const held = new Promise<void>((resolve) => (release = resolve))
    const add = groupCommit<number, number>(async (items) => {
      await held
      return items
    })
    const many = Array.from({ length: 30_000 }, (_, index) => add(index))
    release()
    const outcomes = await Promise.allSettled(many)
    const refused = outcomes.filter((one) => one.status === 'rejected')
    expect(refused).toHaveLength(10_000)
    expect(refused[0]?.reason).toMatchObject({ code: 'inbox_full' })
  })
})
