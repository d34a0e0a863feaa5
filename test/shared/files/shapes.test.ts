import { describe, expect, it } from 'vitest'
import { columnsByShape, looksLikeEmail } from '../../../shared/files/index.ts'

const found = (rows: string[][]) => Object.fromEntries([...columnsByShape(rows)].sort(([a], [b]) => a - b))

describe('columns nobody named are known by what stands in them', () => {
  it('finds name, e-mail, join, leave and minutes in a plain list', () => {
    const rows = [
      ['Ala', 'ala@example.org', '04/13/2026 10:00:05 AM', '04/13/2026 10:42:00 AM', '42', 'Tak'],
      ['Ola', '', '04/13/2026 10:01:00 AM', '04/13/2026 11:00:00 AM', '59', 'Nie'],
      ['Ola', '', '04/13/2026 11:05:00 AM', '04/13/2026 11:06:10 AM', '2', 'Nie'],
    ]
    expect(found(rows)).toEqual({ 0: 'name', 1: 'email', 2: 'join', 3: 'leave', 4: 'minutes' })
  })

  it('takes leave before join where the file has them in that order', () => {
    const rows = [
      ['Ala', '13.04.2026 10:42', '13.04.2026 10:00', '42'],
      ['Ola', '13.04.2026 11:00', '13.04.2026 10:01', '59'],
    ]
    expect(found(rows)).toEqual({ 0: 'name', 1: 'leave', 2: 'join', 3: 'minutes' })
  })

  it('takes the participant’s columns of a history, not the meeting’s', () => {
    const meeting = [
      'Lesson',
      '890 1053 4856',
      'Isa',
      'isa@example.org',
      '2026-04-13 10:00',
      '2026-04-13 11:30',
      '90',
    ]
    const rows = [
      [...meeting, 'Ala', 'ala@example.org', '2026-04-13 10:00', '2026-04-13 10:42', '42'],
      [...meeting, 'Ola', 'ola@example.org', '2026-04-13 10:05', '2026-04-13 11:30', '85'],
      [...meeting, 'Ela', 'ela@example.org', '2026-04-13 10:06', '2026-04-13 11:29', '83'],
    ]
    expect(found(rows)).toEqual({ 7: 'name', 8: 'email', 9: 'join', 10: 'leave', 11: 'minutes' })
  })

  it('invents no times: two dates that no number of minutes fits stay unread', () => {
    const rows = [
      ['Ala', 'ala@example.org', '2026-04-13 10:00', '2026-04-13 10:42', '7'],
      ['Ola', 'ola@example.org', '2026-04-13 10:01', '2026-04-13 11:00', '3'],
    ]
    expect(found(rows)).toEqual({ 0: 'name', 1: 'email' })
  })

  it('does not take a number for minutes because it is one', () => {
    expect(
      found([
        ['Ala', 'ala@example.org', '42'],
        ['Ola', 'ola@example.org', '59'],
      ]),
    ).toEqual({ 0: 'name', 1: 'email' })
  })

  it('says nothing of rows that prove nothing', () => {
    expect(found([])).toEqual({})
    expect(
      found([
        ['a', 'b'],
        ['c', 'd'],
      ]),
    ).toEqual({})
    expect(
      found([
        ['', ''],
        ['-', '--'],
      ]),
    ).toEqual({})
    expect(found([['2026-04-13 10:00', '2026-04-13 10:00', '0']])).toEqual({})
  })

  it('leaves two columns of addresses to the person when nothing tells them apart', () => {
    expect(found([['Ala', 'a@x.org', 'b@x.org']])).toEqual({})
  })

  it('bears with ragged rows and a thousand columns', () => {
    expect(found([['Ala'], ['Ola', 'ola@example.org'], Array.from({ length: 1000 }, () => 'x')])).toEqual({})
  })
})

describe('what can be an address', () => {
  it.each(['a@b', 'anna.s+zoom@example.org', 'Анна@почта.рф', "o'neil@x.ie"])('%s can', (text) => {
    expect(looksLikeEmail(text)).toBe(true)
  })
  it.each([
    '',
    '@',
    'a@',
    '@b',
    'a b@c',
    'a@b@c,',
    'Anna',
    'a@.b',
    '<a@b>',
    'a'.repeat(100) + '@b',
    `a@${'b'.repeat(1_000_000)}`,
  ])('%j cannot', (text) => {
    expect(looksLikeEmail(text)).toBe(false)
  })
})
