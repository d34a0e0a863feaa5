import { afterEach, describe, expect, it } from 'vitest'
import { afterClass, type AfterClass } from '../reports/after-class.ts'

const HOUR_S = 3_600
let after: AfterClass
afterEach(() => after.server.stop())

const everybodyLeaves = async () => {
  for (const key of ['anna', 'boris', 'elena']) after.lesson.leave(key)
  await after.server.told()
}
async function panelSaysEnded(atMs = after.server.clock.now()): Promise<number> {
  const { server, lesson, installationId } = after
  const [row] = await server.query('select id from meetings')
  const key = `the panel at ${atMs}`
  await server.storage.evidenceLog.append({
    ...{ installationId, meetingId: String(row?.['id']), mention: null },
    facts: [{ kind: 'meeting_ended', key, meeting: lesson.meeting.uuid, atMs, witness: 'panel' }],
  })
  return atMs
}
const planned = () => after.server.query('select step, planned_from_ms from reports')
const endOfRecord = async () => {
  const [row] = await after.server.query('select ended_at_ms from meetings')
  return row?.['ended_at_ms']
}

describe('a webinar whose end nobody told', () => {
  it('is read by the plan once nobody is there and nothing was heard for half an hour; its end is the list’s', async () => {
    after = await afterClass({ kind: 'webinar', ended: false })
    const { server, lesson } = after
    await everybodyLeaves()
    const leftAtMs = server.clock.now()
    after.silence()
    lesson.end()
    await after.pass(29 * 60)
    expect(await planned()).toEqual([])
    await after.pass(12 * 60)
    expect(await planned()).toEqual([{ step: 'read', planned_from_ms: String(leftAtMs) }])
    expect(after.calls().every(({ path }) => path.startsWith('/v2/past_webinars/'))).toBe(true)
    await after.pass(HOUR_S)
    expect(await after.status()).toMatchObject({ state: 'final' })
    expect(await endOfRecord()).toBe(String(leftAtMs))
    expect(await after.facts()).toContainEqual(
      expect.objectContaining({ kind: 'meeting_ended', witness: 'report', atMs: leftAtMs }),
    )
    const calls = after.calls().length
    await after.pass(2 * HOUR_S, 600)
    expect(after.calls()).toHaveLength(calls)
  })

  it('is left alone while somebody listens, and read after a day without a word', async () => {
    after = await afterClass({ kind: 'webinar', ended: false })
    after.silence()
    after.lesson.end()
    await after.pass(23 * HOUR_S, 600)
    expect(await planned()).toEqual([])
    await after.pass(HOUR_S, 600)
    expect(await after.status()).toMatchObject({ state: 'final' })
    expect(await endOfRecord()).toBe(String(after.lesson.meeting.endedAtMs))
  })

  it('is read when a panel saw the end, although nobody was told to have left', async () => {
    after = await afterClass({ kind: 'webinar', ended: false })
    const { lesson } = after
    after.silence()
    lesson.end()
    await panelSaysEnded()
    await after.pass(41 * 60)
    expect(await planned()).toMatchObject([{ step: 'read' }])
  })

  it('and that went on after all is read from its real end on', async () => {
    after = await afterClass({ kind: 'webinar', ended: false })
    const { server, lesson } = after
    await everybodyLeaves()
    await after.pass(41 * 60)
    expect(await after.status()).toMatchObject({ state: 'waiting', reason: 'not_ready' })
    await after.pass(26 * HOUR_S, 600)
    expect(await after.status()).toMatchObject({ state: 'unavailable' })
    lesson.join('elena')
    server.clock.advanceBy(60_000)
    lesson.end()
    await server.told()
    await server.runDue()
    expect(await planned()).toEqual([{ step: 'read', planned_from_ms: String(lesson.meeting.endedAtMs) }])
    expect(await after.status()).toMatchObject({ state: 'waiting' })
    await after.pass(300)
    expect(await after.status()).toMatchObject({ state: 'final' })
  })

  it('is read by the plan a minute after a panel saw the end, and from a later end on when it went on', async () => {
    after = await afterClass({ kind: 'webinar', ended: false })
    const { server, lesson } = after
    const saidMs = await panelSaysEnded()
    await after.pass(59, 59)
    expect(after.calls()).toEqual([])
    expect(await planned()).toEqual([{ step: 'read', planned_from_ms: String(saidMs) }])
    await after.pass(60)
    expect(after.calls()).not.toEqual([])
    expect(await after.status()).toMatchObject({ state: 'waiting', reason: 'not_ready' })
    after.silence()
    server.clock.advanceBy(20 * 60_000)
    // What was due meanwhile is tried while it still goes on: the loop on real time would choose its own moment.
    await server.runDue()
    lesson.end()
    const againMs = await panelSaysEnded()
    await after.pass(60)
    expect(await planned()).toEqual([{ step: 'read', planned_from_ms: String(againMs) }])
    await after.pass(300)
    expect(await after.status()).toMatchObject({ state: 'final' })
  })

  it('is not taken to be over by a panel when somebody came after that', async () => {
    after = await afterClass({ kind: 'webinar', ended: false })
    const { server, lesson } = after
    lesson.leave('anna')
    const saidMs = server.clock.now()
    server.clock.advanceBy(1_000)
    lesson.join('anna')
    await server.told()
    await panelSaysEnded(saidMs)
    await after.pass(300)
    expect(await planned()).toEqual([])
  })

  it.each([
    ['somebody is at it just then', 600_000],
    ['a process died at it', -1],
  ])('and whose real end comes while %s is read from that end on', async (_, heldMs) => {
    after = await afterClass({ kind: 'webinar', ended: false })
    const { server, lesson } = after
    await everybodyLeaves()
    await after.pass(41 * 60)
    const [assumed] = await planned()
    lesson.join('elena')
    await server.told()
    server.clock.advanceBy(60_000)
    await server.query('update reports set lease = gen_random_uuid(), leased_until_ms = $1', [
      server.clock.now() + heldMs,
    ])
    lesson.end()
    await server.told()
    await server.runDue()
    const real = { step: 'read', planned_from_ms: String(lesson.meeting.endedAtMs) }
    expect(await planned()).toEqual([heldMs > 0 ? assumed : real])
    await server.query('update reports set lease = null, leased_until_ms = null')
    await server.runDue()
    expect(await planned()).toEqual([real])
    await after.pass(300)
    expect(await after.status()).toMatchObject({ state: 'final' })
  })
})
