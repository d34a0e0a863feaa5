import { describe, expect, it } from 'vitest'
import { createDesk } from '../../../client/drop/create-desk.ts'
import type { Desk, Query } from '../../../client/drop/desk.ts'
import { answerOf, csvChunks, gather } from '../../../shared/people/index.ts'
import { portalFile } from '../../support/portal-files.ts'
import { lesson, oneMeeting } from '../../support/portal-rows.ts'
import { droppedFile, fileOf, gathered, namesOn, textFile, vanishing } from './lists.ts'

const newDesk = (): Desk => createDesk(() => undefined)
const everybody: Query = { show: 'came', search: '', order: 'joined', minimum: 75, language: 'en' }

async function readLesson(variant: 'M1' | 'P1' | 'P7' = 'M1'): Promise<Desk> {
  const desk = newDesk()
  await desk.gather([fileOf(variant)], 'UTC')
  await desk.measure('told')
  return desk
}

describe('what a file is', () => {
  it('is known before it is read', async () => {
    const look = await newDesk().look(fileOf('M1'))
    expect(look).toMatchObject({ as: 'list', survey: { layout: 'participants', rows: lesson.length } })
  })

  it('is refused by name, and a table nobody knows can be explained', async () => {
    const desk = newDesk()
    expect(await desk.look(textFile('a.pdf', '%PDF-1.7 x'))).toMatchObject({
      ...{ as: 'refused', refusal: { code: 'pdf' }, table: null },
    })
    const strange = textFile('strange.csv', 'Foo,Bar,Baz\nAnn,12,a@mail.example\nBob,13,b@mail.example\n')
    expect(await desk.look(strange)).toMatchObject({
      refusal: { code: 'not_recognised' },
      table: {
        columns: [{ header: 'Foo' }, { header: 'Bar' }, { header: 'Baz' }],
        firstRows: [['Ann', '12', 'a@mail.example'], {}],
      },
    })
    const columns: [number, 'name' | 'minutes' | 'email'][] = [
      [0, 'name'],
      [1, 'minutes'],
      [2, 'email'],
    ]
    expect(await desk.look({ ...strange, columns })).toMatchObject({ as: 'list', survey: { rows: 2 } })
  })

  it('shows the first date that can be read both ways, with both readings', async () => {
    const text =
      'Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes)\n' +
      'Ann,,04/04/2026 18:00:00,04/04/2026 19:00:00,60\nBob,,03/05/2026 18:00:00,03/05/2026 19:00:00,60\n'
    expect(await newDesk().look(textFile('open.csv', text))).toMatchObject({
      survey: { dates: { by: 'open' } },
      ambiguous: { text: '03/05/2026 18:00:00', dmyMs: Date.UTC(2026, 4, 3), mdyMs: Date.UTC(2026, 2, 5) },
    })
  })
})

describe('the list', () => {
  it('counts people, and tells the meeting from its start to its end', async () => {
    const overview = await gathered(newDesk(), [fileOf('M1')])
    expect(overview.counts).toMatchObject({
      people: 6,
      certain: 4,
      likely: 1,
      unidentified: 1,
      waitingRoomOnly: 1,
    })
    expect(overview).toMatchObject({ rows: lesson.length, tellsTimes: true, moreWarnings: 0 })
    const { startedMs: fromMs, endedMs: toMs } = oneMeeting
    expect(overview.meetings).toMatchObject([{ index: 0, topic: oneMeeting.topic, span: { fromMs, toMs } }])
  })

  it('lists who came, and apart from them who only waited', async () => {
    const desk = await readLesson()
    const { count, counts } = await desk.select(everybody)
    expect([count, counts.came, counts.waited, counts.unidentified, counts.stayed_away]).toEqual([
      6, 6, 1, 1, 0,
    ])
    expect(await namesOn(desk)).not.toContain('O’Hara; Tom')
    await desk.select({ ...everybody, show: 'waited' })
    expect((await desk.rows(0, 9)).map(({ email, statuses }) => [email, statuses])).toEqual([
      ['tom@mail.example', ['waiting_room_only']],
    ])
  })

  it('shows registered people who never came apart', async () => {
    const desk = newDesk()
    const rows = [...lesson, { name: 'Nora Absent', email: 'nora@mail.example', stay: null }]
    const overview = await gathered(desk, [fileOf('webinar_registered', { rows })])
    expect(overview.counts.registeredNoShow).toBe(1)
    await desk.measure('told')
    await desk.select({ ...everybody, show: 'stayed_away' })
    expect(await namesOn(desk)).toEqual(['Nora Absent'])
  })

  it('is searched by every name and address, and sorted by name or minutes', async () => {
    const desk = await readLesson()
    await desk.select({ ...everybody, search: ' MING@mail ' })
    expect(await namesOn(desk)).toEqual(['王小明 (Ming)'])
    await desk.select({ ...everybody, order: 'present' })
    expect((await namesOn(desk))[0]).toBe('Vera Host')
    await desk.select({ ...everybody, order: 'name' })
    expect((await namesOn(desk)).slice(0, 2)).toEqual(['Anna Berg', 'iPhone'])
  })

  it('gives windows of rows only', async () => {
    const desk = await readLesson()
    await desk.select(everybody)
    expect(await desk.rows(4, 100)).toHaveLength(2)
    expect(await desk.rows(6, 100)).toEqual([])
  })

  it('tells the longest gap, devices at once, and from when to when', async () => {
    const desk = await readLesson()
    await desk.select({ ...everybody, search: 'ming' })
    const [ming] = await desk.rows(0, 1)
    expect(ming).toMatchObject({ devices: 2, gap: null, meetings: 1 })
    await desk.select({ ...everybody, search: 'anna' })
    const [anna] = await desk.rows(0, 1)
    expect(anna?.devices).toBe(1)
    expect((anna?.gap?.toMs ?? 0) - (anna?.gap?.fromMs ?? 0)).toBe(96_000)
  })

  it('opens one person with every stretch of every device, what counts once said', async () => {
    const desk = await readLesson()
    await desk.select({ ...everybody, search: 'ming' })
    const [row] = await desk.rows(0, 1)
    const details = await desk.person(row?.index ?? -1)
    expect(details.evidence.map(({ code }) => code)).toContain('same_email')
    expect(details.connections.flatMap(({ segments }) => segments.map(({ overlaps }) => overlaps))).toEqual([
      true,
      true,
    ])
  })
})

describe('the minimum', () => {
  it('counts how many reach each thousandth, and tells who changes sides and who is close', async () => {
    const desk = newDesk()
    await desk.gather([fileOf('M1')], 'UTC')
    const measured = await desk.measure('told')
    expect([measured.reaching[0], measured.reaching[750], measured.reaching[1000]]).toEqual([6, 5, 1])
    expect(measured).toMatchObject({ baseSeconds: 108 * 60, unknown: 0 })
    expect(await desk.flips(89, 90)).toMatchObject({
      gained: [],
      lost: ['Иван Петров'],
      close: ['Иван Петров'],
    })
    expect((await desk.flips(90, 89)).gained).toEqual(['Иван Петров'])
    const { counts } = await desk.select({ ...everybody, minimum: 90 })
    expect([counts.passing, counts.below]).toEqual([
      measured.reaching[900],
      6 - (measured.reaching[900] ?? 0),
    ])
  })

  it('is of the rows, of the meeting, or of a window on the meeting’s own day', async () => {
    const desk = await readLesson()
    expect((await desk.measure('rows')).baseSeconds).toBe(108 * 60)
    const window = await desk.measure({ fromMinute: 18 * 60 + 30, toMinute: 19 * 60 + 30 })
    expect(window.baseSeconds).toBe(3600)
    expect(window.base).toEqual({
      fromMs: Date.UTC(2026, 4, 20, 18, 30),
      toMs: Date.UTC(2026, 4, 20, 19, 30),
    })
  })

  it('names the window of several meetings, as the command line does', async () => {
    const desk = newDesk()
    const another = { ...oneMeeting, number: '89999999999', startedMs: oneMeeting.startedMs + 3_600_000 }
    await desk.gather([fileOf('M1'), { ...fileOf('webinar', { meetings: [another] }), id: 'b' }], 'UTC')
    const window = { fromMinute: 18 * 60, toMinute: 20 * 60 }
    expect((await desk.measure(window)).base).toEqual({ meetings: 2, of: 2, window })
  })

  it('cannot be told of a list without times, and neither can a curve', async () => {
    const desk = newDesk()
    const overview = await gathered(desk, [fileOf('P7')])
    expect(overview.counts.hasTimes).toBe(false)
    const measured = await desk.measure('rows')
    expect([measured.base, measured.reaching[0], measured.unknown]).toEqual([null, 0, overview.counts.people])
    expect(await desk.curve(0)).toBeNull()
  })
})

describe('what is taken along', () => {
  it('is the very text the command line writes', async () => {
    const { name, bytes } = portalFile('M1', 'en')
    const desk = await readLesson()
    const source = { name, size: bytes.length, open: () => oneChunk(bytes) }
    const whole = await gather([source], { zone: 'UTC', dates: null, columns: null })
    const answer = answerOf(whole, {
      ...{ base: 'actual', minShare: 75, zone: 'UTC', asker: 'command_line', language: 'en' },
    })
    // As text() would drop the mark that Excel needs.
    const here = Buffer.from(await (await desk.csv(75, null)).arrayBuffer()).toString('utf8')
    const lines = [...csvChunks(answer.people())].join('')
    expect(here).toBe(lines)
    const told = Buffer.from(await (await desk.csv(75, '6 people came, 5 stayed.')).arrayBuffer())
    expect(told.toString('utf8')).toBe(`\ufeff"6 people came, 5 stayed."\r\n\r\n${lines.slice(1)}`)
  })

  it('is a table for pasting: a line a person, nothing that runs, the language’s own numbers', async () => {
    const desk = newDesk()
    const rows = [...lesson, { ...lesson[4], name: '=1+1\tx', email: '', stay: lesson[4]?.stay ?? null }]
    await desk.gather([fileOf('M1', { rows })], 'Europe/Berlin')
    await desk.measure('told')
    const [sentence, empty, ...table] = (await desk.table(75, 'Пришли 7.', 'ru')).split('\n')
    expect([sentence, empty]).toEqual(['Пришли 7.', ''])
    const lines = table.map((line) => line.split('\t'))
    expect(new Set(lines.map((cells) => cells.length))).toEqual(new Set([7]))
    expect(lines[0]?.[0]).toBe('Имя')
    expect(lines[0]?.slice(2, 4)).toEqual(['Первый вход (Europe/Berlin)', 'Последний выход (Europe/Berlin)'])
    expect(lines[0]?.[5]).toMatch(/^Доля \(% от \d\d:\d\d–\d\d:\d\d\)$/)
    expect(lines.map(([name]) => name)).toContain("'=1+1 x")
    const ivan = lines.find(([name]) => name === 'Иван Петров')
    expect(ivan?.slice(2, 6)).toEqual(['2026-05-20 18:07:00', '2026-05-20 19:44:00', '97', '89,8%'])
  })
})

describe('what goes wrong', () => {
  it('is said when something is asked before anything was read', async () => {
    await expect(async () => newDesk().rows(0, 1)).rejects.toThrow('Nothing was read yet')
  })

  it('is said of the file that was a list and is one no more', async () => {
    const gathering = await newDesk().gather([fileOf('M1'), textFile('a.csv', 'x')], 'UTC')
    expect(gathering).toEqual({
      refused: [{ id: 'a.csv', refusal: expect.objectContaining({ code: 'not_recognised' }) as object }],
    })
  })

  it('is said of the file that went away while it was read', async () => {
    const gone = { ...fileOf('M1'), file: vanishing(droppedFile('M1'), 1) }
    expect(await newDesk().gather([gone], 'UTC')).toEqual({
      refused: [{ id: gone.id, refusal: { code: 'unreadable', file: gone.name, line: null } }],
    })
  })
})

async function* oneChunk(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  await Promise.resolve()
  yield bytes
}
