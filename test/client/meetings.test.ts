import { describe, expect, it } from 'vitest'
import { noReport } from '../../shared/wire/report.ts'
import { at, summarise } from './people.ts'
import { final, gathering, manyGatherings, overRoster, provisional } from './past.ts'
import { panelStage } from './panel-stage.ts'

const stage = panelStage()

const row = (index: number) => stage.page.locator(`[role=row][data-index="${index}"]`).first()
const button = (name: string) => stage.page.getByRole('button', { name, exact: true })
const focusedText = () => stage.page.evaluate(() => document.activeElement?.textContent ?? '')

async function openMeeting(index: number): Promise<void> {
  await row(index).click()
  await stage.page.getByRole('figure').waitFor()
}

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

describe('one meeting', () => {
  it('explains that the list is longer than those who came, and shows who only waited', async () => {
    await stage.openMeetings()
    await openMeeting(1)
    const text = await stage.visibleText()
    for (const said of ['10 people came', '2 only waited in the waiting room', 'All 12'])
      expect(text).toContain(said)
    await button('Waiting room only 2').click()
    await expect.poll(() => stage.rowNames()).toEqual(['Igor W.', 'Nina B.'])
  })

  it('becomes final by itself, and so does its line in the history', async () => {
    await stage.openMeetings({ width: 1200 })
    await openMeeting(0)
    const over = overRoster('h1', final)
    Object.assign(stage.server.answers.past.gatherings[0] ?? {}, { report: final })
    stage.server.push({
      version: 2,
      at: at(118),
      gathering: over.gathering,
      summary: summarise(over.people),
      upserts: over.people,
      removes: [],
    })
    await stage.page.getByText('Final: Zoom’s report of 20:02').waitFor()
    await row(0).getByText('Final').waitFor()
    await stage.page.getByText('Seen live, not in Zoom’s report').waitFor()
  })

  it('says the curve in words: the peak, and how many at a few moments', async () => {
    await stage.openMeetings()
    await openMeeting(0)
    const said = await stage.page.getByRole('figure').getByRole('img').getAttribute('aria-label')
    expect(said?.replaceAll('\u00a0', ' ')).toMatch(
      /How many were there\. At most 10 people at once, at 18:\d\d\. (18|19):\d\d: \d+/,
    )
  })

  it('proposes a restarted meeting as the same lesson, joins it and takes it apart again', async () => {
    const first = stage.server.answers.past.gatherings[0]
    if (first !== undefined)
      first.restarts = [
        { state: 'proposed', otherId: 'second', startedAt: at(112), endedAt: at(130), gapSeconds: 240 },
      ]
    await stage.openMeetings()
    await openMeeting(0)
    await stage.page.getByText('Zoom counted a second meeting 4\u00a0min later.').waitFor()
    await button('Join').click()
    await button('Take apart').click()
    await stage.page.getByText('Taken apart.').waitFor()
    await button('Undo').click()
    await button('Take apart').waitFor()
    expect(stage.server.told.filter(({ call }) => call.endsWith('/joined')).map(({ body }) => body)).toEqual([
      { otherId: 'second' },
      { otherId: 'apart' },
    ])
  })

  it('is spoken of on the live screen too, once the meeting around the panel is over', async () => {
    const over = overRoster('g1', provisional)
    stage.server.answers.past.gatherings.unshift(gathering('g1', { report: provisional }))
    await stage.openWith({ snapshot: over })
    await stage.page.getByText('Provisional, from live events').waitFor()
    await button('Open in Meetings').click()
    await button('Try now').waitFor()
    await button('Live').click()
    await button('Open in Meetings').waitFor()
  })

  it('keeps the live meeting recorded, and its list where it was, while another is looked at', async () => {
    await stage.openPanel()
    await stage.page.locator('input[type=search]').fill('elena')
    await button('Meetings').click()
    await openMeeting(1)
    await stage.page.getByText('10\u00a0people came').waitFor()
    await button('Live').click()
    await stage.page.getByText('8\u00a0people here').waitFor()
    expect(await stage.page.locator('input[type=search]').inputValue()).toBe('elena')
    expect(stage.server.told.some(({ call }) => call === 'POST /api/gatherings/g1/observations')).toBe(true)
  })
})

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

describe('for everybody', () => {
  for (const [theme, language, width] of [
    ['light', 'en', 372],
    ['dark', 'ru', 372],
    ['dark', 'en', 1200],
    ['light', 'ru', 1200],
  ] as const) {
    it(`has no axe violation and cuts nothing off: ${theme}, ${language}, ${width} px`, async () => {
      const first = stage.server.answers.past.gatherings[0]
      if (first !== undefined)
        first.restarts = [
          { state: 'proposed', otherId: 'second', startedAt: at(112), endedAt: at(130), gapSeconds: 240 },
        ]
      await stage.openMeetings({ width, query: `?lang=${language}&theme=${theme}` })
      expect(await stage.violations()).toEqual([])
      expect(await outside()).toEqual([])
      await openMeeting(0)
      expect(await stage.violations()).toEqual([])
      expect(await outside()).toEqual([])
      if (width < 900) {
        await stage.page.locator('header button').first().click()
        await row(1).waitFor()
      }
      await row(1).click()
      await stage.page.locator('footer button').nth(1).waitFor()
      await stage.page.locator('footer button').first().click()
      await stage.page.locator('[role=dialog] [role=row][data-index]').first().waitFor()
      await stage.page.waitForTimeout(200)
      expect(await stage.violations()).toEqual([])
      expect(await outside()).toEqual([])
    })
  }

  it('fits into 280 px', async () => {
    stage.server.answers.past.gatherings[0] = gathering('h1', { topic: 'Ж'.repeat(60), report: provisional })
    await stage.openMeetings({ width: 280, query: '?lang=ru' })
    await stage.page.locator('select').selectOption('range')
    expect(await outside()).toEqual([])
    await openMeeting(0)
    expect(await outside()).toEqual([])
  })
})

/** Controls and texts that reach out of the window. */
function outside(): Promise<string[]> {
  return stage.page.evaluate(() =>
    [...document.querySelectorAll('button, select, input, p, [role=gridcell]')]
      .filter((element) => {
        const box = element.getBoundingClientRect()
        return box.width > 1 && (box.left < 0 || box.right > innerWidth + 0.5)
      })
      .map((element) => element.outerHTML.slice(0, 120)),
  )
}
