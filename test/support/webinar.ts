import { createWebinar, type Webinar } from '../zoom/index.ts'
import type { TestServer } from './server.ts'

/** Less than a delivery may be on its way before it is stale. */
const STEP_MS = 4 * 60_000
const MINUTE_MS = 60_000

/**
 * Plays the webinar of the story from the first registration to some minutes after its end, told by webhooks as it happens, with
 * what is due done at every instant the story names. The server's clock must stand a fortnight before the start.
 */
export async function playWebinar(
  server: TestServer,
  { seed, startsAtMs, scale }: { seed: number; startsAtMs: number; scale: number },
): Promise<Webinar> {
  const webinar = createWebinar({ world: server.world, seed, startsAtMs, scale })
  const host = webinar.host.zoomUserId ?? ''
  server.world.authorised.add(host)
  await server.install(host)
  server.webhooks.follow(webinar.practice)
  server.webhooks.follow(webinar.scenario)
  server.webhooks.followRegistrations(webinar.desk)
  server.webhooks.switches.lostRegistrations = webinar.lostRegistrations
  const { registrationOpens, firstList, secondList, rehearsal, starts, offer, ends } = webinar.times
  const instants = [registrationOpens, firstList, secondList, rehearsal, starts, offer, ends]
  for (const untilMs of [...instants, ends + 5 * MINUTE_MS]) {
    while (server.clock.now() < untilMs) {
      server.clock.advanceBy(Math.min(STEP_MS, untilMs - server.clock.now()))
      await server.webhooks.settled()
    }
    await server.told()
    await server.runDue()
  }
  return webinar
}
