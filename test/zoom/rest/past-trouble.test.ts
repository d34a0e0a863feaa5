import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { checkAnswer } from '../contract/check.ts'
import { createScenario } from '../scenario.ts'
import { host, ROOM, startPastLesson } from './past-lesson.ts'
import type { PastLesson } from './past-lesson.ts'
import { PRO_LIMITS } from './rate-limit.ts'
import { faithful } from './report-switches.ts'

let past: PastLesson
beforeAll(async () => {
  past = await startPastLesson()
})
afterAll(() => past.zoom.close())
beforeEach(() => past.reset())

describe('what is wrong with a list, on demand', () => {
  it('comes late, then empty, then grows', async () => {
    const { clock, lesson, lessonPath, get, list, switched } = past
    const since = clock.now() - (lesson.meeting.endedAtMs ?? 0)
    switched({ readyAfterMs: since + 60_000, emptyFirst: 1, rows: 3 })
    expect(await list()).toMatchObject({ status: 404, body: { code: 3001 } })
    expect((await get(lessonPath)).status).toBe(404)
    clock.advanceBy(60_000)
    expect((await list()).body).toMatchObject({ total_records: 0, participants: [] })
    expect((await list()).body).toMatchObject({ total_records: 3, participants: { length: 3 } })
    switched({ changes: [{ afterMs: since + 120_000, rows: null, pageCap: 4 }] })
    expect((await list()).body.total_records).toBe(3)
    clock.advanceBy(60_000)
    expect((await list()).body).toMatchObject({ total_records: 10, participants: { length: 4 } })
  })

  it('declares more than it gives, and gives tokens that expire at once', async () => {
    const { list, switched } = past
    switched({ short: 4 })
    expect((await list()).body).toMatchObject({
      total_records: 10,
      participants: { length: 4 },
      next_page_token: '',
    })
    switched({ short: null, declared: 12 })
    expect((await list()).body).toMatchObject({ total_records: 12, participants: { length: 10 } })
    switched({ declared: null, expiringTokens: 1 })
    const page = async (token: string) => list(`?page_size=5&next_page_token=${encodeURIComponent(token)}`)
    const first = await page('')
    expect((await page(first.body.next_page_token)).status).toBe(400)
    const again = await page('')
    expect((await page(again.body.next_page_token)).body.participants).toHaveLength(5)
  })

  it('counts no seconds yet, knows strangers, forgets people, and is ten times as long', async () => {
    const { list, switched } = past
    switched({ zeroDurations: true })
    expect((await list()).body.participants.every((row) => row.duration === 0)).toBe(true)
    switched({ zeroDurations: false, strangers: 2, missing: ['guest', 'anna'] })
    const names = (await list()).body.participants.map((row) => row.name)
    expect(names).not.toContain('Anna')
    expect(names).toHaveLength(10 - 5 + 2)
    switched({ strangers: 0, missing: [], times: 10 })
    const { body } = await list('?page_size=300')
    expect(body.total_records).toBe(100)
    expect(new Set(body.participants.map((row) => row.user_id)).size).toBe(100)
    expect(checkAnswer('GET /past_meetings/{meetingId}/participants', body)).toEqual([])
  })

  it('spoils rows', async () => {
    const { clock, world, list, switched } = past
    switched({ endsBeforeStart: 1, nameless: 2, duplicated: 3, unknownFields: true, breakoutRooms: true })
    const rows = (await list()).body.participants
    expect(rows).toHaveLength(13)
    expect(rows.filter((row) => row.leave_time < row.join_time)).toHaveLength(2)
    expect(rows.slice(0, 3).map((row) => row.name)).toEqual(['', '', 'Outsider'])
    expect(rows.every((row) => 'seat' in row)).toBe(true)
    expect(rows.filter((row) => row.bo_mtg_id === ROOM)).toHaveLength(2)
    const other = world.add(
      createScenario({ clock, seed: 77, meeting: { topic: 'Other' }, host: { ...host, key: 'h' } }),
    )
    other.join('h')
    switched({ ...faithful(), rowsOf: other.meeting.uuid })
    expect((await list()).body.participants.map((row) => row.name)).toEqual(['Host'])
  })

  it('answers with any status and code, once or always, and in the language of the user', async () => {
    const { zoom, list, switched } = past
    switched({ next: [503, { status: 400, code: 12702 }, 429], always: { status: 400, code: 200 } })
    expect((await list()).status).toBe(503)
    expect(await list()).toMatchObject({ status: 400, body: { code: 12702 } })
    expect((await list()).status).toBe(429)
    for (let time = 0; time < 2; time += 1)
      expect(await list()).toMatchObject({ status: 400, body: { code: 200 } })
    switched(faithful())
    zoom.switches.language = 'es'
    expect((await list('?next_page_token=old')).body).toMatchObject({
      code: 300,
      message: 'El token de la página siguiente no es válido o ha caducado.',
    })
  })
})

describe('limits and scopes', () => {
  it('lets twenty lists and thirty summaries through in a second, and says when to come again', async () => {
    const { zoom, clock, lessonPath, get, list } = past
    zoom.switches.limits = PRO_LIMITS
    clock.advanceBy(1_000)
    const statuses = await Promise.all(Array.from({ length: 25 }, async () => (await list()).status))
    expect(statuses.filter((status) => status === 200)).toHaveLength(20)
    const refused = await list()
    const againMs = Date.parse(refused.headers.get('retry-after') ?? '')
    expect(refused.headers.get('retry-after')).toMatch(/^\d{4}-\d\d-\d\dT/)
    const path = lessonPath
    const summaries = await Promise.all(Array.from({ length: 35 }, async () => (await get(path)).status))
    expect(summaries.filter((status) => status === 429)).toHaveLength(5)
    clock.advanceTo(againMs)
    expect((await list()).status).toBe(200)
    zoom.switches.next = [429]
    zoom.switches.retryAfter = 'seconds'
    expect((await list()).headers.get('retry-after')).toBe('1')
  })

  it('refuses an authorisation that lacks the scope, also one from before the app got it', async () => {
    const { world, lessonPath, accessToken, get } = past
    world.app.scopes = ['user:read:user']
    const old = await accessToken('HOST')
    delete world.app.scopes
    const path = `${lessonPath}/participants`
    const refused = await get(path, old)
    expect(refused).toMatchObject({ status: 400, body: { code: 4711 } })
    expect(refused.body.message).toContain('meeting:read:list_past_participants')
    expect((await get(path, await accessToken('HOST'))).status).toBe(200)
  })
})
