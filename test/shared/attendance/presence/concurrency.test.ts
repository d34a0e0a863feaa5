import fc from 'fast-check'
import { expect, it } from 'vitest'
import { concurrency, type Interval } from '../../../../shared/attendance/index.ts'
import { expectSame } from '../../../support/law.ts'

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

/** So many stay from `from` to `to`. */
const crowd = (size: number, from: number, to: number): Interval[] =>
  Array.from({ length: size }, () => span(from, to))

it('tells when many left within minutes, and not that everybody leaves at the end', () => {
  const gone = Array.from({ length: 5 }, (_, i) => span(0, 45 + i * 0.5))
  expect(concurrency([...crowd(10, 0, 90), ...gone]).dropOffs).toEqual([
    { fromMs: 45 * minute, toMs: 47 * minute, lost: 5, count: 10 },
  ])
})

it('tells of the two largest falls a quarter of the curve apart, in order', () => {
  const stays = [...crowd(20, 0, 100), ...crowd(4, 0, 20), ...crowd(7, 0, 40), ...crowd(6, 0, 75)]
  expect(concurrency(stays).dropOffs.map(({ fromMs, lost }) => [fromMs / minute, lost])).toEqual([
    [40, 7],
    [75, 6],
  ])
})

it('tells of nobody’s leaving where all were gone, and goes on after it', () => {
  const crashed = [...crowd(4, 0, 30), ...crowd(4, 0, 31)]
  const back = [...crowd(6, 35, 100), ...crowd(4, 35, 60)]
  expect(
    concurrency([...crashed, ...back]).dropOffs.map(({ fromMs, lost }) => [fromMs / minute, lost]),
  ).toEqual([[60, 4]])
})

const interval = fc
  .tuple(fc.integer({ min: 0, max: 120 }), fc.option(fc.integer({ min: 0, max: 60 }), { nil: null }))
  .map(([from, length]) => span(from, length === null ? null : from + length))

it('draws no more points than asked for, and keeps the ends and the peak exact', () => {
  fc.assert(
    fc.property(fc.array(interval, { maxLength: 40 }), fc.integer({ min: 4, max: 20 }), (stays, most) => {
      const [whole, thin] = [concurrency(stays, Infinity), concurrency(stays, most)]
      expect(thin.steps.length).toBeLessThanOrEqual(most)
      expectSame({ ...thin, steps: [] }, { ...whole, steps: [] })
      expectSame([thin.steps[0], thin.steps.at(-1)], [whole.steps[0], whole.steps.at(-1)])
      if (whole.peak) expect(thin.steps).toContainEqual(whole.peak)
      for (const { atMs, count } of whole.steps) expect(count).toBe(thereAt(stays, atMs))
    }),
    { numRuns: 1_000 },
  )
})

it('tells of falls as they were: how many left, how many stayed, within minutes and apart', () => {
  // People who leave at a few moments only, so that many leave together.
  const leaver = fc
    .tuple(fc.integer({ min: 0, max: 10 }), fc.constantFrom(20, 21, 40, 43, 44, 70, 71, 100))
    .map(([from, to]) => span(from, to))
  let told = 0
  fc.assert(
    fc.property(fc.array(leaver, { maxLength: 30 }), (stays) => {
      const { dropOffs, peak } = concurrency(stays)
      expect(dropOffs.length).toBeLessThanOrEqual(2)
      for (const { fromMs, toMs, lost, count } of dropOffs) {
        told++
        expect([thereAt(stays, fromMs - 1), thereAt(stays, toMs)]).toEqual([count + lost, count])
        expect(toMs - fromMs).toBeLessThanOrEqual(5 * minute)
        expect(lost).toBeGreaterThanOrEqual(Math.max(3, (peak?.count ?? 0) / 10))
        expect(count).toBeGreaterThan(0)
      }
      const [first, second] = dropOffs
      if (first && second) expect(second.fromMs).toBeGreaterThan(first.toMs)
    }),
    { numRuns: 1_000 },
  )
  expect(told).toBeGreaterThan(100)
})

const thereAt = (stays: readonly Interval[], atMs: number): number =>
  stays.filter(({ fromMs, toMs }) => fromMs <= atMs && (toMs === null || toMs > atMs)).length
