import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { TestStorage } from '../../support/database.ts'
import { openTestStorage, testStorage } from '../../support/database.ts'
import { install, joined, mention, system } from './fixtures.ts'

let test: TestStorage
beforeAll(async () => {
  test = await testStorage({ clock: () => 1_000 })
})
afterAll(() => test.close())

describe('evidence of a panel', () => {
  it('is appended once a key, raises the version only when something is new, and wakes listeners', async () => {
    const { storage } = test
    const { installationId } = await install(storage, 'panelist')
    const { meetingId, gatheringId } = await storage.directory.openMeeting({
      installationId,
      meetingUuid: 'm-panel',
      hostZoomUserId: null,
      atMs: 0,
    })
    const woken: string[] = []
    const other = await openTestStorage(test.connectionString)
    const stop = other.wakeups.onGathering((_installation, gathering) => woken.push(gathering))
    const append = (facts = [joined('m-panel', 'a'), joined('m-panel', 'b')]) =>
      storage.evidenceLog.append({
        installationId,
        meetingId,
        mention: mention('m-panel', { topic: 'T' }),
        facts,
      })
    expect(await append()).toEqual({ gatheringId, version: 1, added: 2 })
    expect(await append()).toEqual({ gatheringId, version: 1, added: 0 })
    const renamed = mention('m-panel', { topic: 'Another topic' })
    expect(
      await storage.evidenceLog.append({ installationId, meetingId, mention: renamed, facts: [] }),
    ).toEqual({
      gatheringId,
      version: 2,
      added: 0,
    })
    await vi.waitFor(async () => {
      await append([joined('m-panel', `again-${woken.length}-${Math.random()}`)])
      expect(woken).toContain(gatheringId)
    })
    stop()
    await other.close()
    const all = await storage.evidenceReader.since(system(installationId), gatheringId, 0, 1000)
    expect(all.map(({ seq }) => seq)).toEqual([...all.map(({ seq }) => seq)].sort((a, b) => a - b))
    const rest = await storage.evidenceReader.since(system(installationId), gatheringId, all[0]?.seq ?? 0, 1)
    expect(rest).toEqual([all[1]])
  })
})
