/**
 * An open webinar the demo's teacher held: a tenth of the story's, told to the end before anybody looks, so that every
 * cancellation is one Zoom told of.
 */
import { createClock } from '../clock.ts'
import type { PersonInPlay } from '../scenario.ts'
import { tellPast } from '../scenarios/past.ts'
import { createWebinar } from '../scenarios/webinar.ts'
import type { Webinar } from '../scenarios/webinar.ts'
import type { WebhookSender } from '../webhook-delivery.ts'
import type { ZoomWorld } from '../world.ts'

const DAY_MS = 24 * 3600_000
/** Zoom keeps what a webinar was planned as for a few days only. */
const DAYS_AGO = 1
/** 20:00 in Yekaterinburg. */
const EVENING_UTC_MS = 15 * 3600_000
const SCALE = 0.1

/** Plays it up to its end; nobody is told yet. */
export function playPastWebinar(input: {
  world: ZoomWorld
  nowMs: number
  seed: number
  accountId: string
  host: PersonInPlay
}): Webinar {
  const { world, nowMs, accountId, host } = input
  // Unlike those of the evenings and the lesson: a seed gives a meeting its UUID.
  const seed = input.seed + 1_000
  const startsAtMs = nowMs - (nowMs % DAY_MS) + EVENING_UTC_MS - DAYS_AGO * DAY_MS
  const clock = createClock(startsAtMs - 15 * DAY_MS)
  const webinar = createWebinar({
    ...{ world, seed, startsAtMs, scale: SCALE, clock, host },
    meeting: { accountId },
  })
  clock.advanceTo(webinar.times.ends)
  return webinar
}

/** Sends what Zoom tells of the webinar, its rehearsal and everybody who registered. */
export function tellWebinar(sender: WebhookSender, { desk, practice, scenario }: Webinar): void {
  for (const event of desk.history) sender.tellRegistration(desk, event)
  tellPast(sender, [practice, scenario])
}
