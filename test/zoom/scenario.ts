/**
 * One meeting as it happens: people join, wait, are admitted, drop, rename themselves, move to breakout rooms, change
 * role, leave. Every face of the simulated Zoom (webhooks, the client's list and events, app contexts, REST) reads this
 * one engine, so they cannot disagree.
 *
 * Facts here follow Zoom's rules: a rejoin and a room change give a new `userId`; `participantUuid` survives room changes
 * and short drops; a role change gives a new one; nobody announces a rename.
 */
import { createRandom, ids } from './random.ts'
import { planReturn } from './restart.ts'
import type {
  ConnectionInPlay,
  LeaveReason,
  MeetingInPlay,
  MeetingWish,
  PersonInPlay,
  PlaceInPlay,
  RoleInPlay,
  Scenario,
  ScenarioEvent,
  ScenarioOptions,
} from './story.ts'

export type * from './story.ts'

const KEEPS_UUID_MS = 3 * 60_000

/** What a script asks cannot happen as things stand. */
export class Impossible extends Error {}

/** @throws Impossible, such as for admitting somebody who does not wait */
export function createScenario(options: ScenarioOptions): Scenario {
  const { clock } = options
  const random = createRandom(options.seed, 'scenario')
  const meeting: MeetingInPlay = {
    uuid: ids.meetingUuid(random, options.slashesInUuid),
    number: ids.meetingNumber(random),
    kind: 'meeting',
    timezone: 'Asia/Yekaterinburg',
    scheduledMinutes: 120,
    plannedStartsMs: [],
    panelists: [],
    isPractice: false,
    accountId: ids.zoomUserId(random),
    startedAtMs: null,
    endedAtMs: null,
    host: options.host,
    ...options.meeting,
  }
  const people = new Map<string, PersonInPlay>()
  const here = new Map<string, ConnectionInPlay>()
  const gone = new Map<string, { participantUuid: string; atMs: number; dropped: boolean; name: string }>()
  const coHosts = new Set<string>()
  const history: ScenarioEvent[] = []
  const listeners = new Set<(event: ScenarioEvent) => void>()
  const nextListeners = new Set<(next: Scenario) => void>()
  let userIds = 16_778_240

  const cast = (person: PersonInPlay): PersonInPlay => {
    if (people.has(person.key))
      throw new Impossible(`There already is a person "${person.key}" in this scenario`)
    people.set(person.key, person)
    return person
  }
  const person = (key: string): PersonInPlay => {
    const found = people.get(key)
    if (!found) throw new Impossible(`No person "${key}" in this scenario`)
    return found
  }
  const slot = (key: string, device: string): string => `${key}/${device}`
  const tell = (event: DistributiveOmit<ScenarioEvent, 'atMs'>): void => {
    const told: ScenarioEvent = { atMs: clock.now(), ...event }
    history.push(told)
    for (const listener of [...listeners]) listener(told)
  }
  const put = (connection: ConnectionInPlay): ConnectionInPlay => {
    const frozen = Object.freeze(connection)
    here.set(slot(connection.person.key, connection.device), frozen)
    return frozen
  }
  const newUserId = (): string => String((userIds += 1024))
  const roleOf = (key: string): RoleInPlay =>
    key === meeting.host.key ? 'host' : coHosts.has(key) ? 'cohost' : 'attendee'
  const connectionsOf = (key: string): ConnectionInPlay[] =>
    [...here.values()].filter((c) => c.person.key === key)
  const connection = (key: string, device?: string): ConnectionInPlay => {
    const found = device === undefined ? connectionsOf(key)[0] : here.get(slot(key, device))
    if (!found) throw new Impossible(`"${key}" is not in the meeting${device ? ` with the ${device}` : ''}`)
    return found
  }

  const enter = (
    key: string,
    place: PlaceInPlay,
    as: { device?: string; name?: string } = {},
  ): ConnectionInPlay => {
    const who = person(key)
    const device = as.device ?? (who.phone ? 'phone call' : 'laptop')
    if (meeting.endedAtMs !== null) throw new Impossible('The meeting has ended')
    if (here.has(slot(key, device))) throw new Impossible(`"${key}" is already here with the ${device}`)
    const before = gone.get(slot(key, device))
    const returns = before?.dropped && clock.now() - before.atMs <= KEEPS_UUID_MS
    return put({
      person: who,
      device,
      userId: newUserId(),
      participantUuid: returns ? before.participantUuid : ids.participantUuid(random),
      parentUserId: null,
      name: as.name ?? (returns ? before.name : who.name),
      role: roleOf(key),
      place,
      customerKey: ids.hex(random, 16),
    })
  }
  const start = (): void => {
    if (meeting.startedAtMs !== null) return
    meeting.startedAtMs = clock.now()
    tell({ kind: 'meeting_started' })
  }
  const remove = (who: ConnectionInPlay, reason: LeaveReason): void => {
    here.delete(slot(who.person.key, who.device))
    gone.set(slot(who.person.key, who.device), {
      participantUuid: who.participantUuid,
      atMs: clock.now(),
      dropped: reason === 'network',
      name: who.name,
    })
    if (who.place.kind === 'waiting') return tell({ kind: 'waiting_left', who, admitted: false })
    if (who.place.kind === 'breakout') tell({ kind: 'room_left', who, room: who.place.room })
    tell({ kind: 'left', who: inMainRoom(who), reason })
  }
  const changeRole = (key: string): void => {
    for (const before of connectionsOf(key)) {
      const who = put({ ...before, role: roleOf(key), participantUuid: ids.participantUuid(random) })
      tell({ kind: 'role_changed', who, before })
    }
  }

  cast(meeting.host)
  for (const someone of options.people ?? []) cast(someone)

  const end = (): void => {
    if (meeting.endedAtMs !== null) return
    for (const who of [...here.values()]) remove(who, 'host_ended')
    meeting.endedAtMs = clock.now()
    tell({ kind: 'meeting_ended' })
  }

  /** The same meeting number and people under a new UUID. */
  const createNext = (more: MeetingWish = {}): Scenario => {
    const { uuid: _old, startedAtMs: _start, endedAtMs: _end, ...same } = meeting
    const others = [...people.values()].filter((someone) => someone.key !== meeting.host.key)
    const seed = random.between(1, 2 ** 31)
    return createScenario({ ...options, seed, meeting: { ...same, ...more }, people: others })
  }
  const announced = (next: Scenario): Scenario => {
    for (const listener of [...nextListeners]) listener(next)
    return next
  }

  return {
    meeting,
    clock,
    random,
    history,
    get people() {
      return [...people.values()]
    },
    cast,
    person,
    start,
    join(key, as) {
      if (key === meeting.host.key) start()
      const who = enter(key, { kind: 'main' }, as)
      tell({ kind: 'joined', who })
      return who
    },
    wait(key, as) {
      const who = enter(key, { kind: 'waiting' }, as)
      tell({ kind: 'waiting_joined', who, putThere: false })
      return who
    },
    admit(key, device) {
      const waiting = connectionsOf(key).find(
        (c) => c.place.kind === 'waiting' && (device === undefined || c.device === device),
      )
      if (!waiting) throw new Impossible(`"${key}" does not wait`)
      const who = put({ ...waiting, userId: newUserId(), place: { kind: 'main' } })
      tell({ kind: 'waiting_left', who: waiting, admitted: true })
      tell({ kind: 'joined', who })
      return who
    },
    putInWaitingRoom(key, device) {
      const inside = connection(key, device)
      tell({ kind: 'left', who: inside, reason: 'removed' })
      const who = put({ ...inside, userId: newUserId(), parentUserId: null, place: { kind: 'waiting' } })
      tell({ kind: 'waiting_joined', who, putThere: true })
      return who
    },
    drop: (key, device) => remove(connection(key, device), 'network'),
    leave(key, device, reason = 'left') {
      const leaving = device === undefined ? connectionsOf(key) : [connection(key, device)]
      if (leaving.length === 0) throw new Impossible(`"${key}" is not in the meeting`)
      for (const who of leaving) remove(who, reason)
    },
    rename(key, name, device) {
      const before = connection(key, device)
      const who = put({ ...before, name })
      tell({ kind: 'renamed', who, oldName: before.name })
    },
    promote(key) {
      if (key === meeting.host.key || coHosts.has(key)) return
      coHosts.add(key)
      changeRole(key)
    },
    demote(key) {
      if (coHosts.delete(key)) changeRole(key)
    },
    moveToRoom(key, room, device) {
      const before = connection(key, device)
      if (before.place.kind === 'waiting') throw new Impossible(`"${key}" still waits`)
      if (before.place.kind === 'breakout') {
        if (before.place.room === room) return
        const back = put(inMainRoom(before))
        tell({ kind: 'room_left', who: before, room: before.place.room })
        if (room === null) return
        enterRoom(back, room)
      } else if (room !== null) {
        enterRoom(before, room)
      }
    },
    bindPhone(callerKey, toKey) {
      tell({ kind: 'phone_bound', who: connection(callerKey), to: connection(toKey) })
    },
    end,
    restart(plan) {
      const were = [...here.values()]
      end()
      const next = createNext()
      planReturn({ next, were, random, ...plan })
      return announced(next)
    },
    convert() {
      if (meeting.startedAtMs !== null) throw new Impossible('What has begun stays what it is')
      const next = createNext({ kind: meeting.kind === 'meeting' ? 'webinar' : 'meeting' })
      tell({ kind: 'converted', to: next.meeting })
      return announced(next)
    },
    onNext(listener) {
      nextListeners.add(listener)
      return () => nextListeners.delete(listener)
    },
    on(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    participantsNow: (viewerPlace = { kind: 'main' }) =>
      [...here.values()].filter((c) => samePlace(c.place, viewerPlace)),
    waitingNow: () => [...here.values()].filter((c) => c.place.kind === 'waiting'),
    connections: () => [...here.values()],
    connectionsOf,
  }

  function enterRoom(from: ConnectionInPlay, room: string): void {
    const who = put({
      ...from,
      userId: newUserId(),
      parentUserId: from.userId,
      place: { kind: 'breakout', room },
    })
    tell({ kind: 'room_joined', who, room })
  }
}

/** A connection as the main room knows it: in a breakout room its `userId` is the room's, its parent's is the main one. */
function inMainRoom(who: ConnectionInPlay): ConnectionInPlay {
  return who.place.kind === 'breakout' && who.parentUserId !== null
    ? { ...who, userId: who.parentUserId, parentUserId: null, place: { kind: 'main' } }
    : who
}

function samePlace(a: PlaceInPlay, b: PlaceInPlay): boolean {
  return a.kind === b.kind && (a.kind !== 'breakout' || (b.kind === 'breakout' && a.room === b.room))
}

type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never
