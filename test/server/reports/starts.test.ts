import { afterEach, describe, expect, it } from 'vitest'
import { afterClass, reportBatches, reportRows, troubleAt, type AfterClass } from './after-class.ts'
import { startServer, type TestServer } from '../../support/server.ts'
import type { SessionAnswer } from '../../../shared/wire/index.ts'
import { readEvents } from '../../support/event-stream.ts'

let after: AfterClass
const more: TestServer[] = []
afterEach(async () => {
  for (const server of more.splice(0)) await server.stop()
  await after.server.stop()
})

const pupils = Array.from({ length: 8 }, (_, index) => `pupil${index}`)

/** The host's panel, as it was opened in the lesson. */
async function panel(): Promise<{ session: SessionAnswer; base: string }> {
  const { server, lesson, gatheringId } = after
  const session = await server.session(server.world.appContext(lesson.meeting.host, lesson))
  return { session, base: `/api/gatherings/${gatheringId}` }
}

/** Nothing tells its end, and it was heard of so lately that nobody wonders yet. */
const lessonStillHeardOf = () => afterClass({ ended: false, minutes: 20 })

describe('a meeting is over', () => {
  it('when only the panel says so and Zoom agrees: its times are then known, and its report is read', async () => {
    after = await lessonStillHeardOf()
    const { server, lesson } = after
    const { session, base } = await panel()
    const sentAtMs = server.clock.now()
    // Zoom's messages about the end never arrive.
    after.silence()
    lesson.end()
    await server.call(session.token, 'POST', `${base}/observations`, {
      sentAtMs,
      observations: [{ kind: 'ended', atMs: sentAtMs }],
    })
    await server.rollbook.runDue()
    expect(await after.status()).toMatchObject({ state: 'none' })
    await after.pass(59, 59)
    expect(after.calls()).toEqual([])
    await after.pass(1)
    const record = await server.query('select ended_at_ms from meetings')
    expect(record).toEqual([{ ended_at_ms: String(lesson.meeting.endedAtMs) }])
    expect(await after.facts()).toContainEqual(
      expect.objectContaining({ kind: 'meeting_ended', witness: 'report' }),
    )
    await after.pass(240)
    expect(await after.status()).toMatchObject({ state: 'final' })
  })

  it('not when the panel says so and Zoom does not: it is asked again later', async () => {
    after = await lessonStillHeardOf()
    const { server } = after
    const { session, base } = await panel()
    const sentAtMs = server.clock.now()
    await server.call(session.token, 'POST', `${base}/observations`, {
      sentAtMs,
      observations: [{ kind: 'ended', atMs: sentAtMs }],
    })
    await server.rollbook.runDue()
    await after.pass(600)
    expect(after.calls().map(({ status }) => status)).toEqual([404, 404, 404])
    expect(await after.status()).toMatchObject({ state: 'none', nextTryAt: null })
  })

  it('when nothing was heard for half an hour and Zoom says so', async () => {
    after = await afterClass({ ended: false })
    const { server, lesson } = after
    after.silence()
    lesson.end()
    await after.pass(41 * 60, 600)
    expect(await server.query('select state from reports')).not.toEqual([])
    await after.pass(3600, 600)
    expect(await after.status()).toMatchObject({ state: 'final' })
  })
})

describe('our server', () => {
  it('that stops in the middle goes on where it was when it starts again', async () => {
    after = await afterClass({ pupils })
    const { server, switches } = after
    switches.pageCap = 3
    switches.next = troubleAt(4, 503)
    await after.pass(60)
    await server.restart()
    await after.pass(200, 20)
    expect(await after.status()).toMatchObject({ state: 'final' })
    const facts = await after.facts()
    expect(reportRows(facts)).toHaveLength(9)
    const pages = after.calls().filter(({ path, status }) => path.endsWith('/participants') && status === 200)
    expect(pages).toHaveLength(3 + 3)
  })

  it('that died while it read is followed by another when its lease has run out', async () => {
    after = await afterClass()
    const { server } = after
    await server.query(
      `update reports set lease = gen_random_uuid(), leased_until_ms = next_try_at_ms + 120000`,
    )
    await after.pass(170, 10)
    expect(after.calls()).toEqual([])
    await after.pass(10, 10)
    expect(await after.status()).toMatchObject({ state: 'partial', reason: 'confirming' })
  })

  it('of which two share a database reads every report once and doubles nothing', async () => {
    after = await afterClass({ pupils })
    const { server, switches } = after
    const second = await startServer({ beside: server })
    more.push(second)
    switches.pageCap = 3
    server.clock.advanceBy(60_000)
    await Promise.all([server.rollbook.runDue(), second.rollbook.runDue()])
    server.clock.advanceBy(120_000)
    await Promise.all([server.rollbook.runDue(), second.rollbook.runDue()])
    expect(await after.status()).toMatchObject({ state: 'final' })
    const facts = await after.facts()
    expect(reportRows(facts)).toHaveLength(9)
    expect(reportBatches(facts)).toHaveLength(2)
    expect(after.calls().filter(({ path }) => path.endsWith('/participants'))).toHaveLength(3 + 3)
    const audit = await server.query(`select from audit where act = 'report_final'`)
    expect(audit).toHaveLength(1)
  })

  it('renews a token that ran out once, whoever reads', async () => {
    after = await afterClass({ minutes: 90 })
    const { server } = after
    const second = await startServer({ beside: server })
    more.push(second)
    server.clock.advanceBy(60_000)
    await Promise.all([server.rollbook.runDue(), second.rollbook.runDue()])
    await after.pass(120)
    // The other process may be the one that reads.
    await second.rollbook.runDue()
    expect(await after.status()).toMatchObject({ state: 'final' })
    expect(server.rest.oauth.counts).toMatchObject({ refreshes: 1, refusedRefreshes: 0 })
  })
})

describe('a host', () => {
  it('who connects again has the report read after all', async () => {
    after = await afterClass()
    after.switches.always = { status: 400, code: 4711 }
    await after.pass(60)
    expect(await after.status()).toMatchObject({ state: 'unavailable', reason: 'reconnect' })
    after.switches.always = null
    await after.pass(3600, 1200)
    expect(await after.status()).toMatchObject({ state: 'unavailable' })
    await after.server.install('user-elena')
    expect(await after.status()).toMatchObject({ state: 'waiting' })
    await after.server.rollbook.runDue()
    await after.pass(120)
    expect(await after.status()).toMatchObject({ state: 'final' })
  })

  it('has a report that was given up read again, and a final one without losing it', async () => {
    after = await afterClass()
    const { server, lesson } = after
    after.switches.always = { status: 400, code: 200 }
    await after.pass(60)
    expect(await after.status()).toMatchObject({ state: 'unavailable', reason: 'plan_missing' })
    after.switches.always = null
    const retry = async () => {
      const session = await server.session(server.world.appContext(lesson.meeting.host, null))
      const path = `/api/gatherings/${after.gatheringId}/report/retry`
      return server.call(session.token, 'POST', path, {})
    }
    await after.pass(15, 15)
    expect((await retry()).status).toBe(202)
    await server.rollbook.runDue()
    await after.pass(120)
    const final = await after.status()
    expect(final).toMatchObject({ state: 'final' })

    after.switches.always = 503
    await after.pass(15, 15)
    expect((await retry()).status).toBe(202)
    await server.rollbook.runDue()
    expect(await after.status()).toMatchObject({ state: 'final', fetchedAt: final.fetchedAt })
    after.switches.always = null
    await after.pass(60, 20)
    expect(await after.status()).toEqual(final)
    const acts = await server.query(`select act from audit where act like 'report%' order by seq`)
    expect(acts.map(({ act }) => act)).toEqual(['report_retried', 'report_final', 'report_retried'])
  })

  it('with an open panel sees the state change', async () => {
    after = await afterClass({ ended: false })
    const { server, lesson } = after
    const { session, base } = await panel()
    const events = readEvents(
      await fetch(`${server.url}${base}/live`, {
        headers: { authorization: `Bearer ${session.token}`, accept: 'text/event-stream' },
      }),
    )
    await events.next()
    lesson.end()
    await server.told()
    const seen = new Set<unknown>()
    for (const seconds of [0, 60, 120]) {
      server.clock.advanceBy(seconds * 1000)
      await server.rollbook.runDue()
    }
    while (!seen.has('final')) {
      const event = await events.next()
      if (event === null) break
      seen.add((event.data as { gathering?: { report: { state: string } } }).gathering?.report.state)
    }
    expect([...seen]).toContain('final')
    await events.close()
  })
})
