import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { opened } from '../opened-context.ts'
import { ROOMS } from '../scenarios/lesson.ts'
import { someApp } from '../some-app.ts'
import { call, heard, lessonAt, listen, servePanels } from './panels.ts'
import type { Panels, Participant } from './panels.ts'

let panels: Panels
beforeAll(async () => {
  panels = await servePanels()
})
afterEach(() => panels.closePanels())
afterAll(() => panels.close())

describe('what happens in the meeting reaches the panel', () => {
  it('tells the host who comes and goes, in seconds and with numbers for ids', async () => {
    const lesson = lessonAt(5)
    const { page } = await panels.panelOf(lesson, 'teacher')
    await listen(page, 'onParticipantChange')
    lesson.clock.advanceTo(lesson.minute(9.5))
    const events = await heard(page, 3)
    const changes = events.map(({ data }) => (data['participants'] as Participant[])[0])
    expect(changes.map((change) => [change?.status, change?.screenName])).toEqual([
      ['join', 'Anna Summerfield'],
      ['leave', 'Марат Сафин-Уральский'],
      ['join', 'Марат Сафин-Уральский'],
    ])
    expect(changes.every((change) => typeof change?.participantId === 'number')).toBe(true)
    expect(events[0]?.data['timestamp']).toBe(lesson.minute(6) / 1000)
  })

  it('announces a new co-host as leaving and joining under a new id, and to themself', async () => {
    const lesson = lessonAt(11.5)
    const { page } = await panels.panelOf(lesson, 'assistant')
    expect(await call(page, 'getMeetingParticipants')).toMatchObject({ code: 80003 })
    await listen(page, 'onMyUserContextChange')
    await listen(page, 'onParticipantChange')
    lesson.clock.advanceTo(lesson.minute(12))
    const events = await heard(page, 3)
    expect(events.map((event) => event.name)).toEqual([
      'onParticipantChange',
      'onParticipantChange',
      'onMyUserContextChange',
    ])
    const [before, after] = events.slice(0, 2).map(({ data }) => (data['participants'] as Participant[])[0])
    expect([before?.status, before?.role, after?.status, after?.role]).toEqual([
      'leave',
      'attendee',
      'join',
      'cohost',
    ])
    expect(before?.participantUUID).not.toBe(after?.participantUUID)
    expect(events[2]?.data['role']).toBe('coHost')
    const people = (await call(page, 'getMeetingParticipants')).result?.['participants'] as Participant[]
    expect(people.find((person) => person.screenName === 'Роман Лесной')?.role).toBe('coHost')
  })

  it('shows a co-host in a breakout room that room only', async () => {
    const lesson = lessonAt(14.5)
    const { page } = await panels.panelOf(lesson, 'assistant')
    await listen(page, 'onBreakoutRoomChange')
    lesson.clock.advanceTo(lesson.minute(16))
    expect(await heard(page, 1)).toMatchObject([{ data: { action: 'join', breakoutRoomUUID: ROOMS[0] } }])
    expect((await call(page, 'getMeetingParticipants')).result?.['participants']).toHaveLength(4)
    const uuid = { meetingUUID: ROOMS[0], parentUUID: lesson.scenario.meeting.uuid }
    expect((await call(page, 'getMeetingUUID')).result).toEqual(uuid)
  })

  it('follows the meeting into a restart', async () => {
    const lesson = lessonAt(5)
    const { page, client } = await panels.panelOf(lesson, 'teacher')
    await listen(page, 'onRunningContextChange')
    const next = lesson.scenario.restart({ afterMs: 60_000 })
    expect((await call(page, 'getRunningContext')).result).toEqual({ context: 'inMainClient' })
    expect(opened(client.appContext(), someApp.clientSecret)).toMatchObject({ typ: 'panel' })
    lesson.clock.advanceBy(60_000)
    expect(await heard(page, 1)).toMatchObject([{ data: { runningContext: 'inMeeting' } }])
    expect((await call(page, 'getMeetingUUID')).result).toEqual({ meetingUUID: next.meeting.uuid })
    expect(opened(client.appContext(), someApp.clientSecret)).toMatchObject({ mid: next.meeting.uuid })
    expect(lesson.world.meeting(next.meeting.number)).toBe(next)
  })

  it('says when the meeting ended', async () => {
    const lesson = lessonAt(5)
    const { page } = await panels.panelOf(lesson, 'teacher')
    await listen(page, 'onMeeting')
    lesson.scenario.end()
    expect(await heard(page, 1)).toMatchObject([{ data: { action: 'ended' } }])
    expect((await call(page, 'getRunningContext')).result).toEqual({ context: 'inMainClient' })
  })
})
