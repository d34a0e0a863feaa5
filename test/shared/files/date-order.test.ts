import { describe, expect, it } from 'vitest'
import { createOrderVote, parseStamp, type Stamp } from '../../../shared/files/index.ts'

const stamp = (text: string): Stamp => {
  const read = parseStamp(text)
  if (read === null) throw new Error(`${text} is no moment`)
  return read
}

/** A file's dates, one a line from line 2, and its name; a pair with minutes is a row. */
function decide(
  dates: (string | [string, string, number | null])[],
  name = 'x.csv',
  given: 'dmy' | 'mdy' | 'ymd' | null = null,
) {
  const vote = createOrderVote()
  vote.noteFileName(name)
  dates.forEach((date, index) => {
    if (typeof date === 'string') vote.note(stamp(date), index + 2)
    else vote.noteRow(stamp(date[0]), stamp(date[1]), date[2], index + 2)
  })
  return vote.decide(given)
}

describe('day or month first is decided by the whole file', () => {
  it('by a number above twelve anywhere in it', () => {
    expect(decide(['04/03/2026 10:00', '04/13/2026 10:00'])).toEqual({ order: 'mdy', by: 'file', line: 2 })
    expect(decide(['04/03/2026 10:00', '13/03/2026 10:00'])).toEqual({ order: 'dmy', by: 'file', line: 2 })
  })

  it('by the majority where some dates can only be read the other way round', () => {
    expect(decide(['13/03/2026 10:00', '14/03/2026 10:00', '03/15/2026 10:00']).order).toBe('dmy')
  })

  it('by itself where years come first, months have names, or dots are written', () => {
    expect(decide(['2026-04-03 10:00', 'Apr 04, 2026 10:00'])).toEqual({
      order: null,
      by: 'none',
      line: null,
    })
    expect(decide(['03.04.2026 10:00'])).toEqual({ order: 'dmy', by: 'file', line: null })
    expect(decide(['26-04-03 10:00', '26-04-05 10:00']).order).toBe('ymd')
    expect(decide(['26.04.03 10:00', '26.04.15 10:00']).order).toBe('ymd')
  })

  it('by a row whose minutes fit only one reading', () => {
    expect(decide([['03/04/2026 23:50', '03/05/2026 00:20', 30]])).toEqual({
      order: 'mdy',
      by: 'file',
      line: 2,
    })
    expect(decide([['04/03/2026 23:50', '05/03/2026 00:20', 30]])).toEqual({
      order: 'dmy',
      by: 'file',
      line: 2,
    })
    expect(decide([['01/02/2026 10:00', '02/02/2026 10:00', 44_640]]).order).toBe('mdy')
  })

  it('by a row that would last for weeks, or end before it began, in the other reading', () => {
    expect(decide([['04/03/2026 23:50', '05/03/2026 00:20', null]]).order).toBe('dmy')
  })

  it("by the meeting's day in the name of the file", () => {
    expect(decide(['03/04/2026 10:00'], 'participants_85012345678_2026_04_03.csv').order).toBe('dmy')
    expect(decide(['03/04/2026 10:00'], 'participants_85012345678_2026_03_04 (1).csv').order).toBe('mdy')
    expect(decide(['03/04/2026 10:00'], 'attendee_85012345678_2026_03_05.csv').order).toBe('mdy')
    expect(decide(['03/04/2026 10:00'], 'participants_85012345678_2026_07_09.csv').by).toBe('open')
    expect(decide(['03/04/2026 10:00'], 'participants_85020260403.csv').by).toBe('open')
  })

  it('is month first, assumed, where Zoom writes AM and PM', () => {
    expect(decide(['03/04/2026 10:00:00 AM'])).toEqual({ order: 'mdy', by: 'assumed', line: 2 })
  })

  it('stays open for 24 hours with nothing decisive, a stray PM included', () => {
    expect(decide(['03/03/2026 10:00', '03/04/2026 10:00'])).toEqual({ order: null, by: 'open', line: 3 })
    expect(decide(['03/04/2026 14:00 PM']).by).toBe('open')
  })

  it('does not matter where every date is the same day either way', () => {
    expect(decide(['03/03/2026 10:00', '04/04/2026 10:00'])).toEqual({ order: 'mdy', by: 'file', line: null })
  })

  it('is what the person says, when there is anything to say', () => {
    expect(decide(['03/13/2026 10:00', '03/04/2026 10:00'], 'x.csv', 'dmy')).toEqual({
      order: 'dmy',
      by: 'given',
      line: 3,
    })
    expect(decide([], 'x.csv', 'dmy')).toEqual({ order: null, by: 'none', line: null })
  })
})
