import { describe, expect, it } from 'vitest'
import { at } from './people.ts'
import { gathering, provisional } from './past.ts'
import { openedMeeting } from './opened-meeting.ts'
import { panelStage } from './panel-stage.ts'

const stage = panelStage()
const { openMeeting, row } = openedMeeting(stage)

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
