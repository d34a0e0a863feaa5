import { describe, expect, it } from 'vitest'
import { fitRow, type MeetingTimes } from '../../../server/reports/fitted-row.ts'

const MINUTE = 60_000
const startedAtMs = Date.UTC(2026, 10, 23, 14, 0)
const endedAtMs = startedAtMs + 45 * MINUTE

/** A row from one minute of the lesson to another; text as it is. */
const raw = (from: number | string, to: number | string, status = 'in_meeting') => {
  const time = (at: number | string) =>
    typeof at === 'string' ? at : new Date(startedAtMs + at * MINUTE).toISOString()
  return { user_id: '1', name: 'Anna', status, join_time: time(from), leave_time: time(to) }
}
const readAtMs = endedAtMs + 60 * MINUTE
const fitted = (row: unknown, times: Partial<MeetingTimes> = {}) => {
  const is = fitRow(row, { startedAtMs, endedAtMs, readAtMs, ...times })
  if (is.kind !== 'told') return is.kind
  const minutes = [is.row.atMs, is.row.leftMs].map((ms) => (ms - startedAtMs) / MINUTE)
  return [...minutes, ...(is.corrected ? ['corrected'] : []), ...(is.touches ? [] : ['apart'])]
}

describe('a row of Zoom’s list', () => {
  it('is told as it came up to a quarter of an hour around the meeting', () => {
    expect(fitted(raw(0, 45))).toEqual([0, 45])
    expect(fitted(raw(-15, 60))).toEqual([-15, 60])
  })

  it('that reaches further outside is cut to the meeting’s own begin and end', () => {
    expect(fitted(raw(-16, 30))).toEqual([0, 30, 'corrected'])
    expect(fitted(raw(10, 61))).toEqual([10, 45, 'corrected'])
    expect(fitted(raw(10, '2099-01-01T00:00:00Z'))).toEqual([10, 45, 'corrected'])
    expect(fitted(raw(50, 90))).toEqual([50, 50, 'corrected'])
    expect(fitted(raw(-40, -5))).toEqual([-5, -5, 'corrected'])
  })

  it('that ends before it begins has no length', () => {
    expect(fitted(raw(10, 9))).toEqual([10, 10, 'corrected'])
    expect(fitted(raw(10, '1970-01-01T00:00:00Z'))).toEqual([10, 10, 'corrected'])
  })

  it('that lies outside the meeting, or has no readable times, is left out', () => {
    expect(fitted(raw(61, 90))).toBe('outside')
    expect(fitted(raw(-60, -16))).toBe('outside')
    expect(fitted(raw(61, 30))).toBe('outside')
    expect(fitted(raw(10, ''))).toBe('unreadable')
    expect(fitted(raw('yesterday', 10))).toBe('unreadable')
    expect(fitted(null)).toBe('unreadable')
  })

  it('of waiting may begin hours before the host let the first one in, and proves nothing of the meeting', () => {
    expect(fitted(raw(-90, 5, 'in_waiting_room'))).toEqual([-90, 5])
    expect(fitted(raw(-90, -40, 'in_waiting_room'))).toEqual([-90, -40, 'apart'])
    expect(fitted(raw(-3000, -1600, 'in_waiting_room'))).toBe('outside')
    expect(fitted(raw(70, 80, 'in_waiting_room'))).toBe('outside')
  })

  it('of a meeting whose times nobody told is bounded by itself and by when it was read', () => {
    const unknown = { startedAtMs: null, endedAtMs: null }
    expect(fitted(raw(-9000, 100), unknown)).toEqual([-9000, 100])
    expect(fitted(raw(10, 9000), unknown)).toBe('outside')
    expect(fitted(raw(10, 9), unknown)).toEqual([10, 10, 'corrected'])
  })
})
