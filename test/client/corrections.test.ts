import { beforeEach, describe, expect, it } from 'vitest'
import type { PersonRow } from '../../shared/wire/index.ts'
import { cutOff } from '../support/panel.ts'
import { connectionsOf } from './corrections-of.ts'
import { at } from './people.ts'
import { panelStage } from './panel-stage.ts'
import { final, overRoster } from './past.ts'

const stage = panelStage()
const button = (name: string | RegExp) => stage.page.getByRole('button', { name })
const sheet = () => stage.page.getByRole('dialog')
const row = (name: string) => stage.page.getByRole('row').filter({ hasText: name })
const told = (what: string) =>
  stage.server.told.filter(({ call }) => call.includes(`/${what}`)).map(({ body }) => body)
const people = (): PersonRow[] => stage.server.answers.past.rosters.get('h2')?.people ?? []

async function open(options: { width?: number; query?: string; dark?: boolean } = {}): Promise<void> {
  await stage.openMeetings(options)
  await stage.page.locator('[role=row][data-index="1"]').click()
  await stage.page.getByText('Elena K.').first().waitFor()
}
async function openPerson(name: string): Promise<void> {
  await row(name).click()
  await sheet()
    .getByText(/original row|исходная строка/)
    .first()
    .waitFor()
}

beforeEach(() => {
  const roster = overRoster('h2', final)
  const labels = [{ name: 'Paid', by: 'host' as const, fromEmail: false }]
  roster.people = roster.people.map((one) =>
    one.id === 'anna' ? { ...one, labels, statuses: ['present', 'late'] } : one,
  )
  stage.server.answers.past.rosters.set('h2', roster)
  const denis = roster.people.find(({ id }) => id === 'denis')
  if (denis === undefined) throw new Error('the lesson has no Denis')
  stage.server.answers.corrected.cards.set('denis', {
    connections: connectionsOf({ ...denis, connectionsNow: 2 }),
    proposals: [
      {
        ...{ personId: 'iphone1', name: 'iPhone', email: null },
        reason: { code: 'name_fits', value: null },
        keys: ['denis/0', 'iphone1/0'],
      },
    ],
    cleanings: [{ of: 'name', code: 'case', proposed: 'Denis Morozko' }],
  })
})

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

describe('the rules', () => {
  it('are set for this meeting, shown as taken over where they come from above, and can be undone', async () => {
    stage.server.answers.corrected.parts.number = { lateAfterMinutes: 10 }
    await open()
    await button('Rules').click()
    await sheet().getByText('Taken over: as for this number.').waitFor()
    await sheet().getByRole('radio', { name: 'A window' }).check()
    await sheet().getByLabel('From', { exact: true }).fill('18:10')
    await sheet().getByRole('button', { name: 'Save' }).click()
    await sheet().getByText('Saved.').waitFor()
    expect(told('policy')).toEqual([
      {
        scope: 'gathering',
        part: { base: { kind: 'window', from: '18:10', to: '19:52' }, zone: 'Asia/Yekaterinburg' },
      },
    ])
    await sheet().getByRole('button', { name: 'Undo' }).click()
    await sheet().getByText('Taken back.').waitFor()
    expect(told('policy').at(-1)).toEqual({ scope: 'gathering', part: {} })
  })

  it('give labels by conditions', async () => {
    await open()
    await button('Rules').click()
    await sheet().getByRole('radio', { name: 'Everything' }).check()
    await sheet().getByRole('button', { name: 'Add a label' }).click()
    await stage.page.keyboard.type('Left before the offer')
    await sheet().getByRole('combobox', { name: 'Condition 1' }).selectOption('left_before')
    await sheet().getByLabel('Time of day').fill('20:40')
    await sheet().getByRole('button', { name: 'Done' }).click()
    await sheet().getByRole('button', { name: 'Save' }).click()
    await sheet().getByText('Saved.').waitFor()
    expect(told('policy')).toEqual([
      {
        scope: 'installation',
        part: {
          labels: [{ name: 'Left before the offer', when: [{ kind: 'left_before', clock: '20:40' }] }],
          zone: 'Asia/Yekaterinburg',
        },
      },
    ])
  })

  it('answer what another minimum would change, without changing anything', async () => {
    await open()
    await button('Rules').click()
    const slider = sheet().getByRole('slider')
    await slider.waitFor()
    const reached = people().filter(({ meetsMinimum }) => meetsMinimum === true).length
    expect(await slider.getAttribute('aria-valuetext')).toContain(`: ${reached} pass`)
    await slider.fill('60')
    await sheet()
      .getByText(/Unlike at 75.%, .Pavel R\.. passes\./)
      .waitFor()
    expect(told('policy')).toEqual([])
  })
})

describe('a list that is over', () => {
  it('shows share and pass or fail, labels and marks, and is filtered by them', async () => {
    await open()
    await expect.poll(() => row('Pavel R.').textContent()).toContain('Below the minimum')
    expect(await row('Anna S.').textContent()).toContain('Paid')
    await button(/^Stayed less/).click()
    await expect.poll(() => stage.rowNames()).toEqual(['Pavel R.', 'Timur V.'])
    await button(/^All/).click()
    await stage.page.getByRole('combobox', { name: 'More filters' }).selectOption('late')
    await expect.poll(() => stage.rowNames()).toHaveLength(1)
    await stage.page.getByRole('combobox', { name: 'Label' }).selectOption('Paid')
    await expect.poll(() => stage.rowNames()).toEqual(['Anna S.'])
    await button(/^Stayed less/).click()
    await stage.page.getByText('Nobody matches').waitFor()
    await button(/^Stayed less/).click()
    await stage.page.getByRole('combobox', { name: 'More filters' }).selectOption('late')
    await button('Export').click()
    await sheet().getByRole('button', { name: 'Export 1' }).click()
    await stage.page.getByText('Opened in your browser').waitFor()
    expect(told('exports')).toMatchObject([{ filter: { show: 'late', label: 'Paid' } }])
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
