import { createServer } from 'node:http'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { createClock } from './clock.ts'
import { checkEvent } from './contract/check.ts'
import { createScenario } from './scenario.ts'
import type { Scenario } from './scenario.ts'
import { createHostileNames } from './scenarios/hostile-names.ts'
import { createLesson } from './scenarios/lesson.ts'
import { webhookBodies } from './webhook-bodies.ts'
import type { WebhookBody, WebhookQuirks } from './webhook-bodies.ts'
import { createWebhookSender, sign } from './webhook-delivery.ts'
import type { WebhookSenderOptions } from './webhook-delivery.ts'

const start = Date.UTC(2026, 10, 23, 14, 0)
const secret = 'webhook-secret'

/** Everything that can happen to people, in a meeting or webinar. */
function everything(kind: 'meeting' | 'webinar', quirks: WebhookQuirks = {}): WebhookBody[] {
  const clock = createClock(start)
  const scenario = createScenario({
    clock,
    seed: 5,
    meeting: { topic: 'Everything', kind },
    host: { key: 'host', name: 'Host', zoomUserId: 'HOST', email: 'host@example.org' },
    people: [
      { key: 'anna', name: 'Anna', zoomUserId: 'ANNA', email: 'anna@example.org' },
      { key: 'caller', name: '79*****1234', phone: '+79000001234' },
    ],
  })
  const bodies: WebhookBody[] = []
  scenario.on((event) => bodies.push(...webhookBodies(scenario, event, quirks)))
  scenario.join('host')
  if (kind === 'meeting') {
    scenario.wait('anna')
    scenario.admit('anna')
    scenario.moveToRoom('anna', 'ROOM-1')
    scenario.moveToRoom('anna', null)
    scenario.putInWaitingRoom('anna')
    scenario.admit('anna')
  } else {
    scenario.join('anna')
  }
  scenario.join('caller')
  scenario.bindPhone('caller', 'anna')
  scenario.promote('anna')
  scenario.rename('anna', 'Anna S.')
  scenario.drop('anna')
  scenario.end()
  return bodies
}

function linesOf(scenario: Scenario): string[] {
  return scenario.history.flatMap((event) =>
    webhookBodies(scenario, event).flatMap((body) => checkEvent(body.event, body)),
  )
}

describe('webhook bodies', () => {
  it.each(['meeting', 'webinar'] as const)('use only names and types Zoom publishes for a %s', (kind) => {
    const bodies = everything(kind)
    expect(bodies.flatMap((body) => checkEvent(body.event, body))).toEqual([])
    expect(new Set(bodies.map((body) => body.event)).size).toBe(kind === 'meeting' ? 12 : 6)
  })

  it('stay within what Zoom sends when they are odd', () => {
    const odd = everything('meeting', {
      dateTimeInstead: true,
      noRegistrantId: true,
      blankStartTime: true,
      integerIds: true,
      noLeft: true,
      leftMainOnBreakout: true,
    })
    const violations = odd.flatMap((body) => checkEvent(body.event, body))
    expect(violations).toEqual([])
    expect(JSON.stringify(odd)).not.toContain('registrant_id')
  })

  it('hold for the whole lesson and for every hostile name', () => {
    const clock = createClock(start)
    const { scenario } = createLesson({ clock, seed: 7, startsAtMs: start })
    const hostile = createHostileNames({ clock, seed: 7, startsAtMs: start })
    clock.advanceTo(start + 60 * 60_000)
    scenario.end()
    expect([...linesOf(scenario), ...linesOf(hostile)]).toEqual([])
    expect(hostile.history).toHaveLength(18)
  })

  it('announce no rename; the next event of the same connection carries the new name', () => {
    const bodies = everything('meeting')
    const names = bodies.flatMap((body) => {
      const { participant } = body.payload.object as { participant?: { id: string; user_name: string } }
      return participant?.id === 'ANNA' ? [participant.user_name] : []
    })
    expect(names.at(-1)).toBe('Anna S.')
    expect(bodies.some((body) => body.event.includes('rename'))).toBe(false)
  })

  it('can be mixed with events nobody documented', () => {
    const events = everything('meeting', { unknownEvents: true }).map((body) => body.event)
    expect(events).toContain('meeting.participant_data_connection_established')
  })
})

interface Received {
  headers: Record<string, string | string[] | undefined>
  body: string
}

describe('delivery', () => {
  let server: Server | undefined
  afterEach(() => {
    server?.closeAllConnections()
    server?.close()
  })

  async function receiver(
    answer: (received: Received, nth: number) => { status: number; body?: unknown } | null,
    options: Partial<WebhookSenderOptions> = {},
  ) {
    const received: Received[] = []
    server = createServer((request, response) => {
      const chunks: Buffer[] = []
      request.on('data', (chunk: Buffer) => chunks.push(chunk))
      request.on('end', () => {
        const one = { headers: request.headers, body: Buffer.concat(chunks).toString() }
        received.push(one)
        const told = answer(one, received.length)
        if (told) response.writeHead(told.status).end(JSON.stringify(told.body ?? {}))
      })
    })
    await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve))
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhooks/zoom`
    const clock = createClock(start)
    const sender = createWebhookSender({ url, clientId: 'client', secret, clock, seed: 1, ...options })
    return { received, clock, sender }
  }
  const body = everything('meeting')[1] ?? { event: 'none' }

  it('signs the raw body with a timestamp in seconds', async () => {
    const { received, sender } = await receiver(() => ({ status: 200 }))
    sender.send(body)
    await sender.settled()
    const { headers, body: raw } = received[0] ?? { headers: {}, body: '' }
    expect(headers['x-zm-request-timestamp']).toBe(String(start / 1000))
    expect(headers['x-zm-signature']).toBe(sign(secret, String(start / 1000), raw))
    expect(headers['user-agent']).toBe('Zoom Marketplace/1.0a')
    expect(headers['clientid']).toBe('client')
    expect(headers['x-zm-trackingid']).toMatch(/^EventService_[0-9A-F-]{36}_3$/)
    expect(JSON.parse(raw)).toEqual(body)
  })

  it('sends the same body with its keys in different orders', async () => {
    const { received, sender } = await receiver(() => ({ status: 204 }))
    for (let nth = 0; nth < 5; nth += 1) sender.send(body)
    await sender.settled()
    expect(new Set(received.map((one) => one.body)).size).toBeGreaterThan(1)
  })

  it('repeats a failed delivery after 5, 20 and 60 minutes with the same body and id and a fresh signature', async () => {
    const { received, clock, sender } = await receiver((_, nth) => ({ status: nth < 3 ? 503 : 200 }))
    sender.send(body)
    await sender.settled()
    for (const minutes of [5, 20]) {
      clock.advanceBy(minutes * 60_000)
      await sender.settled()
    }
    expect(sender.attempts.map((attempt) => [attempt.retry, attempt.outcome])).toEqual([
      [0, 'will_retry'],
      [1, 'will_retry'],
      [2, 'accepted'],
    ])
    expect(new Set(received.map((one) => one.body)).size).toBe(1)
    expect(new Set(received.map((one) => one.headers['x-zm-request-id'])).size).toBe(1)
    expect(new Set(received.map((one) => one.headers['x-zm-signature'])).size).toBe(3)
  })

  it('gives up after the third repetition', async () => {
    const { clock, sender } = await receiver(() => ({ status: 500 }), { speedUp: 60 })
    sender.send(body)
    await sender.settled()
    for (let nth = 0; nth < 4; nth += 1) {
      clock.advanceBy(60_000)
      await sender.settled()
    }
    expect(sender.attempts.map((attempt) => attempt.outcome)).toEqual([
      'will_retry',
      'will_retry',
      'will_retry',
      'given_up',
    ])
  })

  it('repeats when no answer comes in time', async () => {
    const { sender } = await receiver(() => null, { timeoutMs: 50 })
    sender.send(body)
    await sender.settled()
    expect(sender.attempts).toMatchObject([{ status: null, outcome: 'will_retry' }])
  })

  it.each([401, 302])('drops the event for good on %i', async (status) => {
    const { sender, clock } = await receiver(() => ({ status }))
    sender.send(body)
    await sender.settled()
    clock.advanceBy(24 * 3600_000)
    await sender.settled()
    expect(sender.attempts).toMatchObject([{ status, outcome: 'dropped' }])
  })

  it('can send twice, late and out of order', async () => {
    const { received, sender, clock } = await receiver(() => ({ status: 200 }))
    sender.switches = { duplicates: 1, late: 0.5, lateByMs: 1000, reordered: true }
    for (const one of everything('meeting')) sender.send(one)
    await sender.settled()
    const atOnce = received.length
    clock.advanceBy(1000)
    await sender.settled()
    expect(received).toHaveLength(2 * everything('meeting').length)
    expect(atOnce).toBeLessThan(received.length)
    expect(new Set(received.map((one) => one.headers['x-zm-request-id'])).size).toBe(received.length / 2)
    const times = received.map((one) => (JSON.parse(one.body) as WebhookBody).event)
    expect(times).not.toEqual(everything('meeting').flatMap(({ event }) => [event, event]))
  })

  it('speaks only of hosts who authorised the app', async () => {
    const { received, sender, clock } = await receiver(() => ({ status: 200 }))
    const { scenario } = createLesson({ clock, seed: 1, startsAtMs: start })
    let authorised = false
    sender.follow(scenario, () => authorised)
    clock.advanceTo(start + 60_000)
    authorised = true
    clock.advanceTo(start + 90_000)
    await sender.settled()
    const since = scenario.history.filter((event) => event.atMs > start + 60_000)
    expect(received).toHaveLength(since.length)
  })

  it('challenges the URL again every 72 hours', async () => {
    const { sender, received, clock } = await receiver(() => ({ status: 200, body: { plainToken: 'x' } }))
    await sender.validate()
    for (const challenges of [2, 3, 4, 5, 6, 6]) {
      clock.advanceBy(72 * 3_600_000)
      await sender.settled()
      expect(received).toHaveLength(challenges)
    }
    expect(sender.disabled).toBe(true)
  })

  it('challenges the URL, and falls silent after six wrong answers', async () => {
    const { sender, received } = await receiver(() => ({ status: 200, body: { plainToken: 'x' } }))
    for (let nth = 0; nth < 6; nth += 1) expect(await sender.validate()).toBe(false)
    const challenge: unknown = JSON.parse(received[0]?.body ?? '')
    expect(checkEvent('endpoint.url_validation', challenge)).toEqual([])
    expect(sender.disabled).toBe(true)
    sender.send(body)
    await sender.settled()
    expect(sender.attempts).toEqual([])
  })
})
