/**
 * The rows of a past meeting as Zoom's participant list or its report has them, computed from what happened in the scenario: one row a
 * stretch of one device in one place. Pure.
 *
 * Entering a breakout room ends the main room's row; the room's row has a `user_id` of its own, and so has the row after
 * coming back (seen in real lists). Times are whole seconds, so a row's end and the next one's start are the same.
 *
 * The report has no `internal_user`, and no `participant_user_id` of guests (seen in real ones).
 *
 * @see https://developers.zoom.us/docs/api/meetings/#tag/meetings/get/past_meetings/{meetingId}/participants
 * @see https://developers.zoom.us/docs/api/meetings/#tag/reports/get/report/meetings/{meetingId}/participants
 */
import { addressShown, isInternal, userIdShown } from '../privacy.ts'
import type { ConnectionInPlay, PersonInPlay, Scenario } from '../scenario.ts'
import { iso } from '../webhook-bodies.ts'

/** One row with the names and types Zoom publishes; `bo_mtg_id` is published for other lists and off unless asked for. */
export type ParticipantRow = {
  id: string
  name: string
  user_id: string
  registrant_id?: string
  user_email: string
  join_time: string
  leave_time: string
  duration: number
  failover: boolean
  status: 'in_meeting' | 'in_waiting_room'
  internal_user?: boolean
  participant_user_id?: string
  bo_mtg_id?: string
}

interface Stretch {
  person: PersonInPlay
  /** Null for the main room's row after a breakout room. */
  userId: string | null
  name: string
  room: string | null
  waiting: boolean
  startMs: number
  endMs: number
}

export interface RowsAsked {
  list: 'past' | 'report'
  /** Whether registrants' ids are wanted. */
  registrantId: boolean
  /** Whether breakout rows name their room. */
  breakoutRooms: boolean
  /** Keys of people to leave out. */
  without: ReadonlySet<string>
}

/** The rows of everything that happened so far, by start; [] before anybody came. */
export function reportRows(scenario: Scenario, asked: RowsAsked): ParticipantRow[] {
  // A row after a breakout room has an id the live world never told; these lie above all that it did.
  let lastUserId = 0
  for (const event of scenario.history)
    if ('who' in event) lastUserId = Math.max(lastUserId, Number(event.who.userId))
  const told = stretches(scenario).filter(({ person }) => !asked.without.has(person.key))
  return told.map(({ person, userId, name, room, waiting, startMs, endMs }) => ({
    id: userIdShown(person),
    name,
    user_id: userId ?? String((lastUserId += 1024)),
    ...(asked.registrantId && person.registrantId !== undefined && { registrant_id: person.registrantId }),
    user_email: addressShown(person),
    join_time: iso(startMs),
    leave_time: iso(endMs),
    duration: Math.floor(endMs / 1000) - Math.floor(startMs / 1000),
    failover: false,
    status: waiting ? 'in_waiting_room' : 'in_meeting',
    ...(asked.list === 'past' && { internal_user: isInternal(person) }),
    ...(asked.list === 'report' && isInternal(person) && { participant_user_id: userIdShown(person) }),
    ...(asked.breakoutRooms && room !== null && { bo_mtg_id: room }),
  }))
}

function stretches({ history, meeting, clock }: Scenario): Stretch[] {
  const endMs = meeting.endedAtMs ?? clock.now()
  const all: Stretch[] = []
  const open = new Map<string, Stretch>()

  const slot = (who: ConnectionInPlay): string => `${who.person.key}/${who.device}`
  const close = (who: ConnectionInPlay, atMs: number): void => {
    const stretch = open.get(slot(who))
    if (stretch) stretch.endMs = atMs
    open.delete(slot(who))
  }
  const begin = (who: ConnectionInPlay, atMs: number, more: Partial<Stretch> = {}): void => {
    close(who, atMs)
    const { person, userId, name } = who
    const stretch = { person, userId, name, room: null, waiting: false, startMs: atMs, endMs, ...more }
    open.set(slot(who), stretch)
    all.push(stretch)
  }

  for (const event of history) {
    const { atMs } = event
    switch (event.kind) {
      case 'joined':
        begin(event.who, atMs)
        break
      case 'waiting_joined':
        begin(event.who, atMs, { waiting: true })
        break
      case 'room_joined':
        begin(event.who, atMs, { room: event.room })
        break
      case 'room_left':
        begin(event.who, atMs, { userId: null })
        break
      case 'left':
      case 'waiting_left':
        close(event.who, atMs)
        break
      case 'renamed': {
        const stretch = open.get(slot(event.who))
        if (stretch) stretch.name = event.who.name
        break
      }
      default:
    }
  }
  // Leaving the meeting, or for another room, from a breakout room passes through the main room without staying there.
  return all.filter((stretch) => stretch.userId !== null || stretch.startMs < stretch.endMs)
}
