/** A thousand people who join, lose the connection, come back and leave within minutes. */
import type { Clock } from '../clock.ts'
import { createRandom } from '../random.ts'
import { createScenario } from '../scenario.ts'
import type { MeetingWish, Scenario } from '../scenario.ts'
import { guest, inventedName, member } from './names.ts'

export interface StormOptions {
  clock: Clock
  seed: number
  startsAtMs: number
  /** How many besides the host; 1,000 unless given. */
  people?: number
  /** From the first join to the last change. */
  minutes?: number
  /** Which invented name the first one has, so that people already there keep theirs to themselves. */
  firstName?: number
  meeting?: MeetingWish
}

/** Plans the storm in a meeting of its own; nothing happens before the clock moves. */
export function createStorm(options: StormOptions): Scenario {
  const scenario = createScenario({
    clock: options.clock,
    seed: options.seed,
    meeting: { topic: 'Открытая лекция · Open lecture', ...options.meeting },
    host: member(createRandom(options.seed, 'storm host'), 'teacher', 'Елена Карпинская'),
  })
  options.clock.at(options.startsAtMs, () => scenario.join('teacher'))
  planStorm(scenario, options)
  return scenario
}

/**
 * Plans a storm in a meeting that exists: everybody joins in the first half, every third drops and comes back within
 * seconds, every tenth leaves for good.
 */
export function planStorm(scenario: Scenario, options: StormOptions): void {
  const { clock, startsAtMs, people = 1000, minutes = 5, firstName = 0 } = options
  const random = createRandom(options.seed, 'storm')
  const spanMs = minutes * 60_000
  for (let index = 0; index < people; index += 1) {
    const key = `storm${options.seed}-${index + 1}`
    const name = inventedName(firstName + index)
    const person = scenario.cast(index % 2 === 0 ? member(random, key, name) : guest(key, name))
    const joinsAtMs = startsAtMs + 1 + Math.floor(random.next() * (spanMs / 2))
    // Somebody else may have moved these people meanwhile (the demo's visitor, say): do only what still makes sense.
    const act = (ms: number, mustBeHere: boolean, action: () => void): void => {
      clock.at(ms, () => {
        const isHere = scenario.connectionsOf(key).length > 0
        if (scenario.meeting.endedAtMs === null && isHere === mustBeHere) action()
      })
    }
    act(joinsAtMs, false, () => scenario.join(person.key))
    if (index % 3 === 0) {
      const dropsAtMs = joinsAtMs + random.between(1, Math.floor(spanMs / 4))
      act(dropsAtMs, true, () => scenario.drop(person.key))
      act(dropsAtMs + random.between(1, Math.floor(spanMs / 8)), false, () => scenario.join(person.key))
    }
    if (index % 10 === 0) act(startsAtMs + spanMs, true, () => scenario.leave(person.key))
  }
}
