import fc from 'fast-check'
import { expect, it } from 'vitest'
import { concurrency, type Interval } from '../../../../shared/attendance/index.ts'

const minute = 60_000
const span = (from: number, to: number | null): Interval => ({
  fromMs: from * minute,
  toMs: to && to * minute,
})

it('counts who is there from each change on', () => {
  expect(concurrency([span(0, 60), span(10, 30), span(30, 50), span(20, null), span(5, 5)])).toEqual({
    steps: [
      { atMs: 0, count: 1 },
      { atMs: 10 * minute, count: 2 },
      { atMs: 20 * minute, count: 3 },
      { atMs: 50 * minute, count: 2 },
      { atMs: 60 * minute, count: 1 },
    ],
    peak: { atMs: 20 * minute, count: 3 },
    dropOffs: [],
  })
})

it('is empty for nobody', () => {
  expect(concurrency([])).toEqual({ steps: [], peak: null, dropOffs: [] })
})

it('tells when many left within minutes, and not that everybody leaves at the end', () => {
  const stay = Array.from({ length: 10 }, () => span(0, 90))
  const gone = Array.from({ length: 5 }, (_, i) => span(0, 45 + i * 0.5))
  expect(concurrency([...stay, ...gone]).dropOffs).toEqual([
    { fromMs: 45 * minute, toMs: 47 * minute, lost: 5 },
  ])
})

it('draws no more points than asked for, and keeps the ends and the peak exact', () => {
  const interval = fc
    .tuple(fc.integer({ min: 0, max: 300 }), fc.option(fc.integer({ min: 0, max: 90 }), { nil: null }))
    .map(([from, length]) => span(from, length === null ? null : from + length))
  fc.assert(
    fc.property(fc.array(interval, { maxLength: 120 }), fc.integer({ min: 4, max: 40 }), (stays, most) => {
      const [whole, thin] = [concurrency(stays, Infinity), concurrency(stays, most)]
      expect(thin.steps.length).toBeLessThanOrEqual(most)
      expect({ ...thin, steps: [] }).toEqual({ ...whole, steps: [] })
      expect([thin.steps[0], thin.steps.at(-1)]).toEqual([whole.steps[0], whole.steps.at(-1)])
      if (whole.peak) expect(thin.steps).toContainEqual(whole.peak)
      for (const { atMs, count } of whole.steps) {
        const there = stays.filter(({ fromMs, toMs }) => fromMs <= atMs && (toMs === null || toMs > atMs))
        expect(count).toBe(there.length)
      }
    }),
    { numRuns: 300 },
  )
})
