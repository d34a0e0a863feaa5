/** The shapes the SDK sends and takes, apart from what is decided about them. */
import type { ConnectionInPlay } from '../scenario.ts'

export interface ClientReply {
  type: 'apiResponse'
  data: { jsCallId: string; result?: unknown; errorCode?: number | string; errorMessage?: string }
}
export interface ClientEvent {
  type: 'event'
  name: string
  data: Record<string, unknown>
}

/** Lists spell the role one way, events another. */
export const spelledInLists = { host: 'host', cohost: 'coHost', attendee: 'attendee' } as const

export const changed = (who: ConnectionInPlay, status: 'join' | 'leave'): Record<string, unknown> => ({
  status,
  screenName: who.name,
  participantId: Number(who.userId),
  participantUUID: who.participantUuid,
  role: who.role,
})

export const waiting = (who: ConnectionInPlay): Record<string, unknown> => ({
  screenName: who.name,
  participantUUID: who.participantUuid,
})

/** Only signed-in, verified Zoom users have an address to share, and each decides. */
export function emailAnswer({ person, participantUuid }: ConnectionInPlay): Record<string, unknown> {
  const shares = person.zoomUserId !== undefined && person.email !== undefined && person.sharesEmail !== false
  return shares
    ? { participantUUID: participantUuid, participantEmail: person.email }
    : { participantUUID: participantUuid, errorMessage: 'The participant did not share an email address.' }
}

export function capabilitiesOf(data: unknown): string[] {
  const list = (data as { js_api_lists?: unknown } | undefined)?.js_api_lists
  return Array.isArray(list) ? list.filter((name) => typeof name === 'string') : []
}

export function readCall(message: string): { jsCallId: string; apiName: string; data: unknown } | null {
  const parsed = JSON.parse(message) as { jsCallId?: unknown; apiName?: unknown; data?: unknown }
  return typeof parsed.jsCallId === 'string' && typeof parsed.apiName === 'string'
    ? { jsCallId: parsed.jsCallId, apiName: parsed.apiName, data: parsed.data }
    : null
}

export function urlOf(data: unknown): string {
  const url = (data as { url?: unknown } | undefined)?.url
  return typeof url === 'string' ? url : ''
}
