import { describe, expect, it } from 'vitest'
import { countAt, curveOf } from '../../../client/models/curve.ts'
import type { Stay } from '../../../shared/wire/index.ts'
import { at, person, startMs } from '../people.ts'

const stay = (from: number, to: number | null, place: Stay['place'] = 'main'): Stay => ({
  place,
  from: at(from),
  fromSeen: false,
  to: to === null ? null : at(to),
})
const endMs = startMs + 100 * 60_000
const minutes = (atMs: number) => (atMs - startMs) / 60_000

describe('how many were there', () => {
  it('counts a person on two devices once, and nobody in the waiting room', () => {
    const curve = curveOf(
      [
        person('both', { stays: [stay(0, 60), stay(30, 90, 'breakout')] }),
        person('one', { stays: [stay(20, 50)] }),
        person('waits', { stays: [stay(0, 100, 'waiting')] }),
      ],
      startMs,
      endMs,
    )
    expect(curve?.peak.count).toBe(2)
    expect(minutes(curve?.peak.atMs ?? 0)).toBe(20)
    expect(curve?.moments.map(({ count }) => count)).toEqual([1, 2, 1, 1])
    expect(countAt(curve?.steps ?? [], startMs - 1)).toBe(0)
    expect(countAt(curve?.steps ?? [], endMs - 1)).toBe(0)
  })

  it('tells when many left at once, and not when everybody goes at the end', () => {
    const crowd = (size: number, to: number) =>
      Array.from({ length: size }, (_, index) =>
        person(`${to} ${index}`, { stays: [stay(0, to + index / 10)] }),
      )
    const curve = curveOf(
      [...crowd(20, 98), ...crowd(8, 40), ...crowd(4, 75), ...crowd(2, 20)],
      startMs,
      endMs,
    )
    expect(curve?.falls.map(({ fromMs, lost, count }) => [minutes(fromMs), lost, count])).toEqual([
      [40, 8, 24],
      [75, 4, 20],
    ])
  })

  it('counts whoever is still there until the end', () => {
    const curve = curveOf([person('here', { stays: [stay(10, null)] })], startMs, endMs)
    expect(countAt(curve?.steps ?? [], endMs - 1)).toBe(1)
  })

  it('draws nothing where nobody was, or no time passed', () => {
    expect(curveOf([], startMs, endMs)).toBeNull()
    expect(curveOf([person('a')], startMs, startMs)).toBeNull()
  })
})
