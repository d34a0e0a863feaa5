import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createZone } from '../../../shared/files/index.ts'

const at = (date: string, clock: string) => {
  const [year = 0, month = 0, day = 0] = date.split('-').map(Number)
  const [hour = 0, minute = 0, second = 0] = clock.split(':').map(Number)
  return [year, month, day, hour * 3600 + minute * 60 + second] as const
}
const read = (zone: string | null, date: string, clock: string) => {
  const { ms, twice, skipped } = createZone(zone).toMs(...at(date, clock))
  return `${new Date(ms).toISOString().slice(0, 19)}Z${twice ? ' twice' : ''}${skipped ? ' skipped' : ''}`
}
const both = (zone: string, date: string, clock: string) =>
  createZone(zone)
    .toBoth(...at(date, clock))
    .map((ms) => `${new Date(ms).toISOString().slice(0, 19)}Z`)

describe('a time on the wall is an instant in its zone', () => {
  it.each([
    ['Europe/Berlin', '2026-01-15', '18:00:00', '2026-01-15T17:00:00Z'],
    ['Europe/Berlin', '2026-07-15', '18:00:00', '2026-07-15T16:00:00Z'],
    ['America/New_York', '2026-03-08', '01:59:59', '2026-03-08T06:59:59Z'],
    ['America/New_York', '2026-03-08', '03:00:00', '2026-03-08T07:00:00Z'],
    ['Asia/Kolkata', '2026-04-03', '14:05:11', '2026-04-03T08:35:11Z'],
    ['Asia/Yekaterinburg', '2026-04-03', '00:30:00', '2026-04-02T19:30:00Z'],
    ['Asia/Yekaterinburg', '2014-10-25', '12:00:00', '2014-10-25T06:00:00Z'],
    ['Asia/Kathmandu', '2026-04-03', '12:00:00', '2026-04-03T06:15:00Z'],
    ['Pacific/Kiritimati', '2026-01-01', '00:00:00', '2025-12-31T10:00:00Z'],
    ['UTC', '2026-12-31', '23:59:59', '2026-12-31T23:59:59Z'],
  ])('%s %s %s is %s', (zone, date, clock, expected) => {
    expect(read(zone, date, clock)).toBe(expected)
  })

  it('without a zone it is UTC', () => {
    expect(read(null, '2026-04-03', '10:00:00')).toBe('2026-04-03T10:00:00Z')
    expect(createZone(null).zone).toBe('UTC')
  })

  it.each([
    ['Europe/Berlin', '2026-03-29', '02:30:00', '2026-03-29T01:30:00Z skipped'],
    ['America/New_York', '2026-03-08', '02:00:00', '2026-03-08T07:00:00Z skipped'],
    ['Australia/Lord_Howe', '2026-10-04', '02:15:00', '2026-10-03T15:45:00Z skipped'],
    ['Pacific/Apia', '2011-12-30', '10:00:00', '2011-12-30T20:00:00Z skipped'],
  ])('a time the clock skipped moves forward by the skip: %s %s %s', (zone, date, clock, expected) => {
    expect(read(zone, date, clock)).toBe(expected)
  })

  it.each([
    ['Europe/Berlin', '2026-10-25', '02:30:00', ['2026-10-25T00:30:00Z', '2026-10-25T01:30:00Z']],
    ['America/New_York', '2026-11-01', '01:00:00', ['2026-11-01T05:00:00Z', '2026-11-01T06:00:00Z']],
    ['Australia/Lord_Howe', '2026-04-05', '01:45:00', ['2026-04-04T14:45:00Z', '2026-04-04T15:15:00Z']],
    ['Asia/Yekaterinburg', '2014-10-26', '01:30:00', ['2014-10-25T19:30:00Z', '2014-10-25T20:30:00Z']],
  ])(
    'a time the clock showed twice is the earlier one, and both are offered: %s %s %s',
    (zone, date, clock, instants) => {
      expect(both(zone, date, clock)).toEqual(instants)
      expect(read(zone, date, clock)).toBe(`${instants[0]} twice`)
    },
  )

  it('the hours around a change are told once', () => {
    expect(both('Europe/Berlin', '2026-10-25', '01:59:59')).toHaveLength(1)
    expect(both('Europe/Berlin', '2026-10-25', '03:00:00')).toHaveLength(1)
    expect(both('Europe/Berlin', '2026-03-29', '02:30:00')).toEqual(['2026-03-29T01:30:00Z'])
  })

  it('the eve and the morrow of a skipped day are a day apart on the calendar, not in time', () => {
    expect(read('Pacific/Apia', '2011-12-29', '23:59:59')).toBe('2011-12-30T09:59:59Z')
    expect(read('Pacific/Apia', '2011-12-31', '00:00:00')).toBe('2011-12-30T10:00:00Z')
  })

  it('a zone nobody has heard of is refused', () => {
    expect(() => createZone('Mars/Olympus')).toThrow(RangeError)
    expect(() => createZone('')).toThrow(RangeError)
  })
})

describe('reading a wall clock undoes showing one', () => {
  it.each([
    ...['Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Asia/Yekaterinburg', 'Australia/Lord_Howe'],
    ...[
      'Pacific/Apia',
      'America/Sao_Paulo',
      'Africa/Casablanca',
      'Asia/Tehran',
      'Europe/London',
      'Asia/Seoul',
    ],
  ])('%s', (zone) => {
    const wall = new Intl.DateTimeFormat('sv', {
      timeZone: zone,
      dateStyle: 'short',
      timeStyle: 'medium',
      hourCycle: 'h23',
    })
    const clock = createZone(zone)
    fc.assert(
      fc.property(
        fc.integer({ min: Date.UTC(2011, 0, 1) / 1000, max: Date.UTC(2035, 0, 1) / 1000 }),
        (seconds) => {
          const shown = wall.format(seconds * 1000)
          const [date = '', time = ''] = shown.split(' ')
          const { ms, twice, skipped } = clock.toMs(...at(date, time))
          expect([shown, skipped]).toEqual([shown, false])
          if (twice) expect(clock.toBoth(...at(date, time))).toContain(seconds * 1000)
          else expect([shown, ms]).toEqual([shown, seconds * 1000])
        },
      ),
      { numRuns: 300 },
    )
  })
})
