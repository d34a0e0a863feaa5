import { afterEach, describe, expect, it } from 'vitest'
import type { ReportStatus } from '../../../shared/wire/report.ts'
import { afterClass, retryAsHost, type AfterClass } from './after-class.ts'

const HOUR_S = 3_600
let after: AfterClass
afterEach(() => after.server.stop())

/** The host's button, in a session that is as old as it is. */
async function press(): Promise<{ status: number; standing: ReportStatus }> {
  const { server, lesson, gatheringId } = after
  const { token } = await server.session(server.world.appContext(lesson.meeting.host, null))
  const answer = await server.call(token, 'POST', `/api/gatherings/${gatheringId}/report/retry`, {})
  return { status: answer.status, standing: (await answer.json()) as ReportStatus }
}

/** Nobody tells that the lesson is over, and Zoom refuses to say whether it is. */
async function refusedProbe(code: number, reason: string): Promise<void> {
  after = await afterClass({ ended: false })
  after.silence()
  after.lesson.end()
  after.switches.always = { status: 400, code }
  await after.pass(41 * 60, 600)
  expect(await after.server.query('select step from reports')).toEqual([{ step: 'probe' }])
  expect(await after.status()).toMatchObject({ state: 'unavailable', reason })
  after.switches.always = null
}

describe('whether a meeting is over, refused once and asked again days later,', () => {
  it('is asked anew, and ends in an answer that may be asked for again when Zoom knows of no end', async () => {
    await refusedProbe(200, 'plan_missing')
    after.switches.readyAfterMs = Infinity
    after.server.clock.advanceBy(72 * HOUR_S * 1000)
    await retryAsHost(after)
    expect(await after.status()).toMatchObject({ state: 'none', reason: null })
    await after.pass(49 * HOUR_S, 1_800)
    expect(await after.status()).toMatchObject({
      state: 'unavailable',
      reason: 'never_came',
      nextTryAt: null,
    })
    expect(after.calls().length).toBeGreaterThan(40)
    expect((await press()).status).toBe(202)
  })

  it('leads to the list when Zoom knows it by then', async () => {
    await refusedProbe(200, 'plan_missing')
    after.server.clock.advanceBy(72 * HOUR_S * 1000)
    await retryAsHost(after)
    await after.pass(10 * 60)
    expect(await after.status()).toMatchObject({ state: 'final' })
  })

  it('is asked anew by itself once the host has connected again', async () => {
    await refusedProbe(4711, 'reconnect')
    after.server.clock.advanceBy(72 * HOUR_S * 1000)
    after.switches.readyAfterMs = Infinity
    await after.server.install('user-elena')
    await after.pass(600)
    expect(await after.status()).toMatchObject({ state: 'none', reason: null })
    after.switches.readyAfterMs = 0
    await after.pass(2 * HOUR_S, 600)
    expect(await after.status()).toMatchObject({ state: 'final' })
  })
})

describe('Zoom’s limit', () => {
  it('is not shortened by the host of a list that is settled', async () => {
    after = await afterClass()
    await after.pass(600)
    const final = await after.status()
    expect(final).toMatchObject({ state: 'final' })
    after.switches.always = 429
    after.server.rest.switches.retryAfter = 'none'
    await retryAsHost(after)
    await after.pass(15, 15)
    await after.pass(20, 20)
    const asked = after.calls().length
    const [waits] = await after.server.query('select failures from reports')
    expect(waits).toMatchObject({ failures: 2 })
    expect(await press()).toMatchObject({ status: 200, standing: { state: 'final' } })
    await after.server.runDue()
    expect(after.calls()).toHaveLength(asked)
    expect(await after.server.query('select failures from reports')).toEqual([waits])
    after.switches.always = null
    await after.pass(60, 10)
    expect(await after.status()).toEqual(final)
    expect((await press()).status).toBe(202)
  })
})

describe('a consent that is given while Zoom is being asked with the one before', () => {
  it('has the list read after all, although that try ends with a refusal', async () => {
    after = await afterClass()
    const { server } = after
    const { reports } = server.storage
    server.clock.advanceBy(60_000)
    const due = await reports.take(server.clock.now(), 120_000)
    if (due === null) throw new Error('Nothing was due.')
    server.clock.advanceBy(1_000)
    await server.install('user-elena')
    await reports.settle(due, {
      status: { ...due.status, state: 'unavailable', reason: 'reconnect' },
      ...{ nextTryAtMs: null, plannedFromMs: due.plannedFromMs, failures: 0, verified: false },
      ...{ rateLimited: false, judgedIn: null },
    })
    expect(await after.status()).toMatchObject({ state: 'waiting', reason: null })
    await after.server.runDue()
    await after.pass(120)
    expect(await after.status()).toMatchObject({ state: 'final' })
  })
})
