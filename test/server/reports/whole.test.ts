import { afterEach, describe, expect, it } from 'vitest'
import { afterClass, reportBatches, reportRows, type AfterClass } from './after-class.ts'

let after: AfterClass
afterEach(() => after.server.stop())

describe('after a meeting', () => {
  it('the report is waited for, read, confirmed and final', async () => {
    after = await afterClass()
    const { lesson } = after
    const endMs = lesson.meeting.endedAtMs ?? 0
    expect(await after.status()).toMatchObject({
      state: 'waiting',
      reason: 'not_ready',
      nextTryAt: new Date(endMs + 60_000).toISOString(),
    })
    expect(after.calls()).toEqual([])

    await after.pass(60)
    expect(await after.status()).toMatchObject({
      state: 'partial',
      reason: 'confirming',
      nextTryAt: new Date(endMs + 180_000).toISOString(),
    })
    await after.pass(120)
    expect(await after.status()).toEqual({
      state: 'final',
      nextTryAt: null,
      reason: null,
      zoomCode: null,
      gaps: [],
      fetchedAt: new Date(endMs + 60_000).toISOString(),
      source: 'past',
    })
    const facts = await after.facts()
    expect(reportRows(facts)).toHaveLength(3)
    expect(reportBatches(facts).map(({ sameAs, declared }) => [sameAs !== null, declared])).toEqual([
      [false, 3],
      [true, 3],
    ])
    expect(await after.server.query('select came from gatherings')).toEqual([{ came: 3 }])
    // One question whether it is the right meeting, and the list twice; then nothing more is asked.
    await after.pass(7200, 600)
    expect(after.calls()).toHaveLength(3)
  })
})
