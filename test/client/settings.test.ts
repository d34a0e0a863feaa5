import { describe, expect, it } from 'vitest'
import { panelStage } from './panel-stage.ts'
import { connected, hostSettings, request } from './settings-of.ts'

const stage = panelStage()
const asking = hostSettings({
  requests: [
    request('r1'),
    request('r2', { name: 'Сергей Волков', topic: null }),
    request('r3', { name: 'Anna S.', state: 'granted_once' }),
  ],
  wideViews: 2,
})

async function openSettings(query = ''): Promise<void> {
  await stage.openPanel({ query })
  await stage.page.getByRole('button', { name: /^(Settings|Настройки)/ }).click()
  await stage.page.getByRole('heading', { level: 1, name: /^(Settings|Настройки)$/ }).waitFor()
  await stage.page.locator('[aria-busy]').waitFor({ state: 'detached' })
}
const told = (path: string) => stage.server.told.filter(({ call }) => call === `POST ${path}`)
const button = (name: string | RegExp) => stage.page.getByRole('button', { name })

describe('settings', () => {
  it('say how the connection stands and what co-hosts get', async () => {
    await openSettings()
    const text = await stage.visibleText()
    for (const said of [
      'Connected to Zoom',
      'After a meeting its co-hosts get',
      'Addresses stay with you',
      'Marat Islamov',
      '6 meetings · last on Mon 23 Nov',
      'Co-host without a name',
    ]) {
      expect(text).toContain(said)
    }
    expect(await stage.page.getByRole('radio', { name: 'The list without e-mails' }).isChecked()).toBe(true)
  })

  it('explain what belongs to the host instead of showing it to others', async () => {
    stage.server.answers.settings = hostSettings({ mayManage: false, cohosts: [], cohostPolicy: 'nothing' })
    await openSettings()
    const text = await stage.visibleText()
    expect(text).toContain('What belongs to the host')
    for (const hidden of ['Connected to Zoom', 'After a meeting', 'Disconnect'])
      expect(text).not.toContain(hidden)
    expect(await stage.violations()).toEqual([])
  })

  it('change the policy and what one person gets', async () => {
    await openSettings()
    await stage.page.getByRole('radio', { name: 'Nothing' }).check()
    await expect
      .poll(() => told('/api/settings/cohost-policy').at(-1)?.body)
      .toEqual({
        cohostPolicy: 'nothing',
      })
    await stage.page.getByRole('combobox', { name: 'What Marat Islamov gets' }).selectOption('everything')
    await expect.poll(() => told('/api/settings/cohosts/m7').at(-1)?.body).toEqual({ always: 'everything' })
    await stage.page.getByRole('combobox', { name: 'What Ольга Петрова gets' }).selectOption('As above')
    await expect.poll(() => told('/api/settings/cohosts/m8').at(-1)?.body).toEqual({ always: null })
  })

  it('say what happened when they cannot be read, and try again', async () => {
    await stage.openPanel()
    await stage.page.route('**/api/settings', (route) => route.fulfill({ status: 503, body: '' }))
    await button('Settings').click()
    await expect.poll(() => stage.visibleText()).toContain('Rollbook cannot save right now')
  })

  it('open the panel in the browser and close what is open there', async () => {
    stage.server.answers.settings = asking
    await openSettings()
    await button('Open in browser').click()
    await stage.page.getByText('Opened in your browser').waitFor()
    expect(await stage.opened()).toEqual([`${stage.server.origin}/wide/one-time`])
    await button('Close them').click()
    await stage.page.getByText('views open now').waitFor({ state: 'detached' })
    expect(told('/api/handover/end')).toHaveLength(1)
  })

  it('follow the view in the browser and the connection while they are on screen', async () => {
    await openSettings()
    await button('Open in browser').click()
    await stage.page.getByText('Opened in your browser').waitFor()
    stage.server.answers.settings = hostSettings({
      wideViews: 1,
      connection: { ...connected, state: 'reconnect', capabilities: [] },
    })
    await stage.page.getByText('1\u00a0view open now.').waitFor()
    expect(await stage.visibleText()).not.toContain('Opened in your browser')
    await button('Connect again').waitFor()
    stage.server.answers.settings = hostSettings()
    await button('Close it').waitFor({ state: 'detached' })
    await stage.page.getByText('Connected to Zoom').waitFor()
  })

  it('switch language and theme in place, without touching the address', async () => {
    await openSettings()
    await stage.page.getByRole('radio', { name: 'Русский' }).check()
    await stage.page.getByRole('radio', { name: 'Тёмная' }).check()
    expect(await stage.visibleText()).toContain('После встречи соорганизаторы получают')
    expect(await stage.page.evaluate(() => document.documentElement.dataset['theme'])).toBe('dark')
    expect(stage.page.url()).toBe(`${stage.server.origin}/panel.html`)
  })

  for (const [theme, language] of [
    ['light', 'en'],
    ['dark', 'ru'],
  ] as const) {
    it(`have no axe violation: ${theme}, ${language}, with requests, a broken connection and the last question`, async () => {
      stage.server.answers.settings = {
        ...asking,
        connection: {
          ...connected,
          state: 'scopes',
          missingScopes: ['meeting:read:list_past_participants'],
          capabilities: connected.capabilities.map((one) =>
            one.capability === 'meeting_lists'
              ? { ...one, missingScopes: ['meeting:read:list_past_participants'] }
              : one,
          ),
        },
      }
      await openSettings(`?theme=${theme}&lang=${language}`)
      await stage.page.locator('summary').last().click()
      await stage.page.locator('li button').first().click()
      await button(/^(Disconnect…|Отключить…)$/).click()
      expect(await stage.violations()).toEqual([])
    })
  }

  for (const width of [280, 372, 900, 1200]) {
    it(`cut nothing off at ${width} px in Russian`, async () => {
      stage.server.answers.settings = asking
      await stage.openPanel({ width, query: '?lang=ru' })
      await button(/^Настройки/).click()
      await stage.page.getByRole('heading', { name: 'Соорганизаторы' }).waitFor()
      await button('Отключить…').click()
      const outside = await stage.page.evaluate(() =>
        [...document.querySelectorAll('button, select, input, p, h1, h2, h3, nav')]
          .filter((element) => {
            const box = element.getBoundingClientRect()
            return box.width > 1 && (box.left < 0 || box.right > innerWidth + 0.5)
          })
          .map((element) => element.outerHTML.slice(0, 120)),
      )
      expect(outside).toEqual([])
    })
  }
})

describe('a co-host who asks for a list', () => {
  it('is told on the live screen and beside the tab, and found by "Look"', async () => {
    stage.server.answers.settings = hostSettings({ requests: [request('r1')] })
    await stage.openPanel()
    await stage.page.getByText('Olga Petrova asks for the list of Project management, lesson 3.').waitFor()
    expect(await button('Settings , 1 request').count()).toBe(1)
    await button('Look').click()
    await stage.page.getByRole('heading', { name: 'Olga Petrova asks to see this list' }).waitFor()
  })

  it('is announced by Zoom’s client as well when asking while the panel is open', async () => {
    await stage.openPanel()
    await button('Meetings').click()
    stage.server.answers.settings = hostSettings({ requests: [request('r1')] })
    await button('Settings').click()
    const sentence = 'Olga Petrova asks for the list of Project management, lesson 3.'
    await stage.page.getByRole('status').filter({ hasText: sentence }).waitFor({ state: 'attached' })
    expect(await stage.notified()).toEqual([sentence])
  })

  it('is answered by keyboard, with the focus on Undo until it takes effect', async () => {
    stage.server.answers.settings = asking
    await openSettings()
    await button('Always allow').first().focus()
    await stage.page.keyboard.press('Enter')
    await stage.page.getByText('Olga Petrova will see every list they co-host without e-mails.').waitFor()
    const focused = () => stage.page.evaluate(() => document.activeElement?.textContent)
    expect(await focused()).toBe('Undo')
    await stage.page.keyboard.press('Enter')
    await stage.page.getByRole('heading', { name: 'Olga Petrova asks to see this list' }).waitFor()
    expect(await focused()).not.toBe('')
    expect(told('/api/settings/requests/r1')).toEqual([])
  })

  it('gets what was decided once the time to undo is over', async () => {
    stage.server.answers.settings = asking
    await openSettings()
    await stage.page.getByRole('checkbox', { name: 'With e-mail addresses' }).first().check()
    await button('Allow once').first().click()
    await expect
      .poll(() => told('/api/settings/requests/r1').at(-1)?.body, { timeout: 15_000 })
      .toEqual({ decision: 'once', emails: true })
    await expect.poll(() => stage.visibleText()).toContain('Answered in the last 30 days (2)')
  }, 30_000)
})

describe('connecting from the panel', () => {
  async function agree(): Promise<void> {
    await stage.page.waitForFunction(() =>
      (window as unknown as { zoomTest: { calls: string[] } }).zoomTest.calls.includes('authorize'),
    )
    await stage.page.evaluate(() => {
      const { zoomTest } = window as unknown as {
        zoomTest: { event: (name: string, data: object) => void }
      }
      zoomTest.event('onAuthorized', { code: 'code', result: true, state: 'ours', redirectUri: '' })
    })
  }

  it('adds Rollbook by consent inside Zoom and goes on to the list, saying so', async () => {
    await stage.openWith({ refuse: 'not_installed' })
    await button('Add Rollbook').click()
    await button('Waiting for Zoom…').waitFor()
    expect(await stage.violations()).toEqual([])
    await agree()
    await stage.page.getByText('Rollbook is connected.').waitFor()
    // Said where the panel opened; whoever has gone on from there knows it.
    await button('Meetings').click()
    await stage.page.getByText('Project management, lesson 3').waitFor()
    await stage.page.getByText('Rollbook is connected.').waitFor({ state: 'detached' })
    await button('Live').click()
    await stage.page.getByRole('grid').waitFor()
    expect(await stage.visibleText()).not.toContain('Rollbook is connected.')
    expect(told('/api/authorization')).toHaveLength(1)
    expect(told('/api/authorization/code').at(-1)?.body).toEqual({
      state: 'ours',
      code: 'code',
      redirectUri: null,
    })
  })

  it('offers the browser where Zoom cannot ask', async () => {
    await stage.openWith({ refuse: 'not_installed', zoomRefuses: { authorize: '80004' } })
    await button('Add Rollbook').click()
    await stage.page.getByText('Zoom did not ask (code 80004)').waitFor()
    await button('Do it in the browser').click()
    expect(await stage.opened()).toEqual([`${stage.server.origin}/oauth/install`])
  })

  it('connects again from the settings', async () => {
    stage.server.answers.settings = hostSettings({
      connection: { ...connected, state: 'reconnect', capabilities: [] },
    })
    await openSettings()
    await button('Connect again').click()
    await button('Waiting for Zoom…').waitFor()
    await agree()
    await stage.page.getByText('Connected to Zoom').waitFor()
  })
})

describe('disconnecting', () => {
  it('says what goes, asks twice and says that it is done', async () => {
    await openSettings()
    expect(await stage.visibleText()).toContain('deletes everything this installation keeps: all lists')
    await button('Disconnect…').click()
    expect(await stage.page.evaluate(() => document.activeElement?.textContent)).toBe('Keep everything')
    await stage.page.keyboard.press('Enter')
    await button('Disconnect…').waitFor()
    expect(await stage.page.evaluate(() => document.activeElement?.textContent)).toBe('Disconnect…')
    expect(told('/api/disconnect')).toEqual([])
    await button('Disconnect…').click()
    await button('Delete all lists and disconnect').click()
    await stage.page.getByRole('heading', { name: 'Rollbook is disconnected' }).waitFor()
    expect(await stage.visibleText()).toContain('All lists of this installation are deleted')
    expect(told('/api/disconnect')).toHaveLength(1)
    expect(await stage.violations()).toEqual([])
  })
})
