import fc from 'fast-check'
import { expect, it } from 'vitest'
import { overlapBy } from '../../../shared/attendance/spans.ts'
import { united, type Span } from '../../../shared/attendance/index.ts'

const span = fc
  .tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 8 }))
  .map(([fromMs, length]): Span => ({ fromMs, toMs: fromMs + length }))
const covers = (spans: readonly Span[], ms: number): boolean =>
  spans.some(({ fromMs, toMs }) => fromMs <= ms && ms <= toMs)

it('spans united are disjoint, ascending, and cover what the spans cover', () => {
  fc.assert(
    fc.property(fc.array(span, { maxLength: 12 }), (spans) => {
      const all = united(spans)
      all.slice(1).forEach(({ fromMs }, i) => {
        expect(fromMs).toBeGreaterThan(all[i]?.toMs ?? Infinity)
      })
      for (let ms = 0; ms <= 48; ms++) expect(covers(all, ms)).toBe(covers(spans, ms))
    }),
    { numRuns: 1_000 },
  )
})

it('spans that touch are one, and an instant apart stays', () => {
  expect(
    united([
      { fromMs: 5, toMs: 5 },
      { fromMs: 2, toMs: 3 },
      { fromMs: 0, toMs: 2 },
    ]),
  ).toEqual([
    { fromMs: 0, toMs: 3 },
    { fromMs: 5, toMs: 5 },
  ])
})

it('two spans overlap by more than so much, or not', () => {
  const [a, b] = [
    { fromMs: 0, toMs: 10 },
    { fromMs: 8, toMs: 20 },
  ]
  expect([overlapBy(0, a, b), overlapBy(1, a, b), overlapBy(2, a, b), overlapBy(0, b, a)]).toEqual([
    ...[true, true, false, true],
  ])
})
