import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { GatheringDetail, GatheringList, SplitAnswer } from '../../../shared/wire/index.ts'
import { classmate, openClassroom, type Classroom } from '../../support/classroom.ts'
import { exportOf, handIn, imported, importsOf, rosterOf, undo, type CsvRow } from '../imports/handing-in.ts'
import { createScenario } from '../../zoom/index.ts'

const MINUTE_MS = 60_000
const anna = classmate('anna', 'Anna Petrova')
const stranger = classmate('stranger', 'Somebody Else')

let room: Classroom
let token: string
beforeEach(async () => {
  room = await openClassroom({ others: [anna] })
  token = await freshToken()
})
afterEach(() => room.server.stop())

async function freshToken(): Promise<string> {
  room.server.clock.advanceBy(1_000)
  return (await room.server.session(room.server.world.appContext(room.elena, null))).token
}

const history = async () =>
  ((await (await room.server.call(token, 'GET', '/api/gatherings')).json()) as GatheringList).items
const namesOf = async (gatheringId: string): Promise<string[]> =>
  (await rosterOf(room.server, token, gatheringId)).people.map(({ name }) => name).sort()

const startMs = Date.UTC(2026, 10, 16, 13, 0)
const endMs = startMs + 60 * MINUTE_MS
const old = { number: '98765432100', startMs, endMs }
const stay = (name: string, fromMs = startMs, toMs = endMs): CsvRow => ({ name, fromMs, toMs })

describe('what an import says it changed', () => {
  it('counts the people of this file, and nobody another file told of', async () => {
    const { server } = room
    await imported(server, token, exportOf(old, [stay('Anna Petrova'), stay('Boris Ivanov')]))
    const other = await imported(server, token, exportOf(old, [stay('Vera')]))
    expect(other.people).toEqual({ added: 1, matched: 0 })
    const known = await imported(server, token, exportOf(old, [stay('Vera')]))
    expect(known).toMatchObject({ outcome: 'known', people: { added: 0, matched: 1 } })
  })
})

describe('the report of a webinar', () => {
  it('brings who came, with their roles; who registered and stayed away is told of as without times', async () => {
    const { server } = room
    const answer = await imported(
      server,
      token,
      [
        'Attendee Report',
        'Report Generated:,11/17/2026 09:00:00 AM',
        'Topic,Webinar ID,Actual Start Time,Actual Duration (minutes),# Registered,# Cancelled,Unique Viewers,Total Users,Max Concurrent Views',
        'Open day,987 6543 2100,11/16/2026 01:00:00 PM,60,3,0,2,4,2',
        'Host Details',
        'Attended,User Name (Original Name),Email,Join Time,Leave Time,Time in Session (minutes),Is Guest,Country/Region Name',
        'Yes,Elena K.,elena@school.example,11/16/2026 01:00:00 PM,11/16/2026 02:00:00 PM,60,No,Germany',
        'Attendee Details',
        'Attended,User Name (Original Name),First Name,Last Name,Email,Registration Time,Approval Status,Join Time,Leave Time,Time in Session (minutes),Is Guest,Country/Region Name',
        'Yes,Anna Petrova,Anna,Petrova,anna@school.example,11/10/2026 10:00:00 AM,approved,11/16/2026 01:05:00 PM,11/16/2026 01:30:00 PM,25,Yes,Germany',
        'Yes,Anna Petrova,--,--,--,--,--,11/16/2026 01:40:00 PM,11/16/2026 02:00:00 PM,20,Yes,Germany',
        'No,Boris Ivanov,Boris,Ivanov,boris@school.example,11/11/2026 10:00:00 AM,approved,--,--,--,--,--',
        '',
      ].join('\r\n'),
    )
    expect(answer).toMatchObject({
      rows: { read: 3, added: 3, withoutTimes: 1 },
      people: { added: 2, matched: 0 },
    })
    const roster = await rosterOf(server, token, answer.gatherings[0]?.gatheringId ?? '')
    expect(roster.gathering).toMatchObject({ kind: 'webinar', topic: 'Open day', number: '98765432100' })
    expect(roster.people.map(({ name, role, presentSeconds }) => [name, role, presentSeconds])).toEqual(
      expect.arrayContaining([
        ['Elena K.', 'host', 3_600],
        ['Anna Petrova', 'attendee', 2_700],
      ]),
    )
    expect(roster.people).toHaveLength(2)
  })
})

describe('a file handed in twice at the same moment', () => {
  it('is imported once, and both hear that it went well', async () => {
    const { server } = room
    const rows = Array.from({ length: 2_500 }, (_, i) => stay(`Pupil ${i}`))
    const answers = await Promise.all([1, 2].map(() => handIn(server, token, exportOf(old, rows))))
    expect(answers.map(({ ok }) => ok)).toEqual([true, true])
    const [only, ...others] = await history()
    expect(others).toEqual([])
    expect(await namesOf(only?.id ?? '')).toHaveLength(2_500)
    expect(await importsOf(server, token)).toMatchObject([{ state: 'done' }])
  })
})

describe('a file that came together with what Zoom told later', () => {
  /** The file is there first; then Elena teaches Anna, and Zoom tells of it. */
  async function adopt(): Promise<{ importId: string; gatheringId: string; oldId: string }> {
    const { server, lesson } = room
    server.webhooks.follow(lesson)
    const beganMs = server.clock.now()
    const endedMs = beganMs + 45 * MINUTE_MS
    const file = exportOf({ number: String(lesson.meeting.number), startMs: beganMs, endMs: endedMs }, [
      stay('Anna Petrova', beganMs, endedMs),
      stay('Vera', beganMs, endedMs),
    ])
    const { id, gatherings } = await imported(server, token, file)
    for (const key of ['elena', 'anna']) lesson.join(key)
    server.clock.advanceBy(45 * MINUTE_MS)
    lesson.end()
    await server.told()
    await server.runDue()
    token = await freshToken()
    const [only, ...others] = await history()
    expect(others).toEqual([])
    expect(await namesOf(only?.id ?? '')).toEqual(['Anna Petrova', 'Elena K.', 'Vera'])
    return { importId: id, gatheringId: only?.id ?? '', oldId: gatherings[0]?.gatheringId ?? '' }
  }

  it('can be taken apart again, and stays apart', async () => {
    const { server } = room
    const { gatheringId, oldId } = await adopt()
    const read = await server.call(token, 'GET', `/api/gatherings/${gatheringId}`)
    const joined = ((await read.json()) as GatheringDetail).restarts.filter(({ state }) => state === 'joined')
    expect(joined).toHaveLength(1)
    const split = await server.call(token, 'POST', `/api/gatherings/${gatheringId}/split`, {
      meetingId: joined[0]?.otherId,
    })
    expect(split.status).toBe(200)
    expect(((await split.json()) as SplitAnswer).gatheringId).toBe(oldId)
    await server.runDue()
    expect(await history()).toHaveLength(2)
    expect(await namesOf(gatheringId)).toEqual(['Anna Petrova', 'Elena K.'])
    expect(await namesOf(oldId)).toEqual(['Anna Petrova', 'Vera'])
  })

  it('is gone after an undo, with the gathering it once had', async () => {
    const { server } = room
    const { importId, gatheringId, oldId } = await adopt()
    expect((await undo(server, token, importId)).status).toBe(204)
    expect(await namesOf(gatheringId)).toEqual(['Anna Petrova', 'Elena K.'])
    expect((await server.call(token, 'GET', `/api/gatherings/${oldId}/roster`)).status).toBe(404)
  })
})

describe('a co-host of the owner', () => {
  it('neither previews nor imports nor lists nor takes back', async () => {
    const { server, lesson } = room
    const { id } = await imported(server, token, exportOf(old, [stay('Vera')]))
    server.webhooks.follow(lesson)
    for (const key of ['elena', 'anna']) lesson.join(key)
    lesson.promote('anna')
    await server.told()
    server.world.authorised.add(anna.zoomUserId ?? '')
    server.clock.advanceBy(1_000)
    const cohost = (await server.session(server.world.appContext(anna, lesson))).token
    const meetings = [{ number: null, startedAt: '2026-11-16T13:00:00Z', endedAt: '2026-11-16T14:00:00Z' }]
    const answers = [
      await server.call(cohost, 'POST', '/api/imports/preview', { hash: '0'.repeat(64), meetings }),
      await handIn(server, cohost, exportOf(old, [stay('Olga')])),
      await server.call(cohost, 'GET', '/api/imports'),
      await undo(server, cohost, id),
    ]
    expect(answers.map(({ status }) => status)).toEqual([403, 403, 403, 403])
    expect(await importsOf(server, token)).toMatchObject([{ id, state: 'done' }])
  })
})

describe('evidence of a file', () => {
  it('goes only redacted, and no other evidence becomes a file’s', async () => {
    const { server } = room
    const { id } = await imported(server, token, exportOf(old, [stay('Anna Petrova')]))
    await expect(server.query('delete from evidence')).rejects.toThrow(/append-only/)
    await expect(server.query('update evidence set import_id = null, payload = null')).rejects.toThrow(
      /append-only/,
    )
    const redact = "update evidence set payload = null, email_hash = null, name_hashes = '{}'"
    await server.query(redact)
    await server.query('delete from evidence where import_id = $1', [id])
    expect(await server.query('select count(*)::int as n from evidence')).toEqual([{ n: 0 }])
  })
})

describe('a meeting only a panel saw', () => {
  it('is found by number and time, learns its times from a file, and forgets them when the last file that told of it is undone', async () => {
    const { server, elena } = room
    server.world.addUser(stranger, 'account-a')
    const lesson = server.world.add(
      createScenario({
        ...{ clock: server.clock, seed: 7, host: stranger, people: [elena] },
        meeting: { topic: 'Not ours', accountId: 'account-a', kind: 'meeting' },
      }),
    )
    lesson.start()
    for (const { key } of [stranger, elena]) lesson.join(key)
    lesson.promote('elena')
    server.clock.advanceBy(1_000)
    const beganMs = server.clock.now()
    server.clock.advanceBy(20 * MINUTE_MS)
    const panel = await server.session(server.world.appContext(elena, lesson))
    const gatheringId = panel.meeting?.gatheringId ?? ''
    const atMs = server.clock.now()
    const seen = await server.call(panel.token, 'POST', `/api/gatherings/${gatheringId}/observations`, {
      sentAtMs: atMs,
      observations: [
        { kind: 'meeting', atMs, topic: 'Not ours', number: String(lesson.meeting.number) },
        {
          ...{ kind: 'reading', atMs, scope: 'main', room: null },
          people: [{ participantUuid: 'anna-1', name: 'Anna Petrova', role: 'attendee' }],
        },
      ],
    })
    expect(seen.ok).toBe(true)
    server.clock.advanceBy(45 * MINUTE_MS)
    lesson.end()
    token = await freshToken()
    const endOf = async () => (await rosterOf(server, token, gatheringId)).gathering.endedAt
    const known = await endOf()
    const span = { number: String(lesson.meeting.number), startMs: beganMs, endMs: beganMs + 45 * MINUTE_MS }
    const files = [
      exportOf(span, [stay('Anna Petrova', beganMs, span.endMs)]),
      exportOf(span, [stay('Vera', beganMs, span.endMs)]),
    ]
    const answers = []
    for (const file of files) answers.push(await imported(server, token, file))
    expect(answers.map(({ gatherings }) => gatherings[0]?.gatheringId)).toEqual([gatheringId, gatheringId])
    const learnt = async () =>
      server.query('select learnt, ended_at_ms, kind from meetings where gathering_id = $1', [gatheringId])
    expect(await learnt()).toMatchObject([
      { learnt: ['kind', 'started_at_ms', 'ended_at_ms'], ended_at_ms: String(span.endMs) },
    ])
    expect(await namesOf(gatheringId)).toEqual(['Anna Petrova', 'Vera'])
    await undo(server, token, answers[0]?.id ?? '')
    expect(await endOf()).not.toBeNull()
    await undo(server, token, answers[1]?.id ?? '')
    expect(await endOf()).toBe(known)
    expect(await learnt()).toMatchObject([{ learnt: null, ended_at_ms: null }])
  })
})
