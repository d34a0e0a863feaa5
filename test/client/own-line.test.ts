import { describe, expect, it } from 'vitest'
import { at, person } from './people.ts'
import { panelStage } from './panel-stage.ts'

const stage = panelStage()
const mine = person('denis', {
  name: 'Denis M.',
  presentSeconds: 41 * 60,
  stays: [
    { place: 'waiting', from: at(1), fromSeen: false, to: at(3) },
    { place: 'main', from: at(3), fromSeen: false, to: null },
  ],
})
const participant = { role: 'participant', meeting: null, ownLineOf: 'g1' } as const

describe('what a participant sees', () => {
  it('is their own line and nothing of others', async () => {
    const ownLine = { topic: 'Lesson 4', startedAt: at(0), endedAt: null, person: mine }
    await stage.openWith({ ...participant, ownLine })
    await stage.page.getByRole('heading', { name: 'You have been here for 41 min' }).waitFor()
    const text = await stage.visibleText()
    for (const said of ['Lesson 4', 'Noted as Denis M.', 'Waiting room (not counted)', '18:07 – now'])
      expect(text).toContain(said)
    for (const other of ['Elena', 'people here', 'Search', 'Meetings']) expect(text).not.toContain(other)
    expect(await stage.violations()).toEqual([])
  })

  it('is said of the past once the meeting is over', async () => {
    const over = {
      ...mine,
      state: 'left' as const,
      stays: mine.stays.map((stay) => ({ ...stay, to: at(44) })),
    }
    const ownLine = { topic: 'Lesson 4', startedAt: at(0), endedAt: at(45), person: over }
    await stage.openWith({ ...participant, ownLine })
    await stage.page.getByRole('heading', { name: 'You were here for 41 min' }).waitFor()
    expect(await stage.visibleText()).not.toContain('now')
  })

  it('is told why there is no line when Zoom did not name them', async () => {
    await stage.openWith(participant)
    await stage.page.getByRole('heading', { name: 'Zoom has not named you to us' }).waitFor()
    expect(await stage.visibleText()).toContain('sign in to Zoom before you join')
    expect(await stage.violations()).toEqual([])
  })

  it('is told who sees attendance where there is no record to show', async () => {
    await stage.openWith({ ...participant, ownLineOf: null })
    await stage.page.getByRole('heading', { name: 'The host sees attendance' }).waitFor()
    expect(stage.server.told.map(({ call }) => call)).not.toContain('GET /api/gatherings/g1/own-line')
  })
})
