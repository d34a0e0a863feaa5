import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { classmate, openClassroom } from '../../support/classroom.ts'
import type { TestServer } from '../../support/server.ts'
import { sealAppContext, type PersonInPlay, type Scenario } from '../../zoom/index.ts'

let server: TestServer
let lesson: Scenario
let elena: PersonInPlay
const oleg = classmate('oleg', 'Oleg P.')

beforeAll(async () => {
  ;({ server, lesson, elena } = await openClassroom({ others: [oleg], installed: [oleg] }))
  lesson.start()
  lesson.join('elena')
  lesson.join('oleg')
})
afterAll(() => server.stop())

const codeOf = async (answer: Response): Promise<string> => ((await answer.json()) as { code: string }).code
const roster = (token: string, gathering: string) =>
  server.call(token, 'GET', `/api/gatherings/${gathering}/roster`)

describe('installing', () => {
  it('leaves for Zoom with state and an S256 challenge, and ends at a deep link', async () => {
    const start = await server.call(null, 'GET', '/oauth/install')
    const target = new URL(start.headers.get('location') ?? '')
    expect(target.searchParams.get('code_challenge_method')).toBe('S256')
    expect(target.searchParams.get('state')).toMatch(/^[\w-]{43}$/)
    expect(start.headers.get('set-cookie')).toMatch(/HttpOnly; SameSite=Lax/)
    const end = await server.install('user-elena')
    expect(new URL(end.url).pathname).toBe('/launch/app')
  })

  it('welcomes once in the panel that the deep link opened', async () => {
    server.clock.advanceBy(1_000)
    expect((await server.session(server.world.appContext(elena, lesson))).welcome).toBe(true)
    server.clock.advanceBy(1_000)
    expect((await server.session(server.world.appContext(elena, lesson))).welcome).toBe(false)
  })

  it('is done although Zoom makes no deep link for the app, and says where the panel is', async () => {
    server.rest.switches.noDeeplinks = true
    const end = await server.install('user-elena')
    server.rest.switches.noDeeplinks = false
    expect(end.status).toBe(200)
    expect(await end.text()).toContain('Rollbook is connected')
  })

  it('takes no code that comes without our state: it begins again', async () => {
    const before = server.rest.calls.length
    const add = await fetch(`${server.rest.url}/marketplace/add?user=user-elena`)
    expect(add.status).toBe(200)
    expect(await add.text()).toContain('href="/oauth/install"')
    expect(server.rest.calls.slice(before).filter(({ path }) => path === '/oauth/token')).toEqual([])
  })

  it('takes no state that another browser began with', async () => {
    const start = await server.call(null, 'GET', '/oauth/install')
    const state = new URL(start.headers.get('location') ?? '').searchParams.get('state') ?? ''
    const answer = await server.call(null, 'GET', `/oauth/callback?code=stolen&state=${state}`)
    expect(answer.status).toBe(200)
    expect(await answer.text()).toContain('href="/oauth/install"')
  })

  it('begins again when the cookie is garbage', async () => {
    const answer = await fetch(`${server.url}/oauth/callback?code=stolen&state=%25E0`, {
      headers: { cookie: 'rollbook-install=%E0%A4%A' },
    })
    expect(answer.status).toBe(200)
    expect(await answer.text()).toContain('href="/oauth/install"')
  })

  it('says so when consent was refused, and when Zoom is down', async () => {
    const refused = await server.call(null, 'GET', '/oauth/callback?error=access_denied')
    expect(refused.status).toBe(400)
    expect(await refused.text()).toContain('Nothing was stored')
    server.rest.switches.next.push(503, 503, 503)
    const down = await server.install('user-elena')
    expect(down.status).toBe(503)
    expect(await codeOf(down)).toBe('zoom_unavailable')
    server.rest.switches.next.length = 0
  })

  it('keeps no token readable in the database', async () => {
    const rows = await server.query('select * from tokens')
    expect(rows.length).toBeGreaterThan(0)
    const text = JSON.stringify(rows, (_, value: unknown) =>
      Buffer.isBuffer(value) ? value.toString('latin1') : value,
    )
    expect(text).not.toMatch(/user-elena|elena@school/)
  })
})

describe('exchanging an app context', () => {
  it('gives the host the meeting, and a session of at most fifteen minutes', async () => {
    server.clock.advanceBy(1_000)
    const session = await server.session(server.world.appContext(elena, lesson))
    expect(session.member.role).toBe('host')
    expect(session.meeting).toMatchObject({ capture: 'full', mayReadEmails: true, mayExport: true })
    expect(session.expiresInSeconds).toBeLessThanOrEqual(900)
    const gathering = session.meeting?.gatheringId ?? ''
    expect((await roster(session.token, gathering)).status).toBe(200)
    server.clock.advanceBy(900_000)
    const late = await roster(session.token, gathering)
    expect(late.status).toBe(401)
    expect(await codeOf(late)).toBe('session_expired')
  })

  it.each([
    ['nonsense', 'context_invalid'],
    ['', 'bad_request'],
  ])('refuses %j', async (token, code) => {
    expect(await codeOf(await server.exchange(token))).toBe(code)
  })

  it('refuses a forged, a stale and a future one', async () => {
    const now = server.clock.now()
    const fields = {
      typ: 'meeting',
      uid: 'user-elena',
      mid: lesson.meeting.uuid,
      attendrole: 'host',
      aud: 'TestClientId',
      iss: 'marketplace.zoom.us',
      ts: now,
      exp: now + 120_000,
      entitlements: [],
    }
    const secret = server.world.app.clientSecret
    const before = await server.query('select count(*)::int as n from sessions')
    const codes = await Promise.all(
      [
        sealAppContext(fields, 'another secret'),
        sealAppContext({ ...fields, aud: 'another app' }, secret),
        sealAppContext({ ...fields, iss: 'evil.example' }, secret),
        sealAppContext({ ...fields, ts: now + 3_600_000, exp: now + 3_720_000 }, secret),
        sealAppContext({ ...fields, ts: now - 600_000, exp: now - 480_000 }, secret),
        sealAppContext({ ...fields, exp: undefined }, secret),
      ].map(async (token) => codeOf(await server.exchange(token))),
    )
    expect(codes).toEqual([
      'context_invalid',
      'context_invalid',
      'context_invalid',
      'context_invalid',
      'context_expired',
      'context_invalid',
    ])
    expect(await server.query('select count(*)::int as n from sessions')).toEqual(before)
  })

  it('refuses the same context once; handed out again, it ends the first session visibly, and then never more', async () => {
    server.clock.advanceBy(1_000)
    const context = server.world.appContext(elena, lesson)
    const first = await server.session(context)
    const second = await server.exchange(context)
    expect(second.status).toBe(401)
    expect(await codeOf(second)).toBe('context_replayed')
    const third = await server.session(context)
    expect(await codeOf(await roster(first.token, first.meeting?.gatheringId ?? ''))).toBe(
      'session_taken_over',
    )
    expect((await roster(third.token, third.meeting?.gatheringId ?? '')).status).toBe(200)
    expect(await codeOf(await server.exchange(context))).toBe('context_replayed')
  })

  it('does not forget a context while the clocks’ difference could still let it in', async () => {
    server.clock.advanceBy(1_000)
    const context = server.world.appContext(elena, lesson)
    await server.session(context)
    server.clock.advanceBy(125_000)
    await server.storage.sweep(server.clock.now())
    expect(await codeOf(await server.exchange(context))).toBe('context_replayed')
  })

  it('lets one of two exchanges at the same instant win', async () => {
    server.clock.advanceBy(1_000)
    const context = server.world.appContext(elena, lesson)
    const statuses = (await Promise.all([server.exchange(context), server.exchange(context)])).map(
      ({ status }) => status,
    )
    expect(statuses.sort()).toEqual([200, 401])
  })

  it('gives a participant no meeting, and after a promotion the list', async () => {
    server.clock.advanceBy(1_000)
    const before = await server.session(server.world.appContext(oleg, lesson))
    expect(before).toMatchObject({ member: { role: 'participant' }, meeting: null })
    lesson.promote('oleg')
    server.clock.advanceBy(1_000)
    const after = await server.session(server.world.appContext(oleg, lesson))
    expect(after).toMatchObject({
      member: { role: 'cohost' },
      meeting: { mayReadEmails: false, mayExport: true },
    })
  })

  it('ends a co-host’s sessions when a context shows another role, and when a webhook tells it', async () => {
    const gathering =
      (await server.session(server.world.appContext(elena, lesson))).meeting?.gatheringId ?? ''
    const session = await server.session(server.world.appContext(oleg, lesson)).catch(async () => {
      server.clock.advanceBy(1_000)
      return server.session(server.world.appContext(oleg, lesson))
    })
    expect((await roster(session.token, gathering)).status).toBe(200)
    const stop = server.webhooks.follow(lesson)
    lesson.demote('oleg')
    await server.webhooks.settled()
    await expect.poll(async () => (await roster(session.token, gathering)).status).toBe(401)
    stop()
  })

  it('gives guests a friendly refusal, and somebody without the app another', async () => {
    const guest = server.world.appContext({ key: 'guest', name: 'Guest' }, null)
    expect(await codeOf(await server.exchange(guest))).toBe('guest')
    const now = server.clock.now()
    const stranger = sealAppContext(
      {
        typ: 'panel',
        uid: 'user-stranger',
        aud: 'TestClientId',
        iss: 'marketplace.zoom.us',
        ts: now,
        exp: now + 120_000,
      },
      server.world.app.clientSecret,
    )
    expect(await codeOf(await server.exchange(stranger))).toBe('not_installed')
  })

  it('believes an unknown role to be the least', async () => {
    const now = server.clock.now()
    const odd = sealAppContext(
      {
        typ: 'meeting',
        uid: 'user-elena',
        mid: lesson.meeting.uuid,
        attendrole: 'owner',
        aud: 'TestClientId',
        iss: 'marketplace.zoom.us',
        ts: now,
        exp: now + 120_000,
      },
      server.world.app.clientSecret,
    )
    expect((await server.session(odd)).meeting).toBeNull()
  })
})
