import { afterEach, describe, expect, it } from 'vitest'
import type { ReportStatus } from '../../../shared/wire/index.ts'
import { afterClass, type AfterClass } from '../reports/after-class.ts'

let after: AfterClass
afterEach(() => after.server.stop())

/** Opens the panel in the main client, in which the host presses as often as they like. */
async function button(): Promise<() => Promise<{ status: number; standing: ReportStatus }>> {
  const { server, lesson, gatheringId } = after
  const { token } = await server.session(server.world.appContext(lesson.meeting.host, null))
  return async () => {
    const answer = await server.call(token, 'POST', `/api/gatherings/${gatheringId}/report/retry`, {})
    return { status: answer.status, standing: (await answer.json()) as ReportStatus }
  }
}
const audited = () => after.server.query(`select 1 from audit where act = 'report_retried'`)

describe('a host who asks for the report again and again', () => {
  it('has it read once at a time, and is told where it stands', async () => {
    after = await afterClass()
    const press = await button()
    const [first, ...others] = [await press(), await press(), await press()]
    const due = { state: 'waiting', nextTryAt: new Date(after.server.clock.now()).toISOString() }
    expect(first).toMatchObject({ status: 202, standing: due })
    // The press already woke the reading, so what the next ones are told may be what it found.
    for (const other of others)
      expect(other).toMatchObject({
        status: 200,
        standing: { state: expect.stringMatching(/^(waiting|partial)$/) },
      })
    await after.server.runDue()
    expect(after.calls().filter(({ path }) => path.endsWith('/participants'))).toHaveLength(1)
    expect(await audited()).toHaveLength(1)
  })

  it('has it read although a moment ago Zoom was asked whether the meeting is over', async () => {
    after = await afterClass({ ended: false, minutes: 1 })
    await after.pass(40 * 60, 600)
    const now = String(after.server.clock.now())
    expect(await after.server.query('select step, tried_at_ms from reports')).toEqual([
      { step: 'probe', tried_at_ms: now },
    ])
    after.lesson.end()
    await after.server.told()
    await after.server.runDue()
    expect((await (await button())()).status).toBe(202)
  })

  it('plans nothing while it is being read', async () => {
    after = await afterClass()
    const press = await button()
    await after.server.query(
      'update reports set lease = gen_random_uuid(), leased_until_ms = next_try_at_ms + 60000',
    )
    expect((await press()).status).toBe(200)
    expect(await audited()).toEqual([])
  })

  it('sends nobody to Zoom within fifteen seconds of a try', async () => {
    after = await afterClass()
    after.switches.always = { status: 400, code: 200 }
    const press = await button()
    await after.pass(60)
    const asked = after.calls().length
    for (const seconds of [0, 7, 7]) {
      await after.pass(seconds, 7)
      expect(await press()).toMatchObject({ status: 200, standing: { reason: 'plan_missing' } })
      await after.server.runDue()
    }
    expect(after.calls()).toHaveLength(asked)
    await after.pass(1)
    expect((await press()).status).toBe(202)
    await after.server.runDue()
    expect(after.calls()).toHaveLength(asked + 1)
  })

  it('cannot shorten the wait after Zoom’s limit', async () => {
    after = await afterClass()
    after.switches.always = 429
    after.server.rest.switches.retryAfter = 'none'
    const press = await button()
    await after.pass(60)
    await after.pass(15, 15)
    const limited = await after.status()
    expect(limited).toMatchObject({ state: 'waiting', reason: 'rate_limited' })
    await after.pass(20, 20)
    expect(await press()).toEqual({ status: 200, standing: limited })
    expect(await audited()).toEqual([])
  })
})
