import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RosterSnapshot } from '../../shared/wire/index.ts'
import { openBrowser } from '../support/browser.ts'
import { accessibilityViolations, cutOff, openPanel, type OpenPanel } from '../support/panel.ts'
import { startServer, type TestServer } from '../support/server.ts'
import { createScenario, type PersonInPlay, type Scenario } from '../zoom/index.ts'

const MINUTE = 60_000

const host: PersonInPlay = {
  ...{ key: 'elena', name: 'Elena K.', zoomUserId: 'user-elena' },
  email: 'elena@school.example',
}
const nobody = (key: string, name: string): PersonInPlay => ({ key, name })
/** Ten connections that say nothing about who is behind them. */
const unknown: PersonInPlay[] = [
  ...[1, 2, 3, 4, 5].map((n) => nobody(`iphone${n}`, 'iPhone')),
  ...[1, 2].map((n) => nobody(`participant${n}`, 'Participant')),
  nobody('guest', 'Гость'),
  nobody('empty', ''),
  { ...nobody('caller', '79*****1234'), phone: '79*****1234' },
]

describe('a public lecture with people nobody can tell', () => {
  let browser: Browser
  let server: TestServer
  let lecture: Scenario
  let panel: OpenPanel

  beforeAll(async () => {
    browser = await openBrowser()
    server = await startServer()
    lecture = server.world.add(
      createScenario({
        clock: server.clock,
        seed: 9,
        meeting: { topic: 'Open lecture', accountId: 'account-a' },
        host,
        people: unknown,
      }),
    )
    await server.install('user-elena')
    server.world.authorised.add('user-elena')
    server.webhooks.follow(lecture)
    lecture.join('elena')
    for (const { key } of unknown) lecture.join(key)
    server.clock.advanceBy(10 * MINUTE)
    // A line is lost and found again: Zoom keeps the participant identifier.
    lecture.drop('iphone1')
    server.clock.advanceBy(MINUTE)
    lecture.join('iphone1')
    await server.told()
    panel = await openPanel(browser, server, { scenario: lecture, person: 'elena', language: 'ru' })
  }, 120_000)
  afterAll(async () => {
    await panel.close()
    await server.stop()
    await browser.close()
  })

  async function roster(): Promise<RosterSnapshot> {
    const { token } = await server.session(server.world.appContext(host, null))
    const list = await server.call(token, 'GET', '/api/gatherings')
    const { items } = (await list.json()) as { items: { id: string }[] }
    const answer = await server.call(token, 'GET', `/api/gatherings/${items[0]?.id ?? ''}/roster`)
    return (await answer.json()) as RosterSnapshot
  }
  const sheet = () => panel.page.getByRole('dialog')

  it('merges none of them, and whoever came back is still one', async () => {
    await panel.page.getByText('не опознаны 10').first().waitFor()
    const { people, summary } = await roster()
    expect(summary).toMatchObject({ came: 11, unidentified: 10 })
    expect(people.filter(({ name }) => name === 'iPhone')).toHaveLength(5)
    expect(people.filter(({ email }) => email !== null).map(({ name }) => name)).toEqual(['Elena K.'])
  })

  it('lets the host give one of them a name, by keyboard alone', async () => {
    const { page } = panel
    await page.getByRole('searchbox').focus()
    await page.keyboard.type('iphone')
    await expect.poll(() => page.getByRole('grid').getAttribute('aria-rowcount')).toBe('6')
    for (let step = 0; step < 20; step++) {
      await page.keyboard.press('Tab')
      if ((await page.locator(':focus').getAttribute('role')) === 'row') break
    }
    await page.keyboard.press('Enter')
    await sheet().getByRole('button', { name: 'Имя', exact: true }).waitFor()
    for (let step = 0; step < 20; step++) {
      await page.keyboard.press('Tab')
      if ((await page.locator(':focus').textContent()) === 'Имя') break
    }
    await page.keyboard.press('Enter')
    await page.keyboard.type('Мария Иванова')
    expect(await accessibilityViolations(page)).toEqual([])
    expect(await cutOff(page)).toEqual([])
    await page.keyboard.press('Enter')
    await sheet().getByRole('status').getByText('Имя изменено.').waitFor()
    await sheet().getByRole('heading', { name: 'Мария Иванова' }).waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('searchbox').fill('')
    await page.getByText('не опознаны 9').first().waitFor()
  })

  it('keeps the name when Zoom’s report decides the list', async () => {
    lecture.end()
    await server.told()
    for (let minute = 0; minute < 15; minute++) {
      server.clock.advanceBy(MINUTE)
      await server.runDue()
    }
    const { people, summary, gathering } = await roster()
    expect(gathering.report.state).toBe('final')
    expect(summary).toMatchObject({ came: 11, unidentified: 9 })
    const maria = people.find(({ name }) => name === 'Мария Иванова')
    expect(maria?.names).toContain('iPhone')
    expect(maria?.identity).toMatchObject({ rule: 'host_correction', confidence: 'likely' })
  })

  it('takes it back from the history of corrections', async () => {
    await panel.close()
    panel = await openPanel(browser, server, { scenario: null, person: 'user-elena', language: 'ru' })
    const { page } = panel
    await page.getByText('Open lecture').first().click()
    await page.getByText('Мария Иванова').waitFor()
    await page.getByRole('button', { name: 'Исправления' }).click()
    await sheet()
      .getByText(/Имя: .«Мария Иванова»/)
      .waitFor()
    expect(await accessibilityViolations(page)).toEqual([])
    expect(await cutOff(page)).toEqual([])
    await sheet()
      .getByRole('button', { name: /^Отменить/ })
      .first()
      .click()
    await sheet()
      .getByRole('button', { name: /^Вернуть/ })
      .first()
      .waitFor()
    await page.keyboard.press('Escape')
    await page.getByText('не опознаны 10').first().waitFor()
  })
})
