import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Handover, SessionAnswer } from '../../../shared/wire/index.ts'
import { classmate, openClassroom } from '../../support/classroom.ts'
import { buildExport } from '../../support/rows.ts'
import type { TestServer } from '../../support/server.ts'
import type { PersonInPlay, Scenario } from '../../zoom/index.ts'

let server: TestServer
let lesson: Scenario
let elena: PersonInPlay
const oleg = classmate('oleg', 'Oleg P.')

beforeAll(async () => {
  ;({ server, lesson, elena } = await openClassroom({ others: [oleg], installed: [oleg] }))
  lesson.start()
  lesson.join('elena')
  lesson.join('oleg')
  lesson.promote('oleg')
})
afterAll(() => server.stop())
beforeEach(() => {
  server.clock.advanceBy(1_000)
})

const inMeeting = (who: PersonInPlay) => server.session(server.world.appContext(who, lesson))
const inMainClient = (who: PersonInPlay) => server.session(server.world.appContext(who, null))
const codeOf = async (answer: Response): Promise<string> => ((await answer.json()) as { code: string }).code

async function handOver(token: string): Promise<string> {
  const answer = await server.call(token, 'POST', '/api/handover')
  expect(answer.status).toBe(201)
  return ((await answer.json()) as Handover).url
}

/** Presses the button, as the browser does; answers the cookie it was given. */
async function press(url: string, cookie = ''): Promise<string> {
  const answer = await fetch(url, {
    method: 'POST',
    redirect: 'manual',
    headers: { origin: server.url, ...(cookie !== '' && { cookie }) },
  })
  expect([answer.status, answer.headers.get('location')]).toEqual([303, '/wide'])
  return (answer.headers.getSetCookie()[0] ?? '').split(';')[0] ?? ''
}

/** A call of our own page in that browser. */
const call = (cookie: string, method: 'GET' | 'POST', path: string, body?: unknown, headers = {}) =>
  fetch(`${server.url}${path}`, {
    method,
    headers: { cookie, 'x-rollbook': 'panel', 'content-type': 'application/json', ...headers },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })

describe('handing a panel over to the system browser', () => {
  it('shows a button that uses nothing up, and opens once', async () => {
    const url = await handOver((await inMeeting(elena)).token)
    for (let look = 0; look < 3; look++) {
      const page = await fetch(url, { headers: { 'accept-language': 'ru' } })
      expect(page.status).toBe(200)
      expect(await page.text()).toContain('Открыть Rollbook')
      expect(page.headers.getSetCookie()).toEqual([])
    }
    await press(url)
    expect((await fetch(url)).status).toBe(410)
    expect((await fetch(url, { method: 'POST', redirect: 'manual' })).status).toBe(410)
  })

  it('opens for one of two who press at the same moment', async () => {
    const url = await handOver((await inMeeting(elena)).token)
    const pressed = await Promise.all(
      [1, 2, 3].map(async () => (await fetch(url, { method: 'POST', redirect: 'manual' })).status),
    )
    expect(pressed.sort()).toEqual([303, 410, 410])
  })

  it('is over after a minute', async () => {
    const url = await handOver((await inMeeting(elena)).token)
    server.clock.advanceBy(60_000)
    expect((await fetch(url)).status).toBe(410)
    expect((await fetch(url, { method: 'POST', redirect: 'manual' })).status).toBe(410)
  })

  it('needs a context at most two minutes old', async () => {
    const { token } = await inMeeting(elena)
    server.clock.advanceBy(121_000)
    const answer = await server.call(token, 'POST', '/api/handover')
    expect(await codeOf(answer)).toBe('context_stale')
  })

  it('does not open because another site says so', async () => {
    const url = await handOver((await inMeeting(elena)).token)
    for (const origin of ['https://evil.example', 'null']) {
      const answer = await fetch(url, { method: 'POST', redirect: 'manual', headers: { origin } })
      expect(answer.status).toBe(403)
    }
    await press(url)
  })
})

describe('a wide view', () => {
  it('is proved by a cookie that no script reads and no other site sends', async () => {
    const url = await handOver((await inMeeting(elena)).token)
    const answer = await fetch(url, { method: 'POST', redirect: 'manual' })
    const [line = ''] = answer.headers.getSetCookie()
    expect(line).toMatch(/^rollbook=[\w.-]+; Max-Age=3600; Path=\/; .*HttpOnly; SameSite=Strict$/)
    expect(answer.headers.get('cache-control')).toBe('no-store')
  })

  it('is the panel’s own page, framed by nobody', async () => {
    const cookie = await press(await handOver((await inMeeting(elena)).token))
    const page = await fetch(`${server.url}/wide`, { headers: { cookie } })
    const inZoom = await fetch(`${server.url}/`, {
      headers: { 'x-zoom-app-context': server.world.appContext(elena, lesson) },
    })
    expect(await page.text()).toBe(await inZoom.text())
    expect(page.headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
    const without = await fetch(`${server.url}/wide`)
    expect(without.status).toBe(200)
    expect(await without.text()).toContain('Open Rollbook from Zoom')
  })

  it('knows whose it is and what the panel knew', async () => {
    const panel = await inMeeting(elena)
    const cookie = await press(await handOver(panel.token))
    const session = (await (await call(cookie, 'GET', '/api/session')).json()) as SessionAnswer
    expect(session).toEqual({
      ...panel,
      token: '',
      expiresInSeconds: 3600,
      welcome: false,
      // Exports of a meeting that runs are its panel's.
      meeting: { ...panel.meeting, mayExport: false },
    })
  })

  it('answers only calls of our own page', async () => {
    const panel = await inMeeting(elena)
    const cookie = await press(await handOver(panel.token))
    const roster = `/api/gatherings/${panel.meeting?.gatheringId}/roster`
    expect((await call(cookie, 'GET', roster)).status).toBe(200)
    expect((await fetch(`${server.url}${roster}`, { headers: { cookie } })).status).toBe(401)
    const foreign = await call(cookie, 'GET', roster, undefined, { origin: 'https://evil.example' })
    expect(foreign.status).toBe(401)
    const own = await call(cookie, 'GET', roster, undefined, { origin: server.url })
    expect(own.status).toBe(200)
  })

  it('is no Bearer token, and a panel’s token is no cookie', async () => {
    const panel = await inMeeting(elena)
    const cookie = await press(await handOver(panel.token))
    const asBearer = await server.call(cookie.slice('rollbook='.length), 'GET', '/api/session')
    expect(asBearer.status).toBe(401)
    expect((await call(`rollbook=${panel.token}`, 'GET', '/api/session')).status).toBe(401)
    const both = await call(cookie, 'GET', '/api/session', undefined, {
      authorization: `Bearer ${panel.token}`,
    })
    expect(((await both.json()) as SessionAnswer).expiresInSeconds).toBeLessThanOrEqual(900)
    const wrong = await call(cookie, 'GET', '/api/session', undefined, { authorization: 'Bearer nonsense' })
    expect(wrong.status).toBe(401)
  })

  it('cannot say what a panel sees, nor take the list of a running meeting away, nor open another', async () => {
    const panel = await inMeeting(elena)
    const cookie = await press(await handOver(panel.token))
    const gathering = `/api/gatherings/${panel.meeting?.gatheringId}`
    const sentAtMs = server.clock.now()
    const observing = await call(cookie, 'POST', `${gathering}/observations`, {
      sentAtMs,
      observations: [{ kind: 'reading', atMs: sentAtMs, scope: 'main', room: null, people: [] }],
    })
    expect(observing.status).toBe(403)
    const exporting = await call(cookie, 'POST', `${gathering}/exports`, buildExport())
    expect(await codeOf(exporting)).toBe('context_stale')
    expect(await codeOf(await call(cookie, 'POST', '/api/handover'))).toBe('forbidden')
  })

  it('lasts an hour, whatever becomes of the panel’s session', async () => {
    const panel = await inMeeting(elena)
    const cookie = await press(await handOver(panel.token))
    server.clock.advanceBy(59 * 60_000)
    expect((await server.call(panel.token, 'GET', '/api/session')).status).toBe(401)
    expect((await call(cookie, 'GET', '/api/session')).status).toBe(200)
    server.clock.advanceBy(60_000)
    const late = await call(cookie, 'GET', '/api/session')
    expect(await codeOf(late)).toBe('session_expired')
    expect(await (await fetch(`${server.url}/wide`, { headers: { cookie } })).text()).toContain(
      'Open Rollbook',
    )
  })

  it('ends when its reader says so, and its cookie with it', async () => {
    const cookie = await press(await handOver((await inMeeting(elena)).token))
    const ending = await call(cookie, 'POST', '/api/session/end')
    expect(ending.status).toBe(204)
    expect(ending.headers.getSetCookie()[0]).toMatch(/^rollbook=; .*Expires=Thu, 01 Jan 1970/)
    expect(await codeOf(await call(cookie, 'GET', '/api/session'))).toBe('session_revoked')
  })

  it('ends from the panel with all others of that person, also in another installation, handed over ones too', async () => {
    const inHostsList = await press(await handOver((await inMeeting(oleg)).token))
    const own = await inMainClient(oleg)
    const inOwn = await press(await handOver(own.token))
    const unopened = await handOver(own.token)
    const elenas = await press(await handOver((await inMeeting(elena)).token))
    const viewer = await viewerBehind(own)
    expect(await server.storage.sessions.wideViews(viewer)).toBe(2)
    expect((await server.call(own.token, 'POST', '/api/handover/end')).status).toBe(204)
    expect(await server.storage.sessions.wideViews(viewer)).toBe(0)
    for (const cookie of [inHostsList, inOwn])
      expect(await codeOf(await call(cookie, 'GET', '/api/session'))).toBe('session_revoked')
    expect((await fetch(unopened)).status).toBe(410)
    expect((await call(elenas, 'GET', '/api/session')).status).toBe(200)
    const acts = (await server.storage.audit.list(viewer.installationId)).map(({ act }) => act)
    expect(acts).toContain('wide_view_opened')
    expect(acts.at(-1)).toBe('wide_views_ended')
  })

  it('replaces the one that the same browser had', async () => {
    const first = await press(await handOver((await inMeeting(elena)).token))
    server.clock.advanceBy(1_000)
    const second = await press(await handOver((await inMeeting(elena)).token), first)
    expect((await call(first, 'GET', '/api/session')).status).toBe(401)
    expect((await call(second, 'GET', '/api/session')).status).toBe(200)
  })

  it('ends with the role it was opened with, before and after it was opened', async () => {
    const cookie = await press(await handOver((await inMeeting(oleg)).token))
    server.clock.advanceBy(1_000)
    const unopened = await handOver((await inMeeting(oleg)).token)
    lesson.demote('oleg')
    const stop = server.webhooks.follow(lesson)
    lesson.promote('oleg')
    lesson.demote('oleg')
    await server.told()
    stop()
    expect(await codeOf(await call(cookie, 'GET', '/api/session'))).toBe('session_revoked')
    expect((await fetch(unopened)).status).toBe(410)
  })

  it('takes lists of meetings that have ended away, without asking for a new context', async () => {
    const panel = await inMeeting(elena)
    const cookie = await press(await handOver(panel.token))
    const stop = server.webhooks.follow(lesson)
    lesson.end()
    await server.told()
    stop()
    server.clock.advanceBy(30 * 60_000)
    const gathering = `/api/gatherings/${panel.meeting?.gatheringId}`
    expect((await call(cookie, 'POST', `${gathering}/exports`, buildExport())).status).toBe(201)
    const session = (await (await call(cookie, 'GET', '/api/session')).json()) as SessionAnswer
    expect(session.meeting?.mayExport).toBe(true)
  })
})

/** Whose session this is, as the server finds it. */
async function viewerBehind({ member }: SessionAnswer) {
  const [row] = await server.query('select installation_id, id from sessions where member_id = $1 limit 1', [
    member.id,
  ])
  const found = await server.storage.sessions.find(String(row?.['installation_id']), String(row?.['id']))
  if (found === null) throw new Error('The session is not there.')
  return found
}
