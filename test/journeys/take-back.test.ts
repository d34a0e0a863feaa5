import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser } from '../support/browser.ts'
import { classmate, openClassroom } from '../support/classroom.ts'
import { openPanel, type OpenPanel } from '../support/panel.ts'
import type { TestServer } from '../support/server.ts'

const MINUTE = 60_000
const first = ['Denis M.', 'Elena K.', 'iPhone']

describe('a host who merges, splits and takes both back, the older one first', () => {
  let browser: Browser
  let server: TestServer
  let host: OpenPanel
  /** The same list on another screen, which nobody touches. */
  let other: OpenPanel

  beforeAll(async () => {
    browser = await openBrowser()
    const classroom = await openClassroom({
      others: [classmate('denis', 'Denis M.'), { key: 'iphone', name: 'iPhone' }],
    })
    server = classroom.server
    const { lesson } = classroom
    server.webhooks.follow(lesson)
    for (const key of ['elena', 'denis', 'iphone']) {
      lesson.join(key)
      server.clock.advanceBy(MINUTE)
    }
    lesson.join('denis', { device: 'phone' })
    server.clock.advanceBy(40 * MINUTE)
    lesson.end()
    await server.told()
    ;[host, other] = await Promise.all([openList(), openList()])
  }, 120_000)
  afterAll(async () => {
    await other.close()
    await host.close()
    await server.stop()
    await browser.close()
  })

  async function openList(): Promise<OpenPanel> {
    const panel = await openPanel(browser, server, { scenario: null, person: 'user-elena' })
    await panel.page.getByText('Lesson 4').first().click()
    await panel.page.getByText('iPhone').first().waitFor()
    return panel
  }
  const sheet = () => host.page.getByRole('dialog')
  /** Each line by the name it goes by; other names stand beside it. */
  const names = async ({ page }: OpenPanel) => {
    const shown = await page
      .locator('[role=row][data-index]')
      .evaluateAll((rows) => rows.map((row) => row.querySelector('bdi')?.textContent))
    return shown.sort()
  }
  async function bothShow(expected: string[]): Promise<void> {
    await expect.poll(() => Promise.all([host, other].map(names))).toEqual([expected, expected])
  }

  it('merges two lines, and the other screen shows one', async () => {
    await bothShow(first)
    await host.page.getByRole('row').filter({ hasText: 'Denis M.' }).click()
    await sheet().getByRole('button', { name: 'Merge with…' }).click()
    await sheet().getByRole('row').filter({ hasText: 'iPhone' }).click()
    await sheet()
      .getByText(/^3.connections$/)
      .waitFor()
    await bothShow(['Denis M.', 'Elena K.'])
  })

  it('splits one connection off again', async () => {
    await sheet().getByRole('button', { name: 'Denis M.: this is somebody else' }).last().click()
    await sheet()
      .getByText(/^2.connections$/)
      .waitFor()
    await host.page.keyboard.press('Escape')
    await bothShow(['Denis M.', 'Denis M.', 'Elena K.'])
  })

  it('takes the merge back while the split stands, then the split, and everybody is as at first', async () => {
    await host.page.getByRole('button', { name: 'Corrections' }).click()
    await sheet().getByRole('button', { name: 'Undo: Several are one person' }).click()
    await bothShow(['Denis M.', 'Denis M.', 'Elena K.', 'iPhone'])
    await sheet()
      .getByRole('button', { name: /^Undo: 1.connection is somebody else/ })
      .click()
    await bothShow(first)
    await sheet()
      .getByRole('button', { name: /^Put back: 1.connection/ })
      .waitFor()
    await host.page.keyboard.press('Escape')
    await other.page.getByRole('row').filter({ hasText: 'Denis M.' }).click()
    await other.page
      .getByRole('dialog')
      .getByText(/^2.connections$/)
      .waitFor()
  })
})
