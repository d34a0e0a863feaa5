import { expect, it } from 'vitest'
import { createClock } from '../clock.ts'
import { createZoomRest } from '../rest.ts'
import { createZoomWorld } from '../world.ts'
import { playPastEvenings } from './past-evenings.ts'

const app = {
  clientId: 'c',
  clientSecret: 's',
  webhookSecret: 'w',
  redirectUri: 'http://x/',
  declaredApis: null,
}

it.each([1, 4, 9])(
  'the demo has four past evenings, one in two parts, one without a list (seed %i)',
  (seed) => {
    const nowMs = Date.UTC(2026, 10, 23, 3, 0)
    const world = createZoomWorld({ app, clock: createClock(nowMs) })
    const rest = createZoomRest(world, () => '')
    const evenings = playPastEvenings({ world, rest, nowMs, seed, accountId: 'ACCOUNT' })

    expect(new Set(evenings.map(({ meeting }) => meeting.uuid)).size).toBe(5)
    expect(evenings.every(({ meeting }) => (meeting.endedAtMs ?? Infinity) < nowMs)).toBe(true)
    const [, first, second] = evenings
    const pauseMs = (second?.meeting.startedAtMs ?? 0) - (first?.meeting.endedAtMs ?? 0)
    expect(first?.meeting.number).toBe(second?.meeting.number)
    expect(pauseMs / 60_000).toBeLessThan(10)
    const withoutList = evenings.filter(({ meeting }) => rest.reports(meeting.uuid).always !== null)
    expect(withoutList).toHaveLength(1)
    expect(new Set(evenings.map(({ meeting }) => meeting.host.zoomUserId)).size).toBe(1)
  },
)
