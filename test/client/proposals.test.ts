import { beforeEach, describe, expect, it } from 'vitest'
import type { ProposalList } from '../../shared/wire/index.ts'
import { cutOff } from '../support/panel.ts'
import { panelStage } from './panel-stage.ts'
import { at } from './people.ts'
import { final, overRoster } from './past.ts'

const stage = panelStage()
const sheet = () => stage.page.getByRole('dialog')
const entry = (name: string | RegExp = /^Perhaps one person/) => stage.page.getByRole('button', { name })
const corrections = () =>
  stage.server.told.filter(({ call }) => call.endsWith('/corrections')).map(({ body }) => body)

const pair = (
  one: [string, string],
  other: [string, string],
  code: string,
): ProposalList['items'][number] => ({
  ...{ personId: one[0], name: one[1] },
  proposal: {
    ...{ personId: other[0], name: other[1], email: null },
    reason: { code, value: null },
    keys: [`${one[0]}/0`, `${other[0]}/0`],
  },
})
const denis = pair(['denis', 'Denis M.'], ['iphone1', 'iPhone'], 'name_fits')
const timur = pair(['timur', 'Timur V.'], ['pavel', 'Pavel R.'], 'alias')

async function open(options: { width?: number; query?: string; dark?: boolean } = {}): Promise<void> {
  await stage.openMeetings(options)
  await stage.page.locator('[role=row][data-index="1"]').click()
  await stage.page.getByText('Elena K.').first().waitFor()
}

beforeEach(() => {
  stage.server.answers.past.rosters.set('h2', overRoster('h2', final))
  stage.server.answers.corrected.pairs = [denis, timur]
})

describe('who may be one person', () => {
  it('is counted beside the list, and each pair is told with its reason', async () => {
    await open()
    await entry('Perhaps one person: 2').click()
    await sheet().getByRole('listitem').first().waitFor()
    const lines = await sheet().getByRole('listitem').allInnerTexts()
    expect(lines).toHaveLength(2)
    expect(lines[0]).toContain('One name is part of the other, and their times fit.')
    expect(lines[1]).toContain('In another meeting of this number')
  })

  it('counts those as well that are too many to be told at once', async () => {
    stage.server.answers.corrected.morePairs = 41
    await open()
    await entry('Perhaps one person: 43').click()
    await sheet().getByText('and 41 more pairs, shown as you answer these').waitFor()
  })

  it('is answered by keyboard alone, pair after pair, and every answer can be taken back', async () => {
    await open()
    await entry().click()
    await sheet().getByRole('button', { name: 'It is the same person: Denis M. and iPhone' }).focus()
    await stage.page.keyboard.press('Enter')
    await sheet().getByRole('status').filter({ hasText: 'Merged into one person.' }).waitFor()
    await expect.poll(() => sheet().getByRole('listitem').count()).toBe(1)
    await expect.poll(() => stage.page.locator(':focus').textContent()).toBe('Timur V.')
    await sheet().getByRole('button', { name: 'Not the same: Timur V. and Pavel R.' }).click()
    await sheet().getByText('Nobody seems to be there twice').waitFor()
    await sheet().getByRole('status').getByRole('button', { name: 'Undo' }).click()
    await expect.poll(() => sheet().getByRole('listitem').count()).toBe(1)
    expect(corrections()).toEqual([
      { kind: 'merge', connections: ['denis/0', 'iphone1/0'] },
      { kind: 'apart', connections: ['timur/0', 'pavel/0'] },
    ])
    await stage.page.keyboard.press('Escape')
    await entry('Perhaps one person: 1').waitFor()
  })

  it('follows what changes in the list', async () => {
    await open()
    await entry('Perhaps one person: 2').click()
    stage.server.answers.corrected.pairs = [timur]
    const snapshot = stage.server.answers.past.rosters.get('h2')
    if (snapshot === undefined) throw new Error('the stage lost its list')
    stage.server.push({
      ...{ version: 2, at: at(115), gathering: snapshot.gathering, summary: snapshot.summary },
      ...{ upserts: [], removes: ['iphone1'] },
    })
    await expect.poll(() => sheet().getByRole('listitem').count()).toBe(1)
  })

  it('opens one of them with everything behind, and leads back', async () => {
    await open()
    await entry().click()
    await sheet().getByRole('button', { name: 'Denis M.', exact: true }).click()
    await sheet().getByRole('heading', { level: 2, name: 'Denis M.' }).waitFor()
    await stage.page.keyboard.press('Escape')
    await sheet().getByRole('heading', { name: 'Who may be one person' }).waitFor()
  })

  it('is not asked of whoever may not correct the list', async () => {
    const found = stage.server.answers.past.gatherings.find(({ id }) => id === 'h2')
    if (found !== undefined) found.mayManage = false
    await open()
    await stage.page.getByRole('button', { name: 'Corrections' }).waitFor()
    await stage.page.waitForTimeout(300)
    expect(await entry().count()).toBe(0)
  })

  it('is reached while the meeting runs, beside rules and corrections', async () => {
    await stage.openPanel({ width: 280 })
    await stage.page.getByRole('button', { name: 'Rules and corrections' }).click()
    await sheet().getByText('Shares are counted once the meeting is over.').waitFor()
    expect(await stage.violations()).toEqual([])
    expect(await cutOff(stage.page)).toEqual([])
    await sheet().getByRole('button', { name: 'Corrections' }).click()
    await sheet().getByText('Nothing was corrected').waitFor()
    await stage.page.keyboard.press('Escape')
    await stage.page.getByRole('button', { name: 'Rules and corrections' }).click()
    await sheet().getByRole('button', { name: 'Rules' }).click()
    await sheet().getByRole('heading', { level: 2 }).waitFor()
  })

  for (const [theme, language, width] of [
    ['light', 'en', 400],
    ['dark', 'ru', 280],
    ['light', 'ru', 900],
  ] as const) {
    it(`has no axe violation and cuts nothing off: ${theme}, ${language}, ${width} px`, async () => {
      await open({ width, dark: theme === 'dark', query: `?lang=${language}&theme=${theme}` })
      await entry(/^(Perhaps one person|Возможно, один человек)/).click()
      await sheet().getByRole('listitem').first().waitFor()
      expect(await stage.violations()).toEqual([])
      expect(await cutOff(stage.page)).toEqual([])
    })
  }
})
