import { afterEach, describe, expect, it } from 'vitest'
import type { GatheringDetail, GatheringList } from '../../../shared/wire/index.ts'
import { classmate } from '../../support/classroom.ts'
import { startServer } from '../../support/server.ts'
import { afterClass, type AfterClass } from '../reports/after-class.ts'
import { joined } from '../storage/fixtures.ts'

let after: AfterClass
afterEach(() => after.server.stop())

const asHost = async () => {
  const { server, lesson } = after
  server.clock.advanceBy(1_000)
  return (await server.session(server.world.appContext(lesson.meeting.host, null))).token
}
/** How many came to each gathering, newest first, as the history of the host says. Nobody opens any of them. */
async function history(): Promise<[string, number | null][]> {
  const answer = await after.server.call(await asHost(), 'GET', '/api/gatherings')
  const { items } = (await answer.json()) as GatheringList
  return items.map(({ id, came }) => [id, came])
}
const meetingIdOf = async (uuid: string) =>
  String((await after.server.query('select id from meetings where uuid = $1', [uuid]))[0]?.['id'])
const late = async (name: string) => {
  const { server, lesson, installationId } = after
  const uuid = lesson.meeting.uuid
  await server.storage.evidenceLog.append({
    ...{ installationId, meetingId: await meetingIdOf(uuid), mention: null },
    facts: [{ ...joined(uuid, name, name), atMs: server.clock.now() - 30 * 60_000 }],
  })
}

describe('a meeting that nobody opened', () => {
  it('tells how many came some seconds after its end, and not while it is on', async () => {
    after = await afterClass({ ended: false })
    const { gatheringId, lesson, server } = after
    expect(await history()).toEqual([[gatheringId, null]])
    lesson.end()
    await server.told()
    await after.pass(10, 10)
    expect(await history()).toEqual([[gatheringId, 3]])
    expect(await after.status()).toMatchObject({ state: 'waiting' })
    // Counting is no looking: nobody was given an id by it.
    expect(await server.query('select * from people')).toEqual([])
  })

  it('tells it also when no report ever comes', async () => {
    after = await afterClass({ settings: { REPORT_PLAN: '60,120' } })
    after.switches.readyAfterMs = Number.MAX_SAFE_INTEGER
    await after.pass(600)
    expect(await after.status()).toMatchObject({ state: 'unavailable' })
    expect(await history()).toEqual([[after.gatheringId, 3]])
  })

  it('keeps its number until late evidence has been counted, and then has the right one', async () => {
    after = await afterClass()
    await after.pass(10, 10)
    await late('Late Lena')
    expect(await history()).toEqual([[after.gatheringId, 3]])
    await after.pass(10, 10)
    expect(await history()).toEqual([[after.gatheringId, 4]])
  })

  it('is counted anew also when its report was final already', async () => {
    after = await afterClass()
    await after.pass(600)
    expect(await after.status()).toMatchObject({ state: 'final' })
    expect(await history()).toEqual([[after.gatheringId, 3]])
    await late('Late Lena')
    await after.pass(10, 10)
    expect(await history()).toEqual([[after.gatheringId, 4]])
  })

  it('counts whom only the report knows', async () => {
    after = await afterClass({ ended: false })
    const { gatheringId, lesson, server } = after
    after.silence()
    lesson.cast(classmate('vera', 'Vera'))
    lesson.join('vera')
    server.clock.advanceBy(60_000)
    lesson.end()
    // Zoom told nothing of the end either: it is asked for after half an hour without a word.
    await after.pass(2 * 3_600)
    expect(await after.status()).toMatchObject({ state: 'final' })
    expect(await history()).toEqual([[gatheringId, 4]])
  })

  it('is counted by either of two processes', async () => {
    after = await afterClass()
    const { server, gatheringId } = after
    const second = await startServer({ beside: server })
    server.clock.advanceBy(10_000)
    await Promise.all([server.runDue(), second.runDue()])
    expect(await history()).toEqual([[gatheringId, 3]])
    await second.stop()
  })
})

describe('a meeting that was restarted', () => {
  it('tells how many came to both together, and to each of them when they are taken apart', async () => {
    after = await afterClass()
    const { server, lesson, gatheringId } = after
    const again = lesson.restart()
    await after.pass(120)
    again.join('elena')
    again.cast(classmate('vera', 'Vera'))
    again.join('vera')
    await server.told()
    await after.pass(60)
    again.end()
    await server.told()
    await after.pass(10, 10)
    const [[secondId = ''] = []] = await history()
    expect(await history()).toEqual([
      [secondId, 2],
      [gatheringId, 3],
    ])

    const host = await asHost()
    const post = async (what: string, body: object) => {
      expect((await server.call(host, 'POST', `/api/gatherings/${gatheringId}/${what}`, body)).ok).toBe(true)
      await server.runDue()
    }
    await post('joined', { otherId: secondId })
    expect(await history()).toEqual([[gatheringId, 4]])
    const detail = await server.call(host, 'GET', `/api/gatherings/${gatheringId}`)
    expect(((await detail.json()) as GatheringDetail).came).toBe(4)

    await post('split', { meetingId: await meetingIdOf(again.meeting.uuid) })
    expect(await history()).toEqual([
      [secondId, 2],
      [gatheringId, 3],
    ])
  })
})
