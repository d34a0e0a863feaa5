import { describe, expect, it } from 'vitest'
import { cutOff } from '../support/panel.ts'
import { at, person, summarise } from './people.ts'
import { final, gathering, overRoster, provisional } from './past.ts'
import { openedMeeting } from './opened-meeting.ts'
import { panelStage } from './panel-stage.ts'

const stage = panelStage()
const { button, openMeeting, row } = openedMeeting(stage)

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

  for (const [language, width] of [
    ['en', 372],
    ['ru', 280],
  ] as const) {
    it(`marks the two moments when many left, and says them in words: ${language}, ${width} px`, async () => {
      const over = overRoster('h1', final)
      const until = (count: number, minutes: number) =>
        Array.from({ length: count }, (_, index) =>
          person(`until ${minutes}, ${index}`, {
            ...{ state: 'left', connectionsNow: 0, lastLeave: at(minutes), presentSeconds: minutes * 60 },
            stays: [{ place: 'main', from: at(0), fromSeen: false, to: at(minutes) }],
          }),
        )
      const people = [...until(6, 40), ...until(4, 80), ...until(10, 108)]
      stage.server.answers.past.rosters.set('h1', { ...over, people, summary: summarise(people) })
      await stage.openMeetings({ width, query: `?lang=${language}` })
      await openMeeting(0)
      const curve = stage.page.getByRole('img', { name: /How many were there|Сколько/ }).first()
      const said = ((await curve.getAttribute('aria-label')) ?? '').replaceAll('\u00a0', ' ')
      for (const fall of language === 'en'
        ? ['6 people left around 18:44.', '4 people left around 19:24.']
        : ['Около 18:44 ушло 6.', 'Около 19:24 ушло 4.'])
        expect(said).toContain(fall)
      const drawn = (await curve.innerText()).replaceAll('\u00a0', ' ')
      for (const fall of language === 'en' ? ['−6 at 18:44', '−4 at 19:24'] : ['−6 в 18:44', '−4 в 19:24'])
        expect(drawn).toContain(fall)
      expect(await stage.violations()).toEqual([])
      expect(await cutOff(stage.page)).toEqual([])
    })
  }

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
