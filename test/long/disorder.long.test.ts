import { expect, it } from 'vitest'
import type { RosterSnapshot } from '../../shared/wire/index.ts'
import { startServer } from '../support/server.ts'
import { createStorm } from '../zoom/index.ts'
import type { DeliverySwitches } from '../zoom/webhook-delivery.ts'

const MINUTES = 5
const LATE_BY_MS = 90_000

it('tells the same roster of a storm whether its deliveries come in order or twice, late and in disorder', async () => {
  const calm = await rosterAfterStorm({})
  const wild = await rosterAfterStorm({ duplicates: 0.3, late: 0.3, lateByMs: LATE_BY_MS, reordered: true })
  expect(calm.people).toHaveLength(1_001)
  expect(wild).toEqual(calm)
})

/** A whole product takes in the same storm, told in this manner; ids are each database's own. */
async function rosterAfterStorm(manner: DeliverySwitches) {
  const server = await startServer()
  try {
    const { clock, world, webhooks } = server
    const startsAtMs = clock.now() + 60_000
    const storm = world.add(
      createStorm({ clock, seed: 7, startsAtMs, minutes: MINUTES, meeting: { accountId: 'storm' } }),
    )
    const hostId = storm.meeting.host.zoomUserId ?? ''
    await server.install(hostId)
    world.authorised.add(hostId)
    webhooks.switches = manner
    webhooks.follow(storm)
    const endsAtMs = startsAtMs + MINUTES * 60_000 + LATE_BY_MS
    while (clock.now() < endsAtMs) {
      clock.advanceTo(Math.min(endsAtMs, clock.now() + 5_000))
      await webhooks.settled()
    }
    expect(webhooks.attempts.every(({ outcome }) => outcome === 'accepted')).toBe(true)
    await expect
      .poll(() => server.query(`select count(*) as n from inbox where state <> 'done'`), { timeout: 60_000 })
      .toEqual([{ n: '0' }])

    const { token, meeting } = await server.session(world.appContext(storm.meeting.host, storm))
    const answer = await server.call(token, 'GET', `/api/gatherings/${meeting?.gatheringId ?? ''}/roster`)
    const { at, gathering, summary, people } = (await answer.json()) as RosterSnapshot
    return {
      at,
      summary,
      gathering: { ...gathering, id: '' },
      people: people
        .map((person) => ({ ...person, id: '' }))
        .sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)),
    }
  } finally {
    await server.stop()
  }
}
