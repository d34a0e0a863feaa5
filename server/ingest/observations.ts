import type {
  EmailShared,
  Fact,
  MeetingEnded,
  PanelChange,
  PanelRead,
  Place,
} from '../../shared/attendance/evidence.ts'
import type { Observation, ObservationRequest } from '../../shared/wire/index.ts'
import { RollbookError } from '../errors.ts'
import type { MeetingMention } from './ports.ts'

/** A panel whose observations are further off than this has a broken clock, or makes them up. */
const MOST_OFF_MS = 24 * 3600 * 1000

/**
 * What one panel saw, as evidence of witness `panel`.
 *
 * The panel's clock may be wrong: `sentAtMs` against `receivedAtMs` tells by how much, and every instant is moved by that
 * (the time on the way is small against a reading's precision). Nothing is ever later than now. A fact's key is made
 * of the instant *as the panel wrote it*, so the same observation sent again is the same fact.
 *
 * "Ended" is a fact like any other, which later sightings outweigh, and never the meeting's recorded end: Zoom does not say
 * whether a panel hears it too when only its own user left.
 *
 * @param readerId who looked: the member, not the device
 * @throws RollbookError `bad_request` for an instant more than a day away or an unprintable uuid, naming the observation
 */
export function toFacts(input: {
  readerId: string
  meetingUuid: string
  receivedAtMs: number
  request: ObservationRequest
}): { facts: Fact[]; mention: MeetingMention } {
  const { readerId, meetingUuid, receivedAtMs, request } = input
  const offMs = receivedAtMs - request.sentAtMs
  const mention: MeetingMention = {
    uuid: meetingUuid,
    number: null,
    kind: 'unknown',
    topic: null,
    hostZoomUserId: null,
    startedAtMs: null,
    endedAtMs: null,
  }
  const facts: Fact[] = []
  request.observations.forEach((observation, index) => {
    const atMs = Math.min(observation.atMs + offMs, receivedAtMs)
    if (receivedAtMs - atMs > MOST_OFF_MS)
      throw unbelievable(`observations.${index}.atMs`, 'is more than a day ago')
    if (observation.atMs - request.sentAtMs > MOST_OFF_MS) {
      throw unbelievable(`observations.${index}.atMs`, 'is more than a day ahead')
    }
    if (observation.kind === 'meeting') {
      mention.topic = observation.topic ?? mention.topic
      mention.number = observation.number ?? mention.number
      return
    }
    if ('participantUuid' in observation) refuseControls(observation.participantUuid, index)
    if ('person' in observation) refuseControls(observation.person.participantUuid, index)
    facts.push(factOf(observation, { readerId, meetingUuid, atMs }))
  })
  return { facts, mention }
}

function factOf(
  observation: Exclude<Observation, { kind: 'meeting' }>,
  { readerId, meetingUuid, atMs }: { readerId: string; meetingUuid: string; atMs: number },
): PanelRead | PanelChange | EmailShared | MeetingEnded {
  const key = (kind: string, ...more: string[]): string =>
    ['panel', readerId, kind, observation.atMs, ...more].join(':')
  const base = { meeting: meetingUuid, atMs, witness: 'panel' } as const
  switch (observation.kind) {
    case 'reading': {
      const scope = placeOf(observation)
      const { people } = observation
      // The main list and the waiting list are often read in the same instant.
      return {
        ...base,
        key: key(`reading-${scope.kind}`),
        kind: 'panel_read',
        reader: readerId,
        scope,
        people,
      }
    }
    case 'change': {
      const { change, person } = observation
      return {
        ...base,
        // A mere role change is announced as leave and join of one participant at once.
        key: key(change, person.participantUuid),
        kind: 'panel_change',
        reader: readerId,
        change,
        scope: placeOf(observation),
        person,
      }
    }
    case 'email': {
      const { participantUuid } = observation
      const email = observation.email.trim().toLowerCase()
      return { ...base, key: key('email', participantUuid), kind: 'email_shared', participantUuid, email }
    }
    case 'ended':
      return { ...base, key: key('ended'), kind: 'meeting_ended' }
  }
}

/** A client that cannot name its breakout room still says that it is in one. */
function placeOf({ scope, room }: { scope: Place['kind']; room: string | null }): Place {
  return scope === 'breakout' ? { kind: scope, room: room ?? 'unknown' } : { kind: scope }
}

/** These uuids become part of keys, and a database takes no NUL in a text. */
function refuseControls(participantUuid: string, index: number): void {
  if (/\p{Cc}/u.test(participantUuid)) {
    throw unbelievable(`observations.${index}`, 'names a participant as Zoom never would')
  }
}

const unbelievable = (path: string, message: string): RollbookError =>
  new RollbookError('bad_request', `${path} ${message}, so nothing of this request was taken in.`, {
    fields: [{ path, message }],
  })
