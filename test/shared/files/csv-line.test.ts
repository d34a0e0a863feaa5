import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { csvLine, showControls } from '../../../shared/files/index.ts'
import { readCsv } from '../../support/csv.ts'

const separators = [',', ';', '\t'] as const

describe('a line of CSV or TSV', () => {
  it('leaves plain cells alone and quotes what another reader would cut', () => {
    expect(csvLine(['a', '', 'b c'])).toBe('a,,b c\r\n')
    expect(csvLine(['1,5', 'say "x"', 'a;b'], ';')).toBe('1,5;"say ""x""";"a;b"\r\n')
    expect(csvLine(['a\tb', 'c,d'], '\t')).toBe('"a\tb"\tc,d\r\n')
  })

  it('quotes a bare line feed and a bare return, which end a line for many readers', () => {
    expect(csvLine(['a\nb', 'c\rd'])).toBe('"a\nb","c\rd"\r\n')
  })

  it('shows control characters instead of holding them, and keeps tabs and line ends', () => {
    expect(csvLine(['\u001b]0;ding\u0007', 'a\tb\nc', '\u0000\u007f'])).toBe(
      '"\u241b]0;ding\u2407","a\tb\nc","\u2400\u2421"\r\n',
    )
  })

  it('is read back by another reader as the cells it was made of, whatever they are', () => {
    const cells = fc.array(fc.string({ unit: 'binary' }), { minLength: 2, maxLength: 5 })
    fc.assert(
      fc.property(cells, fc.constantFrom(...separators), (written, separator) => {
        fc.pre(written[0]?.startsWith('\ufeff') !== true)
        expect(readCsv(csvLine(written, separator), separator)).toEqual([written.map(showControls)])
      }),
    )
  })
})
