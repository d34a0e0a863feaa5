import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import type { MemberViewer } from '../../../server/access/viewer.ts'
import type { LinkRecord } from '../../../server/exports/ports.ts'
import type { TestStorage } from '../../support/database.ts'
import { openTestStorage, testStorage } from '../../support/database.ts'
import { delivery, install, joinDelivery, joined, mention, system, translateAsSaid } from './fixtures.ts'

let nowMs = 1_000
let test: TestStorage
beforeAll(async () => {
  test = await testStorage({ clock: () => nowMs })
})
afterAll(() => test.close())
beforeEach(() => {
  nowMs = 1_000
})

const drain = () => test.storage.inbox.drain({ limit: 1000, maxAttempts: 3, translate: translateAsSaid })
const STRANGER = '00000000-0000-4000-8000-000000000000'

function viewerOf(installationId: string, memberId: string): MemberViewer {
  return {
    kind: 'member',
    installationId,
    memberId,
    sessionId: STRANGER,
    role: 'member',
    gatheringId: null,
    contextAtMs: 0,
    admin: false,
  }
}

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
    expect(await inbox.installationFor({ accountId: 'big-account', hostId: 'anybody', userId: null })).toBe(
      first.installationId,
    )
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
    expect(await storage.directory.currentMeeting(viewer, opened.gatheringId)).toEqual({
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

describe('links and flows', () => {
  const record = (installationId: string): LinkRecord => ({
    installationId,
    memberId: STRANGER,
    gatheringId: STRANGER,
    mayReadEmails: false,
    expiresAtMs: 2_000,
    request: {
      format: 'csv',
      separator: ';',
      bom: true,
      decimal: ',',
      language: 'ru',
      zone: 'Europe/Moscow',
      filter: { search: '', show: 'all' },
      sort: 'name',
    },
  })

  it('a link may be looked at, starts one ticket, and then is used up', async () => {
    const { exportLinks } = test.storage
    const { installationId } = await install(test.storage, 'exporter')
    const link = record(installationId)
    await exportLinks.create({ idHash: 'link', record: link })
    expect(await exportLinks.peek('link', 1_000)).toEqual(link)
    expect(await exportLinks.peek('link', 2_000)).toBeNull()
    const ticket = (ticketHash: string) =>
      exportLinks.startTicket({ idHash: 'link', ticketHash, nowMs: 1_500, ticketExpiresAtMs: 3_000 })
    const outcomes = await Promise.all([ticket('t1'), ticket('t2')])
    expect(outcomes.filter((one) => one !== null)).toEqual([link])
    expect(await exportLinks.peek('link', 1_600)).toBeNull()
    const winner = outcomes[0] === null ? 't2' : 't1'
    expect(await exportLinks.findTicket(winner, 2_999)).toEqual(link)
    expect(await exportLinks.findTicket(winner, 3_000)).toBeNull()
    expect(await exportLinks.findTicket('t3', 1_600)).toBeNull()
  })

  it('a flow is finished once and only in time', async () => {
    const { oauthFlows } = test.storage
    await oauthFlows.begin({ stateHash: 'in-time', verifier: 'v', expiresAtMs: 10 })
    expect(await oauthFlows.finish({ stateHash: 'in-time', nowMs: 9 })).toEqual({ verifier: 'v' })
    expect(await oauthFlows.finish({ stateHash: 'in-time', nowMs: 9 })).toBeNull()
    await oauthFlows.begin({ stateHash: 'late', verifier: 'v', expiresAtMs: 10 })
    expect(await oauthFlows.finish({ stateHash: 'late', nowMs: 10 })).toBeNull()
  })
})
