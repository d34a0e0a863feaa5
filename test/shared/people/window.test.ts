import { describe, expect, it } from 'vitest'
import { createClock } from '../../../shared/people/window.ts'

const utc = createClock(null)
const berlin = createClock('Europe/Berlin')
const ms = (iso: string): number => Date.parse(`${iso}Z`)
const span = (from: string, to: string) => ({ fromMs: ms(from), toMs: ms(to) })
const iso = (instant: number): string => new Date(instant).toISOString().slice(0, 16)
const said = ({ fromMs, toMs }: { fromMs: number; toMs: number }) => `${iso(fromMs)} – ${iso(toMs)}`
const clock = (from: number, to: number) => ({ fromMinute: from * 60, toMinute: to * 60 })

const evening = span('2026-03-12T18:04', '2026-03-12T19:52')
const night = span('2026-03-12T22:30', '2026-03-13T01:10')

describe('a window of the clock', () => {
  it('is on the day on which the meeting began, in its zone', () => {
    expect(said(utc.around(evening, clock(18, 20)))).toBe('2026-03-12T18:00 – 2026-03-12T20:00')
    expect(said(berlin.around(evening, clock(18, 20)))).toBe('2026-03-12T17:00 – 2026-03-12T19:00')
    expect(said(berlin.around(span('2026-03-12T23:30', '2026-03-13T00:30'), clock(0, 1)))).toBe(
      '2026-03-12T23:00 – 2026-03-13T00:00',
    )
  })

  it('passes midnight when its end is not after its start, also for a meeting that began after it', () => {
    expect(said(utc.around(night, clock(22, 1)))).toBe('2026-03-12T22:00 – 2026-03-13T01:00')
    const after = span('2026-03-13T00:10', '2026-03-13T00:50')
    expect(said(utc.around(after, clock(22, 1)))).toBe('2026-03-12T22:00 – 2026-03-13T01:00')
  })

  it('has the length the clock gives it on days when clocks change', () => {
    const hoursOn = (day: string): number => {
      const { fromMs, toMs } = berlin.around(span(`${day}T00:10`, `${day}T02:10`), clock(1, 4))
      return (toMs - fromMs) / 3_600_000
    }
    expect(['2026-03-28', '2026-03-29', '2026-10-25'].map(hoursOn)).toEqual([3, 2, 4])
  })

  it('lies in a meeting on every day on which it meets it, and never when it only touches it', () => {
    const days = span('2026-03-12T18:00', '2026-03-14T18:00')
    expect(utc.within(days, clock(17, 19)).map(said)).toEqual([
      '2026-03-12T17:00 – 2026-03-12T19:00',
      '2026-03-13T17:00 – 2026-03-13T19:00',
      '2026-03-14T17:00 – 2026-03-14T19:00',
    ])
    expect(utc.within(night, clock(0, 1)).map(said)).toEqual(['2026-03-13T00:00 – 2026-03-13T01:00'])
    expect(utc.within(span('2026-03-13T00:10', '2026-03-13T00:50'), clock(23, 1)).map(said)).toEqual([
      '2026-03-12T23:00 – 2026-03-13T01:00',
    ])
    expect(utc.within(span('2026-03-12T18:00', '2026-03-12T20:00'), clock(20, 21))).toEqual([])
  })
})

describe('a window in a meeting that seems to last for years', () => {
  it('counts in its first month alone', () => {
    const spans = utc.within(span('1970-01-01T00:00', '2099-12-31T00:00'), clock(12, 13))
    expect(spans).toHaveLength(31)
    expect(said(spans[0] ?? { fromMs: 0, toMs: 0 })).toBe('1970-01-01T12:00 – 1970-01-01T13:00')
  })
})

describe('a time of day', () => {
  it('is the instant in the meeting, else the one nearest to it', () => {
    const near = (hours: number, meeting = evening) => iso(utc.nearest(meeting, hours * 60))
    expect(near(19)).toBe('2026-03-12T19:00')
    expect(near(17)).toBe('2026-03-12T17:00')
    expect(near(20)).toBe('2026-03-12T20:00')
    expect(near(0.5, night)).toBe('2026-03-13T00:30')
    expect(near(22, night)).toBe('2026-03-12T22:00')
    expect(near(23, span('2026-03-13T00:05', '2026-03-13T02:00'))).toBe('2026-03-12T23:00')
  })
})
