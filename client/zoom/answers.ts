import { roleFromZoom } from '../../shared/wire/zoom-roles.ts'
import type { Authorized, Seen, Surroundings, Whereabouts } from './client.ts'

/** Readers of what the SDK answers: `unknown` in, our shapes out; what does not fit is left out, never thrown. */

const field = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined

const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null)

function readSeen(value: unknown): Seen | null {
  const participantUuid = text(field(value, 'participantUUID'))
  if (participantUuid === null || participantUuid.length > 200) return null
  const name = field(value, 'screenName')
  return {
    participantUuid,
    name: typeof name === 'string' ? name.slice(0, 10_000) : '',
    role: roleFromZoom(field(value, 'role')),
  }
}

export function readPeople(answer: unknown): Seen[] {
  const people = field(answer, 'participants')
  return Array.isArray(people) ? people.map(readSeen).filter((seen) => seen !== null) : []
}

export function readChanges(event: unknown): { change: 'joined' | 'left'; person: Seen }[] {
  const people = field(event, 'participants')
  if (!Array.isArray(people)) return []
  return people.flatMap((value) => {
    const person = readSeen(value)
    const status = field(value, 'status')
    if (person === null || (status !== 'join' && status !== 'leave')) return []
    return [{ change: status === 'join' ? ('joined' as const) : ('left' as const), person }]
  })
}

export function readEmail(event: unknown): { participantUuid: string; email: string | null } | null {
  const participantUuid = text(field(event, 'participantUUID'))
  return participantUuid === null ? null : { participantUuid, email: text(field(event, 'participantEmail')) }
}

/** Zoom writes meeting numbers with spaces here and there; ours are digits. */
export function readMeeting(answer: unknown): { topic: string | null; number: string | null } {
  const raw = field(answer, 'meetingID')
  const digits = (typeof raw === 'string' || typeof raw === 'number' ? String(raw) : '').replace(/\D/g, '')
  return {
    topic: text(field(answer, 'meetingTopic'))?.slice(0, 2000) ?? null,
    number: /^\d{6,15}$/.test(digits) ? digits : null,
  }
}

/** In a breakout room Zoom names the room as the meeting and the meeting as its parent. */
export function readWhereabouts(answer: unknown): Whereabouts {
  return text(field(answer, 'parentUUID')) === null
    ? { scope: 'main', room: null }
    : { scope: 'breakout', room: text(field(answer, 'meetingUUID')) }
}

export function readContext(answer: unknown): string {
  return text(field(answer, 'context')) ?? ''
}

export function readSurroundings(answer: unknown): Surroundings {
  switch (field(answer, 'runningContext')) {
    case 'inMeeting':
    case 'inWebinar':
    case 'inImmersive':
    case 'inCollaborate':
    case 'inCamera':
      return 'meeting'
    case 'inMainClient':
      return 'main'
    default:
      return 'other'
  }
}

export function readUnsupported(answer: unknown): string[] {
  const names = field(answer, 'unsupportedApis')
  return Array.isArray(names) ? names.filter((name) => typeof name === 'string') : []
}

export const readEnded = (event: unknown): boolean => field(event, 'action') === 'ended'
export const readVisible = (event: unknown): boolean => field(event, 'visible') !== false

/** Zoom says `result: false` and leaves the code out when the person refused. */
export function readAuthorized(event: unknown): Authorized {
  return {
    code: field(event, 'result') === false ? null : text(field(event, 'code')),
    redirectUri: text(field(event, 'redirectUri')),
    state: text(field(event, 'state')),
  }
}

/** Zoom's number arrives as string or number; a timeout is a plain Error without one. */
export function readFailureCode(error: unknown): string {
  const code = field(error, 'code')
  if (typeof code === 'string' || typeof code === 'number') return String(code)
  const message = text(field(error, 'message')) ?? ''
  if (message.includes('took longer')) return 'timeout'
  return message.includes('not supported by this browser') ? 'no_bridge' : 'unknown'
}
