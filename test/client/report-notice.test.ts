import { describe, expect, it } from 'vitest'
import { noReport } from '../../shared/wire/report.ts'
import { at } from './people.ts'
import { overRoster, provisional } from './past.ts'
import { panelStage } from './panel-stage.ts'

const stage = panelStage()

const button = (name: string) => stage.page.getByRole('button', { name, exact: true })

async function openMeeting(index: number): Promise<void> {
  await stage.page.locator(`[role=row][data-index="${index}"]`).first().click()
  await stage.page.getByRole('figure').waitFor()
}

describe('what stands above a meeting that is over', () => {
  it('says what is provisional, why, and when it is tried again; its owner can try now', async () => {
    await stage.openMeetings()
    await openMeeting(0)
    const text = await stage.visibleText()
    for (const said of [
      '10 people came',
      'Mon 23 Nov 2026 · 18:04–19:52 Yekaterinburg',
      'Provisional, from live events',
      'Zoom’s report is not ready. Next try at 20:07.',
    ])
      expect(text).toContain(said)
    await button('Try now').click()
    await stage.page.getByText('Zoom is being asked now.').waitFor()
    await stage.page.getByText('Next try in a moment.').waitFor()
    expect(stage.server.told.map(({ call }) => call)).toContain('POST /api/gatherings/h1/report/retry')
  })

  it('says that Zoom was asked a moment ago, and can be asked again', async () => {
    stage.server.answers.past.retried = { status: 200, body: { ...provisional, reason: 'incomplete' } }
    await stage.openMeetings()
    await openMeeting(0)
    await button('Try now').click()
    await stage.page.getByText('Zoom is being asked already, or was a moment ago.').waitFor()
    await stage.page.getByText('came with rows missing').waitFor()
    await button('Try now').waitFor()
  })

  it('aligns what can be done with what is said, at 280 px', async () => {
    await stage.openMeetings({ width: 280 })
    await openMeeting(0)
    const left = async (name: string) =>
      Math.round((await stage.page.getByText(name).boundingBox())?.x ?? Number.NaN)
    expect(await left('Try now')).toBe(await left('Provisional, from live events'))
  })

  it('names no time of day once the next try is less than a minute away', async () => {
    await stage.openMeetings()
    await openMeeting(0)
    await stage.page.getByText('Next try at 20:07.').waitFor()
    await stage.page.clock.setFixedTime(new Date(Date.parse(at(123)) - 40_000))
    await button('Meetings').last().click()
    await openMeeting(0)
    await stage.page.getByText('Next try in a moment.').waitFor()
  })

  it('leads to Settings when Zoom has to be connected again', async () => {
    stage.server.answers.past.rosters.set('h1', overRoster('h1', { ...provisional, reason: 'reconnect' }))
    await stage.openMeetings()
    await openMeeting(0)
    await button('Open Settings').click()
    await stage.page.locator('nav [aria-current]', { hasText: 'Settings' }).waitFor()
  })

  it('says that it stays as it was recorded where Zoom has no report', async () => {
    stage.server.answers.past.rosters.set(
      'h5',
      overRoster('h5', { ...noReport, state: 'unavailable', reason: 'plan_missing' }),
    )
    await stage.openMeetings()
    await openMeeting(4)
    const text = await stage.visibleText()
    expect(text).toContain('Zoom has no report of this meeting')
    expect(text).toContain('The plan of this Zoom account has no reports. What was recorded live stays.')
  })

  it('says that the report waits for a consent once nobody asks for it any more', async () => {
    const status = { ...noReport, state: 'unavailable', reason: 'reconnect' } as const
    stage.server.answers.past.rosters.set('h1', overRoster('h1', status))
    await stage.openMeetings()
    await openMeeting(0)
    const text = await stage.visibleText()
    expect(text).toContain('Zoom’s report waits for a new consent')
    expect(text).not.toContain('Zoom has no report')
    await button('Open Settings').waitFor()
  })
})
