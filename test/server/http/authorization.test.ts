import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { AuthorizationChallenge } from '../../../shared/wire/index.ts'
import { classmate, openClassroom } from '../../support/classroom.ts'
import type { TestServer } from '../../support/server.ts'
import { sealAppContext, signedInCookie } from '../../zoom/index.ts'

let server: TestServer
const oleg = classmate('oleg', 'Oleg P.')
const vera = classmate('vera', 'Vera S.')

beforeAll(async () => {
  ;({ server } = await openClassroom({ others: [oleg, vera] }))
})
afterAll(() => server.stop())

/** A context of the main client, also of somebody who has not added the app. */
function contextOf(zoomUserId: string | null): string {
  server.clock.advanceBy(1_000)
  const now = server.clock.now()
  const fields = { typ: 'panel' as const, aud: server.world.app.clientId, iss: 'marketplace.zoom.us' }
  return sealAppContext(
    { ...fields, ...(zoomUserId !== null && { uid: zoomUserId }), ts: now, exp: now + 120_000 },
    server.world.app.clientSecret,
  )
}

const begin = (zoomUserId: string | null) =>
  server.call(null, 'POST', '/api/authorization', { appContext: contextOf(zoomUserId) })
const challengeFor = async (zoomUserId: string) =>
  (await (await begin(zoomUserId)).json()) as AuthorizationChallenge
const finish = (body: { state: string; code: string; redirectUri: string | null }) =>
  server.call(null, 'POST', '/api/authorization/code', body)
const codeOf = async (answer: Response): Promise<string> => ((await answer.json()) as { code: string }).code

/** Zoom's consent of this person for what the panel began: where Zoom sends the browser back to. */
async function consent(zoomUserId: string, { state, codeChallenge }: AuthorizationChallenge): Promise<URL> {
  const ask = new URL('/oauth/authorize', server.rest.url)
  ask.search = new URLSearchParams({
    response_type: 'code',
    client_id: server.world.app.clientId,
    redirect_uri: server.world.app.redirectUri,
    state,
    code_challenge: codeChallenge,
    code_challenge_method: 'plain',
  }).toString()
  const answer = await fetch(ask, {
    redirect: 'manual',
    headers: { cookie: signedInCookie(zoomUserId) },
  })
  return new URL(answer.headers.get('location') ?? '')
}
const givenCode = (back: URL): string => back.searchParams.get('code') ?? ''
const calledBack = () => `${server.url}/oauth/callback`
const installationsOf = async (zoomUserId: string) =>
  (await server.storage.directory.installationOfUser(zoomUserId))?.id ?? null
const auditOf = async (installationId: string | null) =>
  (await server.storage.audit.list(installationId ?? '')).map(({ act }) => act)

describe('consent inside the Zoom client', () => {
  it('connects somebody who has nothing yet, with a verifier of RFC 7636 as plain challenge', async () => {
    const challenge = await challengeFor('user-oleg')
    expect(challenge.codeChallenge).toMatch(/^[A-Za-z0-9_-]{43,128}$/)
    const code = givenCode(await consent('user-oleg', challenge))
    expect((await finish({ state: challenge.state, code, redirectUri: calledBack() })).status).toBe(204)
    const installationId = await installationsOf('user-oleg')
    expect(await auditOf(installationId)).toEqual(['installed'])
    expect((await server.session(contextOf('user-oleg'))).member.role).toBe('member')
  })

  it('connects again what is there, without a second installation', async () => {
    const before = await installationsOf('user-oleg')
    const challenge = await challengeFor('user-oleg')
    const code = givenCode(await consent('user-oleg', challenge))
    await finish({ state: challenge.state, code, redirectUri: calledBack() })
    expect(await installationsOf('user-oleg')).toBe(before)
    expect(await auditOf(before)).toEqual(['installed', 'session_opened', 'reconnected'])
  })

  it('takes the home address with and without its slash, or none, and no other', async () => {
    for (const [sent, said] of [
      [`${server.url}/`, `${server.url}/`],
      [server.url, server.url],
      [`${server.url}/`, null],
    ] as const) {
      const { state } = await challengeFor('user-oleg')
      const code = server.rest.oauth.issueCode('user-oleg', sent)
      expect((await finish({ state, code, redirectUri: said })).status).toBe(204)
    }
    const { state } = await challengeFor('user-oleg')
    for (const elsewhere of [
      'https://evil.example/',
      `${server.url}/#state`,
      `${server.url}.evil.example/`,
      '',
    ]) {
      const code = server.rest.oauth.issueCode('user-oleg', elsewhere)
      expect((await finish({ state, code, redirectUri: elsewhere })).status).toBe(400)
    }
    const code = server.rest.oauth.issueCode('user-oleg', `${server.url}/`)
    expect((await finish({ state, code, redirectUri: null })).status).toBe(204)
  })

  it('may also end at the callback, in any browser, and the panel then learns that it is done', async () => {
    const challenge = await challengeFor('user-oleg')
    const back = await consent('user-oleg', challenge)
    const page = await fetch(back, { headers: { 'accept-language': 'ru' } })
    expect(page.status).toBe(200)
    expect(await page.text()).toContain('Rollbook подключён')
    const late = await finish({ state: challenge.state, code: givenCode(back), redirectUri: calledBack() })
    expect(late.status).toBe(410)
    expect(await codeOf(late)).toBe('flow_gone')
  })

  it('keeps nothing of somebody else who agreed, and takes their consent back', async () => {
    const challenge = await challengeFor('user-oleg')
    const code = givenCode(await consent('user-vera', challenge))
    const answer = await finish({ state: challenge.state, code, redirectUri: calledBack() })
    expect(answer.status).toBe(403)
    expect(await codeOf(answer)).toBe('account_mismatch')
    expect(await installationsOf('user-vera')).toBeNull()
    expect(server.world.authorised.has('user-vera')).toBe(false)
  })

  it('cannot be used to make somebody else who has Rollbook lose it', async () => {
    const own = await installationsOf('user-elena')
    const challenge = await challengeFor('user-oleg')
    const page = await fetch(await consent('user-elena', challenge))
    expect(page.status).toBe(403)
    expect(await page.text()).toContain('Another Zoom user agreed')
    expect(server.world.authorised.has('user-elena')).toBe(true)
    expect(await installationsOf('user-elena')).toBe(own)
    const [kept] = await server.query('select member_id from tokens where installation_id = $1', [own])
    const holder = { installationId: own ?? '', memberId: String(kept?.['member_id']) }
    const tokens = await server.storage.tokenCupboard.find(holder)
    expect(server.rest.oauth.grantOf(tokens?.accessToken ?? '')).toMatchObject({ zoomUserId: 'user-elena' })
  })

  it('does not begin for guests, for nobody, or with a context that is too old', async () => {
    expect(await codeOf(await begin(null))).toBe('guest')
    const stale = contextOf('user-oleg')
    server.clock.advanceBy(600_000)
    const late = await server.call(null, 'POST', '/api/authorization', { appContext: stale })
    expect(await codeOf(late)).toBe('context_expired')
    const forged = await server.call(null, 'POST', '/api/authorization', { appContext: 'nonsense' })
    expect(await codeOf(forged)).toBe('context_invalid')
  })

  it('ends after fifteen minutes, and with a state nobody was given', async () => {
    const { state } = await challengeFor('user-oleg')
    server.clock.advanceBy(15 * 60_000)
    const code = server.rest.oauth.issueCode('user-oleg', `${server.url}/`)
    expect((await finish({ state, code, redirectUri: null })).status).toBe(410)
    expect((await finish({ state: 'invented', code, redirectUri: null })).status).toBe(410)
  })

  it('leaves the context to be exchanged for a session', async () => {
    const appContext = contextOf('user-oleg')
    await server.call(null, 'POST', '/api/authorization', { appContext })
    expect((await server.exchange(appContext)).status).toBe(200)
  })

  it('waits a moment of Zoom’s out before it says whose consent it was', async () => {
    const challenge = await challengeFor('user-oleg')
    const code = givenCode(await consent('user-oleg', challenge))
    server.rest.switches.next.push(503, 429)
    expect((await finish({ state: challenge.state, code, redirectUri: calledBack() })).status).toBe(204)
  })

  it('keeps nothing when Zoom goes on not saying whose it was; pressing again connects, and nothing was removed', async () => {
    const own = await installationsOf('user-oleg')
    const holder = async () => {
      const [kept] = await server.query('select member_id from tokens where installation_id = $1', [own])
      return { installationId: own ?? '', memberId: String(kept?.['member_id']) }
    }
    const before = await server.storage.tokenCupboard.find(await holder())
    const first = await challengeFor('user-oleg')
    const lost = givenCode(await consent('user-oleg', first))
    server.rest.switches.next.push(503, 503, 503)
    const failed = await finish({ state: first.state, code: lost, redirectUri: calledBack() })
    expect([failed.status, await codeOf(failed)]).toEqual([503, 'zoom_unavailable'])
    expect(server.rest.switches.next).toEqual([])
    expect(await server.storage.tokenCupboard.find(await holder())).toEqual(before)
    expect(server.world.authorised.has('user-oleg')).toBe(true)

    const second = await challengeFor('user-oleg')
    const code = givenCode(await consent('user-oleg', second))
    expect((await finish({ state: second.state, code, redirectUri: calledBack() })).status).toBe(204)
    expect(await installationsOf('user-oleg')).toBe(own)
    const after = await server.storage.tokenCupboard.find(await holder())
    expect(server.rest.oauth.grantOf(after?.accessToken ?? '')).toMatchObject({ zoomUserId: 'user-oleg' })
    expect(await auditOf(own)).not.toContain('deauthorized')
  })

  it('says so when Zoom refuses, without quoting it', async () => {
    const first = await challengeFor('user-oleg')
    const spent = givenCode(await consent('user-oleg', first))
    await finish({ state: first.state, code: spent, redirectUri: calledBack() })
    const second = await challengeFor('user-oleg')
    const again = await finish({ state: second.state, code: spent, redirectUri: calledBack() })
    expect(await codeOf(again)).toBe('zoom_refused')
  })
})
