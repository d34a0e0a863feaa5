import { describe, expect, it } from 'vitest'
import { openedMeeting } from './opened-meeting.ts'
import { panelStage } from './panel-stage.ts'

const stage = panelStage()
const { button, openMeeting, row } = openedMeeting(stage)

describe('what the report changed', () => {
  it('is listed with minutes before and now, filtered by kind and searched', async () => {
    await stage.openMeetings()
    await openMeeting(1)
    await button('Differences').click()
    await stage.page.getByText('35 min → 38 min'.replaceAll(' m', '\u00a0m')).waitFor()
    const added = stage.page.getByRole('dialog').getByRole('row').filter({ hasText: 'Sergey T.' })
    expect((await added.innerText()).replaceAll('\u00a0', ' ')).toMatch(/– → 12 min[^]*\+12 min/)
    await stage.page.getByRole('button', { name: /^Only live/ }).click()
    await stage.page.waitForFunction(
      () => document.querySelectorAll('[role=dialog] [role=row][data-index]').length === 1,
    )
    expect(await stage.page.getByRole('dialog').innerText()).toContain('Pavel R.')
  })

  it('keeps its height while it is filtered, so that nothing jumps under the pointer', async () => {
    await stage.openMeetings()
    await openMeeting(1)
    await button('Differences').click()
    const sheet = stage.page.getByRole('dialog')
    await sheet.getByRole('row').nth(5).waitFor()
    const height = async () => Math.round((await sheet.boundingBox())?.height ?? 0)
    const before = await height()
    await sheet.getByRole('button', { name: /^Added/ }).click()
    await sheet.getByRole('row').nth(5).waitFor({ state: 'detached' })
    expect(await height()).toBe(before)
    expect(before).toBeGreaterThan(380)
  })

  it('is exported as it is on screen', async () => {
    await stage.openMeetings()
    await openMeeting(1)
    await button('Differences').click()
    await stage.page.getByRole('button', { name: /^Added/ }).click()
    await stage.page.waitForFunction(
      () => document.querySelectorAll('[role=dialog] [role=row][data-index]').length === 1,
    )
    await stage.page.getByRole('dialog').getByRole('button', { name: 'Export', exact: true }).click()
    await button('Export 1').click()
    await stage.page.getByText('Opened in your browser').waitFor()
    const sent = stage.server.told.find(({ call }) => call === 'POST /api/gatherings/h2/exports')?.body
    expect(sent).toMatchObject({ list: 'differences', filter: { kind: 'added', search: '' } })
  })

  it('says so when the report agrees, and when there is none yet', async () => {
    stage.server.answers.past.differences = []
    await stage.openMeetings({ width: 1200 })
    await openMeeting(0)
    await button('Differences').click()
    await stage.page.getByRole('heading', { name: 'Nothing to compare yet' }).waitFor()
    await stage.page.keyboard.press('Escape')
    await row(1).click()
    await stage.page.getByText('Final: Zoom’s report').waitFor()
    await button('Differences').click()
    await stage.page.getByRole('heading', { name: 'Zoom’s report agrees with the live list' }).waitFor()
  })

  it('warns in the export while the report may still change it', async () => {
    await stage.openMeetings()
    await openMeeting(0)
    await button('Export').click()
    await stage.page.getByText('Provisional: Zoom’s report may change it.').waitFor()
  })
})
