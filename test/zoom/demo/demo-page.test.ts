import { createServer } from 'node:http'
import type { Server } from 'node:http'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import axeCore from 'axe-core'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { openBrowser } from '../../support/browser.ts'
import { createClock } from '../clock.ts'
import { createZoomRest } from '../rest.ts'
import { createLesson } from '../scenarios/lesson.ts'
import { createWebhookSender } from '../webhook-delivery.ts'
import { someApp } from '../some-app.ts'
import { createZoomWorld } from '../world.ts'
import { listenForDemo } from './demo-server.ts'
import { actions, createStage } from './stage.ts'
import { comesLate } from './zoom-lists.ts'

const start = Date.UTC(2026, 10, 23, 14, 0)

function stageAt(minutes: number, seed = 4) {
  const clock = createClock(start)
  const world = createZoomWorld({ app: someApp, clock })
  const lesson = createLesson({ clock, seed, startsAtMs: start, visited: true })
  world.add(lesson.scenario)
  for (const person of [lesson.teacher, lesson.assistant]) world.authorised.add(person.zoomUserId ?? '')
  clock.advanceTo(lesson.minute(minutes))
  const stage = createStage({ scenario: lesson.scenario, clock, seed: 4 })
  return { clock, world, stage, ...lesson }
}

describe('the stage', () => {
  it('performs every wish on whoever fits', () => {
    const { stage } = stageAt(40)
    for (const action of actions.filter((action) => action !== 'end' && action !== 'restart'))
      expect([action, stage.perform(action)]).toEqual([action, true])
    expect(stage.perform('admit', 'teacher')).toBe(false)
    expect(stage.perform('leave', 'teacher')).toBe(false)
    expect(stage.perform('end')).toBe(true)
    expect(stage.perform('join')).toBe(false)
  })

  it('lives by itself for hours without emptying, overflowing or losing those whose panel may be open', () => {
    const { stage, clock } = stageAt(40)
    for (let hour = 0; hour < 3; hour += 1) {
      clock.advanceBy(3600_000)
      expect(stage.state().people).toBeGreaterThan(25)
      expect(stage.state().people).toBeLessThan(55)
    }
    for (const key of ['teacher', 'assistant', 'denis', 'olga']) {
      expect(stage.scenario.connectionsOf(key).length).toBeGreaterThan(0)
    }
  })

  it('lets visitors meddle with a lesson that has only begun', () => {
    for (let seed = 1; seed <= 20; seed += 1) {
      const { stage, clock } = stageAt(4, seed)
      while (stage.perform('admit'));
      stage.perform('drop', 'marat')
      stage.perform('leave', 'student1')
      clock.advanceBy(3600_000)
      expect(stage.state().people).toBeGreaterThan(15)
    }
  })

  it('gives no two people the same Zoom account', () => {
    const { stage, clock } = stageAt(40)
    stage.perform('storm')
    clock.advanceBy(3600_000)
    const accounts = stage.scenario.people.flatMap((person) => person.zoomUserId ?? [])
    expect(new Set(accounts).size).toBe(accounts.length)
    expect(accounts.length).toBeGreaterThan(500)
  })

  it('starts the meeting again, and nothing happens until the host is back', () => {
    const { stage, clock } = stageAt(40)
    const before = stage.scenario
    const { people } = stage.state()
    expect(stage.perform('restart')).toBe(true)
    expect(stage.state()).toMatchObject({ startedAtMs: null, endedAtMs: null, people: 0 })
    expect(stage.perform('join')).toBe(false)
    stage.setAlive(false)
    clock.advanceBy(30_000)
    expect(stage.scenario).not.toBe(before)
    expect(stage.scenario.meeting.number).toBe(before.meeting.number)
    expect(stage.state().people).toBe(people)
    stage.setAlive(true)
    clock.advanceBy(60_000)
    expect(stage.scenario.history.length).toBeGreaterThan(people)
  })

  it('pauses', () => {
    const { stage, clock } = stageAt(40)
    stage.setAlive(false)
    const before = stage.scenario.history.length
    clock.advanceBy(3600_000)
    expect(stage.scenario.history).toHaveLength(before)
  })

  it('shows sixty tiles of a storm and counts the rest', () => {
    const { stage, clock } = stageAt(40)
    stage.setAlive(false)
    stage.perform('storm')
    clock.advanceBy(70_000)
    const state = stage.state()
    expect(state.tiles).toHaveLength(60)
    expect(state.people).toBeGreaterThan(900)
    expect(state.more).toBe(state.people - 60)
  })
})

/** A panel of three lines under the real SDK. */
const panelPage = `<!doctype html><html lang="en"><title>Panel</title><p id="people"></p><script type="module">
  import zoomSdk from '/sdk.js'
  await zoomSdk.config({ capabilities: ['getMeetingParticipants', 'getRunningContext', 'onParticipantChange', 'openUrl'], version: '0.16' })
  const read = async () => {
    const answer = await zoomSdk.getMeetingParticipants().catch((error) => ({ participants: [], code: error.code }))
    const { context } = await zoomSdk.getRunningContext()
    document.getElementById('people').textContent =
      location.search + ' ' + (answer.code ?? answer.participants.length) + ' ' + context
  }
  zoomSdk.on('onParticipantChange', read)
  await read()
</script></html>`

describe('the demo page', () => {
  let browser: Browser
  let panel: Server
  let page: Page
  beforeAll(async () => {
    const sdk = await readFile(createRequire(import.meta.url).resolve('@zoom/appssdk/dist/sdk.es.js'))
    panel = createServer((request, response) => {
      if (request.url === '/sdk.js') response.setHeader('content-type', 'text/javascript').end(sdk)
      else response.setHeader('content-type', 'text/html').end(panelPage)
    })
    await new Promise<void>((resolve) => panel.listen(0, 'localhost', resolve))
    browser = await openBrowser()
  })
  afterAll(async () => {
    await browser.close()
    panel.closeAllConnections()
    panel.close()
  })

  let close: () => void
  async function open(query: string) {
    const parts = stageAt(40)
    parts.stage.setAlive(false)
    const panelUrl = `http://localhost:${(panel.address() as AddressInfo).port}`
    const sender = createWebhookSender({
      url: panelUrl,
      clientId: 'c',
      secret: 'w',
      clock: parts.clock,
      seed: 1,
    })
    const rest = createZoomRest(parts.world, () => '')
    comesLate(rest, parts.stage.scenario)
    const server = await listenForDemo(
      {
        world: parts.world,
        rest,
        show: () => ({ stage: parts.stage, sender, panelUrl }),
        again: () => Promise.resolve(),
      },
      0,
    )
    close = server.close
    page = await browser.newPage({ viewport: { width: 1366, height: 768 } })
    await page.goto(`http://localhost:${server.port}/${query}`)
    return { ...parts, rest }
  }
  afterEach(async () => {
    await page.close()
    close()
  })
  const people = (): Promise<string | null> => page.frameLocator('iframe').locator('#people').textContent()
  const peopleBecome = (text: string): Promise<void> =>
    page.frameLocator('iframe').locator('#people', { hasText: text }).waitFor()

  it("hosts the panel as Zoom's web client does and keeps it informed", async () => {
    const { stage } = await open('?lang=en&theme=dark')
    const before = stage.state().connections
    await peopleBecome(`?theme=dark&lang=en ${before}`)
    await page.getByRole('button', { name: 'Somebody joins' }).click()
    await peopleBecome(String(before + 1))
    await page.getByRole('button', { name: 'Елена Карпинская' }).click()
    await page.getByRole('button', { name: 'Second device' }).click()
    await peopleBecome(String(before + 2))
    expect(stage.scenario.connectionsOf('teacher')).toHaveLength(2)
  })

  it('opens the panel as somebody else, in the other language', async () => {
    await open('?lang=en')
    await page.getByRole('button', { name: 'Русский' }).click()
    await page.getByRole('button', { name: 'Гость' }).click()
    await peopleBecome('80012')
    expect(await people()).toContain('?lang=ru')
    await page.getByRole('button', { name: 'Соорганизатор', exact: true }).click()
    await peopleBecome('?lang=ru 3')
  })

  it('keeps its choices in one row on a laptop, in either language', async () => {
    for (const language of ['en', 'ru']) {
      await open(`?lang=${language}`)
      const tops = await page
        .locator('.bar fieldset')
        .evaluateAll((choices) => choices.map((choice) => Math.round(choice.getBoundingClientRect().top)))
      expect([tops.length, new Set(tops).size]).toEqual([5, 1])
      await page.close()
      close()
    }
    await open('?lang=en')
  })

  it('opens the panel the next day, in the main client of whoever has one', async () => {
    await open('?lang=en&as=cohost')
    await page.getByRole('button', { name: 'Main client' }).click()
    await peopleBecome('inMainClient')
    await page.getByRole('button', { name: 'Guest' }).click()
    await peopleBecome('80012 inMeeting')
    const main = page.getByRole('button', { name: 'Main client' })
    expect(await main.isDisabled()).toBe(true)
  })

  it('says what Zoom has of its list after the end, and lets Zoom forget the app', async () => {
    const { stage, clock, rest, scenario } = await open('?lang=en')
    const line = page.locator('#list')
    expect(await line.textContent()).toBe('')
    const forgotten = vi.spyOn(rest.oauth, 'kill')
    await page.getByRole('button', { name: 'Zoom forgets us' }).click()
    await page.getByRole('button', { name: 'End the meeting' }).click()
    await line.filter({ hasText: 'not there yet (404)' }).waitFor()
    clock.advanceBy(10_000)
    await line.filter({ hasText: 'incomplete' }).waitFor()
    clock.advanceBy(20_000)
    await line.filter({ hasText: 'complete; asked for' }).waitFor()
    expect(stage.scenario.meeting.endedAtMs).not.toBeNull()
    expect(forgotten).toHaveBeenCalledWith(scenario.meeting.host.zoomUserId)
  })

  it('follows the meeting into a restart', async () => {
    const { stage, clock } = await open('?lang=en')
    await peopleBecome('inMeeting')
    await page.getByRole('button', { name: 'Restart' }).click()
    await page.locator('#facts').filter({ hasText: 'starts again in a moment' }).waitFor()
    await peopleBecome('inMainClient')
    clock.advanceBy(30_000)
    await peopleBecome(`${stage.state().connections} inMeeting`)
  })

  it.each(['light', 'dark'])('has no accessibility violations in %s colours', async (theme) => {
    await open(`?lang=en&theme=${theme}`)
    await page.getByRole('button', { name: 'Елена Карпинская' }).click()
    await page.evaluate(axeCore.source)
    const violations = await page.evaluate(async () => {
      const { axe } = window as unknown as {
        axe: { run(root: unknown): Promise<{ violations: { id: string }[] }> }
      }
      const { violations } = await axe.run({ exclude: ['iframe'] })
      return violations.map((violation) => violation.id)
    })
    expect(violations).toEqual([])
  })
})
