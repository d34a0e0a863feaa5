import { describe, expect, it } from 'vitest'
import { differenceChunks, selectDifferences, selectRows } from '../../../server/exports/index.ts'
import { hideEmail, hideTypedAddresses } from '../../../server/rosters/index.ts'
import type { Difference } from '../../../shared/wire/index.ts'
import { buildExport, buildRow } from '../../support/rows.ts'

const shown = (name: string): string => hideEmail(buildRow({ name })).name

describe('a row for somebody who may not read addresses', () => {
  it.each([
    ['anna@school.example', 'a…@…'],
    ['Anna S. (anna@school.example)', 'Anna S. (a…@…)'],
    ['Anna <anna.s+zoom@school.example>, boris@x.de', 'Anna <a…@…>, b…@…'],
    ['mailto:anna@school.example', 'mailto:a…@…'],
    ['Анна почта@школа.рф', 'Анна п…@…'],
    ['anna＠school.example', 'a…@…'],
    ['a@b@c.example', 'a…@…'],
    ['@anna@social.example', 'a…@…'],
    ['__@x.example', '…@…'],
    ['"anna"@school.example', 'a…@…'],
  ])('masks the address in the name %j', (name, masked) => {
    expect(shown(name)).toBe(masked)
  })

  it.each(['Anna S.', '@anna', 'Anna @ home', '5@', '@@@', ''])('leaves the name %j as it is', (name) => {
    expect(shown(name)).toBe(name)
  })

  it('masks every name somebody had, and drops evidence that quotes one', () => {
    const row = buildRow({
      id: 'anna',
      name: 'anna@school.example',
      names: ['Anna', 'anna@school.example'],
      identity: {
        rule: 'email',
        confidence: 'certain',
        evidence: [
          { code: 'same_name', value: 'anna@school.example' },
          { code: 'same_name', value: 'anna' },
        ],
      },
    })
    const hidden = hideEmail(row)
    expect(hidden.names).toEqual(['Anna', 'a…@…'])
    expect(hidden.identity.evidence.map(({ value }) => value)).toEqual([null, 'anna'])
    expect(JSON.stringify(hidden)).not.toMatch(/school|example/)
  })

  it('tells that an address is behind somebody, and never which', () => {
    const evidence = ['same_email', 'host_email'].map((code) => ({ code, value: 'anna@school.example' }))
    const row = buildRow({ identity: { rule: 'email', confidence: 'certain', evidence } })
    expect(hideEmail(row).identity).toEqual({
      ...{ rule: 'email', confidence: 'certain' },
      evidence: evidence.map(({ code }) => ({ code, value: null })),
    })
  })

  it('is not found by an address typed as a name, in the list or an export', () => {
    const rows = [buildRow({ name: 'anna@school.example' })].map(hideEmail)
    const found = (search: string) =>
      selectRows(rows, buildExport({ filter: { search, show: 'all' } })).length
    expect([found('school'), found('anna@'), found('a…')]).toEqual([0, 0, 1])
  })

  it.each([
    ['a', 'a'.repeat(10_000)],
    ['a@', 'a…@…'],
    ['@a', 'a…@…'],
    ['.', '.'.repeat(10_000)],
    ['a@a.', 'a…@…'],
    ['＠a', 'a…@…'],
    [' @', ' @'.repeat(5_000)],
    ['<a@', '<a@'.repeat(3_333)],
    ['a@a ', 'a…@… '.repeat(2_500)],
  ])('reads 10,000 characters of %j', (part, masked) => {
    const hostile = (length: number) => part.repeat(Math.floor(length / part.length))
    expect(shown(hostile(10_000))).toBe(masked)
    // A hundred such names in one: read in time that grows with the square of it, this would run into the time-out.
    expect(shown(hostile(1_000_000)).length).toBeGreaterThan(0)
  })
})

describe('a difference for somebody who may not read addresses', () => {
  it('names people without addresses, in its search and as a table too', () => {
    const difference: Difference = {
      kind: 'merged',
      personId: 'anna',
      name: 'anna@school.example',
      names: ['Anna', 'Anna anna@school.example'],
      liveSeconds: 60,
      seconds: 120,
    }
    const items = [hideTypedAddresses(difference)]
    expect(items).toMatchObject([{ name: 'a…@…', names: ['Anna', 'Anna a…@…'] }])
    expect(selectDifferences(items, { search: 'school' })).toEqual([])
    expect([...differenceChunks(items, buildExport({ list: 'differences' }))].join('')).not.toContain(
      'school',
    )
  })
})
