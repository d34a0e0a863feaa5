import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { GatheringDetail, GatheringList, RosterSnapshot, Settings } from '../../../shared/wire/index.ts'
import { readEvents } from '../../support/event-stream.ts'
import { buildExport } from '../../support/rows.ts'
import { codeOf, openLesson, type Lesson } from './afterwards-lesson.ts'

let the: Lesson
beforeAll(async () => {
  the = await openLesson()
  await the.sessionOf(the.oleg, the.lesson)
  the.lesson.end()
  await the.server.told()
  the.server.clock.advanceBy(24 * 3_600_000)
})
afterAll(() => the.server.stop())
// What is due is done now, not in the middle of a test by the server's own look at the clock.
beforeEach(() => the.server.runDue())

describe('what co-hosts get the day after', () => {
  it('gives nothing when the policy says nothing, but lets them ask, once, and be granted', async () => {
    const { server, lesson, gathering, about, elena, oleg, inMainClient, get, post, acts } = the
    const host = await inMainClient(elena)
    const policy = { cohostPolicy: 'nothing' }
    expect((await post(host, '/api/settings/cohost-policy', policy)).status).toBe(204)
    expect(await acts('cohost_policy_changed')).toMatchObject([
      { detail: { before: 'without_emails', after: 'nothing' } },
    ])

    const cohost = await inMainClient(oleg)
    const { report } = await get<GatheringDetail>(host, about())
    expect(report.nextTryAt).not.toBeNull()
    const unknown = {
      standing: 'none',
      opensAtEnd: false,
      topic: null,
      number: null,
      came: null,
      kind: 'meeting',
      startedAt: expect.any(String) as unknown,
      endedAt: expect.any(String) as unknown,
      report: {
        state: report.state,
        nextTryAt: null,
        reason: null,
        zoomCode: null,
        gaps: [],
        fetchedAt: null,
      },
    }
    expect(await get<GatheringDetail>(cohost, about())).toMatchObject({ ...unknown, mayExport: false })
    expect((await get<GatheringList>(cohost, '/api/gatherings')).items).toMatchObject([unknown])
    expect(await codeOf(await server.call(cohost, 'GET', about('/roster')))).toBe('cohost_policy')
    for (const search of ['lesson', lesson.meeting.number, lesson.meeting.number.slice(0, 3)]) {
      const found = async (token: string) =>
        (await get<GatheringList>(token, `/api/gatherings?search=${search}`)).items.length
      expect([await found(host), await found(cohost)], search).toEqual([1, 0])
    }

    expect((await post(cohost, about('/access-requests'))).status).toBe(204)
    expect((await post(cohost, about('/access-requests'))).status).toBe(204)
    expect(await acts('access_requested')).toHaveLength(1)
    const { requests, cohosts } = await get<Settings>(host, '/api/settings')
    expect(requests).toMatchObject([
      { gatheringId: gathering, topic: 'Lesson 4', name: 'oleg', state: 'pending' },
    ])
    expect(cohosts).toMatchObject([{ name: 'oleg', gatherings: 1, always: null }])

    const decide = (decision: object) => post(host, `/api/settings/requests/${requests[0]?.id}`, decision)
    expect((await decide({ decision: 'once', emails: true })).status).toBe(204)
    expect((await decide({ decision: 'once', emails: true })).status).toBe(204)
    expect((await decide({ decision: 'refuse', emails: false })).status).toBe(409)
    const { people } = await get<RosterSnapshot>(cohost, about('/roster'))
    expect(people.some(({ email }) => email === 'rita@school.example')).toBe(true)
    expect(await get<GatheringDetail>(cohost, about())).toMatchObject({
      standing: 'cohost',
      request: 'granted_once',
    })
  })

  it('takes a link back that a co-host made before the host decided otherwise', async () => {
    const { about, elena, oleg, inMainClient, get, post } = the
    const host = await inMainClient(elena)
    const cohost = await inMainClient(oleg)
    const made = (await (await post(cohost, about('/exports'), buildExport())).json()) as { url: string }
    const opened = async () => (await fetch(made.url)).status
    expect(await opened()).toBe(200)
    const { cohosts } = await get<Settings>(host, '/api/settings')
    const member = cohosts.find(({ name }) => name === 'oleg')?.memberId ?? ''
    const { requests } = await get<Settings>(host, '/api/settings')
    expect(requests).toMatchObject([{ state: 'granted_once' }])
    await post(host, `/api/settings/cohosts/${member}`, { always: 'nothing' })
    expect(await opened()).toBe(410)
    await post(host, `/api/settings/cohosts/${member}`, { always: null })
  })

  it('takes everything back from one co-host at once, also what was granted for a gathering', async () => {
    const { server, about, elena, oleg, inMainClient, get, post, acts } = the
    const host = await inMainClient(elena)
    const cohost = await inMainClient(oleg)
    const { cohosts } = await get<Settings>(host, '/api/settings')
    const member = cohosts.find(({ name }) => name === 'oleg')?.memberId ?? ''
    const decide = (always: string | null) => post(host, `/api/settings/cohosts/${member}`, { always })
    expect((await decide('nothing')).status).toBe(204)
    expect(await codeOf(await server.call(cohost, 'GET', about('/roster')))).toBe('cohost_policy')
    expect((await decide('everything')).status).toBe(204)
    expect((await server.call(cohost, 'GET', about('/roster'))).status).toBe(200)
    expect((await decide(null)).status).toBe(204)
    expect((await server.call(cohost, 'GET', about('/roster'))).status).toBe(403)
    expect((await acts('cohost_decided')).map(({ detail }) => detail)).toMatchObject([
      { before: null, after: 'nothing' },
      { before: 'nothing', after: null },
      { before: null, after: 'nothing' },
      { before: 'nothing', after: 'everything' },
      { before: 'everything', after: null },
    ])
  })

  it('tells an open stream when addresses come, and ends it when everything is taken back', async () => {
    const { server, about, elena, oleg, inMainClient, get, post } = the
    const host = await inMainClient(elena)
    const { cohosts } = await get<Settings>(host, '/api/settings')
    const member = cohosts.find(({ name }) => name === 'oleg')?.memberId ?? ''
    const decide = (always: string | null) => post(host, `/api/settings/cohosts/${member}`, { always })
    await decide('without_emails')
    const events = readEvents(await server.call(await inMainClient(oleg), 'GET', about('/live')))
    const next = async () => (await events.next()) as { event: string; data: unknown }
    expect(JSON.stringify((await next()).data)).not.toContain('@school.example')
    await decide('everything')
    expect(JSON.stringify((await next()).data)).toContain('rita@school.example')
    await decide('nothing')
    expect(await next()).toMatchObject({ event: 'ended', data: { code: 'session_revoked' } })
    await decide(null)
  })

  it('lets a refused co-host ask again after a day, not before', async () => {
    const { server, about, elena, oleg, inMainClient, get, post } = the
    const host = await inMainClient(elena)
    await post(await inMainClient(oleg), about('/access-requests'))
    const { requests } = await get<Settings>(host, '/api/settings')
    await post(host, `/api/settings/requests/${requests[0]?.id}`, { decision: 'refuse', emails: false })
    const stateFor = async () => (await get<GatheringDetail>(await inMainClient(oleg), about())).request
    await post(await inMainClient(oleg), about('/access-requests'))
    expect(await stateFor()).toBe('refused')
    server.clock.advanceBy(24 * 3_600_000)
    await post(await inMainClient(oleg), about('/access-requests'))
    expect(await stateFor()).toBe('pending')
  })

  it('keeps decisions for the owner, and for an owner with a fresh context', async () => {
    const { server, elena, oleg, inMainClient, get, post } = the
    const cohost = await inMainClient(oleg)
    expect((await get<Settings>(cohost, '/api/settings')).requests).toEqual([])
    const stale = await inMainClient(elena)
    server.clock.advanceBy(121_000)
    const change = await post(stale, '/api/settings/cohost-policy', { cohostPolicy: 'everything' })
    expect(await codeOf(change)).toBe('context_stale')
  })
})
