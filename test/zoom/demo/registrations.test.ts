import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { GatheringList, RosterSnapshot } from '../../../shared/wire/index.ts'
import { startServer, type TestServer } from '../../support/server.ts'
import { createLesson } from '../scenarios/lesson.ts'
import type { Webinar } from '../scenarios/webinar.ts'
import { registerForLesson } from './lesson-registrations.ts'
import { playPastEvenings } from './past-evenings.ts'
import { playPastWebinar, tellWebinar } from './past-webinar.ts'
import { tellPast } from '../scenarios/past.ts'

const MINUTE_MS = 60_000

describe('the registrations a visitor to the demo finds', () => {
  let server: TestServer
  let webinar: Webinar
  let rosters: RosterSnapshot[]
  beforeAll(async () => {
    server = await startServer()
    const { world, clock, rest, webhooks } = server
    const startsAtMs = clock.now() + MINUTE_MS
    const past = { world, rest, nowMs: clock.now(), seed: 4, accountId: 'ACCOUNT' }
    const evenings = playPastEvenings(past)
    const lastOfCourse = evenings[2]?.occurrences[0]
    if (!lastOfCourse) throw new Error('The demo has no past evening.')
    const { host, number } = lastOfCourse.meeting
    await server.install(host.zoomUserId ?? '')
    world.authorised.add(host.zoomUserId ?? '')
    webinar = playPastWebinar({ ...past, host })
    tellWebinar(webhooks, webinar)
    tellPast(webhooks, [lastOfCourse])
    await server.told()
    const meeting = { accountId: 'ACCOUNT', number }
    const { scenario } = createLesson({ clock, seed: 4, castSeed: 4, startsAtMs, meeting })
    world.add(scenario)
    const desk = world.openRegistration(number, { seed: 4 })
    webhooks.followRegistrations(desk)
    registerForLesson(desk, scenario)
    await server.told()
    webhooks.follow(scenario)
    for (let minutes = 0; minutes < 16; minutes += 4) {
      clock.advanceBy(4 * MINUTE_MS)
      await server.told()
    }
    await server.runDue()
    const { token } = await server.session(world.appContext(host, null))
    const get = async <Answer>(path: string): Promise<Answer> =>
      (await (await server.call(token, 'GET', path)).json()) as Answer
    const { items } = await get<GatheringList>('/api/gatherings')
    rosters = await Promise.all(items.map(({ id }) => get<RosterSnapshot>(`/api/gatherings/${id}/roster`)))
  })
  afterAll(() => server.stop())

  const rosterOf = (topic: RegExp): RosterSnapshot => {
    const found = rosters.find(({ gathering }) => topic.test(gathering.topic ?? ''))
    if (!found) throw new Error(`Nothing is called ${String(topic)}.`)
    return found
  }

  it('are a webinar that is over, and adds up', () => {
    const { approved, stayed, left, noShow, forwarded, denied, pending, cancelled, panelists } = webinar.truth
    expect(rosterOf(/webinar/).summary.expected).toMatchObject({
      ...{ approved, denied, pending, came: stayed + left, absent: noShow, walkIns: forwarded },
      ...{ cancelled: cancelled.told + cancelled.unheard, cancelledUnseen: 0, staff: panelists + 1 },
    })
  })

  it('are those of the lesson in progress: some came, some have not yet, guests never registered', () => {
    const { approved, came, absent, walkIns, cancelled, denied } = rosterOf(/4$/).summary.expected ?? {}
    expect([cancelled, denied]).toEqual([1, 1])
    expect(came).toBeGreaterThan(15)
    expect(walkIns).toBeGreaterThan(5)
    expect((came ?? 0) + (absent ?? 0)).toBe(approved)
    expect(absent).toBe(7)
  })

  it('are none of the evenings before anybody could register', () => {
    expect(rosterOf(/3$/).summary.expected).toBeNull()
  })
})
