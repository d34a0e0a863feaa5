import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type {
  PolicyAnswer,
  PolicyPart,
  PolicyScope,
  Problem,
  RosterChange,
  RosterSnapshot,
} from '../../../shared/wire/index.ts'
import { classmate, openClassroom } from '../../support/classroom.ts'
import { readEvents } from '../../support/event-stream.ts'
import type { TestServer } from '../../support/server.ts'
import type { PersonInPlay, Scenario } from '../../zoom/index.ts'

const MINUTE = 60_000
let server: TestServer
let lesson: Scenario
let elena: PersonInPlay
let host: string
let gathering: string
const [anna, boris, vera] = [
  classmate('anna', 'Anna S.'),
  classmate('boris', 'Boris K.'),
  classmate('vera', 'Vera L.'),
]

/** 13:00–14:00 UTC: Anna all the time, Boris from 13:06 to 13:50, Vera from 13:02 to 13:30. */
beforeAll(async () => {
  ;({ server, lesson, elena } = await openClassroom({ others: [anna, boris, vera] }))
  server.webhooks.follow(lesson)
  lesson.start()
  for (const key of ['elena', 'anna']) lesson.join(key)
  const later = async (minutes: number, act: () => void): Promise<void> => {
    await server.told()
    server.clock.advanceBy(minutes * MINUTE)
    act()
  }
  await later(2, () => lesson.join('vera'))
  await later(4, () => lesson.join('boris'))
  await later(24, () => lesson.leave('vera'))
  await later(20, () => lesson.leave('boris'))
  await server.told()
  await signIn()
})
afterAll(() => server.stop())

async function signIn(): Promise<void> {
  server.clock.advanceBy(1_000)
  const session = await server.session(
    server.world.appContext(elena, lesson.meeting.endedAtMs ? null : lesson),
  )
  host = session.token
  gathering = session.meeting?.gatheringId ?? gathering
}
const path = (what: string): string => `/api/gatherings/${gathering}/${what}`
const roster = async (): Promise<RosterSnapshot> =>
  (await (await server.call(host, 'GET', path('roster'))).json()) as RosterSnapshot
const policy = async (): Promise<PolicyAnswer> =>
  (await (await server.call(host, 'GET', path('policy'))).json()) as PolicyAnswer
const set = async (scope: PolicyScope, part: PolicyPart): Promise<Response> =>
  setFrom((await policy()).revisions[scope], scope, part)
const setFrom = (basedOn: string | null, scope: PolicyScope, part: PolicyPart): Promise<Response> =>
  server.call(host, 'POST', path('policy'), { scope, part, basedOn })
const told = async <Key extends 'share' | 'statuses' | 'meetsMinimum'>(key: Key) =>
  Object.fromEntries((await roster()).people.map((row) => [row.name, row[key]]))
const labels = async () =>
  Object.fromEntries(
    (await roster()).people.map(({ name, labels: own }) => [name, own.map((one) => one.name)]),
  )

describe('while the meeting runs', () => {
  it('nobody has a share, and who came late is told', async () => {
    const { gathering: head, summary, people } = await roster()
    expect(head).toMatchObject({ base: null, minPercent: 75, zone: 'UTC' })
    expect(summary.minimum).toBeNull()
    expect(people.every(({ share, meetsMinimum }) => share === null && meetsMinimum === null)).toBe(true)
    expect(await told('statuses')).toMatchObject({
      'Anna S.': ['present'],
      'Boris K.': ['late'],
      'Vera L.': [],
    })
  })

  it('an open list is told anew when the rules change', async () => {
    await signIn()
    const events = readEvents(
      await fetch(server.url + path('live'), { headers: { authorization: `Bearer ${host}` } }),
    )
    await events.next()
    expect((await set('gathering', { lateAfterMinutes: 1 })).status).toBe(200)
    const change = (await events.next())?.data as RosterChange
    expect(change.upserts.map(({ name, statuses }) => [name, statuses.includes('late')]).sort()).toEqual([
      ['Anna S.', false],
      ['Boris K.', true],
      ['Elena K.', false],
      ['Vera L.', true],
    ])
    await events.close()
    await set('gathering', {})
  })
})

describe('while the meeting runs and its window passes', () => {
  it('an open list is told of it, one that is asked for again, too', async () => {
    await signIn()
    const nowMs = server.clock.now()
    const clock = (ms: number): string => new Date(ms).toISOString().slice(11, 16)
    await set('gathering', {
      base: { kind: 'window', from: clock(nowMs - 30 * MINUTE), to: clock(nowMs + MINUTE) },
    })
    const before = await roster()
    expect(before.gathering.base).toBeNull()
    const stream = await fetch(server.url + path('live'), { headers: { authorization: `Bearer ${host}` } })
    const events = readEvents(stream)
    await events.next()
    const again = () => server.call(host, 'GET', path(`roster?after=${before.version}`))
    expect((await again()).status).toBe(204)
    server.clock.advanceBy(MINUTE + 1_000)
    const after = (await (await again()).json()) as RosterSnapshot
    expect(after.gathering.base).toMatchObject({ kind: 'window', seconds: 31 * 60 })
    const change = (await events.next())?.data as RosterChange
    expect(change).toMatchObject({ version: after.version, gathering: { base: { kind: 'window' } } })
    expect(change.upserts.map(({ name, share }) => [name, share])).toEqual(
      after.people.map(({ name, share }) => [name, share]),
    )
    expect(after.people.every(({ share }) => share !== null)).toBe(true)
    expect((await server.call(host, 'GET', path(`roster?after=${after.version}`))).status).toBe(204)
    await events.close()
    await set('gathering', {})
  })
})

describe('once it is over', () => {
  beforeAll(async () => {
    // To the minute at which it was to end.
    server.clock.advanceBy(9 * MINUTE - 4_000)
    lesson.end()
    await server.told()
    await signIn()
  })

  it('everybody has a share of the meeting as it was, and the minimum is counted', async () => {
    const { gathering: head, summary } = await roster()
    const seconds = (Date.parse(head.endedAt ?? '') - Date.parse(head.startedAt ?? '')) / 1000
    expect(head.base).toMatchObject({ kind: 'actual', seconds })
    expect(head.base?.spans).toEqual([{ from: head.startedAt, to: head.endedAt }])
    expect(await told('share')).toMatchObject({ 'Anna S.': 1, 'Boris K.': expect.closeTo(0.733, 2) })
    expect(await told('meetsMinimum')).toMatchObject({ 'Anna S.': true, 'Boris K.': false, 'Vera L.': false })
    expect(summary.minimum).toEqual({ passed: 2, unknown: 0, byHost: 0, neverIn: 0 })
  })

  it('a window, a break and a minimum of its own decide, and the nearest scope wins', async () => {
    await set('installation', { minPercent: 10, lateAfterMinutes: 30 })
    await set('number', { minPercent: 50 })
    const answer = await set('gathering', {
      base: { kind: 'window', from: '16:00', to: '17:00' },
      breaks: [{ from: '16:30', to: '16:40' }],
      zone: 'Europe/Moscow',
    })
    const { effective, parts } = (await answer.json()) as PolicyAnswer
    expect(effective).toMatchObject({ minPercent: 50, lateAfterMinutes: 30, zone: 'Europe/Moscow' })
    expect(parts.installation).toEqual({ minPercent: 10, lateAfterMinutes: 30 })
    const { gathering: head } = await roster()
    expect(head).toMatchObject({
      ...{ minPercent: 50, zone: 'Europe/Moscow' },
      base: { kind: 'window', seconds: 50 * 60, spans: [{ to: '2026-11-23T13:30:00.000Z' }, {}] },
    })
    expect(await told('statuses')).toMatchObject({ 'Boris K.': ['present', 'left_early'] })
    for (const scope of ['installation', 'number', 'gathering'] as const) await set(scope, {})
    expect((await policy()).parts).toEqual({ installation: {}, number: {}, gathering: {} })
  })

  it('labels by rule stand in the rows', async () => {
    await set('gathering', {
      labels: [
        { name: 'Stayed', when: [{ kind: 'share_at_least', percent: 75 }] },
        { name: 'Left before 13:40', when: [{ kind: 'left_before', clock: '13:40' }] },
        { name: 'School', when: [{ kind: 'email_domain', domain: 'school.example' }] },
      ],
    })
    expect(await labels()).toMatchObject({
      'Anna S.': ['Stayed', 'School'],
      'Boris K.': ['School'],
      'Vera L.': ['Left before 13:40', 'School'],
    })
    await set('gathering', {})
  })

  it('the host’s mark outweighs the share, and is told apart in the count', async () => {
    const row = (await roster()).people.find(({ name }) => name === 'Vera L.')
    const card = (await (await server.call(host, 'GET', path(`people/${row?.id ?? ''}`))).json()) as {
      connections: { key: string }[]
    }
    const act = {
      kind: 'mark',
      connection: card.connections[0]?.key,
      mark: 'present',
      reason: 'Sat beside Anna',
    }
    expect((await server.call(host, 'POST', path('corrections'), act)).status).toBe(201)
    const { summary, people } = await roster()
    expect(summary.minimum).toEqual({ passed: 3, unknown: 0, byHost: 1, neverIn: 0 })
    const now = people.find(({ name }) => name === 'Vera L.')
    expect(now).toMatchObject({ meetsMinimum: true, share: row?.share, presentSeconds: row?.presentSeconds })
  })

  it('is judged as it was, and says so, while nothing tells when it was planned', async () => {
    await set('gathering', { base: { kind: 'scheduled' } })
    const { gathering: head } = await roster()
    expect(head.base).toMatchObject({ kind: 'actual' })
    await set('gathering', {})
  })

  it('changed by two hosts from the same part are changed by the first, and the second is told', async () => {
    const labels = [{ name: 'Stayed', when: [{ kind: 'share_at_least' as const, percent: 75 }] }]
    for (const scope of ['gathering', 'number', 'installation'] as const) {
      const { revisions } = await policy()
      expect((await setFrom(revisions[scope], scope, { labels })).status).toBe(200)
      const late = await setFrom(revisions[scope], scope, { minPercent: 60 })
      const problem = (await late.json()) as Problem
      expect([late.status, problem.code]).toEqual([409, 'conflict'])
      expect(problem.detail).toMatch(/^Somebody changed these rules since they were read\./)
      const { parts, revisions: now } = await policy()
      expect(parts[scope]).toEqual({ labels })
      // Read again, both are kept.
      expect((await setFrom(now[scope], scope, { labels, minPercent: 60 })).status).toBe(200)
      expect((await policy()).parts[scope]).toEqual({ labels, minPercent: 60 })
      // Sent again because the answer was lost, it is no conflict.
      expect((await setFrom(now[scope], scope, { minPercent: 60, labels })).status).toBe(200)
      await set(scope, {})
    }
  })

  it('sent by many at once from the same part are those of exactly one', async () => {
    const { gathering: basedOn } = (await policy()).revisions
    const outcomes = await Promise.all(
      Array.from({ length: 8 }, (_, i) => setFrom(basedOn, 'gathering', { minPercent: 50 + i })),
    )
    const won = outcomes.flatMap(({ status }, i) => (status === 200 ? [i] : []))
    expect(outcomes.map(({ status }) => status).sort()).toEqual([200, ...new Array<number>(7).fill(409)])
    expect((await policy()).parts.gathering).toEqual({ minPercent: 50 + (won[0] ?? 0) })
    await set('gathering', {})
  })

  it('say on what they are based, or are refused', async () => {
    const answer = await server.call(host, 'POST', path('policy'), { scope: 'gathering', part: {} })
    expect(answer.status).toBe(400)
  })

  it('refuses rules that cannot be', async () => {
    const parts: unknown[] = [
      { minPercent: 101 },
      { lateAfterMinutes: -1 },
      { base: { kind: 'window', from: '25:00', to: '26:00' } },
      { zone: 'Mars/Olympus' },
      { zone: "Europe/Moscow'; --" },
      { labels: [{ name: 'x'.repeat(10_000), when: [{ kind: 'no_email' }] }] },
      { labels: [{ name: 'x', when: [] }] },
      { labels: [{ name: '\u200b\u2060', when: [{ kind: 'no_email' }] }] },
      { breaks: Array.from({ length: 21 }, () => ({ from: '10:00', to: '11:00' })) },
    ]
    for (const part of parts) {
      const answer = await set('gathering', part as PolicyPart)
      expect(
        [answer.status, ((await answer.json()) as Problem).code],
        JSON.stringify(part).slice(0, 80),
      ).toEqual([400, 'bad_request'])
    }
    expect((await policy()).parts.gathering).toEqual({})
  })
})
