/**
 * What happens on the demo's stage: the lesson in progress, the visitor's buttons, and a life of its own in between.
 * Speaks to the scenario only; nothing here knows the page or the server.
 */
import type { Clock } from '../clock.ts'
import { createRandom } from '../random.ts'
import type { Random } from '../random.ts'
import type { ConnectionInPlay, PersonInPlay, Scenario } from '../scenario.ts'
import { hostileNames } from '../scenarios/hostile-names.ts'
import { ROOMS } from '../scenarios/lesson.ts'
import { guest, inventedName, member } from '../scenarios/names.ts'
import { planStorm } from '../scenarios/storm.ts'

export const actions = [
  'join',
  'wait',
  'admit',
  'drop',
  'leave',
  'rename',
  'phone',
  'promote',
  'room',
  'restart',
  'end',
  'storm',
  'hostile',
] as const
export type Action = (typeof actions)[number]

/** One person as a tile. */
export interface Tile {
  key: string
  name: string
  role: ConnectionInPlay['role']
  place: ConnectionInPlay['place']['kind']
  devices: number
}

export interface StageState {
  topic: string
  number: string
  timezone: string
  /** Null between the end and the beginning of a restart. */
  startedAtMs: number | null
  endedAtMs: number | null
  /** The longest there first; at most `TILES`, the rest is a number. */
  tiles: Tile[]
  more: number
  people: number
  connections: number
  waiting: Tile[]
  inRooms: number
  alive: boolean
}

export interface Stage {
  /** The meeting on stage; after a restart the next one. */
  readonly scenario: Scenario
  /** Does it with this person, or with one who fits; false when nobody does. */
  perform(action: Action, key?: string): boolean
  /** Whether people also come and go by themselves. */
  setAlive(alive: boolean): void
  state(): StageState
}

const TILES = 60
/** These stay: the panel is opened as them. */
const FIXED = new Set(['teacher', 'assistant', 'denis', 'olga'])

export function createStage(input: { scenario: Scenario; clock: Clock; seed: number }): Stage {
  const { clock, seed } = input
  let { scenario } = input
  const random = createRandom(seed, 'stage')
  let alive = true
  let newcomers = 0
  let storms = 0

  const inside = (fits: (c: ConnectionInPlay) => boolean = () => true): ConnectionInPlay[] =>
    scenario.connections().filter((c) => c.place.kind !== 'waiting' && fits(c))
  const free = (c: ConnectionInPlay): boolean => !FIXED.has(c.person.key)
  const newcomer = (): PersonInPlay => {
    newcomers += 1
    const key = `newcomer${newcomers}`
    const name = inventedName(60 + newcomers)
    const kind = newcomers % 4
    if (kind === 0) return scenario.cast(guest(key, 'iPhone'))
    return scenario.cast(kind === 1 ? guest(key, name) : member(random, key, name))
  }
  const later = (ms: number, action: () => void): void => {
    clock.at(clock.now() + ms, () => {
      if (scenario.meeting.endedAtMs === null) action()
    })
  }
  const comeBack = (key: string, device: string): void => {
    later(random.between(15_000, 90_000), () => {
      if (!scenario.connectionsOf(key).some((c) => c.device === device)) scenario.join(key, { device })
    })
  }

  const performers: Record<Action, (key: string | undefined) => boolean> = {
    join() {
      scenario.join(newcomer().key)
      return true
    },
    wait() {
      scenario.wait(newcomer().key)
      return true
    },
    admit: (key) =>
      onOne(choose(random, scenario.waitingNow(), key), (c) => scenario.admit(c.person.key, c.device)),
    drop: (key) =>
      onOne(choose(random, inside(key === undefined ? free : undefined), key), (c) => {
        scenario.drop(c.person.key, c.device)
        comeBack(c.person.key, c.device)
      }),
    leave: (key) => {
      const candidates = scenario
        .connections()
        .filter((c) => (key === undefined ? free(c) : c.role !== 'host'))
      return onOne(choose(random, candidates, key), (c) => scenario.leave(c.person.key))
    },
    rename: (key) => {
      const generic = inside((c) => c.name === 'iPhone')
      const candidates = key === undefined && generic.length > 0 ? generic : inside(free)
      return onOne(choose(random, key === undefined ? candidates : inside(), key), (c) =>
        scenario.rename(c.person.key, inventedName(300 + random.between(0, 399)), c.device),
      )
    },
    phone: (key) => {
      const alone = inside(
        (c) => c.person.phone === undefined && scenario.connectionsOf(c.person.key).length === 1,
      )
      return onOne(choose(random, alone, key), (c) =>
        scenario.join(c.person.key, { device: c.device === 'phone' ? 'laptop' : 'phone' }),
      )
    },
    promote: (key) => {
      const candidates = inside((c) => c.role !== 'host' && (key !== undefined || free(c)))
      return onOne(choose(random, candidates, key), ({ person, role }) => {
        if (role === 'cohost') scenario.demote(person.key)
        else scenario.promote(person.key)
      })
    },
    room: (key) =>
      onOne(choose(random, inside(key === undefined ? free : (c) => c.role !== 'host'), key), (c) =>
        scenario.moveToRoom(c.person.key, c.place.kind === 'breakout' ? null : random.pick(ROOMS), c.device),
      ),
    restart() {
      scenario = scenario.restart({ afterMs: 8_000, backWithinMs: 15_000 })
      return true
    },
    end() {
      scenario.end()
      return true
    },
    storm() {
      storms += 1
      planStorm(scenario, {
        clock,
        seed: seed + 1000 * storms,
        startsAtMs: clock.now(),
        minutes: 1,
        firstName: 700,
      })
      return true
    },
    hostile() {
      const known = new Set(scenario.people.map((person) => person.key))
      const fresh = hostileNames.filter((person) => !known.has(`hostile-${person.key}`))
      fresh.forEach((person, index) => {
        const { key } = scenario.cast({ ...person, key: `hostile-${person.key}` })
        later(index * 150, () => scenario.join(key))
      })
      return fresh.length > 0
    },
  }

  const perform = (action: Action, key?: string): boolean => {
    const { startedAtMs, endedAtMs } = scenario.meeting
    if (startedAtMs === null || endedAtMs !== null) return false
    return performers[action](key)
  }
  const live = (): void => {
    const wait = random.between(3_000, 7_000)
    later(wait, () => {
      if (alive) perform(chooseByItself(random, inside().length, scenario.waitingNow().length))
      live()
    })
  }
  live()

  return {
    get scenario() {
      return scenario
    },
    perform,
    setAlive: (wanted) => void (alive = wanted),
    state() {
      const tiles = tilesOf(inside())
      return {
        topic: scenario.meeting.topic,
        number: scenario.meeting.number,
        timezone: scenario.meeting.timezone,
        startedAtMs: scenario.meeting.startedAtMs,
        endedAtMs: scenario.meeting.endedAtMs,
        tiles: tiles.slice(0, TILES),
        more: Math.max(0, tiles.length - TILES),
        people: tiles.length,
        connections: inside().length,
        waiting: tilesOf(scenario.waitingNow()),
        inRooms: inside((c) => c.place.kind === 'breakout').length,
        alive,
      }
    },
  }
}

/** The lesson keeps its size: below 36 people rather come, above 44 rather go. */
function chooseByItself(random: Random, size: number, waiting: number): Action {
  const roll = random.next()
  if (roll < 0.25) return size > 44 ? 'leave' : 'join'
  if (roll < 0.45) return 'drop'
  if (roll < 0.6) return size < 36 ? 'join' : 'leave'
  if (roll < 0.7) return 'phone'
  if (roll < 0.78) return 'rename'
  if (roll < 0.9) return 'room'
  return waiting > 2 ? 'admit' : 'wait'
}

function choose(
  random: Random,
  candidates: ConnectionInPlay[],
  key: string | undefined,
): ConnectionInPlay | undefined {
  if (key !== undefined) return candidates.find((c) => c.person.key === key)
  return candidates[random.between(0, Math.max(0, candidates.length - 1))]
}

function onOne(chosen: ConnectionInPlay | undefined, action: (chosen: ConnectionInPlay) => unknown): boolean {
  if (!chosen) return false
  action(chosen)
  return true
}

function tilesOf(connections: ConnectionInPlay[]): Tile[] {
  const tiles = new Map<string, Tile>()
  for (const c of connections) {
    const known = tiles.get(c.person.key)
    if (known) known.devices += 1
    else {
      tiles.set(c.person.key, {
        key: c.person.key,
        name: c.name,
        role: c.role,
        place: c.place.kind,
        devices: 1,
      })
    }
  }
  return [...tiles.values()]
}
