import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser } from '../support/browser.ts'
import { accessibilityViolations, cutOff, openPanel, type OpenPanel } from '../support/panel.ts'
import { startServer, type TestServer } from '../support/server.ts'
import { createLesson, webhookBodies, type Scenario } from '../zoom/index.ts'

/** 19:00 in Yekaterinburg. */
const START = Date.UTC(2026, 10, 23, 14, 0)
const MINUTE = 60_000

let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser.close())

async function lessonServer(): Promise<{ server: TestServer; lesson: Scenario }> {
  const server = await startServer({ startMs: START })
  const { scenario, teacher, assistant } = createLesson({
    clock: server.clock,
    seed: 7,
    startsAtMs: START,
    goesOn: false,
  })
  server.world.add(scenario)
  for (const person of [teacher, assistant]) {
    await server.install(person.zoomUserId ?? '')
    server.world.authorised.add(person.zoomUserId ?? '')
  }
  return { server, lesson: scenario }
}

const rowOf = (panel: OpenPanel, name: string) => panel.page.getByRole('row').filter({ hasText: name })

describe('a host in a lesson of forty, with Zoom’s messages and the panel', () => {
  let server: TestServer
  let lesson: Scenario
  let panel: OpenPanel

  beforeAll(async () => {
    ;({ server, lesson } = await lessonServer())
    server.webhooks.follow(lesson)
    server.clock.advanceTo(START + 5.5 * MINUTE)
    await server.told()
    panel = await openPanel(browser, server, { scenario: lesson, person: 'teacher' })
  })
  afterAll(async () => {
    await panel.close()
    await server.stop()
  })

  it('opens at 19:05 and shows people, connections and those waiting apart', async () => {
    await panel.page.getByText('37 people here').waitFor()
    await panel.page.getByText('38 connections').waitFor()
    await panel.page.getByText('4 in the waiting room').waitFor()
  })

  it('shows the real times of those who joined before the panel was opened, for Zoom told them', async () => {
    await panel.page.getByRole('searchbox').fill('Морозко')
    const denis = rowOf(panel, 'Денис Морозко')
    await denis.getByText('2 devices').waitFor()
    expect(await denis.textContent()).not.toMatch(/before/i)
    await panel.page.getByRole('searchbox').fill('')
  })

  it('opens somebody with two devices to both of them, and to why they are one person', async () => {
    const { page } = panel
    await page.getByRole('searchbox').fill('Морозко')
    await rowOf(panel, 'Денис Морозко').click()
    const card = page.getByRole('dialog')
    await card.getByRole('heading', { name: /^2.connections$/ }).waitFor()
    await card.getByText('Certain.').waitFor()
    await card
      .getByText(/Zoom’s messages: \d+.original row/)
      .first()
      .click()
    expect(await accessibilityViolations(page)).toEqual([])
    expect(await cutOff(page)).toEqual([])
    await page.keyboard.press('Escape')
    await page.getByRole('searchbox').fill('')
  })

  it('keeps somebody who renamed herself on one line, with both names', async () => {
    await panel.pass(2 * MINUTE)
    await panel.page.getByRole('searchbox').fill('Пермякова')
    const olga = rowOf(panel, 'Ольга Пермякова').filter({ hasText: 'iPhone' })
    await olga.waitFor()
    expect(await olga.count()).toBe(1)
    await olga.getByText(/Renamed at 19:0[78]/).waitFor()
  })

  it('shows a line lost for ninety seconds as one person with a gap', async () => {
    await panel.pass(3 * MINUTE)
    await panel.page.getByRole('searchbox').fill('Марат')
    const marat = rowOf(panel, 'Марат Сафин-Уральский')
    await marat.getByText(/dropped 90.s/i).waitFor()
    expect(await marat.count()).toBe(1)
  })

  it('loses nothing when it is closed and opened again', async () => {
    await panel.page.getByRole('searchbox').fill('')
    const sentence =
      (await panel.page
        .getByText(/people here/)
        .first()
        .textContent()) ?? ''
    await panel.close()
    server.clock.advanceBy(5_000)
    panel = await openPanel(browser, server, { scenario: lesson, person: 'teacher' })
    await panel.page.getByText(sentence).first().waitFor()
    await panel.page.getByRole('searchbox').fill('Пермякова')
    await rowOf(panel, 'Ольга Пермякова').filter({ hasText: 'iPhone' }).waitFor()
    await panel.page.getByRole('searchbox').fill('')
  })

  it('is searched, filtered and walked through with the keyboard alone', async () => {
    const { page } = panel
    await page.getByRole('searchbox').blur()
    await page.keyboard.press('/')
    await page.keyboard.type('пермяков')
    await expect.poll(() => page.getByRole('grid').getAttribute('aria-rowcount')).not.toBe('43')
    await page.keyboard.press('Escape')
    await expect.poll(() => page.getByRole('searchbox').inputValue()).toBe('')
    for (let step = 0; step < 12; step++) {
      await page.keyboard.press('Tab')
      if ((await page.locator(':focus').textContent())?.startsWith('Waiting') === true) break
    }
    await page.keyboard.press('Enter')
    await expect.poll(() => page.getByRole('grid').getAttribute('aria-rowcount')).toBe('5')
    for (let step = 0; step < 12; step++) {
      await page.keyboard.press('Tab')
      if ((await page.locator(':focus').getAttribute('role')) === 'row') break
    }
    await page.keyboard.press('ArrowDown')
    expect(await page.locator(':focus').getAttribute('aria-rowindex')).toBe('3')
    await page.keyboard.press('Enter')
    await page.getByRole('dialog').waitFor()
    await page.keyboard.press('Escape')
    expect(await page.locator(':focus').getAttribute('role')).toBe('row')
    await page.getByRole('button', { name: /^All/ }).click()
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

describe('a host in a lesson of forty, with the panel alone', () => {
  let server: TestServer
  let lesson: Scenario
  let panel: OpenPanel

  beforeAll(async () => {
    ;({ server, lesson } = await lessonServer())
    server.clock.advanceTo(START + 5.5 * MINUTE)
    panel = await openPanel(browser, server, { scenario: lesson, person: 'teacher' })
  })
  afterAll(async () => {
    await panel.close()
    await server.stop()
  })

  it('counts the same people, and says "before 19:05" where nobody saw the join', async () => {
    await panel.page.getByText('37 people here').waitFor()
    await panel.page.getByText('4 in the waiting room').waitFor()
    await panel.page.getByRole('searchbox').fill('Summerfield')
    await rowOf(panel, 'Anna Summerfield')
      .getByText(/before.19:05/i)
      .waitFor()
  })

  it('gives the real time as soon as Zoom’s messages arrive', async () => {
    for (const event of lesson.history) {
      for (const body of webhookBodies(lesson, event)) server.webhooks.send(body)
    }
    await server.told()
    await expect.poll(() => rowOf(panel, 'Anna Summerfield').textContent()).not.toMatch(/before/i)
    await panel.page.getByRole('searchbox').fill('')
    await panel.page.getByText('37 people here').waitFor()
    await panel.page.getByText('38 connections').waitFor()
  })
})

describe('a co-host whose host has not added Rollbook', () => {
  it('has a list of their own, labelled as what their panel saw', async () => {
    const { server, lesson } = await lessonServer()
    try {
      const host = lesson.meeting.host.zoomUserId ?? ''
      await server.storage.deauthorize(
        (await server.storage.directory.installationOfUser(host))?.id ?? '',
        host,
      )
      server.world.authorised.delete(host)
      server.clock.advanceTo(START + 5.5 * MINUTE)
      lesson.promote('assistant')
      const panel = await openPanel(browser, server, { scenario: lesson, person: 'assistant' })
      await panel.page.getByText('37 people here').waitFor()
      await panel.page.getByText('Only what this panel sees is recorded').waitFor()
      await panel.close()
    } finally {
      await server.stop()
    }
  })
})

describe('everybody else', () => {
  it('gets a friendly notice, and of the data at most an own line', async () => {
    const { server, lesson } = await lessonServer()
    try {
      server.webhooks.follow(lesson)
      server.clock.advanceTo(START + 5.5 * MINUTE)
      await server.told()
      for (const [person, notice] of [
        ['assistant', /You have been here for/],
        ['student5', /guest/i],
      ] as const) {
        const panel = await openPanel(browser, server, { scenario: lesson, person })
        await panel.page.getByText(notice).first().waitFor()
        expect(await panel.page.getByRole('row').count()).toBe(0)
        expect(await accessibilityViolations(panel.page)).toEqual([])
        expect(await cutOff(panel.page)).toEqual([])
        await panel.close()
      }
    } finally {
      await server.stop()
    }
  })
})
