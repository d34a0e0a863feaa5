import { afterEach, describe, expect, it } from 'vitest'
import type { PersonRow, RosterSnapshot, RosterSummary } from '../../../shared/wire/index.ts'
import { classmate } from '../../support/classroom.ts'
import { startServer, type TestServer } from '../../support/server.ts'
import { createScenario, guestOf, type RegistrationDesk, type Scenario } from '../../zoom/index.ts'

const MINUTE_MS = 60_000
const DAY_MS = 24 * 60 * MINUTE_MS

let server: TestServer
afterEach(() => server.stop())

interface Course {
  lesson: Scenario
  desk: RegistrationDesk
  pass(ms: number): Promise<void>
  roster(): Promise<RosterSnapshot>
}

/** A lesson one registers for, whose host has Rollbook; nobody is there yet. */
async function course({
  meeting = {},
  settings = {},
  scopes,
}: {
  meeting?: { plannedStartsMs?: number[] }
  settings?: Record<string, string>
  scopes?: string[]
} = {}): Promise<Course> {
  server = await startServer({ settings })
  if (scopes) server.world.app.scopes = scopes
  const wish = { topic: 'Course', accountId: 'account-a', ...meeting }
  const elena = classmate('elena', 'Elena K.')
  const lesson = server.world.add(
    createScenario({ clock: server.clock, seed: 1, meeting: wish, host: elena }),
  )
  await server.install('user-elena')
  server.world.authorised.add('user-elena')
  const desk = server.world.openRegistration(lesson.meeting.number, { seed: 1 })
  server.webhooks.follow(lesson)
  server.webhooks.followRegistrations(desk)
  return {
    lesson,
    desk,
    async pass(ms) {
      // A delivery still on its way when the clock jumps would be stale.
      await server.told()
      server.clock.advanceBy(ms)
      await server.told()
      await server.runDue()
    },
    async roster() {
      const [row] = await server.query('select gathering_id from meetings where uuid = $1', [
        lesson.meeting.uuid,
      ])
      const { token } = await server.session(
        server.world.appContext(elena, lesson.meeting.endedAtMs === null ? lesson : null),
      )
      const answer = await server.call(
        token,
        'GET',
        `/api/gatherings/${String(row?.['gathering_id'])}/roster`,
      )
      if (answer.status !== 200) throw new Error(`No roster: ${answer.status} ${await answer.text()}`)
      return (await answer.json()) as RosterSnapshot
    },
  }
}

const form = (name: string) => ({
  first_name: name,
  last_name: 'Test',
  email: `${name.toLowerCase()}@example.org`,
})

/** The sums, without those that are nought. */
const sums = ({ expected }: RosterSummary) =>
  Object.fromEntries(
    Object.entries(expected ?? {}).filter(
      ([name, value]) => typeof value === 'number' && value > 0 && name !== 'readAt',
    ),
  )
const rowOf = ({ people }: RosterSnapshot, name: string): PersonRow => {
  const row = people.find((one) => one.name.startsWith(name))
  if (!row) throw new Error(`Nobody is called ${name}`)
  return row
}

describe('registrants of a meeting', () => {
  it('are told by Zoom’s messages and lists, and held against who came', async () => {
    const { lesson, desk, pass, roster } = await course()
    const [anna, boris] = ['Anna', 'Boris', 'Vera'].map((name) =>
      desk.register(form(name), { answers: [{ title: 'Why?', value: `${name} asks` }] }),
    )
    if (!anna || !boris) throw new Error('Nobody registered')
    lesson.cast(guestOf(anna, 'anna'))
    lesson.cast({ key: 'guest', name: 'Somebody else' })
    lesson.join('elena')
    await pass(MINUTE_MS)
    lesson.join('anna')
    lesson.join('guest')
    await pass(30 * MINUTE_MS)
    const live = await roster()
    expect(sums(live.summary)).toMatchObject({
      approved: 3,
      came: 1,
      absent: 2,
      registered: 1,
      walkIns: 1,
      staff: 1,
    })
    expect(live.people.some(({ onListOnly }) => onListOnly)).toBe(false)
    expect(rowOf(live, 'Somebody').statuses).toContain('walk_in')
    lesson.end()
    await pass(2 * MINUTE_MS)
    const over = await roster()
    const absent = over.people.filter(({ onListOnly }) => onListOnly)
    expect(absent.map(({ name, email, statuses }) => ({ name, email, statuses }))).toEqual(
      expect.arrayContaining([
        { name: 'Boris Test', email: 'boris@example.org', statuses: ['absent'] },
        { name: 'Vera Test', email: 'vera@example.org', statuses: ['absent'] },
      ]),
    )
    expect(absent).toHaveLength(2)
    expect(rowOf(over, 'Anna').registration).toEqual({
      ...{ name: 'Anna Test', email: 'anna@example.org', standing: 'approved', others: 0, ofAnother: false },
    })
    expect(over.summary.expected?.readAt).not.toBeNull()
  })

  it('who cancel are known from the message, or from a later list that lacks them, and it is told which', async () => {
    const { lesson, desk, pass, roster } = await course()
    const [anna, boris, vera] = ['Anna', 'Boris', 'Vera'].map((name) => desk.register(form(name)))
    if (!anna || !boris || !vera) throw new Error('Nobody registered')
    await pass(6 * MINUTE_MS)
    desk.cancel(anna.id)
    await server.told()
    server.webhooks.switches.lostRegistrations = () => true
    desk.cancel(boris.id)
    server.clock.advanceBy(1_000)
    lesson.join('elena')
    await pass(MINUTE_MS)
    lesson.end()
    await pass(2 * MINUTE_MS)
    expect(sums((await roster()).summary)).toEqual({
      approved: 1,
      absent: 1,
      staff: 1,
      cancelled: 2,
      cancelledUnseen: 1,
    })
  })

  it('who were denied or wait for the host are expected by nobody', async () => {
    const { lesson, desk, pass, roster } = await course()
    desk.approval = 'manual'
    const [anna, boris] = ['Anna', 'Boris', 'Vera'].map((name) => desk.register(form(name)))
    if (!anna || !boris) throw new Error('Nobody registered')
    desk.approve(anna.id)
    desk.deny(boris.id)
    lesson.join('elena')
    await pass(MINUTE_MS)
    lesson.end()
    await pass(2 * MINUTE_MS)
    const { summary, people } = await roster()
    expect(sums(summary)).toEqual({ approved: 1, absent: 1, pending: 1, denied: 1, staff: 1 })
    expect(people.filter(({ onListOnly }) => onListOnly).map(({ name }) => name)).toEqual(['Anna Test'])
  })

  it('who register after a meeting has ended are not of it', async () => {
    const { lesson, desk, pass, roster } = await course()
    desk.register(form('Anna'))
    lesson.join('elena')
    await pass(MINUTE_MS)
    lesson.end()
    await pass(5 * MINUTE_MS)
    desk.register(form('Late'))
    await pass(10 * MINUTE_MS)
    expect(sums((await roster()).summary)).toMatchObject({ approved: 1, absent: 1 })
  })

  it('are kept when the definition is deleted after they were read', async () => {
    const { lesson, desk, pass, roster } = await course()
    desk.register(form('Anna'))
    await pass(6 * MINUTE_MS)
    lesson.join('elena')
    await pass(MINUTE_MS)
    server.rest.switches.deleted.add(lesson.meeting.number)
    lesson.end()
    await pass(2 * MINUTE_MS)
    expect(sums((await roster()).summary)).toMatchObject({ approved: 1, absent: 1 })
    expect(await server.query('select state, reason from registrations')).toEqual([
      { state: 'unavailable', reason: 'not_ready' },
    ])
  })

  it('are sealed, and whoever may not read addresses is told none of theirs', async () => {
    const { lesson, desk, pass } = await course()
    desk.register(form('Anna'), { answers: [{ title: 'Secret question', value: 'secret answer' }] })
    lesson.join('elena')
    await pass(6 * MINUTE_MS)
    const dump = JSON.stringify(await server.query('select * from registrants'))
    for (const secret of ['anna', 'Anna', 'secret', 'Secret', 'example.org'])
      expect(dump).not.toContain(secret)
    expect(server.logLines.join('')).not.toContain('example.org')
  })

  it('of whom nothing was granted leave the list as it is', async () => {
    const scopes = ['user:read:user', 'meeting:read:meeting', 'meeting:read:participant']
    const { lesson, desk, pass, roster } = await course({ scopes })
    server.webhooks.switches.lostRegistrations = () => true
    desk.register(form('Anna'))
    lesson.join('elena')
    await pass(2 * MINUTE_MS)
    expect((await roster()).summary.expected).toBeNull()
    expect(await server.query('select state, reason from registrations')).toEqual([
      { state: 'unavailable', reason: 'reconnect' },
    ])
  })

  it('of one occurrence are those who chose it', async () => {
    const first = Date.UTC(2026, 10, 23, 13, 0)
    const planned = { plannedStartsMs: [first, first + 7 * DAY_MS] }
    const { lesson, pass, roster } = await course({ meeting: planned })
    const desk = server.world.openRegistration(lesson.meeting.number, { seed: 2, registeredFor: 'chosen' })
    server.webhooks.followRegistrations(desk)
    desk.register(form('Anna'), { occurrences: [first] })
    desk.register(form('Boris'), { occurrences: [first + 7 * DAY_MS] })
    lesson.join('elena')
    await pass(MINUTE_MS)
    lesson.end()
    await pass(2 * MINUTE_MS)
    expect((await roster()).people.filter(({ onListOnly }) => onListOnly).map(({ name }) => name)).toEqual([
      'Anna Test',
    ])
  })
})
