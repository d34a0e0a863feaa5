import { describe, expect, it } from 'vitest'
import { overLesson } from './over-lesson.ts'
import { panelStage } from './panel-stage.ts'

const stage = panelStage()
const { button, open, people, row, sheet, told } = overLesson(stage)

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
        basedOn: '{}',
      },
    ])
    await sheet().getByRole('button', { name: 'Undo' }).click()
    await sheet().getByText('Taken back.').waitFor()
    expect(told('policy').at(-1)).toMatchObject({ scope: 'gathering', part: {} })
  })

  it('that somebody else changed meanwhile are shown, with what was typed on top, and saved then', async () => {
    await open()
    await button('Rules').click()
    await sheet().getByRole('radio', { name: 'A window' }).check()
    const labels = [{ name: 'Theirs', when: [{ kind: 'no_email' as const }] }]
    stage.server.answers.corrected.parts.gathering = { labels }
    await sheet().getByRole('button', { name: 'Save' }).click()
    await sheet().getByText('Somebody else changed these rules.').waitFor()
    await sheet().getByText('Theirs', { exact: true }).waitFor()
    await sheet().getByRole('button', { name: 'Save' }).click()
    await sheet().getByText('Saved.').waitFor()
    expect(stage.server.answers.corrected.parts.gathering).toMatchObject({ labels, base: { kind: 'window' } })
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
        basedOn: '{}',
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

  it('have all by name who change sides, where the sentence names three', async () => {
    await open()
    await button('Rules').click()
    await sheet().getByRole('slider').fill('100')
    const all = sheet().getByText(/^All \d+ who would not pass$/)
    const count = Number(/\d+/.exec(await all.innerText())?.[0])
    expect(count).toBeGreaterThan(3)
    expect(await sheet().getByRole('status').first().innerText()).toContain(`and ${count - 3} more`)
    await all.focus()
    await stage.page.keyboard.press('Enter')
    const names = all.locator('xpath=..').getByRole('paragraph')
    await names.waitFor()
    expect((await names.innerText()).split(/, | and /)).toHaveLength(count)
    expect(await stage.violations()).toEqual([])
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
    expect(told('exports')).not.toMatchObject([{ sentence: true }])
  })

  it('leaves with its sentence on top where that is asked for, and remembers the answer', async () => {
    await open()
    await button('Export').click()
    const sentence = sheet().getByRole('group', { name: 'Sentence on top' })
    await sentence.getByRole('radio', { name: 'On' }).check()
    await sheet().getByRole('radio', { name: 'Copy' }).check()
    await sentence.waitFor({ state: 'detached' })
    await sheet().getByRole('radio', { name: 'CSV', exact: true }).check()
    await stage.page.keyboard.press('Escape')
    await button('Export').click()
    await sheet()
      .getByRole('button', { name: /^Export \d/ })
      .click()
    await stage.page.getByText('Opened in your browser').waitFor()
    expect(told('exports')).toMatchObject([{ sentence: true }])
  })
})
