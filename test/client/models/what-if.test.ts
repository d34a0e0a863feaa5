import { describe, expect, it } from 'vitest'
import { createWhatIf } from '../../../client/models/what-if.ts'
import type { PersonRow } from '../../../shared/wire/index.ts'
import { at, person } from '../people.ts'

/** An hour, of which somebody was there from its beginning for so many minutes. */
const base = {
  kind: 'actual' as const,
  spans: [{ from: at(0), to: at(60) }],
  seconds: 3_600,
}
const stayed = (id: string, minutes: number, given: Partial<PersonRow> = {}): PersonRow =>
  person(id, {
    ...{ name: id, share: Math.floor((minutes / 60) * 1_000) / 1_000 },
    stays: [{ place: 'main', from: at(0), fromSeen: true, to: at(minutes) }],
    ...given,
  })
const marked = (mark: 'present' | 'absent') => ({
  host: { name: null, email: null, mark: { mark, reason: 'said so' } },
})

describe('another minimum', () => {
  it('tells who passes, who flips either way, and who is within two minutes of the line', () => {
    const ask = createWhatIf([stayed('whole', 60), stayed('most', 45), stayed('half', 29)], base)
    expect(ask(75, 50)).toEqual({
      ...{ passing: 2, known: 3, unknown: 0 },
      gained: { names: [], count: 0 },
      lost: { names: [], count: 0 },
      close: { names: ['half'], count: 1 },
    })
    expect(ask(75, 80).lost).toEqual({ names: ['most'], count: 1 })
    expect(ask(75, 40).gained).toEqual({ names: ['half'], count: 1 })
  })

  it('leaves whom the host marked where the host put them', () => {
    const ask = createWhatIf(
      [stayed('short', 5, marked('present')), stayed('long', 60, marked('absent'))],
      base,
    )
    for (const minimum of [1, 50, 100])
      expect(ask(75, minimum)).toMatchObject({ passing: 1, known: 2, unknown: 0, gained: { count: 0 } })
  })

  it('counts apart whose share nobody knows', () => {
    const ask = createWhatIf([stayed('known', 60), stayed('unknown', 60, { share: null })], base)
    expect(ask(75, 75)).toMatchObject({ passing: 1, known: 1, unknown: 1 })
  })

  it('names three of many and counts them all', () => {
    const ask = createWhatIf(
      ['a', 'b', 'c', 'd', 'e'].map((id) => stayed(id, 40)),
      base,
    )
    expect(ask(75, 50).gained).toEqual({ names: ['a', 'b', 'c'], count: 5 })
  })
})
