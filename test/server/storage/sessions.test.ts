import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { MemberViewer } from '../../../server/access/viewer.ts'
import type { TestStorage } from '../../support/database.ts'
import { testStorage } from '../../support/database.ts'
import { delivery, install, mention, STRANGER, translateAsSaid, viewerOf } from './fixtures.ts'

let nowMs = 1_000
let test: TestStorage
beforeAll(async () => {
  test = await testStorage({ clock: () => nowMs })
})
afterAll(() => test.close())
beforeEach(() => {
  nowMs = 1_000
})

describe('sessions', () => {
  const open = async (
    user: string,
    tagHash: string,
    role: MemberViewer['role'] = 'host',
    takesOver = false,
  ) => {
    const { installationId, memberId } = await install(test.storage, user)
    const { gatheringId } = await test.storage.directory.openMeeting({
      installationId,
      meetingUuid: `m-${user}`,
      hostZoomUserId: user,
      atMs: 0,
    })
    const viewer = { ...viewerOf(installationId, memberId), role, gatheringId, contextAtMs: 7 }
    const { sessionId } = await test.storage.sessions.open({ viewer, tagHash, expiresAtMs: 5_000, takesOver })
    const find = () => test.storage.sessions.find(installationId, sessionId)
    return { installationId, memberId, gatheringId, sessionId, find, viewer }
  }

  it('count the exchanges of one context', async () => {
    const exchange = () =>
      test.storage.sessions.registerExchange({ tagHash: 't', nowMs: 0, expiresAtMs: 9e9 })
    expect([
      await exchange(),
      await exchange(),
      await exchange(),
      await exchange(),
      await exchange(),
    ]).toEqual(['first', 'replayed', 'again', 'refused', 'refused'])
  })

  it('are found with what they were opened with, until they expire', async () => {
    const { find, viewer, sessionId } = await open('s-plain', 'tag-plain')
    expect(await find()).toEqual({ ...viewer, sessionId, expiresAtMs: 5_000, endedBecause: null })
    nowMs = 5_000
    expect(await find()).toMatchObject({ endedBecause: 'session_expired' })
    expect(await test.storage.sessions.find(viewer.installationId, 'no-id')).toBeNull()
    expect(await test.storage.sessions.find(STRANGER, sessionId)).toBeNull()
  })

  it('end visibly when another takes over the same context', async () => {
    const first = await open('s-over', 'tag-over')
    const second = await open('s-over', 'tag-over', 'host', true)
    expect(await first.find()).toMatchObject({ endedBecause: 'session_taken_over' })
    expect(await second.find()).toMatchObject({ endedBecause: null })
  })

  it('end when the role changed, by a new context or by a webhook', async () => {
    const { sessions } = test.storage
    const cohost = await open('s-role', 'tag-1', 'cohost')
    const host = await open('s-role', 'tag-2', 'host')
    const { installationId, memberId, gatheringId } = host
    expect(await sessions.revokeOtherRoles({ installationId, memberId, gatheringId, role: 'host' })).toBe(1)
    expect(await cohost.find()).toMatchObject({ endedBecause: 'session_revoked' })
    expect(await host.find()).toMatchObject({ endedBecause: null })
    const tell = async (roleChangedFor: string) => {
      const meeting = mention('m-s-role')
      await test.storage.inbox.put(
        delivery(installationId, `role of ${roleChangedFor}`, {
          kind: 'evidence',
          meeting,
          facts: [],
          roleChangedFor,
        }),
      )
      await test.storage.inbox.drain({ limit: 10, maxAttempts: 1, translate: translateAsSaid })
    }
    await tell('somebody-else')
    expect(await host.find()).toMatchObject({ endedBecause: null })
    await tell('s-role')
    expect(await host.find()).toMatchObject({ endedBecause: 'session_revoked' })
    expect(await test.storage.audit.list(installationId)).toMatchObject([
      { act: 'sessions_revoked', actorMemberId: memberId, gatheringId, detail: { sessionsRevoked: 1 } },
    ])
  })
})
