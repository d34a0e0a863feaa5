import { createHash } from 'node:crypto'
import { RollbookError } from '../errors.ts'
import { readDelivery, urlValidationAnswer, verifySignature, type DeliveryRouting } from '../zoom/index.ts'
import type { Delivery, Inbox } from './ports.ts'

export type DeliveryOutcome =
  | 'stored'
  | 'duplicate'
  | 'challenge'
  | 'of_no_use'
  | 'unknown_installation'
  | 'signature_invalid'
  | 'delivery_stale'
  | 'delivery_malformed'
  | 'storage_unavailable'

export interface DoorParts {
  inbox: Pick<Inbox, 'installationFor' | 'put'>
  clock: () => number
  /** Secret tokens of the event subscription; all of them are valid. */
  secrets: readonly string[]
  log: {
    warn(fields: Record<string, unknown>, message: string): void
    error(fields: Record<string, unknown>, message: string): void
  }
  metrics: { delivery(outcome: DeliveryOutcome): void }
  /** Something new is in the inbox. */
  onStored: () => void
}

export interface Door {
  /**
   * Takes one request of Zoom in: the answer to give once everything that must be durable is durable.
   *
   * 200 with a body answers a challenge; 200 without one means kept, known already, or of no use to us.
   *
   * @throws RollbookError `signature_invalid`, `delivery_stale` (401) and `delivery_malformed` (400), after which Zoom
   *   forgets the delivery; `storage_unavailable` (503), after which it comes again
   */
  receive(request: {
    headers: Record<string, string | string[] | undefined>
    rawBody: Uint8Array
  }): Promise<{ status: 200; body?: object }>
}

/**
 * The door for Zoom's deliveries: prove, read as little as possible, keep, say thanks. Zoom waits three seconds and
 * repeats only after a 5xx or silence, so everything slow happens later, and nothing is thanked for that could be lost.
 *
 * Events we make nothing of are thanked for and not kept: what they hold about people is none of our business.
 *
 * @see https://developers.zoom.us/docs/api/webhooks/#notification-delivery
 */
export function createDoor(parts: DoorParts): Door {
  const { inbox, clock, secrets, log, metrics, onStored } = parts
  const thanks = (outcome: DeliveryOutcome): { status: 200 } => {
    metrics.delivery(outcome)
    return { status: 200 }
  }

  return {
    async receive({ headers, rawBody }) {
      const receivedAtMs = clock()
      const checked = verifySignature({
        rawBody,
        signature: single(headers['x-zm-signature']),
        timestamp: single(headers['x-zm-request-timestamp']),
        secrets,
        nowMs: receivedAtMs,
      })
      if (!checked.ok) {
        metrics.delivery(checked.reason)
        throw new RollbookError(checked.reason, refusals[checked.reason])
      }
      const reading = readDelivery(rawBody)
      switch (reading.kind) {
        case 'malformed':
          metrics.delivery('delivery_malformed')
          throw new RollbookError(
            'delivery_malformed',
            `The body is no event delivery; look at: ${reading.problem}.`,
          )
        case 'challenge':
          // The subscription is checked every 72 hours, whether or not anybody has installed the app.
          metrics.delivery('challenge')
          return { status: 200, body: urlValidationAnswer(reading.plainToken, checked.secret) }
        case 'of_no_use':
          return thanks('of_no_use')
        case 'delivery': {
          const dedupeKey = dedupeKeyOf(single(headers['x-zm-request-id']), rawBody)
          const outcome = await keep(reading.routing, { dedupeKey, receivedAtMs, body: rawBody })
          if (outcome === 'stored') onStored()
          return thanks(outcome)
        }
      }
    },
  }

  async function keep(
    routing: DeliveryRouting,
    delivery: Omit<Delivery, 'installationId'>,
  ): Promise<'stored' | 'duplicate' | 'unknown_installation'> {
    try {
      const installationId = await inbox.installationFor(routing)
      if (installationId === null) return 'unknown_installation'
      return await inbox.put({ ...delivery, installationId })
    } catch (cause) {
      metrics.delivery('storage_unavailable')
      const { name, message } = cause instanceof Error ? cause : new Error('unknown')
      log.error({ err: { name, message } }, 'a delivery could not be stored; Zoom will send it again')
      throw new RollbookError('storage_unavailable', 'The delivery could not be stored. Send it again.', {
        cause,
      })
    }
  }
}

const refusals = {
  signature_invalid:
    'The signature does not fit. Check that ZOOM_WEBHOOK_SECRET is the secret token of the subscription.',
  delivery_stale:
    'The delivery was signed more than five minutes ago or ahead. Check the clock of this server.',
} as const

/**
 * Zoom repeats a delivery with the same id and the same body but another signature. Without a usable id the body itself
 * is the name.
 */
function dedupeKeyOf(requestId: string | undefined, rawBody: Uint8Array): string {
  if (requestId !== undefined && /^[\x21-\x7e]{1,200}$/.test(requestId)) return requestId
  return createHash('sha256').update(rawBody).digest('hex')
}

/** A header that is there once. Sent twice it is nobody's word. */
const single = (value: string | string[] | undefined): string | undefined =>
  typeof value === 'string' ? value : undefined
