import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { describe, expect, it } from 'vitest'
import type { RecordWarning, Separator } from '../../../shared/files/index.ts'
import { createRecords, findSeparator } from '../../../shared/files/index.ts'

interface Read {
  records: string[][]
  lines: number[]
  warnings: [RecordWarning, number, string | undefined][]
  unended: boolean
}

function read(pieces: string | string[], separator: Separator = ','): Read {
  const seen: Read = { records: [], lines: [], warnings: [], unended: false }
  const records = createRecords({
    separator,
    onRecord(cells, line, unended) {
      seen.records.push(cells)
      seen.lines.push(line)
      seen.unended = unended
    },
    onWarning(code, line, value) {
      seen.warnings.push([code, line, value])
    },
  })
  for (const piece of [pieces].flat()) records.push(piece)
  records.end()
  return seen
}

/** The text cut at the given places, wherever they fall. */
function cutAt(text: string, places: number[]): string[] {
  const cuts = [0, ...places.map((place) => place % (text.length + 1)).sort((a, b) => a - b), text.length]
  return cuts.slice(1).map((end, index) => text.slice(cuts[index], end))
}

const places = fc.array(fc.nat(1_000_000), { maxLength: 12 })
const separators = fc.constantFrom<Separator>(',', ';', '\t')

describe('a file as the standard has it', () => {
  const cell = fc.oneof(
    fc.string({
      unit: fc.constantFrom('a', 'é', '名', '"', ',', ';', '\t', '\n', '\r', ' ', '-', '1'),
      maxLength: 8,
    }),
    fc.constantFrom('', 'Anna', '04/15/2020 03:44:01 PM', 'Apr 09, 2020 8:50 PM', 'x'.repeat(700)),
  )
  const table = fc.array(fc.array(fc.tuple(cell, fc.boolean()), { minLength: 1, maxLength: 6 }), {
    maxLength: 8,
  })

  it('is cut into the same records as by csv-parse, wherever the text comes in pieces', () => {
    fc.assert(
      fc.property(
        table,
        separators,
        fc.constantFrom('\n', '\r\n', '\r'),
        fc.boolean(),
        places,
        (rows, separator, lineEnd, ended, cuts) => {
          const lines: number[] = []
          let text = ''
          rows.forEach((row, index) => {
            lines.push((text.match(/\r\n|\r|\n/g)?.length ?? 0) + 1)
            text += row.map(([cell, quoted]) => written(cell, quoted, separator)).join(separator)
            if (ended || index < rows.length - 1) text += lineEnd
          })
          fc.pre(ended || !text.endsWith(lineEnd))
          const seen = read(cutAt(text, cuts), separator)
          const wanted = parse(text, {
            delimiter: separator,
            record_delimiter: lineEnd,
            relax_column_count: true,
          })
          expect(seen.records).toEqual(wanted)
          expect(seen.lines).toEqual(lines.slice(0, wanted.length))
          expect(seen.warnings).toEqual([])
        },
      ),
      { numRuns: 1000 },
    )
  })

  const written = (cell: string, quoted: boolean, separator: string): string =>
    quoted || /["\r\n]/.test(cell) || cell.includes(separator) ? `"${cell.replaceAll('"', '""')}"` : cell

  it('may end its lines in three ways, all of them in one file', () => {
    expect(read('a,b\r\n1,2\r3,4\n\n5,6')).toMatchObject({
      records: [['a', 'b'], ['1', '2'], ['3', '4'], [''], ['5', '6']],
      lines: [1, 2, 3, 4, 5],
      unended: true,
    })
  })

  it('says that the last line has its end', () => {
    expect(read('a,b\n').unended).toBe(false)
  })

  it('has a line end in two pieces for one', () => {
    expect(read(['a,b\r', '\n1,2'])).toMatchObject({
      records: [
        ['a', 'b'],
        ['1', '2'],
      ],
      lines: [1, 2],
    })
  })

  it('counts the lines inside a cell', () => {
    expect(read('"a\r\nb\nc",1\nx,2\n')).toMatchObject({
      records: [
        ['a\r\nb\nc', '1'],
        ['x', '2'],
      ],
      lines: [1, 4],
    })
  })

  it('has no record when it is empty', () => {
    expect(read('')).toMatchObject({ records: [], warnings: [] })
  })
})

describe('a quote that is never closed', () => {
  it('costs one line, and the rest is read line by line', () => {
    expect(read('Name,Email\n"Bob,b@x\nEve,e@x\n"Smith, Al",s@x\nJoe,j@x\n')).toMatchObject({
      records: [
        ['Name', 'Email'],
        ['"Bob', 'b@x'],
        ['Eve', 'e@x'],
        ['Smith, Al', 's@x'],
        ['Joe', 'j@x'],
      ],
      lines: [1, 2, 3, 4, 5],
      warnings: [['unclosed_quote', 2, '"Bob']],
    })
  })

  it('costs one line in a file that has no other quote, however long it is', () => {
    const rest = 'Eve Example,eve@example.org,40\n'.repeat(20_000)
    const seen = read(cutAt(`"Bob,b@x,1\n${rest}`, [5, 70_000, 300_000]))
    expect(seen.records).toHaveLength(20_001)
    expect(seen.records.at(-1)).toEqual(['Eve Example', 'eve@example.org', '40'])
    expect(seen.warnings).toEqual([['unclosed_quote', 1, '"Bob']])
  })

  it('costs one cell where every cell has quotes', () => {
    expect(read('"Yes","Bob,"b@x"\n"No","Eve","e@x"\n"No","Joe","j@x\n"No","Al","a@x"\n')).toMatchObject({
      records: [
        ['Yes', '"Bob', 'b@x'],
        ['No', 'Eve', 'e@x'],
        ['No', 'Joe', '"j@x'],
        ['No', 'Al', 'a@x'],
      ],
      warnings: [
        ['unclosed_quote', 1, '"Bob'],
        ['unclosed_quote', 3, '"j@x'],
      ],
    })
  })

  it('costs its own line each time, on every line of a long file', () => {
    const seen = read('"Bob,b@x\n'.repeat(50_000))
    expect(seen.records).toHaveLength(50_000)
    expect(seen.warnings).toHaveLength(50_000)
  })

  it('at the end of the file is said to be where it was cut off', () => {
    expect(read('a,b\n1,"Smith, J')).toMatchObject({
      records: [
        ['a', 'b'],
        ['1', '"Smith', ' J'],
      ],
      warnings: [['file_ends_early', 2, '"Smith']],
      unended: true,
    })
  })
})

describe('quotes somebody typed', () => {
  it.each([
    ['Dwayne "The Rock" Johnson,1', ['Dwayne "The Rock" Johnson', '1']],
    ['"Dwayne "The Rock" Johnson",1', ['Dwayne "The Rock" Johnson', '1']],
    ['"Rock" Johnson,1,"x"', ['"Rock" Johnson', '1', 'x']],
    ['"Johnson, D."x,"y"', ['"Johnson, D."x', 'y']],
    ['6\' 2",1', ['6\' 2"', '1']],
    ['""x,1', ['""x', '1']],
  ])('%s stays as it is written', (line, cells) => {
    expect(read(`${line}\nnext\n`)).toMatchObject({
      records: [cells, ['next']],
      warnings: [['stray_quote', 1, expect.any(String)]],
    })
  })

  it('enclose a cell also behind and before white space', () => {
    expect(read('Yes, "Mar 28, 2020 09:07:11" ,1\n')).toMatchObject({
      records: [['Yes', ' Mar 28, 2020 09:07:11 ', '1']],
      warnings: [],
    })
  })
})

describe('what is too long', () => {
  const long = 'x'.repeat(10_000_000)

  /** Cells by their length, of records nobody wants printed. */
  const lengths = (seen: Read) => seen.records.map((cells) => cells.map((cell) => cell.length))

  it.each([
    ['without quotes', `a,${long},b\nnext,line\n`, 65_536],
    ['with quotes', `a,"${long}",b\nnext,line\n`, 65_535],
    ['with quotes inside', `a,"${'x""'.repeat(100_000)}",b\nnext,line\n`, 43_690],
  ])('a cell of megabytes %s is cut, and the rest of its line is read', (_how, text, length) => {
    const seen = read(
      cutAt(
        text,
        Array.from({ length: 200 }, (_, index) => index * 50_001),
      ),
    )
    expect(lengths(seen)).toEqual([
      [1, length, 1],
      [4, 4],
    ])
    expect(seen.warnings.map(([code, line]) => [code, line])).toEqual([['cell_cut', 1]])
  })

  it('a cell of megabytes that is never closed ends with its line', () => {
    const seen = read(`a,"${long},b\nnext,line\n`)
    expect(lengths(seen)).toEqual([
      [1, 65_535],
      [4, 4],
    ])
    expect(seen.warnings.map(([code]) => code)).toEqual(['cell_cut', 'unclosed_quote'])
  })

  it('a record of millions of cells is cut, and the next one is read', () => {
    const seen = read(`${'a,'.repeat(3_000_000)}b\nnext,line\n`)
    expect(seen.records).toHaveLength(2)
    expect(seen.records[0]?.length).toBe(524_288)
    expect(seen.records[1]).toEqual(['next', 'line'])
    expect(seen.warnings).toEqual([['cell_cut', 1, 'a']])
  })
})

describe('a file made to be slow', () => {
  it.each([' "a"b,', ' ""x,', '"a"b,', '""x,', '"a ,', '"""x\n', '"a\n'])(
    'takes no longer than its length: %j, half a million times over, is read before the test gives up',
    (unit) => {
      const seen = read(
        cutAt(
          unit.repeat(500_000),
          Array.from({ length: 40 }, (_, index) => index * 65_537),
        ),
      )
      expect(seen.records.length).toBeGreaterThan(0)
    },
  )
})

describe('NUL characters', () => {
  it('are dropped, and the first one is told of with its line', () => {
    expect(read(['a,b\n1,"x\n', 'y\0"\n\0', '\0z\n'])).toMatchObject({
      records: [['a', 'b'], ['1', 'x\ny'], ['z']],
      warnings: [['nul_dropped', 3, undefined]],
    })
  })
})

describe('any text at all', () => {
  const nasty = fc.string({
    unit: fc.constantFrom('"', '"', ',', ';', '\n', '\r', ' ', '\t', 'a', 'b', 'é', '\0', '\ufeff', '𝒜'),
    maxLength: 60,
  })
  const long = { x: 'x'.repeat(65_530), y: 'y\n'.repeat(33_000), z: 'z,'.repeat(9_000) }
  const huge = fc.array(fc.constantFrom('"', '""', ',', '\n', '\r\n', 'a', ' ', '<x>', '<y>', '<z>'), {
    maxLength: 12,
  })

  it('gives the same records and the same warnings wherever it comes in pieces', () => {
    fc.assert(
      fc.property(nasty, separators, places, (text, separator, cuts) => {
        expect(told(read(cutAt(text, cuts), separator))).toEqual(told(read(text, separator)))
      }),
      { numRuns: 1000 },
    )
  })

  it('gives the same also where cells are longer than a cell may be', () => {
    fc.assert(
      fc.property(huge, places, (parts, cuts) => {
        const text = parts.join('').replaceAll(/<(x|y|z)>/g, (_mark, name: 'x' | 'y' | 'z') => long[name])
        expect(JSON.stringify(told(read(cutAt(text, cuts)))) === JSON.stringify(told(read(text)))).toBe(true)
      }),
      { numRuns: 60 },
    )
  })

  /** Lines of NULs depend on nothing but the text; only the order in which the first NUL is told of does. */
  const told = ({ warnings, ...rest }: Read) => ({
    ...rest,
    warnings: warnings.filter(([code]) => code !== 'nul_dropped'),
    nul: warnings.filter(([code]) => code === 'nul_dropped'),
  })

  it('loses no character but separators, line ends, enclosing quotes and NULs', () => {
    fc.assert(
      fc.property(nasty, separators, (text, separator) => {
        const { records, warnings } = read(text, separator)
        const bare = (whole: string) => whole.replaceAll(/["\r\n\0]/g, '').replaceAll(separator, '')
        expect(bare(records.flat().join(''))).toBe(bare(text))
        const quotes = (whole: string) => whole.replaceAll(/[^"]/g, '').length
        expect(quotes(records.flat().join(''))).toBeLessThanOrEqual(quotes(text))
        if (text.includes('\0')) expect(warnings.map(([code]) => code)).toContain('nul_dropped')
      }),
      { numRuns: 1000 },
    )
  })

  it('tells of lines that exist, in ascending order', () => {
    fc.assert(
      fc.property(nasty, (text) => {
        const { lines } = read(text)
        expect(lines).toEqual([...lines].sort((a, b) => a - b))
        expect(lines.at(-1) ?? 1).toBeLessThanOrEqual((text.match(/\r\n|\r|\n/g)?.length ?? 0) + 1)
      }),
    )
  })
})

describe('memory', () => {
  it('holds what is kept of a file, not the pieces it was read from', () => {
    setFlagsFromString('--expose-gc')
    const collect = runInNewContext('gc') as () => void
    const kept: string[] = []
    const records = createRecords({
      separator: ',',
      onRecord(cells, line) {
        if (line % 1000 === 1) kept.push(...cells.slice(0, 2))
      },
      onWarning: () => undefined,
    })
    collect()
    const before = process.memoryUsage().heapUsed
    for (let piece = 0; piece < 1000; piece++) {
      records.push('Person with a name,person.with@example.org,"Apr 09, 2020",1\n'.repeat(1000))
    }
    records.end()
    collect()
    expect(kept).toHaveLength(2000)
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(10_000_000)
  })
})

describe('what separates the cells', () => {
  it.each<[Separator, string]>([
    [',', 'Name (Original Name),User Email,Join Time\n"Smith; J",s@x,04/15/2020 03:44:01 PM\n'],
    [';', 'Nombre;E-mail del usuario;Duración (minutos)\nPérez, Ana;a@x;12,5\nSanz, Eva;e@x;13,5\n'],
    ['\t', 'Name\tEmail\tJoin\nSmith, J\ts@x\tMar 28, 2020 09:07:11\n'],
    [';', 'sep=;\nName\n'],
    [',', 'Attendee Report\nTopic,ID\nA;b;c,1\n'],
    [',', 'Name'],
    [',', ''],
    [';', 'Name;Email'],
  ])('is %j in %j', (separator, text) => {
    expect(findSeparator(text)).toBe(separator)
  })
})
