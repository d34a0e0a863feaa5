/** How a meeting that was ended by mistake comes back to life: the host first, then everybody who was there. */
import type { Random } from './random.ts'
import type { ConnectionInPlay, Scenario } from './story.ts'

/** Only what still fits happens: somebody else may have moved these people, or ended the meeting, meanwhile. */
export function planReturn(input: {
  next: Scenario
  were: ConnectionInPlay[]
  random: Random
  afterMs?: number
  backWithinMs?: number
}): void {
  const { next, were, random, afterMs = 4 * 60_000, backWithinMs = 3 * 60_000 } = input
  const { clock, meeting } = next
  const startsAtMs = clock.now() + afterMs
  const at = (ms: number, action: () => unknown): void => {
    clock.at(ms, () => {
      if (meeting.endedAtMs === null) action()
    })
  }
  at(startsAtMs, () => {
    if (next.connectionsOf(meeting.host.key).length === 0) next.join(meeting.host.key)
  })
  for (const { person, device, name, role, place } of were) {
    const as = { device, name }
    at(startsAtMs + 1 + Math.floor(random.next() * backWithinMs), () => {
      if (next.connectionsOf(person.key).some((c) => c.device === device)) return
      if (place.kind === 'waiting') next.wait(person.key, as)
      else next.join(person.key, as)
      if (role === 'cohost') next.promote(person.key)
    })
  }
}
