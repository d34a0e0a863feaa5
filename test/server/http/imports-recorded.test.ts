import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openClassroom, type Classroom } from '../../support/classroom.ts'
import { exportOf, imported, preview, rosterOf } from '../imports/handing-in.ts'
import {
  historyOf,
  MINUTE_MS,
  oldLesson,
  pupils,
  rowsFrom,
  teach,
  tokenOf,
} from '../imports/lesson-of-three.ts'

let room: Classroom
let token: string
beforeEach(async () => {
  room = await openClassroom({ others: pupils })
  token = await tokenOf(room)
})
afterEach(() => room.server.stop())

async function taught(): ReturnType<typeof teach> {
  const lesson = await teach(room)
  token = await tokenOf(room)
  return lesson
}
const history = () => historyOf(room.server, token)

describe('a file of a meeting that was recorded', () => {
  it('goes to its gathering, by number and time, and doubles nobody', async () => {
    const { server, lesson } = room
    const { startMs, endMs, rows } = await taught()
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
    const { startMs, endMs, rows } = await taught()
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
    await taught()
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
    const { startMs, endMs } = await taught()
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
    const { startMs, endMs, rows } = await taught()
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
