import { describe, expect, it } from 'vitest'
import { cutOff } from '../support/panel.ts'
import { at } from './people.ts'
import { overLesson } from './over-lesson.ts'
import { panelStage } from './panel-stage.ts'

const stage = panelStage()
const { button, open, openPerson, row, sheet, told } = overLesson(stage)

describe('a person opened', () => {
  it('tells of every connection when, under which name, who saw it, why, and each original row', async () => {
    await open()
    await openPerson('Denis M.')
    const text = (await sheet().innerText()).replaceAll('\u00a0', ' ').replaceAll('\u2060', '')
    for (const said of [
      '98.6 % of 18:04–19:52',
      'Reached the minimum',
      '2 connections',
      '18:04:00 – 18:26:00',
      'Seen by Zoom’s messages and Zoom’s report.',
      'All connections share one Zoom user.',
    ])
      expect(text).toContain(said)
    await sheet()
      .getByText(/Zoom’s report: 1/)
      .first()
      .click()
    await sheet().getByText('18:04:00–\u206018:26:00').waitFor()
  })

  it('shows the card of whom it is about, also after somebody else’s', async () => {
    await open()
    await openPerson('Denis M.')
    await stage.page.keyboard.press('Escape')
    await openPerson('Timur V.')
    await stage.page.waitForTimeout(300)
    expect(await sheet().getByRole('heading', { level: 2 }).innerText()).toBe('Timur V.')
  })

  it('stays readable when the evidence does not come, and says the way out', async () => {
    stage.server.answers.corrected.refuse = 'storage_unavailable'
    await open()
    await row('Denis M.').click()
    await sheet().getByText('Rollbook cannot save right now').waitFor()
    expect(await sheet().innerText()).toContain('18:27:30')
    stage.server.answers.corrected.refuse = null
    await sheet().getByRole('button', { name: 'Try again' }).click()
    await sheet().getByText('2\u00a0connections').waitFor()
  })

  it('is followed to whom another host merged them with', async () => {
    await open()
    await openPerson('Denis M.')
    stage.server.answers.corrected.aliases.set('denis', 'timur')
    const snapshot = stage.server.answers.past.rosters.get('h2')
    if (snapshot === undefined) throw new Error('the stage lost its list')
    stage.server.push({
      ...{ version: 2, at: at(115), gathering: snapshot.gathering, summary: snapshot.summary },
      ...{ upserts: [], removes: ['denis'] },
    })
    await sheet().getByRole('heading', { name: 'Timur V.' }).waitFor()
  })

  it('is only read by whoever may not manage the list', async () => {
    const found = stage.server.answers.past.gatherings.find(({ id }) => id === 'h2')
    if (found !== undefined) found.mayManage = false
    await open()
    await openPerson('Denis M.')
    await stage.page.waitForTimeout(200)
    for (const act of ['Merge with…', 'This is somebody else', 'It is the same person', 'Use it'])
      expect(await sheet().getByRole('button', { name: act }).count()).toBe(0)
  })
})

describe('correcting', () => {
  it('renames by keyboard, says so, and takes it back from the message', async () => {
    await open()
    await openPerson('Denis M.')
    await sheet().getByRole('button', { name: 'Name', exact: true }).click()
    await stage.page.keyboard.type('Denis Morozko')
    await stage.page.keyboard.press('Enter')
    const said = sheet().getByRole('status').filter({ hasText: 'Renamed.' })
    await said.waitFor()
    expect(told('corrections')).toEqual([{ kind: 'rename', connection: 'denis/0', name: 'Denis Morozko' }])
    await said.getByRole('button', { name: 'Undo' }).focus()
    await stage.page.keyboard.press('Enter')
    await sheet().getByRole('status').filter({ hasText: 'Taken back.' }).waitFor()
    await stage.page.keyboard.press('Enter')
    await sheet().getByRole('status').filter({ hasText: 'Renamed.' }).waitFor()
  })

  it('Escape leaves the form, not the person', async () => {
    await open()
    await openPerson('Denis M.')
    await sheet().getByRole('button', { name: 'Label' }).click()
    await stage.page.keyboard.press('Escape')
    expect(await sheet().getByRole('button', { name: 'Save' }).count()).toBe(0)
    expect(
      await stage.page.evaluate(() => document.activeElement?.textContent),
      'the focus is back at what opened the form',
    ).toBe('Label')
  })

  it('marks with a reason, splits a connection, accepts and refuses what is proposed', async () => {
    await open()
    await openPerson('Denis M.')
    await sheet().getByRole('button', { name: 'Present or absent' }).click()
    await sheet().getByRole('radio', { name: 'Absent' }).check()
    await sheet().getByLabel('Reason').fill('Sent a friend')
    await sheet().getByRole('button', { name: 'Save' }).click()
    await sheet().getByRole('status').filter({ hasText: 'Marked.' }).waitFor()
    await sheet()
      .getByRole('button', { name: /this is somebody else/ })
      .last()
      .click()
    await sheet().getByRole('status').filter({ hasText: 'Taken apart.' }).waitFor()
    await sheet()
      .getByRole('button', { name: /^Not the same/ })
      .click()
    await sheet().getByRole('status').filter({ hasText: 'Kept apart' }).waitFor()
    await sheet()
      .getByRole('button', { name: /^Use it/ })
      .click()
    await sheet().getByRole('status').filter({ hasText: 'Renamed.' }).waitFor()
    expect(told('corrections')).toEqual([
      { kind: 'mark', connection: 'denis/0', mark: 'absent', reason: 'Sent a friend' },
      { kind: 'split', connections: ['denis/1'] },
      { kind: 'apart', connections: ['denis/0', 'iphone1/0'] },
      { kind: 'rename', connection: 'denis/0', name: 'Denis Morozko' },
    ])
  })

  it('merges with somebody searched for', async () => {
    await open()
    await openPerson('Denis M.')
    await sheet().getByRole('button', { name: 'Merge with…' }).click()
    await stage.page.keyboard.type('timur')
    await expect.poll(() => sheet().locator('[role=row][data-index]').count()).toBe(1)
    expect(await stage.violations()).toEqual([])
    await sheet().locator('[role=row][data-index]').click()
    await sheet().getByRole('status').filter({ hasText: 'Merged into one person.' }).waitFor()
    expect(told('corrections')).toEqual([{ kind: 'merge', connections: ['denis/0', 'timur/0'] }])
  })

  it('leads back from the search for somebody to where it was begun', async () => {
    await open()
    await openPerson('Denis M.')
    await button(/^Merge with/).click()
    await sheet().getByRole('searchbox').waitFor()
    await stage.page.keyboard.press('Escape')
    await expect.poll(() => stage.page.locator(':focus').textContent()).toBe('Merge with…')
  })

  it('says in a sentence why it did not work', async () => {
    await open()
    await openPerson('Denis M.')
    stage.server.answers.corrected.refuse = 'conflict'
    await sheet()
      .getByRole('button', { name: /^Use it/ })
      .click()
    await sheet().getByText('That cannot be done now.').waitFor()
  })

  it('leaves the way back beside the list, and everything in the history', async () => {
    await open()
    await openPerson('Denis M.')
    await sheet()
      .getByRole('button', { name: /^Use it/ })
      .click()
    await sheet().getByRole('status').filter({ hasText: 'Renamed.' }).waitFor()
    await stage.page.keyboard.press('Escape')
    await stage.page.getByRole('status').filter({ hasText: 'Renamed.' }).getByRole('button').first().click()
    await stage.page.getByRole('status').filter({ hasText: 'Taken back.' }).waitFor()
    await button('Corrections').click()
    await sheet().getByText('Name:').waitFor()
    expect(await stage.violations()).toEqual([])
    await sheet()
      .getByRole('button', { name: /^Put back/ })
      .first()
      .click()
    await sheet().getByRole('button', { name: /^Undo/ }).first().waitFor()
  })

  it('says what a history without corrections will hold', async () => {
    await open()
    await button('Corrections').click()
    await sheet().getByText('Nothing was corrected').waitFor()
  })
})

describe('for everybody', () => {
  for (const [theme, language, width] of [
    ['light', 'en', 372],
    ['dark', 'ru', 280],
    ['light', 'ru', 900],
    ['dark', 'en', 400],
  ] as const) {
    it(`has no axe violation and cuts nothing off: ${theme}, ${language}, ${width} px`, async () => {
      await open({ width, dark: theme === 'dark', query: `?lang=${language}&theme=${theme}` })
      const looks = async () => {
        expect(await stage.violations()).toEqual([])
        expect(await cutOff(stage.page)).toEqual([])
      }
      await looks()
      await openPerson('Denis M.')
      await sheet()
        .getByRole('button', { name: /^(Present or absent|Был или не был)$/ })
        .click()
      await looks()
      await stage.page.keyboard.press('Escape')
      await stage.page.keyboard.press('Escape')
      await button(/^(Rules|Правила)$/).click()
      await sheet().getByRole('slider').waitFor()
      await sheet()
        .getByRole('button', { name: /^(Add a label|Добавить метку)$/ })
        .click()
      await looks()
      await stage.page.keyboard.press('Escape')
      await stage.page.keyboard.press('Escape')
      await button(/^(Corrections|Исправления)$/).click()
      await looks()
    })
  }
})
