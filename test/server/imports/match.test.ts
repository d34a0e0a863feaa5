import { describe, expect, it } from 'vitest'
import { candidatesFor, matchOf, type KnownMeeting } from '../../../server/imports/index.ts'

const MINUTE = 60_000
const at = (minutes: number): number => Date.UTC(2026, 10, 20, 18, 0) + minutes * MINUTE

const known = (given: Partial<KnownMeeting> & { meetingId: string }): KnownMeeting => ({
  ...{ gatheringId: `g-${given.meetingId}`, number: '812', imported: false },
  ...{ startedAtMs: at(0), endedAtMs: at(60) },
  ...given,
})
const filed = (from: number, to: number, number: string | null = '812') => ({
  ...{ number, startedAtMs: at(from), endedAtMs: at(to) },
})
const idOf = (meeting: ReturnType<typeof filed>, ...others: KnownMeeting[]): string | null =>
  matchOf(meeting, others)?.meetingId ?? null

describe('the meeting of a file', () => {
  it('is the known one of its number that was on at the same time', () => {
    expect(idOf(filed(5, 55), known({ meetingId: 'a' }))).toBe('a')
    expect(idOf(filed(5, 55, '813'), known({ meetingId: 'a' }))).toBeNull()
  })

  it('is nobody’s without a number, however well the time fits', () => {
    expect(
      idOf(filed(0, 60, null), known({ meetingId: 'a' }), known({ meetingId: 'b', number: null })),
    ).toBeNull()
  })

  it('may begin a quarter of an hour before or after, and no more', () => {
    const short = known({ meetingId: 'a', endedAtMs: at(1) })
    expect(idOf(filed(15, 40), short)).toBe('a')
    expect(idOf(filed(16, 40), short)).toBeNull()
    expect(idOf(filed(-15, -10), short)).toBe('a')
    expect(idOf(filed(-16, -10), short)).toBeNull()
  })

  it('is one that is still open when that began while the file’s was on', () => {
    const open = known({ meetingId: 'a', startedAtMs: at(40), endedAtMs: null })
    expect(idOf(filed(0, 60), open)).toBe('a')
    expect(idOf(filed(0, 40), open)).toBeNull()
  })

  it('is of several the one with the most shared time, then the nearest start, whatever order they come in', () => {
    const first = known({ meetingId: 'b', endedAtMs: at(20) })
    const second = known({ meetingId: 'a', startedAtMs: at(21) })
    expect(idOf(filed(0, 60), first, second)).toBe('a')
    expect(idOf(filed(0, 60), second, first)).toBe('a')
    const twin = known({ meetingId: 'c', startedAtMs: at(21) })
    expect(idOf(filed(21, 60), twin, second)).toBe('a')
  })

  it('is rather one that Zoom or a panel told of than one only files tell of', () => {
    const imported = known({ meetingId: 'a', imported: true })
    const told = known({ meetingId: 'b', startedAtMs: at(50) })
    expect(idOf(filed(0, 60), imported, told)).toBe('b')
    expect(idOf(filed(0, 45), imported)).toBe('a')
  })
})

describe('what a person may choose from', () => {
  it('is every meeting of that time, the best first', () => {
    const far = known({ meetingId: 'far', startedAtMs: at(200), endedAtMs: at(260) })
    const other = known({ meetingId: 'other', number: '999', startedAtMs: at(30), endedAtMs: at(90) })
    const names = candidatesFor(filed(0, 60, null), [far, other, known({ meetingId: 'a' })])
    expect(names.map(({ meetingId }) => meetingId)).toEqual(['a', 'other'])
  })
})
