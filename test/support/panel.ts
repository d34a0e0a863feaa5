import axe from 'axe-core'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import type { Scenario, ZoomClient } from '../zoom/index.ts'
import { attachZoomClient } from '../zoom/index.ts'
import type { TestServer } from './server.ts'

export interface OpenPanel {
  page: Page
  client: ZoomClient
  /** Lets time pass for the server, the simulated Zoom and the page alike. */
  pass(ms: number): Promise<void>
  close(): Promise<void>
}

/** Opens the real panel in the simulated Zoom client of one person, top-level, its clock beside the server's. */
export async function openPanel(
  browser: Browser,
  server: TestServer,
  input: {
    scenario: Scenario | null
    person: string
    width?: number
    height?: number
    language?: 'en' | 'ru'
    context?: BrowserContextOptions
  },
): Promise<OpenPanel> {
  const context = await browser.newContext({
    viewport: { width: input.width ?? 400, height: input.height ?? 700 },
    locale: input.language === 'ru' ? 'ru-RU' : 'en-GB',
    timezoneId: 'Asia/Yekaterinburg',
    ...input.context,
  })
  const page = await context.newPage()
  page.setDefaultTimeout(10_000)
  await page.clock.install({ time: server.clock.now() })
  const homeUrl = `${server.url}/`
  const client = await attachZoomClient(page, {
    world: server.world,
    scenario: input.scenario,
    person: input.person,
    homeUrl,
  })
  await page.goto(homeUrl)
  return {
    page,
    client,
    async pass(ms) {
      server.clock.advanceBy(ms)
      await server.told()
      await page.clock.fastForward(ms)
    },
    close: () => context.close(),
  }
}

/** What axe finds wrong with the page as it is now. */
export async function accessibilityViolations(page: Page): Promise<string[]> {
  await page.evaluate(axe.source)
  return page.evaluate(async () => {
    const { axe } = globalThis as unknown as {
      axe: { run(options: object): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> }
    }
    const { violations } = await axe.run({ resultTypes: ['violations'] })
    return violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`,
    )
  })
}

/** Elements that reach out of the window sideways, those shortened with an ellipsis aside: what a person would see cut off. */
export function cutOff(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const width = document.documentElement.clientWidth
    const shortened = (element: Element | null): boolean =>
      element !== null &&
      (getComputedStyle(element).textOverflow === 'ellipsis' || shortened(element.parentElement))
    return [...document.querySelectorAll('body *')]
      .filter((element) => {
        if (shortened(element.parentElement)) return false
        const box = element.getBoundingClientRect()
        return box.width > 1 && box.height > 1 && (box.right > width + 1 || box.left < -1)
      })
      .map((element) => `${element.tagName}.${element.className} ${element.textContent.slice(0, 40)}`)
  })
}
