import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { opened } from '../opened-context.ts'
import { someApp } from '../some-app.ts'
import { call, capabilities, heard, lessonAt, listen, servePanels } from './panels.ts'
import type { Panels, Participant } from './panels.ts'

let panels: Panels
beforeAll(async () => {
  panels = await servePanels()
})
afterEach(() => panels.closePanels())
afterAll(() => panels.close())

describe('the client around a top-level panel', () => {
  it('gives the context header to the home page and to nothing else', async () => {
    const lesson = lessonAt(5)
    await panels.panelOf(lesson, 'teacher')
    const withContext = panels.requests.filter(
      (request) => request.headers['x-zoom-app-context'] !== undefined,
    )
    expect(withContext.map((request) => request.path)).toEqual(['/'])
    expect(panels.requests.length).toBeGreaterThan(1)
    const context = opened(String(withContext[0]?.headers['x-zoom-app-context']), someApp.clientSecret)
    expect(context).toMatchObject({ uid: lesson.teacher.zoomUserId, attendrole: 'host' })
  })

  it('answers the host', async () => {
    const lesson = lessonAt(5)
    const { page, config, client } = await panels.panelOf(lesson, 'teacher')
    expect(config.result).toMatchObject({
      runningContext: 'inMeeting',
      auth: { status: 'authorized' },
      unsupportedApis: [],
      product: 'desktop',
    })
    expect((await call(page, 'getRunningContext')).result).toEqual({ context: 'inMeeting' })
    expect((await call(page, 'getUserContext')).result).toMatchObject({ role: 'host', status: 'authorized' })
    const { meeting } = lesson.scenario
    expect((await call(page, 'getMeetingContext')).result).toEqual({
      meetingTopic: meeting.topic,
      meetingID: meeting.number,
    })
    expect((await call(page, 'getMeetingUUID')).result).toEqual({ meetingUUID: meeting.uuid })
    const people = (await call(page, 'getMeetingParticipants')).result?.['participants'] as Participant[]
    expect(people).toHaveLength(38)
    expect(people.every((person) => typeof person.participantId === 'string')).toBe(true)
    expect((await call(page, 'getWaitingRoomParticipants')).result?.['participants']).toHaveLength(4)
    const tokens = [await call(page, 'getAppContext'), await call(page, 'getAppContext')].map(
      (one) => one.result?.['context'],
    )
    expect(tokens[0]).not.toBe(tokens[1])
    client.switches.sameContextToken = true
    expect(await call(page, 'getAppContext')).toEqual(await call(page, 'getAppContext'))
    await call(page, 'openUrl', { url: 'https://example.org/file' })
    expect(client.openedUrls).toEqual(['https://example.org/file'])
  })

  it('refuses what was not listed, and leaves calls unanswered on demand', async () => {
    const lesson = lessonAt(5)
    const { page, client } = await panels.panelOf(lesson, 'teacher', ['getRunningContext', 'getUserContext'])
    expect(await call(page, 'getAppContext')).toMatchObject({ code: 80004 })
    await listen(page, 'onParticipantChange')
    lesson.clock.advanceTo(lesson.minute(7))
    client.switches.silent.add('getUserContext')
    await call(page, 'config', { capabilities: ['getUserContext'], version: '0.16', timeout: 100 })
    expect((await call(page, 'getUserContext')).message).toContain('took longer')
    expect(await page.evaluate('window.heard')).toEqual([])
    client.switches.unknown.add('onParticipantEmail')
    expect(await call(page, 'config', { capabilities })).toMatchObject({ code: 80004 })
  })

  it('knows guests and participants by what they may not do', async () => {
    const lesson = lessonAt(5)
    const { page, config } = await panels.panelOf(lesson, 'olga')
    expect(config.result?.['auth']).toEqual({ status: 'unauthenticated', upgradable: true })
    expect(config.result?.['unsupportedApis']).toContain('getMeetingParticipants')
    const context = String((await call(page, 'getAppContext')).result?.['context'])
    expect(opened(context, someApp.clientSecret)).not.toHaveProperty('uid')
  })

  it('shows notifications', async () => {
    const { page, client } = await panels.panelOf(lessonAt(5), 'teacher')
    const notification = { type: 'info', title: 'Rollbook', message: 'The list is final.' }
    expect((await call(page, 'showNotification', notification)).result).toEqual({ message: 'Success' })
    expect(client.notifications).toEqual([notification])
  })
})

describe('the client around a panel in a frame', () => {
  it('answers and tells the same, without any header', async () => {
    const lesson = lessonAt(5)
    const { frame, client, config } = await panels.framedPanelOf(lesson, 'teacher')
    expect(config.result).toMatchObject({ product: 'web', runningContext: 'inMeeting' })
    await listen(frame, 'onParticipantChange')
    lesson.clock.advanceTo(lesson.minute(6))
    expect(await heard(frame, 1)).toMatchObject([{ data: { participants: [{ status: 'join' }] } }])
    await listen(frame, 'onAuthorized')
    await call(frame, 'authorize', { codeChallenge: 'v'.repeat(43), state: 'state-2' })
    expect((await heard(frame, 2))[1]).toMatchObject({ name: 'onAuthorized', data: { state: 'state-2' } })
    expect(panels.requests.filter((request) => request.headers['x-zoom-app-context'] !== undefined)).toEqual(
      [],
    )
    client.close()
  })
})
