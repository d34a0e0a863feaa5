import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TestStorage } from '../../support/database.ts'
import { testStorage } from '../../support/database.ts'
import { install, joinDelivery, system, viewerOf, translateAsSaid } from './fixtures.ts'

let test: TestStorage
beforeAll(async () => {
  test = await testStorage({ clock: () => 1_000 })
})
afterAll(() => test.close())

const drain = () => test.storage.inbox.drain({ limit: 1000, maxAttempts: 3, translate: translateAsSaid })

describe('removing the app', () => {
  it('takes the installer’s installation along, rows and data key, and lets them start afresh', async () => {
    const { storage } = test
    const before = await install(storage, 'leaver')
    await storage.inbox.put(joinDelivery(before.installationId, 'm-leaver', 'k'))
    const gatheringId = (await drain()).touched[0]?.gatheringId ?? ''
    expect(await storage.deauthorize(before.installationId, 'leaver')).toBe('installation_removed')
    expect(await storage.directory.installationOfUser('leaver')).toBeNull()
    expect(await storage.directory.findMeetingAnywhere('m-leaver', 'leaver')).toBeNull()
    expect(await storage.evidenceReader.since(system(before.installationId), gatheringId, 0, 10)).toEqual([])
    expect(await storage.deauthorize(before.installationId, 'leaver')).toBe('unknown')
    const after = await install(storage, 'leaver')
    expect(after).toMatchObject({ created: true })
    expect(after.installationId).not.toBe(before.installationId)
  })

  it('ends a co-host’s grants and sessions, and leaves the host’s gathering alone', async () => {
    const { storage } = test
    const { installationId } = await install(storage, 'kind-host')
    await install(storage, 'helper')
    const { memberId } = await storage.directory.ensureMember(installationId, 'helper')
    const { gatheringId } = await storage.directory.openMeeting({
      installationId,
      meetingUuid: 'm-helped',
      hostZoomUserId: 'kind-host',
      atMs: 0,
    })
    await storage.directory.recordGrant({
      installationId,
      gatheringId,
      memberId,
      role: 'cohost',
      verifiedAtMs: 5,
    })
    const viewer = viewerOf(installationId, memberId)
    const { sessionId } = await storage.sessions.open({
      viewer,
      tagHash: 'h',
      expiresAtMs: 9e9,
      takesOver: false,
    })
    expect((await storage.directory.gatheringAccess(viewer, gatheringId))?.grants).toEqual([
      { role: 'cohost', verifiedAtMs: 5 },
    ])
    const own = await storage.directory.installationOfUser('helper')
    expect(await storage.deauthorize(own?.id ?? '', 'helper')).toBe('installation_removed')
    expect((await storage.directory.gatheringAccess(viewer, gatheringId))?.grants).toEqual([])
    expect(await storage.sessions.find(installationId, sessionId)).toBeNull()
    expect(await storage.directory.findMeetingAnywhere('m-helped', 'kind-host')).toMatchObject({
      gatheringId,
    })
  })
})
