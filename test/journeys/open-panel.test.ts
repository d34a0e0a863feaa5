import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser } from '../support/browser.ts'
import { classmate, openClassroom } from '../support/classroom.ts'
import { openPanel, type OpenPanel } from '../support/panel.ts'
import type { TestServer } from '../support/server.ts'
import type { Scenario } from '../zoom/index.ts'

const SECOND = 1_000
const MINUTE = 60 * SECOND
const ivan = classmate('ivan', 'Ivan P.')
const anna = classmate('anna', 'Anna S.')

describe('a panel that stays open follows what happens elsewhere', () => {
  let browser: Browser
  let server: TestServer
  let lesson: Scenario
  let host: OpenPanel
  let cohost: OpenPanel

  beforeAll(async () => {
    browser = await openBrowser()
    ;({ server, lesson } = await openClassroom({ others: [ivan, anna], installed: [ivan] }))
    server.webhooks.follow(lesson)
    for (const key of ['elena', 'ivan', 'anna']) lesson.join(key)
    lesson.promote('ivan')
    await server.told()
    // The exchange of a context in the meeting is what proves the co-host for afterwards.
    await server.session(server.world.appContext(ivan, lesson))
    server.clock.advanceBy(40 * MINUTE)
    cohost = await openPanel(browser, server, { scenario: null, person: 'user-ivan' })
    host = await openPanel(browser, server, { scenario: null, person: 'user-elena' })
  }, 120_000)
  afterAll(async () => {
    await cohost.close()
    await host.close()
    await server.stop()
    await browser.close()
  })

  it('tells a co-host outside the running meeting when its list opens, and asks them for nothing', async () => {
    await cohost.page.getByText('A meeting you are co-hosting').click()
    await cohost.page.getByRole('heading', { name: 'The meeting is still running' }).waitFor()
    expect(await cohost.page.getByRole('button', { name: 'Ask for access' }).count()).toBe(0)
    expect(await cohost.page.content()).not.toContain('Lesson 4')
  })

  it('counts the view in the browser in the settings within five seconds, and forgets it when it is signed out', async () => {
    const { page, client } = host
    await page.getByRole('button', { name: 'Settings' }).click()
    await page.getByRole('button', { name: 'Open in browser' }).click()
    await page.getByText('Opened in your browser').waitFor()
    await expect.poll(() => client.openedUrls.length).toBe(1)
    const context = await browser.newContext({ viewport: { width: 1200, height: 800 }, locale: 'en-GB' })
    const wide = await context.newPage()
    wide.setDefaultTimeout(10_000)
    await wide.goto(client.openedUrls[0] ?? '')
    await wide.getByRole('button').click()
    await wide.getByRole('button', { name: 'Settings' }).waitFor()
    await host.pass(5 * SECOND)
    await page.getByText('1 view open now.').waitFor()
    await page.getByRole('button', { name: 'Close it' }).waitFor()
    expect(await page.getByText('Opened in your browser').count()).toBe(0)

    await wide.getByRole('button', { name: 'Settings' }).click()
    await wide.getByRole('button', { name: 'Sign out' }).click()
    await wide.getByRole('heading', { name: 'You are signed out' }).waitFor()
    await context.close()
    await host.pass(5 * SECOND)
    await page.getByText('view open now').waitFor({ state: 'detached' })
  })

  it('says in the settings that Zoom no longer lets Rollbook in, as soon as the report has found out', async () => {
    await host.page.getByText('Connected to Zoom').waitFor()
    server.rest.oauth.kill('user-elena')
    lesson.end()
    await server.told()
    for (let minute = 0; minute < 3; minute++) {
      server.clock.advanceBy(MINUTE)
      await server.runDue()
    }
    await host.pass(5 * SECOND)
    await host.page.getByText('Zoom no longer lets Rollbook in').waitFor()
    await host.page.getByRole('button', { name: 'Connect again' }).waitFor()
  })

  it('opens the list for the co-host once the meeting is over', async () => {
    await cohost.page.clock.fastForward(5 * SECOND)
    await cohost.page.getByText('3 people came').waitFor()
    await cohost.page.getByText('Lesson 4').first().waitFor()
  })
})
