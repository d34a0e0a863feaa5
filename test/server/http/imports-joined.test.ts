import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { GatheringDetail, GatheringList } from '../../../shared/wire/index.ts'
import { classmate, openClassroom, type Classroom } from '../../support/classroom.ts'
import { exportOf, imported, rosterOf, undo } from '../imports/handing-in.ts'

const MINUTE_MS = 60_000
const anna = classmate('anna', 'Anna Petrova')

let room: Classroom
let token: string
beforeEach(async () => {
  room = await openClassroom({ others: [anna] })
  await freshen()
})
afterEach(() => room.server.stop())

async function freshen(): Promise<void> {
  room.server.clock.advanceBy(1_000)
  token = (await room.server.session(room.server.world.appContext(room.elena, null))).token
}

const history = async () =>
  ((await (await room.server.call(token, 'GET', '/api/gatherings')).json()) as GatheringList).items
const detail = async (gatheringId: string) =>
  (await (await room.server.call(token, 'GET', `/api/gatherings/${gatheringId}`)).json()) as GatheringDetail
const namesIn = async (gatheringId: string): Promise<string[]> =>
  (await rosterOf(room.server, token, gatheringId)).people.map(({ name }) => name).sort()
const join = async (gatheringId: string, otherId: string): Promise<void> => {
  const answer = await room.server.call(token, 'POST', `/api/gatherings/${gatheringId}/joined`, { otherId })
  expect(answer.status).toBe(204)
}

const startMs = Date.UTC(2026, 10, 16, 13, 0)
const number = '98765432100'
/** Parts of one evening, two minutes apart: whom the file of each names. */
const partOf = (part: number, ...names: string[]): string => {
  const span = {
    ...{ fromMs: startMs + part * 32 * MINUTE_MS, toMs: startMs + (part * 32 + 30) * MINUTE_MS },
  }
  return exportOf(
    { number, topic: `Part ${part}`, startMs: span.fromMs, endMs: span.toMs },
    names.map((name) => ({ name, ...span })),
  )
}

describe('an imported meeting that was joined with others', () => {
  it('goes alone when its file is undone, and the others stay together and listed', async () => {
    const { server } = room
    const files = [partOf(0, 'Anna Petrova', 'Boris'), partOf(1, 'Anna Petrova', 'Vera'), partOf(2, 'Vera')]
    const answers = []
    for (const file of files) answers.push(await imported(server, token, file))
    const [first = '', second = '', third = ''] = answers.map((one) => one.gatherings[0]?.gatheringId)
    await join(first, second)
    await join(first, third)
    expect(await history()).toHaveLength(1)
    const veraId = async (): Promise<string | undefined> =>
      (await rosterOf(server, token, third)).people.find(({ name }) => name === 'Vera')?.id
    const before = await veraId()

    expect((await undo(server, token, answers[0]?.id ?? '')).status).toBe(204)
    expect((await history()).map(({ id, topic }) => [id, topic])).toEqual([[second, 'Part 1']])
    expect(await namesIn(second)).toEqual(['Anna Petrova', 'Vera'])
    expect(await veraId()).toBe(before)
    expect((await detail(second)).restarts.filter(({ state }) => state === 'joined')).toHaveLength(1)

    const again = await imported(server, token, files[0] ?? '')
    expect(again).toMatchObject({ outcome: 'imported', gatherings: [{ isNew: true }] })
    await join(second, again.gatherings[0]?.gatheringId ?? '')
    expect(await namesIn(second)).toEqual(['Anna Petrova', 'Boris', 'Vera'])
  })

  it('leaves a meeting that Zoom told of in the history, as it was', async () => {
    const { server, lesson } = room
    server.webhooks.follow(lesson)
    const beganMs = server.clock.now()
    for (const key of ['elena', 'anna']) lesson.join(key)
    server.clock.advanceBy(45 * MINUTE_MS)
    lesson.end()
    await server.told()
    await freshen()
    const recorded = (await history())[0]?.id ?? ''
    const span = { fromMs: beganMs - 40 * MINUTE_MS, toMs: beganMs - 2 * MINUTE_MS }
    const { id, gatherings } = await imported(
      server,
      token,
      exportOf({ number: String(lesson.meeting.number), startMs: span.fromMs, endMs: span.toMs }, [
        { name: 'Vera', ...span },
      ]),
    )
    const filed = gatherings[0]?.gatheringId ?? ''
    await join(filed, recorded)
    expect(await namesIn(filed)).toEqual(['Anna Petrova', 'Elena K.', 'Vera'])
    await undo(server, token, id)
    expect((await history()).map((one) => one.id)).toEqual([recorded])
    expect(await namesIn(recorded)).toEqual(['Anna Petrova', 'Elena K.'])
  })

  it('can be taken apart again, and each file is then undone by itself', async () => {
    const { server } = room
    const one = await imported(server, token, partOf(0, 'Boris'))
    const other = await imported(server, token, partOf(1, 'Vera'))
    const [first = '', second = ''] = [one, other].map(({ gatherings }) => gatherings[0]?.gatheringId)
    await join(first, second)
    const joined = (await detail(first)).restarts.find(({ state }) => state === 'joined')
    const split = await server.call(token, 'POST', `/api/gatherings/${first}/split`, {
      meetingId: joined?.otherId,
    })
    expect(split.status).toBe(200)
    await undo(server, token, one.id)
    expect((await history()).map(({ id }) => id)).toEqual([second])
    expect(await namesIn(second)).toEqual(['Vera'])
  })
})
