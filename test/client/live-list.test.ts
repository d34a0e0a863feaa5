import { describe, expect, it } from 'vitest'
import type { PersonRow } from '../../shared/wire/index.ts'
import { at, crowd, head, lesson, person, snapshot, summarise } from './people.ts'
import { panelStage } from './panel-stage.ts'

const stage = panelStage()

describe('a very long list', () => {
  it('mounts at most 80 rows of 10,000, wherever it is scrolled', async () => {
    await stage.openPanel({ people: crowd(10_000), width: 900, height: 1400 })
    const mounted = () => stage.page.locator('[role=row][data-index]').count()
    expect(await mounted()).toBeLessThanOrEqual(80)
    await stage.page.locator('main').evaluate((main) => (main.scrollTop = main.scrollHeight / 2))
    await stage.page.waitForFunction(() => document.querySelector('[data-index="5000"]') !== null)
    expect(await mounted()).toBeLessThanOrEqual(80)
    await stage.page.locator('[role=row][tabindex="0"]').focus()
    await stage.page.keyboard.press('End')
    await stage.page.waitForFunction(() => document.activeElement?.getAttribute('aria-rowindex') === '10001')
    expect(await mounted()).toBeLessThanOrEqual(80)
    expect(await stage.page.getByRole('grid').getAttribute('aria-rowcount')).toBe('10001')
  })

  it('finds one of them', async () => {
    await stage.openPanel({ people: crowd(10_000) })
    await stage.page.locator('input[type=search]').fill('07777')
    await stage.page.waitForFunction(() => document.querySelectorAll('[role=row][data-index]').length === 1)
    expect(await stage.rowNames()).toEqual(['Carla 07777'])
  })
})

describe('while people come and go', () => {
  const push = (version: number, upserts: PersonRow[]) => {
    const people = [...lesson(), ...upserts]
    stage.server.push({
      version,
      at: at(47),
      gathering: head(),
      summary: summarise(people),
      upserts,
      removes: [],
    })
  }

  it('shows a change without being asked', async () => {
    await stage.openPanel()
    push(2, [person('new', { name: 'Aaron New' })])
    await stage.page.getByText('Aaron New').waitFor()
  })

  it('never moves the row under the pointer', async () => {
    await stage.openPanel()
    await stage.page.mouse.move(100, 400)
    const before = await stage.rowNames()
    push(2, [person('new', { name: 'Aaron New' })])
    await stage.page.getByText('1\u00a0change waits').waitFor()
    expect(await stage.rowNames()).toEqual(before)
    await stage.page.mouse.move(100, 5)
    await stage.page.getByText('Aaron New').waitFor()
  })

  it('keeps the list and goes on by itself where streams do not get through', async () => {
    await stage.openWith({ streams: false })
    await stage.page.getByText('refreshed every 5 seconds').waitFor({ timeout: 15_000 })
    expect(await stage.rowNames()).toContain('Elena K.')
  })
})

describe('where the focus goes', () => {
  const focused = () =>
    stage.page.evaluate(() => document.activeElement?.getAttribute('type') ?? document.activeElement?.tagName)

  it('to the search, when the button that showed everybody goes with its message', async () => {
    await stage.openPanel()
    await stage.page.getByRole('searchbox').fill('zzz')
    await stage.page.getByRole('button', { name: 'Show everybody' }).press('Enter')
    expect(await focused()).toBe('search')
  })

  it('nowhere while an export is made: the button keeps it', async () => {
    await stage.openPanel()
    await stage.page.getByRole('button', { name: 'Export', exact: true }).press('Enter')
    await stage.page.getByRole('button', { name: 'Export 11' }).press('Enter')
    await stage.page.getByText('Opened in your browser').waitFor()
    expect(await focused()).toBe('button')
    expect(await stage.page.evaluate(() => document.activeElement?.textContent)).toBe('Export 11')
  })

  it('back into the panel, when the person whose sheet is open turns out to be another', async () => {
    await stage.openPanel()
    await stage.page.getByText('Timur V.').click()
    await stage.page.getByRole('dialog').waitFor()
    const rest = lesson().filter(({ id }) => id !== 'timur')
    stage.server.answers.snapshot = snapshot(rest)
    stage.server.push({
      version: 2,
      at: at(47),
      gathering: head(),
      summary: summarise(rest),
      upserts: [],
      removes: ['timur'],
    })
    await stage.page.getByRole('dialog').waitFor({ state: 'detached' })
    expect(await stage.page.locator('main').getAttribute('aria-hidden')).toBeNull()
  })
})

describe('export and e-mails', () => {
  it('exports what the filter shows and hands the link to the system browser', async () => {
    await stage.openPanel()
    await stage.page.getByRole('button', { name: /^Left/ }).click()
    await stage.page.getByRole('button', { name: 'Export', exact: true }).click()
    await stage.page.getByRole('button', { name: 'Export 1' }).click()
    await stage.page.getByText('Opened in your browser').waitFor()
    const sent = stage.server.told.find(({ call }) => call.endsWith('/exports'))?.body as { filter: object }
    expect(sent.filter).toEqual({ search: '', show: 'left' })
    expect(await stage.opened()).toEqual([`${stage.server.origin}/exports/abc`])
  })

  it('asks for e-mails with the host’s own reason and counts the answers', async () => {
    await stage.openPanel()
    await stage.page.getByRole('button', { name: 'Ask for e-mails' }).click()
    await stage.page.getByLabel('Reason they will read').fill('For the certificate')
    await stage.page.getByRole('button', { name: 'Ask everybody' }).click()
    await stage.page.getByText('Answers come one by one').waitFor()
    await stage.page.evaluate(() => {
      const { zoomTest } = window as unknown as { zoomTest: { event: (name: string, data: object) => void } }
      zoomTest.event('onParticipantEmail', {
        participantUUID: 'P1',
        participantEmail: 'a@example.org',
        timestamp: 1,
      })
    })
    await stage.page.getByText('1 agreed').waitFor()
  })
})
