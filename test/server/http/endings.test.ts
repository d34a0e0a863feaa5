import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { StreamEnd } from '../../../shared/wire/index.ts'
import { classmate, openClassroom } from '../../support/classroom.ts'
import { readEvents } from '../../support/event-stream.ts'
import type { TestServer } from '../../support/server.ts'
import type { PersonInPlay, Scenario } from '../../zoom/index.ts'

let server: TestServer
let lesson: Scenario
let elena: PersonInPlay
let gathering: string
const oleg = classmate('oleg', 'Oleg')
const rita = classmate('rita', 'Rita')

beforeAll(async () => {
  ;({ server, lesson, elena } = await openClassroom({ others: [oleg, rita], installed: [oleg] }))
  const { world } = server
  // She uses the app as a helper, without an installation of her own.
  world.authorised.add(rita.zoomUserId ?? '')
  world.onDeauthorised(({ zoomUserId, accountId }) => {
    server.webhooks.send({
      event: 'app_deauthorized',
      payload: { user_id: zoomUserId, account_id: accountId, client_id: world.app.clientId },
    })
  })
  server.webhooks.follow(lesson)
  for (const { key } of [elena, oleg, rita]) lesson.join(key)
  for (const { key } of [oleg, rita]) lesson.promote(key)
  // A change of role told late would end a session opened meanwhile.
  await server.told()
  gathering = (await server.session(world.appContext(elena, lesson))).meeting?.gatheringId ?? ''
})
afterAll(() => server.stop())

const tokenOf = async (who: PersonInPlay): Promise<string> => {
  server.clock.advanceBy(1_000)
  return (await server.session(server.world.appContext(who, lesson))).token
}
const rosterFor = (token: string): Promise<Response> =>
  server.call(token, 'GET', `/api/gatherings/${gathering}/roster`)
const streamOf = async (token: string) =>
  readEvents(await server.call(token, 'GET', `/api/gatherings/${gathering}/live`))

/** The last word of a stream, after which nothing comes. */
async function ending(events: ReturnType<typeof readEvents>): Promise<string> {
  for (;;) {
    const event = await events.next()
    if (event === null) throw new Error('The stream broke off without a word.')
    if (event.event !== 'ended') continue
    expect(await events.next()).toBeNull()
    return (event.data as StreamEnd).code
  }
}

describe('a live stream', () => {
  it('ends when its session is over', async () => {
    const events = await streamOf(await tokenOf(elena))
    server.clock.advanceBy(15 * 60_000)
    expect(await ending(events)).toBe('session_expired')
  }, 20_000)

  it('ends when the same context is exchanged again', async () => {
    server.clock.advanceBy(1_000)
    const context = server.world.appContext(elena, lesson)
    const events = await streamOf((await server.session(context)).token)
    await server.exchange(context)
    await server.session(context)
    expect(await ending(events)).toBe('session_taken_over')
  }, 20_000)

  it('ends when Zoom tells that the role changed', async () => {
    const events = await streamOf(await tokenOf(oleg))
    lesson.demote('oleg')
    await server.webhooks.settled()
    expect(await ending(events)).toBe('session_revoked')
  }, 20_000)
})

describe('a co-host who removes the app', () => {
  it.each([
    ['with an installation of their own', oleg],
    ['who was only ever a helper', rita],
  ])('%s, loses sessions and grants, and the host keeps the gathering', async (_, who) => {
    lesson.promote(who.key)
    await server.told()
    const token = await tokenOf(who)
    expect((await rosterFor(token)).status).toBe(200)
    server.world.deauthorise(who.zoomUserId ?? '')
    await server.webhooks.settled()
    await expect.poll(async () => (await rosterFor(token)).status).toBe(401)
    expect((await rosterFor(await tokenOf(elena))).status).toBe(200)
    expect(await server.query(`select * from grants where role = 'cohost'`)).toEqual([])
  })
})

describe('a host who removes the app', () => {
  it('takes everything along but the note that they did', async () => {
    const token = await tokenOf(elena)
    server.world.deauthorise(elena.zoomUserId ?? '')
    await server.webhooks.settled()
    await expect.poll(async () => (await rosterFor(token)).status).toBe(401)
    for (const table of ['installations', 'data_keys', 'meetings', 'evidence', 'inbox', 'people'])
      expect(await server.query(`select count(*)::int as n from ${table}`), table).toEqual([{ n: 0 }])
    await expect.poll(() => server.query(`select act from audit where act = 'deauthorized'`)).toHaveLength(4)
  })
})

describe('a server that is told to stop', () => {
  it('tells open streams to come back, and answers nobody afterwards', async () => {
    const stopping = await openClassroom()
    stopping.lesson.join('elena')
    const { token, meeting } = await stopping.server.session(
      stopping.server.world.appContext(stopping.elena, stopping.lesson),
    )
    const live = `/api/gatherings/${meeting?.gatheringId ?? ''}/live`
    const events = readEvents(await stopping.server.call(token, 'GET', live))
    expect((await events.next())?.event).toBe('snapshot')
    const stopped = stopping.server.stop()
    expect(await ending(events)).toBe('server_stopping')
    await stopped
    await expect(fetch(`${stopping.server.url}/healthz`)).rejects.toThrow()
  })
})
