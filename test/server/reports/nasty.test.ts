import { afterEach, describe, expect, it } from 'vitest'
import { afterClass, reportRows, troubleAt, type AfterClass } from './after-class.ts'

const PERMANENT: [status: number, code: number, reason: string][] = [
  [400, 200, 'plan_missing'],
  [400, 300, 'not_accessible'],
  [404, 1001, 'host_gone'],
  [400, 12702, 'too_old'],
  [400, 4711, 'reconnect'],
]

let after: AfterClass
afterEach(() => after.server.stop())

describe('a report that', () => {
  it('is late is asked for by the plan, ever more slowly', async () => {
    after = await afterClass()
    after.switches.readyAfterMs = 800_000
    const endMs = after.lesson.meeting.endedAtMs ?? 0
    await after.pass(600)
    expect(await after.status()).toMatchObject({
      state: 'waiting',
      reason: 'not_ready',
      nextTryAt: new Date(endMs + 900_000).toISOString(),
    })
    // Only the cheap question so far, once each time.
    expect(after.calls().map(({ path }) => path.endsWith('/participants'))).toEqual([false, false, false])
    await after.pass(300 + 120)
    expect(await after.status()).toMatchObject({ state: 'final' })
  })

  it('never comes is unavailable at the end of the plan, with the reason', async () => {
    after = await afterClass()
    after.switches.readyAfterMs = Number.MAX_SAFE_INTEGER
    await after.pass(7200 + 86_400, 1800)
    expect(await after.status()).toMatchObject({
      state: 'unavailable',
      reason: 'never_came',
      nextTryAt: null,
    })
  })

  it('never comes because only one person was there says so', async () => {
    after = await afterClass({ pupils: [] })
    after.switches.always = { status: 404, code: 3001 }
    await after.pass(7200 + 86_400, 1800)
    expect(await after.status()).toMatchObject({ state: 'unavailable', reason: 'one_person' })
  })

  it('is empty is none yet, also when it is empty again', async () => {
    after = await afterClass()
    after.switches.emptyFirst = 2
    await after.pass(200)
    expect(await after.status()).toMatchObject({ state: 'waiting', reason: 'not_ready' })
    await after.pass(1800)
    expect(await after.status()).toMatchObject({ state: 'final' })
    expect(reportRows(await after.facts())).toHaveLength(3)
  })

  it('is shorter than it declares never counts', async () => {
    after = await afterClass()
    after.switches.short = 2
    await after.pass(60)
    expect(await after.status()).toMatchObject({ state: 'partial', reason: 'incomplete' })
    expect(await after.facts()).not.toContainEqual(expect.objectContaining({ witness: 'report' }))
    after.switches.short = null
    await after.pass(120 + 120)
    expect(await after.status()).toMatchObject({ state: 'final' })
  })

  it('grows is final only when it has stopped growing', async () => {
    after = await afterClass({ pupils: ['anna', 'boris', 'vera', 'gleb'] })
    after.switches.rows = 2
    after.switches.changes = [
      { afterMs: 100_000, rows: 4 },
      { afterMs: 300_000, rows: null },
    ]
    await after.pass(60)
    expect(await after.status()).toMatchObject({ state: 'partial', reason: 'confirming' })
    await after.pass(120)
    expect(await after.status()).toMatchObject({ state: 'partial', reason: 'confirming' })
    await after.pass(120 + 120 + 120)
    expect(await after.status()).toMatchObject({ state: 'final' })
    expect(reportRows(await after.facts()).map(({ batch }) => batch)).toHaveLength(2 + 4 + 5)
  })

  it('still computes its durations is read until it has', async () => {
    after = await afterClass()
    after.switches.zeroDurations = true
    await after.pass(200)
    expect(await after.status()).toMatchObject({ state: 'partial', reason: 'zero_durations' })
    after.switches.zeroDurations = false
    await after.pass(900)
    expect(await after.status()).toMatchObject({ state: 'final', gaps: [] })
  })

  it('lacks somebody who was seen live is final with that gap at the end of the plan', async () => {
    after = await afterClass()
    after.switches.missing = ['boris']
    await after.pass(420)
    expect(await after.status()).toMatchObject({ state: 'partial', reason: 'seen_live_missing' })
    await after.pass(7200 + 86_400, 1800)
    expect(await after.status()).toMatchObject({
      state: 'final_with_gaps',
      gaps: [{ code: 'seen_live_missing', count: 1 }],
      nextTryAt: null,
    })
    expect(await after.server.query('select came from gatherings')).toEqual([{ came: 3 }])
  })

  it('gets shorter does not replace the good one', async () => {
    after = await afterClass({ pupils: ['anna', 'boris', 'vera'] })
    await after.pass(60)
    after.switches.rows = 1
    await after.pass(120)
    expect(await after.status()).toMatchObject({ state: 'partial', reason: 'shrank' })
    after.switches.rows = null
    await after.pass(240)
    expect(await after.status()).toMatchObject({ state: 'final', gaps: [] })
  })

  it('has ten times the people, unknown fields, missing names, rows twice and rows that end before they begin is taken in, and what is odd is named', async () => {
    after = await afterClass()
    Object.assign(after.switches, {
      ...{ times: 10, unknownFields: true, nameless: 2, duplicated: 2, endsBeforeStart: 1, strangers: 1 },
    })
    await after.pass(240)
    const rows = reportRows(await after.facts())
    expect(rows).toHaveLength(3 * 10 + 1 + 2)
    expect(rows.every(({ atMs, leftMs }) => leftMs >= atMs)).toBe(true)
    expect(await after.status()).toMatchObject({
      state: 'final_with_gaps',
      gaps: [
        { code: 'corrected_times', count: 2 },
        { code: 'many_unseen', count: 28 },
      ],
    })
  })

  it.each(PERMANENT)('ends in %i with code %i is given up at once: %s', async (status, code, reason) => {
    after = await afterClass()
    after.switches.always = { status, code }
    await after.pass(60)
    expect(await after.status()).toMatchObject({ state: 'unavailable', reason, nextTryAt: null })
    const asked = after.calls().length
    await after.pass(7200, 1200)
    expect(after.calls()).toHaveLength(asked)
  })

  it('ends in a code nobody listed keeps the code for Zoom’s support', async () => {
    after = await afterClass()
    after.switches.always = { status: 400, code: 98_765 }
    await after.pass(60)
    expect(await after.status()).toMatchObject({
      state: 'unavailable',
      reason: 'refused',
      zoomCode: '98765',
    })
  })

  it('meets Zoom’s limit comes back when Zoom says, not before', async () => {
    after = await afterClass()
    const endMs = after.lesson.meeting.endedAtMs ?? 0
    after.switches.next = [429]
    await after.pass(60)
    expect(await after.status()).toMatchObject({
      state: 'waiting',
      reason: 'rate_limited',
      nextTryAt: new Date(endMs + 61_000).toISOString(),
    })
    const asked = after.calls().length
    await after.server.rollbook.runDue()
    expect(after.calls()).toHaveLength(asked)
    await after.pass(2, 1)
    expect(await after.status()).toMatchObject({ state: 'partial', reason: 'confirming' })
  })

  it('meets a Zoom that is down comes back soon, and then by the plan', async () => {
    after = await afterClass()
    after.switches.next = [503, 500, 502]
    await after.pass(60)
    expect(await after.status()).toMatchObject({ state: 'waiting', reason: 'zoom_unavailable' })
    await after.pass(300, 15)
    expect(await after.status()).toMatchObject({ state: 'final' })
  })
})

describe('pages', () => {
  const pupils = Array.from({ length: 8 }, (_, index) => `pupil${index}`)
  it('whose tokens expire are read again from the first, and told once', async () => {
    after = await afterClass({ pupils })
    after.switches.pageCap = 4
    after.switches.expiringTokens = 2
    await after.pass(60)
    const rows = reportRows(await after.facts())
    expect(rows).toHaveLength(9)
    expect(new Set(rows.map(({ key }) => key)).size).toBe(9)
    await after.pass(120)
    expect(await after.status()).toMatchObject({ state: 'final' })
  })

  it('that break off are gone on with, not begun again', async () => {
    after = await afterClass({ pupils })
    after.switches.pageCap = 3
    // The question whether it is the right meeting, two pages, and then trouble.
    after.switches.next = troubleAt(4, 503)
    await after.pass(60)
    expect(await after.status()).toMatchObject({ reason: 'zoom_unavailable' })
    await after.pass(30, 15)
    expect(await after.status()).toMatchObject({ reason: 'confirming' })
    expect(
      after.calls().filter(({ path, status }) => path.endsWith('/participants') && status === 200),
    ).toHaveLength(3)
  })

  it('of a meeting whose UUID has slashes are asked for by the rule', async () => {
    after = await afterClass({ slashes: true })
    expect(after.lesson.meeting.uuid).toContain('/')
    await after.pass(180)
    expect(await after.status()).toMatchObject({ state: 'final' })
  })
})
