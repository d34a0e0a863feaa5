import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Handover } from '../../../shared/wire/index.ts'
import { classmate, openClassroom } from '../../support/classroom.ts'
import type { TestServer } from '../../support/server.ts'
import type { PersonInPlay, Scenario } from '../../zoom/index.ts'

let server: TestServer
let lesson: Scenario
let elena: PersonInPlay
const oleg = classmate('oleg', 'Oleg P.')

beforeEach(async () => {
  ;({ server, lesson, elena } = await openClassroom({ others: [oleg], installed: [oleg] }))
  server.world.onDeauthorised(({ zoomUserId, accountId, atMs }) => {
    server.webhooks.send({
      event: 'app_deauthorized',
      payload: {
        user_id: zoomUserId,
        account_id: accountId,
        client_id: server.world.app.clientId,
        deauthorization_time: new Date(atMs).toISOString(),
      },
    })
  })
  server.webhooks.follow(lesson)
  lesson.start()
  for (const { key } of [elena, oleg]) lesson.join(key)
  lesson.promote(oleg.key)
  await server.told()
})
afterEach(() => server.stop())

async function tokenOf(who: PersonInPlay, where: Scenario | null = null): Promise<string> {
  server.clock.advanceBy(1_000)
  return (await server.session(server.world.appContext(who, where))).token
}
const disconnect = (token: string) => server.call(token, 'POST', '/api/disconnect')
const codeOf = async (answer: Response): Promise<string> => ((await answer.json()) as { code: string }).code
const rows = async (table: string): Promise<number> =>
  Number((await server.query(`select count(*)::int as n from ${table}`))[0]?.['n'])
const removals = async (installationId: string | null) => {
  const lines = await server.storage.audit.list(installationId ?? '')
  return lines.map(({ act }) => act).filter((act) => act === 'disconnected' || act === 'deauthorized')
}
const idOf = async (who: PersonInPlay) =>
  (await server.storage.directory.installationOfUser(who.zoomUserId ?? ''))?.id ?? null

describe('a host who disconnects in the panel', () => {
  it('has Zoom’s consent revoked and every list made unreadable, at once; Zoom’s own news change nothing more', async () => {
    const token = await tokenOf(elena)
    const own = await idOf(elena)
    expect((await disconnect(token)).status).toBe(204)
    expect(server.world.authorised.has('user-elena')).toBe(false)
    expect(await idOf(elena)).toBeNull()
    for (const table of ['data_keys', 'meetings', 'evidence', 'inbox', 'people'])
      expect(await server.query(`select 1 from ${table} where installation_id = $1`, [own]), table).toEqual(
        [],
      )
    await server.told()
    expect(await removals(own)).toEqual(['disconnected'])
    expect(await codeOf(await disconnect(token))).toBe('session_revoked')
  })

  it('needs a context at most two minutes old', async () => {
    const token = await tokenOf(elena)
    server.clock.advanceBy(121_000)
    expect(await codeOf(await disconnect(token))).toBe('context_stale')
    expect(await idOf(elena)).not.toBeNull()
  })

  it('is renewed first when the tokens are old', async () => {
    server.clock.advanceBy(3_600_000)
    expect((await disconnect(await tokenOf(elena))).status).toBe(204)
    expect(server.world.authorised.has('user-elena')).toBe(false)
  })

  it('is renewed first when Zoom does not know the token any more', async () => {
    server.rest.oauth.expireAccessTokens()
    expect((await disconnect(await tokenOf(elena))).status).toBe(204)
    expect(server.world.authorised.has('user-elena')).toBe(false)
  })

  it('goes on when Zoom ended the consent before', async () => {
    const token = await tokenOf(elena)
    const own = (await idOf(elena)) ?? ''
    const [row] = await server.query('select member_id from tokens where installation_id = $1', [own])
    const kept = await server.storage.tokenCupboard.find({
      installationId: own,
      memberId: String(row?.['member_id']),
    })
    await fetch(`${server.rest.url}/oauth/revoke`, {
      method: 'POST',
      headers: {
        authorization: `Basic ${Buffer.from('TestClientId:TestClientSecret0123456789abcdef').toString('base64')}`,
      },
      body: new URLSearchParams({ token: kept?.accessToken ?? '' }),
    })
    // Zoom's news of it is still on its way.
    expect([204, 401]).toContain((await disconnect(token)).status)
    await server.told()
    expect(await idOf(elena)).toBeNull()
  })

  it('keeps everything while Zoom cannot be told, and has not asked to leave when it is removed at Zoom later', async () => {
    const token = await tokenOf(elena)
    const own = await idOf(elena)
    await server.rest.close()
    const answer = await disconnect(token)
    expect(answer.status).toBe(503)
    expect(await codeOf(answer)).toBe('zoom_unavailable')
    expect(await idOf(elena)).not.toBeNull()
    expect(await rows('evidence')).toBeGreaterThan(0)
    server.world.deauthorise('user-elena')
    await server.told()
    expect(await removals(own)).toEqual(['deauthorized'])
  })

  it('ends their wide views, wherever they were opened', async () => {
    const handover = await server.call(await tokenOf(elena, lesson), 'POST', '/api/handover')
    const { url } = (await handover.json()) as Handover
    const pressed = await fetch(url, { method: 'POST', redirect: 'manual' })
    const cookie = (pressed.headers.getSetCookie()[0] ?? '').split(';')[0] ?? ''
    const wide = (method: 'GET' | 'POST', path: string) =>
      fetch(`${server.url}${path}`, { method, headers: { cookie, 'x-rollbook': 'panel' } })
    expect((await wide('GET', '/api/session')).status).toBe(200)
    await disconnect(await tokenOf(elena))
    expect(await codeOf(await wide('GET', '/api/session'))).toBe('session_revoked')
  })

  it('may come back before Zoom’s news of the leaving arrives, and keeps what is new', async () => {
    const late: { zoomUserId: string; atMs: number }[] = []
    server.world.onDeauthorised((event) => late.push(event))
    const before = await idOf(elena)
    await disconnect(await tokenOf(elena))
    server.clock.advanceBy(30_000)
    await server.install('user-elena')
    server.world.authorised.add('user-elena')
    const after = await idOf(elena)
    expect(after).not.toBe(before)
    server.webhooks.send({
      event: 'app_deauthorized',
      payload: {
        user_id: 'user-elena',
        account_id: 'account-a',
        client_id: server.world.app.clientId,
        deauthorization_time: new Date(late[0]?.atMs ?? 0).toISOString(),
      },
    })
    await server.told()
    expect(await idOf(elena)).toBe(after)
    expect((await server.session(server.world.appContext(elena, null))).member.role).toBe('member')
  })
})

describe('a co-host', () => {
  it('cannot disconnect the host’s Rollbook from the host’s list', async () => {
    const answer = await disconnect(await tokenOf(oleg, lesson))
    expect(answer.status).toBe(403)
    expect(await codeOf(answer)).toBe('forbidden')
    expect(await idOf(elena)).not.toBeNull()
    expect(await idOf(oleg)).not.toBeNull()
  })

  it('who disconnects their own loses what they had here, and the host nothing', async () => {
    const helping = await tokenOf(oleg, lesson)
    const evidence = await rows('evidence')
    expect((await disconnect(await tokenOf(oleg))).status).toBe(204)
    expect((await server.call(helping, 'GET', '/api/session')).status).toBe(401)
    expect(await server.query(`select 1 from grants where role = 'cohost'`)).toEqual([])
    expect(await idOf(oleg)).toBeNull()
    expect(await rows('evidence')).toBe(evidence)
    const { token, meeting } = await server.session(server.world.appContext(elena, lesson))
    const roster = await server.call(token, 'GET', `/api/gatherings/${meeting?.gatheringId}/roster`)
    expect(roster.status).toBe(200)
    await server.told()
    expect(await idOf(elena)).not.toBeNull()
    expect(await removals(await idOf(elena))).toEqual(['disconnected'])
  })
})
