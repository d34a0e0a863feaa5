import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { build } from 'vite'
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest'
import type { PersonRow } from '../../shared/wire/index.ts'
import { openBrowser } from '../support/browser.ts'
import { nothingCorrected } from './corrections-of.ts'
import { somePast } from './past.ts'
import { openInZoom, serveClient, type Answers, type LittleServer } from './panel-page.ts'
import { at, lesson, snapshot } from './people.ts'
import { hostSettings } from './settings-of.ts'

const axeSource = createRequire(import.meta.url).resolve('axe-core/axe.min.js')
const meeting = {
  gatheringId: 'g1',
  topic: 'Project management, lesson 4',
  number: '84668902623',
  kind: 'meeting',
  capture: 'full',
  mayReadEmails: true,
  mayExport: true,
} as const

interface PanelStage {
  /** The built panel's folder. */
  readonly dist: string
  readonly server: LittleServer
  /** The page opened last. */
  readonly page: Page
  /** Opens the panel in a seeming Zoom client and waits until its list stands. */
  openPanel(options?: OpenOptions): Promise<void>
  /** Opens the panel beside no meeting, at the time the lesson's report is waited for. */
  openMeetings(options?: Omit<OpenOptions, 'people'>): Promise<void>
  /** The same with other answers of the server, without waiting for a list. */
  openWith(change: Partial<Answers>, path?: string): Promise<void>
  /** A page in a plain browser, nothing opened yet. */
  openPlain(options: BrowserContextOptions): Promise<Page>
  rowNames(): Promise<string[]>
  /** What a person reads, no-break spaces as spaces, word joiners left out. */
  visibleText(): Promise<string>
  /** What axe finds wrong. */
  violations(): Promise<string[]>
  /** What the panel asked Zoom to open. */
  opened(): Promise<string[]>
  /** What the panel had Zoom's client say. */
  notified(): Promise<string[]>
}
interface OpenOptions {
  people?: PersonRow[]
  width?: number
  height?: number
  query?: string
  dark?: boolean
}

/** Builds the panel once for a test file and serves it anew for every test; the page is closed after each. */
export function panelStage(): PanelStage {
  let dist: string
  let browser: Browser
  let server: LittleServer
  let page: Page

  beforeAll(async () => {
    dist = await mkdtemp(join(tmpdir(), 'rollbook-client-'))
    await build({
      configFile: fileURLToPath(new URL('../../vite.config.ts', import.meta.url)),
      root: fileURLToPath(new URL('../../client', import.meta.url)),
      logLevel: 'silent',
      // As it ships: beside a test runner the compiler would write what only development needs into every element.
      oxc: { jsx: { runtime: 'automatic', importSource: 'preact', development: false } },
      build: { outDir: dist, emptyOutDir: true },
    })
    browser = await openBrowser()
  }, 120_000)
  afterAll(async () => {
    await browser.close()
    await rm(dist, { recursive: true, force: true })
  })
  beforeEach(async () => {
    server = await serveClient(dist, {
      role: 'host',
      meeting,
      snapshot: snapshot(lesson()),
      refuse: null,
      streams: true,
      slowMs: 0,
      zoomRefuses: {},
      settings: hostSettings(),
      ownLine: { topic: meeting.topic, startedAt: at(0), endedAt: null, person: null },
      ownLineOf: null,
      past: somePast(),
      corrected: nothingCorrected(),
      expiresInSeconds: 900,
    })
  })
  afterEach(async () => {
    await page.context().close()
    await server.close()
  })

  return {
    get dist() {
      return dist
    },
    get server() {
      return server
    },
    get page() {
      return page
    },
    async openPanel(options = {}) {
      if (options.people !== undefined) server.answers.snapshot = snapshot(options.people)
      page = await openInZoom(browser, {
        width: options.width ?? 372,
        height: options.height ?? 760,
        dark: options.dark ?? false,
      })
      await page.goto(`${server.origin}/panel.html${options.query ?? ''}`)
      await page.getByRole('grid').waitFor()
    },
    async openMeetings(options = {}) {
      Object.assign(server.answers, { meeting: null, role: 'member' })
      page = await openInZoom(browser, {
        width: options.width ?? 372,
        height: options.height ?? 760,
        dark: options.dark ?? false,
        mainClient: true,
      })
      await page.clock.setFixedTime(at(115))
      await page.goto(`${server.origin}/panel.html${options.query ?? ''}`)
      await page.getByRole('grid').first().waitFor()
    },
    async openWith(change, path = '/panel.html') {
      Object.assign(server.answers, change)
      page = await openInZoom(browser, { width: 372, refuses: server.answers.zoomRefuses })
      await page.goto(server.origin + path)
    },
    async openPlain(options) {
      page = await (await browser.newContext(options)).newPage()
      return page
    },
    rowNames: () => page.locator('[role=row][data-index] > :first-child bdi:first-child').allInnerTexts(),
    visibleText: async () =>
      (await page.locator('body').innerText()).replaceAll('\u00a0', ' ').replaceAll('\u2060', ''),
    async violations() {
      await page.addScriptTag({ path: axeSource }).catch(() => page.evaluate(() => undefined))
      if (!(await page.evaluate(() => 'axe' in window)))
        await page.evaluate(await readFile(axeSource, 'utf8'))
      return page.evaluate(async () => {
        const { axe } = window as unknown as {
          axe: {
            run: (options: object) => Promise<{ violations: { id: string; nodes: { html: string }[] }[] }>
          }
        }
        const { violations } = await axe.run({
          runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
        })
        return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 160) ?? ''}`)
      })
    },
    notified: () =>
      page.evaluate(() => (window as unknown as { zoomTest: { notified: string[] } }).zoomTest.notified),
    opened: () =>
      page.evaluate(() => (window as unknown as { zoomTest: { opened: string[] } }).zoomTest.opened),
  }
}
