import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type {
  DifferenceList,
  GatheringDetail,
  GatheringList,
  OwnLine,
  RosterSnapshot,
  SessionAnswer,
  Settings,
} from '../../../shared/wire/index.ts'
import { buildExport } from '../../support/rows.ts'
import { createScenario, type PersonInPlay } from '../../zoom/index.ts'
import { codeOf, openLesson, type Lesson } from './afterwards-lesson.ts'

let the: Lesson
beforeAll(async () => {
  the = await openLesson()
})
afterAll(() => the.server.stop())

describe('in the meeting', () => {
  it('grants a co-host of another account the list, as proved', async () => {
    const { lesson, gathering, oleg, sessionOf } = the
    const { meeting, member } = await sessionOf(oleg, lesson)
    expect(member.role).toBe('cohost')
    expect(meeting).toMatchObject({ gatheringId: gathering, mayReadEmails: false })
  })

  it('is counted by its live list alone: the history says no number to anybody', async () => {
    const { server, lesson, gathering, about, elena, oleg, sessionOf, get } = the
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
    const { server, lesson, gathering, about, rita, sessionOf, get, acts } = the
    const { token, meeting, ownLineOf } = await sessionOf(rita, lesson)
    expect({ meeting, ownLineOf }).toEqual({ meeting: null, ownLineOf: gathering })
    const line = await get<OwnLine>(token, about('/own-line'))
    expect(line).toMatchObject({
      topic: 'Lesson 4',
      person: { name: 'rita r…@…', state: 'here', email: null },
    })
    expect(JSON.stringify(line)).not.toMatch(/Elena|oleg/)
    await get<OwnLine>(token, about('/own-line'))
    expect(await acts('own_line_read')).toHaveLength(1)
    for (const path of ['', '/roster', '/live', '/differences']) {
      expect((await server.call(token, 'GET', about(path))).status, path).toBe(403)
    }
    expect((await get<GatheringList>(token, '/api/gatherings')).items).toEqual([])
  })

  it('shows a participant whom Zoom names nowhere no line at all', async () => {
    const { about, viktor, unseen, get } = the
    const { token } = await unseen(viktor, 'attendee')
    expect(await get<OwnLine>(token, about('/own-line'))).toMatchObject({ person: null })
  })

  it('takes an alternative host of another account for a participant, one of the same account for a co-host', async () => {
    const { anna, viktor, unseen } = the
    const foreign = await unseen(viktor, 'host')
    expect([foreign.member.role, foreign.meeting]).toEqual(['participant', null])
    const colleague = await unseen(anna, 'host')
    expect([colleague.member.role, colleague.meeting?.mayReadEmails]).toEqual(['cohost', false])
  })

  it('shows the list of a live meeting only in a session that proved the role in it', async () => {
    const { server, about, oleg, inMainClient, get } = the
    const token = await inMainClient(oleg)
    expect(await codeOf(await server.call(token, 'GET', about('/roster')))).toBe('cohost_policy')
    expect(await get<GatheringDetail>(token, about())).toMatchObject({
      standing: 'none',
      topic: null,
      opensAtEnd: true,
    })
  })
})

describe('after the meeting', () => {
  // What is due is done now, not in the middle of a test by the server's own look at the clock.
  beforeEach(() => the.server.runDue())

  beforeAll(async () => {
    the.lesson.end()
    await the.server.told()
    the.server.clock.advanceBy(10_000)
    await the.server.runDue()
    the.server.clock.advanceBy(24 * 3_600_000)
  })

  it('lists the gathering for its host, and for a co-host from another installation', async () => {
    const { gathering, elena, oleg, rita, viktor, stranger, inMainClient, get } = the
    const listFor = async (who: PersonInPlay) =>
      (await get<GatheringList>(await inMainClient(who), '/api/gatherings')).items
    expect(await listFor(elena)).toMatchObject([
      { id: gathering, topic: 'Lesson 4', standing: 'owner', came: 3, capture: 'full' },
    ])
    expect(await listFor(oleg)).toMatchObject([
      { id: gathering, topic: 'Lesson 4', standing: 'cohost', came: 3, request: 'none' },
    ])
    for (const nobody of [rita, viktor, stranger]) expect(await listFor(nobody)).toEqual([])
  })

  it('gives a co-host the next day what the policy says: by default all but addresses', async () => {
    const { about, elena, oleg, inMainClient, get, post } = the
    const token = await inMainClient(oleg)
    const { people } = await get<RosterSnapshot>(token, about('/roster'))
    expect(people.map(({ email, emailHidden }) => [email, emailHidden])).toEqual(
      people.map(() => [null, true]),
    )
    expect(people.map(({ name }) => name).sort()).toEqual(['Elena K.', 'oleg', 'rita r…@…'])
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

  it('is the host’s history also while they sit in somebody else’s meeting', async () => {
    const { server, gathering, about, elena, oleg, sessionOf, get } = the
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
    const { server, rita, viktor, stranger, inMainClient } = the
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
