import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createLiveRosters, type LiveRosters } from '../../../server/rosters/index.ts'
import type { Fact } from '../../../shared/attendance/index.ts'
import type { RosterChange } from '../../../shared/wire/index.ts'
import { testStorage, type TestStorage } from '../../support/database.ts'
import { install, joined, mention, STRANGER, viewerOf } from '../storage/fixtures.ts'

const MINUTE = 60_000
/** The first meeting runs from 0 to 30 minutes. */
const FIRST_ENDS = 30 * MINUTE

let test: TestStorage
beforeAll(async () => {
  test = await testStorage({ clock: () => 3_600_000 })
})
afterAll(() => test.close())

/** A meeting that broke off and one of the same number that began `gapMinutes` later; Anna was in both, Boris in the first. */
async function restarted(host: string, { gapMinutes = 2, number = '81234567890' } = {}) {
  const { storage } = test
  const { installationId, memberId } = await install(storage, host)
  const viewer = { ...viewerOf(installationId, memberId), admin: true }
  const meeting = async (uuid: string, startedAtMs: number, endedAtMs: number, facts: Fact[]) => {
    const meetingUuid = `${uuid} of ${host}`
    const opened = await storage.directory.openMeeting({
      installationId,
      meetingUuid,
      hostZoomUserId: host,
      atMs: 0,
    })
    await storage.evidenceLog.append({
      installationId,
      meetingId: opened.meetingId,
      mention: mention(meetingUuid, { number, topic: 'Lesson', startedAtMs, endedAtMs }),
      facts: facts.map((fact) => ({ ...fact, meeting: meetingUuid, atMs: startedAtMs + 1_000 })),
    })
    return opened
  }
  const secondStarts = FIRST_ENDS + gapMinutes * MINUTE
  const first = await meeting('first', 0, FIRST_ENDS, [
    joined('', 'a1', 'Anna', 'anna@school.example'),
    joined('', 'b1', 'Boris', 'boris@school.example'),
  ])
  const second = await meeting('second', secondStarts, secondStarts + 10 * MINUTE, [
    joined('', 'a2', 'Anna', 'anna@school.example'),
  ])
  return { installationId, viewer, first, second }
}

function rosters(): LiveRosters {
  return createLiveRosters({
    evidence: test.storage.evidenceReader,
    people: test.storage.peopleIds,
    corrections: test.storage.corrections,
    policies: test.storage.policies,
    expected: test.storage.expectedLists,
    wakeups: { onGathering: () => () => undefined },
    clock: () => 3_600_000,
    pollMs: 3_600_000,
    onError: (error) => {
      throw error
    },
  })
}

const idsOf = async (live: LiveRosters, installationId: string, gatheringId: string) => {
  const snapshot = await live.snapshot(installationId, gatheringId)
  return Object.fromEntries((snapshot?.people ?? []).map(({ name, id }) => [name, id]))
}

describe('a restarted meeting', () => {
  it('is proposed when it began within fifteen minutes of the end, or before it, on both sides', async () => {
    const { restarts } = test.storage
    for (const [gapMinutes, proposed] of [
      [2, true],
      [15, true],
      [-5, true],
      [16, false],
    ] as const) {
      const { viewer, first, second } = await restarted(`host ${gapMinutes}`, { gapMinutes })
      const [here, there] = await Promise.all([
        restarts.of(viewer, first.gatheringId),
        restarts.of(viewer, second.gatheringId),
      ])
      expect(here.map(({ state, otherId, gapSeconds }) => [state, otherId, gapSeconds])).toEqual(
        proposed ? [['proposed', second.gatheringId, gapMinutes * 60]] : [],
      )
      expect(there.map(({ otherId }) => otherId)).toEqual(proposed ? [first.gatheringId] : [])
    }
  })

  it('is not proposed once the host kept the two apart, and saying so again changes nothing', async () => {
    const { viewer, first, second } = await restarted('apart')
    const { restarts, audit } = test.storage
    expect(await restarts.keepApart(viewer, second.gatheringId, first.gatheringId, 1)).toBe('done')
    expect(await restarts.keepApart(viewer, first.gatheringId, second.gatheringId, 2)).toBe('already')
    expect(await restarts.of(viewer, first.gatheringId)).toEqual([])
    const told = await audit.list(viewer.installationId)
    expect(told.filter(({ act }) => act === 'gatherings_kept_apart')).toHaveLength(1)
  })

  it('becomes one gathering with its people, and either id leads there', async () => {
    const { installationId, viewer, first, second } = await restarted('joined')
    const { restarts, directory, history } = test.storage
    const live = rosters()
    const before = await idsOf(live, installationId, first.gatheringId)
    await idsOf(live, installationId, second.gatheringId)
    const told: RosterChange[] = []
    live.watch(installationId, second.gatheringId, (change) => told.push(change))

    expect(await restarts.join(viewer, first.gatheringId, second.gatheringId, 1)).toBe('done')
    expect(await restarts.join(viewer, first.gatheringId, second.gatheringId, 1)).toBe('already')
    expect(await restarts.join(viewer, second.gatheringId, first.gatheringId, 1)).toBe('already')
    expect(await idsOf(live, installationId, first.gatheringId)).toEqual(before)
    expect(await idsOf(live, installationId, second.gatheringId)).toEqual(before)
    expect(told.at(-1)).toMatchObject({ gathering: { id: first.gatheringId }, summary: { came: 2 } })
    expect(await directory.gatheringAccess(viewer, second.gatheringId)).toMatchObject({
      gatheringId: first.gatheringId,
      gatheringIds: expect.arrayContaining([first.gatheringId, second.gatheringId]) as unknown,
    })
    const lines = await history.page([viewer], { fromMs: null, toMs: null, after: null, limit: 10 })
    expect(lines.map(({ access }) => access.gatheringId)).toEqual([first.gatheringId])
    expect(await history.one(viewer, second.gatheringId)).toMatchObject({ topic: 'Lesson', startedAtMs: 0 })
    live.stop()
  })

  it('comes apart again exactly, the ids of its people too', async () => {
    const { installationId, viewer, first, second } = await restarted('split')
    const { restarts } = test.storage
    const live = rosters()
    const before = [
      await idsOf(live, installationId, first.gatheringId),
      await idsOf(live, installationId, second.gatheringId),
    ]
    await restarts.join(viewer, first.gatheringId, second.gatheringId, 1)
    await idsOf(live, installationId, first.gatheringId)
    const [joinedOne] = await restarts.of(viewer, first.gatheringId)
    expect(joinedOne).toMatchObject({ state: 'joined', otherId: second.meetingId, gapSeconds: 120 })

    const take = () => restarts.split(viewer, first.gatheringId, second.meetingId, 2)
    expect(await take()).toEqual({ outcome: 'done', gatheringId: second.gatheringId })
    expect(await take()).toEqual({ outcome: 'already', gatheringId: second.gatheringId })
    for (const reader of [live, rosters()]) {
      expect([
        await idsOf(reader, installationId, first.gatheringId),
        await idsOf(reader, installationId, second.gatheringId),
      ]).toEqual(before)
      reader.stop()
    }
  })

  it('is not proposed again to the host who took it apart, until they join it again', async () => {
    const { viewer, first, second } = await restarted('taken apart')
    const { restarts } = test.storage
    const statesOf = async (gatheringId: string) =>
      (await restarts.of(viewer, gatheringId)).map(({ state }) => state)
    const join = () => restarts.join(viewer, first.gatheringId, second.gatheringId, 1)
    const takeApart = () => restarts.split(viewer, first.gatheringId, second.meetingId, 2)
    for (let time = 0; time < 2; time++) {
      expect(await join()).toBe('done')
      expect(await statesOf(first.gatheringId)).toEqual(['joined'])
      // Taking apart answers the proposal: asked at once again, the host would have to say it twice.
      expect((await takeApart()).outcome).toBe('done')
      expect(await statesOf(first.gatheringId)).toEqual([])
      expect(await statesOf(second.gatheringId)).toEqual([])
      expect(await restarts.keepApart(viewer, first.gatheringId, second.gatheringId, 3)).toBe('already')
    }
  })

  it('is joined once when two hosts do it at the same moment, whichever way round', async () => {
    const { viewer, first, second } = await restarted('both at once')
    const { restarts, audit } = test.storage
    const outcomes = await Promise.all([
      restarts.join(viewer, first.gatheringId, second.gatheringId, 1),
      restarts.join(viewer, second.gatheringId, first.gatheringId, 1),
      restarts.join(viewer, first.gatheringId, second.gatheringId, 1),
    ])
    expect(outcomes.sort()).toEqual(['already', 'already', 'done'])
    const told = await audit.list(viewer.installationId)
    expect(told.filter(({ act }) => act === 'gatherings_joined')).toHaveLength(1)
  })

  it('is told apart from what is no restart: another number, nobody’s gathering, the gathering itself', async () => {
    const { viewer, first } = await restarted('strict')
    const { viewer: other, first: foreign } = await restarted('somebody else')
    const { restarts } = test.storage
    for (const otherId of [STRANGER, first.gatheringId, foreign.gatheringId, "' or 1=1"]) {
      expect(await restarts.join(viewer, first.gatheringId, otherId, 1), otherId).toBe('conflict')
    }
    const far = await restarted('too far', { gapMinutes: 60 })
    expect(await restarts.join(far.viewer, far.first.gatheringId, far.second.gatheringId, 1)).toBe('conflict')
    expect(await restarts.split(other, foreign.gatheringId, foreign.meetingId, 1)).toEqual({
      outcome: 'conflict',
      gatheringId: null,
    })
  })

  it('keeps the grants of both halves, each at home after the split', async () => {
    const { installationId, viewer, first, second } = await restarted('granted')
    const { restarts, directory } = test.storage
    const { memberId } = await directory.ensureMember(installationId, 'a co-host', true)
    const grant = { installationId, memberId, role: 'cohost' as const, verifiedAtMs: 1 }
    await directory.recordGrant({ ...grant, gatheringId: second.homeGatheringId })
    const cohost = viewerOf(installationId, memberId)
    const grantsFor = async (gatheringId: string) =>
      (await directory.gatheringAccess(cohost, gatheringId))?.grants.length
    expect(await grantsFor(first.gatheringId)).toBe(0)
    await restarts.join(viewer, first.gatheringId, second.gatheringId, 1)
    expect(await grantsFor(first.gatheringId)).toBe(1)
    await restarts.split(viewer, first.gatheringId, second.meetingId, 2)
    expect([await grantsFor(first.gatheringId), await grantsFor(second.gatheringId)]).toEqual([0, 1])
  })
})
