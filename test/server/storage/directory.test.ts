import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TestStorage } from '../../support/database.ts'
import { testStorage } from '../../support/database.ts'
import {
  delivery,
  install,
  joinDelivery,
  joined,
  mention,
  STRANGER,
  system,
  viewerOf,
  translateAsSaid,
} from './fixtures.ts'

let test: TestStorage
beforeAll(async () => {
  test = await testStorage({ clock: () => 1_000 })
})
afterAll(() => test.close())

const drain = () => test.storage.inbox.drain({ limit: 1000, maxAttempts: 3, translate: translateAsSaid })

describe('meetings', () => {
  it('opened by a panel become full when Zoom tells about them, with number, topic, host and times', async () => {
    const { storage } = test
    const { installationId, memberId } = await install(storage, 'late-host')
    const opened = await storage.directory.openMeeting({
      installationId,
      meetingUuid: 'm-full',
      hostZoomUserId: null,
      atMs: 0,
    })
    expect(opened).toMatchObject({ capture: 'panel_only', topic: null })
    const said = { topic: 'Algebra', number: '123456789', hostZoomUserId: 'late-host', startedAtMs: 50 }
    const meeting = mention('m-full', said)
    const facts = [joined('m-full', 'k')]
    await storage.inbox.put(
      delivery(installationId, 'f', { kind: 'evidence', meeting, facts, roleChangedFor: null }),
    )
    await drain()
    expect(await storage.directory.findMeetingAnywhere('m-full', 'late-host')).toEqual({
      ...opened,
      capture: 'full',
      topic: 'Algebra',
      number: '123456789',
      kind: 'meeting',
    })
    expect(await storage.evidenceReader.gathering(system(installationId), opened.gatheringId)).toMatchObject({
      startedAtMs: 50,
      endedAtMs: null,
      version: 1,
    })
    expect((await storage.directory.findLiveMeetingHostedBy(installationId, 'late-host'))?.meetingUuid).toBe(
      'm-full',
    )
    const ended = mention('m-full', { endedAtMs: 90 })
    await storage.inbox.put(
      delivery(installationId, 'e', { kind: 'evidence', meeting: ended, facts: [], roleChangedFor: null }),
    )
    await drain()
    expect(await storage.directory.findLiveMeetingHostedBy(installationId, 'late-host')).toBeNull()
    const viewer = viewerOf(installationId, memberId)
    expect(await storage.directory.gatheringAccess(viewer, opened.gatheringId)).toMatchObject({
      ended: true,
      hostMemberId: memberId,
      capture: 'full',
    })
    expect(await storage.directory.currentMeeting(viewer, opened.gatheringId)).toMatchObject({
      meetingId: opened.meetingId,
      meetingUuid: 'm-full',
    })
  })

  it('are looked up across installations: the one that hears webhooks wins, else the user’s own', async () => {
    const { storage } = test
    const [first, second] = [await install(storage, 'cohost-1'), await install(storage, 'cohost-2')]
    const open = (installationId: string) =>
      storage.directory.openMeeting({ installationId, meetingUuid: 'm-many', hostZoomUserId: null, atMs: 0 })
    await Promise.all([open(first.installationId), open(second.installationId), open(second.installationId)])
    const where = async (user: string) =>
      (await storage.directory.findMeetingAnywhere('m-many', user))?.installationId
    expect(await where('cohost-1')).toBe(first.installationId)
    expect(await where('cohost-2')).toBe(second.installationId)
    const host = await install(storage, 'real-host')
    await storage.inbox.put(joinDelivery(host.installationId, 'm-many', 'w'))
    await drain()
    expect(await where('cohost-1')).toBe(host.installationId)
  })

  it('are nobody’s for an id that is none, and for another installation', async () => {
    const { storage } = test
    const { installationId, memberId } = await install(storage, 'owner')
    const stranger = await install(storage, 'stranger')
    const { gatheringId } = await storage.directory.openMeeting({
      installationId,
      meetingUuid: 'm-own',
      hostZoomUserId: 'owner',
      atMs: 0,
    })
    const own = viewerOf(installationId, memberId)
    const foreign = viewerOf(stranger.installationId, stranger.memberId)
    expect(await storage.evidenceReader.gathering(own, gatheringId)).not.toBeNull()
    for (const [viewer, id] of [
      [foreign, gatheringId],
      [own, STRANGER],
      [own, "'; drop table evidence"],
    ] as const) {
      expect(await storage.evidenceReader.gathering(viewer, id)).toBeNull()
      expect(await storage.evidenceReader.since(viewer, id, 0, 10)).toEqual([])
      expect(await storage.directory.gatheringAccess(viewer, id)).toBeNull()
      expect(await storage.directory.currentMeeting(viewer, id)).toBeNull()
      expect(await storage.peopleIds.anchors(viewer, id)).toEqual([])
    }
  })
})
