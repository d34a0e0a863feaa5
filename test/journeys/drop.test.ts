import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser } from '../support/browser.ts'
import { HOME_ZONE, openHomePage } from '../support/home-page.ts'
import { portalFile } from '../support/portal-files.ts'
import { manyRows, oneMeeting } from '../support/portal-rows.ts'
import { startServer, type TestServer } from '../support/server.ts'

const ZONE = HOME_ZONE
const program = join(import.meta.dirname, '../../server/cli/rollbook.ts')

let server: TestServer
let browser: Browser
let folder: string
let page: Page

beforeAll(async () => {
  server = await startServer()
  browser = await openBrowser()
  folder = await mkdtemp(join(tmpdir(), 'rollbook-drop-'))
})
afterEach(() => page.context().close())
afterAll(async () => {
  await browser.close()
  await server.stop()
  await rm(folder, { recursive: true, force: true })
})

async function openHome(): Promise<{ requests: string[] }> {
  const home = await openHomePage(browser, server)
  page = home.page
  return home
}

/** Drops files on the page as a hand does. */
async function drop(...files: { name: string; text: string }[]): Promise<void> {
  await page.evaluate((given) => {
    const dataTransfer = new DataTransfer()
    for (const { name, text } of given) dataTransfer.items.add(new File([text], name))
    for (const type of ['dragover', 'drop'])
      window.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }))
  }, files)
}

const visibleText = async (): Promise<string> =>
  (await page.locator('body').innerText()).replaceAll(/[\u00a0\u2068\u2069]/g, (one) =>
    one === '\u00a0' ? ' ' : '',
  )
const sees = (text: string | RegExp) => page.getByText(text).first().waitFor()

/** Moves the slider by keys; each of them is where it stands still again. */
async function moveTo(percent: number): Promise<void> {
  const slider = page.getByRole('slider')
  await slider.focus()
  for (;;) {
    const now = Number(await slider.inputValue())
    if (now === percent) return
    await page.keyboard.press(now < percent ? 'ArrowRight' : 'ArrowLeft')
  }
}

/** What the command line writes about the same file. */
async function commandLine(file: string, ...words: string[]): Promise<Buffer> {
  const out = join(folder, 'by-command-line.csv')
  const args = ['--import', import.meta.resolve('tsx'), program, 'people', file, '--format', 'csv']
  const child = spawn(process.execPath, [...args, '--out', out, ...words], { stdio: 'ignore' })
  const code = await new Promise((resolve) => child.once('exit', resolve))
  expect(code).toBe(0)
  return readFile(out)
}

async function download(): Promise<Buffer> {
  const [saved] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download CSV' }).click(),
  ])
  expect(saved.suggestedFilename()).toBe('attendance.csv')
  return readFile(await saved.path())
}

/** A list under headers that mean nothing to anybody. */
const strange = (headers: string[]): string =>
  [
    headers.join(','),
    ...['Ann Lee', 'Bob Ray', 'Cy Poe', 'Di Fox'].map((name, at) =>
      [name, `p${at}@mail.example`, `05/20/2026 06:0${at}:00 PM`, `05/20/2026 07:1${at}:00 PM`, '70']
        .slice(0, headers.length)
        .join(','),
    ),
  ].join('\n')

describe('somebody who has only the CSV', () => {
  it('drops it, sees who was there, moves the minimum, takes the list along, and nothing leaves the browser', async () => {
    const { requests } = await openHome()
    const file = portalFile('M1', 'en')
    await drop(file)
    await sees(/6 people came \(4 certain, 1 likely, 1 unidentified\)/)
    expect(await visibleText()).toContain('1 only waited in the waiting room')
    await sees('Algebra, evening group · Wed 20 May 2026')

    const anna = page.getByRole('row').filter({ hasText: 'Anna Berg' })
    expect((await anna.innerText()).replaceAll('\u00a0', ' ')).toContain('dropped 96 s')
    await anna.click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('All connections share one e-mail').waitFor()
    await page.keyboard.press('Escape')

    // A run of keys is one move; letting go between them makes it two.
    await moveTo(89)
    await page.getByRole('slider').blur()
    await moveTo(90)
    await sees(/Unlike at 89.%, .*Иван Петров.* does not pass/)
    await page.getByRole('button', { name: /^Stayed less/ }).click()
    await page.waitForFunction(() => document.querySelectorAll('[role=row][data-index]').length === 2)

    const path = join(folder, file.name)
    await writeFile(path, file.bytes)
    const [here, there] = [await download(), await commandLine(path, '--tz', ZONE, '--min-share', '90')]
    expect(here.equals(there)).toBe(true)
    const sent = () => requests.filter((url) => !url.startsWith('blob:'))
    expect(sent()).toEqual([])
    // Whatever the page itself asked would have been heard; its Worker may not ask at all.
    await page.evaluate(() => fetch('/healthz'))
    expect(sent()).toEqual([`${server.url}/healthz`])
    const [worker] = page.workers()
    expect(
      await worker?.evaluate(() =>
        fetch('/healthz').then(
          () => 'sent',
          () => 'refused',
        ),
      ),
    ).toBe('refused')
  })

  it('tries it with an example first, changes the zone, and every time follows', async () => {
    const { requests } = await openHome()
    await page.getByRole('button', { name: 'Try it with an example' }).click()
    await sees(/17 people came/)
    const elena = page.getByRole('row').filter({ hasText: 'Elena Kovacs' })
    expect(await elena.innerText()).toContain('18:04–19:52')
    await page.getByLabel('Times are meant in').selectOption('Asia/Tokyo')
    await sees(/100 % is 18:04–19:52: 108/)
    await page.getByRole('radio', { name: 'A window' }).check()
    await page.getByLabel('From', { exact: true }).fill('18:30')
    await page.getByLabel('To', { exact: true }).fill('19:30')
    await sees(/100 % is 18:30–19:30: 60.min/)
    await page.getByRole('button', { name: 'Remove example-lesson.csv' }).click()
    await page.getByRole('button', { name: 'Try it with an example' }).waitFor()
    expect(requests).toEqual([])
  })

  it('is asked which comes first, day or month, where a file does not say it', async () => {
    await openHome()
    const [head, ...rows] = [
      'Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes)',
      'Ann,,03/05/2026 18:00:00,03/05/2026 19:00:00,60',
    ]
    await drop({ name: 'participants.csv', text: [head, ...rows].join('\n') })
    await sees('Which comes first, day or month?')
    expect(await page.getByRole('grid').count()).toBe(0)
    await page.getByRole('button', { name: /Day first.*it is 3 May/ }).click()
    await sees(/1 person came/)
    expect(await visibleText()).toContain('Sun 3 May 2026')
  })

  it('confirms what columns mean whose names are in no language we know', async () => {
    await openHome()
    await drop({ name: 'unknown.csv', text: strange(['Xa', 'Xb', 'Xc', 'Xd', 'Xe']) })
    await sees('Is this what the columns mean?')
    expect(await page.getByRole('grid').count()).toBe(0)
    expect(await page.getByLabel('Meaning of the column Xb').inputValue()).toBe('email')
    await page.getByRole('button', { name: 'Use these columns' }).click()
    await sees(/4 people came/)
  })

  it('says what columns mean where even their values prove nothing', async () => {
    await openHome()
    await drop({ name: 'unknown.csv', text: strange(['Xa', 'Xb', 'Xc', 'Xd']) })
    await sees('No list of participants was found')
    await page.getByRole('button', { name: 'Say what its columns mean' }).click()
    for (const [column, meaning] of ['Name', 'E-mail', 'Join time', 'Leave time'].entries())
      await page.getByRole('combobox').nth(column).selectOption(meaning)
    await page.getByRole('button', { name: 'Use these columns' }).click()
    await sees(/4 people came/)
    await page.getByRole('row').filter({ hasText: 'p2@mail.example' }).waitFor()
  })

  it('is told in a sentence what a file is that is none, and the others are read', async () => {
    await openHome()
    await drop(
      {
        name: 'chat.txt',
        text: '18:04:01 From Anna Berg to Everyone:\n\tHello\n18:05:00 From Bob to Everyone:\n\tHi\n',
      },
      portalFile('P7', 'de'),
    )
    await sees('This is the chat of a meeting, not its participants.')
    await sees('No curve and no bars')
    await sees(/were listed/)
    expect(await page.getByRole('slider').count()).toBe(0)
    // Nobody was seen to come, or not to be there.
    await page.getByRole('button', { name: 'Listed 7' }).waitFor()
    expect(await page.locator('[role=row] [role=gridcell]:nth-child(3) *').count()).toBe(0)
  })

  it('names the line of each doubt, the file only where there are several, and no title turns the page around', async () => {
    await openHome()
    const { name, text } = portalFile('M1', 'en', {
      meetings: [{ ...oneMeeting, topic: `\u202e${'An endless title '.repeat(40)}` }],
    })
    await drop({
      name,
      text: `${text}Far,not an address,05/20/2026 06:10:00 PM,05/20/2026 06:20:00 PM,10,Yes,,No\n`,
    })
    await page.locator('summary').click()
    await sees(/^Line \d+: .*is no address/)
    await sees(/Wed.20.May.2026 · 10.rows/)
    const title = page.locator('bdi').filter({ hasText: 'An endless title' })
    expect((await title.boundingBox())?.height).toBeLessThan(60)
    await drop(portalFile('P7', 'de'))
    await sees(/^participants_81234567890\.csv, line \d+: .*is no address/)
  })

  it('adds a file later, and the same meeting exported twice counts once', async () => {
    await openHome()
    await drop(portalFile('M1', 'en'))
    await sees(/6 people came/)
    await page
      .locator('input[type=file]')
      .setInputFiles([
        { name: 'again.csv', mimeType: 'text/csv', buffer: Buffer.from(portalFile('P6', 'en').bytes) },
      ])
    await sees('again.csv')
    await sees(/notes? about the files/)
    await sees(/6 people came/)
  })
})

describe('a list of 100,000 rows', () => {
  it('is read, searched and taken along, and the page stays free meanwhile', async () => {
    const path = join(folder, 'participants_large.csv')
    const { text } = portalFile('P1', 'en', { rows: [...manyRows(100_000)] })
    await writeFile(path, text)
    const { requests } = await openHome()
    page.setDefaultTimeout(60_000)
    await page.evaluate(() => {
      const longest = { ms: 0 }
      Object.assign(window, { longest })
      new PerformanceObserver((list) => {
        for (const { duration } of list.getEntries()) longest.ms = Math.max(longest.ms, duration)
      }).observe({ type: 'longtask' })
    })
    const beganMs = performance.now()
    await page.locator('input[type=file]').setInputFiles(path)
    await sees(/40,00\d people came/)
    const readMs = performance.now() - beganMs
    await page.getByRole('searchbox').fill('Dubova')
    await page.getByRole('searchbox').fill('Дубова 29')
    await page.waitForFunction(() =>
      /Дубова 29/.test(document.querySelector('[data-index="0"]')?.textContent ?? ''),
    )
    await page.getByRole('searchbox').fill('')
    await page.getByRole('row').filter({ hasText: 'Berg 0' }).first().waitFor()
    await page.locator('[role=row][tabindex="0"]').focus()
    await page.keyboard.press('End')
    await page.waitForFunction(() => Number(document.activeElement?.getAttribute('data-index')) > 39_000)
    expect(await page.locator('[role=row][data-index]').count()).toBeLessThanOrEqual(80)
    await moveTo(60)
    const [here, there] = [await download(), await commandLine(path, '--tz', ZONE, '--min-share', '60')]
    expect(here.equals(there)).toBe(true)
    const longestMs = await page.evaluate(() => (window as unknown as { longest: { ms: number } }).longest.ms)
    console.log(
      `100,000 rows: on screen after ${Math.round(readMs)} ms; longest task of the page ${Math.round(longestMs)} ms`,
    )
    expect(requests.filter((url) => !url.startsWith('blob:'))).toEqual([])
    // A frozen page would be one task as long as the reading, on any machine.
    expect(longestMs).toBeLessThan(readMs / 4)
  }, 120_000)
})
