import type { Browser, Locator } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser } from '../support/browser.ts'
import { readCsv } from '../support/csv.ts'
import { accessibilityViolations, cutOff, openPanel, type OpenPanel } from '../support/panel.ts'
import { startServer, type TestServer } from '../support/server.ts'
import { playWebinar } from '../support/webinar.ts'
import type { Webinar } from '../zoom/index.ts'

/** 20:00 in Yekaterinburg; the offer is at 20:40. */
const STARTS = Date.UTC(2026, 10, 23, 15, 0)
const DAY_MS = 86_400_000
const STAYED = 'Stayed past the offer'
const LEFT = 'Left before the offer'

type Line = Record<string, string>

describe('the host of a webinar who wants four lists', () => {
  let browser: Browser
  let server: TestServer
  let webinar: Webinar
  let panel: OpenPanel
  let sums: Locator

  beforeAll(async () => {
    browser = await openBrowser()
    server = await startServer({ startMs: STARTS - 15 * DAY_MS })
    webinar = await playWebinar(server, { seed: 3, startsAtMs: STARTS, scale: 0.1 })
    panel = await openPanel(browser, server, {
      ...{ scenario: null, person: webinar.host.zoomUserId ?? '', height: 900 },
    })
    await panel.page.getByText('Open webinar').first().click()
    sums = panel.page.getByRole('region', { name: 'Registered and came' })
    await sums.waitFor()
  }, 240_000)
  afterAll(async () => {
    await panel.close()
    await server.stop()
    await browser.close()
  })

  const said = async (what: Locator): Promise<string> =>
    (await what.innerText()).replaceAll('\u2060', '').replaceAll(/\s+/g, ' ')
  const part = (name: string | RegExp): Locator => sums.getByRole('button', { name })
  const rowsShown = async (): Promise<number> =>
    Number(await panel.page.getByRole('grid').getAttribute('aria-rowcount')) - 1

  /** What leaves for the list as it is on screen. */
  async function exported(): Promise<{ bytes: Uint8Array; lines: Line[] }> {
    const { page, client } = panel
    const before = client.openedUrls.length
    await page.getByRole('button', { name: 'Export', exact: true }).click()
    const sheet = page.getByRole('dialog')
    await sheet.getByRole('radio', { name: 'Excel CSV' }).check()
    await sheet.getByRole('button', { name: /^Export \d/ }).click()
    await expect.poll(() => client.openedUrls.length).toBe(before + 1)
    await page.keyboard.press('Escape')
    const file = await fetch(client.openedUrls.at(-1) ?? '', { method: 'POST' })
    const bytes = new Uint8Array(await file.arrayBuffer())
    const [headers = [], ...lines] = readCsv(
      new TextDecoder('utf-8', { fatal: true }).decode(bytes).slice(0, -2),
    )
    return {
      bytes,
      lines: lines.map((cells) => Object.fromEntries(headers.map((header, i) => [header, cells[i] ?? '']))),
    }
  }
  async function listOf(name: RegExp): Promise<Line[]> {
    await part(name).click()
    await expect.poll(() => part(name).getAttribute('aria-pressed')).toBe('true')
    const { lines } = await exported()
    expect(lines).toHaveLength(await rowsShown())
    await part(name).click()
    return lines
  }
  /** Of no two people the same. */
  const whoIn = (line: Line): string => `${line['Name'] ?? ''}, as ${line['Registered e-mail'] ?? ''}`

  it('reads both sums, and how whoever is in neither is known', async () => {
    const { approved, noShow, stayed, left, came, forwarded, pending, denied, cancelled } = webinar.truth
    const text = await said(sums)
    expect(text).toContain(`${approved} registered:`)
    expect(text).toContain(`${came} came:`)
    await part(`${stayed + left} came`).waitFor()
    await part(`${noShow} did not come`).waitFor()
    await part(`${stayed + left} registered`).waitFor()
    await part(`${forwarded} did not register`).waitFor()
    expect([stayed + left + noShow, stayed + left + forwarded]).toEqual([approved, came])
    expect(text).toContain(
      `In none of these lists: ${pending} pending, ${denied} denied, ${cancelled.told + cancelled.unheard} cancelled ` +
        `(${cancelled.told} told by Zoom, ${cancelled.unheard} missing from a later list).`,
    )
    expect(text).toMatch(/Zoom’s list as read on Mon 23 Nov at 2\d:\d\d\./)
  })

  it('cuts the list at the offer by two labels', async () => {
    const { page } = panel
    await page.getByRole('button', { name: 'Rules' }).click()
    const sheet = page.getByRole('dialog')
    for (const [name, kind] of [
      [STAYED, 'stayed_until'],
      [LEFT, 'left_before'],
    ] as const) {
      await sheet.getByRole('button', { name: 'Add a label' }).click()
      await page.keyboard.type(name)
      await sheet.getByRole('combobox', { name: 'Condition 1' }).selectOption(kind)
      await sheet.getByLabel('Time of day').fill('20:40')
      await sheet.getByRole('button', { name: 'Done' }).click()
    }
    await sheet.getByRole('button', { name: 'Save' }).click()
    await sheet.getByText('Saved.').waitFor()
    await page.keyboard.press('Escape')
    const { stayed, left, forwarded, forwardedStayed } = webinar.truth
    await part(`${stayed} ${STAYED}`).waitFor()
    const text = await said(sums)
    expect(text).toContain(
      `Of ${stayed + left} registered: ${left} ${LEFT} ${stayed} ${STAYED} together ${stayed + left}`,
    )
    expect(text).toContain(
      `Of ${forwarded} not registered: ${forwarded - forwardedStayed} ${LEFT} ` +
        `${forwardedStayed} ${STAYED} together ${forwarded}`,
    )
  })

  it('takes away four lists that are disjoint and add up, without anybody denied, pending or cancelled', async () => {
    const { stayed, left, noShow, forwarded, approved } = webinar.truth
    const lists = [
      await listOf(new RegExp(`^${stayed} ${STAYED}`)),
      await listOf(new RegExp(`^${left} ${LEFT}`)),
      await listOf(/did not come$/),
      await listOf(/did not register$/),
    ]
    expect(lists.map(({ length }) => length)).toEqual([stayed, left, noShow, forwarded])
    const everybody = lists.flat().map(whoIn)
    expect(new Set(everybody).size).toBe(everybody.length)
    expect(everybody).toHaveLength(approved + forwarded)
    const refused = webinar.desk.history
      .filter(({ kind }) => kind === 'denied' || kind === 'cancelled')
      .map(({ registrant }) => registrant.form.email.toLowerCase())
    const pending = webinar.desk.registrants('pending').map(({ form }) => form.email.toLowerCase())
    const told = new Set(lists.flat().map((line) => line['Registered e-mail']))
    expect([...refused, ...pending].filter((email) => told.has(email))).toEqual([])
    expect(refused.length).toBeGreaterThan(1)
    const staff = [webinar.host, ...webinar.panelists].map(({ name }) => name)
    expect(lists.flat().filter((line) => staff.includes(line['Name'] ?? ''))).toEqual([])
  }, 60_000)

  it('has what they answered in the file, and whoever did not come as rows, as a spreadsheet reads them', async () => {
    await panel.page.getByRole('combobox', { name: 'More filters' }).selectOption('everybody')
    const { bytes, lines } = await exported()
    const { came, noShow, approved } = webinar.truth
    expect(lines).toHaveLength(came + noShow)
    expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
    const absent = lines.filter((line) => line['Status'] === 'absent')
    expect(absent).toHaveLength(noShow)
    expect(lines.filter((line) => line['Registration'] === 'approved')).toHaveLength(approved)
    expect(lines.filter((line) => line['Откуда вы о нас узнали?'] === 'От коллег').length).toBeGreaterThan(50)
    expect(lines.filter((line) => line['Organisation'] === 'Завод «Маяк»').length).toBeGreaterThan(50)
    expect(absent.filter((line) => line['Registered on (Asia/Yekaterinburg)'] === '')).toEqual([])
    await panel.page.getByRole('button', { name: /^All/ }).click()
  })

  it('has host and panelists by one switch, in the list and in the file', async () => {
    const { came, panelists } = webinar.truth
    const all = panel.page.getByRole('button', { name: /^All/ })
    expect(await said(all)).toBe(`All ${came}`)
    await sums
      .getByRole('switch', { name: `Host and panelists (${panelists + 1}) in list and export` })
      .check()
    await expect.poll(() => said(all)).toBe(`All ${came + panelists + 1}`)
    const names = (await exported()).lines.map((line) => line['Name'])
    expect(webinar.panelists.every(({ name }) => names.includes(name))).toBe(true)
    await sums.getByRole('switch').uncheck()
    expect((await exported()).lines).toHaveLength(came)
  })

  it('sees two people behind one link apart, the one who did not register as a conflict', async () => {
    const { page } = panel
    const [friend] = await listOf(/did not register$/)
    expect(friend?.['Status']).toMatch(/not registered; conflict/)
    expect(friend?.['Registration']).toBe('link of somebody else')
    await page
      .getByRole('searchbox')
      .last()
      .fill(friend?.['Name'] ?? '')
    const row = page
      .getByRole('row')
      .filter({ hasText: friend?.['Name'] ?? '' })
      .last()
    await row.getByText('Conflict').waitFor()
    await row.click()
    const sheet = page.getByRole('dialog')
    await sheet
      .getByText(`By the link of ${friend?.['Registered as'] ?? ''}`)
      .first()
      .waitFor()
    await sheet.getByText(/Several people came by this link/).waitFor()
    expect(await accessibilityViolations(page)).toEqual([])
    await page.keyboard.press('Escape')
    // The registrant themself came, too, and is another row.
    await page
      .getByRole('searchbox')
      .last()
      .fill(friend?.['Registered as'] ?? '')
    await part(/ registered$/).click()
    expect(await rowsShown()).toBeGreaterThan(0)
    await part(/ registered$/).click()
    await page.getByRole('searchbox').last().fill('')
  })

  it('opens whoever did not come to what they answered', async () => {
    const { page } = panel
    await part(/did not come$/).click()
    const names = page.locator('[role=row][data-index] > :first-child bdi:first-child')
    await expect.poll(() => names.count()).toBeGreaterThan(5)
    expect(await page.locator('[role=row][data-index]').count()).toBeLessThanOrEqual(80)
    await page.getByRole('row').nth(1).click()
    const sheet = page.getByRole('dialog')
    await sheet.getByText('Registered and did not come.').waitFor()
    await sheet.getByText('Approved').waitFor()
    expect(await accessibilityViolations(page)).toEqual([])
    expect(await cutOff(page)).toEqual([])
    await page.keyboard.press('Escape')
    await part(/did not come$/).click()
  })

  it.each([280, 372, 400, 900])(
    'cuts nothing off at %i px and has no accessibility violation',
    async (width) => {
      await panel.page.setViewportSize({ width, height: 700 })
      for (const colorScheme of ['light', 'dark'] as const) {
        await panel.page.emulateMedia({ colorScheme })
        expect(await cutOff(panel.page)).toEqual([])
        expect(await accessibilityViolations(panel.page)).toEqual([])
      }
    },
  )
})
