import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createClock } from '../clock.ts'
import { checkAnswer } from '../contract/check.ts'
import { startZoomRest } from '../rest.ts'
import { createScenario } from '../scenario.ts'
import type { Scenario } from '../scenario.ts'
import { createZoomWorld } from '../world.ts'
import { PRO_LIMITS } from './rate-limit.ts'
import type { ParticipantRow } from './report-rows.ts'
import { faithful } from './report-switches.ts'
import type { ReportSwitches } from './report-switches.ts'

const start = Date.UTC(2026, 10, 23, 14, 0)
const minute = (minutes: number): number => start + minutes * 60_000
const ROOM = 'Wm9vbVJvb21PbmVPbmVPbg=='
const host = { key: 'host', name: 'Host', zoomUserId: 'HOST', email: 'host@example.org' }

let zoom: Awaited<ReturnType<typeof startZoomRest>>
let clock: ReturnType<typeof createClock>
let world: ReturnType<typeof createZoomWorld>
let lesson: Scenario
let token: string

function stage(): Scenario {
  const scenario = createScenario({
    clock,
    seed: 1,
    meeting: { topic: 'Lesson', accountId: 'ACCOUNT' },
    host,
    people: [
      { key: 'anna', name: 'Anna', zoomUserId: 'ANNA', email: 'anna@example.org' },
      { key: 'guest', name: 'Guest' },
      {
        key: 'outsider',
        name: 'Outsider',
        zoomUserId: 'OUT',
        email: 'out@else.example',
        outsideAccount: true,
      },
      {
        key: 'registered',
        name: 'Registered',
        zoomUserId: 'REG',
        email: 'reg@else.example',
        outsideAccount: true,
        registrantId: 'registrant-1',
      },
    ],
    slashesInUuid: true,
  })
  scenario.join('host')
  for (const key of ['anna', 'outsider', 'registered']) scenario.join(key)
  scenario.wait('guest')
  clock.advanceTo(minute(5))
  scenario.admit('guest')
  clock.advanceTo(minute(10))
  scenario.moveToRoom('anna', ROOM)
  clock.advanceTo(minute(20))
  scenario.moveToRoom('anna', null)
  clock.advanceTo(minute(25))
  scenario.rename('guest', 'Renamed guest')
  clock.advanceTo(minute(30))
  scenario.drop('outsider')
  clock.advanceTo(minute(31))
  scenario.join('outsider')
  scenario.moveToRoom('registered', ROOM)
  clock.advanceTo(minute(60))
  scenario.end()
  return scenario
}

beforeAll(async () => {
  clock = createClock(start)
  world = createZoomWorld({
    app: {
      clientId: 'c',
      clientSecret: 's',
      webhookSecret: 'w',
      redirectUri: 'http://x/',
      declaredApis: null,
    },
    clock,
  })
  lesson = world.add(stage())
  zoom = await startZoomRest(world)
})
afterAll(() => zoom.close())
beforeEach(async () => {
  Object.assign(zoom.reports(lesson.meeting.uuid), faithful())
  Object.assign(zoom.switches, { next: [], language: 'en', limits: null, retryAfter: 'iso' })
  clock.advanceTo(Math.max(clock.now(), minute(61)))
  token = await accessToken('HOST')
})

async function accessToken(zoomUserId: string): Promise<string> {
  const form = {
    grant_type: 'authorization_code',
    code: zoom.oauth.issueCode(zoomUserId, world.app.redirectUri),
    redirect_uri: world.app.redirectUri,
  }
  const answer = await fetch(`${zoom.url}/oauth/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa('c:s')}` },
    body: new URLSearchParams(form),
  })
  return ((await answer.json()) as { access_token: string }).access_token
}

interface Page {
  participants: ParticipantRow[]
  total_records: number
  page_count: number
  next_page_token: string
  code?: number
  message?: string
}
async function get(path: string, as = token) {
  const answer = await fetch(`${zoom.url}/v2${path}`, { headers: { authorization: `Bearer ${as}` } })
  return { status: answer.status, headers: answer.headers, body: (await answer.json()) as Page }
}
const byRule = (uuid: string): string => encodeURIComponent(encodeURIComponent(uuid))
const list = (query = '', uuid = byRule(lesson.meeting.uuid)) =>
  get(`/past_meetings/${uuid}/participants${query}`)
const switched = (more: Partial<ReportSwitches>) => Object.assign(zoom.reports(lesson.meeting.uuid), more)
const minutesOf = (row: ParticipantRow) =>
  [row.join_time, row.leave_time].map((time) => (Date.parse(time) - start) / 60_000)

describe('the list of participants of a past meeting', () => {
  it('has one row a stretch of one device in one place, with the published fields only', async () => {
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
    const { body } = await list()
    const live = new Set(lesson.history.flatMap((event) => ('who' in event ? [event.who.userId] : [])))
    const unknown = body.participants.filter((row) => !live.has(row.user_id))
    expect(unknown.map((row) => [row.name, ...minutesOf(row)])).toEqual([['Anna', 20, 60]])
  })

  it('hides ids and addresses of people from other accounts, unless they registered', async () => {
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
    const anna = await accessToken('ANNA')
    const path = `/past_meetings/${byRule(lesson.meeting.uuid)}`
    expect(await get(`${path}/participants`, anna)).toMatchObject({ status: 400, body: { code: 300 } })
    expect(await get(path, anna)).toMatchObject({ status: 400, body: { code: 300 } })
    const asWebinar = await get(`/past_webinars/${byRule(lesson.meeting.uuid)}/participants`)
    expect(asWebinar).toMatchObject({ status: 404, body: { code: 3001 } })
  })

  it('has the same for webinars', async () => {
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
    const { body } = await get(`/past_meetings/${byRule(lesson.meeting.uuid)}`)
    expect(checkAnswer('GET /past_meetings/{meetingId}', body)).toEqual([])
    expect(body).toMatchObject({ duration: 60, participants_count: 10, host_id: 'HOST', topic: 'Lesson' })
  })
})

describe('what is wrong with a list, on demand', () => {
  it('comes late, then empty, then grows', async () => {
    const since = clock.now() - minute(60)
    switched({ readyAfterMs: since + 60_000, emptyFirst: 1, rows: 3 })
    expect(await list()).toMatchObject({ status: 404, body: { code: 3001 } })
    expect((await get(`/past_meetings/${byRule(lesson.meeting.uuid)}`)).status).toBe(404)
    clock.advanceBy(60_000)
    expect((await list()).body).toMatchObject({ total_records: 0, participants: [] })
    expect((await list()).body).toMatchObject({ total_records: 3, participants: { length: 3 } })
    switched({ changes: [{ afterMs: since + 120_000, rows: null, pageCap: 4 }] })
    expect((await list()).body.total_records).toBe(3)
    clock.advanceBy(60_000)
    expect((await list()).body).toMatchObject({ total_records: 10, participants: { length: 4 } })
  })

  it('declares more than it gives, and gives tokens that expire at once', async () => {
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
    zoom.switches.limits = PRO_LIMITS
    clock.advanceBy(1_000)
    const statuses = await Promise.all(Array.from({ length: 25 }, async () => (await list()).status))
    expect(statuses.filter((status) => status === 200)).toHaveLength(20)
    const refused = await list()
    const againMs = Date.parse(refused.headers.get('retry-after') ?? '')
    expect(refused.headers.get('retry-after')).toMatch(/^\d{4}-\d\d-\d\dT/)
    const path = `/past_meetings/${byRule(lesson.meeting.uuid)}`
    const summaries = await Promise.all(Array.from({ length: 35 }, async () => (await get(path)).status))
    expect(summaries.filter((status) => status === 429)).toHaveLength(5)
    clock.advanceTo(againMs)
    expect((await list()).status).toBe(200)
    zoom.switches.next = [429]
    zoom.switches.retryAfter = 'seconds'
    expect((await list()).headers.get('retry-after')).toBe('1')
  })

  it('refuses an authorisation that lacks the scope, also one from before the app got it', async () => {
    world.app.scopes = ['user:read:user']
    const old = await accessToken('HOST')
    delete world.app.scopes
    const path = `/past_meetings/${byRule(lesson.meeting.uuid)}/participants`
    const refused = await get(path, old)
    expect(refused).toMatchObject({ status: 400, body: { code: 4711 } })
    expect(refused.body.message).toContain('meeting:read:list_past_participants')
    expect((await get(path, await accessToken('HOST'))).status).toBe(200)
  })
})
