import { createHmac } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startServer, type TestServer } from '../support/server.ts'
import { createRandom, createScenario, type PersonInPlay, type Scenario } from '../zoom/index.ts'

const BODIES = 4_000
const TOGETHER = 16

const fixtures = fileURLToPath(new URL('../fixtures/webhooks', import.meta.url))
const host: PersonInPlay = { key: 'host', name: 'Ada Lindqvist', zoomUserId: 'UserAdaLindqvist000001' }
const deliveries = readdirSync(fixtures)
  // An uninstall that is believed would end the installation under test; it is fuzzed unsigned only.
  .filter((file) => file !== 'app-removed.json')
  .map((file) => (JSON.parse(readFileSync(`${fixtures}/${file}`, 'utf8')) as { rawBody: string }).rawBody)

let server: TestServer
let lesson: Scenario
beforeAll(async () => {
  server = await startServer()
  const { clock, world } = server
  lesson = world.add(
    createScenario({
      clock,
      seed: 5,
      meeting: { topic: 'Fuzzed', accountId: 'AcctInvented0000000001' },
      host,
    }),
  )
  await server.install(host.zoomUserId ?? '')
  world.authorised.add(host.zoomUserId ?? '')
  lesson.start()
  lesson.join(host.key)
})
afterAll(() => server.stop())

const random = createRandom(20_261_123, 'fuzz')
const count = async (table: string): Promise<number> =>
  Number((await server.query(`select count(*) as n from ${table}`))[0]?.['n'])

describe('a body nobody expected', () => {
  it('signed by Zoom, is thanked for or refused, never an error of ours, and the inbox comes to rest', async () => {
    const statuses = await answers('/webhooks/zoom', BODIES, () => {
      const body = damaged(random.pick(deliveries as [string]))
      return { body, headers: { ...signed(body, server.world.app.webhookSecret), ...oddHeaders() } }
    })
    for (const status of statuses.keys()) expect([200, 400, 401, 413, 415]).toContain(status)
    expect(statuses.get(200)).toBeGreaterThan(BODIES / 10)
    expect(statuses.get(400)).toBeGreaterThan(BODIES / 10)
    const pending = () => server.query(`select count(*) as n from inbox where state = 'pending'`)
    await expect.poll(pending, { timeout: 60_000, interval: 500 }).toEqual([{ n: '0' }])
  })

  it('not signed by Zoom, is refused and leaves no trace', async () => {
    const before = [await count('inbox'), await count('evidence'), await count('meetings')]
    const statuses = await answers('/webhooks/zoom', BODIES, () => {
      const original = random.pick(deliveries as [string])
      const body = random.next() < 0.5 ? Buffer.from(original) : damaged(original)
      return { body, headers: { ...badlySigned(body), ...oddHeaders() } }
    })
    for (const status of statuses.keys()) expect([400, 401, 413, 415]).toContain(status)
    expect([await count('inbox'), await count('evidence'), await count('meetings')]).toEqual(before)
  })

  it('in place of an app context, is refused and opens no session', async () => {
    const before = [await count('sessions'), await count('used_contexts'), await count('audit')]
    const statuses = await answers('/api/session', BODIES, () => {
      const context = server.world.appContext(host, lesson)
      return { body: oddExchange(context), headers: { 'content-type': 'application/json', ...oddHeaders() } }
    })
    for (const status of statuses.keys()) expect([400, 401, 403, 413, 415]).toContain(status)
    expect([await count('sessions'), await count('used_contexts'), await count('audit')]).toEqual(before)
  })

  it('leaves a server that works: a proper delivery is counted and the list can be read', async () => {
    const stop = server.webhooks.follow(lesson)
    const evidence = await count('evidence')
    lesson.leave(host.key)
    lesson.join(host.key)
    stop()
    await server.webhooks.settled()
    await expect.poll(() => count('evidence')).toBe(evidence + 2)
    const { token, meeting } = await server.session(server.world.appContext(host, lesson))
    const answer = await server.call(token, 'GET', `/api/gatherings/${meeting?.gatheringId ?? ''}/roster`)
    expect(answer.status).toBe(200)
  })
})

interface Sent {
  body: Buffer
  headers: Record<string, string>
}

/** How many were answered with which status. */
async function answers(path: string, times: number, make: () => Sent): Promise<Map<number, number>> {
  const statuses = new Map<number, number>()
  for (let n = 0; n < times; n += TOGETHER) {
    await Promise.all(
      Array.from({ length: TOGETHER }, async () => {
        const { body, headers } = make()
        const answer = await fetch(`${server.url}${path}`, {
          method: 'POST',
          headers,
          body: new Uint8Array(body),
        })
        const text = await answer.text()
        if (answer.status >= 500) {
          throw new Error(
            `${answer.status} ${text} for ${JSON.stringify(headers)} ${body.toString('base64')}`,
          )
        }
        statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1)
      }),
    )
  }
  return statuses
}

function signed(body: Buffer, secret: string): Record<string, string> {
  const timestamp = String(Math.floor(server.clock.now() / 1000))
  return {
    'content-type': 'application/json',
    'x-zm-request-timestamp': timestamp,
    // Damaged bodies need not be text, so the bytes themselves are signed.
    'x-zm-signature': `v0=${createHmac('sha256', secret).update(`v0:${timestamp}:`).update(body).digest('hex')}`,
    ...(random.next() < 0.7 ? { 'x-zm-request-id': random.bytes(8).toString('hex') } : {}),
  }
}

function badlySigned(body: Buffer): Record<string, string> {
  const right = signed(body, server.world.app.webhookSecret)
  const signature = right['x-zm-signature'] ?? ''
  const { 'x-zm-signature': _signature, ...unsigned } = right
  return random.pick([
    unsigned,
    signed(body, 'another secret'),
    { ...right, 'x-zm-signature': signature.slice(0, random.between(0, signature.length - 1)) },
    { ...right, 'x-zm-signature': signature.toUpperCase() },
    { ...right, 'x-zm-signature': `v0=${random.bytes(32).toString('hex')}` },
    { ...right, 'x-zm-request-timestamp': String(random.between(0, 2_000_000_000)) },
    { ...right, 'x-zm-request-timestamp': random.pick(['', ' ', '-1', '1e9', 'NaN', '9'.repeat(400)]) },
    signed(Buffer.concat([body, Buffer.from(' ')]), server.world.app.webhookSecret),
  ])
}

const oddHeaders = (): Record<string, string> =>
  random.next() < 0.85
    ? {}
    : random.pick<Record<string, string>>([
        { 'content-type': 'text/plain' },
        { 'content-type': 'application/json; charset=utf-7' },
        { 'content-type': ';;;' },
        { 'content-encoding': 'gzip' },
        { 'content-encoding': 'deflate' },
        { 'content-encoding': 'br' },
        { 'content-encoding': 'nonsense' },
        { 'x-zm-request-id': 'x'.repeat(5_000) },
        { 'x-zm-request-id': 'é' },
        { 'x-zm-trackingid': '\t' },
      ])

/** A body with something wrong in it: in its bytes, or in its JSON. */
function damaged(text: string): Buffer {
  const roll = random.next()
  if (roll < 0.02) return Buffer.alloc(0)
  if (roll < 0.05) return random.bytes(random.between(1, 2_000))
  if (roll < 0.06) return Buffer.from(`${'['.repeat(100_000)}${']'.repeat(100_000)}`)
  if (roll < 0.3) return withDamagedBytes(Buffer.from(text))
  let json: unknown = JSON.parse(text)
  for (let times = random.between(1, 4); times > 0; times -= 1) json = withDamagedLeaf(json)
  return Buffer.from(JSON.stringify(json) ?? '')
}

function withDamagedBytes(bytes: Buffer): Buffer {
  const at = random.between(0, bytes.length - 1)
  const to = Math.min(bytes.length, at + random.between(1, 20))
  const [before, cut, after] = [bytes.subarray(0, at), bytes.subarray(at, to), bytes.subarray(to)]
  return Buffer.concat(
    random.pick([
      [before, after],
      [before, cut, cut, after],
      [before, random.bytes(cut.length), after],
      [before],
      [before, Buffer.from('\u0000'), after],
    ]),
  )
}

const oddValues: [unknown, ...unknown[]] = [
  null,
  true,
  0,
  -1,
  1.5,
  1e308,
  Number.MAX_SAFE_INTEGER + 1,
  '',
  ' ',
  '\u0000',
  '\ud800',
  '\u202e\u200f',
  'x'.repeat(70_000),
  "'; drop table evidence; --",
  '=1+1',
  '0000-00-00T00:00:00Z',
  '9999-12-31T23:59:59Z',
  '+275760-09-13T00:00:00.000Z',
  '1970-01-01T00:00:00Z',
  [],
  {},
  [[[[]]]],
  { toString: 'x', valueOf: 'y', constructor: null },
]

/** One value somewhere in it is replaced, renamed or gone. */
function withDamagedLeaf(json: unknown): unknown {
  if (typeof json !== 'object' || json === null || random.next() < 0.05) return random.pick(oddValues)
  const entries = Object.entries(json)
  const [key, value] = entries[random.between(0, Math.max(0, entries.length - 1))] ?? ['extra', '']
  const rest = entries.filter(([other]) => other !== key)
  // As Zoom nests participant in object in payload, what is inside is damaged more often than what is around it.
  const changed =
    typeof value === 'object' && value !== null ? withDamagedLeaf(value) : random.pick(oddValues)
  const roll = random.next()
  if (roll < 0.1) return Object.fromEntries(rest)
  if (roll < 0.2) return Object.fromEntries([...rest, ['__proto__', value]])
  return Object.fromEntries([...rest, [key, changed]])
}

/** Anything but a body with a context that verifies. */
function oddExchange(context: string): Buffer {
  // Short of the last four characters, whose spare bits and padding may differ in tokens of the same bytes.
  const at = random.between(1, context.length - 5)
  const other = context[at] === 'A' ? 'B' : 'A'
  const flipped = `${context.slice(0, at)}${other}${context.slice(at + 1)}`
  const roll = random.next()
  if (roll < 0.1) return withDamagedBytes(Buffer.from(JSON.stringify({ appContext: flipped })))
  if (roll < 0.2) return random.bytes(random.between(0, 500))
  return Buffer.from(
    JSON.stringify(
      random.pick<unknown>([
        { appContext: flipped },
        { appContext: flipped },
        { appContext: flipped },
        { appContext: context.slice(0, at) },
        { appContext: context.slice(at) },
        { appContext: random.bytes(at).toString('base64url') },
        { appContext: 'A'.repeat(at * 1_000) },
        { appContext: random.pick(oddValues) },
        { appContext: [context] },
        { appcontext: context },
        [context],
        context,
        random.pick(oddValues),
      ]),
    ) ?? '',
  )
}
