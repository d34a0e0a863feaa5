import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TestStorage } from '../../support/database.ts'
import { testStorage } from '../../support/database.ts'
import { install, system } from './fixtures.ts'

let test: TestStorage
beforeAll(async () => {
  test = await testStorage({ clock: () => 1_000 })
})
afterAll(() => test.close())

describe('people', () => {
  it('get one id an anchor, whichever of two processes mints first, and keep their age', async () => {
    const { storage } = test
    const { installationId } = await install(storage, 'minter')
    const { gatheringId } = await storage.directory.openMeeting({
      installationId,
      meetingUuid: 'm-mint',
      hostZoomUserId: null,
      atMs: 0,
    })
    const viewer = system(installationId)
    const [one, two] = await Promise.all([
      storage.peopleIds.mint(viewer, gatheringId, ['a', 'b']),
      storage.peopleIds.mint(viewer, gatheringId, ['b', 'a', 'c']),
    ])
    const ids = (list: typeof one) => Object.fromEntries(list.map((one_) => [one_.anchorKey, one_.personId]))
    expect(ids(two)).toMatchObject(ids(one))
    expect(await storage.peopleIds.anchors(viewer, gatheringId)).toEqual(two)
    const [older, younger] = two
    const aliases = [{ aliasId: younger?.personId ?? '', personId: older?.personId ?? '' }]
    await storage.peopleIds.recordAliases(viewer, gatheringId, aliases)
    await storage.peopleIds.recordAliases(viewer, gatheringId, aliases)
  })

  it('whom Zoom gave no id keep theirs, and their name stays out of the database', async () => {
    const { storage } = test
    const { installationId } = await install(storage, 'nameless')
    const { gatheringId } = await storage.directory.openMeeting({
      installationId,
      meetingUuid: 'm-named',
      hostZoomUserId: null,
      atMs: 0,
    })
    const viewer = system(installationId)
    const key = 'm-named|n:анна | петрова'
    const [first] = await storage.peopleIds.mint(viewer, gatheringId, [key])
    const [again] = await storage.peopleIds.mint(viewer, gatheringId, [key])
    expect(first?.anchorKey).toBe(key)
    expect(again).toEqual(first)
    const kept = await storage.peopleIds.anchors(viewer, gatheringId)
    expect(JSON.stringify(kept)).not.toContain('петрова')
    expect(kept[0]?.anchorKey).toMatch(/^m-named\|n:/)
  })
})
