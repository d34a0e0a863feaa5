import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openClassroom } from '../../support/classroom.ts'
import type { TestServer } from '../../support/server.ts'
import { sign, type PersonInPlay, type Scenario } from '../../zoom/index.ts'

let server: TestServer
let lesson: Scenario
let elena: PersonInPlay

beforeAll(async () => {
  ;({ server, lesson, elena } = await openClassroom())
})
afterAll(() => server.stop())

const joined = (name: string, more: Record<string, unknown> = {}): Record<string, unknown> => ({
  event: 'meeting.participant_joined',
  event_ts: server.clock.now(),
  payload: {
    account_id: 'account-a',
    object: {
      id: lesson.meeting.number,
      uuid: lesson.meeting.uuid,
      host_id: 'user-elena',
      topic: 'Lesson 4',
      type: 2,
      start_time: '',
      timezone: 'Asia/Yekaterinburg',
      duration: 90,
      participant: {
        user_id: name,
        user_name: name,
        join_time: new Date(server.clock.now()).toISOString(),
        email: '',
        participant_uuid: `uuid-${name}`,
      },
      ...more,
    },
  },
})

interface Post {
  timestamp?: string
  secret?: string
  requestId?: string
  signature?: string
}
async function post(
  body: string | object,
  { timestamp, secret, requestId, signature }: Post = {},
): Promise<Response> {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  const seconds = timestamp ?? String(Math.floor(server.clock.now() / 1000))
  return fetch(`${server.url}/webhooks/zoom`, {
    method: 'POST',
    body: text,
    headers: {
      'content-type': 'application/json',
      'x-zm-request-timestamp': seconds,
      'x-zm-signature': signature ?? sign(secret ?? server.world.app.webhookSecret, seconds, text),
      ...(requestId === undefined ? {} : { 'x-zm-request-id': requestId }),
    },
  })
}
const codeOf = async (answer: Response): Promise<string> => ((await answer.json()) as { code: string }).code
const count = async (table: string): Promise<number> =>
  Number((await server.query(`select count(*) as n from ${table}`))[0]?.['n'])

describe('the door for Zoom’s deliveries', () => {
  it('answers the challenge before anybody has installed anything', async () => {
    expect(await server.webhooks.validate()).toBe(true)
  })

  it.each([
    ['a wrong signature', () => ({ secret: 'wrong' }), 'signature_invalid'],
    ['no signature', () => ({ signature: '' }), 'signature_invalid'],
    ['a signature of another length', () => ({ signature: 'v0=ab' }), 'signature_invalid'],
    [
      'one from ten minutes ago',
      () => ({ timestamp: String(Math.floor(server.clock.now() / 1000) - 600) }),
      'delivery_stale',
    ],
    [
      'one from ten minutes ahead',
      () => ({ timestamp: String(Math.floor(server.clock.now() / 1000) + 600) }),
      'delivery_stale',
    ],
    ['a timestamp that is no number', () => ({ timestamp: 'soon' }), 'signature_invalid'],
  ])('refuses %s with 401 and stores nothing', async (_, how, code) => {
    const before = await count('inbox')
    const answer = await post(joined('Mallory'), how())
    expect(answer.status).toBe(401)
    expect(answer.headers.get('content-type')).toContain('application/problem+json')
    expect([code, 'signature_invalid', 'delivery_stale']).toContain(await codeOf(answer))
    expect(await count('inbox')).toBe(before)
  })

  it.each([
    ['malformed JSON', '{"event":'],
    ['an array', '[]'],
    ['a number for the event', '{"event":1,"payload":{}}'],
    ['no payload', '{"event":"meeting.started"}'],
  ])('answers %s with 400 and a code', async (_, body) => {
    const answer = await post(body)
    expect(answer.status).toBe(400)
    expect(await codeOf(answer)).toBe('delivery_malformed')
  })

  it('answers a body over 1 MiB with 413', async () => {
    const answer = await post('x'.repeat(1024 * 1024 + 1))
    expect(answer.status).toBe(413)
    expect(await codeOf(answer)).toBe('body_too_large')
  })

  it('thanks for a delivery again and counts it once', async () => {
    const body = joined('Anna')
    for (let time = 0; time < 3; time++) expect((await post(body, { requestId: 'same' })).status).toBe(200)
    const bodyOnly = joined('Boris')
    for (let time = 0; time < 2; time++) expect((await post(bodyOnly)).status).toBe(200)
    await expect.poll(() => count('evidence')).toBe(2)
    expect(await count('inbox')).toBe(2)
  })

  it('thanks for what it has no use for, and for people who never installed it, and keeps nothing of it', async () => {
    const before = await count('inbox')
    expect((await post({ ...joined('Clara'), event: 'meeting.sharing_started' })).status).toBe(200)
    expect((await post({ ...joined('Clara'), event: 'something.new_2027' })).status).toBe(200)
    expect((await post(joined('Clara', { host_id: 'user-nobody' }))).status).toBe(200)
    expect(await count('inbox')).toBe(before)
    const metrics = await (await fetch(`${server.url}/metrics`)).text()
    expect(metrics).toMatch(/rollbook_webhook_deliveries_total\{outcome="unknown_installation"\} 1/)
    expect(metrics).toMatch(/rollbook_webhook_deliveries_total\{outcome="of_no_use"\} 2/)
  })

  it('parks a delivery nobody can read, and goes on with the others', async () => {
    expect(
      (await post(joined('x', { participant: { user_id: 5, user_name: ['?'] } }), { requestId: 'poison' }))
        .status,
    ).toBe(200)
    expect((await post(joined('Dora'), { requestId: 'dora' })).status).toBe(200)
    await expect.poll(() => count("inbox where state = 'parked'")).toBe(1)
    await expect.poll(() => count("inbox where state = 'pending'")).toBe(0)
    expect(await count('evidence')).toBe(3)
  })

  it('answers 503 while the database is down, loses nothing, and counts the repeat once', async () => {
    await server.database.refuseConnections()
    const during = await post(joined('Egor'), { requestId: 'egor' })
    expect(during.status).toBe(503)
    expect(await codeOf(during)).toBe('storage_unavailable')
    const panel = await server.exchange(server.world.appContext(elena, null))
    expect([panel.status, await codeOf(panel)]).toEqual([503, 'storage_unavailable'])
    expect((await fetch(`${server.url}/readyz`)).status).toBe(503)
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200)
    await server.database.allowConnections()
    expect((await post(joined('Egor'), { requestId: 'egor' })).status).toBe(200)
    await expect.poll(() => count('evidence'), { timeout: 20_000 }).toBe(4)
  })
})
