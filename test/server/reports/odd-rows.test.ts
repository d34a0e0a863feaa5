import { afterEach, describe, expect, it } from 'vitest'
import { afterClass, reportBatches, reportRows, retryAsHost, type AfterClass } from './after-class.ts'

let after: AfterClass
afterEach(() => after.server.stop())

/** A lesson whose host was away for a minute: five rows, of which the host's first and second are the first and last. */
async function lessonWithAPause(): Promise<void> {
  after = await afterClass({ pupils: ['anna', 'boris', 'vera'], ended: false })
  const { server, lesson } = after
  lesson.leave('elena')
  server.clock.advanceBy(60_000)
  lesson.join('elena')
  server.clock.advanceBy(60_000)
  lesson.end()
  await server.told()
  server.rest.calls.length = 0
  await server.rollbook.runDue()
}

const gapsOf = async () => {
  const { state, gaps, nextTryAt } = await after.status()
  return { state, nextTryAt, gaps: Object.fromEntries(gaps.map(({ code, count }) => [code, count])) }
}

describe('a report with rows', () => {
  it('whose times nobody can read leaves them out, says so, and is not asked for again on their account', async () => {
    await lessonWithAPause()
    after.switches.endless = 1
    await after.pass(60)
    expect(await after.status()).toMatchObject({ state: 'partial', reason: 'confirming', gaps: [] })
    await after.pass(120)
    const withGap = { state: 'final_with_gaps', nextTryAt: null, gaps: { unreadable_rows: 1 } }
    expect(await gapsOf()).toEqual(withGap)
    const facts = await after.facts()
    expect(reportRows(facts)).toHaveLength(4)
    expect(reportBatches(facts).map(({ declared, sameAs }) => [declared, sameAs !== null])).toEqual([
      [4, false],
      [4, true],
    ])
    const asked = after.calls().length
    await after.pass(7200, 1200)
    expect(after.calls()).toHaveLength(asked)

    // Read again by another process, the same list tells no row again and lacks the same.
    await after.server.restart()
    await retryAsHost(after)
    expect(after.calls().length).toBeGreaterThan(asked)
    expect(await gapsOf()).toEqual(withGap)
    expect(reportRows(await after.facts())).toHaveLength(4)

    after.switches.endless = 0
    await after.pass(60)
    await retryAsHost(after)
    await after.pass(120)
    expect(await gapsOf()).toEqual({ state: 'final', nextTryAt: null, gaps: {} })
  })

  it('that lie in another week leaves them out and says so', async () => {
    await lessonWithAPause()
    after.switches.misplaced = 1
    await after.pass(180)
    expect(await gapsOf()).toMatchObject({ state: 'final_with_gaps', gaps: { unreadable_rows: 1 } })
    expect(reportRows(await after.facts())).toHaveLength(4)
    const said = after.server.logLines.find((line) => line.includes('left out for their times'))
    expect(JSON.parse(said ?? '{}')).toMatchObject({ unusable: 1 })
  })

  it('that outlast the meeting by years, or end before they begin, cuts them and says so', async () => {
    await lessonWithAPause()
    after.switches.overlong = 2
    await after.pass(180)
    expect(await gapsOf()).toMatchObject({ state: 'final_with_gaps', gaps: { corrected_times: 2 } })
    const endMs = after.lesson.meeting.endedAtMs ?? 0
    const rows = reportRows(await after.facts())
    expect(rows).toHaveLength(5)
    expect(rows.every(({ leftMs }) => leftMs <= endMs)).toBe(true)

    Object.assign(after.switches, { overlong: 0, endsBeforeStart: 1 })
    await after.pass(60)
    await retryAsHost(after)
    await after.pass(120)
    expect(await gapsOf()).toMatchObject({ state: 'final_with_gaps', gaps: { corrected_times: 1 } })
  })

  it('of which not one has readable times was not used, and replaces no good one however often it comes', async () => {
    await lessonWithAPause()
    after.switches.endless = 99
    await after.pass(60)
    expect(await after.status()).toMatchObject({ state: 'partial', reason: 'unreadable', fetchedAt: null })
    expect(reportBatches(await after.facts())).toMatchObject([{ refusal: 'unreadable' }])
    after.switches.endless = 0
    await after.pass(360)
    const final = await after.status()
    expect(final).toMatchObject({ state: 'final', gaps: [] })
    after.switches.endless = 99
    for (const _again of [1, 2]) {
      await after.pass(60)
      await retryAsHost(after)
    }
    await after.pass(600)
    expect(await after.status()).toMatchObject({ state: 'final', fetchedAt: final.fetchedAt })
  })

  it('none of which ever has readable times is unavailable with that reason at the end of the plan', async () => {
    await lessonWithAPause()
    after.switches.endless = 99
    await after.pass(7200 + 86_400, 1800)
    expect(await after.status()).toMatchObject({ state: 'unavailable', reason: 'unreadable' })
  })

  it('whose last page does not say how many there are is as long as the page before said', async () => {
    const pupils = Array.from({ length: 8 }, (_, index) => `pupil${index}`)
    after = await afterClass({ pupils })
    Object.assign(after.switches, { pageCap: 4, undeclaredLast: true, short: 8 })
    await after.pass(60)
    expect(await after.status()).toMatchObject({ state: 'partial', reason: 'incomplete' })
    expect(reportRows(await after.facts())).toEqual([])
    after.switches.short = null
    await after.pass(120 + 120)
    expect(await after.status()).toMatchObject({ state: 'final' })
    expect(reportRows(await after.facts())).toHaveLength(9)
  })
})

describe('a report of ten times the people seen live', () => {
  it('counts, and says how many nobody saw, when we heard of the meeting from start to end', async () => {
    after = await afterClass()
    after.switches.times = 10
    await after.pass(180)
    expect(await gapsOf()).toEqual({
      ...{ state: 'final_with_gaps', nextTryAt: null, gaps: { many_unseen: 27 } },
    })
    expect(await after.server.query('select came from gatherings')).toEqual([{ came: 30 }])
  })

  it('is final without a word when we heard nothing of its end: then it is we who lack them', async () => {
    after = await afterClass({ ended: false })
    after.silence()
    after.lesson.end()
    after.switches.times = 10
    await after.pass(2 * 3600, 600)
    expect(await gapsOf()).toEqual({ state: 'final', nextTryAt: null, gaps: {} })
  })

  it('is final without a word when it is not quite so many', async () => {
    after = await afterClass()
    after.switches.times = 9
    await after.pass(180)
    expect(await gapsOf()).toEqual({ state: 'final', nextTryAt: null, gaps: {} })
  })
})
