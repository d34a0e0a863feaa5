import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openClassroom, type Classroom } from '../../support/classroom.ts'
import { exportOf, handIn, imported, importsOf, rosterOf, whoAndHowLong } from '../imports/handing-in.ts'
import { historyOf, MINUTE_MS, oldLesson, pupils, rowsFrom, tokenOf } from '../imports/lesson-of-three.ts'

let room: Classroom
let token: string
beforeEach(async () => {
  room = await openClassroom({ others: pupils })
  token = await tokenOf(room)
})
afterEach(() => room.server.stop())

const history = () => historyOf(room.server, token)

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
