/**
 * Meetings that are over: played at once on a clock of their own, told later. What Zoom tells of them carries the times
 * when it happened, and the signature of now, as after an outage.
 */
import { createClock } from '../clock.ts'
import type { Clock } from '../clock.ts'
import type { Scenario, ScenarioEvent } from '../scenario.ts'
import type { WebhookSender } from '../webhook-delivery.ts'
import type { ZoomWorld } from '../world.ts'

/**
 * Plays what `make` plans between two instants (epoch ms); what has not ended by then ends then.
 *
 * @returns the occurrences in order: one, and one more for each restart; all known to the world
 */
export function playPast(
  world: ZoomWorld,
  { fromMs, untilMs }: { fromMs: number; untilMs: number },
  make: (clock: Clock) => Scenario,
): Scenario[] {
  const clock = createClock(fromMs - 1)
  const occurrences: Scenario[] = []
  const keep = (scenario: Scenario): void => {
    occurrences.push(scenario)
    scenario.onNext(keep)
  }
  keep(world.add(make(clock)))
  clock.advanceTo(untilMs)
  occurrences.at(-1)?.end()
  return occurrences
}

/** Sends what Zoom tells of these meetings, in order: everything but what `isUnheard` names. */
export function tellPast(
  sender: WebhookSender,
  occurrences: readonly Scenario[],
  isUnheard: (event: ScenarioEvent) => boolean = () => false,
): void {
  for (const scenario of occurrences) {
    for (const event of scenario.history) if (!isUnheard(event)) sender.tell(scenario, event)
  }
}
