import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { exportOf, type CsvRow } from '../server/imports/handing-in.ts'
import { openBrowser } from '../support/browser.ts'
import { classmate, openClassroom } from '../support/classroom.ts'
import { accessibilityViolations, cutOff, openPanel, type OpenPanel } from '../support/panel.ts'
import type { TestServer } from '../support/server.ts'
import type { Scenario } from '../zoom/index.ts'

const MINUTE = 60_000
const ZONE = 'Asia/Yekaterinburg'
const anna = classmate('anna', 'Anna S.')

/** What is cut off; the first rows of a file scroll sideways in a box of their own. */
const outside = async (page: Page): Promise<string[]> =>
  (await cutOff(page)).filter((one) => !/^(TABLE|CAPTION|THEAD|TBODY|TR|TH|TD)\./.test(one))

describe('a host with files from Zoom’s portal', () => {
  let browser: Browser
  let server: TestServer
  let lesson: Scenario
  let panel: OpenPanel
  let startMs: number
  let endMs: number

  beforeAll(async () => {
    browser = await openBrowser()
    ;({ server, lesson } = await openClassroom({ others: [anna] }))
    server.webhooks.follow(lesson)
    startMs = server.clock.now()
    for (const key of ['elena', 'anna']) lesson.join(key)
    await server.told()
    server.clock.advanceBy(60 * MINUTE)
    lesson.end()
    await server.told()
    endMs = server.clock.now()
    server.clock.advanceBy(10 * MINUTE)
    await server.runDue()
    panel = await openPanel(browser, server, { scenario: null, person: 'user-elena' })
  }, 120_000)
  afterAll(async () => {
    await panel.close()
    await server.stop()
    await browser.close()
  })

  const rows = (): CsvRow[] => [
    { name: 'Elena K.', email: 'elena@school.example', fromMs: startMs, toMs: endMs },
    { name: 'Anna S.', email: 'anna@school.example', fromMs: startMs, toMs: endMs },
    { name: 'Vera', fromMs: startMs + 5 * MINUTE, toMs: endMs },
  ]
  const fileOf = (text: string, name = 'participants.csv') => ({
    ...{ name, mimeType: 'text/csv', buffer: Buffer.from(text) },
  })
  const recorded = (): string =>
    exportOf({ number: String(lesson.meeting.number), startMs, endMs }, rows(), ZONE)

  it('opens the sheet with the keyboard, and sees where the file goes before anything is sent', async () => {
    const { page } = panel
    const sent: string[] = []
    page.on('request', (request) => {
      if (request.method() === 'POST') sent.push(`${request.url()} ${request.postData() ?? ''}`)
    })
    // Whoever looks at once sees the sheet while it still moves: so slowly that it is looked at here, too.
    const tools = await page.context().newCDPSession(page)
    await tools.send('Animation.enable')
    await tools.send('Animation.setPlaybackRate', { playbackRate: 0.02 })
    await page.getByRole('button', { name: 'Import a file' }).press('Enter')
    const sheet = page.getByRole('dialog', { name: 'Import a file' })
    await sheet.getByText('Nobody is counted twice').waitFor()
    expect(await accessibilityViolations(page)).toEqual([])
    await tools.send('Animation.setPlaybackRate', { playbackRate: 1 })
    await sheet.locator('input[type=file]').setInputFiles(fileOf(recorded()))
    await sheet.getByText(/Goes to “Lesson 4”/).waitFor()
    expect(await sheet.getByLabel('Times are meant in').inputValue()).toBe(ZONE)
    expect(await sheet.getByRole('cell', { name: 'Vera' }).count()).toBe(1)
    expect(await accessibilityViolations(page)).toEqual([])
    expect(await outside(page)).toEqual([])
    expect(sent.filter((one) => one.includes('/api/imports'))).toHaveLength(1)
    expect(sent.join()).not.toMatch(/Vera|Anna|school/)
  })

  it('imports it, opens the meeting with who was missing there, and nobody is doubled', async () => {
    const { page } = panel
    const sheet = page.getByRole('dialog')
    await sheet.getByRole('button', { name: 'Import 3 rows' }).click()
    await sheet.getByText('1 person new · 2 matched · 0 rows already known').waitFor()
    expect(await accessibilityViolations(page)).toEqual([])
    await sheet.getByRole('button', { name: 'Open the meeting' }).click()
    await page.getByText('3 people came').waitFor()
    await page.getByRole('row').filter({ hasText: 'Vera' }).waitFor()
    expect(await page.getByRole('row').filter({ hasText: 'Anna S.' }).count()).toBe(1)
  })

  it('is told that the same file changes nothing, and can still take it back', async () => {
    const { page } = panel
    await page.getByRole('button', { name: 'Meetings' }).first().click()
    await page.getByRole('button', { name: 'Import a file' }).click()
    const sheet = page.getByRole('dialog')
    await sheet.locator('input[type=file]').setInputFiles(fileOf(recorded(), 'again.csv'))
    await sheet.getByText(/This very file was imported/).waitFor()
    await sheet.getByRole('button', { name: 'Import 3 rows' }).click()
    await sheet.getByText('Nothing changed.').waitFor()
    await sheet.getByRole('button', { name: 'Undo' }).click()
    await sheet.getByText('Taken back.').waitFor()
    await sheet.getByRole('button', { name: 'Close' }).click()
    await page.getByText('Lesson 4').first().click()
    await page.getByText('2 people came').waitFor()
    expect(await page.getByRole('row').filter({ hasText: 'Vera' }).count()).toBe(0)
  })

  it('finds a file imported earlier in the list, and takes it back only after an answer', async () => {
    const { page } = panel
    await page.getByRole('button', { name: 'Meetings' }).first().click()
    await page.getByRole('button', { name: 'Import a file' }).click()
    const sheet = page.getByRole('dialog')
    await sheet.locator('input[type=file]').setInputFiles(fileOf(recorded(), 'participants_of_today.csv'))
    await sheet.getByText(/Goes to “Lesson 4”/).waitFor()
    await sheet.getByRole('button', { name: 'Import 3 rows' }).press('Enter')
    await sheet.getByText('1 person new · 2 matched').waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Import a file' }).press('Enter')
    const row = sheet.getByRole('listitem').filter({ hasText: 'participants_of_today.csv' })
    await row.getByText('3 rows').waitFor()
    expect(await accessibilityViolations(page)).toEqual([])
    expect(await outside(page)).toEqual([])
    await row.getByRole('button', { name: 'Undo: participants_of_today.csv' }).press('Enter')
    await row.getByText('Take back what 3 rows of this file tell?').waitFor()
    await expect
      .poll(() => row.getByRole('button', { name: 'Undo' }).evaluate((it) => it === document.activeElement))
      .toBe(true)
    await row.getByRole('button', { name: 'Undo' }).press('Enter')
    await row.getByText('Taken back.').waitFor()
    expect(await accessibilityViolations(page)).toEqual([])
    await page.keyboard.press('Escape')
    await page.getByText('Lesson 4').first().click()
    await page.getByText('2 people came').waitFor()
  })

  it('answers by keyboard without losing the place', async () => {
    const { page } = panel
    await page.getByRole('button', { name: 'Meetings' }).first().click()
    await page.getByRole('button', { name: 'Import a file' }).click()
    const sheet = page.getByRole('dialog')
    await sheet.locator('input[type=file]').setInputFiles(fileOf(recorded()))
    await sheet.getByText(/Goes to “Lesson 4”/).waitFor()
    const zone = sheet.getByLabel('Times are meant in')
    await zone.focus()
    await zone.selectOption('UTC')
    await sheet.getByText('A new meeting here').waitFor()
    expect(await zone.evaluate((it) => it === document.activeElement)).toBe(true)
    await page.keyboard.press('Escape')
  })

  it('says what the columns of a list mean that nobody recognises', async () => {
    const { page } = panel
    await page.getByRole('button', { name: 'Import a file' }).click()
    const sheet = page.getByRole('dialog')
    const odd = ['a;b;c', '1;11/20/2026 06:00:00 PM;11/20/2026 06:30:00 PM', ''].join('\r\n')
    await sheet.locator('input[type=file]').setInputFiles(fileOf(odd))
    await sheet.getByText('What do the columns mean?').waitFor()
    expect(await accessibilityViolations(page)).toEqual([])
    for (const [column, meaning] of [
      ['a', 'Name'],
      ['b', 'Join time'],
      ['c', 'Leave time'],
    ] as const)
      await sheet.getByLabel(`Meaning of the column ${column}`).selectOption({ label: meaning })
    await sheet.getByRole('button', { name: 'Import 1 row' }).waitFor()
    await page.keyboard.press('Escape')
  })

  it('learns why a file is refused, and which one to export instead', async () => {
    const { page } = panel
    await page.getByRole('button', { name: 'Meetings' }).first().click()
    await page.getByRole('button', { name: 'Import a file' }).click()
    const sheet = page.getByRole('dialog')
    const field = sheet.locator('input[type=file]')
    const totals = 'Name (Original Name),User Email,Total Duration (Minutes),Guest\r\nVera,,45,No\r\n'
    await field.setInputFiles(fileOf(totals))
    await sheet.getByText(/without “Show unique users”/).waitFor()
    expect(await sheet.getByRole('button', { name: /^Import/ }).count()).toBe(0)
    await field.setInputFiles(fileOf('\u0089PNG\r\n', 'list.png'))
    await sheet.getByText(/Export the participants/).waitFor()
    // Both ways: the person says which.
    const open = 'Name,Join Time,Leave Time\r\nVera,03/04/2026 18:00:00,03/04/2026 18:30:00\r\n'
    await field.setInputFiles(fileOf(open))
    await sheet.getByText('Which comes first?').last().waitFor()
    await sheet.getByRole('radio', { name: 'Day first' }).check()
    await sheet.getByText('A new meeting here').waitFor()
    await sheet
      .getByText(/3 Apr 2026/)
      .first()
      .waitFor()
    await page.keyboard.press('Escape')
  })

  it('sees every meeting of a long file and every doubt about it, and opens the first', async () => {
    const { page } = panel
    await page.getByRole('button', { name: 'Meetings' }).first().click()
    await page.getByRole('button', { name: 'Import a file' }).click()
    const sheet = page.getByRole('dialog')
    const evenings = Array.from({ length: 30 }, (_, week) => {
      const fromMs = startMs - (week + 2) * 7 * 86_400_000
      const span = { fromMs, toMs: fromMs + 60 * MINUTE }
      const odd = week < 12 ? { email: `no address ${week}` } : {}
      return exportOf(
        { number: '98765432111', topic: `Evening ${week + 1}`, startMs: fromMs, endMs: span.toMs },
        [{ name: '<img src=x onerror=alert(1)>', ...odd, ...span }],
        ZONE,
      )
    })
    await sheet
      .locator('input[type=file]')
      .setInputFiles(fileOf(evenings.join('\r\n'), `${'long'.repeat(60)}.csv`))
    await sheet.getByRole('button', { name: 'Show all 30 meetings' }).press('Enter')
    await sheet.getByText('Evening 30', { exact: true }).waitFor()
    await sheet.getByText('12 notes about the file').click()
    await sheet.getByRole('button', { name: 'Show all 12' }).click()
    await sheet.getByRole('listitem').filter({ hasText: 'no address 11' }).waitFor()
    await expect.poll(() => accessibilityViolations(page)).toEqual([])
    expect(await outside(page)).toEqual([])
    await sheet.getByRole('button', { name: 'Import 30 rows' }).click()
    await sheet.getByText(/In 30.meetings/).waitFor()
    await sheet.getByRole('button', { name: 'Open the first meeting' }).click()
    await page.getByRole('heading', { name: 'Evening 1', exact: true }).waitFor()
    await page.getByRole('row').filter({ hasText: '<img src=x' }).waitFor()
  })

  it('drops a file anywhere on the list of the wide view, in Russian', async () => {
    const wide = await openPanel(browser, server, {
      ...{ scenario: null, person: 'user-elena', width: 1200, height: 800, language: 'ru' },
    })
    const { page } = wide
    const old = { number: '98765432100', topic: 'Вебинар', startMs: startMs - 7 * 86_400_000 }
    const text = exportOf(
      { ...old, endMs: old.startMs + 60 * MINUTE },
      [{ name: 'Вера', fromMs: old.startMs, toMs: old.startMs + 30 * MINUTE }],
      ZONE,
    )
    await page.getByText('Lesson 4').first().waitFor()
    const transfer = await page.evaluateHandle((csv) => {
      const data = new DataTransfer()
      data.items.add(new File([csv], 'участники.csv', { type: 'text/csv' }))
      data.items.add(new File([csv], 'ещё.csv', { type: 'text/csv' }))
      return data
    }, text)
    const list = page.getByRole('main').or(page.locator('section')).first()
    await list.dispatchEvent('dragover', { dataTransfer: transfer })
    await list.dispatchEvent('drop', { dataTransfer: transfer })
    const sheet = page.getByRole('dialog')
    await sheet.getByText('Новая встреча').waitFor()
    await sheet.getByText(/Ещё 1\sфайл ждёт/).waitFor()
    expect(await accessibilityViolations(page)).toEqual([])
    expect(await outside(page)).toEqual([])
    await sheet.getByRole('button', { name: /^Загрузить/ }).click()
    await sheet.getByText('Новых людей: 1').waitFor()
    await sheet.getByRole('button', { name: 'К следующему' }).click()
    await sheet.getByText('ещё.csv').waitFor()
    await sheet.getByRole('button', { name: /^Загрузить/ }).click()
    await sheet.getByText('Ничего не изменилось').waitFor()
    await sheet.getByRole('button', { name: 'Открыть встречу' }).click()
    await page.getByRole('row').filter({ hasText: 'Вера' }).waitFor()
    await wide.close()
  })
})
