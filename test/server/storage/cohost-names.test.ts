import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Fact } from '../../../shared/attendance/evidence.ts'
import { testStorage, type TestStorage } from '../../support/database.ts'
import { run } from '../../support/global-setup.ts'
import { install, joined, STRANGER, viewerOf } from './fixtures.ts'

let test: TestStorage
beforeAll(async () => {
  test = await testStorage()
})
afterAll(() => test.close())

/** Somebody signed in comes into a meeting under a name. */
const comes = (meeting: string, zoomUserId: string, name: string): Fact => ({
  ...(joined(meeting, `${zoomUserId} as ${name}`, name) as Extract<Fact, { kind: 'participant_joined' }>),
  keys: { zoomUserId, registrantId: null, email: null, phone: null },
})

async function host(zoomUserId: string) {
  const { storage } = test
  const { installationId, memberId } = await install(storage, zoomUserId)
  return {
    viewer: viewerOf(installationId, memberId),
    async meeting(meetingUuid: string, facts: Fact[]) {
      const opened = { installationId, meetingUuid, hostZoomUserId: zoomUserId, atMs: 0 }
      const { meetingId, gatheringId } = await storage.directory.openMeeting(opened)
      await storage.evidenceLog.append({ installationId, meetingId, mention: null, facts })
      return { meetingId, gatheringId }
    },
    member: async (helper: string) => (await storage.directory.ensureMember(installationId, helper)).memberId,
  }
}

describe('a co-host’s name', () => {
  it('is the last they came with where they were seen, among whoever else was there', async () => {
    const { viewer, meeting, member } = await host('names')
    const crowd = Array.from({ length: 600 }, (_, n) => comes('m1', `pupil-${n}`, `Pupil ${n}`))
    const { gatheringId } = await meeting('m1', [
      comes('m1', 'oleg', 'Oleg'),
      comes('m1', 'oleg', 'Oleg Petrov'),
      comes('m1', 'oleg', ' '),
      comes('m1', 'rita', 'Rita'),
      ...crowd,
    ])
    const [oleg, rita, unseen] = [await member('oleg'), await member('rita'), await member('unseen')]
    const seenIn = [oleg, rita, unseen].map((memberId) => ({ memberId, gatheringId }))
    const names = await test.storage.cohosts.names(viewer, seenIn)
    expect(names).toEqual(
      new Map([
        [oleg, 'Oleg Petrov'],
        [rita, 'Rita'],
      ]),
    )
  })

  it('is looked for in every gathering that is said, and in no other', async () => {
    const { viewer, meeting, member } = await host('several')
    const here = await meeting('m2', [comes('m2', 'vera', 'Vera')])
    const there = await meeting('m3', [comes('m3', 'gleb', 'Gleb')])
    const [vera, gleb] = [await member('vera'), await member('gleb')]
    const names = (seenIn: { memberId: string; gatheringId: string }[]) =>
      test.storage.cohosts.names(viewer, seenIn)
    expect(
      await names([
        { memberId: vera, gatheringId: here.gatheringId },
        { memberId: gleb, gatheringId: there.gatheringId },
      ]),
    ).toEqual(
      new Map([
        [vera, 'Vera'],
        [gleb, 'Gleb'],
      ]),
    )
    expect(await names([{ memberId: gleb, gatheringId: here.gatheringId }])).toEqual(new Map())
    expect(await names([{ memberId: gleb, gatheringId: STRANGER }])).toEqual(new Map())
    expect(await names([])).toEqual(new Map())
  })

  it('is gone with the evidence it came with', async () => {
    const { viewer, meeting, member } = await host('redacting')
    const { meetingId, gatheringId } = await meeting('m4', [comes('m4', 'fedor', 'Fedor')])
    const seenIn = [{ memberId: await member('fedor'), gatheringId }]
    expect((await test.storage.cohosts.names(viewer, seenIn)).size).toBe(1)
    await run(
      test.connectionString,
      `update evidence set payload = null, email_hash = null, name_hashes = '{}' where meeting_id = '${meetingId}'`,
    )
    expect(await test.storage.cohosts.names(viewer, seenIn)).toEqual(new Map())
  })

  it('is looked for again only in what is newer, and found when it comes', async () => {
    const { viewer, meeting, member } = await host('polling')
    const crowd = Array.from({ length: 300 }, (_, n) => comes('m6', `pupil-${n}`, `Pupil ${n}`))
    const facts = [comes('m6', 'lev', 'Lev'), ...crowd]
    const { meetingId, gatheringId } = await meeting('m6', facts)
    const [lev, late] = [await member('lev'), await member('late')]
    const names = () =>
      test.storage.cohosts.names(
        viewer,
        [lev, late].map((memberId) => ({ memberId, gatheringId })),
      )
    expect(await names()).toEqual(new Map([[lev, 'Lev']]))
    // Whoever opened one of these again would fail.
    await run(
      test.connectionString,
      `alter table evidence disable trigger user;
      update evidence set payload = '\\x00' where meeting_id = '${meetingId}' and seq <> (
        select min(seq) from evidence where meeting_id = '${meetingId}');
      alter table evidence enable trigger user`,
    )
    expect(await names()).toEqual(new Map([[lev, 'Lev']]))
    const more = [comes('m6', 'late', 'Late'), comes('m6', 'lev', 'Lev Orlov')]
    const { installationId } = viewer
    await test.storage.evidenceLog.append({ installationId, meetingId, mention: null, facts: more })
    const both = new Map([
      [lev, 'Lev Orlov'],
      [late, 'Late'],
    ])
    expect(await names()).toEqual(both)
    expect(await names()).toEqual(both)
  })

  it('is an older one when the newest is redacted', async () => {
    const { viewer, meeting, member } = await host('partly')
    const { meetingId, gatheringId } = await meeting('m7', [
      comes('m7', 'ivan', 'Ivan'),
      comes('m7', 'ivan', 'Ivan Sidorov'),
    ])
    const seenIn = [{ memberId: await member('ivan'), gatheringId }]
    const name = async () => [...(await test.storage.cohosts.names(viewer, seenIn)).values()]
    expect(await name()).toEqual(['Ivan Sidorov'])
    await run(
      test.connectionString,
      `update evidence set payload = null, email_hash = null, name_hashes = '{}' where seq = (
        select max(seq) from evidence where meeting_id = '${meetingId}')`,
    )
    await name()
    expect(await name()).toEqual(['Ivan'])
  })

  it('is not read from another installation’s meetings', async () => {
    const other = await host('other-host')
    const { gatheringId } = await other.meeting('m5', [comes('m5', 'nina', 'Nina')])
    const { viewer, member } = await host('curious')
    const nina = await member('nina')
    expect(await test.storage.cohosts.names(viewer, [{ memberId: nina, gatheringId }])).toEqual(new Map())
  })
})
