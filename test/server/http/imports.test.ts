import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { GatheringList, Problem } from '../../../shared/wire/index.ts'
import { classmate, openClassroom, type Classroom } from '../../support/classroom.ts'
import {
  exportOf,
  handIn,
  imported,
  importsOf,
  preview,
  rosterOf,
  undo,
  whoAndHowLong,
  type CsvRow,
} from '../imports/handing-in.ts'

const MINUTE_MS = 60_000
const [anna, boris] = [classmate('anna', 'Anna Petrova'), classmate('boris', 'Boris Ivanov')]

let room: Classroom
let token: string
beforeEach(async () => {
  room = await openClassroom({ others: [anna, boris] })
  token = await tokenOf(room)
})
afterEach(() => room.server.stop())

async function tokenOf({ server, elena }: Classroom): Promise<string> {
  server.clock.advanceBy(1_000)
  return (await server.session(server.world.appContext(elena, null))).token
}

/** Elena teaches Anna and Boris for three quarters of an hour, and Zoom tells of it. */
async function teach(): Promise<{ startMs: number; endMs: number; rows: CsvRow[] }> {
  const { server, lesson } = room
  server.webhooks.follow(lesson)
  const startMs = server.clock.now()
  for (const key of ['elena', 'anna', 'boris']) lesson.join(key)
  server.clock.advanceBy(45 * MINUTE_MS)
  lesson.end()
  await server.told()
  token = await tokenOf(room)
  const endMs = startMs + 45 * MINUTE_MS
  return { startMs, endMs, rows: rowsFrom(startMs, endMs) }
}

const rowsFrom = (fromMs: number, toMs: number): CsvRow[] => [
  { name: 'Elena K.', email: 'elena@school.example', fromMs, toMs },
  { name: 'Anna Petrova', email: 'anna@school.example', fromMs, toMs },
  { name: 'Boris Ivanov', fromMs, toMs },
]
const lastWeek = Date.UTC(2026, 10, 16, 13, 0)
const history = async () =>
  ((await (await room.server.call(token, 'GET', '/api/gatherings')).json()) as GatheringList).items
const problemOf = async (answer: Response): Promise<Problem> => (await answer.json()) as Problem
const oldLesson = (number = '98765432100', startMs = lastWeek) => ({
  ...{ number, startMs, endMs: startMs + 60 * MINUTE_MS },
})

describe('a file of a meeting nobody recorded', () => {
  it('makes a gathering with its topic, number, times and people', async () => {
    const { server } = room
    const { startMs, endMs, number } = oldLesson()
    const file = exportOf(oldLesson(), [
      ...rowsFrom(startMs + MINUTE_MS, endMs),
      { name: 'Boris Ivanov', fromMs: startMs, toMs: startMs + MINUTE_MS },
    ])
    const answer = await imported(server, token, file)
    expect(answer).toMatchObject({
      outcome: 'imported',
      rows: { read: 4, added: 4, known: 0, withoutTimes: 0 },
      people: { added: 3, matched: 0 },
      gatherings: [{ isNew: true }],
    })
    const roster = await rosterOf(server, token, answer.gatherings[0]?.gatheringId ?? '')
    expect(roster.gathering).toMatchObject({
      ...{ number, topic: 'Lesson 4', witnesses: ['import'] },
      startedAt: new Date(startMs).toISOString(),
      endedAt: new Date(endMs).toISOString(),
      report: { state: 'none', reason: 'imported' },
    })
    expect(whoAndHowLong(roster)).toEqual(['Anna Petrova 59', 'Boris Ivanov 60', 'Elena K. 59'])
    await server.runDue()
    server.clock.advanceBy(10_000)
    await server.runDue()
    expect(await history()).toMatchObject([{ topic: 'Lesson 4', number, came: 3, standing: 'owner' }])
    expect(await server.query('select count(*)::int as n from reports')).toEqual([{ n: 0 }])
  })

  it('changes nothing when it is handed in again', async () => {
    const { server } = room
    const { startMs, endMs } = oldLesson()
    const file = exportOf(oldLesson(), rowsFrom(startMs, endMs))
    const first = await imported(server, token, file)
    const before = await rosterOf(server, token, first.gatherings[0]?.gatheringId ?? '')
    const second = await handIn(server, token, file, { name: 'another name.csv' })
    expect(second.status).toBe(200)
    expect(await second.json()).toEqual({
      ...{ id: first.id, outcome: 'known', people: { added: 0, matched: 3 } },
      rows: { read: 3, added: 0, known: 3, withoutTimes: 0 },
      gatherings: [{ gatheringId: first.gatherings[0]?.gatheringId, isNew: false }],
    })
    expect((await rosterOf(server, token, before.gathering.id)).version).toBe(before.version)
    expect(await importsOf(server, token)).toHaveLength(1)
  })

  it('meets another export of the same meeting, and doubles nobody', async () => {
    const { server } = room
    const { startMs, endMs } = oldLesson()
    const rows = rowsFrom(startMs, endMs)
    const first = await imported(server, token, exportOf(oldLesson(), rows))
    const more = { name: 'Vera', fromMs: startMs + 5 * MINUTE_MS, toMs: endMs }
    const second = await imported(
      server,
      token,
      exportOf({ ...oldLesson(), topic: 'Again' }, [...rows, more]),
    )
    expect(second).toMatchObject({
      people: { added: 1, matched: 3 },
      gatherings: [{ gatheringId: first.gatherings[0]?.gatheringId, isNew: false }],
    })
    const roster = await rosterOf(server, token, second.gatherings[0]?.gatheringId ?? '')
    expect(roster.people.map(({ name }) => name).sort()).toEqual([
      ...['Anna Petrova', 'Boris Ivanov', 'Elena K.', 'Vera'],
    ])
    expect(await history()).toHaveLength(1)
  })

  it('says something else in another zone, and takes the place of what it said before', async () => {
    const { server } = room
    const { startMs, endMs } = oldLesson()
    const file = exportOf(oldLesson(), rowsFrom(startMs, endMs))
    await imported(server, token, file)
    const again = await imported(server, token, file, { zone: 'Asia/Tokyo' })
    expect(again.outcome).toBe('replaced')
    expect(await history()).toMatchObject([
      { startedAt: new Date(startMs - 9 * 60 * MINUTE_MS).toISOString() },
    ])
  })

  it('is read in its zone, also in the night when clocks change', async () => {
    const { server } = room
    const startMs = Date.UTC(2026, 9, 24, 23, 30)
    const endMs = startMs + 180 * MINUTE_MS
    const meeting = { number: '98765432100', startMs, endMs }
    const answer = await imported(
      server,
      token,
      exportOf(meeting, rowsFrom(startMs, endMs), 'Europe/Berlin'),
      {
        zone: 'Europe/Berlin',
      },
    )
    const roster = await rosterOf(server, token, answer.gatherings[0]?.gatheringId ?? '')
    expect(roster.gathering).toMatchObject({
      startedAt: '2026-10-24T23:30:00.000Z',
      endedAt: '2026-10-25T02:30:00.000Z',
    })
    expect(whoAndHowLong(roster)).toEqual(['Anna Petrova 180', 'Boris Ivanov 180', 'Elena K. 180'])
  })
})

describe('a file of a meeting that was recorded', () => {
  it('goes to its gathering, by number and time, and doubles nobody', async () => {
    const { server, lesson } = room
    const { startMs, endMs, rows } = await teach()
    const number = String(lesson.meeting.number)
    const answer = await imported(server, token, exportOf({ number, startMs, endMs }, rows))
    expect(answer).toMatchObject({
      people: { added: 0, matched: 3 },
      gatherings: [{ isNew: false }],
    })
    const roster = await rosterOf(server, token, answer.gatherings[0]?.gatheringId ?? '')
    expect(roster.gathering.witnesses).toEqual(['webhook', 'import'])
    expect(roster.summary.came).toBe(3)
    expect(roster.people.every(({ seenLiveOnly }) => !seenLiveOnly)).toBe(true)
    expect(await history()).toHaveLength(1)
  })

  it('adds who came by the file alone, and tells none of them as seen live or added by Zoom’s report', async () => {
    const { server, lesson } = room
    const { startMs, endMs, rows } = await teach()
    const gone = { name: 'Vera', fromMs: startMs, toMs: endMs }
    const file = exportOf({ number: String(lesson.meeting.number), startMs, endMs }, [...rows, gone])
    const { gatherings } = await imported(server, token, file)
    for (let minute = 0; minute < 30; minute++) {
      server.clock.advanceBy(MINUTE_MS)
      await server.runDue()
    }
    token = await tokenOf(room)
    const id = gatherings[0]?.gatheringId ?? ''
    const roster = await rosterOf(server, token, id)
    expect(roster.gathering.witnesses).toEqual(['webhook', 'report', 'import'])
    expect(roster.gathering.report.state).toBe('final')
    expect(roster.people.map(({ name, seenLiveOnly }) => `${name} ${seenLiveOnly}`).sort()).toEqual([
      ...['Anna Petrova false', 'Boris Ivanov false', 'Elena K. false', 'Vera false'],
    ])
    const differences = await server.call(token, 'GET', `/api/gatherings/${id}/differences`)
    expect(await differences.json()).toMatchObject({ counts: { added: 0, not_in_report: 0 } })
  })

  it('that Zoom tells of only later comes together with it, and keeps who is who', async () => {
    const { server, lesson } = room
    const number = String(lesson.meeting.number)
    const startMs = server.clock.now() + MINUTE_MS
    const endMs = startMs + 45 * MINUTE_MS
    const rows = [...rowsFrom(startMs, endMs), { name: 'iPhone', fromMs: startMs, toMs: endMs }]
    const { gatherings } = await imported(server, token, exportOf({ number, startMs, endMs }, rows))
    const id = gatherings[0]?.gatheringId ?? ''
    await rosterOf(server, token, id)
    await teach()
    await server.runDue()
    const list = await history()
    expect(list).toHaveLength(1)
    const roster = await rosterOf(server, token, list[0]?.id ?? '')
    expect(roster.people.map(({ name }) => name).sort()).toEqual([
      ...['Anna Petrova', 'Boris Ivanov', 'Elena K.', 'iPhone'],
    ])
    expect(roster.gathering.witnesses).toEqual(['webhook', 'import'])
    // Its old address leads to the same list.
    expect((await rosterOf(server, token, id)).gathering.id).toBe(roster.gathering.id)
  })

  it('of another day or another number makes a gathering of its own', async () => {
    const { server, lesson } = room
    const { startMs, endMs } = await teach()
    const number = String(lesson.meeting.number)
    const dayMs = 24 * 60 * MINUTE_MS
    const yesterday = { number, startMs: startMs - dayMs, endMs: endMs - dayMs }
    await imported(server, token, exportOf(yesterday, rowsFrom(yesterday.startMs, yesterday.endMs)))
    await imported(
      server,
      token,
      exportOf({ ...oldLesson('5550001111'), startMs, endMs }, rowsFrom(startMs, endMs)),
    )
    await server.runDue()
    expect(await history()).toHaveLength(3)
  })

  it('without a number goes there only when the person says so', async () => {
    const { server } = room
    const { startMs, endMs, rows } = await teach()
    const bare = exportOf({ number: '', startMs, endMs }, rows).split('\r\n').slice(3).join('\r\n')
    const asked = await preview(server, token, {
      hash: '0'.repeat(64),
      meetings: [
        {
          number: null,
          startedAt: new Date(startMs).toISOString(),
          endedAt: new Date(endMs).toISOString(),
        },
      ],
    })
    expect(asked).toMatchObject({
      importedAt: null,
      meetings: [{ goesTo: null, maybe: [{ topic: 'Lesson 4' }] }],
    })
    const gatheringId = asked.meetings[0]?.maybe[0]?.gatheringId ?? ''
    const apart = await imported(server, token, bare)
    expect(apart.gatherings).toMatchObject([{ isNew: true }])
    const into = await imported(server, token, bare, { into: [{ meeting: 0, gatheringId }] })
    expect(into).toMatchObject({ outcome: 'replaced', gatherings: [{ gatheringId, isNew: false }] })
    expect(await history()).toHaveLength(1)
  })
})

describe('undoing an import', () => {
  it('takes back what the file said and leaves what others told', async () => {
    const { server, lesson } = room
    const { startMs, endMs, rows } = await teach()
    const gone = { name: 'Vera', fromMs: startMs, toMs: endMs }
    const file = exportOf({ number: String(lesson.meeting.number), startMs, endMs }, [...rows, gone])
    const { id, gatherings } = await imported(server, token, file)
    const gatheringId = gatherings[0]?.gatheringId ?? ''
    expect((await rosterOf(server, token, gatheringId)).summary.came).toBe(4)
    expect((await undo(server, token, id)).status).toBe(204)
    expect((await undo(server, token, id)).status).toBe(204)
    const roster = await rosterOf(server, token, gatheringId)
    expect(roster.summary.came).toBe(3)
    expect(roster.gathering.witnesses).toEqual(['webhook'])
    expect(await importsOf(server, token)).toMatchObject([{ id, state: 'undone', byViewer: true, rows: 4 }])
    // Handed in again it is there again.
    expect((await imported(server, token, file)).rows.added).toBe(4)
    expect((await rosterOf(server, token, gatheringId)).summary.came).toBe(4)
  })

  it('removes a gathering only the file told of, and restores it', async () => {
    const { server } = room
    const { startMs, endMs } = oldLesson()
    const file = exportOf(oldLesson(), rowsFrom(startMs, endMs))
    const { id, gatherings } = await imported(server, token, file)
    await undo(server, token, id)
    expect(await history()).toEqual([])
    expect(await server.query('select count(*)::int as n from evidence')).toEqual([{ n: 0 }])
    const path = `/api/gatherings/${gatherings[0]?.gatheringId ?? ''}/roster`
    expect((await server.call(token, 'GET', path)).status).toBe(404)
    await imported(server, token, file)
    expect(await history()).toHaveLength(1)
  })

  it('is written down without a name, and so is the import', async () => {
    const { server } = room
    const { startMs, endMs } = oldLesson()
    const file = exportOf(oldLesson(), rowsFrom(startMs, endMs))
    const { id } = await imported(server, token, file, { name: 'Anna Petrova.csv' })
    // The name of the file is found again, and is sealed.
    expect(await importsOf(server, token)).toMatchObject([{ id, name: 'Anna Petrova.csv' }])
    const [row] = await server.query("select encode(name, 'escape') as name from imports")
    expect(row?.['name']).not.toMatch(/Anna|csv/)
    await undo(server, token, id)
    const acts = await server.query("select act, detail from audit where act like 'import%' order by seq")
    expect(acts).toEqual([
      {
        act: 'imported',
        detail: { file: expect.stringMatching(/^[0-9a-f]{8}$/), rows: 3, withoutTimes: 0, meetings: 1 },
      },
      { act: 'import_undone', detail: { facts: 5 } },
    ])
    expect(await server.query('select name, state from imports')).toEqual([{ name: null, state: 'undone' }])
    expect(server.logLines.join('')).not.toMatch(/Anna|Petrova/)
  })
})

describe('an import that breaks off', () => {
  it('is completed by handing the file in again, and counts nobody twice', async () => {
    const { server } = room
    const { startMs, endMs } = oldLesson()
    const rows = Array.from({ length: 5_000 }, (_, i) => ({
      ...{ name: `Pupil ${i}`, email: `p${i}@school.example`, fromMs: startMs, toMs: endMs },
    }))
    const file = exportOf(oldLesson(), rows)
    await server.query(`create function give_up() returns trigger language plpgsql as $$
      begin
        if (select count(*) from evidence) > 3000 then raise exception 'out of disk'; end if;
        return null;
      end $$`)
    await server.query(
      'create trigger give_up after insert on evidence for each statement execute function give_up()',
    )
    const broken = await handIn(server, token, file)
    expect(broken.status).toBeGreaterThanOrEqual(500)
    const [left] = await server.query("select count(*)::int as n from evidence where kind = 'import_row'")
    expect(left?.['n']).toBeGreaterThan(0)
    expect(left?.['n']).toBeLessThan(5_000)
    expect(await importsOf(server, token)).toMatchObject([{ state: 'running' }])
    await server.query('drop trigger give_up on evidence')
    const { gatherings } = await imported(server, token, file)
    const roster = await rosterOf(server, token, gatherings[0]?.gatheringId ?? '')
    expect(roster.summary).toMatchObject({ came: 5_000, certain: 5_000 })
    expect(await history()).toHaveLength(1)
    expect(await importsOf(server, token)).toMatchObject([{ state: 'done' }])
  })
})

describe('what cannot be imported', () => {
  const times = exportOf(oldLesson(), rowsFrom(lastWeek, lastWeek + MINUTE_MS))
  it.each([
    ['a picture', '\u0089PNG\r\n\u001a\n....', {}, 422, 'file_refused', 'image'],
    [
      'a chat',
      '19:00:01 From Anna to Everyone: hello\n19:00:05 From Boris to Everyone: hi\n',
      {},
      422,
      'file_refused',
      'chat_log',
    ],
    ['nothing', '', {}, 422, 'file_refused', 'empty_file'],
    [
      'totals',
      'Name (Original Name),User Email,Total Duration (Minutes),Guest\r\nAnna,,45,No\r\n',
      {},
      422,
      'file_without_times',
      null,
    ],
    [
      'dates both ways',
      'Name,Join Time,Leave Time\r\nAnna,03/04/2026 18:00:00,03/04/2026 18:30:00\r\n',
      {},
      422,
      'file_refused',
      'date_order_open',
    ],
    ['no such zone', times, { zone: 'Mars/Olympus' }, 400, 'bad_request', null],
  ] as const)('%s', async (_what, text, options, status, code, why) => {
    const bytes = Buffer.from(text, _what === 'a picture' ? 'latin1' : 'utf8')
    const answer = await handIn(room.server, token, bytes, options)
    expect(answer.status).toBe(status)
    expect(answer.headers.get('content-type')).toContain('application/problem+json')
    const problem = await problemOf(answer)
    expect(problem.code).toBe(code)
    if (why !== null) expect(problem.errors).toEqual([{ path: 'file', message: why }])
    expect(await room.server.query('select count(*)::int as n from imports')).toEqual([{ n: 0 }])
  })

  it('a file of more than 32 MiB, which the command line reads', async () => {
    const answer = await handIn(room.server, token, new Uint8Array(32 * 1024 * 1024 + 1))
    expect(answer.status).toBe(413)
    expect((await problemOf(answer)).detail).toContain('rollbook people')
  })

  it('by a co-host or a stranger', async () => {
    expect((await handIn(room.server, null, times)).status).toBe(401)
  })
})
