import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openClassroom, type Classroom } from '../../support/classroom.ts'
import { exportOf, imported, importsOf, rosterOf, undo } from '../imports/handing-in.ts'
import { historyOf, oldLesson, pupils, rowsFrom, teach, tokenOf } from '../imports/lesson-of-three.ts'

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

describe('undoing an import', () => {
  it('takes back what the file said and leaves what others told', async () => {
    const { server, lesson } = room
    const { startMs, endMs, rows } = await taught()
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
