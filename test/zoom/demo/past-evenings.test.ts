import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DifferenceList, GatheringList, RosterSnapshot } from '../../../shared/wire/index.ts'
import { startServer, type TestServer } from '../../support/server.ts'
import { createClock } from '../clock.ts'
import { createZoomRest } from '../rest.ts'
import { tellPast } from '../scenarios/past.ts'
import { someApp } from '../some-app.ts'
import { createZoomWorld } from '../world.ts'
import { playPastEvenings } from './past-evenings.ts'
import { reportSettings } from './zoom-lists.ts'

it.each([1, 4, 9])(
  'the demo has four past evenings, one in two parts, one without a list (seed %i)',
  (seed) => {
    const nowMs = Date.UTC(2026, 10, 23, 3, 0)
    const world = createZoomWorld({ app: someApp, clock: createClock(nowMs) })
    const rest = createZoomRest(world, () => '')
    const evenings = playPastEvenings({ world, rest, nowMs, seed, accountId: 'ACCOUNT' })
    expect(evenings).toHaveLength(4)
    const meetings = evenings.flatMap(({ occurrences }) => occurrences.map(({ meeting }) => meeting))

    expect(new Set(meetings.map(({ uuid }) => uuid)).size).toBe(5)
    expect(meetings.every(({ endedAtMs }) => (endedAtMs ?? Infinity) < nowMs)).toBe(true)
    const [, first, second] = meetings
    const pauseMs = (second?.startedAtMs ?? 0) - (first?.endedAtMs ?? 0)
    expect(first?.number).toBe(second?.number)
    expect(pauseMs / 60_000).toBeLessThan(10)
    expect(meetings.filter(({ uuid }) => rest.reports(uuid).always !== null)).toHaveLength(1)
    expect(new Set(meetings.map(({ host }) => host.zoomUserId)).size).toBe(1)
  },
)

describe('the history of a visitor to the demo', () => {
  let server: TestServer
  let token: string
  let items: GatheringList['items']
  let waitedUnheard: string
  beforeAll(async () => {
    server = await startServer({ settings: reportSettings })
    const { world, clock, rest } = server
    const nowMs = clock.now()
    const evenings = playPastEvenings({ world, rest, nowMs, seed: 4, accountId: 'ACCOUNT' })
    const host = evenings[0]?.occurrences[0]?.meeting.host
    if (!host) throw new Error('The demo has no past evening.')
    waitedUnheard = evenings[2]?.occurrences[0]?.person('waiting4').name ?? ''
    await server.install(host.zoomUserId ?? '')
    world.authorised.add(host.zoomUserId ?? '')
    for (const { occurrences, isUnheard } of evenings) tellPast(server.webhooks, occurrences, isUnheard)
    await server.told()
    for (let seconds = 0; seconds <= 100; seconds += 5) {
      await server.runDue()
      clock.advanceBy(5_000)
    }
    token = (await server.session(world.appContext(host, null))).token
    items = (await get<GatheringList>('/api/gatherings')).items
  })
  afterAll(() => server.stop())

  const get = async <Answer>(path: string): Promise<Answer> =>
    (await (await server.call(token, 'GET', path)).json()) as Answer
  const evening = (topic: RegExp) => {
    const found = items.find((item) => topic.test(item.topic ?? ''))
    if (!found) throw new Error(`No evening is called ${String(topic)}.`)
    return found
  }

  it('has a list of every standing', () => {
    expect(evening(/exam/).report).toMatchObject({ state: 'unavailable', reason: 'plan_missing' })
    expect(evening(/3$/).report.state).toBe('final')
    expect(evening(/1$/).report).toMatchObject({
      state: 'final_with_gaps',
      gaps: [{ code: 'seen_live_missing', count: 1 }],
    })
  })

  it('has differences of every kind that webhooks and list have in life', async () => {
    const counts = async (topic: RegExp) =>
      (await get<DifferenceList>(`/api/gatherings/${evening(topic).id}/differences`)).counts
    expect(await counts(/3$/)).toMatchObject({ added: 2, minutes_changed: 2, not_in_report: 0 })
    expect(await counts(/1$/)).toMatchObject({ minutes_changed: 1, not_in_report: 1 })
  })

  it('has somebody who waited to the end, as only the list knows', async () => {
    const { people } = await get<RosterSnapshot>(`/api/gatherings/${evening(/3$/).id}/roster`)
    const onlyWaited = people.filter(({ stays }) => stays.every(({ place }) => place === 'waiting'))
    expect(onlyWaited.map(({ name }) => name)).toContain(waitedUnheard)
  })
})
