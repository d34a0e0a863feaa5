import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser } from '../support/browser.ts'
import { classmate, openClassroom } from '../support/classroom.ts'
import { accessibilityViolations, openPanel, type OpenPanel } from '../support/panel.ts'
import type { TestServer } from '../support/server.ts'
import type { Scenario } from '../zoom/index.ts'

const MINUTE = 60_000
const ivan = classmate('ivan', 'Ivan P.')
const petr = classmate('petr', 'Petr K.')
const anna = classmate('anna', 'Anna S.')

describe('connecting, a participant, the wide view, and leaving', () => {
  let browser: Browser
  let server: TestServer
  let lesson: Scenario
  let host: OpenPanel
  let wide: Page

  beforeAll(async () => {
    browser = await openBrowser()
    ;({ server, lesson } = await openClassroom({ others: [ivan, anna], installed: [anna] }))
    // Zoom's client shows them the app, yet their consent never reached this server.
    for (const person of [ivan, petr]) {
      server.world.addUser(person, 'account-b')
      server.world.authorised.add(person.zoomUserId ?? '')
    }
    server.webhooks.follow(lesson)
    for (const key of ['elena', 'ivan', 'anna']) lesson.join(key)
    await server.told()
    server.clock.advanceBy(40 * MINUTE)
  }, 60_000)
  afterAll(async () => {
    await host.close()
    await wide.context().close()
    await server.stop()
    await browser.close()
  })

  it('Rollbook is added by consent inside Zoom, without leaving the panel', async () => {
    const { page, client, close } = await openPanel(browser, server, { scenario: null, person: 'user-ivan' })
    await page.getByRole('heading', { name: 'Rollbook is not added yet' }).waitFor()
    await page.getByRole('button', { name: 'Add Rollbook' }).click()
    await page.getByText('Rollbook is connected.').waitFor()
    expect(client.openedUrls).toEqual([])
    expect(client.calls.filter(({ api }) => api === 'authorize')).toHaveLength(1)
    await page.getByRole('button', { name: 'Settings' }).click()
    await page.getByText('Connected to Zoom').waitFor()
    await close()
  })

  it('also where Zoom tells only the server that the person agreed', async () => {
    const { page, client, close } = await openPanel(browser, server, { scenario: null, person: 'user-petr' })
    client.switches.consentAnswer = 'redirect'
    await page.getByRole('button', { name: 'Add Rollbook' }).click()
    await page.getByRole('button', { name: 'Meetings' }).waitFor()
    await close()
  })

  it('a participant sees their own minutes and nobody else', async () => {
    const { page, close } = await openPanel(browser, server, { scenario: lesson, person: 'anna' })
    await page.getByRole('heading', { name: 'You have been here for 40' }).waitFor()
    const shown = await page.locator('body').innerText()
    expect(shown).toContain('Anna S.')
    for (const other of ['Elena', 'Ivan', '@school.example']) expect(shown).not.toContain(other)
    expect(await accessibilityViolations(page)).toEqual([])
    await close()
  })

  it('the host opens the same panel wide in the browser', async () => {
    host = await openPanel(browser, server, { scenario: lesson, person: 'elena' })
    await host.page.getByRole('button', { name: 'Settings' }).click()
    await host.page.getByRole('button', { name: 'Open in browser' }).click()
    await expect.poll(() => host.client.openedUrls.length).toBe(1)
    const context = await browser.newContext({ viewport: { width: 1200, height: 800 }, locale: 'en-GB' })
    wide = await context.newPage()
    wide.setDefaultTimeout(10_000)
    await wide.goto(host.client.openedUrls[0] ?? '')
    await wide.getByRole('button').click()
    await wide.waitForURL(`${server.url}/wide`)
    await wide.getByText('Lesson 4').first().waitFor()
    await wide.getByRole('button', { name: 'Settings' }).click()
    await wide.getByText('You are in it.').waitFor()
    await wide.getByRole('radio', { name: 'Everything' }).check()
    await expect
      .poll(async () =>
        (await server.query('select act from audit')).some(({ act }) => act === 'cohost_policy_changed'),
      )
      .toBe(true)
    expect(await accessibilityViolations(wide)).toEqual([])
  })

  it('and closes it from Zoom: the browser says where to go', async () => {
    await host.pass(MINUTE)
    await host.page.getByText('1 view open now.').waitFor()
    await host.page.getByRole('button', { name: 'Close it' }).click()
    await host.page.getByText('view open now').waitFor({ state: 'detached' })
    await wide.getByRole('radio', { name: 'Nothing' }).click()
    await wide.getByRole('heading', { name: 'This view has ended' }).waitFor()
  })

  it('disconnecting deletes every list, and the panel says so', async () => {
    expect(await server.query('select id from gatherings')).toHaveLength(1)
    await host.page.getByRole('button', { name: 'Disconnect…' }).click()
    await host.page.getByRole('button', { name: 'Delete all lists and disconnect' }).click()
    await host.page.getByRole('heading', { name: 'Rollbook is disconnected' }).waitFor()
    expect(await server.query('select id from gatherings')).toEqual([])
  })
})
