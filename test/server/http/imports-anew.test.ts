import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type {
  CorrectionAct,
  CorrectionAnswer,
  CorrectionList,
  GatheringDetail,
  ImportOptions,
  PersonCard,
  PersonRow,
  ProposalList,
} from '../../../shared/wire/index.ts'
import { classmate, openClassroom, type Classroom } from '../../support/classroom.ts'
import { exportOf, handIn, imported, rosterOf, undo, type CsvRow } from '../imports/handing-in.ts'

const MINUTE_MS = 60_000
const MOSCOW = { zone: 'Europe/Moscow' } as const

let room: Classroom
let token: string
beforeEach(async () => {
  room = await openClassroom({ others: [classmate('anna', 'Anna Petrova')] })
  await freshen()
})
afterEach(() => room.server.stop())

async function freshen(): Promise<void> {
  room.server.clock.advanceBy(1_000)
  token = (await room.server.session(room.server.world.appContext(room.elena, null))).token
}

const get = async <Answer>(path: string): Promise<Answer> => {
  const answer = await room.server.call(token, 'GET', path)
  expect(answer.status).toBe(200)
  return (await answer.json()) as Answer
}
const people = async (gatheringId: string): Promise<PersonRow[]> =>
  (await rosterOf(room.server, token, gatheringId)).people
const corrections = async (gatheringId: string) =>
  (await get<CorrectionList>(`/api/gatherings/${gatheringId}/corrections`)).items
const cardOf = async (gatheringId: string, name: string): Promise<PersonCard> => {
  const row = (await people(gatheringId)).find((one) => one.names.includes(name))
  return get<PersonCard>(`/api/gatherings/${gatheringId}/people/${row?.id}`)
}
const post = async (path: string, body: unknown = {}): Promise<CorrectionAnswer> => {
  const answer = await room.server.call(token, 'POST', path, body)
  expect(answer.ok, await answer.clone().text()).toBe(true)
  return (await answer.json()) as CorrectionAnswer
}
const correct = (gatheringId: string, act: CorrectionAct) =>
  post(`/api/gatherings/${gatheringId}/corrections`, act)
/** Everybody as the host reads them, each a line. */
const told = async (gatheringId: string): Promise<string[]> =>
  (await people(gatheringId))
    .map(({ name, labels, host, presentSeconds, identity }) =>
      [
        ...[name, presentSeconds / 60, labels.map((one) => one.name).join('+'), host?.mark?.mark ?? ''],
        ...[host?.email ?? '', identity.evidence.map(({ code }) => code).join('+')],
      ].join(' | '),
    )
    .sort()
const first = (answer: { gatherings: { gatheringId: string }[] }): string =>
  answer.gatherings[0]?.gatheringId ?? ''

const startMs = Date.UTC(2026, 10, 5, 13, 0)
const number = '98765432100'
const meeting = { number, startMs, endMs: startMs + 60 * MINUTE_MS }
const row = (name: string, from: number, to: number, email = ''): CsvRow => ({
  ...{ name, email, fromMs: startMs + from * MINUTE_MS, toMs: startMs + to * MINUTE_MS },
})
const rows = [
  row('Elena K.', 0, 60, 'elena@school.example'),
  row('Anna Petrova', 0, 20, 'anna@school.example'),
  row('Anna Petrova', 30, 60, 'anna@school.example'),
  row('Boris Ivanov', 5, 60),
  row('B. Ivanov (phone)', 0, 10),
  row('iPhone', 2, 40),
  row('iPad', 0, 10),
  row('iPad', 20, 30),
]
const file = exportOf(meeting, rows)
const without = (text: string): string => text.split('\r\n').slice(3).join('\r\n')

/** One correction of each kind. */
async function correctAll(id: string): Promise<number[]> {
  const keyOf = async (name: string, at = 0) => (await cardOf(id, name)).connections[at]?.key ?? ''
  const anna = await cardOf(id, 'Anna Petrova')
  expect(anna.connections.length).toBeGreaterThan(1)
  const acts: CorrectionAct[] = [
    { kind: 'merge', connections: [await keyOf('Boris Ivanov'), await keyOf('B. Ivanov (phone)')] },
    { kind: 'split', connections: [anna.connections[1]?.key ?? ''] },
    { kind: 'rename', connection: anna.connections[1]?.key ?? '', name: 'Anna’s sister' },
    { kind: 'rename', connection: await keyOf('iPhone'), name: 'Ivan Q.' },
    { kind: 'label', connection: await keyOf('iPhone'), label: 'Group 2' },
    { kind: 'mark', connection: await keyOf('Elena K.'), mark: 'present', reason: 'She taught' },
    { kind: 'email', connection: await keyOf('Boris Ivanov'), email: 'boris@school.example' },
  ]
  const seqs: number[] = []
  for (const act of acts) seqs.push((await correct(id, act)).correction.seq)
  return seqs
}

describe('a file read anew', () => {
  it('in another zone is corrected as before, though its meeting is another one', async () => {
    const before = first(await imported(room.server, token, file))
    const [merge, split, rename] = await correctAll(before)
    const list = await told(before)
    expect(list).toHaveLength(7)
    const answer = await imported(room.server, token, file, MOSCOW)
    const id = first(answer)
    expect([answer.outcome, id === before]).toEqual(['replaced', false])
    expect(await told(id)).toEqual(list)
    const items = await corrections(id)
    expect(items.map(({ about, idle }) => [about, idle])).toEqual(
      [
        'B. Ivanov (phone)',
        'Elena K.',
        'Ivan Q.',
        'Ivan Q.',
        'Anna’s sister',
        'Anna’s sister',
        'B. Ivanov (phone)',
      ].map((name) => [name, false]),
    )
    const boris = await cardOf(id, 'Boris Ivanov')
    expect(boris.connections).toHaveLength(2)
    expect(boris.corrections.map(({ seq }) => seq)).toContain(merge)
    const { items: pairs } = await get<ProposalList>(`/api/gatherings/${id}/proposals`)
    expect(pairs.filter(({ name }) => name.startsWith('Anna'))).toEqual([])

    // Each can still be taken back and put back.
    for (const seq of [rename, split, merge]) {
      const { correction, personId } = await post(`/api/gatherings/${id}/corrections/${seq}/undo`)
      expect([correction.undone, correction.idle, personId !== null]).toEqual([true, false, true])
    }
    expect((await people(id)).map(({ name }) => name).sort()).toEqual([
      ...['Anna Petrova', 'B. Ivanov (phone)', 'Boris Ivanov', 'Elena K.', 'Ivan Q.', 'iPad', 'iPad'],
    ])
    for (const seq of [rename, split, merge]) await post(`/api/gatherings/${id}/corrections/${seq}/redo`)
    expect(await told(id)).toEqual(list)
    // And back to the first answers.
    expect(await told(first(await imported(room.server, token, file)))).toEqual(list)
  })

  it('in another order of days and months is corrected as before', async () => {
    const open = file.replaceAll(' PM', '')
    const before = first(await imported(room.server, token, open, { dates: 'mdy' }))
    await correctAll(before)
    const list = await told(before)
    const id = first(await imported(room.server, token, open, { dates: 'dmy' }))
    expect(id).not.toBe(before)
    expect((await rosterOf(room.server, token, id)).gathering.startedAt).toContain('2026-05-11')
    expect(await told(id)).toEqual(list)
  })

  it('by other columns is corrected as before', async () => {
    const before = first(await imported(room.server, token, file))
    await correct(before, {
      ...{ kind: 'rename', name: 'Ivan Q.' },
      connection: (await cardOf(before, 'iPhone')).connections[0]?.key ?? '',
    })
    const columns: ImportOptions['columns'] = [{ at: 0, field: 'email' }]
    const { gatherings } = await imported(room.server, token, file, { columns })
    const names = (await people(first({ gatherings }))).map(({ name }) => name)
    expect(names).toContain('Ivan Q.')
    expect(names).not.toContain('iPhone')
  })

  it('without a meeting number is corrected as before', async () => {
    const bare = without(file)
    const before = first(await imported(room.server, token, bare))
    await correctAll(before)
    const list = await told(before)
    const id = first(await imported(room.server, token, bare, MOSCOW))
    expect(id).not.toBe(before)
    expect(await told(id)).toEqual(list)
  })

  it('names the same device of two under one name, though the other is there now when this one was', async () => {
    const hour = (at: number): CsvRow => row('iPhone', at * 60, at * 60 + 10)
    const both = without(exportOf(meeting, [hour(3), hour(0)]))
    const before = first(await imported(room.server, token, both))
    const early = (await people(before))[0]
    expect(early?.firstJoin).toBe(new Date(startMs).toISOString())
    const card = await get<PersonCard>(`/api/gatherings/${before}/people/${early?.id}`)
    const connection = card.connections[0]?.key ?? ''
    await correct(before, { kind: 'rename', connection, name: 'Ivan Q.' })
    const names = async (id: string) => (await people(id)).map(({ name }) => name)
    expect(await names(before)).toEqual(['Ivan Q.', 'iPhone'])
    // Three hours earlier the other is where this one was.
    const id = first(await imported(room.server, token, both, MOSCOW))
    expect((await people(id))[1]?.firstJoin).toBe(new Date(startMs).toISOString())
    expect(await names(id)).toEqual(['Ivan Q.', 'iPhone'])
  })
})

describe('a meeting that two files tell of', () => {
  const other = exportOf({ ...meeting }, [...rows, row('Vera', 10, 60)])

  it('stays corrected when either is undone, and forgets what was said with the last', async () => {
    for (const kept of [0, 1]) {
      const answers = [await imported(room.server, token, file)]
      const id = first(answers[0] ?? { gatherings: [] })
      await correctAll(id)
      const list = await told(id)
      answers.push(await imported(room.server, token, other))
      const vera = (await told(id)).filter((line) => line.startsWith('Vera'))
      expect(await told(id)).toEqual([...list, ...vera].sort())
      await undo(room.server, token, answers[1 - kept]?.id ?? '')
      expect(await told(id)).toEqual([...list, ...(kept === 1 ? vera : [])].sort())
      await undo(room.server, token, answers[kept]?.id ?? '')
      expect(await said()).toBe(0)
    }
  })

  it('stays corrected where it was, and where one of them is read to be now', async () => {
    const id = first(await imported(room.server, token, file))
    await imported(room.server, token, other)
    await correctAll(id)
    const list = await told(id)
    const moved = await imported(room.server, token, file, MOSCOW)
    expect(await told(id)).toEqual(list)
    expect(await told(first(moved))).toEqual(list.filter((line) => !line.startsWith('Vera')))
    await undo(room.server, token, moved.id)
    expect(await told(id)).toEqual(list)
  })
})

describe('a file that turns out to be of a meeting Zoom told of', () => {
  async function teach(): Promise<{ zoom: string; zoomFile: string }> {
    const { server, lesson } = room
    server.webhooks.follow(lesson)
    const beganMs = server.clock.now()
    for (const key of ['elena', 'anna']) lesson.join(key)
    server.clock.advanceBy(45 * MINUTE_MS)
    lesson.end()
    await server.told()
    await freshen()
    const shifted = rows.slice(0, 6).map((one) => ({
      ...one,
      fromMs: one.fromMs - startMs + beganMs,
      toMs: Math.min(one.toMs - startMs, 45 * MINUTE_MS) + beganMs,
    }))
    const own = { number: String(lesson.meeting.number), startMs: beganMs, endMs: beganMs + 45 * MINUTE_MS }
    const { items } = await get<{ items: { id: string }[] }>('/api/gatherings')
    return { zoom: items[0]?.id ?? '', zoomFile: exportOf(own, shifted, 'Europe/Moscow') }
  }
  const renameIn = async (id: string, name: string, now: string): Promise<void> => {
    const connection = (await cardOf(id, name)).connections[0]?.key ?? ''
    await correct(id, { kind: 'rename', connection, name: now })
  }
  const namesIn = async (id: string) => (await people(id)).map(({ name }) => name).sort()

  it('takes what was said of it along, and leaves there what was said of others', async () => {
    const { zoom, zoomFile } = await teach()
    await renameIn(zoom, 'Elena K.', 'The teacher')
    const wrong = first(await imported(room.server, token, zoomFile))
    expect(wrong).not.toBe(zoom)
    await renameIn(wrong, 'iPhone', 'Ivan Q.')
    await renameIn(wrong, 'Boris Ivanov', 'Boris I.')
    expect(first(await imported(room.server, token, zoomFile, MOSCOW))).toBe(zoom)
    const all = ['Anna Petrova', 'B. Ivanov (phone)', 'Boris I.', 'Ivan Q.', 'The teacher']
    expect(await namesIn(zoom)).toEqual(all)
    // Somewhere else again: only what was said of the file comes along.
    const again = first(await imported(room.server, token, zoomFile))
    expect(await namesIn(again)).toEqual([
      ...['Anna Petrova', 'B. Ivanov (phone)', 'Boris I.', 'Elena K.', 'Ivan Q.'],
    ])
    expect(await corrections(again)).toHaveLength(2)
    expect(await namesIn(zoom)).toEqual(['Anna Petrova', 'The teacher'])
    expect(first(await imported(room.server, token, zoomFile, MOSCOW))).toBe(zoom)
    expect(await namesIn(zoom)).toEqual(all)
  })

  /** Imported before Zoom told of the meeting. */
  async function importedFirst(): Promise<{ zoom: string; early: string }> {
    const { server, lesson } = room
    const beganMs = server.clock.now() + 2_000
    const own = { number: String(lesson.meeting.number), startMs: beganMs, endMs: beganMs + 45 * MINUTE_MS }
    const span = { fromMs: beganMs, toMs: beganMs + 45 * MINUTE_MS }
    const early = exportOf(own, [
      { name: 'Anna Petrova', email: 'anna@school.example', ...span },
      { name: 'iPhone', ...span },
    ])
    await imported(server, token, early)
    const { zoom } = await teach()
    await server.runDue()
    const { items } = await get<{ items: { id: string }[] }>('/api/gatherings')
    expect(items.map(({ id }) => id)).toEqual([zoom])
    return { zoom, early }
  }

  it('takes along what was said of it while it stood for Zoom’s', async () => {
    const { zoom, early } = await importedFirst()
    await renameIn(zoom, 'iPhone', 'Ivan Q.')
    const id = first(await imported(room.server, token, early, MOSCOW))
    expect(id).not.toBe(zoom)
    expect(await namesIn(id)).toEqual(['Anna Petrova', 'Ivan Q.'])
  })

  it('takes along what was said of it when the two are taken apart again', async () => {
    const { zoom } = await importedFirst()
    await renameIn(zoom, 'iPhone', 'Ivan Q.')
    await renameIn(zoom, 'Elena K.', 'The teacher')
    const { restarts } = await get<GatheringDetail>(`/api/gatherings/${zoom}`)
    const joined = restarts.find(({ state }) => state === 'joined')
    const split = await room.server.call(token, 'POST', `/api/gatherings/${zoom}/split`, {
      meetingId: joined?.otherId,
    })
    const { gatheringId } = (await split.json()) as { gatheringId: string }
    expect(await namesIn(zoom)).toEqual(['Anna Petrova', 'The teacher'])
    expect(await namesIn(gatheringId)).toEqual(['Anna Petrova', 'Ivan Q.'])
    expect(await corrections(gatheringId)).toHaveLength(1)
  })
})

describe('reading a file anew that breaks off', () => {
  let before: { id: string; gatheringId: string }
  let list: string[]
  /** The old facts are taken back already, and the new ones cannot be kept. */
  beforeEach(async () => {
    const { server } = room
    const answer = await imported(server, token, file)
    before = { id: answer.id, gatheringId: first(answer) }
    await correctAll(before.gatheringId)
    list = await told(before.gatheringId)
    await server.query(`create function full_disk() returns trigger language plpgsql as
      $$ begin raise exception 'no space left on device'; end $$`)
    await server.query('create trigger full_disk before insert on evidence execute function full_disk()')
    expect((await handIn(server, token, file, MOSCOW)).status).toBe(500)
    await server.query('drop trigger full_disk on evidence')
    expect((await server.call(token, 'GET', `/api/gatherings/${before.gatheringId}/roster`)).status).toBe(404)
  })

  it('is corrected as before when it is handed in once more, with the same answers or others', async () => {
    for (const options of [MOSCOW, { zone: 'Asia/Tokyo' }, {}])
      expect(await told(first(await imported(room.server, token, file, options)))).toEqual(list)
  })

  it('is corrected as before though another import is undone meanwhile', async () => {
    const other = await imported(room.server, token, exportOf({ ...meeting, number: '5550001111' }, rows))
    expect((await undo(room.server, token, other.id)).status).toBe(204)
    expect(await told(first(await imported(room.server, token, file, MOSCOW)))).toEqual(list)
  })

  it('leaves nothing behind when it is undone', async () => {
    expect((await undo(room.server, token, before.id)).status).toBe(204)
    expect(await said()).toBe(0)
    const left = await room.server.query(
      'select uuid from meetings union all select id::text from gatherings',
    )
    expect(left).toEqual([])
    expect(await corrections(first(await imported(room.server, token, file)))).toEqual([])
  })
})

/** How many rows there are of what hosts said, and of what imports remember for it. */
async function said(): Promise<unknown> {
  const [left] = await room.server.query(
    `select (select count(*) from corrections)::int + (select count(*) from correction_meetings)::int
       + (select count(*) from import_meetings)::int + (select count(*) from policy_meetings)::int as n`,
  )
  return left?.['n']
}
