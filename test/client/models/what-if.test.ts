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
      gained: [],
      lost: [],
      close: ['half'],
    })
    expect(ask(75, 80).lost).toEqual(['most'])
    expect(ask(75, 40).gained).toEqual(['half'])
  })

  it('leaves whom the host marked where the host put them', () => {
    const ask = createWhatIf(
      [stayed('short', 5, marked('present')), stayed('long', 60, marked('absent'))],
      base,
    )
    for (const minimum of [1, 50, 100])
      expect(ask(75, minimum)).toMatchObject({ passing: 1, known: 2, unknown: 0, gained: [] })
  })

  it('counts apart whose share nobody knows', () => {
    const ask = createWhatIf([stayed('known', 60), stayed('unknown', 60, { share: null })], base)
    expect(ask(75, 75)).toMatchObject({ passing: 1, known: 1, unknown: 1 })
  })

  it('is of those who came: who only waited is neither of them nor of whom it cannot be told', () => {
    const waited = { firstJoin: null, share: null, stays: [] }
    const ask = createWhatIf(
      [
        stayed('whole', 60),
        stayed('waited', 0, waited),
        stayed('let in', 0, { ...waited, ...marked('present') }),
      ],
      base,
    )
    expect(ask(75, 75)).toMatchObject({ passing: 1, known: 1, unknown: 0 })
  })

  it('names all of many', () => {
    const ask = createWhatIf(
      ['a', 'b', 'c', 'd', 'e'].map((id) => stayed(id, 40)),
      base,
    )
    expect(ask(75, 50).gained).toEqual(['a', 'b', 'c', 'd', 'e'])
  })
})
