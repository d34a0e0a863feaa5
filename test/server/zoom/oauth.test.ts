import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterEach, describe, expect, it } from 'vitest'
import { createZoomApi, pkcePair, ZoomError, type ZoomApi } from '../../../server/zoom/index.ts'
import { checkRequest } from '../../zoom/contract/check.ts'

interface Seen {
  method: string | undefined
  url: string | undefined
  authorization: string | undefined
  contentType: string | undefined
  body: string
}

let server: Server | undefined
afterEach(() => {
  server?.closeAllConnections()
  server?.close()
})

/** Zoom as far as these tests need it: a server that says the same thing to everybody. */
async function zoom(answer: RequestListener, timeoutMs = 2000) {
  const seen: Seen[] = []
  const logged: unknown[] = []
  server = createServer((req, res) => {
    void remember(req).then((request) => {
      seen.push(request)
      answer(req, res)
    })
  })
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve))
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const api = createZoomApi({
    apiUrl: `${base}/v2`,
    oauthUrl: base,
    clientId: 'the-client',
    clientSecrets: ['the-new-secret', 'the-old-secret'],
    clock: () => 1_000_000,
    log: { warn: (fields, message) => void logged.push(fields, message) },
    timeoutMs,
  })
  return { api, seen, logged, base }
}

const remember = async (req: IncomingMessage): Promise<Seen> => ({
  method: req.method,
  url: req.url,
  authorization: req.headers.authorization,
  contentType: req.headers['content-type'],
  body: await text(req),
})

const json =
  (status: number, body: unknown, headers: Record<string, string> = {}): RequestListener =>
  (_req, res) => {
    res.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body))
  }

const tokens = {
  access_token: 'access-1',
  token_type: 'bearer',
  refresh_token: 'refresh-1',
  expires_in: 3599,
  scope: 'user:read:user zoomapp:inmeeting',
  api_url: 'https://api-eu.zoom.us',
}
const basic = `Basic ${Buffer.from('the-client:the-new-secret').toString('base64')}`
const code = {
  code: 'code-1',
  redirectUri: 'https://rollbook.example/oauth/callback',
  verifier: 'verifier-1',
}

async function failure(work: Promise<unknown>): Promise<ZoomError> {
  const error: unknown = await work.then(
    () => new Error('nothing was thrown'),
    (thrown: unknown) => thrown,
  )
  expect(error).toBeInstanceOf(ZoomError)
  return error as ZoomError
}

describe('connecting to Zoom', () => {
  it('begins on Zoom’s consent page with state and a named challenge method', async () => {
    const { api, base } = await zoom(json(200, {}))
    const url = new URL(api.authorizeUrl({ redirectUri: code.redirectUri, state: 'a&b', challenge: 'c' }))
    expect(url.origin + url.pathname).toBe(`${base}/oauth/authorize`)
    expect(Object.fromEntries(url.searchParams)).toEqual({
      response_type: 'code',
      client_id: 'the-client',
      redirect_uri: code.redirectUri,
      state: 'a&b',
      code_challenge: 'c',
      code_challenge_method: 'S256',
    })
  })

  it('uses a verifier of RFC 7636 and its SHA-256, new every time', () => {
    const { verifier, challenge } = pkcePair()
    expect(verifier).toMatch(/^[A-Za-z0-9_-]{43,128}$/)
    expect(challenge).toBe(createHash('sha256').update(verifier).digest('base64url'))
    expect(pkcePair().verifier).not.toBe(verifier)
  })

  it('spends the code with the newest secret and learns tokens, scopes and when they end', async () => {
    const { api, seen } = await zoom(json(200, tokens))
    expect(await api.exchangeCode(code)).toEqual({
      accessToken: 'access-1',
      refreshToken: 'refresh-1',
      expiresAtMs: 1_000_000 + 3_599_000,
      scopes: ['user:read:user', 'zoomapp:inmeeting'],
    })
    expect(seen).toHaveLength(1)
    expect(seen[0]).toMatchObject({
      method: 'POST',
      url: '/oauth/token',
      authorization: basic,
      contentType: 'application/x-www-form-urlencoded',
    })
    expect(Object.fromEntries(new URLSearchParams(seen[0]?.body))).toEqual({
      grant_type: 'authorization_code',
      code: 'code-1',
      redirect_uri: code.redirectUri,
      code_verifier: 'verifier-1',
    })
  })

  it('leaves the redirect address out where it is not wanted', async () => {
    const { api, seen } = await zoom(json(200, tokens))
    await api.exchangeCode({ ...code, redirectUri: null })
    expect([...new URLSearchParams(seen[0]?.body).keys()]).toEqual(['grant_type', 'code', 'code_verifier'])
  })

  it('spends a refresh token once, also when nothing comes back', async () => {
    const { api, seen } = await zoom(json(200, { ...tokens, refresh_token: 'refresh-2' }))
    expect(await api.refreshTokens('refresh-1')).toMatchObject({ refreshToken: 'refresh-2' })
    expect(seen[0]).toMatchObject({ url: '/oauth/token', authorization: basic })
    expect(Object.fromEntries(new URLSearchParams(seen[0]?.body))).toEqual({
      grant_type: 'refresh_token',
      refresh_token: 'refresh-1',
    })
    const silent = await zoom((_req, res) => res.destroy())
    expect(await failure(silent.api.refreshTokens('refresh-1'))).toMatchObject({ kind: 'unavailable' })
    expect(silent.seen).toHaveLength(1)
  })

  it('takes consent back', async () => {
    const { api, seen } = await zoom(json(200, { status: 'success' }))
    await api.revoke('access-1')
    expect(seen[0]).toMatchObject({ method: 'POST', url: '/oauth/revoke', authorization: basic })
    expect(seen[0]?.body).toBe('token=access-1')
  })

  it('gives the verifier itself as a plain challenge', () => {
    const { verifier, challenge } = pkcePair('plain')
    expect(challenge).toBe(verifier)
  })

  it('learns who authorised us', async () => {
    const { api, seen } = await zoom(
      json(200, { id: 'user-1', account_id: 'account-1', email: 'x@example.test' }),
    )
    expect(await api.usersMe('access-1')).toEqual({ zoomUserId: 'user-1', zoomAccountId: 'account-1' })
    expect(seen[0]).toMatchObject({ method: 'GET', url: '/v2/users/me', authorization: 'Bearer access-1' })
  })

  it('asks for an address that opens the panel', async () => {
    const { api, seen } = await zoom(json(200, { deeplink: 'https://zoom.us/launch/chatapp/abc' }))
    expect(await api.deeplink('access-1', 'once')).toBe('https://zoom.us/launch/chatapp/abc')
    expect(seen[0]).toMatchObject({
      method: 'POST',
      url: '/v2/zoomapp/deeplink',
      authorization: 'Bearer access-1',
    })
    const sent: unknown = JSON.parse(seen[0]?.body ?? '')
    expect(sent).toEqual({ action: 'once' })
    expect(checkRequest('POST /zoomapp/deeplink', sent)).toEqual([])
  })
})

describe('when Zoom says no', () => {
  it.each([
    [401, { code: 124, message: 'Invalid access token.' }, 'reconnect', '124'],
    [400, { code: 124, message: 'El token no es válido.' }, 'reconnect', '124'],
    [400, { code: 4711, message: 'scopes' }, 'reconnect', '4711'],
    [404, { code: 1001, message: 'User does not exist' }, 'refused', '1001'],
    [429, { code: 429, message: 'slow down' }, 'unavailable', '429'],
    [500, { code: 5000, message: 'oops' }, 'unavailable', '5000'],
    [502, 'no object', 'unavailable', null],
    [400, { message: 4741 }, 'refused', null],
  ])('status %i with %j means %s', async (status, body, kind, expected) => {
    const { api, seen } = await zoom(json(status, body))
    expect(await failure(api.usersMe('access-1'))).toMatchObject({ status, kind, code: expected })
    expect(seen, 'an answer is an answer: nothing is repeated').toHaveLength(1)
  })

  it('to a code, the code is spent: begin again', async () => {
    const { api } = await zoom(json(400, { reason: 'Invalid authorization code', error: 'invalid_grant' }))
    expect(await failure(api.exchangeCode(code))).toMatchObject({ kind: 'refused', code: 'invalid_grant' })
  })

  it('the log has Zoom’s tracking id and neither tokens nor Zoom’s prose', async () => {
    const trackingId = 'v=2.0;clid=us02;rid=WEB_0123'
    const { api, logged } = await zoom(
      json(401, { code: 124, message: 'Token of Ada is invalid' }, { 'x-zm-trackingid': trackingId }),
    )
    const error = await failure(api.usersMe('secret-token'))
    expect(error.trackingId).toBe(trackingId)
    expect(JSON.stringify(logged)).toContain(trackingId)
    expect(JSON.stringify([logged, error.message, error.stack, error])).not.toMatch(/secret-token|Ada/)
  })
})

describe('when Zoom makes no sense or no sound', () => {
  it.each([
    [
      'tokens without a refresh token',
      (api: ZoomApi) => api.exchangeCode(code),
      { ...tokens, refresh_token: undefined },
    ],
    ['a user without an account', (api: ZoomApi) => api.usersMe('t'), { id: 'user-1' }],
    ['an address that is none', (api: ZoomApi) => api.deeplink('t', 'a'), { deeplink: 'launch' }],
    ['a text', (api: ZoomApi) => api.usersMe('t'), 'welcome'],
  ])('%s is Zoom’s trouble', async (_title, call, body) => {
    const { api } = await zoom(json(200, body))
    expect(await failure(call(api))).toMatchObject({ kind: 'unavailable', code: 'answer_malformed' })
  })

  it('a question is asked once more after a broken connection', async () => {
    let calls = 0
    const { api, logged } = await zoom((req, res) => {
      calls += 1
      if (calls === 1) req.socket.destroy()
      else json(200, { id: 'user-1', account_id: 'account-1' })(req, res)
    })
    expect(await api.usersMe('access-1')).toEqual({ zoomUserId: 'user-1', zoomAccountId: 'account-1' })
    expect(JSON.stringify(logged)).not.toContain('access-1')
  })

  it('but never a third time, and a code is never shown twice', async () => {
    const { api, seen } = await zoom((req) => req.socket.destroy())
    expect(await failure(api.usersMe('access-1'))).toMatchObject({ status: null, kind: 'unavailable' })
    expect(seen).toHaveLength(2)
    expect(await failure(api.exchangeCode(code))).toMatchObject({ status: null, kind: 'unavailable' })
    expect(seen).toHaveLength(3)
  })

  it('a silent Zoom is given up after the time-out', async () => {
    const { api } = await zoom(() => undefined, 50)
    expect(await failure(api.exchangeCode(code))).toMatchObject({ kind: 'unavailable', code: 'TimeoutError' })
  })

  it('an answer that never ends is given up too', async () => {
    const { api } = await zoom((_req, res) => void res.writeHead(200).write('{'), 50)
    expect(await failure(api.usersMe('access-1'))).toMatchObject({ kind: 'unavailable' })
  })

  it('a redirect is not followed: it would carry the token elsewhere', async () => {
    const { api } = await zoom((_req, res) => res.writeHead(302, { location: 'http://127.0.0.1:1/' }).end())
    expect((await failure(api.usersMe('access-1'))).kind).toBe('unavailable')
  })
})
