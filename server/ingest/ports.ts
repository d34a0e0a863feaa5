import type { Fact } from '../../shared/attendance/evidence.ts'
import type { DeliveryRouting, MeetingMention, Translation, VerifiedDelivery } from '../zoom/translation.ts'

export type { DeliveryRouting, MeetingMention, Translation }

/** A verified delivery of one installation, exactly as received. */
export interface Delivery extends VerifiedDelivery {
  installationId: string
  /** `x-zm-request-id`, else the SHA-256 of the body (hex). Equal across Zoom's retries; the signature is not. */
  dedupeKey: string
  receivedAtMs: number
  body: Uint8Array
}

export interface Inbox {
  /** Whose delivery this is; null = nobody we know. Cached for some seconds: a storm asks once. Throws when storage is down. */
  installationFor(routing: DeliveryRouting): Promise<string | null>
  /**
   * Durable when the promise resolves (one commit shared by all deliveries waiting at that moment).
   * 'duplicate' = this key was accepted before. Throws when storage is down: answer 503 and Zoom retries.
   */
  put(delivery: Delivery): Promise<'stored' | 'duplicate'>
  /**
   * Takes up to `limit` pending deliveries no other process holds, hands each to `translate` and stores what comes of it,
   * all in one transaction: facts, the end of sessions whose role changed, and what a removed app takes along. A
   * delivery whose translation throws stays pending; after `maxAttempts` it is parked.
   */
  drain(input: {
    limit: number
    maxAttempts: number
    translate: (delivery: Delivery) => Translation
  }): Promise<DrainResult>
  counts(): Promise<{ pending: number; parked: number }>
}

export interface DrainResult {
  taken: number
  stored: number
  parked: number
  /** Gatherings whose evidence grew, with their new version. */
  touched: { installationId: string; gatheringId: string; version: number }[]
  /** Users who removed the app; what they held is gone already. */
  deauthorized: { installationId: string; zoomUserId: string }[]
}

export interface EvidenceLog {
  /** Appends facts of one known meeting; facts with a key already there change nothing. Returns the gathering's version. */
  append(input: {
    installationId: string
    meetingId: string
    mention: MeetingMention | null
    facts: Fact[]
  }): Promise<{ gatheringId: string; version: number; added: number }>
}
