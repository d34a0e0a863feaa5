import { randomUUID } from 'node:crypto'
import { createClock, createStorm, webhookBodies, type PersonInPlay } from '../zoom/index.ts'

/** A body as Zoom would print it, and the id it would send it under. */
export interface PreparedDelivery {
  requestId: string
  body: string
}

/**
 * So many deliveries of storms of a thousand people each, in the order they happen, none twice. All meetings belong to
 * this host; another seed gives other meetings and other people.
 */
export function stormDeliveries(input: {
  host: PersonInPlay
  accountId: string
  count: number
  seed: number
}): PreparedDelivery[] {
  const { host, accountId, count, seed } = input
  const deliveries: PreparedDelivery[] = []
  for (let storm = 0; deliveries.length < count; storm += 1) {
    const stormSeed = seed * 1000 + storm
    const startsAtMs = Date.now() - 3_600_000
    const clock = createClock(startsAtMs - 1)
    const scenario = createStorm({ clock, seed: stormSeed, startsAtMs, meeting: { accountId } })
    Object.assign(scenario.person('teacher'), host, { key: 'teacher' })
    scenario.on((event) => {
      for (const body of webhookBodies(scenario, event)) {
        deliveries.push({ requestId: randomUUID().replaceAll('-', '_'), body: JSON.stringify(body) })
      }
    })
    clock.advanceBy(3_600_000)
  }
  return deliveries.slice(0, count)
}

/** Somebody who hosts storms. */
export const stormHost: PersonInPlay = {
  key: 'teacher',
  name: 'Елена Карпинская',
  zoomUserId: 'StormHost0000000000001',
  email: 'e.karpinskaya@example.org',
}
export const stormAccount = 'StormAccount0000000001'
