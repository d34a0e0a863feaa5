import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type {
  GatheringDetail,
  GatheringList,
  PolicyAnswer,
  PolicyPart,
  SplitAnswer,
} from '../../../shared/wire/index.ts'
import { classmate, openClassroom, type Classroom } from '../../support/classroom.ts'
import { exportOf, imported, rosterOf, undo } from '../imports/handing-in.ts'

const MINUTE_MS = 60_000
const anna = classmate('anna', 'Anna Petrova')
const startMs = Date.UTC(2026, 10, 16, 13, 0)
const number = '98765432100'

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

const read = async <Answer>(path: string): Promise<Answer> => {
  const answer = await room.server.call(token, 'GET', path)
  expect(answer.status).toBe(200)
  return (await answer.json()) as Answer
}
const history = async () => (await read<GatheringList>('/api/gatherings')).items
const policyOf = (gatheringId: string) => read<PolicyAnswer>(`/api/gatherings/${gatheringId}/policy`)
const rulesOf = async (gatheringId: string): Promise<PolicyPart> =>
  (await policyOf(gatheringId)).parts.gathering
/** By which minimum the list itself is judged. */
const minimumOf = async (gatheringId: string): Promise<number> =>
  (await rosterOf(room.server, token, gatheringId)).gathering.minPercent
const post = (gatheringId: string, path: string, body: object): Promise<Response> =>
  room.server.call(token, 'POST', `/api/gatherings/${gatheringId}/${path}`, body)
const set = async (gatheringId: string, part: PolicyPart): Promise<void> => {
  const basedOn = (await policyOf(gatheringId)).revisions.gathering
  expect((await post(gatheringId, 'policy', { scope: 'gathering', part, basedOn })).status).toBe(200)
}
const join = async (gatheringId: string, otherId: string): Promise<void> => {
  expect((await post(gatheringId, 'joined', { otherId })).status).toBe(204)
}
/** Takes the only meeting that was joined out again; answers the gathering it is in now. */
async function takeApart(gatheringId: string): Promise<string> {
  const { restarts } = await read<GatheringDetail>(`/api/gatherings/${gatheringId}`)
  const joined = restarts.filter(({ state }) => state === 'joined')
  expect(joined).toHaveLength(1)
  const split = await post(gatheringId, 'split', { meetingId: joined[0]?.otherId })
  return ((await split.json()) as SplitAnswer).gatheringId
}
/** How many rules of single gatherings are stored, and on how many meetings they hang. */
const stored = async (): Promise<number[]> =>
  Promise.all(
    ["policies where scope = 'gathering'", 'policy_meetings'].map(async (rows) =>
      Number((await room.server.query(`select count(*) as n from ${rows}`))[0]?.['n']),
    ),
  )

/** Parts of one evening, two minutes apart, each a file of its own. */
const partOf = (part: number, zone = 'UTC'): string => {
  const fromMs = startMs + part * 32 * MINUTE_MS
  const toMs = fromMs + 30 * MINUTE_MS
  return exportOf(
    { number, topic: `Part ${part}`, startMs: fromMs, endMs: toMs },
    [{ name: `Somebody ${part}`, fromMs, toMs }],
    zone,
  )
}
async function handedIn(...parts: number[]): Promise<{ id: string; gatheringId: string }[]> {
  const told = []
  for (const part of parts) {
    const { id, gatherings } = await imported(room.server, token, partOf(part))
    told.push({ id, gatheringId: gatherings[0]?.gatheringId ?? '' })
  }
  return told
}

describe('the rules of one gathering, when it is joined with another', () => {
  it('are those of the one it is joined to, and each has its own again once they are taken apart', async () => {
    const [first, second] = await handedIn(0, 1)
    const [here, there] = [first?.gatheringId ?? '', second?.gatheringId ?? '']
    await set(here, { minPercent: 60 })
    await set(there, { minPercent: 40, lateAfterMinutes: 1 })
    await join(here, there)
    expect(await rulesOf(there)).toEqual({ minPercent: 60 })
    expect(await minimumOf(here)).toBe(60)
    expect(await takeApart(here)).toBe(there)
    expect(await rulesOf(here)).toEqual({ minPercent: 60 })
    expect(await rulesOf(there)).toEqual({ minPercent: 40, lateAfterMinutes: 1 })
    expect([await minimumOf(here), await minimumOf(there)]).toEqual([60, 40])
  })

  it('are those that were joined to it where it has none, until it gets its own, be they none', async () => {
    const [first, second] = await handedIn(0, 1)
    const [here, there] = [first?.gatheringId ?? '', second?.gatheringId ?? '']
    await set(there, { minPercent: 40 })
    await join(here, there)
    expect(await rulesOf(here)).toEqual({ minPercent: 40 })
    await set(here, {})
    expect(await rulesOf(here)).toEqual({})
    expect(await minimumOf(here)).toBe(75)
    // What is said of both is said of each.
    await set(here, { minPercent: 90 })
    expect(await takeApart(here)).toBe(there)
    expect([await rulesOf(here), await rulesOf(there)]).toEqual([{ minPercent: 90 }, { minPercent: 90 }])
    // And no longer of both.
    await set(there, { minPercent: 30 })
    expect([await minimumOf(here), await minimumOf(there)]).toEqual([90, 30])
  })
})

describe('the rules of one gathering, when a file is undone', () => {
  it('stay with the others when it began with the meeting that goes', async () => {
    const [first, second, third] = await handedIn(0, 1, 2)
    const [here, there, last] = [
      first?.gatheringId ?? '',
      second?.gatheringId ?? '',
      third?.gatheringId ?? '',
    ]
    await join(here, there)
    await join(here, last)
    await set(here, { minPercent: 55 })
    expect(await stored()).toEqual([1, 3])
    expect((await undo(room.server, token, first?.id ?? '')).status).toBe(204)
    expect((await history()).map(({ id }) => id)).toEqual([there])
    expect(await rulesOf(there)).toEqual({ minPercent: 55 })
    expect(await minimumOf(there)).toBe(55)
    expect(await stored()).toEqual([1, 2])
  })

  it('go with meetings that go, and handed in again it is new', async () => {
    const [first, second] = await handedIn(0, 1)
    await set(first?.gatheringId ?? '', { minPercent: 55 })
    await set(second?.gatheringId ?? '', { minPercent: 56 })
    expect((await undo(room.server, token, first?.id ?? '')).status).toBe(204)
    expect(await stored()).toEqual([1, 1])
    const [again] = await handedIn(0)
    expect(await rulesOf(again?.gatheringId ?? '')).toEqual({})
    expect(await rulesOf(second?.gatheringId ?? '')).toEqual({ minPercent: 56 })
  })
})

describe('the rules of one gathering, when its file is read anew', () => {
  const anew = async (zone: string): Promise<string> => {
    const { outcome, gatherings } = await imported(room.server, token, partOf(0), { zone })
    expect(outcome).toBe('replaced')
    return gatherings[0]?.gatheringId ?? ''
  }

  it('are the same with other times, there and back', async () => {
    const [first] = await handedIn(0)
    await set(first?.gatheringId ?? '', { minPercent: 65, breaks: [{ from: '13:10', to: '13:15' }] })
    for (const zone of ['Asia/Yekaterinburg', 'America/New_York', 'UTC']) {
      const now = await anew(zone)
      expect(await history()).toHaveLength(1)
      expect(await rulesOf(now)).toEqual({ minPercent: 65, breaks: [{ from: '13:10', to: '13:15' }] })
      expect(await minimumOf(now)).toBe(65)
      expect(await stored()).toEqual([1, 1])
    }
    await undo(room.server, token, first?.id ?? '')
    expect(await stored()).toEqual([0, 0])
  })
})

describe('the rules of one gathering that came from a file, when Zoom tells of it', () => {
  it('are the rules of what Zoom told, and go along when it is taken apart', async () => {
    const { server, lesson } = room
    server.webhooks.follow(lesson)
    const beganMs = server.clock.now()
    const span = { fromMs: beganMs, toMs: beganMs + 45 * MINUTE_MS }
    const told = { number: String(lesson.meeting.number), startMs: span.fromMs, endMs: span.toMs }
    const file = exportOf(told, [{ name: 'Vera', ...span }])
    const { gatherings } = await imported(server, token, file)
    const filed = gatherings[0]?.gatheringId ?? ''
    await set(filed, { minPercent: 85 })
    for (const key of ['elena', 'anna']) lesson.join(key)
    server.clock.advanceBy(45 * MINUTE_MS)
    lesson.end()
    await server.told()
    await server.runDue()
    await freshen()
    const [only, ...others] = await history()
    expect(others).toEqual([])
    const recorded = only?.id ?? ''
    expect(recorded).not.toBe(filed)
    expect(await rulesOf(recorded)).toEqual({ minPercent: 85 })
    expect(await minimumOf(recorded)).toBe(85)
    expect(await takeApart(recorded)).toBe(filed)
    expect([await rulesOf(recorded), await rulesOf(filed)]).toEqual([{}, { minPercent: 85 }])
  })
})
