/**
 * Sends webhook bodies as Zoom does: compact JSON with its keys in no fixed order, signed with a timestamp in seconds,
 * repeated with the same body and request id when the receiver fails, dropped when it refuses.
 *
 * @see https://developers.zoom.us/docs/api/webhooks/
 */
import { createHmac } from 'node:crypto'
import type { Clock } from './clock.ts'
import { createRandom, ids } from './random.ts'
import type { Random } from './random.ts'
import { registrationBody } from './registration-bodies.ts'
import type { RegistrationDesk, RegistrationEvent } from './registrations.ts'
import type { Scenario, ScenarioEvent } from './scenario.ts'
import { webhookBodies } from './webhook-bodies.ts'
import type { WebhookBody, WebhookQuirks } from './webhook-bodies.ts'

export interface DeliverySwitches extends WebhookQuirks {
  /** Share of deliveries sent twice, 0–1. */
  duplicates?: number
  /** Share of deliveries held back, 0–1, and for how long at most. */
  late?: number
  lateByMs?: number
  /** Neighbours may overtake each other. */
  reordered?: boolean
  /** Events Zoom never tells of, as in an outage of its own: only its list knows them afterwards. */
  lost?: (event: ScenarioEvent) => boolean
  lostRegistrations?: (event: RegistrationEvent) => boolean
}

/** One attempt; `status` is null when no answer came in time. */
export interface DeliveryAttempt {
  event: string
  requestId: string
  body: string
  retry: number
  status: number | null
  outcome: 'accepted' | 'will_retry' | 'dropped' | 'given_up'
}

export interface WebhookSender {
  /** Changeable at any time. */
  switches: DeliverySwitches
  send(body: WebhookBody | Record<string, unknown>): void
  /** Sends what Zoom tells of one event, whenever that was. */
  tell(scenario: Scenario, event: ScenarioEvent): void
  /** Sends what happens in the scenario from now on, restarts and conversions included; with `isAuthorised`, only while it says so of the host. */
  follow(scenario: Scenario, isAuthorised?: (hostId: string) => boolean): () => void
  /** The same two for a registration desk. */
  tellRegistration(desk: RegistrationDesk, event: RegistrationEvent): void
  followRegistrations(desk: RegistrationDesk, isAuthorised?: (hostId: string) => boolean): () => void
  /**
   * The challenge of a saved URL, from then on repeated every 72 hours. True when it was answered rightly; six wrong ones
   * in a row switch the sender off.
   */
  validate(): Promise<boolean>
  /** When nothing is under way. Retries and held-back deliveries wait for the clock, not for this. */
  settled(): Promise<void>
  readonly attempts: readonly DeliveryAttempt[]
  readonly disabled: boolean
}

export interface WebhookSenderOptions {
  url: string
  clientId: string
  secret: string
  /** Gives the signature's timestamp and keeps the retries. */
  clock: Clock
  seed: number
  /** Divides Zoom's delays: 5, 20 and 60 minutes before a retry, 72 hours before the next challenge. */
  speedUp?: number
  /** Zoom waits three seconds for an answer. */
  timeoutMs?: number
  /** Deliveries under way at a time; 1 keeps their order. */
  concurrency?: number
}

const RETRY_AFTER_MINUTES = [5, 20, 60]
const CHALLENGE_EVERY_MS = 72 * 3_600_000

export function createWebhookSender(options: WebhookSenderOptions): WebhookSender {
  const { clock, url, timeoutMs = 3000, speedUp = 1, concurrency = 1 } = options
  const random = createRandom(options.seed, 'webhooks')
  const attempts: DeliveryAttempt[] = []
  const queue: (() => Promise<void>)[] = []
  const waiters: (() => void)[] = []
  let running = 0
  let failedChallenges = 0
  let nextChallenge = (): void => {}

  const pump = (): void => {
    while (running < concurrency) {
      const job = queue.shift()
      if (!job) break
      running += 1
      void job().finally(() => {
        running -= 1
        pump()
      })
    }
    if (running === 0 && queue.length === 0) for (const done of waiters.splice(0)) done()
  }
  const post = async (body: string, requestId: string, trackingId: string): Promise<Response | null> => {
    const timestamp = String(Math.floor(clock.now() / 1000))
    try {
      return await fetch(url, {
        method: 'POST',
        redirect: 'manual',
        signal: AbortSignal.timeout(timeoutMs),
        body,
        headers: {
          'content-type': 'application/json; charset=utf-8',
          'user-agent': 'Zoom Marketplace/1.0a',
          clientid: options.clientId,
          'x-zm-request-id': requestId,
          'x-zm-trackingid': trackingId,
          'x-zm-request-timestamp': timestamp,
          'x-zm-signature': sign(options.secret, timestamp, body),
        },
      })
    } catch {
      return null
    }
  }
  const attempt =
    (event: string, body: string, requestId: string, trackingId: string, retry: number) => async () => {
      const answer = await post(body, requestId, trackingId)
      await answer?.body?.cancel()
      const status = answer?.status ?? null
      const again = RETRY_AFTER_MINUTES[retry]
      const outcome = outcomeOf(status, again !== undefined)
      attempts.push({ event, requestId, body, retry, status, outcome })
      if (outcome !== 'will_retry' || again === undefined) return
      clock.at(clock.now() + (again * 60_000) / speedUp, () => {
        queue.push(attempt(event, body, requestId, trackingId, retry + 1))
        pump()
      })
    }

  const sender: WebhookSender = {
    switches: {},
    attempts,
    get disabled() {
      return failedChallenges >= 6
    },
    send(body) {
      if (sender.disabled) return
      const { switches } = sender
      const event = String(body['event'])
      const text = JSON.stringify(withShuffledKeys(body, random))
      const requestId = ids.requestId(random)
      const trackingId = event.includes('.participant')
        ? `EventService_${ids.participantUuid(random)}_3`
        : `v=2.0;clid=us02;rid=WEB_${ids.hex(random, 16)}`
      const copies = random.next() < (switches.duplicates ?? 0) ? 2 : 1
      for (let copy = 0; copy < copies; copy += 1) {
        const job = attempt(event, text, requestId, trackingId, 0)
        const held = random.next() < (switches.late ?? 0)
        const enqueue = (): void => {
          const place = switches.reordered
            ? random.between(Math.max(0, queue.length - 3), queue.length)
            : queue.length
          queue.splice(place, 0, job)
          pump()
        }
        if (held) clock.at(clock.now() + random.between(1, switches.lateByMs ?? 60_000), enqueue)
        else enqueue()
      }
    },
    tell(scenario, event) {
      if (sender.switches.lost?.(event)) return
      for (const body of webhookBodies(scenario, event, sender.switches)) sender.send(body)
    },
    follow(scenario, isAuthorised = () => true) {
      const stops = [
        scenario.on((event) => {
          if (isAuthorised(scenario.meeting.host.zoomUserId ?? '')) sender.tell(scenario, event)
        }),
        scenario.onNext((next) => stops.push(sender.follow(next, isAuthorised))),
      ]
      return () => {
        for (const stop of stops) stop()
      }
    },
    tellRegistration(desk, event) {
      if (sender.switches.lostRegistrations?.(event)) return
      sender.send(registrationBody(desk.meeting, event, sender.switches))
    },
    followRegistrations: (desk, isAuthorised = () => true) =>
      desk.on((event) => {
        if (isAuthorised(desk.meeting.host.zoomUserId ?? '')) sender.tellRegistration(desk, event)
      }),
    async validate() {
      nextChallenge()
      nextChallenge = clock.at(clock.now() + CHALLENGE_EVERY_MS / speedUp, () => {
        if (sender.disabled) return
        queue.push(async () => void (await sender.validate()))
        pump()
      })
      const plainToken = random.bytes(16).toString('base64url')
      const body = { payload: { plainToken }, event_ts: clock.now(), event: 'endpoint.url_validation' }
      const answer = await post(
        JSON.stringify(body),
        ids.requestId(random),
        `v=2.0;clid=us02;rid=WEB_${ids.hex(random, 16)}`,
      )
      const told: unknown = answer?.status === 200 ? await answer.json().catch(() => null) : null
      const expected = createHmac('sha256', options.secret).update(plainToken).digest('hex')
      const right = isRecord(told) && told['plainToken'] === plainToken && told['encryptedToken'] === expected
      failedChallenges = right ? 0 : failedChallenges + 1
      return right
    },
    settled: () =>
      new Promise((resolve) => {
        waiters.push(resolve)
        pump()
      }),
  }
  return sender
}

/** `v0=` and the hex HMAC-SHA256 of `v0:{timestamp}:{body}`; the timestamp is in seconds. */
export function sign(secret: string, timestamp: string, body: string): string {
  return `v0=${createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex')}`
}

/** Zoom retries failures and silence; a redirect or a refusal loses the event for good. */
function outcomeOf(status: number | null, mayRetry: boolean): DeliveryAttempt['outcome'] {
  if (status === 200 || status === 204) return 'accepted'
  if (status !== null && status < 500) return 'dropped'
  return mayRetry ? 'will_retry' : 'given_up'
}

function withShuffledKeys(value: unknown, random: Random): unknown {
  if (Array.isArray(value)) return value.map((item) => withShuffledKeys(item, random))
  if (!isRecord(value)) return value
  const entries = random.shuffled(Object.entries(value))
  return Object.fromEntries(entries.map(([key, inner]) => [key, withShuffledKeys(inner, random)]))
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
