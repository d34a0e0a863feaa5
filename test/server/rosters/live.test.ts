import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createLiveRosters } from '../../../server/rosters/index.ts'
import type { RosterChange } from '../../../shared/wire/index.ts'
import { testStorage, type TestStorage } from '../../support/database.ts'
import { install, joined, mention } from '../storage/fixtures.ts'

let test: TestStorage
beforeAll(async () => {
  test = await testStorage({ clock: () => 2_000 })
})
afterAll(() => test.close())

async function openGathering(host: string) {
  const { installationId } = await install(test.storage, host)
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
  return { installationId, gatheringId, append }
}

/** What one process among several has: the shared evidence, its own folds. */
function reader({ hears, pollMs }: { hears: boolean; pollMs: number }) {
  return createLiveRosters({
    evidence: test.storage.evidenceReader,
    people: test.storage.peopleIds,
    corrections: test.storage.corrections,
    policies: test.storage.policies,
    wakeups: hears ? test.storage.wakeups : { onGathering: () => () => undefined },
    clock: () => 2_000,
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
