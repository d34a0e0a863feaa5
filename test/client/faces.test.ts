import { describe, expect, it } from 'vitest'
import type { RosterSnapshot } from '../../shared/wire/index.ts'
import { at, head, lesson, snapshot } from './people.ts'
import { panelStage } from './panel-stage.ts'

const stage = panelStage()

describe('the other faces', () => {
  it('is friendly to guests', async () => {
    await stage.openWith({ refuse: 'guest' })
    await stage.page.getByRole('heading', { name: 'Sign in to Zoom to use Rollbook' }).waitFor()
    expect(await stage.violations()).toEqual([])
  })

  it('offers to add Rollbook where it is not installed, also in the system browser', async () => {
    await stage.openWith({ refuse: 'not_installed' })
    await stage.page.getByRole('button', { name: 'Do it in the browser' }).click()
    expect(await stage.opened()).toEqual([`${stage.server.origin}/oauth/install`])
    expect(stage.page.url()).toBe(`${stage.server.origin}/panel.html`)
  })

  it('tells participants who sees attendance', async () => {
    await stage.openWith({ role: 'participant', meeting: null })
    await stage.page.getByRole('heading', { name: 'The host sees attendance' }).waitFor()
  })

  it('says that nobody has come yet, and what will appear', async () => {
    await stage.openWith({ snapshot: snapshot([]) })
    await stage.page.getByRole('heading', { name: 'Nobody has joined yet' }).waitFor()
    expect(await stage.violations()).toEqual([])
  })

  it('labels a capture that only this panel makes', async () => {
    const given: Partial<RosterSnapshot> = {
      gathering: head({ capture: 'panel_only', witnesses: ['panel'] }),
    }
    await stage.openWith({ snapshot: snapshot(lesson(), given) })
    await stage.page.getByText('Only what this panel sees is recorded').waitFor()
    expect(await stage.violations()).toEqual([])
  })

  it('says so when Zoom’s own messages are missing', async () => {
    await stage.openWith({ snapshot: snapshot(lesson(), { gathering: head({ witnesses: ['panel'] }) }) })
    await stage.page.getByText('Zoom’s own messages are missing').waitFor()
  })

  it('says that Zoom does not show the list to this panel, and why', async () => {
    await stage.openWith({
      zoomRefuses: { getMeetingParticipants: '80012' },
      snapshot: snapshot([], { gathering: head({ capture: 'panel_only', witnesses: [] }) }),
    })
    await stage.page.getByText('Zoom does not show the list to this panel').waitFor()
    expect(await stage.visibleText()).toContain('(code 80012)')
    expect(await stage.violations()).toEqual([])
  })

  it('speaks of the past when the meeting is over', async () => {
    const over = lesson().map((row) => ({
      ...row,
      state: 'left' as const,
      connectionsNow: 0,
      lastLeave: row.lastLeave ?? at(45),
      stays: row.stays.map((stay) => ({ ...stay, to: stay.to ?? at(45) })),
    }))
    await stage.openWith({ snapshot: snapshot(over, { gathering: head({ endedAt: at(45) }) }) })
    await stage.page.getByRole('grid').waitFor()
    await stage.page.getByText('9 people came').waitFor()
    const text = await stage.visibleText()
    for (const said of ['Ended', '18:04–18:49', '9 people came', 'certain']) expect(text).toContain(said)
    for (const live of ['people here', 'Live ·', 'Ask for e-mails', 'Here 0'])
      expect(text).not.toContain(live)
  })

  it('says that it is trying while Zoom is silent', async () => {
    await stage.openWith({ refuse: 'storage_unavailable' })
    await stage.page.getByRole('button', { name: 'Try again' }).waitFor()
    stage.server.answers.slowMs = 2_000
    await stage.page.getByRole('button', { name: 'Try again' }).press('Enter')
    await stage.page.getByRole('button', { name: 'Trying…' }).waitFor()
    expect(await stage.page.evaluate(() => document.activeElement?.textContent)).toBe('Trying…')
  })

  it('says what comes next when Zoom gives no proof of who is here', async () => {
    await stage.openWith({ zoomRefuses: { getAppContext: '10118' } })
    await stage.page.getByRole('heading', { name: 'Zoom does not answer' }).waitFor()
    const text = await stage.visibleText()
    expect(text).toContain('(10118)')
    expect(text).toMatch(/Next try in \d+ s/)
    expect(await stage.violations()).toEqual([])
  })

  it('says what happened and tries again when the server cannot save', async () => {
    await stage.openWith({ refuse: 'storage_unavailable' })
    await stage.page.getByRole('heading', { name: 'Rollbook cannot save right now' }).waitFor()
    stage.server.answers.refuse = null
    await stage.page.getByRole('button', { name: 'Try again' }).click()
    await stage.page.getByRole('grid').waitFor()
  })

  it('shows the panel at the home address too when Zoom is on the other side', async () => {
    await stage.openWith({}, '/')
    await stage.page.getByRole('grid').waitFor()
    expect(await stage.page.getByText('Who was really there?').count()).toBe(0)
  })
})

describe('the page in a plain browser', () => {
  async function openHome(options: { query?: string; script?: boolean; dark?: boolean } = {}): Promise<void> {
    const page = await stage.openPlain({
      viewport: { width: 400, height: 800 },
      javaScriptEnabled: options.script ?? true,
      colorScheme: options.dark === true ? 'dark' : 'light',
      locale: 'en-GB',
    })
    await page.goto(`${stage.server.origin}/${options.query ?? ''}`)
  }

  it('explains the app and how to add it, in the reader’s language', async () => {
    await openHome({ query: '?lang=ru' })
    expect(await stage.page.getByRole('link', { name: 'Добавить в Zoom' }).getAttribute('href')).toBe(
      '/oauth/install',
    )
    expect(await stage.page.getByText('Who was really there?').isVisible()).toBe(false)
    await stage.page.getByRole('button', { name: 'English' }).click()
    expect(await stage.page.getByText('Who was really there?').isVisible()).toBe(true)
    expect(stage.page.url()).toBe(`${stage.server.origin}/?lang=ru`)
  })

  it('says the same without scripts, in both languages', async () => {
    await openHome({ script: false })
    expect(await stage.page.getByText('Who was really there?').isVisible()).toBe(true)
    expect(await stage.page.getByText('Кто был на самом деле?').isVisible()).toBe(true)
  })

  for (const dark of [false, true]) {
    it(`has no axe violation in ${dark ? 'dark' : 'light'}`, async () => {
      await openHome({ dark })
      await stage.page.locator('.languages').waitFor()
      expect(await stage.violations()).toEqual([])
    })
  }
})
