import { afterEach, describe, expect, it } from 'vitest'
import type { PolicyAnswer, PolicyChange, RosterSnapshot } from '../../../shared/wire/index.ts'
import { afterClass, type AfterClass } from './after-class.ts'

let after: AfterClass
afterEach(() => after.server.stop())

const asked = () => after.server.rest.calls.filter(({ path }) => path.startsWith('/v2/meetings/'))

/** The base of the list, judged as it was planned. */
async function scheduledBase(): Promise<RosterSnapshot['gathering']['base']> {
  const { server, lesson, gatheringId } = after
  server.clock.advanceBy(1_000)
  const { token } = await server.session(server.world.appContext(lesson.meeting.host, null))
  const path = `/api/gatherings/${gatheringId}`
  const before = (await (await server.call(token, 'GET', `${path}/policy`)).json()) as PolicyAnswer
  const change: PolicyChange = {
    ...{ scope: 'gathering', part: { base: { kind: 'scheduled' } } },
    basedOn: before.revisions.gathering,
  }
  expect((await server.call(token, 'POST', `${path}/policy`, change)).status).toBe(200)
  const roster = (await (await server.call(token, 'GET', `${path}/roster`)).json()) as RosterSnapshot
  return roster.gathering.base
}

describe('when a meeting was planned', () => {
  it('is asked for once, with its report, and is what 100 % is where the host says so', async () => {
    after = await afterClass()
    const began = after.lesson.meeting.startedAtMs ?? 0
    after.lesson.meeting.plannedStartsMs = [-7, 0, 7].map((days) => began + 600_000 + days * 86_400_000)
    await after.pass(30 * 60)
    expect(asked()).toHaveLength(1)
    const iso = (minutes: number) => new Date(began + minutes * 60_000).toISOString()
    expect(await scheduledBase()).toEqual({
      ...{ kind: 'scheduled', seconds: 7_200 },
      spans: [{ from: iso(10), to: iso(130) }],
    })
  })

  it('is not known when Zoom refuses to tell, which harms no report and is said in the log', async () => {
    after = await afterClass()
    const { number } = after.lesson.meeting
    after.server.rest.switches.deleted.add(number)
    await after.pass(30 * 60)
    expect((await after.status()).state).toBe('final')
    expect(asked()).toMatchObject([{ status: 404 }])
    expect(await scheduledBase()).toMatchObject({ kind: 'actual' })
    const said = after.server.logLines.filter((line) =>
      line.includes('did not tell when a meeting was planned'),
    )
    expect(said).toHaveLength(1)
    expect(said[0]).not.toContain(number)
  })
})
