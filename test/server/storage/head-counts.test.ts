import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Fact } from '../../../shared/attendance/evidence.ts'
import type { MeetingMention } from '../../../server/ingest/ports.ts'
import { testStorage, type TestStorage } from '../../support/database.ts'
import { install, joined, mention, viewerOf } from './fixtures.ts'

const MINUTE = 60_000
const LEASE = 2 * MINUTE
const LONG_AFTER = 24 * 60 * MINUTE

let test: TestStorage
let nowMs = 0
beforeAll(async () => {
  test = await testStorage({ clock: () => nowMs })
})
afterAll(() => test.close())
beforeEach(() => {
  nowMs += LONG_AFTER
})

async function meeting(host: string, { panelOnly = false } = {}) {
  const { storage } = test
  const { installationId, memberId } = await install(storage, host)
  const meetingUuid = `meeting of ${host}`
  const who = { installationId, meetingUuid, hostZoomUserId: panelOnly ? null : host, atMs: nowMs }
  const { meetingId, gatheringId } = await storage.directory.openMeeting(who)
  const tell = (facts: Fact[], more: Partial<MeetingMention> | null = null) =>
    storage.evidenceLog.append({
      ...{ installationId, meetingId, facts },
      mention: more === null ? null : mention(meetingUuid, more),
    })
  const end: Fact = { kind: 'meeting_ended', witness: 'panel', key: 'end', meeting: meetingUuid, atMs: nowMs }
  const viewer = viewerOf(installationId, memberId)
  const came = async () => (await storage.history.one(viewer, gatheringId))?.came
  return { gatheringId, tell, end, came, join: (key: string) => joined(meetingUuid, key, key) }
}

const take = () => test.storage.headCounts.take(nowMs, LEASE)

describe('the count of who came', () => {
  it('is due some seconds after the last word of a gathering that is over, and not before it is', async () => {
    const { tell, join, gatheringId } = await meeting('ended')
    await tell([join('anna')], { startedAtMs: nowMs })
    nowMs += 60 * MINUTE
    expect(await take()).toBeNull()
    await tell([], { endedAtMs: nowMs })
    expect(await take()).toBeNull()
    nowMs += 4_000
    await tell([join('boris')])
    nowMs += 4_000
    expect(await take()).toBeNull()
    nowMs += 2_000
    const due = await take()
    expect(due).toMatchObject({ gatheringId })
    expect(due && (await test.storage.headCounts.note(due, 2))).toBe(true)
    nowMs += LONG_AFTER
    expect(await take()).toBeNull()
  })

  it('is one process’s at a time, and another’s when that one never came back', async () => {
    const { tell, came } = await meeting('shared')
    await tell([], { startedAtMs: nowMs, endedAtMs: nowMs })
    nowMs += MINUTE
    const taken = await Promise.all([take(), take(), take()])
    const first = taken.find((due) => due !== null) ?? null
    expect(taken.filter((due) => due !== null)).toHaveLength(1)
    nowMs += LEASE
    const second = await take()
    const { note } = test.storage.headCounts
    expect(first && (await note(first, 1))).toBe(false)
    expect(await came()).toBeNull()
    expect(second && (await note(second, 2))).toBe(true)
    expect(await came()).toBe(2)
  })

  it('that was overtaken by late evidence is not believed, and taken again', async () => {
    const { tell, join, came } = await meeting('overtaken')
    await tell([join('anna')], { startedAtMs: nowMs, endedAtMs: nowMs })
    nowMs += MINUTE
    const stale = await take()
    await tell([join('boris')])
    const { note } = test.storage.headCounts
    expect(stale && (await note(stale, 1))).toBe(false)
    expect(await came()).toBeNull()
    nowMs += MINUTE
    const fresh = await take()
    expect(fresh && (await note(fresh, 2))).toBe(true)
    expect(await came()).toBe(2)
  })

  it('is due where only panels recorded when one told the end, whatever they say after it', async () => {
    const { tell, join, end, gatheringId } = await meeting('panel', { panelOnly: true })
    await tell([join('anna')])
    nowMs += MINUTE
    expect(await take()).toBeNull()
    await tell([end])
    nowMs += 1_000
    await tell([join('boris')])
    nowMs += 6_000
    const due = await take()
    expect(due).toMatchObject({ gatheringId })
    if (due) await test.storage.headCounts.note(due, 2)
  })

  it('is due where only panels recorded and none told the end after half an hour without a word', async () => {
    const { tell, join, gatheringId } = await meeting('quiet', { panelOnly: true })
    await tell([join('anna')])
    nowMs += 29 * MINUTE
    await tell([join('boris')])
    nowMs += 29 * MINUTE
    expect(await take()).toBeNull()
    nowMs += MINUTE
    expect(await take()).toMatchObject({ gatheringId })
  })
})
