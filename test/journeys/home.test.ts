import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser } from '../support/browser.ts'
import { openHomePage } from '../support/home-page.ts'
import { accessibilityViolations, cutOff } from '../support/panel.ts'
import { startServer, type TestServer } from '../support/server.ts'

let server: TestServer
let browser: Browser
beforeAll(async () => {
  server = await startServer()
  browser = await openBrowser()
})
afterAll(async () => {
  await browser.close()
  await server.stop()
})

describe('the home page for everybody', () => {
  for (const [theme, language, width] of [
    ['light', 'en', 400],
    ['dark', 'ru', 400],
    ['light', 'ru', 1280],
    ['dark', 'en', 900],
  ] as const) {
    it(`has no axe violation and cuts nothing off: ${theme}, ${language}, ${width} px`, async () => {
      const query = `?lang=${language}&theme=${theme}`
      const { page } = await openHomePage(browser, server, { width, query })
      expect(await accessibilityViolations(page)).toEqual([])
      expect(await cutOff(page)).toEqual([])
      await page.getByRole('button', { name: /example|примере/ }).click()
      await page.getByRole('grid').waitFor()
      await page.locator('[data-index="0"] bdi').first().waitFor()
      expect(await accessibilityViolations(page)).toEqual([])
      expect(await cutOff(page)).toEqual([])
      await page.locator('[role=row][data-index="0"]').click()
      await page.getByRole('dialog').waitFor()
      await page.waitForTimeout(200)
      expect(await accessibilityViolations(page)).toEqual([])
      await page.context().close()
    })
  }

  it('says everything in both languages where no script runs', async () => {
    const context = await browser.newContext({ javaScriptEnabled: false })
    const page = await context.newPage()
    await page.goto(server.url)
    const text = await page.locator('body').innerText()
    for (const said of ['Who was really there?', 'Кто был на самом деле?', 'Add to Zoom', 'Добавить в Zoom'])
      expect(text).toContain(said)
    await context.close()
  })
})
