import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser } from '../support/browser.ts'
import { classmate, openClassroom } from '../support/classroom.ts'
import { accessibilityViolations, openPanel, type OpenPanel } from '../support/panel.ts'
import type { TestServer } from '../support/server.ts'
import type { PersonInPlay, Scenario } from '../zoom/index.ts'

const MINUTE = 60_000
const ivan = classmate('ivan', 'Ivan P.')
const anna = classmate('anna', 'Anna S.')
/** Has scheduling rights, says Zoom, but belongs to another account; was never in the meeting. */
const outsider: PersonInPlay = {
  key: 'oleg',
  name: 'Oleg V.',
  zoomUserId: 'user-oleg',
  email: 'oleg@else.example',
}

describe('a co-host, the morning after, while the host is away', () => {
  let browser: Browser
  let server: TestServer
  let lesson: Scenario
  let panel: OpenPanel
  let host: OpenPanel

  beforeAll(async () => {
    browser = await openBrowser()
    ;({ server, lesson } = await openClassroom({ others: [ivan, anna], installed: [ivan, anna] }))
    server.world.addUser(outsider, 'account-b')
    await server.install('user-oleg')
    server.world.authorised.add('user-oleg')
    server.webhooks.follow(lesson)
    for (const key of ['elena', 'ivan', 'anna']) lesson.join(key)
    lesson.promote('ivan')
    await server.told()
    // In the meeting Zoom proves what he is, and that is remembered.
    const during = await openPanel(browser, server, { scenario: lesson, person: 'ivan' })
    await during.page.getByText('3 people here').waitFor()
    await during.close()
    server.clock.advanceBy(60 * MINUTE)
    lesson.end()
    await server.told()
    for (let minute = 0; minute < 15; minute++) {
      server.clock.advanceBy(MINUTE)
      await server.runDue()
    }
    server.clock.advanceBy(12 * 60 * MINUTE)
    panel = await openPanel(browser, server, { scenario: lesson, person: 'ivan' })
  }, 120_000)
  afterAll(async () => {
    await panel.close()
    await host?.close()
    await server.stop()
    await browser.close()
  })

  const audit = () => server.query('select act, detail, actor_member_id from audit order by at_ms, seq')

  it('finds the lesson in the main client and opens its final list, without addresses: the default policy', async () => {
    const { page } = panel
    await page.getByText('Lesson 4').first().click()
    await page.getByText('3 people came').waitFor()
    await page.getByText(/^Final: Zoom’s report/).waitFor()
    await page.getByRole('row').filter({ hasText: 'Anna S.' }).waitFor()
    expect(await page.content()).not.toContain('anna@school.example')
    expect(await accessibilityViolations(page)).toEqual([])
  })

  it('takes it away without addresses, and the audit log knows who, which meeting, what columns and how many rows', async () => {
    const { page, client } = panel
    await page.getByRole('button', { name: 'Export' }).click()
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /^Export/ })
      .last()
      .click()
    await expect.poll(() => client.openedUrls.length).toBe(1)
    const ticket = await fetch(client.openedUrls[0] ?? '', { method: 'POST' })
    const file = await ticket.text()
    expect(file).toContain('Anna S.')
    expect(file).not.toContain('@school.example')
    const line = (await audit()).find(({ act }) => act === 'roster_exported')
    expect(line?.['detail']).toMatchObject({ rows: 3 })
    expect(JSON.stringify(line?.['detail'])).not.toContain('email')
    expect(line?.['actor_member_id']).not.toBeNull()
    await page.keyboard.press('Escape')
  })

  it('gets nothing once the host says so: no topic, no names, but whom to ask and how', async () => {
    host = await openPanel(browser, server, { scenario: lesson, person: 'elena' })
    await host.page.getByRole('button', { name: 'Settings' }).first().click()
    await host.page
      .getByRole('radio', { name: /Nothing/ })
      .first()
      .check()
    await expect
      .poll(async () => (await audit()).some(({ act }) => act === 'cohost_policy_changed'))
      .toBe(true)
    await panel.close()
    server.clock.advanceBy(MINUTE)
    panel = await openPanel(browser, server, { scenario: lesson, person: 'ivan' })
    await panel.page.getByText('A meeting you co-hosted').first().click()
    await panel.page.getByText('The host keeps this list').waitFor()
    const shown = await panel.page.content()
    for (const secret of ['Lesson 4', 'Anna', 'Elena', '@school.example']) expect(shown).not.toContain(secret)
  })

  it('asks, which reaches the host’s panel, and is let in once', async () => {
    await panel.page.getByRole('button', { name: 'Ask for access' }).click()
    await panel.page.getByText('You asked for access').waitFor()
    await host.pass(MINUTE)
    await host.page.getByText('Ivan P. asks to see this list').waitFor()
    await host.page.getByRole('button', { name: 'Allow once' }).click()
    await host.pass(MINUTE)
    await expect.poll(async () => (await audit()).some(({ act }) => act === 'access_decided')).toBe(true)
    await panel.page.getByRole('button', { name: 'Look again' }).click()
    await panel.page.getByText('3 people came').waitFor()
    expect(await panel.page.content()).not.toContain('@school.example')
  })

  it('an alternative host of another account never sees anything, a participant nobody but themself', async () => {
    const token = (await server.session(server.world.appContext(outsider, null))).token
    expect(await (await server.call(token, 'GET', '/api/gatherings')).json()).toMatchObject({ items: [] })
    const id = (await server.query('select id from gatherings'))[0]?.['id']
    expect((await server.call(token, 'GET', `/api/gatherings/${String(id)}`)).status).toBe(404)

    const annas = (await server.session(server.world.appContext(anna, null))).token
    expect(await (await server.call(annas, 'GET', '/api/gatherings')).json()).toMatchObject({ items: [] })
    expect((await server.call(annas, 'GET', `/api/gatherings/${String(id)}/roster`)).status).toBe(404)
  })
})
