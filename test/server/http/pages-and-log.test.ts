import request from 'supertest'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildExport } from '../../support/rows.ts'
import { startServer, type TestServer } from '../../support/server.ts'
import { createLesson, type Scenario } from '../../zoom/index.ts'

let server: TestServer
let lesson: Scenario

beforeAll(async () => {
  server = await startServer()
  lesson = server.world.add(
    createLesson({ clock: server.clock, seed: 2, startsAtMs: server.clock.now(), goesOn: false }).scenario,
  )
  const { zoomUserId = '' } = lesson.meeting.host
  server.world.authorised.add(zoomUserId)
  await server.install(zoomUserId)
  server.webhooks.follow(lesson)
})
afterAll(() => server.stop())

const demanded = [
  'strict-transport-security',
  'x-content-type-options',
  'content-security-policy',
  'referrer-policy',
]

describe('every HTML answer', () => {
  it.each([
    ['/', 200],
    ['/oauth/callback', 200],
    ['/oauth/callback?error=access_denied', 400],
    ['/exports/unknown', 410],
  ])('%s carries the four headers Zoom’s client demands', async (path, status) => {
    const answer = await request(server.rollbook.app)
      .get(path)
      .expect(status)
      .expect('Cache-Control', 'no-store')
    expect(answer.type).toBe('text/html')
    for (const name of demanded) expect(answer.get(name), name).toBeTruthy()
  })

  it('is whole every time: the home page is never a 304', async () => {
    const { headers } = await request(server.rollbook.app).get('/').expect(200)
    expect(headers).not.toHaveProperty('etag')
    const again = await request(server.rollbook.app)
      .get('/')
      .set({ 'If-None-Match': '*', 'If-Modified-Since': new Date().toUTCString() })
      .expect(200)
    expect(again.text.length).toBeGreaterThan(100)
  })

  it('allows nothing inline and nothing from elsewhere', async () => {
    const answer = await server.call(null, 'GET', '/')
    const policy = answer.headers.get('content-security-policy') ?? ''
    expect(policy).toContain("default-src 'none'")
    expect(policy).not.toContain('unsafe-')
    expect(await answer.text()).not.toMatch(/<style|style="|<script(?![^>]*src=)/)
  })

  it('is the panel for a valid app context and the plain page otherwise', async () => {
    const context = server.world.appContext(lesson.meeting.host, null)
    const panel = await (await fetch(server.url, { headers: { 'x-zoom-app-context': context } })).text()
    const plain = await (await fetch(server.url, { headers: { 'x-zoom-app-context': 'forged' } })).text()
    expect(panel).not.toBe(plain)
    expect((await server.exchange(context)).status).toBe(200)
  })
  it('sends the panel’s script compressed to whoever can take it', async () => {
    const page = await (await server.call(null, 'GET', '/')).text()
    const script = /src="(\/assets\/[^"]+\.js)"/.exec(page)?.[1] ?? ''
    const answer = await fetch(`${server.url}${script}`, { headers: { 'accept-encoding': 'gzip' } })
    expect(answer.headers.get('content-encoding')).toBe('gzip')
    expect(answer.headers.get('cache-control')).toContain('immutable')
  })
})

describe('errors', () => {
  it('are problem+json with a code, everywhere', async () => {
    for (const [method, path, status, code] of [
      ['GET', '/nowhere', 404, 'not_found'],
      ['GET', '/api/gatherings/x/roster', 401, 'session_missing'],
      ['POST', '/api/session', 400, 'bad_request'],
    ] as const) {
      const answer = await server.call(null, method, path, method === 'POST' ? { appContext: 5 } : undefined)
      expect(answer.status).toBe(status)
      expect(answer.headers.get('content-type')).toBe('application/problem+json; charset=utf-8')
      expect(await answer.json()).toMatchObject({ code, status, type: `urn:rollbook:problem:${code}` })
    }
    const broken = await fetch(`${server.url}/api/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"a":',
    })
    expect(broken.status).toBe(400)
  })
})

describe('the API description', () => {
  it('has every route, with the shapes that check the bodies', async () => {
    const description = (await (await server.call(null, 'GET', '/api/openapi.json')).json()) as {
      openapi: string
      paths: Record<string, Record<string, { requestBody?: unknown; description: string }>>
    }
    expect(description.openapi).toBe('3.1.0')
    expect(Object.keys(description.paths)).toHaveLength(
      new Set(server.rollbook.routes.map(({ path }) => path)).size,
    )
    expect(description.paths['/api/session']?.['post']?.requestBody).toBeDefined()
  })
})

describe('the log', () => {
  it('has one line a request, and no name, address, token or link in any', async () => {
    const host = lesson.meeting.host
    server.clock.advanceBy(60 * 60_000)
    await server.told()
    const context = server.world.appContext(host, lesson)
    const session = await server.session(context)
    const base = `/api/gatherings/${session.meeting?.gatheringId ?? ''}`
    await server.call(session.token, 'GET', `${base}/roster`)
    const { url } = (await (
      await server.call(session.token, 'POST', `${base}/exports`, buildExport())
    ).json()) as { url: string }
    await fetch(url)
    await server.call(null, 'GET', '/oauth/callback?code=secret-code&state=secret-state')

    const lines = server.logLines.map((line) => JSON.parse(line) as Record<string, unknown>)
    const requests = lines.filter(({ msg }) => msg === 'request')
    expect(
      requests.some(
        ({ route, method, status }) => route === '/webhooks/zoom' && method === 'POST' && status === 200,
      ),
    ).toBe(true)
    expect(requests.some(({ route }) => route === '/exports/:link')).toBe(true)
    for (const line of requests)
      expect(line).toMatchObject({
        requestId: expect.any(String),
        ms: expect.any(Number),
        status: expect.any(Number),
      })

    const text = server.logLines.join('')
    const secrets = [
      session.token,
      context,
      url.split('/').at(-1) ?? '',
      'secret-code',
      'secret-state',
      server.world.app.clientSecret,
      server.world.app.webhookSecret,
      ...lesson.people.flatMap(({ name, email, zoomUserId }) => [name, email, zoomUserId]),
    ]
    for (const secret of secrets)
      if (secret !== undefined && secret.length > 3) expect(text, secret).not.toContain(secret)
  })
})
