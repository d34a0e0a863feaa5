import { describe, expect, it } from 'vitest'
import { answerOf, gather, GatherRefused, type AnswerChoices } from '../../../shared/people/index.ts'
import type { Choices, FileSource } from '../../../shared/files/index.ts'
import { expectPublished } from '../../support/people-schema.ts'
import { sourceOf } from '../../support/read-portal.ts'

const choices: Choices = { zone: 'UTC', dates: 'mdy', columns: null, nowMs: Date.UTC(2030, 0, 1) }
const asked: AnswerChoices = {
  ...{ base: 'actual', minShare: null, zone: 'UTC', asker: 'command_line', language: 'en' },
}
const header = 'Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes)\n'
const block = (number: string, start: string, end: string): string =>
  `Meeting ID,Topic,Start Time,End Time,User Email,Duration (Minutes),Participants\n${number},Latin,${start},${end},host@school.example,120,3\n\n`
const anna = 'Anna Berg,anna@school.example,03/12/2026 06:00:00 PM,03/12/2026 07:30:00 PM,90\n'
const boris = 'Boris,,03/12/2026 06:10:00 PM,03/12/2026 07:00:00 PM,50\n'
const evening =
  block('812 3456 7890', '03/12/2026 06:00:00 PM', '03/12/2026 08:00:00 PM') + header + anna + boris

async function told(...sources: FileSource[]) {
  const gathered = await gather(sources, choices)
  const answer = answerOf(gathered, asked)
  const { meetings, warnings } = answer
  const whole = { people: [...answer.people()], summary: answer.summary(), meetings, warnings }
  expectPublished(whole)
  return whole
}
const codes = (warnings: { code: string }[]): string[] => warnings.map(({ code }) => code).sort()

describe('several files together', () => {
  it('are one list: a person of two evenings is one person with two meetings, in the order of their start', async () => {
    const before = evening.replaceAll('03/12/2026', '03/05/2026').replace(boris, '')
    const { people, meetings, summary } = await told(
      sourceOf('second.csv', evening),
      sourceOf('first.csv', before),
    )
    expect(meetings.map(({ id, file }) => [id, file])).toEqual([
      ['m1', 'first.csv'],
      ['m2', 'second.csv'],
    ])
    expect(people.find(({ name }) => name === 'Anna Berg')).toMatchObject({
      meetings: [
        { id: 'm1', presentSeconds: 5400 },
        { id: 'm2', presentSeconds: 5400 },
      ],
      presentSeconds: 10_800,
      share: 0.75,
    })
    expect(summary).toMatchObject({ people: 2, rows: 4 })
  })

  it('are read once where they hold the very same bytes, whatever they are called', async () => {
    const { summary, meetings, warnings } = await told(
      sourceOf('a.csv', evening),
      sourceOf('copy of a.csv', evening),
    )
    expect(summary.rows).toBe(2)
    expect(meetings).toHaveLength(1)
    expect(warnings.find(({ code }) => code === 'duplicate_file')).toMatchObject({
      file: 'copy of a.csv',
      message: expect.stringContaining('a.csv') as string,
    })
  })

  it('tell of one meeting where number and start agree, and equal rows count once', async () => {
    const more = 'Clea,,03/12/2026 06:20:00 PM,03/12/2026 06:50:00 PM,30\n'
    const { people, meetings, warnings } = await told(
      sourceOf('a.csv', evening),
      sourceOf('b.csv', evening + more),
    )
    expect(meetings).toMatchObject([{ file: 'a.csv', rows: 5 }])
    expect(people.map(({ name, segments }) => [name, segments])).toEqual([
      ['Anna Berg', 1],
      ['Boris', 1],
      ['Clea', 1],
    ])
    expect(codes(warnings)).toEqual(['meeting_in_two_files'])
    expect(warnings[0]?.message).toMatch(/also in.*a\.csv.*2 rows equal in both count once/)
  })

  it('tell of one meeting where their rows agree and one does not say which it is', async () => {
    const { meetings, people } = await told(
      sourceOf('bare.csv', header + boris + anna),
      sourceOf('a.csv', evening),
    )
    expect(meetings).toMatchObject([
      { file: 'bare.csv', number: '81234567890', startedAt: '2026-03-12T18:00:00Z' },
    ])
    expect(people).toHaveLength(2)
  })

  it('count once what a spreadsheet saved again without seconds, whichever comes first', async () => {
    const exact = (evening + boris.replace('06:10', '07:10').replace('07:00', '07:55')).replaceAll(
      ':00 PM',
      ':37 PM',
    )
    const saved = exact.replaceAll(':37 PM', ' PM')
    for (const order of [
      [exact, saved],
      [saved, exact],
    ]) {
      const { people, meetings, summary, warnings } = await told(
        ...order.map((text) => sourceOf(text === exact ? 'exact.csv' : 'saved.csv', text)),
      )
      expect(meetings).toMatchObject([{ startedAt: '2026-03-12T18:00:37Z', rows: 6 }])
      expect(people.map((one) => [one.name, one.segments, one.reportedSeconds])).toEqual([
        ['Anna Berg', 1, 5400],
        ['Boris', 2, 6000],
      ])
      expect(summary).toMatchObject({ rows: 6, people: 2, presentSeconds: 5400 + 3000 + 2700 })
      expect(warnings.find(({ code }) => code === 'meeting_in_two_files')).toMatchObject({
        file: 'saved.csv',
        message: expect.stringContaining('3 rows equal in both count once') as string,
      })
    }
  })

  it('add no minutes of a list without times to those of a list with them', async () => {
    const start = block('812 3456 7890', '03/12/2026 06:00:00 PM', '03/12/2026 08:00:00 PM')
    const totals = `${start}Name (Original Name),User Email,Total Duration (Minutes)\nAnna Berg,anna@school.example,90\nBoris,,50\nClea,,7\n`
    for (const files of [
      [sourceOf('totals.csv', totals), sourceOf('a.csv', evening)],
      [sourceOf('a.csv', evening), sourceOf('totals.csv', totals)],
    ]) {
      const { people, meetings } = await told(...files)
      expect(meetings).toHaveLength(1)
      expect(people.map((one) => [one.name, one.segments, one.presentSeconds, one.reportedSeconds])).toEqual([
        ['Anna Berg', 1, 5400, 5400],
        ['Boris', 1, 3000, 3000],
        ['Clea', 1, null, 420],
      ])
    }
  })

  it('count once however often a spreadsheet saved it, and keep devices apart that one file tells of twice', async () => {
    const phone = 'iPhone,,03/12/2026 06:10:12 PM,03/12/2026 07:00:40 PM,51\n'
    const exact = (evening + phone + phone.replace('10:12', '10:44')).replaceAll(':00 PM', ':37 PM')
    const saved = exact.replaceAll(/:\d\d PM/g, ' PM')
    const again = saved.replaceAll(',', ';')
    for (const files of [
      [exact, saved, again],
      [saved, again],
    ]) {
      const { summary, warnings } = await told(...files.map((text, i) => sourceOf(`${i}.csv`, text)))
      expect(summary).toMatchObject({ people: 4, unidentified: 2 })
      expect(summary.presentSeconds).toBe(files.length === 3 ? 5400 + 3000 + 3028 + 2996 : 5400 + 3 * 3000)
      expect(warnings.filter(({ code }) => code === 'meeting_in_two_files')).toHaveLength(files.length - 1)
    }
  })

  it('tell of one meeting where the rows of one add up to the minutes of the other, and say so where they only may', async () => {
    const totals = (minutes: number): string =>
      `Name (Original Name),User Email,Total Duration (Minutes)\nAnna Berg,anna@school.example,${minutes}\nBoris,,${minutes - 40}\n`
    const one = await told(
      sourceOf('participants_81234567890.csv', header + anna + boris),
      sourceOf('totals/participants_81234567890.csv', totals(90)),
    )
    expect(one.meetings).toHaveLength(1)
    expect(one.people.map((person) => [person.presentSeconds, person.reportedSeconds])).toEqual([
      [5400, 5400],
      [3000, 3000],
    ])
    expect(codes(one.warnings)).toContain('meeting_in_two_files')
    const two = await told(
      sourceOf('participants_81234567890.csv', header + anna + boris),
      sourceOf('totals/participants_81234567890.csv', totals(70)),
    )
    expect(two.meetings).toHaveLength(2)
    expect(two.warnings.find(({ code }) => code === 'meeting_maybe_in_two_files')?.message).toMatch(
      /participants_81234567890\.csv.*may be one meeting/,
    )
  })

  it('have nobody vanish who waited without a time', async () => {
    const waiting = `${header.trim()},In Waiting Room\n${anna.trim()},No\nDina,dina@school.example,--,--,5,Yes\n`
    const { summary, people } = await told(sourceOf('a.csv', waiting))
    expect(summary).toMatchObject({ people: 1, waitingRoomOnly: 1 })
    expect(people.map(({ name, statuses }) => [name, ...statuses])).toEqual([
      ['Anna Berg', 'present'],
      ['Dina', 'waiting_room_only'],
    ])
  })

  it('stay two meetings where the same class stayed as long a week later and the files have no times', async () => {
    const totals = 'Name (Original Name),User Email,Total Duration (Minutes)\n'
    const { meetings } = await told(
      sourceOf('week1.csv', `${totals}Anna,,60\nBoris,,60\nClea,,50\n`),
      sourceOf('week2.csv', `${totals}Anna,,60\nBoris,,60\nClea,,60\n`),
    )
    expect(meetings).toHaveLength(2)
  })

  it('are refused all at once, each by name', async () => {
    const chat = '18:00:01\tFrom Anna to Everyone:\thello\n18:00:09\tFrom Boris to Everyone:\thi\n'
    const open = `${header}Anna,,03/04/2026 18:00:00,03/04/2026 19:00:00,60\n`
    const asking = gather(
      [sourceOf('chat.txt', chat), sourceOf('a.csv', evening), sourceOf('open.csv', open)],
      { ...choices, dates: null },
    )
    const refused = await asking.catch((error: unknown) => error)
    expect(refused).toBeInstanceOf(GatherRefused)
    expect((refused as GatherRefused).refusals).toMatchObject([
      { file: 'chat.txt', code: 'chat_log' },
      { file: 'open.csv', code: 'date_order_open', line: 2 },
    ])
  })
})

describe('rows of one file', () => {
  it('count once where they are equal, and the line says so', async () => {
    const { people, summary, warnings } = await told(sourceOf('a.csv', evening + anna))
    expect(people.map(({ segments }) => segments)).toEqual([1, 1])
    expect(summary.rows).toBe(3)
    expect(warnings).toMatchObject([{ code: 'duplicate_row', file: 'a.csv', line: 7 }])
  })

  it('keep devices apart that say no more than "iPhone" to the minute', async () => {
    const phone = 'iPhone,,03/12/2026 18:10,03/12/2026 18:20,10\n'
    const last = 'Anna,,03/13/2026 18:10,03/13/2026 18:20,10\n'
    const { summary } = await told(sourceOf('a.csv', header + phone + phone + last))
    expect(summary).toMatchObject({ people: 3, unidentified: 2 })
  })

  it('are warned of twenty times each and then together', async () => {
    const many = Array.from({ length: 30 }, () => anna).join('')
    const { warnings } = await told(sourceOf('a.csv', evening + many))
    const repeated = warnings.filter(({ code }) => code === 'duplicate_row')
    expect(repeated).toHaveLength(21)
    expect(repeated.at(-1)).toMatchObject({
      line: null,
      message: expect.stringMatching(/^10 more/) as string,
    })
  })
})

describe('progress', () => {
  it('comes from nothing to the end over all passes of all files', async () => {
    const parts: (number | null)[] = []
    await gather([sourceOf('a.csv', evening), sourceOf('b.csv', header + boris)], choices, (_file, part) => {
      parts.push(part)
    })
    expect(parts).toEqual([...parts].sort((a, b) => (a ?? 0) - (b ?? 0)))
    expect(parts.at(-1)).toBe(1)
  })
})
