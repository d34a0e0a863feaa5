import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TestStorage } from '../../support/database.ts'
import { testStorage } from '../../support/database.ts'
import { run } from '../../support/global-setup.ts'
import { delivery, install, mention, system, viewerOf, translateAsSaid } from './fixtures.ts'

let test: TestStorage
beforeAll(async () => {
  test = await testStorage({ clock: () => 1_000 })
})
afterAll(() => test.close())

const drain = () => test.storage.inbox.drain({ limit: 1000, maxAttempts: 3, translate: translateAsSaid })

describe('installing', () => {
  it('makes one installation a Zoom user, however often they authorise, with two at the same moment', async () => {
    const [one, two] = await Promise.all([install(test.storage, 'twice'), install(test.storage, 'twice')])
    expect(one.installationId).toBe(two.installationId)
    expect([one.created, two.created].sort()).toEqual([false, true])
    expect(await test.storage.directory.installationOfUser('twice')).toEqual({
      id: one.installationId,
      profile: 'user',
      cohostPolicy: 'without_emails',
    })
  })

  it('makes one installation a Zoom account in the account profile; its first installer is the admin', async () => {
    const first = await install(test.storage, 'admin', 'account', 'big-account')
    const second = await install(test.storage, 'colleague', 'account', 'big-account')
    expect(second).toMatchObject({ installationId: first.installationId, created: false })
    const { directory, inbox } = test.storage
    expect(await directory.ensureMember(first.installationId, 'admin')).toEqual({
      memberId: first.memberId,
      admin: true,
    })
    expect(await directory.ensureMember(first.installationId, 'colleague')).toMatchObject({ admin: false })
    expect(
      await inbox.installationFor({
        zoomAccountId: 'big-account',
        hostZoomUserId: 'anybody',
        zoomUserId: null,
      }),
    ).toBe(first.installationId)
    expect((await directory.installationOfUser('colleague'))?.id).toBe(first.installationId)
  })

  it('knows a host of an account whom only a webhook has told about', async () => {
    const { installationId } = await install(test.storage, 'boss', 'account', 'account-x')
    const meeting = mention('by-webhook', { hostZoomUserId: 'quiet-host' })
    await test.storage.inbox.put(
      delivery(installationId, 'q', { kind: 'evidence', meeting, facts: [], roleChangedFor: null }),
    )
    await drain()
    expect((await test.storage.directory.installationOfUser('quiet-host'))?.id).toBe(installationId)
    const { memberId } = await test.storage.directory.ensureMember(installationId, 'quiet-host')
    const home = await test.storage.directory.findMeetingAnywhere('by-webhook', 'quiet-host')
    const viewer = viewerOf(installationId, memberId)
    expect(await test.storage.directory.gatheringAccess(viewer, home?.gatheringId ?? '')).toMatchObject({
      hostMemberId: memberId,
    })
  })
})

describe('connecting again', () => {
  it('keeps the new tokens and has waiting reports read in one step, or neither', async () => {
    const { storage, connectionString } = test
    const holder = await install(storage, 'reconnects')
    const { installationId } = holder
    const { meetingId, gatheringId } = await storage.directory.openMeeting({
      ...{ installationId, meetingUuid: 'm-reconnects', hostZoomUserId: 'reconnects', atMs: 0 },
    })
    await run(
      connectionString,
      `update meetings set capture = 'full', ended_at_ms = 1 where id = '${meetingId}'`,
    )
    await run(
      connectionString,
      `insert into reports (installation_id, meeting_id, step, state, reason, planned_from_ms, created_at_ms)
       values ('${installationId}', '${meetingId}', 'read', 'unavailable', 'reconnect', 1, 1)`,
    )
    const again = () =>
      storage.tokenStore.install({
        ...{
          profile: 'user',
          zoomUserId: 'reconnects',
          zoomAccountId: 'account-of-reconnects',
          nowMs: 2_000,
        },
        tokens: { accessToken: 'newer', refreshToken: 'newer', expiresAtMs: 9, scopes: [] },
      })
    const kept = async () => ({
      accessToken: (await storage.tokenCupboard.find(holder))?.accessToken,
      report: (await storage.evidenceReader.gathering(system(installationId), gatheringId))?.report.state,
    })

    await run(
      connectionString,
      `create function refuse() returns trigger language plpgsql as $$ begin raise 'no'; end $$;
       create trigger refuse before update on reports for each row execute function refuse()`,
    )
    await expect(again()).rejects.toThrow('no')
    expect(await kept()).toEqual({ accessToken: 'access-secret', report: 'unavailable' })
    await run(connectionString, 'drop function refuse() cascade')
    await again()
    expect(await kept()).toEqual({ accessToken: 'newer', report: 'waiting' })
    expect(await storage.reports.take(2_000, 1)).toMatchObject({
      meetingId,
      who: { memberId: holder.memberId },
    })
  })
})

describe('leaving', () => {
  const removals = async (installationId: string) =>
    (await test.storage.audit.list(installationId)).map(({ act, detail }) => [
      act,
      detail['installationRemoved'],
    ])

  it('is told as asked for here when it was, although Zoom’s news of it comes first, and once', async () => {
    const { tokenStore } = test.storage
    const own = await install(test.storage, 'leaves-here')
    const host = await install(test.storage, 'helped-by-them')
    const { memberId } = await test.storage.directory.ensureMember(host.installationId, 'leaves-here')
    const viewer = viewerOf(host.installationId, memberId)
    await test.storage.sessions.open({ viewer, tagHash: 'h', expiresAtMs: 9e9, takesOver: false })
    await tokenStore.noteLeaving(own, true)
    await test.storage.deauthorize(own.installationId, 'leaves-here')
    await tokenStore.remove(own)
    expect(await removals(own.installationId)).toEqual([['disconnected', true]])
    expect(await removals(host.installationId)).toEqual([['disconnected', false]])
  })

  it('of an account’s host is told once, whoever tells it again', async () => {
    const { installationId } = await install(test.storage, 'their-admin', 'account', 'account-y')
    const colleague = await install(test.storage, 'their-colleague', 'account', 'account-y')
    await test.storage.tokenStore.noteLeaving(colleague, true)
    await test.storage.tokenStore.remove(colleague)
    expect(await test.storage.deauthorize(installationId, 'their-colleague')).toBe('member_removed')
    expect(await removals(installationId)).toEqual([['disconnected', false]])
  })

  it('is told as Zoom’s when they asked here and thought better of it, or connected again since', async () => {
    const { tokenStore } = test.storage
    const stayed = await install(test.storage, 'stays')
    await tokenStore.noteLeaving(stayed, true)
    await tokenStore.noteLeaving(stayed, false)
    await test.storage.deauthorize(stayed.installationId, 'stays')
    expect(await removals(stayed.installationId)).toEqual([['deauthorized', true]])

    const returned = await install(test.storage, 'returns')
    await tokenStore.noteLeaving(returned, true)
    await install(test.storage, 'returns')
    await test.storage.deauthorize(returned.installationId, 'returns')
    expect(await removals(returned.installationId)).toEqual([['deauthorized', true]])
  })
})
