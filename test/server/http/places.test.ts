import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RosterSnapshot, SessionAnswer } from '../../../shared/wire/index.ts'
import { classmate } from '../../support/classroom.ts'
import { startServer, type TestServer } from '../../support/server.ts'
import { createScenario, type PersonInPlay, type Scenario } from '../../zoom/index.ts'

let server: TestServer
const elena = classmate('elena', 'Elena K.')
const oleg = classmate('oleg', 'Oleg P.')
const anna = classmate('anna', 'Anna S.')

beforeAll(async () => {
  server = await startServer()
  for (const someone of [elena, oleg]) {
    server.world.addUser(someone, 'account-a')
    await server.install(someone.zoomUserId ?? '')
    server.world.authorised.add(someone.zoomUserId ?? '')
  }
})
afterAll(() => server.stop())

function play(host: PersonInPlay, kind: 'meeting' | 'webinar', seed: number): Scenario {
  const people = [elena, oleg, anna].filter((person) => person !== host)
  return server.world.add(
    createScenario({
      clock: server.clock,
      seed,
      meeting: { topic: `A ${kind}`, accountId: 'account-a', kind },
      host,
      people,
    }),
  )
}
const sessionOf = (who: PersonInPlay, meeting: Scenario): Promise<SessionAnswer> => {
  server.clock.advanceBy(1_000)
  return server.session(server.world.appContext(who, meeting))
}
async function rosterOf({ token, meeting }: SessionAnswer): Promise<RosterSnapshot> {
  const answer = await server.call(token, 'GET', `/api/gatherings/${meeting?.gatheringId ?? ''}/roster`)
  expect(answer.status).toBe(200)
  return (await answer.json()) as RosterSnapshot
}
const states = ({ people }: RosterSnapshot) =>
  Object.fromEntries(people.map(({ name, state }) => [name, state]))

describe('a webinar, of which a context names no meeting', () => {
  it('is its host’s by the word of Zoom’s messages, and nobody else’s', async () => {
    const webinar = play(elena, 'webinar', 11)
    const stop = server.webhooks.follow(webinar)
    webinar.start()
    for (const { key } of [elena, oleg, anna]) webinar.join(key)
    webinar.promote('oleg')
    await server.told()
    const host = await sessionOf(elena, webinar)
    expect(host).toMatchObject({ member: { role: 'host' }, meeting: { kind: 'webinar', capture: 'full' } })
    expect(states(await rosterOf(host))).toMatchObject({ 'Anna S.': 'here' })
    expect(await sessionOf(oleg, webinar)).toMatchObject({ member: { role: 'participant' }, meeting: null })
    webinar.end()
    await server.told()
    stop()
  })
})

describe('a breakout room, whose context names no meeting either', () => {
  it('leaves the host the list, in which everybody is still here, and opens no gathering of its own', async () => {
    const lesson = play(elena, 'meeting', 12)
    const stop = server.webhooks.follow(lesson)
    lesson.start()
    for (const { key } of [elena, oleg, anna]) lesson.join(key)
    lesson.promote('oleg')
    await server.told()
    const before = await sessionOf(elena, lesson)
    const gatherings = await server.query('select id from gatherings')
    for (const { key } of [elena, oleg, anna]) lesson.moveToRoom(key, 'Room 1')
    await server.told()
    const inRoom = await sessionOf(elena, lesson)
    expect(inRoom.meeting?.gatheringId).toBe(before.meeting?.gatheringId)
    expect(await sessionOf(oleg, lesson)).toMatchObject({ member: { role: 'participant' }, meeting: null })
    await expect
      .poll(async () => states(await rosterOf(inRoom)))
      .toEqual({ 'Elena K.': 'here', 'Oleg P.': 'here', 'Anna S.': 'here' })
    expect(await server.query('select id from gatherings')).toEqual(gatherings)
    lesson.end()
    await server.told()
    stop()
  })
})

describe('a meeting whose host has not added the app', () => {
  it('is kept by the co-host alone, labelled as what their panel saw, with no join time invented', async () => {
    const host = classmate('stranger', 'Somebody Else')
    const lesson = play(host, 'meeting', 13)
    lesson.start()
    for (const { key } of [host, oleg, anna]) lesson.join(key)
    lesson.promote('oleg')
    const session = await sessionOf(oleg, lesson)
    expect(session.meeting).toMatchObject({ capture: 'panel_only', mayReadEmails: true, mayExport: true })
    const atMs = server.clock.now()
    const reading = {
      kind: 'reading',
      atMs,
      scope: 'main',
      room: null,
      people: [{ participantUuid: 'anna-1', name: 'Anna S.', role: 'attendee' }],
    }
    const answer = await server.call(
      session.token,
      'POST',
      `/api/gatherings/${session.meeting?.gatheringId ?? ''}/observations`,
      { sentAtMs: atMs, observations: [reading] },
    )
    expect(answer.status).toBe(204)
    const roster = await rosterOf(session)
    expect(roster.gathering.witnesses).toEqual(['panel'])
    expect(roster.people).toMatchObject([{ name: 'Anna S.', state: 'here', firstJoinKnown: false }])
  })
})
