import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { RowDigest } from '../../../server/reports/digest.ts'
import { readReportRow, type RowFields } from '../../../server/zoom/index.ts'

const row = (name: string, seconds = 60): RowFields => {
  const read = readReportRow({
    ...{ id: '', user_id: name, name, user_email: '', status: 'in_meeting', duration: seconds },
    ...{ join_time: '2026-11-23T14:00:00Z', leave_time: '2026-11-23T15:00:00Z' },
  })
  if (typeof read === 'string') throw new Error(read)
  return read
}
const digestOf = (rows: (RowFields | null)[]): string => {
  const digest = new RowDigest()
  for (const one of rows) digest.add(one)
  return digest.digest()
}

describe('the digest of a list', () => {
  it('is the same in any order, and another for any other list', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 3 }), { maxLength: 60 }), fc.nat(), (names, seed) => {
        const rows = names.map((name) => row(name))
        const turned = [...rows.slice(seed % (rows.length + 1)), ...rows.slice(0, seed % (rows.length + 1))]
        expect(digestOf(turned)).toBe(digestOf(rows))
        expect(digestOf([...rows, row('one more')])).not.toBe(digestOf(rows))
      }),
      { numRuns: 50 },
    )
  })

  it('knows a row twice from a row once, a changed length, and a row nobody could read', () => {
    const different = [[row('a')], [row('a'), row('a')], [row('a', 61)], [row('a'), null], []]
    expect(new Set(different.map(digestOf)).size).toBe(different.length)
  })

  it('holds more rows than it began with room for', () => {
    const rows = Array.from({ length: 3000 }, (_, index) => row(String(index)))
    expect(digestOf(rows.toReversed())).toBe(digestOf(rows))
  })
})
