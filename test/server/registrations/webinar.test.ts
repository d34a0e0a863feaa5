import { afterEach, describe, expect, it } from 'vitest'
import type { GatheringList, RosterSnapshot } from '../../../shared/wire/index.ts'
import { startServer, type TestServer } from '../../support/server.ts'
import { playWebinar } from '../../support/webinar.ts'

const STARTS = Date.UTC(2026, 10, 23, 15, 0)
const DAY_MS = 86_400_000

let server: TestServer
afterEach(() => server.stop())

describe('a webinar people register for', () => {
  it('has lists that are disjoint and add up, as the story says', async () => {
    server = await startServer({ startMs: STARTS - 15 * DAY_MS })
    const { scenario, host, truth } = await playWebinar(server, { seed: 7, startsAtMs: STARTS, scale: 0.04 })
    const { token } = await server.session(server.world.appContext(host, null))
    const history = (await (await server.call(token, 'GET', '/api/gatherings')).json()) as GatheringList
    // The rehearsal is nobody's attendance.
    expect(history.items).toHaveLength(1)
    const id = history.items[0]?.id ?? ''
    const answer = await server.call(token, 'GET', `/api/gatherings/${id}/roster`)
    const { people, summary } = (await answer.json()) as RosterSnapshot
    const { expected } = summary
    const unknown = truth.panelists + 1
    expect(expected).toMatchObject({
      approved: truth.approved,
      pending: truth.pending,
      denied: truth.denied,
      cancelled: truth.cancelled.told + truth.cancelled.unheard,
      cancelledUnseen: truth.cancelled.unheard,
      came: truth.stayed + truth.left,
      absent: truth.noShow,
      registered: truth.stayed + truth.left,
      walkIns: truth.forwarded,
      byForeignLink: truth.forwarded,
      staff: unknown,
    })
    expect(summary.came).toBe(truth.came + unknown)
    expect(people.filter(({ role }) => role === 'panelist')).toHaveLength(truth.panelists)
    const absent = people.filter(({ onListOnly }) => onListOnly)
    expect(absent).toHaveLength(truth.noShow)
    expect(new Set(absent.map(({ email }) => email)).size).toBe(truth.noShow)
    const walkIns = people.filter(({ statuses }) => statuses.includes('walk_in'))
    expect(walkIns).toHaveLength(truth.forwarded)
    expect(
      walkIns.every(
        ({ registration, identity }) => registration?.ofAnother && identity.confidence === 'conflict',
      ),
    ).toBe(true)
    expect(scenario.meeting.endedAtMs).not.toBeNull()
  })
})
