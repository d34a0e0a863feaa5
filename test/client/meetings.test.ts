import { describe, expect, it } from 'vitest'
import { noReport } from '../../shared/wire/report.ts'
import { at } from './people.ts'
import { gathering, manyGatherings } from './past.ts'
import { openedMeeting } from './opened-meeting.ts'
import { panelStage } from './panel-stage.ts'

const stage = panelStage()
const { button, row } = openedMeeting(stage)
const focusedText = () => stage.page.evaluate(() => document.activeElement?.textContent ?? '')

describe('the history of meetings', () => {
  it('tells what, when, how many and how far the report is, in words', async () => {
    await stage.openMeetings()
    const text = await stage.visibleText()
    for (const said of [
      'November 2026',
      'Project management, lesson 3',
      'Mon 23 Nov · 18:04–19:52',
      '41 people',
      'Provisional',
      'Final, with gaps',
      'No report',
      'Co-host',
      '1 person',
    ])
      expect(text).toContain(said)
  })

  it('keeps topic and number of people from whom the host gives nothing, who may ask', async () => {
    await stage.openMeetings()
    expect(await row(3).innerText()).toContain('A meeting you co-hosted')
    expect(await row(3).innerText()).toContain('Ask for access')
    await row(3).click()
    await button('Ask for access').click()
    await stage.page.getByRole('heading', { name: 'You asked for access' }).waitFor()
    expect(stage.server.told.map(({ call }) => call)).toContain('POST /api/gatherings/h4/access-requests')
    expect(await stage.visibleText()).not.toContain('came')
    Object.assign(stage.server.answers.past.gatherings[3] ?? {}, {
      standing: 'cohost',
      request: 'granted_once',
    })
    await stage.page.getByRole('figure').waitFor()
  })

  it('tells a co-host when the list of a running meeting opens, and opens it then without being asked', async () => {
    const running = gathering('h0', {
      topic: null,
      endedAt: null,
      came: null,
      report: noReport,
      standing: 'none',
      opensAtEnd: true,
      mayExport: false,
      mayManage: false,
    })
    stage.server.answers.past.gatherings.unshift(running)
    await stage.openMeetings()
    expect(await row(0).innerText()).toMatch(/A meeting you are co-hosting[^]*Live/)
    await row(0).click()
    await stage.page.getByRole('heading', { name: 'The meeting is still running' }).waitFor()
    const text = await stage.visibleText()
    expect(text).toContain('Its list opens here when it is over.')
    expect(text).not.toContain('Ask for access')
    expect(await stage.violations()).toEqual([])
    Object.assign(running, { standing: 'cohost', opensAtEnd: false, topic: 'Lesson 5', endedAt: at(108) })
    await stage.page.getByRole('figure').waitFor()
  })

  it('leaves the topic its width beside a long word about the report', async () => {
    await stage.openMeetings({ width: 400, query: '?lang=ru' })
    const topic = stage.page.locator('[role=row] bdi', { hasText: 'Управление проектами, занятие 2' })
    await stage.page.getByText('Итог с пробелами').waitFor()
    expect(
      await topic.evaluate((element) => {
        const cell = element.parentElement
        return cell !== null && cell.scrollWidth <= cell.clientWidth
      }),
    ).toBe(true)
  })

  it('is searched by the server, and shows all again', async () => {
    await stage.openMeetings()
    await stage.page.keyboard.press('/')
    await stage.page.keyboard.type('quality')
    await row(1).waitFor({ state: 'detached' })
    expect(await row(0).innerText()).toContain('Quality and risk')
    await stage.page.keyboard.type(' of nothing')
    await button('Show all meetings').click()
    await row(5).waitFor()
  })

  it('takes a period by hand, from day to day where the reader is', async () => {
    await stage.openMeetings()
    await stage.page.getByLabel('Period').selectOption('range')
    await stage.page.getByLabel('From').fill('2026-11-16')
    await stage.page.getByLabel('Until').fill('2026-11-21')
    await row(2).waitFor({ state: 'detached' })
    expect(await stage.page.locator('[role=row][data-index]').count()).toBe(2)
  })

  it('goes on by itself where a page holds nothing that fits and is not the last', async () => {
    await stage.openMeetings()
    stage.server.answers.past.gatherings = manyGatherings(40)
    stage.server.answers.past.opensAtOnce = 10
    await stage.page.keyboard.press('/')
    await stage.page.keyboard.type('lesson 3')
    await stage.page.getByText('Lesson 30', { exact: true }).waitFor()
    await stage.page.getByText('Lesson 3', { exact: true }).waitFor()
  })

  it('mounts at most 80 rows of 5,000, and loads them page by page', async () => {
    stage.server.answers.past.gatherings = manyGatherings(5_000)
    stage.server.answers.past.pageSize = 1_000
    await stage.openMeetings({ height: 1400 })
    const mounted = () => stage.page.locator('[role=row][data-index]').count()
    expect(await mounted()).toBeLessThanOrEqual(80)
    await row(0).focus()
    for (const loaded of [1_000, 2_000, 3_000, 4_000, 5_000]) {
      await stage.page.waitForFunction((count) => {
        const bodies = document.querySelectorAll<HTMLElement>('[role=rowgroup]')
        return (bodies[1]?.offsetHeight ?? 0) >= count * 60
      }, loaded)
      await stage.page.keyboard.press('End')
    }
    await stage.page.waitForFunction(() => document.activeElement?.getAttribute('aria-rowindex') === '5001')
    expect(await mounted()).toBeLessThanOrEqual(80)
  })

  it('says how meetings get here while there are none', async () => {
    stage.server.answers.past.gatherings = []
    await stage.openWith({ meeting: null, role: 'member' })
    await button('Meetings').click()
    await stage.page.getByRole('heading', { name: 'No meetings yet' }).waitFor()
    expect(await stage.violations()).toEqual([])
  })

  it('offers a way out when it does not come', async () => {
    stage.server.answers.past.refuse = 'storage_unavailable'
    await stage.openWith({ meeting: null, role: 'member' })
    await button('Meetings').click()
    await stage.page.getByRole('heading', { name: 'Rollbook cannot save right now' }).waitFor()
    stage.server.answers.past.refuse = null
    await button('Try again').click()
    await row(0).waitFor()
  })

  it('is walked by keyboard, and a meeting left gives the focus back to its row', async () => {
    await stage.openMeetings()
    await row(0).focus()
    await stage.page.keyboard.press('ArrowDown')
    await stage.page.keyboard.press('Enter')
    await stage.page.getByRole('figure').waitFor()
    expect(await focusedText()).toBe('Project management, lesson 3')
    await button('Meetings').last().press('Enter')
    await stage.page.waitForFunction(() => document.activeElement?.getAttribute('data-index') === '1')
    expect(stage.page.url()).toBe(`${stage.server.origin}/panel.html`)
  })
})
