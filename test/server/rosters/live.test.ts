import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createLiveRosters } from '../../../server/rosters/index.ts'
import type { RosterChange } from '../../../shared/wire/index.ts'
import { testStorage, type TestStorage } from '../../support/database.ts'
import { install, joined, mention, viewerOf } from '../storage/fixtures.ts'

let test: TestStorage
let nowMs = 2_000
beforeAll(async () => {
  test = await testStorage({ clock: () => 2_000 })
})
afterAll(() => test.close())

async function openGathering(host: string) {
  const { installationId, memberId } = await install(test.storage, host)
  const meetingUuid = `meeting of ${host}`
  const { meetingId, gatheringId } = await test.storage.directory.openMeeting({
    installationId,
    meetingUuid,
    hostZoomUserId: host,
    atMs: 0,
  })
  const append = (key: string, name: string) =>
    test.storage.evidenceLog.append({
      installationId,
      meetingId,
      mention: mention(meetingUuid),
      facts: [joined(meetingUuid, key, name)],
    })
  return { installationId, gatheringId, append, viewer: viewerOf(installationId, memberId) }
}

/** What one process among several has: the shared evidence, its own folds. */
function reader({ hears, pollMs }: { hears: boolean; pollMs: number }) {
  return createLiveRosters({
    evidence: test.storage.evidenceReader,
    people: test.storage.peopleIds,
    corrections: test.storage.corrections,
    policies: test.storage.policies,
    expected: test.storage.expectedLists,
    wakeups: hears ? test.storage.wakeups : { onGathering: () => () => undefined },
    clock: () => nowMs,
    pollMs,
    onError: (error) => {
      throw error
    },
  })
}

describe('a roster watched in one process while another stores evidence', () => {
  it.each([
    ['is told at once', { hears: true, pollMs: 3_600_000 }],
    ['is found by asking when the wake-up is lost', { hears: false, pollMs: 20 }],
  ])('%s', async (title, how) => {
    const { installationId, gatheringId, append } = await openGathering(title)
    const live = reader(how)
    await live.snapshot(installationId, gatheringId)
    const told: RosterChange[] = []
    live.watch(installationId, gatheringId, (change) => told.push(change))
    // The listening connection may take a moment to stand; whoever joins after that must be told.
    await expect
      .poll(async () => {
        await append(`key ${told.length} ${Math.random()}`, 'Anna')
        return told.length
      })
      .toBeGreaterThan(0)
    expect(told[0]?.upserts).toMatchObject([{ name: 'Anna', state: 'here' }])
    live.stop()
  })

  it('is told of a window that passes while nobody joins or leaves, once in every process', async () => {
    const { installationId, gatheringId, append, viewer } = await openGathering('a window')
    await append('one', 'Anna')
    const base = { kind: 'window' as const, from: '00:00', to: '00:01' }
    await test.storage.policies.set(viewer, gatheringId, {
      ...{ scope: 'gathering', part: { base }, mayReplace: () => true, atMs: nowMs },
    })
    const processes = [1, 2].map(() => reader({ hears: false, pollMs: 20 }))
    const told: RosterChange[][] = []
    for (const live of processes) {
      const before = await live.snapshot(installationId, gatheringId)
      expect(before?.gathering.base).toBeNull()
      const heard: RosterChange[] = []
      told.push(heard)
      live.watch(installationId, gatheringId, (change) => heard.push(change))
    }
    nowMs = 61_000
    await expect.poll(() => told.map(({ length }) => length)).toEqual([1, 1])
    for (const [change] of told) {
      expect(change?.gathering.base).toMatchObject({ kind: 'window', seconds: 60 })
      expect(change?.upserts).toMatchObject([{ name: 'Anna', share: expect.closeTo(0.98, 1) as unknown }])
    }
    // From here on nothing more passes: who asks again hears nothing new.
    const versions = await Promise.all(
      processes.map(async (live) => (await live.snapshot(installationId, gatheringId))?.version),
    )
    expect(versions).toEqual(told.map(([change]) => change?.version))
    for (const live of processes) live.stop()
    nowMs = 2_000
  })

  it('gives a person the same id in both', async () => {
    const { installationId, gatheringId, append } = await openGathering('two readers')
    await append('one', 'Boris')
    const [here, there] = [1, 2].map(() => reader({ hears: false, pollMs: 3_600_000 }))
    const rosters = await Promise.all([
      here?.snapshot(installationId, gatheringId),
      there?.snapshot(installationId, gatheringId),
    ])
    const [first, second] = rosters.map((roster) => roster?.people.map(({ id }) => id))
    expect(first).toHaveLength(1)
    expect(second).toEqual(first)
    here?.stop()
    there?.stop()
  })
})
