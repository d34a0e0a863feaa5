import { describe, expect, it } from 'vitest'
import {
  givenUp,
  judge,
  postponed,
  type Obstacle,
  type Standing,
} from '../../../server/reports/completeness.ts'
import type { SettledStatus } from '../../../server/reports/index.ts'

const plan = { afterSeconds: [60, 420, 1800], hourly: false, confirmSeconds: 120 }
const list = { rows: 20, fetchedAtMs: 60_000, confirmed: true, zeroDurations: 0 }
const flawless = { flaws: { unusable: 0, corrected: 0 }, unseen: 0, source: 'past' as const }
const whole: Standing = { counts: list, pending: [], missing: 0, came: 18, ...flawless }
const nothing: Standing = { counts: null, pending: [], missing: 0, came: 18, ...flawless }

const waiting: SettledStatus = {
  ...{ state: 'waiting', reason: 'not_ready', zoomCode: null, gaps: [], fetchedAtMs: null, source: null },
}

const verdict = (
  seconds: number,
  standing: Standing,
  obstacle: Obstacle | null = null,
  before: SettledStatus = waiting,
) => {
  const { status, nextTryAtMs } = judge({
    ...{ plan, plannedFromMs: 0, nowMs: seconds * 1000, before, standing, obstacle },
  })
  const { state, reason, gaps } = status
  return { state, reason, gaps, next: nextTryAtMs === null ? null : nextTryAtMs / 1000 }
}

describe('a report', () => {
  it('is final when an equal list confirmed it, nobody is missing and everything is computed', () => {
    expect(verdict(180, whole)).toEqual({ state: 'final', reason: null, gaps: [], next: null })
  })

  it('that came once is read again after the time to confirm, or earlier by the plan', () => {
    const once = { ...whole, counts: { ...list, confirmed: false } }
    expect(verdict(60, once)).toMatchObject({ state: 'partial', reason: 'confirming', next: 180 })
    expect(verdict(400, once)).toMatchObject({ state: 'partial', next: 420 })
  })

  it('that came with the last try of the plan is confirmed all the same', () => {
    const once = { ...whole, counts: { ...list, confirmed: false } }
    expect(verdict(1800, once)).toMatchObject({ state: 'partial', next: 1920 })
  })

  it('that never stops changing is not waited for without end', () => {
    const once = { ...whole, counts: { ...list, confirmed: false } }
    expect(verdict(1800 + 3601, once)).toEqual({
      state: 'final_with_gaps',
      reason: null,
      gaps: [{ code: 'never_confirmed', count: 20 }],
      next: null,
    })
  })

  it('names each gap with its count at the end of the plan, and only then', () => {
    const lacking = {
      ...{ missing: 2, came: 18, counts: { ...list, zeroDurations: 3 }, ...flawless },
      pending: [{ rows: 15 }],
    }
    expect(verdict(100, lacking, { kind: 'not_ready' })).toMatchObject({ state: 'partial', gaps: [] })
    expect(verdict(1800, lacking, { kind: 'not_ready' })).toEqual({
      state: 'final_with_gaps',
      reason: null,
      gaps: [
        { code: 'zero_durations', count: 3 },
        { code: 'seen_live_missing', count: 2 },
        { code: 'shrank', count: 5 },
      ],
      next: null,
    })
  })

  it('with times that cannot be right, or people nobody saw, is final with those gaps as soon as nothing else is missing', () => {
    const lasting = { flaws: { unusable: 2, corrected: 1 }, unseen: 30 }
    const gaps = [
      { code: 'unreadable_rows', count: 2 },
      { code: 'corrected_times', count: 1 },
      { code: 'many_unseen', count: 30 },
    ]
    expect(verdict(180, { ...whole, ...lasting })).toEqual({
      ...{ state: 'final_with_gaps', reason: null, gaps, next: null },
    })
    const once = { ...whole, ...lasting, counts: { ...list, confirmed: false } }
    expect(verdict(60, once)).toMatchObject({ state: 'partial', reason: 'confirming', gaps: [], next: 180 })
    expect(verdict(100, { ...whole, ...lasting, missing: 1 })).toMatchObject({ state: 'partial', gaps: [] })
    expect(verdict(1800, { ...whole, ...lasting, missing: 1 }, { kind: 'not_ready' })).toMatchObject({
      state: 'final_with_gaps',
      gaps: [{ code: 'seen_live_missing', count: 1 }, ...gaps],
    })
  })

  it('says what it waits for', () => {
    const waits = (standing: Standing, obstacle: Obstacle | null = null) =>
      verdict(100, standing, obstacle).reason
    expect(waits(nothing, { kind: 'not_ready' })).toBe('not_ready')
    expect(waits({ ...nothing, pending: [{ rows: 0 }] })).toBe('not_ready')
    expect(waits({ ...whole, pending: [{ rows: 0 }] })).toBe('shrank')
    expect(waits({ ...whole, counts: { ...list, zeroDurations: 1 } })).toBe('zero_durations')
    expect(waits({ ...whole, missing: 1 })).toBe('seen_live_missing')
    expect(waits(nothing, { kind: 'unusable', reason: 'incomplete' })).toBe('incomplete')
    expect(waits(nothing, { kind: 'unusable', reason: 'foreign_rows' })).toBe('foreign_rows')
    expect(waits(nothing, { kind: 'unusable', reason: 'unreadable' })).toBe('unreadable')
  })

  it('that never came is unavailable at the end of the plan, with what is known of why', () => {
    const never = (standing: Standing, obstacle: Obstacle) => verdict(1800, standing, obstacle)
    expect(never(nothing, { kind: 'not_ready' })).toMatchObject({
      state: 'unavailable',
      reason: 'never_came',
    })
    expect(never({ ...nothing, came: 1 }, { kind: 'not_ready' }).reason).toBe('one_person')
    expect(never(nothing, { kind: 'unusable', reason: 'foreign_rows' }).reason).toBe('foreign_rows')
  })

  it('Zoom refuses for good is unavailable at once, but a list that is there stays', () => {
    const refused: Obstacle = { kind: 'never', reason: 'plan_missing', zoomCode: null }
    expect(verdict(60, nothing, refused)).toMatchObject({ state: 'unavailable', reason: 'plan_missing' })
    const once = { ...whole, counts: { ...list, confirmed: false } }
    expect(verdict(60, once, refused)).toMatchObject({
      state: 'final_with_gaps',
      reason: 'plan_missing',
      next: null,
    })
    expect(verdict(60, whole, refused)).toMatchObject({ state: 'final', reason: null })
  })

  it('that is settled stays so when no list of it is found any more', () => {
    const final: SettledStatus = { ...waiting, state: 'final', reason: null, fetchedAtMs: 1 }
    const gaps = [{ code: 'seen_live_missing' as const, count: 2 }]
    const lacking: SettledStatus = { ...final, state: 'final_with_gaps', gaps }
    const never: Obstacle = { kind: 'never', reason: 'plan_missing', zoomCode: null }
    for (const obstacle of [never, { kind: 'not_ready' }, null] satisfies (Obstacle | null)[]) {
      expect(verdict(1800, nothing, obstacle, final)).toMatchObject({ state: 'final', next: null })
      expect(verdict(1800, nothing, obstacle, lacking)).toMatchObject({ state: 'final_with_gaps', gaps })
    }
    expect(verdict(100, nothing, { kind: 'not_ready' }, final)).toMatchObject({ state: 'final', next: 420 })
  })

  it('we failed to work on too often is none until the host asks, unless a list came or it was settled', () => {
    expect(givenUp(waiting)).toEqual({ ...waiting, state: 'unavailable', reason: 'our_failure' })
    const partial: SettledStatus = { ...waiting, state: 'partial', reason: 'confirming', fetchedAtMs: 1 }
    expect(givenUp(partial)).toEqual({ ...partial, reason: 'our_failure' })
    const final: SettledStatus = { ...partial, state: 'final', reason: null }
    expect(givenUp(final)).toEqual(final)
  })

  it('that is settled stays so while Zoom cannot be asked', () => {
    const final: SettledStatus = { ...waiting, state: 'final', reason: null, fetchedAtMs: 1, source: 'past' }
    expect(postponed(final, 'rate_limited').state).toBe('final')
    const partial: SettledStatus = { ...final, state: 'partial', reason: 'confirming' }
    expect(postponed(partial, 'rate_limited')).toMatchObject({ state: 'partial', reason: 'rate_limited' })
    expect(postponed({ ...partial, state: 'unavailable' }, 'zoom_unavailable').state).toBe('waiting')
  })
})
