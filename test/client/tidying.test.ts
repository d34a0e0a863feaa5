import { beforeEach, describe, expect, it } from 'vitest'
import type { CleaningItem } from '../../shared/wire/index.ts'
import { cutOff } from '../support/panel.ts'
import { panelStage } from './panel-stage.ts'
import { final, overRoster } from './past.ts'

const stage = panelStage()
const sheet = () => stage.page.getByRole('dialog')
const entry = (name: string | RegExp = /^(Tidier spellings|Написать аккуратнее)/) =>
  stage.page.getByRole('button', { name })
const corrections = () =>
  stage.server.told.filter(({ call }) => call.endsWith('/corrections')).map(({ body }) => body)

const item = (personId: string, given: Partial<CleaningItem>): CleaningItem => ({
  ...{ personId, name: personId, email: null, connection: `${personId}/0` },
  ...{ of: 'name', written: personId, proposed: null, codes: [] },
  ...given,
})
const denis = item('denis', {
  ...{ name: 'DENIS  M.', written: 'DENIS  M.', proposed: 'Denis M.', codes: ['spaces', 'case'] },
})
const timur = item('timur', {
  ...{ name: 'Timur V.', email: 'timur@gmial.com', of: 'email', written: 'timur@gmial.com' },
  ...{ proposed: 'timur@gmail.com', codes: ['typo'] },
})
const pavel = item('pavel', {
  ...{ name: 'Pavel R.', email: 'info@school.example', of: 'email', written: 'info@school.example' },
  codes: ['role_address'],
})

async function open(options: { width?: number; query?: string; dark?: boolean } = {}): Promise<void> {
  await stage.openMeetings(options)
  await stage.page.locator('[role=row][data-index="1"]').click()
  await stage.page.getByText('Elena K.').first().waitFor()
}

beforeEach(() => {
  stage.server.answers.past.rosters.set('h2', overRoster('h2', final))
  stage.server.answers.corrected.tidier = [denis, timur, pavel]
})

describe('tidier spellings', () => {
  it('are counted beside the list, and each is told with what stands there, what it would be, and why', async () => {
    await open()
    await entry('Tidier spellings: 3').click()
    await sheet().getByRole('listitem').first().waitFor()
    const [name = '', typo = '', role = ''] = await sheet().getByRole('listitem').allInnerTexts()
    expect(name).toContain('“Denis M.”')
    expect(name).toContain('There are spaces too many. The name is all in capitals or all in small letters.')
    expect(typo).toMatch(/timur@gmial\.com[^]*“timur@gmail\.com”[^]*This looks like a typing error\./u)
    expect(role).toMatch(/info@school\.example\s+Office/u)
    expect(
      await sheet()
        .getByRole('listitem')
        .nth(2)
        .getByRole('button', { name: /^Use it/ })
        .count(),
    ).toBe(0)
  })

  it('are taken or left by keyboard alone, one after the other, and every answer can be taken back', async () => {
    await open()
    await entry().click()
    await sheet().getByRole('button', { name: 'Use it: Denis M.' }).focus()
    await stage.page.keyboard.press('Enter')
    await sheet().getByRole('status').filter({ hasText: 'Renamed.' }).waitFor()
    await expect.poll(() => sheet().getByRole('listitem').count()).toBe(2)
    await expect.poll(() => stage.page.locator(':focus').textContent()).toBe('Timur V.')
    await sheet().getByRole('button', { name: 'Leave it: timur@gmial.com' }).click()
    await expect.poll(() => sheet().getByRole('listitem').count()).toBe(1)
    await sheet().getByRole('button', { name: 'Leave it: info@school.example' }).click()
    await sheet().getByText('Names and addresses are tidy').waitFor()
    await sheet().getByRole('status').getByRole('button', { name: 'Undo' }).click()
    await expect.poll(() => sheet().getByRole('listitem').count()).toBe(1)
    expect(corrections()).toEqual([
      { kind: 'rename', connection: 'denis/0', name: 'Denis M.' },
      { kind: 'email', connection: 'timur/0', email: 'timur@gmial.com' },
      { kind: 'email', connection: 'pavel/0', email: 'info@school.example' },
    ])
    await stage.page.keyboard.press('Escape')
    await entry('Tidier spellings: 1').waitFor()
  })

  it('open the person with everything behind, and lead back', async () => {
    await open()
    await entry().click()
    await sheet().getByRole('button', { name: 'Timur V.', exact: true }).click()
    await sheet().getByRole('heading', { level: 2, name: 'Timur V.' }).waitFor()
    await stage.page.keyboard.press('Escape')
    await sheet().getByRole('heading', { name: 'Tidier spellings' }).waitFor()
  })

  it('are not asked of whoever may not correct the list', async () => {
    const found = stage.server.answers.past.gatherings.find(({ id }) => id === 'h2')
    if (found !== undefined) found.mayManage = false
    await open()
    await stage.page.getByRole('button', { name: 'Corrections' }).waitFor()
    await stage.page.waitForTimeout(300)
    expect(await entry().count()).toBe(0)
  })

  for (const [theme, language, width] of [
    ['light', 'en', 280],
    ['dark', 'ru', 372],
  ] as const) {
    it(`have no axe violation and cut nothing off: ${theme}, ${language}, ${width} px`, async () => {
      await open({ width, dark: theme === 'dark', query: `?lang=${language}&theme=${theme}` })
      await entry().click()
      await sheet().getByRole('listitem').first().waitFor()
      expect(await stage.violations()).toEqual([])
      expect(await cutOff(stage.page)).toEqual([])
    })
  }
})

describe('what 100 % is', () => {
  it('is nothing where a meeting is over and no time of it is left; what to do is said', async () => {
    const over = overRoster('h2', final)
    stage.server.answers.past.rosters.set('h2', { ...over, gathering: { ...over.gathering, base: null } })
    await open()
    await stage.page.getByText('Nothing is left to count').waitFor()
    expect(await stage.visibleText()).not.toContain('Shares are counted once the meeting is over.')
  })
})
