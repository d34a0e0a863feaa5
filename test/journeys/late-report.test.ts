import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RosterSnapshot } from '../../shared/wire/index.ts'
import { openBrowser } from '../support/browser.ts'
import { accessibilityViolations, cutOff, openPanel, type OpenPanel } from '../support/panel.ts'
import { startServer, type TestServer } from '../support/server.ts'
import { createLateReport, lateReport, type LateReport } from '../zoom/index.ts'

const MINUTE = 60_000
/** 21:00 in Yekaterinburg. */
const END = Date.UTC(2026, 10, 23, 16, 0)

describe('a lecture of 1,900 whose report Zoom does not have for two hours', () => {
  let browser: Browser
  let server: TestServer
  let lecture: LateReport
  let panel: OpenPanel
  let provisional: RosterSnapshot

  beforeAll(async () => {
    browser = await openBrowser()
    server = await startServer({ startMs: END - 100 * MINUTE })
    lecture = createLateReport({ clock: server.clock, seed: 11, endsAtMs: END })
    const { scenario } = lecture
    server.world.add(scenario)
    const host = scenario.meeting.host.zoomUserId ?? ''
    await server.install(host)
    server.world.authorised.add(host)
    server.webhooks.switches.lost = lecture.lost
    server.webhooks.follow(scenario)
    Object.assign(server.rest.reports(scenario.meeting.uuid), lateReport())
    server.clock.advanceTo(END)
    await server.told()
    await server.runDue()
    panel = await openPanel(browser, server, { scenario, person: 'host' })
  }, 240_000)
  afterAll(async () => {
    await panel.close()
    await server.stop()
    await browser.close()
  })

  /** Time passes for Zoom and the server, and what is due on the way is done; the panel then learns how late it is. */
  async function passUntil(ms: number): Promise<void> {
    const since = server.clock.now()
    while (server.clock.now() < ms) {
      server.clock.advanceTo(Math.min(server.clock.now() + MINUTE, ms))
      await server.runDue()
    }
    await panel.page.clock.fastForward(ms - since)
  }

  async function roster(): Promise<RosterSnapshot> {
    const { scenario } = lecture
    const { token } = await server.session(server.world.appContext(scenario.meeting.host, scenario))
    const list = await server.call(token, 'GET', '/api/gatherings')
    const { items } = (await list.json()) as { items: { id: string }[] }
    const answer = await server.call(token, 'GET', `/api/gatherings/${items[0]?.id ?? ''}/roster`)
    return (await answer.json()) as RosterSnapshot
  }

  it('is in the history at 21:00, provisional, from live events, to be tried again within the minute', async () => {
    await panel.page.getByText('Provisional').first().waitFor()
    await panel.page.getByText('Open lecture').first().click()
    await panel.page.getByText('Provisional, from live events').waitFor()
    await panel.page.getByText(/Next try in a moment/).waitFor()
    provisional = await roster()
    expect(provisional.summary.came).toBe(1_900 - lecture.unheard)
  })

  it('says at 21:20 that Zoom is not ready yet, and when it is asked next', async () => {
    await passUntil(END + 20 * MINUTE)
    await panel.page.getByText(/report is not ready.*Next try at 21:30/s).waitFor()
  })

  it('keeps the list when Zoom gives 30 of 1,900 rows', async () => {
    await passUntil(END + 31 * MINUTE)
    await panel.page.getByText(/came with rows missing/).waitFor()
    const { summary, gathering } = await roster()
    expect(summary).toEqual(provisional.summary)
    expect(gathering.report).toMatchObject({ state: 'partial', reason: 'incomplete' })
  })

  it('forgets nothing when the server is started anew at 22:00, nor when page tokens expire', async () => {
    await passUntil(END + 60 * MINUTE)
    await server.restart()
    await passUntil(END + 124 * MINUTE)
    await panel.page.getByText('Provisional, from live events').waitFor()
    const { summary, gathering } = await roster()
    expect(summary).toEqual(provisional.summary)
    expect(gathering.report.state).toBe('partial')
  })

  it('is final once the whole report came and was read again, and the open panel says so by itself', async () => {
    await passUntil(END + 190 * MINUTE)
    await panel.page.getByText(/^Final: Zoom’s report/).waitFor()
    const { summary, gathering, people } = await roster()
    expect(gathering.report).toMatchObject({ state: 'final', nextTryAt: null, gaps: [] })
    expect(summary.came).toBe(1_900)
    // Everybody of the live list is still there under the id they had.
    const ids = new Set(people.map(({ id }) => id))
    expect(provisional.people.filter(({ id }) => !ids.has(id))).toEqual([])
  })

  it('lists who was added and whose minutes changed, to be read, filtered and exported', async () => {
    await panel.page.getByRole('button', { name: 'Differences' }).click()
    const sheet = panel.page.getByRole('dialog')
    await sheet.getByText('Only in Zoom’s report').first().waitFor()
    await sheet.getByRole('button', { name: `Added ${lecture.unheard}` }).waitFor()
    expect(await accessibilityViolations(panel.page)).toEqual([])
    expect(await cutOff(panel.page)).toEqual([])
    await sheet.getByRole('button', { name: `Minutes ${lecture.leftUnheard}` }).click()
    await sheet.getByText('Only in Zoom’s report').first().waitFor({ state: 'detached' })
    await sheet.getByRole('button', { name: 'Export' }).click()
    const exporting = panel.page.getByRole('dialog').last()
    await exporting
      .getByRole('button', { name: /^Export/ })
      .last()
      .click()
    await expect.poll(() => panel.client.openedUrls.length).toBe(1)
    const file = await (await fetch(panel.client.openedUrls[0] ?? '', { method: 'POST' })).text()
    expect(file.trim().split('\r\n')).toHaveLength(1 + lecture.leftUnheard)
  })
})
