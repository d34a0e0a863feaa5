import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RosterChange, RosterSnapshot, SessionAnswer } from '../../../shared/wire/index.ts'
import { readEvents } from '../../support/event-stream.ts'
import { classmate, openClassroom } from '../../support/classroom.ts'
import type { TestServer } from '../../support/server.ts'
import type { PersonInPlay, Scenario } from '../../zoom/index.ts'

let server: TestServer
let lesson: Scenario
let elena: PersonInPlay
let session: SessionAnswer
let base: string
const anna = classmate('anna', 'Anna S.')
const oleg = classmate('oleg', 'Oleg P.')

beforeAll(async () => {
  ;({ server, lesson, elena } = await openClassroom({ others: [anna, oleg], installed: [oleg] }))
  const { world } = server
  server.webhooks.follow(lesson)
  lesson.start()
  lesson.join('elena')
  lesson.join('oleg')
  lesson.promote('oleg')
  await server.told()
  session = await server.session(world.appContext(elena, lesson))
  base = `/api/gatherings/${session.meeting?.gatheringId ?? ''}`
})
afterAll(() => server.stop())

const open = (token: string, lastEventId?: string): Promise<Response> =>
  fetch(`${server.url}${base}/live`, {
    headers: {
      authorization: `Bearer ${token}`,
      accept: 'text/event-stream',
      ...(lastEventId === undefined ? {} : { 'last-event-id': lastEventId }),
    },
  })

describe('the live list', () => {
  let lastId = ''

  it('begins with a snapshot and then tells only what changed', async () => {
    const events = readEvents(await open(session.token))
    const first = await events.next()
    expect(first?.event).toBe('snapshot')
    const snapshot = first?.data as RosterSnapshot
    expect(snapshot.gathering).toMatchObject({
      topic: 'Lesson 4',
      kind: 'meeting',
      capture: 'full',
      endedAt: null,
    })
    expect(snapshot.people.map(({ name, role, state }) => ({ name, role, state }))).toEqual(
      expect.arrayContaining([{ name: 'Elena K.', role: expect.any(String), state: 'here' }]),
    )
    server.clock.advanceBy(60_000)
    lesson.join('anna')
    await server.told()
    const second = await events.next()
    expect(second?.event).toBe('change')
    const change = second?.data as RosterChange
    expect(change.upserts.map(({ name, email, state }) => ({ name, email, state }))).toEqual([
      { name: 'Anna S.', email: 'anna@school.example', state: 'here' },
    ])
    expect(change.removes).toEqual([])
    expect(change.summary.here).toBe(3)
    expect(second?.id).toBe(String(change.version))
    lastId = second?.id ?? ''
    await events.close()
  })

  it('resumes after a drop with what was missed, and no more', async () => {
    server.clock.advanceBy(60_000)
    lesson.leave('anna')
    await server.told()
    const watching = readEvents(await open(session.token, lastId))
    const missed = await watching.next()
    if (missed?.event === 'snapshot') {
      // Nobody watched meanwhile, so the change may not have been told; a whole list is right, too.
      expect((missed.data as RosterSnapshot).summary.here).toBe(2)
    } else {
      expect((missed?.data as RosterChange).upserts.map(({ name, state }) => ({ name, state }))).toEqual([
        { name: 'Anna S.', state: 'left' },
      ])
    }
    await watching.close()
  })

  it('gives a snapshot to a reader whose place is not known any more', async () => {
    for (const id of ['999999', '-1', 'x', '0']) {
      const events = readEvents(await open(session.token, id))
      expect((await events.next())?.event).toBe('snapshot')
      await events.close()
    }
  })

  it('never shows a co-host the addresses, in snapshots and in changes', async () => {
    server.clock.advanceBy(1_000)
    const cohost = await server.session(server.world.appContext(oleg, lesson))
    const events = readEvents(await open(cohost.token))
    const snapshot = await events.next()
    server.clock.advanceBy(200_000)
    lesson.join('anna')
    await server.told()
    const change = await events.next()
    const text = JSON.stringify([snapshot, change])
    expect(text).toContain('Anna S.')
    expect(text).not.toContain('school.example')
    expect((change?.data as RosterChange).upserts[0]).toMatchObject({ email: null, emailHidden: true })
    await events.close()
  })

  it('answers a reader that polls with 204 while nothing changed', async () => {
    server.clock.advanceBy(1_000)
    const fresh = await server.session(server.world.appContext(elena, lesson))
    const whole = await server.call(fresh.token, 'GET', `${base}/roster`)
    const { version } = (await whole.json()) as RosterSnapshot
    expect((await server.call(fresh.token, 'GET', `${base}/roster?after=${version}`)).status).toBe(204)
    expect((await server.call(fresh.token, 'GET', `${base}/roster?after=${version - 1}`)).status).toBe(200)
  })

  it('keeps a person’s id through everything that happens to them', async () => {
    const idOfAnna = async (): Promise<string | undefined> => {
      server.clock.advanceBy(1_000)
      const { token } = await server.session(server.world.appContext(elena, lesson))
      const { people } = (await (await server.call(token, 'GET', `${base}/roster`)).json()) as RosterSnapshot
      return people.find(({ names }) => names.includes('Anna S.'))?.id
    }
    const before = await idOfAnna()
    expect(before).toBeDefined()
    lesson.join('anna', { device: 'phone' })
    lesson.drop('anna')
    server.clock.advanceBy(30_000)
    lesson.join('anna', { name: 'Анна' })
    await server.told()
    await expect.poll(idOfAnna).toBe(before)
  })

  it('takes in what a panel sees, and shows the topic the panel knows', async () => {
    server.clock.advanceBy(1_000)
    const { token } = await server.session(server.world.appContext(elena, lesson))
    const atMs = server.clock.now()
    const told = await server.call(token, 'POST', `${base}/observations`, {
      sentAtMs: atMs,
      observations: [
        { kind: 'meeting', atMs, topic: 'Lesson 4, second part', number: lesson.meeting.number },
        {
          kind: 'reading',
          atMs,
          scope: 'main',
          room: null,
          people: [{ participantUuid: 'only-the-panel-saw', name: 'Юлия К.', role: 'attendee' }],
        },
      ],
    })
    expect(told.status).toBe(204)
    const { people, gathering } = (await (
      await server.call(token, 'GET', `${base}/roster`)
    ).json()) as RosterSnapshot
    expect(people.find(({ name }) => name === 'Юлия К.')).toMatchObject({
      firstJoinKnown: false,
      state: 'here',
    })
    expect(gathering.witnesses).toEqual(expect.arrayContaining(['webhook', 'panel']))
  })

  it('names every field of an observation that is wrong', async () => {
    const { token } = await server.session(server.world.appContext(elena, lesson)).catch(() => {
      server.clock.advanceBy(1_000)
      return server.session(server.world.appContext(elena, lesson))
    })
    const answer = await server.call(token, 'POST', `${base}/observations`, {
      sentAtMs: 'now',
      observations: [{ kind: 'shout' }],
    })
    expect(answer.status).toBe(400)
    const { errors } = (await answer.json()) as { errors: { path: string }[] }
    expect(errors.map(({ path }) => path)).toEqual(
      expect.arrayContaining(['sentAtMs', 'observations.0.kind']),
    )
  })
})
