import { createHash } from 'node:crypto'
import { setImmediate } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createClock } from './clock.ts'
import { checkAnswer } from './contract/check.ts'
import { signedInCookie } from './oauth.ts'
import { startZoomRest } from './rest.ts'
import { createLesson } from './scenarios/lesson.ts'
import { createZoomWorld } from './world.ts'

const start = Date.UTC(2026, 10, 23, 14, 0)
const app = {
  clientId: 'client',
  clientSecret: 'client-secret',
  webhookSecret: 'webhook-secret',
  redirectUri: 'http://localhost:3000/oauth/callback',
  declaredApis: null,
}
const clock = createClock(start)
const world = createZoomWorld({ app, clock })
const lesson = createLesson({ clock, seed: 1, startsAtMs: start })
world.add(lesson.scenario)
const teacherId = lesson.teacher.zoomUserId ?? ''
const verifier = 'v'.repeat(43)
const challenge = createHash('sha256').update(verifier).digest('base64url')

let zoom: Awaited<ReturnType<typeof startZoomRest>>
beforeAll(async () => {
  zoom = await startZoomRest(world)
})
afterAll(() => zoom.close())
beforeEach(() => {
  zoom.switches.next = []
  zoom.switches.language = 'en'
})

async function authorise(more: Record<string, string> = {}): Promise<URL> {
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: app.clientId,
    redirect_uri: app.redirectUri,
    state: 'state-1',
    code_challenge: challenge,
    code_challenge_method: 'S256',
    ...more,
  })
  const answer = await fetch(`${zoom.url}/oauth/authorize?${query.toString()}`, {
    redirect: 'manual',
    headers: { cookie: signedInCookie(teacherId) },
  })
  expect(answer.status).toBe(302)
  return new URL(answer.headers.get('location') ?? '')
}
const basic = `Basic ${Buffer.from(`${app.clientId}:${app.clientSecret}`).toString('base64')}`
async function post(path: string, form: Record<string, string>, authorization = basic) {
  const answer = await fetch(zoom.url + path, {
    method: 'POST',
    headers: { authorization },
    body: new URLSearchParams(form),
  })
  return { status: answer.status, body: (await answer.json()) as Record<string, string> }
}
const exchange = (code: string, more: Record<string, string> = {}) =>
  post('/oauth/token', {
    grant_type: 'authorization_code',
    code,
    redirect_uri: app.redirectUri,
    code_verifier: verifier,
    ...more,
  })
async function install(): Promise<Record<string, string>> {
  return (await exchange((await authorise()).searchParams.get('code') ?? '')).body
}
async function get(path: string, token: string) {
  const answer = await fetch(zoom.url + path, { headers: { authorization: `Bearer ${token}` } })
  return {
    status: answer.status,
    headers: answer.headers,
    body: (await answer.json()) as Record<string, unknown>,
  }
}
const notOk = { status: 400, body: { error: 'invalid_grant' } }

describe('OAuth', () => {
  it('sends the browser back with code and state, and the exchange adds the app', async () => {
    const back = await authorise()
    expect(back.searchParams.get('state')).toBe('state-1')
    const { status, body } = await exchange(back.searchParams.get('code') ?? '')
    expect(status).toBe(200)
    expect(checkAnswer('POST /oauth/token', body)).toEqual([])
    expect(world.authorised.has(teacherId)).toBe(true)
  })

  it('takes a code once, for five minutes, with the right verifier and redirect', async () => {
    const code = async (): Promise<string> => (await authorise()).searchParams.get('code') ?? ''
    const used = await code()
    await exchange(used)
    expect(await exchange(used)).toMatchObject(notOk)
    expect(await exchange(await code(), { code_verifier: 'w'.repeat(43) })).toMatchObject(notOk)
    expect(await exchange(await code(), { redirect_uri: 'http://localhost:3000/other' })).toMatchObject({
      status: 400,
    })
    const old = await code()
    clock.advanceBy(5 * 60_000)
    const refused = await exchange(old)
    expect(refused).toMatchObject(notOk)
    expect(checkAnswer('oauth error', refused.body)).toEqual([])
  })

  it('takes the challenge as plain when no method is named', async () => {
    const back = await authorise({ code_challenge: verifier, code_challenge_method: '' })
    expect((await exchange(back.searchParams.get('code') ?? '')).status).toBe(200)
  })

  it('refuses a wrong secret', async () => {
    const form = { grant_type: 'refresh_token', refresh_token: 'x' }
    const refused = await post('/oauth/token', form, `Basic ${btoa('client:wrong')}`)
    expect(refused).toMatchObject({ status: 401, body: { error: 'invalid_client' } })
  })

  it('gives new tokens for a refresh token exactly once', async () => {
    const { refresh_token: refreshToken = '' } = await install()
    const form = { grant_type: 'refresh_token', refresh_token: refreshToken }
    const again = await post('/oauth/token', form)
    expect(again.status).toBe(200)
    expect(again.body['refresh_token']).not.toBe(refreshToken)
    expect(await post('/oauth/token', form)).toMatchObject(notOk)
  })

  it('takes one of two refreshes at the same moment, however long its answers are under way', async () => {
    const { refresh_token: refreshToken = '' } = await install()
    const form = { grant_type: 'refresh_token', refresh_token: refreshToken }
    const before = { ...zoom.oauth.counts }
    let release = (): void => {}
    zoom.oauth.switches.held = new Promise((resolve) => (release = resolve))
    const both = [post('/oauth/token', form), post('/oauth/token', form)]
    while (zoom.oauth.counts.refreshes < before.refreshes + 2) await setImmediate()
    zoom.oauth.switches.held = null
    release()
    expect((await Promise.all(both)).map(({ status }) => status).sort()).toEqual([200, 400])
    expect(zoom.oauth.counts.refreshes).toBe(before.refreshes + 2)
    expect(zoom.oauth.counts.refusedRefreshes).toBe(before.refusedRefreshes + 1)
  })

  it('lets access tokens run out while the refresh token goes on, and forgets a grant for good', async () => {
    const first = await install()
    zoom.oauth.expireAccessTokens()
    expect(await get('/v2/users/me', first['access_token'] ?? '')).toMatchObject({ body: { code: 124 } })
    const form = { grant_type: 'refresh_token', refresh_token: first['refresh_token'] ?? '' }
    const { body: second } = await post('/oauth/token', form)
    expect((await get('/v2/users/me', second['access_token'] ?? '')).status).toBe(200)

    zoom.oauth.kill(teacherId, 4735)
    const dead = await get('/v2/users/me', second['access_token'] ?? '')
    expect(dead).toMatchObject({ status: 401, body: { code: 4735 } })
    expect(
      await post('/oauth/token', { ...form, refresh_token: second['refresh_token'] ?? '' }),
    ).toMatchObject(notOk)
    expect(world.authorised.has(teacherId)).toBe(true)
    expect((await get('/v2/users/me', (await install())['access_token'] ?? '')).status).toBe(200)
  })

  it('takes a code from inside the client with the redirect or without, as its switch says', async () => {
    const code = () =>
      world.codes.issue({
        zoomUserId: teacherId,
        redirectUri: app.redirectUri,
        challenge: { value: verifier, method: 'plain' },
        inClient: true,
      })
    const without = async () =>
      (
        await post('/oauth/token', {
          grant_type: 'authorization_code',
          code: code(),
          code_verifier: verifier,
        })
      ).status
    const named = async () => (await exchange(code())).status
    expect([await without(), await named()]).toEqual([200, 200])
    zoom.oauth.switches.inClientRedirect = 'required'
    expect([await without(), await named()]).toEqual([400, 200])
    zoom.oauth.switches.inClientRedirect = 'forbidden'
    expect([await without(), await named()]).toEqual([200, 400])
    zoom.oauth.switches.inClientRedirect = 'either'
    expect((await exchange(code(), { code_verifier: 'w'.repeat(43) })).status).toBe(400)
  })

  it('ends earlier tokens with a new authorisation, and all of them with revoke', async () => {
    const first = await install()
    const second = await install()
    expect((await get('/v2/users/me', first['access_token'] ?? '')).status).toBe(401)
    const gone: unknown[] = []
    world.onDeauthorised((event) => gone.push(event))
    const revoked = await post('/oauth/revoke', { token: second['access_token'] ?? '' })
    expect(checkAnswer('POST /oauth/revoke', revoked.body)).toEqual([])
    expect((await get('/v2/users/me', second['access_token'] ?? '')).status).toBe(401)
    expect(gone).toMatchObject([{ zoomUserId: teacherId }])
  })

  it('comes back from the Marketplace\'s "Add" with a code and without state', async () => {
    const answer = await fetch(`${zoom.url}/marketplace/add?user=${teacherId}`, { redirect: 'manual' })
    const back = new URL(answer.headers.get('location') ?? '')
    expect(back.searchParams.get('code')).toBeTruthy()
    expect(back.searchParams.has('state')).toBe(false)
  })
})

describe('the API', () => {
  it('knows who authorised, and their meetings', async () => {
    const { access_token: token = '' } = await install()
    const me = await get('/v2/users/me', token)
    expect(checkAnswer('GET /users/me', me.body)).toEqual([])
    expect(me.body).toMatchObject({ id: teacherId, account_id: lesson.scenario.meeting.accountId })
    expect(me.headers.get('x-zm-trackingid')).toMatch(/^v=2\.0;clid=us02;rid=WEB_[0-9a-f]{32}$/)

    const meeting = await get(`/v2/meetings/${lesson.scenario.meeting.number}`, token)
    expect(checkAnswer('GET /meetings/{meetingId}', meeting.body)).toEqual([])
    expect(meeting.body['uuid']).toBe(lesson.scenario.meeting.uuid)
  })

  it("answers with Zoom's codes, in the language of the user", async () => {
    const { access_token: token = '' } = await install()
    zoom.switches.language = 'es'
    const missing = await get('/v2/meetings/123456789', token)
    expect(missing).toMatchObject({
      status: 404,
      body: { code: 3001, message: 'La reunión no existe: 123456789.' },
    })
    expect(checkAnswer('api error', missing.body)).toEqual([])
    expect(await get('/v2/users/me', 'wrong')).toMatchObject({ status: 401, body: { code: 124 } })
    clock.advanceBy(3600_000)
    expect((await get('/v2/users/me', token)).status).toBe(401)
  })

  it('makes deeplinks whose action rides on the next contexts', async () => {
    const { access_token: token = '' } = await install()
    const link = async (action: string) => {
      const answer = await fetch(`${zoom.url}/v2/zoomapp/deeplink`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ action }),
      })
      return { status: answer.status, body: (await answer.json()) as { deeplink?: string } }
    }
    const made = await link('once-1')
    expect(checkAnswer('POST /zoomapp/deeplink', made.body)).toEqual([])
    expect((await fetch(made.body.deeplink ?? '')).status).toBe(200)
    expect(await link('x'.repeat(257))).toMatchObject({ status: 400, body: { code: 300 } })
  })

  it('can be busy, broken or silent', async () => {
    const { access_token: token = '' } = await install()
    zoom.switches.next = [429, 503, 'timeout']
    const busy = await get('/v2/users/me', token)
    expect(busy).toMatchObject({ status: 429, body: { code: 429 } })
    expect(busy.headers.get('retry-after')).toMatch(/^\d{4}-\d\d-\d\dT/)
    expect((await get('/v2/users/me', token)).status).toBe(503)
    const silent = fetch(`${zoom.url}/v2/users/me`, { signal: AbortSignal.timeout(50) })
    await expect(silent).rejects.toThrow()
  })
})
