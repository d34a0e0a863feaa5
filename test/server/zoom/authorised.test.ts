import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Storage } from '../../../server/storage/index.ts'
import { scopes } from '../../../server/zoom/capabilities.ts'
import {
  createAuthorised,
  createConnectionOf,
  createZoomApi,
  ZoomError,
  type CallAs,
  type TokenHolder,
  type ZoomApi,
} from '../../../server/zoom/index.ts'
import { createTestDatabase, openTestStorage, type TestDatabase } from '../../support/database.ts'
import { silentLog } from '../../support/log.ts'
import { createClock, createZoomWorld, startZoomRest } from '../../zoom/index.ts'

const clock = createClock(Date.UTC(2026, 10, 23, 13, 0))
const redirectUri = 'https://rollbook.example/oauth/callback'
const world = createZoomWorld({
  app: {
    clientId: 'TestClientId',
    clientSecret: 'TestClientSecret0123456789abcdef',
    webhookSecret: 'TestWebhookSecret',
    redirectUri,
    declaredApis: null,
  },
  clock,
})

/** Two processes of one deployment: a pool, a key cache and a Zoom client each. */
let rest: Awaited<ReturnType<typeof startZoomRest>>
let database: TestDatabase
const processes: { storage: Storage; zoom: ZoomApi; callAs: CallAs }[] = []
let hosts = 0

beforeAll(async () => {
  rest = await startZoomRest(world)
  database = await createTestDatabase()
  for (let n = 0; n < 2; n++) {
    const storage = await openTestStorage(database.connectionString, { clock: clock.now })
    const { clientId, clientSecret } = world.app
    const zoom = createZoomApi({
      apiUrl: `${rest.url}/v2`,
      oauthUrl: rest.url,
      clientId,
      clientSecrets: [clientSecret],
      clock: clock.now,
      log: silentLog,
    })
    const callAs = createAuthorised({
      zoom,
      cupboard: storage.tokenCupboard,
      clock: clock.now,
      log: silentLog,
    })
    processes.push({ storage, zoom, callAs })
  }
})
afterAll(async () => {
  for (const { storage } of processes) await storage.close()
  await rest.close()
  await database.drop()
})
beforeEach(() => {
  rest.switches.next.length = 0
  rest.calls.length = 0
})

const [first, second] = [() => processes[0], () => processes[1]].map((of) => () => {
  const found = of()
  if (!found) throw new Error('The processes are not there yet.')
  return found
}) as [() => (typeof processes)[number], () => (typeof processes)[number]]

/** Somebody new who has authorised the app, with tokens this Zoom knows. */
async function newHost(): Promise<TokenHolder & { zoomUserId: string }> {
  const zoomUserId = `user-host-${++hosts}`
  world.addUser({ key: zoomUserId, name: zoomUserId, zoomUserId }, 'account-a')
  const code = rest.oauth.issueCode(zoomUserId, redirectUri)
  const tokens = await first().zoom.exchangeCode({ code, redirectUri, verifier: 'unused' })
  const installed = await first().storage.tokenStore.install({
    profile: 'user',
    zoomUserId,
    zoomAccountId: 'account-a',
    tokens,
    nowMs: clock.now(),
  })
  rest.calls.length = 0
  return { installationId: installed.installationId, memberId: installed.memberId, zoomUserId }
}

const tokenCalls = (): number => rest.calls.filter(({ path }) => path === '/oauth/token').length
const failure = async (promise: Promise<unknown>): Promise<unknown> => {
  const error = await promise.then(
    () => null,
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof ZoomError)) throw new Error('It did not fail at Zoom.', { cause: error })
  return { kind: error.kind, code: error.code }
}

describe('calling Zoom as a member', () => {
  it('uses tokens that still live as they are', async () => {
    const host = await newHost()
    expect(await first().callAs(host, first().zoom.usersMe)).toMatchObject({ zoomUserId: host.zoomUserId })
    expect(tokenCalls()).toBe(0)
  })

  it('asks for new tokens once, however many calls of two processes find the same expired one', async () => {
    const host = await newHost()
    clock.advanceBy(3_600_000)
    const calls = Array.from({ length: 40 }, (_, n) => {
      const { callAs, zoom } = n % 2 === 0 ? first() : second()
      return callAs(host, zoom.usersMe)
    })
    const users = await Promise.all(calls)
    expect(new Set(users.map(({ zoomUserId }) => zoomUserId))).toEqual(new Set([host.zoomUserId]))
    expect(tokenCalls()).toBe(1)
  })

  it('renews again with the refresh token that came last, for months', async () => {
    const host = await newHost()
    for (let hour = 0; hour < 5; hour++) {
      clock.advanceBy(3_600_000)
      const { callAs, zoom } = hour % 2 === 0 ? second() : first()
      await callAs(host, zoom.usersMe)
    }
    expect(tokenCalls()).toBe(5)
  })

  it('renews once when Zoom refuses a token before its time, and repeats the call', async () => {
    const host = await newHost()
    rest.oauth.expireAccessTokens()
    await Promise.all([
      first().callAs(host, first().zoom.usersMe),
      second().callAs(host, second().zoom.usersMe),
    ])
    expect(tokenCalls()).toBe(1)
  })

  it('does not loop when even new tokens are refused', async () => {
    const host = await newHost()
    rest.oauth.expireAccessTokens()
    let calls = 0
    const refusing = () => {
      calls++
      return Promise.reject(new ZoomError({ path: '/v2/x', status: 401, code: '124', trackingId: null }))
    }
    expect(await failure(first().callAs(host, refusing))).toEqual({ kind: 'reconnect', code: '124' })
    expect(calls).toBe(2)
    expect(tokenCalls()).toBe(1)
  })

  it('remembers in one step that Zoom ended the authorization, and never asks with it again', async () => {
    const host = await newHost()
    const { accessToken } = (await first().storage.tokenCupboard.find(host)) ?? { accessToken: '' }
    await first().zoom.revoke(accessToken)
    clock.advanceBy(3_600_000)
    rest.calls.length = 0
    const ends = await Promise.all(
      Array.from({ length: 20 }, (_, n) => {
        const { callAs, zoom } = n % 2 === 0 ? first() : second()
        return failure(callAs(host, zoom.usersMe))
      }),
    )
    expect(new Set(ends.map((end) => JSON.stringify(end)))).toEqual(
      new Set([JSON.stringify({ kind: 'reconnect', code: 'not_connected' })]),
    )
    expect(tokenCalls()).toBe(1)
    const connectionOf = createConnectionOf({ cupboard: second().storage.tokenCupboard, profile: 'user' })
    expect(await connectionOf(host)).toEqual({
      ...{ state: 'reconnect', missingScopes: [], grantedBy: 'user', capabilities: [] },
    })
  })

  it('buries tokens that an answer of the API calls revoked, but not those that came meanwhile', async () => {
    const host = await newHost()
    const revoked = new ZoomError({ path: '/v2/x', status: 401, code: '4741', trackingId: null })
    const cupboard = first().storage.tokenCupboard
    const old = await cupboard.find(host)
    clock.advanceBy(3_600_000)
    await second().callAs(host, second().zoom.usersMe)
    await cupboard.bury(host, old?.accessToken ?? '', '4741')
    expect(await cupboard.find(host)).toMatchObject({ dead: null })
    expect(await failure(first().callAs(host, () => Promise.reject(revoked)))).toMatchObject({ code: '4741' })
    expect(await cupboard.find(host)).toMatchObject({ dead: '4741' })
  })

  it('goes on with the tokens of a newer consent, which ended those it began with', async () => {
    const host = await newHost()
    const ended = new ZoomError({ path: '/v2/x', status: 401, code: '4741', trackingId: null })
    let asked = 0
    const answer = await first().callAs(host, async (accessToken) => {
      asked += 1
      if (asked > 1) return accessToken
      clock.advanceBy(3_600_000)
      await second().callAs(host, second().zoom.usersMe)
      throw ended
    })
    expect(asked).toBe(2)
    expect(await first().storage.tokenCupboard.find(host)).toMatchObject({ accessToken: answer, dead: null })
  })

  it('leaves everything as it was when Zoom cannot be asked, so that the next call can', async () => {
    const host = await newHost()
    clock.advanceBy(3_600_000)
    const silent = createAuthorised({
      zoom: {
        refreshTokens: () =>
          Promise.reject(
            new ZoomError({ path: '/oauth/token', status: 503, code: 'unavailable', trackingId: null }),
          ),
      },
      cupboard: first().storage.tokenCupboard,
      clock: clock.now,
      log: silentLog,
    })
    expect(await failure(silent(host, first().zoom.usersMe))).toMatchObject({ kind: 'unavailable' })
    await second().callAs(host, second().zoom.usersMe)
    expect(tokenCalls()).toBe(1)
  })

  it('ends nobody’s connection because the operator’s own secret is wrong', async () => {
    const host = await newHost()
    clock.advanceBy(3_600_000)
    const mistyped = createZoomApi({
      apiUrl: `${rest.url}/v2`,
      oauthUrl: rest.url,
      clientId: world.app.clientId,
      clientSecrets: ['mistyped'],
      clock: clock.now,
      log: silentLog,
    })
    const cupboard = first().storage.tokenCupboard
    const callAs = createAuthorised({ zoom: mistyped, cupboard, clock: clock.now, log: silentLog })
    expect(await failure(callAs(host, mistyped.usersMe))).toEqual({ kind: 'refused', code: 'invalid_client' })
    await second().callAs(host, second().zoom.usersMe)
  })

  it('says to connect when there are no tokens', async () => {
    const { installationId } = await newHost()
    const { memberId } = await first().storage.directory.ensureMember(installationId, 'user-guest')
    const nobody = { installationId, memberId }
    expect(await failure(first().callAs(nobody, first().zoom.usersMe))).toMatchObject({ kind: 'reconnect' })
    const connectionOf = createConnectionOf({ cupboard: first().storage.tokenCupboard, profile: 'user' })
    expect(await connectionOf(nobody)).toMatchObject({
      state: 'missing',
      missingScopes: [],
      capabilities: [],
    })
  })

  it('names the rights that an authorization lacks, optional ones left out', async () => {
    const connectionOf = createConnectionOf({ cupboard: first().storage.tokenCupboard, profile: 'user' })
    expect(await connectionOf(await newHost())).toMatchObject({ state: 'connected', missingScopes: [] })
    world.app.scopes = Object.keys(scopes).filter(
      (scope) => scope !== 'webinar:read:webinar' && scope !== 'meeting:read:participant',
    )
    const small = await newHost()
    delete world.app.scopes
    const connection = await connectionOf(small)
    expect(connection).toMatchObject({ state: 'scopes', missingScopes: ['meeting:read:participant'] })
    expect(connection.capabilities.filter(({ missingScopes }) => missingScopes.length > 0)).toEqual([
      { capability: 'live_meetings', missingScopes: ['meeting:read:participant'] },
      { capability: 'live_webinars', missingScopes: ['webinar:read:webinar'] },
    ])
  })
})

describe('the row of a member’s tokens', () => {
  it('is written before anybody uses what came, also when the connection breaks at that moment', async () => {
    const host = await newHost()
    const cupboard = first().storage.tokenCupboard
    const old = await cupboard.find(host)
    // Every connection of the pool is open, and all of them break.
    await Promise.all(Array.from({ length: 10 }, () => cupboard.find(host)))
    const renewed = await cupboard.renew(host, old?.accessToken ?? '', async (refreshToken) => {
      const fresh = await first().zoom.refreshTokens(refreshToken)
      await database.refuseConnections()
      await database.allowConnections()
      return fresh
    })
    expect(tokenCalls()).toBe(1)
    expect(await second().storage.tokenCupboard.find(host)).toEqual(renewed)
    expect(renewed).not.toMatchObject({ accessToken: old?.accessToken })
  })

  it('holds what Zoom spent when a process died between answer and commit: the next renewal says to connect again', async () => {
    const host = await newHost()
    const cupboard = second().storage.tokenCupboard
    const kept = await cupboard.find(host)
    await first().zoom.refreshTokens(kept?.refreshToken ?? '')
    clock.advanceBy(3_600_000)
    expect(await failure(second().callAs(host, second().zoom.usersMe))).toMatchObject({ kind: 'reconnect' })
    expect(await cupboard.find(host)).toMatchObject({ dead: 'invalid_grant' })
  })
})
