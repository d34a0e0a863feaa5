import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { someApp } from '../some-app.ts'
import { call, heard, lessonAt, listen, servePanels } from './panels.ts'
import type { Panels } from './panels.ts'

let panels: Panels
beforeAll(async () => {
  panels = await servePanels()
})
afterEach(() => panels.closePanels())
afterAll(() => panels.close())

describe('what people are asked for their consent', () => {
  it('authorises inside the client: the answer comes as an event, with a code bound to the challenge', async () => {
    const lesson = lessonAt(5)
    const { page, client } = await panels.panelOf(lesson, 'teacher')
    await listen(page, 'onAuthorized')
    const challenge = { codeChallenge: 'v'.repeat(43), state: 'state-1' }
    expect((await call(page, 'authorize', challenge)).result).toEqual({ message: 'Success' })
    const [told] = await heard(page, 1)
    expect(told?.data).toMatchObject({ redirectUri: someApp.redirectUri, result: true, state: 'state-1' })
    expect(lesson.world.codes.take(String(told?.data['code']))).toMatchObject({
      zoomUserId: lesson.teacher.zoomUserId,
      redirectUri: someApp.redirectUri,
      challenge: { value: 'v'.repeat(43), method: 'plain' },
      inClient: true,
    })

    const other = lesson.assistant.zoomUserId ?? ''
    Object.assign(client.switches, {
      consentAnswer: 'event_without_state',
      challengeMethod: 'S256',
      consentOf: other,
    })
    await call(page, 'authorize', challenge)
    const later = (await heard(page, 2))[1]?.data ?? {}
    expect('state' in later).toBe(false)
    const code = lesson.world.codes.take(String(later['code']))
    expect(code).toMatchObject({ zoomUserId: other, challenge: { method: 'S256' } })

    client.switches.consentAnswer = 'none'
    await call(page, 'authorize', challenge)
    client.switches.consentAnswer = 'declined'
    await call(page, 'authorize', challenge)
    expect((await heard(page, 3)).slice(2)).toMatchObject([{ data: { result: false, state: 'state-1' } }])
  })

  it('authorises neither guests nor those who have not added the app', async () => {
    const lesson = lessonAt(5)
    const { page } = await panels.panelOf(lesson, 'olga')
    expect(await call(page, 'authorize', { codeChallenge: 'v'.repeat(43) })).toMatchObject({ code: 80012 })
    const { page: other } = await panels.panelOf(lesson, 'denis')
    expect(await call(other, 'authorize', { codeChallenge: 'v'.repeat(43) })).toMatchObject({ code: 80012 })
  })

  it('collects addresses one by one, from those who agree', async () => {
    const lesson = lessonAt(5)
    const { page } = await panels.panelOf(lesson, 'teacher')
    await listen(page, 'onParticipantEmail')
    const asked = await call(page, 'getMeetingParticipantsEmail', { reasonForAsking: 'Attendance' })
    expect(asked.result).toEqual({ message: 'Success' })
    expect(await call(page, 'getMeetingParticipantsEmail', { reasonForAsking: 'Again' })).toMatchObject({
      code: 10285,
    })
    lesson.clock.advanceBy(40_000)
    const answers = (await heard(page, 37)).map(({ data }) => data)
    expect(answers.filter((answer) => 'participantEmail' in answer)).toHaveLength(24)
    expect(answers.filter((answer) => 'errorMessage' in answer)).toHaveLength(13)
  })
})
