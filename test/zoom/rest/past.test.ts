import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { checkAnswer } from '../contract/check.ts'
import { createScenario } from '../scenario.ts'
import { host, minutesOf, startPastLesson } from './past-lesson.ts'
import type { PastLesson } from './past-lesson.ts'

let past: PastLesson
beforeAll(async () => {
  past = await startPastLesson()
})
afterAll(() => past.zoom.close())
beforeEach(() => past.reset())

describe('the list of participants of a past meeting', () => {
  it('has one row a stretch of one device in one place, with the published fields only', async () => {
    const { list } = past
    const { status, body } = await list('?page_size=300')
    expect(status).toBe(200)
    expect(checkAnswer('GET /past_meetings/{meetingId}/participants', body)).toEqual([])
    const told = body.participants.map((row) => [row.name, ...minutesOf(row), row.status])
    expect(told).toEqual([
      ['Host', 0, 60, 'in_meeting'],
      ['Anna', 0, 10, 'in_meeting'],
      ['Outsider', 0, 30, 'in_meeting'],
      ['Registered', 0, 31, 'in_meeting'],
      ['Guest', 0, 5, 'in_waiting_room'],
      ['Renamed guest', 5, 60, 'in_meeting'],
      ['Anna', 10, 20, 'in_meeting'],
      ['Anna', 20, 60, 'in_meeting'],
      ['Outsider', 31, 60, 'in_meeting'],
      ['Registered', 31, 60, 'in_meeting'],
    ])
    expect(new Set(body.participants.map((row) => row.user_id)).size).toBe(10)
    expect(body.participants.every((row) => row.duration % 60 === 0 && row.duration > 0)).toBe(true)
    expect(body).toMatchObject({ total_records: 10, page_count: 1, next_page_token: '' })
  })

  it('has the connection ids that the webhooks told, but a new one after a breakout room', async () => {
    const { lesson, list } = past
    const { body } = await list()
    const live = new Set(lesson.history.flatMap((event) => ('who' in event ? [event.who.userId] : [])))
    const unknown = body.participants.filter((row) => !live.has(row.user_id))
    expect(unknown.map((row) => [row.name, ...minutesOf(row)])).toEqual([['Anna', 20, 60]])
  })

  it('hides ids and addresses of people from other accounts, unless they registered', async () => {
    const { list } = past
    const { body } = await list('?include_fields=registrant_id')
    const about = Object.fromEntries(
      body.participants.map((row) => [
        row.name,
        [row.id, row.user_email, row.internal_user, row.registrant_id],
      ]),
    )
    expect(about).toEqual({
      Host: ['HOST', 'host@example.org', true, undefined],
      Anna: ['ANNA', 'anna@example.org', true, undefined],
      Outsider: ['', '', false, undefined],
      Registered: ['', 'reg@else.example', false, 'registrant-1'],
      Guest: ['', '', false, undefined],
      'Renamed guest': ['', '', false, undefined],
    })
    expect((await list()).body.participants.some((row) => 'registrant_id' in row)).toBe(false)
  })

  it('comes in pages whose tokens live fifteen minutes and belong to one query', async () => {
    const { clock, list } = past
    const first = await list('?page_size=4')
    expect(first.body).toMatchObject({ total_records: 10, page_count: 3 })
    const next = encodeURIComponent(first.body.next_page_token)
    const second = await list(`?page_size=4&next_page_token=${next}`)
    expect(second.body.participants).toHaveLength(4)
    const wrong = await list(`?page_size=5&next_page_token=${next}`)
    expect(wrong).toMatchObject({ status: 400, body: { code: 300 } })
    clock.advanceBy(15 * 60_000)
    expect(await list(`?page_size=4&next_page_token=${next}`)).toMatchObject({
      status: 400,
      body: { code: 300, message: 'The next page token is invalid or expired.' },
    })
    expect((await list('?page_size=301')).status).toBe(400)
  })

  it('is found by a UUID that is encoded by rule, and by a number as the latest ended one', async () => {
    const { clock, world, lesson, list } = past
    const { uuid, number } = lesson.meeting
    expect(uuid.startsWith('/') && uuid.includes('//')).toBe(true)
    expect(await list('', encodeURIComponent(uuid))).toMatchObject({ status: 404, body: { code: 3001 } })
    expect(await list('', uuid)).toMatchObject({ status: 404, body: { code: 3001 } })
    expect((await list('', number)).body.total_records).toBe(10)

    const inner = world.add(
      createScenario({
        clock,
        seed: 9,
        meeting: { topic: 'Inner', uuid: 'ab/cdEFGHIJKLMNOPQRSTw==', number },
        host,
      }),
    )
    inner.join('host')
    expect((await list('', number)).body.total_records).toBe(10)
    expect((await list('', encodeURIComponent(inner.meeting.uuid))).status).toBe(404)
    clock.advanceBy(60_000)
    inner.end()
    expect((await list('', encodeURIComponent(inner.meeting.uuid))).status).toBe(200)
    expect(await list('', inner.meeting.uuid)).toMatchObject({
      status: 404,
      body: { code: 3001, message: 'Meeting does not exist: ab.' },
    })
    // Somebody reopened the room for a minute: the number now means that minute.
    expect((await list('', number)).body.total_records).toBeLessThan(10)
    world.scenarios.splice(world.scenarios.indexOf(inner), 1)
  })

  it('says nothing of a meeting of somebody else, of a webinar, or one that goes on', async () => {
    const { lesson, byRule, lessonPath, accessToken, get } = past
    const anna = await accessToken('ANNA')
    const path = lessonPath
    expect(await get(`${path}/participants`, anna)).toMatchObject({ status: 400, body: { code: 300 } })
    expect(await get(path, anna)).toMatchObject({ status: 400, body: { code: 300 } })
    const asWebinar = await get(`/past_webinars/${byRule(lesson.meeting.uuid)}/participants`)
    expect(asWebinar).toMatchObject({ status: 404, body: { code: 3001 } })
  })

  it('has the same for webinars', async () => {
    const { clock, world, byRule, get } = past
    const meeting = { topic: 'Webinar', kind: 'webinar' as const }
    const webinar = world.add(
      createScenario({ clock, seed: 5, meeting, host, people: [{ key: 'a', name: 'A' }] }),
    )
    webinar.join('host')
    webinar.join('a')
    clock.advanceBy(60_000)
    webinar.end()
    const answer = await get(`/past_webinars/${byRule(webinar.meeting.uuid)}/participants`)
    expect(checkAnswer('GET /past_webinars/{webinarId}/participants', answer.body)).toEqual([])
    expect(answer.body.total_records).toBe(2)
  })

  it('has a summary beside it', async () => {
    const { lessonPath, get } = past
    const { body } = await get(lessonPath)
    expect(checkAnswer('GET /past_meetings/{meetingId}', body)).toEqual([])
    expect(body).toMatchObject({ duration: 60, participants_count: 10, host_id: 'HOST', topic: 'Lesson' })
  })
})
