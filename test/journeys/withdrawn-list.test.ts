import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser } from '../support/browser.ts'
import { classmate, openClassroom } from '../support/classroom.ts'
import { accessibilityViolations, openPanel, type OpenPanel } from '../support/panel.ts'
import type { TestServer } from '../support/server.ts'
import type { Scenario } from '../zoom/index.ts'

const MINUTE = 60_000
const ivan = classmate('ivan', 'Ivan P.')
const anna = classmate('anna', 'Anna S.')

describe('a host who changes their mind while a co-host has the list open', () => {
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
    server.clock.advanceBy(60 * MINUTE)
    lesson.end()
    await server.told()
    server.clock.advanceBy(10 * MINUTE)
    cohost = await openPanel(browser, server, { scenario: lesson, person: 'ivan' })
    host = await openPanel(browser, server, { scenario: lesson, person: 'elena' })
  }, 120_000)
  afterAll(async () => {
    await cohost.close()
    await host.close()
    await server.stop()
    await browser.close()
  })

  /** Everything of the people and the meeting that the co-host's page holds, on screen or not. */
  async function heldByCohost(): Promise<string[]> {
    const held = await cohost.page.content()
    return ['Lesson 4', 'Anna', 'Elena', 'people came'].filter((secret) => held.includes(secret))
  }

  it('is followed at once: the open list and the person opened in it leave the screen by themselves', async () => {
    await cohost.page.getByText('Lesson 4').first().click()
    await cohost.page.getByText('3 people came').waitFor()
    await cohost.page.getByRole('row').filter({ hasText: 'Anna S.' }).click()
    await cohost.page.getByRole('dialog').getByRole('heading', { name: '1 connection' }).waitFor()

    await host.page.getByRole('button', { name: 'Settings' }).click()
    await host.page.getByRole('radio', { name: 'Nothing' }).check()

    await cohost.page.getByRole('heading', { name: 'The host keeps this list' }).waitFor()
    expect(await cohost.page.getByRole('dialog').count()).toBe(0)
    await expect.poll(heldByCohost).toEqual([])
    expect(await accessibilityViolations(cohost.page)).toEqual([])
  })

  it('leaves nothing of it in the history either', async () => {
    await cohost.page.getByRole('button', { name: 'Meetings' }).last().click()
    await cohost.page.getByText('A meeting you co-hosted').waitFor()
    expect(await heldByCohost()).toEqual([])
    await cohost.page.getByText('A meeting you co-hosted').click()
  })

  it('hears of the co-host’s asking within seconds, and once allowed the list opens by itself', async () => {
    await cohost.page.getByRole('button', { name: 'Ask for access' }).click()
    await cohost.page.getByText('You asked for access').waitFor()
    await host.pass(5_000)
    await host.page.getByText('Ivan P. asks to see this list').waitFor()
    await host.page.getByRole('button', { name: 'Allow once' }).click()
    await host.page.getByRole('heading', { name: 'You answered' }).waitFor()
    await host.pass(10_000)
    await host.page.getByRole('heading', { name: 'You answered' }).waitFor({ state: 'detached' })
    await cohost.pass(5_000)
    await cohost.page.getByText('3 people came').waitFor()
    expect(await cohost.page.content()).not.toContain('@school.example')
  })
})
