import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { fieldOf, refusalCodes, warningCodes, type Field } from '../../shared/files/index.ts'
import { answerOf, gather, type AnswerPerson } from '../../shared/people/index.ts'
import { whereSentence } from '../../shared/words/files.ts'
import { sourceOf } from '../support/read-portal.ts'

const page = readFileSync('docs/files.md', 'utf8')
const withoutDirection = (text: string): string => text.replaceAll(/[\u2068\u2069]/g, '')

/** The text under a heading, up to the next one. */
function under(heading: string): string {
  const [, text] = page.split(new RegExp(`^#+ ${heading}$`, 'm'))
  if (text === undefined) throw new Error(`docs/files.md has no heading "${heading}".`)
  return text.split(/^#/m)[0] ?? ''
}

/** The rows of the only table under a heading, its names first. */
const tableUnder = (heading: string): string[][] =>
  under(heading)
    .split('\n')
    .filter((line) => line.startsWith('|') && !line.startsWith('| --'))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    )

const inBackticks = (cell: string): string[] => [...cell.matchAll(/`([^`]+)`/g)].map(([, text = '']) => text)

describe('the page about files', () => {
  const example = under('An example')
  const [, csv = ''] = /```csv\n([^`]*)```/.exec(example) ?? []
  const [, file = '', zone = '', minimum = ''] =
    /rollbook people (\S+) --tz (\S+) --min-share (\d+)/.exec(example) ?? []
  const quotes = [...example.matchAll(/^> (.*)$/gm)].map(([, text = '']) => text)

  it('tells of its example what the reader tells', async () => {
    const choices = { zone, dates: null, columns: null, nowMs: Date.UTC(2030, 0, 1) }
    const gathered = await gather([sourceOf(file, csv)], choices)
    const { people, summary, warnings } = answerOf(gathered, {
      ...{ base: 'actual', minShare: Number(minimum), zone, asker: 'command_line', language: 'en' },
    })
    const told = warnings.map(({ file: from = '', line = null, message }) =>
      withoutDirection(whereSentence({ file: from, line }, message, 'en')),
    )
    expect(quotes).toEqual([summary().sentence, ...told])
    expect(tableUnder('An example').slice(1)).toEqual([...people()].map((person) => rowOf(person, zone)))
  })

  it('names columns in other languages as the reader understands them', () => {
    const [names = [], ...languages] = tableUnder('In other languages')
    const fields: Record<string, Field> = {
      ...{ name: 'name', 'e-mail': 'email', joined: 'join', left: 'leave', minutes: 'minutes' },
      ...{ guest: 'guest', 'waiting room': 'in_waiting_room' },
    }
    expect(languages).toHaveLength(11)
    for (const cells of languages)
      cells.forEach((cell, at) => {
        for (const header of inBackticks(cell))
          expect(fieldOf(header), header).toMatchObject({ field: fields[names[at] ?? ''], known: true })
      })
    const [, others = ''] = /^(Files of unique users have .*)$/m.exec(under('In other languages')) ?? []
    expect(inBackticks(others).length).toBeGreaterThan(3)
    for (const header of inBackticks(others)) expect(fieldOf(header).known, header).toBe(true)
  })

  it('explains no column the reader does not know', () => {
    for (const [heading, side] of [
      ['Participants', 'participants'],
      ['The meeting', 'meeting'],
    ] as const)
      for (const [columns = ''] of tableUnder(heading).slice(1))
        for (const header of inBackticks(columns)) expect(fieldOf(header, side).field, header).not.toBeNull()
  })

  it('explains every code there is, and mentions no other', () => {
    const explained = (heading: string): string[] =>
      tableUnder(heading)
        .slice(1)
        .flatMap(([code = '']) => inBackticks(code))
    expect(explained('What is told of a file')).toEqual(warningCodes)
    expect(explained('What is refused, and what to bring instead')).toEqual(refusalCodes)
    const mentioned = inBackticks(page).filter((text) => /^[a-z]+(?:_[a-z]+)+$/.test(text))
    expect(new Set([...warningCodes, ...refusalCodes])).toEqual(
      new Set([...warningCodes, ...refusalCodes, ...mentioned]),
    )
  })
})

function rowOf(person: AnswerPerson, timeZone: string): string[] {
  const clock = (time: string | null): string =>
    time === null ? '' : new Date(time).toLocaleTimeString('en-GB', { timeZone })
  const { presentSeconds, reportedSeconds, share, meetsMinimum } = person
  return [
    person.name,
    person.email === null ? '' : `\`${person.email}\``,
    String(person.segments),
    clock(person.firstJoin),
    clock(person.lastLeave),
    new Date((presentSeconds ?? NaN) * 1000).toISOString().slice(12, 19),
    reportedSeconds === null ? '' : String(reportedSeconds / 60),
    `${((share ?? NaN) * 100).toLocaleString('en', { maximumFractionDigits: 1 })} %`,
    meetsMinimum === true ? 'yes' : 'no',
    person.identity.confidence,
  ]
}
