import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type {
  DifferenceList,
  GatheringDetail,
  GatheringList,
  OwnLine,
  Problem,
  RosterSnapshot,
  SessionAnswer,
  Settings,
} from '../../../shared/wire/index.ts'
import { readEvents } from '../../support/event-stream.ts'
import { buildExport } from '../../support/rows.ts'
import { startServer, type TestServer } from '../../support/server.ts'
import { createScenario, sealAppContext, type PersonInPlay, type Scenario } from '../../zoom/index.ts'

/** A lesson from its last minutes to the week after, with everybody who may ask for its list. */
let server: TestServer
let lesson: Scenario
let gathering: string

const person = (key: string): PersonInPlay => ({
  key,
  name: key,
  zoomUserId: `user-${key}`,
  email: `${key}@school.example`,
})
const [elena, oleg, rita, anna, viktor, stranger] = [
  'elena',
  'oleg',
  'rita',
  'anna',
  'viktor',
  'stranger',
].map(person) as [PersonInPlay, PersonInPlay, PersonInPlay, PersonInPlay, PersonInPlay, PersonInPlay]

/** Typed an address as the name to be shown. */
rita.name = 'rita rita@typed.example'

const sessionOf = (who: PersonInPlay, where: Scenario | null): Promise<SessionAnswer> => {
  server.clock.advanceBy(1_000)
  return server.session(server.world.appContext(who, where))
}
const inMainClient = async (who: PersonInPlay): Promise<string> => (await sessionOf(who, null)).token
/** A context that names the lesson and a role in it, of somebody whom nobody saw there. */
const unseen = (who: PersonInPlay, attendrole: string): Promise<SessionAnswer> => {
  server.clock.advanceBy(1_000)
  const ts = server.clock.now()
  const fields = { typ: 'meeting', uid: who.zoomUserId, mid: lesson.meeting.uuid, attendrole } as const
  const token = { ...fields, aud: 'TestClientId', iss: 'marketplace.zoom.us', ts, exp: ts + 120_000 }
  return server.session(sealAppContext(token, server.world.app.clientSecret))
}
const get = async <Answer>(token: string, path: string): Promise<Answer> => {
  const answer = await server.call(token, 'GET', path)
  if (answer.status !== 200) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
  return (await answer.json()) as Answer
}
const post = (token: string, path: string, body: object = {}): Promise<Response> =>
  server.call(token, 'POST', path, body)
const about = (what = ''): string => `/api/gatherings/${gathering}${what}`
const codeOf = async (answer: Response): Promise<string> => ((await answer.json()) as Problem).code
const acts = async (act: string): Promise<Record<string, unknown>[]> =>
  server.query('select actor_member_id, detail from audit where act = $1 order by seq', [act])

beforeAll(async () => {
  server = await startServer()
  const { world, clock } = server
  lesson = world.add(
    createScenario({
      clock,
      seed: 1,
      meeting: { topic: 'Lesson 4', accountId: 'account-a' },
      host: elena,
      people: [oleg, rita, anna, viktor],
    }),
  )
  for (const someone of [elena, anna]) world.addUser(someone, 'account-a')
  for (const someone of [oleg, rita, viktor, stranger]) world.addUser(someone, `account-of-${someone.key}`)
  for (const someone of [elena, oleg, rita, anna, viktor, stranger]) {
    await server.install(someone.zoomUserId ?? '')
    world.authorised.add(someone.zoomUserId ?? '')
  }
  server.webhooks.follow(lesson)
  lesson.start()
  for (const { key } of [elena, oleg, rita]) lesson.join(key)
  lesson.promote('oleg')
  await server.told()
  gathering = (await sessionOf(elena, lesson)).meeting?.gatheringId ?? ''
})
afterAll(() => server.stop())

describe('in the meeting', () => {
  it('grants a co-host of another account the list, as proved', async () => {
    const { meeting, member } = await sessionOf(oleg, lesson)
    expect(member.role).toBe('cohost')
    expect(meeting).toMatchObject({ gatheringId: gathering, mayReadEmails: false })
  })

  it('is counted by its live list alone: the history says no number to anybody', async () => {
    const countFor = async ({ token }: SessionAnswer) => {
      await get<RosterSnapshot>(token, about('/roster'))
      await server.query('update gatherings set came = 7 where id = $1', [gathering])
      const { came } = await get<GatheringDetail>(token, about())
      return [came, (await get<GatheringList>(token, '/api/gatherings')).items.map((item) => item.came)]
    }
    expect(await countFor(await sessionOf(elena, lesson))).toEqual([null, [null]])
    expect(await countFor(await sessionOf(oleg, lesson))).toEqual([null, [null]])
    await server.query('update gatherings set came = null where id = $1', [gathering])
  })

  it('shows a participant their own line and nothing of anybody else', async () => {
    const { token, meeting, ownLineOf } = await sessionOf(rita, lesson)
    expect({ meeting, ownLineOf }).toEqual({ meeting: null, ownLineOf: gathering })
    const line = await get<OwnLine>(token, about('/own-line'))
    expect(line).toMatchObject({
      topic: 'Lesson 4',
      person: { name: 'rita r…@…', state: 'here', email: null },
    })
    expect(JSON.stringify(line)).not.toMatch(/elena|oleg/)
    await get<OwnLine>(token, about('/own-line'))
    expect(await acts('own_line_read')).toHaveLength(1)
    for (const path of ['', '/roster', '/live', '/differences']) {
      expect((await server.call(token, 'GET', about(path))).status, path).toBe(403)
    }
    expect((await get<GatheringList>(token, '/api/gatherings')).items).toEqual([])
  })

  it('shows a participant whom Zoom names nowhere no line at all', async () => {
    const { token } = await unseen(viktor, 'attendee')
    expect(await get<OwnLine>(token, about('/own-line'))).toMatchObject({ person: null })
  })

  it('takes an alternative host of another account for a participant, one of the same account for a co-host', async () => {
    const foreign = await unseen(viktor, 'host')
    expect([foreign.member.role, foreign.meeting]).toEqual(['participant', null])
    const colleague = await unseen(anna, 'host')
    expect([colleague.member.role, colleague.meeting?.mayReadEmails]).toEqual(['cohost', false])
  })

  it('shows the list of a live meeting only in a session that proved the role in it', async () => {
    const token = await inMainClient(oleg)
    expect(await codeOf(await server.call(token, 'GET', about('/roster')))).toBe('cohost_policy')
    expect(await get<GatheringDetail>(token, about())).toMatchObject({ standing: 'none', topic: null })
  })
})

describe('after the meeting', () => {
  // What is due is done now, not in the middle of a test by the server's own look at the clock.
  beforeEach(() => server.runDue())

  beforeAll(async () => {
    lesson.end()
    await server.told()
    server.clock.advanceBy(24 * 3_600_000)
  })

  it('lists the gathering for its host, and for a co-host from another installation', async () => {
    const listFor = async (who: PersonInPlay) =>
      (await get<GatheringList>(await inMainClient(who), '/api/gatherings')).items
    await get<RosterSnapshot>(await inMainClient(elena), about('/roster'))
    expect(await listFor(elena)).toMatchObject([
      { id: gathering, topic: 'Lesson 4', standing: 'owner', came: 3, capture: 'full' },
    ])
    expect(await listFor(oleg)).toMatchObject([
      { id: gathering, topic: 'Lesson 4', standing: 'cohost', came: 3, request: 'none' },
    ])
    for (const nobody of [rita, viktor, stranger]) expect(await listFor(nobody)).toEqual([])
  })

  it('gives a co-host the next day what the policy says: by default all but addresses', async () => {
    const token = await inMainClient(oleg)
    const { people } = await get<RosterSnapshot>(token, about('/roster'))
    expect(people.map(({ email, emailHidden }) => [email, emailHidden])).toEqual(
      people.map(() => [null, true]),
    )
    expect(people.map(({ name }) => name).sort()).toEqual(['elena', 'oleg', 'rita r…@…'])
    const copiedFor = async (reader: string) =>
      (await post(reader, about('/clipboard'), buildExport({ format: 'tsv' }))).text()
    expect(await copiedFor(await inMainClient(elena))).toContain('rita@typed.example')
    expect(await copiedFor(token)).not.toContain('typed.example')
    expect((await post(token, about('/exports'), buildExport())).status).toBe(201)
    expect(await get<GatheringDetail>(token, about())).toMatchObject({
      mayReadEmails: false,
      mayExport: true,
      mayManage: false,
      restarts: [],
    })
    expect((await get<DifferenceList>(token, about('/differences'))).counts.unchanged).toBe(3)
  })

  it('gives nothing when the policy says nothing, but lets them ask, once, and be granted', async () => {
    const host = await inMainClient(elena)
    const policy = { cohostPolicy: 'nothing' }
    expect((await post(host, '/api/settings/cohost-policy', policy)).status).toBe(204)
    expect(await acts('cohost_policy_changed')).toMatchObject([
      { detail: { before: 'without_emails', after: 'nothing' } },
    ])

    const cohost = await inMainClient(oleg)
    const { report } = await get<GatheringDetail>(host, about())
    expect(report.nextTryAt).not.toBeNull()
    const unknown = {
      standing: 'none',
      topic: null,
      number: null,
      came: null,
      kind: 'meeting',
      startedAt: expect.any(String) as unknown,
      endedAt: expect.any(String) as unknown,
      report: {
        state: report.state,
        nextTryAt: null,
        reason: null,
        zoomCode: null,
        gaps: [],
        fetchedAt: null,
      },
    }
    expect(await get<GatheringDetail>(cohost, about())).toMatchObject({ ...unknown, mayExport: false })
    expect((await get<GatheringList>(cohost, '/api/gatherings')).items).toMatchObject([unknown])
    expect(await codeOf(await server.call(cohost, 'GET', about('/roster')))).toBe('cohost_policy')
    for (const search of ['lesson', lesson.meeting.number, lesson.meeting.number.slice(0, 3)]) {
      const found = async (token: string) =>
        (await get<GatheringList>(token, `/api/gatherings?search=${search}`)).items.length
      expect([await found(host), await found(cohost)], search).toEqual([1, 0])
    }

    expect((await post(cohost, about('/access-requests'))).status).toBe(204)
    expect((await post(cohost, about('/access-requests'))).status).toBe(204)
    expect(await acts('access_requested')).toHaveLength(1)
    const { requests, cohosts } = await get<Settings>(host, '/api/settings')
    expect(requests).toMatchObject([
      { gatheringId: gathering, topic: 'Lesson 4', name: 'oleg', state: 'pending' },
    ])
    expect(cohosts).toMatchObject([{ name: null }, { name: 'oleg', gatherings: 1, always: null }])

    const decide = (decision: object) => post(host, `/api/settings/requests/${requests[0]?.id}`, decision)
    expect((await decide({ decision: 'once', emails: true })).status).toBe(204)
    expect((await decide({ decision: 'once', emails: true })).status).toBe(204)
    expect((await decide({ decision: 'refuse', emails: false })).status).toBe(409)
    const { people } = await get<RosterSnapshot>(cohost, about('/roster'))
    expect(people.some(({ email }) => email === 'rita@school.example')).toBe(true)
    expect(await get<GatheringDetail>(cohost, about())).toMatchObject({
      standing: 'cohost',
      request: 'granted_once',
    })
  })

  it('takes a link back that a co-host made before the host decided otherwise', async () => {
    const host = await inMainClient(elena)
    const cohost = await inMainClient(oleg)
    const made = (await (await post(cohost, about('/exports'), buildExport())).json()) as { url: string }
    const opened = async () => (await fetch(made.url)).status
    expect(await opened()).toBe(200)
    const { cohosts } = await get<Settings>(host, '/api/settings')
    const member = cohosts.find(({ name }) => name === 'oleg')?.memberId ?? ''
    const { requests } = await get<Settings>(host, '/api/settings')
    expect(requests).toMatchObject([{ state: 'granted_once' }])
    await post(host, `/api/settings/cohosts/${member}`, { always: 'nothing' })
    expect(await opened()).toBe(410)
    await post(host, `/api/settings/cohosts/${member}`, { always: null })
  })

  it('takes everything back from one co-host at once, also what was granted for a gathering', async () => {
    const host = await inMainClient(elena)
    const cohost = await inMainClient(oleg)
    const { cohosts } = await get<Settings>(host, '/api/settings')
    const member = cohosts.find(({ name }) => name === 'oleg')?.memberId ?? ''
    const decide = (always: string | null) => post(host, `/api/settings/cohosts/${member}`, { always })
    expect((await decide('nothing')).status).toBe(204)
    expect(await codeOf(await server.call(cohost, 'GET', about('/roster')))).toBe('cohost_policy')
    expect((await decide('everything')).status).toBe(204)
    expect((await server.call(cohost, 'GET', about('/roster'))).status).toBe(200)
    expect((await decide(null)).status).toBe(204)
    expect((await server.call(cohost, 'GET', about('/roster'))).status).toBe(403)
    expect((await acts('cohost_decided')).map(({ detail }) => detail)).toMatchObject([
      { before: null, after: 'nothing' },
      { before: 'nothing', after: null },
      { before: null, after: 'nothing' },
      { before: 'nothing', after: 'everything' },
      { before: 'everything', after: null },
    ])
  })

  it('tells an open stream when addresses come, and ends it when everything is taken back', async () => {
    const host = await inMainClient(elena)
    const { cohosts } = await get<Settings>(host, '/api/settings')
    const member = cohosts.find(({ name }) => name === 'oleg')?.memberId ?? ''
    const decide = (always: string | null) => post(host, `/api/settings/cohosts/${member}`, { always })
    await decide('without_emails')
    const events = readEvents(await server.call(await inMainClient(oleg), 'GET', about('/live')))
    const next = async () => (await events.next()) as { event: string; data: unknown }
    expect(JSON.stringify((await next()).data)).not.toContain('@school.example')
    await decide('everything')
    expect(JSON.stringify((await next()).data)).toContain('rita@school.example')
    await decide('nothing')
    expect(await next()).toMatchObject({ event: 'ended', data: { code: 'session_revoked' } })
    await decide(null)
  })

  it('lets a refused co-host ask again after a day, not before', async () => {
    const host = await inMainClient(elena)
    await post(await inMainClient(oleg), about('/access-requests'))
    const { requests } = await get<Settings>(host, '/api/settings')
    await post(host, `/api/settings/requests/${requests[0]?.id}`, { decision: 'refuse', emails: false })
    const stateFor = async () => (await get<GatheringDetail>(await inMainClient(oleg), about())).request
    await post(await inMainClient(oleg), about('/access-requests'))
    expect(await stateFor()).toBe('refused')
    server.clock.advanceBy(24 * 3_600_000)
    await post(await inMainClient(oleg), about('/access-requests'))
    expect(await stateFor()).toBe('pending')
  })

  it('keeps decisions for the owner, and for an owner with a fresh context', async () => {
    const cohost = await inMainClient(oleg)
    expect((await get<Settings>(cohost, '/api/settings')).requests).toEqual([])
    const stale = await inMainClient(elena)
    server.clock.advanceBy(121_000)
    const change = await post(stale, '/api/settings/cohost-policy', { cohostPolicy: 'everything' })
    expect(await codeOf(change)).toBe('context_stale')
  })

  it('is the host’s history also while they sit in somebody else’s meeting', async () => {
    const other = server.world.add(
      createScenario({
        clock: server.clock,
        seed: 2,
        meeting: { topic: 'Staff', accountId: 'account-of-oleg' },
        host: oleg,
        people: [elena],
      }),
    )
    server.webhooks.follow(other)
    other.start()
    for (const { key } of [oleg, elena]) other.join(key)
    await server.told()
    const { token, ownLineOf } = await sessionOf(elena, other)
    expect(ownLineOf).not.toBeNull()
    expect((await get<GatheringList>(token, '/api/gatherings')).items).toMatchObject([
      { id: gathering, standing: 'owner' },
    ])
    expect((await get<Settings>(token, '/api/settings')).mayManage).toBe(true)
    expect((await server.call(token, 'GET', about('/roster'))).status).toBe(200)
  })

  it('lets nobody without a grant reach a gathering of another installation, by any route', async () => {
    // Viktor and Rita were participants of the lesson; a day later, and in the main client, that is nothing.
    const all = (await server.query('select installation_id, id from gatherings')) as {
      installation_id: string
      id: string
    }[]
    const routes = server.rollbook.routes.filter(({ access }) => access.who === 'gathering')
    expect(routes.length).toBeGreaterThan(10)
    for (const who of [rita, viktor, stranger]) {
      const token = await inMainClient(who)
      for (const { method, path } of routes) {
        for (const { id } of all) {
          const address = path.replace(':gathering', id)
          const answer = await server.call(
            token,
            method === 'get' ? 'GET' : 'POST',
            address,
            method === 'get' ? undefined : {},
          )
          await answer.body?.cancel()
          expect(answer.status, `${who.key}: ${method} ${address}`).toBe(404)
        }
      }
    }
  })
})
