import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  baseOf,
  flips,
  measure,
  passes,
  secondsToLine,
  shareOf,
  sidesOf,
  type Attended,
  type Span,
} from '../../../../shared/attendance/index.ts'
import { at } from '../../../support/facts.ts'

const runs = { numRuns: 1_000 }

const span = (from: string, to: string): Span => ({ fromMs: at(from), toMs: at(to) })
const evening = baseOf(0, span('18:00', '20:00'))
const stayed = (...stays: [string, string][]): Attended => ({
  meetings: [{ meeting: 0, stays: stays.map(([from, to]) => span(from, to)) }],
})

describe('a base', () => {
  it('is its window without the breaks, in whatever order they come and however far they reach', () => {
    const breaks = [
      span('19:00', '19:10'),
      span('18:50', '19:05'),
      span('17:00', '18:05'),
      span('19:30', '19:20'),
    ]
    expect(baseOf(0, span('18:00', '20:00'), breaks).spans).toEqual([
      span('18:05', '18:50'),
      span('19:10', '20:00'),
    ])
  })

  it('is nothing when the window has no length or the breaks fill it', () => {
    expect(baseOf(0, span('18:00', '18:00')).spans).toEqual([])
    expect(baseOf(0, span('18:00', '20:00'), [span('17:00', '21:00')]).spans).toEqual([])
  })
})

describe('a share', () => {
  it('is rounded down to a thousandth: 74.96 % is 0.749 and fails 75 %, exactly 75 % passes', () => {
    const short = stayed(['18:00', '19:29:57'])
    expect(shareOf(short, [evening])).toBe(0.749)
    expect(passes(measure(short, [evening]), 0.75)).toBe(false)
    const enough = stayed(['18:00', '19:00'], ['19:30', '20:00'])
    expect(shareOf(enough, [evening])).toBe(0.75)
    expect(passes(measure(enough, [evening]), 0.75)).toBe(true)
    // 0.666 is told, so 66.64 % is not reached, and neither is 66.67 %.
    const twoThirds = { withinMs: 2000, baseMs: 3000 }
    expect([0.666, 0.6664, 0.6667].map((minimum) => passes(twoThirds, minimum))).toEqual([true, false, false])
  })

  it('counts presence inside the base only, and is whole for who was there all the time', () => {
    expect(shareOf(stayed(['17:00', '19:00'], ['19:30', '21:00']), [evening])).toBe(0.75)
    expect(shareOf(stayed(['17:00', '21:00']), [evening])).toBe(1)
    const withBreak = baseOf(0, span('18:00', '20:00'), [span('18:50', '19:10')])
    expect(shareOf(stayed(['18:00', '18:50'], ['19:10', '20:00']), [withBreak])).toBe(1)
  })

  it('is of all meetings given, also those somebody was not in', () => {
    expect(shareOf(stayed(['18:00', '20:00']), [evening, baseOf(1, span('18:00', '20:00'))])).toBe(0.5)
    expect(shareOf({ meetings: [] }, [evening])).toBe(0)
  })

  it('is not told without a base, nor of somebody whose times are not known', () => {
    expect(shareOf(stayed(['18:00', '20:00']), [])).toBeNull()
    expect(shareOf(stayed(['18:00', '20:00']), [baseOf(0, span('18:00', '18:00'))])).toBeNull()
    const listed = { meetings: [{ meeting: 0, stays: null }] }
    expect(shareOf(listed, [evening])).toBeNull()
    expect(passes(measure(listed, [evening]), 0)).toBeNull()
    expect(secondsToLine(measure(listed, [evening]), 0.5)).toBeNull()
  })

  it('is not told of somebody of whom no list has a time, though they were in no meeting with a base', () => {
    const elsewhere = { meeting: 1, stays: null }
    expect(shareOf({ meetings: [elsewhere] }, [evening])).toBeNull()
    const { meetings } = stayed(['18:00', '19:00'])
    expect(shareOf({ meetings: [...meetings, elsewhere] }, [evening])).toBe(0.5)
  })

  it('is exact at every border: whoever has one millisecond less than the minimum fails, and nobody else', () => {
    const anyMeasure = fc.record({
      baseMs: fc.integer({ min: 1, max: 9_000_000_000_000 }),
      thousandths: fc.integer({ min: 0, max: 1000 }),
    })
    fc.assert(
      fc.property(anyMeasure, ({ baseMs, thousandths }) => {
        const leastMs = Number((BigInt(baseMs) * BigInt(thousandths) + 999n) / 1000n)
        const minimum = thousandths / 1000
        const share = (withinMs: number) =>
          shareOf({ meetings: [{ meeting: 0, stays: [{ fromMs: 0, toMs: withinMs }] }] }, [
            baseOf(0, { fromMs: 0, toMs: baseMs }),
          ])
        expect(share(leastMs)).toBe(Number((BigInt(leastMs) * 1000n) / BigInt(baseMs)) / 1000)
        expect(share(leastMs)).toBeGreaterThanOrEqual(minimum)
        expect(passes({ withinMs: leastMs, baseMs }, minimum)).toBe(true)
        if (leastMs === 0) return
        expect(passes({ withinMs: leastMs - 1, baseMs }, minimum)).toBe(false)
        expect(share(leastMs - 1)).toBeLessThan(minimum)
      }),
      runs,
    )
  })

  it('never exceeds one, whatever the stays and breaks', () => {
    const spans = fc
      .uniqueArray(fc.integer({ min: -100, max: 100 }), { minLength: 2, maxLength: 12 })
      .map((times) => times.sort((a, b) => a - b))
      .map((times) =>
        times.flatMap((fromMs, i): Span[] => (i % 2 ? [] : [{ fromMs, toMs: times[i + 1] ?? fromMs }])),
      )
    fc.assert(
      fc.property(spans, spans, (stays, breaks) => {
        const share = shareOf({ meetings: [{ meeting: 0, stays }] }, [
          baseOf(0, { fromMs: -50, toMs: 50 }, breaks),
        ])
        if (share === null) return
        expect(share).toBeGreaterThanOrEqual(0)
        expect(share).toBeLessThanOrEqual(1)
      }),
      runs,
    )
  })
})

describe('a minimum', () => {
  const people = [
    ['all', '20:00'],
    ['just enough', '19:30'],
    ['a little short', '19:29:30'],
    ['short', '19:00'],
  ].map(([person, to]) => ({
    person: person ?? '',
    measured: measure(stayed(['18:00', to ?? '']), [evening]),
  }))

  it('parts those who reach it from those who do not, and names whom two minutes would decide', () => {
    expect(sidesOf([...people, { person: 'unknown', measured: null }], 0.75)).toEqual({
      passing: ['all', 'just enough'],
      failing: ['a little short', 'short'],
      unknown: ['unknown'],
      close: [
        { person: 'just enough', secondsToLine: 0 },
        { person: 'a little short', secondsToLine: -30 },
      ],
    })
  })

  it('says who changes sides when it moves', () => {
    expect(flips(people, 0.75, 0.5)).toEqual({ gained: ['a little short', 'short'], lost: [] })
    expect(flips(people, 0.75, 0.8)).toEqual({ gained: [], lost: ['just enough'] })
    expect(flips(people, 0.75, 0.75)).toEqual({ gained: [], lost: [] })
  })

  it('is reached by adding the seconds that are missing, and by no fewer', () => {
    const any = fc.record({
      baseMs: fc.integer({ min: 1, max: 1e11 }),
      part: fc.integer({ min: 0, max: 1000 }),
      thousandths: fc.integer({ min: 0, max: 1000 }),
    })
    fc.assert(
      fc.property(any, ({ baseMs, part, thousandths }) => {
        const withinMs = Math.floor((baseMs * part) / 1000)
        const seconds = secondsToLine({ withinMs, baseMs }, thousandths / 1000) ?? 0
        const passesWith = (more: number) =>
          passes({ withinMs: withinMs + more * 1000, baseMs }, thousandths / 1000)
        expect(passesWith(-seconds)).toBe(true)
        if (seconds < 0) expect(passesWith(-seconds - 1)).toBe(false)
      }),
      runs,
    )
  })
})
