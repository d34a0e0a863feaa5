import type { Browser, Page } from 'playwright-core'
import type { TestServer } from './server.ts'

export const HOME_ZONE = 'Europe/Berlin'

/**
 * The home page in a plain browser, when all it needs has come. Every request from then on is in `requests`, its Worker's,
 * too.
 */
export async function openHomePage(
  browser: Browser,
  server: TestServer,
  { width = 1280, query = '?lang=en' } = {},
): Promise<{ page: Page; requests: string[] }> {
  const context = await browser.newContext({
    viewport: { width, height: 900 },
    locale: 'en-GB',
    timezoneId: HOME_ZONE,
    acceptDownloads: true,
  })
  const page = await context.newPage()
  page.setDefaultTimeout(20_000)
  await page.goto(`${server.url}/${query}`)
  await page.getByRole('button', { name: /example|примере/ }).waitFor()
  await page.waitForLoadState('networkidle')
  const requests: string[] = []
  context.on('request', (request) => requests.push(request.url()))
  return { page, requests }
}
