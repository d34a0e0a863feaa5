import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { GatheringList } from '../../shared/wire/index.ts'
import { openBrowser } from '../support/browser.ts'
import { classmate } from '../support/classroom.ts'
import { accessibilityViolations, openPanel, type OpenPanel } from '../support/panel.ts'
import { startServer, type TestServer } from '../support/server.ts'
import { createScenario, type Scenario } from '../zoom/index.ts'

const MINUTE = 60_000

/** Two teachers of one school, which an administrator added Rollbook for; neither teacher has agreed to anything. */
describe('an account whose administrator added the app for everybody', () => {
  let browser: Browser
  let server: TestServer
  let lesson: Scenario
  let other: Scenario
  let host: OpenPanel
  let admin: OpenPanel

  beforeAll(async () => {
    browser = await openBrowser()
    server = await startServer({ settings: { ZOOM_PROFILE: 'account' } })
    const { world, clock } = server
    world.addUser(classmate('adele', 'Adele M.'), 'account-a')
    world.admins.add('user-adele')
    const of = (seed: number, topic: string, teacher: string, people: string[]): Scenario =>
      world.add(
        createScenario({
          ...{ clock, seed, meeting: { topic, accountId: 'account-a' } },
          host: classmate(teacher, `Teacher ${teacher}`),
          people: people.map((key) => classmate(key, `Pupil ${key}`)),
        }),
      )
    lesson = of(1, 'Chemistry', 'elena', ['anna', 'boris'])
    other = of(2, 'History', 'oleg', ['vera', 'gleb'])
    await server.install('user-adele')
    world.authorised.add('user-adele')
    for (const scenario of [lesson, other]) {
      server.webhooks.follow(scenario)
      scenario.join(scenario.meeting.host.key)
    }
    lesson.join('anna')
    lesson.join('boris')
    lesson.moveToRoom('boris', 'Room 1')
    other.join('vera')
    other.join('gleb')
    await server.told()
    host = await openPanel(browser, server, { scenario: lesson, person: 'elena' })
  }, 120_000)
  afterAll(async () => {
    await host.close()
    await admin.close()
    await server.stop()
    await browser.close()
  })

  async function historyOf(person: string): Promise<string[]> {
    const user = server.world.user(`user-${person}`)
    if (!user) throw new Error(`Nobody is called ${person}`)
    const { token } = await server.session(server.world.appContext(user.person, null))
    const list = (await (await server.call(token, 'GET', '/api/gatherings')).json()) as GatheringList
    return list.items.map(({ topic }) => topic ?? '').toSorted()
  }

  it('shows a teacher who never installed anything their own lesson, live', async () => {
    await host.page.getByText('Pupil anna').waitFor()
    await host.page.getByText('Pupil boris').waitFor()
    expect(await accessibilityViolations(host.page)).toEqual([])
  })

  it('reads the report after it, with breakout rooms, and the panel says that it is final', async () => {
    await host.pass(20 * MINUTE)
    for (const scenario of [lesson, other]) scenario.end()
    await server.told()
    for (let minute = 0; minute < 6; minute++) {
      server.clock.advanceBy(MINUTE)
      await server.runDue()
    }
    const { token } = await server.session(server.world.appContext(lesson.meeting.host, null))
    const list = (await (await server.call(token, 'GET', '/api/gatherings')).json()) as GatheringList
    expect(list.items[0]?.report).toMatchObject({ state: 'final', source: 'report' })
    await host.page.clock.fastForward(6 * MINUTE)
    await host.page.getByText(/^Final: Zoom’s report/).waitFor()
    expect(await host.page.getByText('which knows no breakout rooms').count()).toBe(0)
  })

  it('shows each teacher their own meetings, and the administrator all of them', async () => {
    expect(await historyOf('elena')).toEqual(['Chemistry'])
    expect(await historyOf('oleg')).toEqual(['History'])
    expect(await historyOf('adele')).toEqual(['Chemistry', 'History'])
    admin = await openPanel(browser, server, { scenario: null, person: 'user-adele' })
    await admin.page.getByText('Chemistry').first().waitFor()
    await admin.page.getByText('History').first().waitFor()
  })

  it('says in Settings what the consent makes possible, and that an administrator can grant more', async () => {
    server.world.app.scopes = [
      'user:read:user:admin',
      'meeting:read:meeting:admin',
      'meeting:read:participant:admin',
    ]
    await server.install('user-adele')
    await admin.page.getByRole('button', { name: 'Settings' }).click()
    await admin.page.getByText('Zoom’s consent is too small').waitFor()
    await admin.page.getByText('Lists of meetings stay provisional').waitFor()
    await admin.page.getByText('An administrator of your Zoom account can grant it').waitFor()
    expect(await accessibilityViolations(admin.page)).toEqual([])
  })

  it('leaves the connection to the administrator: a teacher is told whose it is, and offered no consent', async () => {
    const { page } = host
    await page.getByRole('button', { name: 'Settings' }).click()
    await page.getByText('decided by the person who added Rollbook').waitFor()
    expect(await page.getByRole('button', { name: 'Connect again' }).count()).toBe(0)
  })
})
