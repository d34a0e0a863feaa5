import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { IncomingHttpHeaders, Server } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import type { Browser, Frame, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser } from '../../support/browser.ts'
import { createClock } from '../clock.ts'
import { opened } from '../opened-context.ts'
import { createLesson, ROOMS } from '../scenarios/lesson.ts'
import { createZoomWorld } from '../world.ts'
import { attachZoomClient } from './attach.ts'
import { createZoomClient } from './zoom-client.ts'

const start = Date.UTC(2026, 10, 23, 14, 0)
const app = {
  clientId: 'c',
  clientSecret: 's',
  webhookSecret: 'w',
  redirectUri: 'http://x/',
  declaredApis: null,
}
const capabilities = [
  'getRunningContext',
  'getUserContext',
  'getMeetingContext',
  'getMeetingUUID',
  'getMeetingParticipants',
  'getMeetingParticipantsEmail',
  'getWaitingRoomParticipants',
  'getAppContext',
  'openUrl',
  'authorize',
  'showNotification',
  'onAuthorized',
  'onParticipantChange',
  'onParticipantEmail',
  'onMyUserContextChange',
  'onRunningContextChange',
  'onBreakoutRoomChange',
  'onWaitingRoomParticipantLeave',
  'onMeeting',
]

/** Two pages under the real, unmodified SDK: an app that records what it hears, and a web client that frames it. */
const appPage = `<!doctype html><title>App</title><script type="module">
  import zoomSdk from '/sdk.js'
  window.heard = []
  window.call = (api, options) => zoomSdk[api](options).then(
    (result) => ({ result }),
    (error) => ({ code: error.code, message: error.message }))
  window.listen = (name) => zoomSdk.on(name, (data) => window.heard.push({ name, data }))
</script>`
const framePage = `<!doctype html><title>Web client</title><iframe src="/"></iframe><script>
  const frame = document.querySelector('iframe')
  addEventListener('message', async (event) => {
    if (event.source !== frame.contentWindow) return
    const reply = await window.simulatedWebClient(event.data)
    if (reply) event.source.postMessage(reply, event.origin)
  })
  window.deliverToFrame = (event) => frame.contentWindow.postMessage(event, '*')
</script>`

let browser: Browser
let server: Server
let homeUrl = ''
const requests: { path: string; headers: IncomingHttpHeaders }[] = []

beforeAll(async () => {
  const sdk = await readFile(createRequire(import.meta.url).resolve('@zoom/appssdk/dist/sdk.es.js'))
  server = createServer((request, response) => {
    requests.push({ path: request.url ?? '', headers: request.headers })
    if (request.url === '/sdk.js') response.setHeader('content-type', 'text/javascript').end(sdk)
    else response.setHeader('content-type', 'text/html').end(request.url === '/frame' ? framePage : appPage)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  homeUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  browser = await openBrowser()
})
afterAll(async () => {
  await browser.close()
  server.close()
})

function lessonAt(minutes: number) {
  const clock = createClock(start)
  const world = createZoomWorld({ app, clock })
  const lesson = createLesson({ clock, seed: 7, startsAtMs: start })
  world.add(lesson.scenario)
  for (const person of [lesson.teacher, lesson.assistant]) world.authorised.add(person.zoomUserId ?? '')
  clock.advanceTo(lesson.minute(minutes))
  return { clock, world, ...lesson }
}

interface Answer {
  result?: Record<string, unknown>
  code?: number
  message?: string
}
interface Participant {
  screenName: string
  participantId: string | number
  participantUUID: string
  role: string
  status?: string
}

const call = (page: Page | Frame, api: string, options?: unknown): Promise<Answer> =>
  page.evaluate(`window.call(${JSON.stringify(api)}, ${JSON.stringify(options) ?? 'undefined'})`)
const listen = (page: Page | Frame, name: string): Promise<unknown> =>
  page.evaluate(`window.listen(${JSON.stringify(name)})`)
const heard = (
  page: Page | Frame,
  atLeast: number,
): Promise<{ name: string; data: Record<string, unknown> }[]> =>
  page
    .waitForFunction(`window.heard.length >= ${atLeast} && window.heard`)
    .then((handle) => handle.jsonValue() as Promise<{ name: string; data: Record<string, unknown> }[]>)

let page: Page
async function panelOf(lesson: ReturnType<typeof lessonAt>, person: string, configure = capabilities) {
  page = await browser.newPage()
  const client = await attachZoomClient(page, { ...lesson, person, homeUrl })
  await page.goto(homeUrl)
  await page.waitForFunction('window.call !== undefined')
  const config = await call(page, 'config', { capabilities: configure, version: '0.16' })
  return { client, config }
}
afterEach(() => page.close())

describe('the client around a top-level panel', () => {
  it('gives the context header to the home page and to nothing else', async () => {
    const lesson = lessonAt(5)
    requests.length = 0
    await panelOf(lesson, 'teacher')
    const withContext = requests.filter((request) => request.headers['x-zoom-app-context'] !== undefined)
    expect(withContext.map((request) => request.path)).toEqual(['/'])
    expect(requests.length).toBeGreaterThan(1)
    const context = opened(String(withContext[0]?.headers['x-zoom-app-context']), app.clientSecret)
    expect(context).toMatchObject({ uid: lesson.teacher.zoomUserId, attendrole: 'host' })
  })

  it('answers the host', async () => {
    const lesson = lessonAt(5)
    const { config, client } = await panelOf(lesson, 'teacher')
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

  it('tells the host who comes and goes, in seconds and with numbers for ids', async () => {
    const lesson = lessonAt(5)
    await panelOf(lesson, 'teacher')
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
    await panelOf(lesson, 'assistant')
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
    await panelOf(lesson, 'assistant')
    await listen(page, 'onBreakoutRoomChange')
    lesson.clock.advanceTo(lesson.minute(16))
    expect(await heard(page, 1)).toMatchObject([{ data: { action: 'join', breakoutRoomUUID: ROOMS[0] } }])
    expect((await call(page, 'getMeetingParticipants')).result?.['participants']).toHaveLength(4)
    const uuid = { meetingUUID: ROOMS[0], parentUUID: lesson.scenario.meeting.uuid }
    expect((await call(page, 'getMeetingUUID')).result).toEqual(uuid)
  })

  it('collects addresses one by one, from those who agree', async () => {
    const lesson = lessonAt(5)
    await panelOf(lesson, 'teacher')
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

  it('refuses what was not listed, and leaves calls unanswered on demand', async () => {
    const lesson = lessonAt(5)
    const { client } = await panelOf(lesson, 'teacher', ['getRunningContext', 'getUserContext'])
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
    const { config } = await panelOf(lesson, 'olga')
    expect(config.result?.['auth']).toEqual({ status: 'unauthenticated', upgradable: true })
    expect(config.result?.['unsupportedApis']).toContain('getMeetingParticipants')
    const context = String((await call(page, 'getAppContext')).result?.['context'])
    expect(opened(context, app.clientSecret)).not.toHaveProperty('uid')
  })

  it('authorises inside the client: the answer comes as an event, with a code bound to the challenge', async () => {
    const lesson = lessonAt(5)
    const { client } = await panelOf(lesson, 'teacher')
    await listen(page, 'onAuthorized')
    const challenge = { codeChallenge: 'v'.repeat(43), state: 'state-1' }
    expect((await call(page, 'authorize', challenge)).result).toEqual({ message: 'Success' })
    const [told] = await heard(page, 1)
    expect(told?.data).toMatchObject({ redirectUri: app.redirectUri, result: true, state: 'state-1' })
    expect(lesson.world.codes.take(String(told?.data['code']))).toMatchObject({
      zoomUserId: lesson.teacher.zoomUserId,
      redirectUri: app.redirectUri,
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

  it('follows the meeting into a restart', async () => {
    const lesson = lessonAt(5)
    const { client } = await panelOf(lesson, 'teacher')
    await listen(page, 'onRunningContextChange')
    const next = lesson.scenario.restart({ afterMs: 60_000 })
    expect((await call(page, 'getRunningContext')).result).toEqual({ context: 'inMainClient' })
    expect(opened(client.appContext(), app.clientSecret)).toMatchObject({ typ: 'panel' })
    lesson.clock.advanceBy(60_000)
    expect(await heard(page, 1)).toMatchObject([{ data: { runningContext: 'inMeeting' } }])
    expect((await call(page, 'getMeetingUUID')).result).toEqual({ meetingUUID: next.meeting.uuid })
    expect(opened(client.appContext(), app.clientSecret)).toMatchObject({ mid: next.meeting.uuid })
    expect(lesson.world.meeting(next.meeting.number)).toBe(next)
  })

  it('shows notifications', async () => {
    const { client } = await panelOf(lessonAt(5), 'teacher')
    const notification = { type: 'info', title: 'Rollbook', message: 'The list is final.' }
    expect((await call(page, 'showNotification', notification)).result).toEqual({ message: 'Success' })
    expect(client.notifications).toEqual([notification])
  })

  it('authorises neither guests nor those who have not added the app', async () => {
    const lesson = lessonAt(5)
    await panelOf(lesson, 'olga')
    expect(await call(page, 'authorize', { codeChallenge: 'v'.repeat(43) })).toMatchObject({ code: 80012 })
    await page.close()
    await panelOf(lesson, 'denis')
    expect(await call(page, 'authorize', { codeChallenge: 'v'.repeat(43) })).toMatchObject({ code: 80012 })
  })

  it('says when the meeting ended', async () => {
    const lesson = lessonAt(5)
    await panelOf(lesson, 'teacher')
    await listen(page, 'onMeeting')
    lesson.scenario.end()
    expect(await heard(page, 1)).toMatchObject([{ data: { action: 'ended' } }])
    expect((await call(page, 'getRunningContext')).result).toEqual({ context: 'inMainClient' })
  })
})

describe('the client around a panel in a frame', () => {
  it('answers and tells the same, without any header', async () => {
    const lesson = lessonAt(5)
    requests.length = 0
    page = await browser.newPage()
    const client = createZoomClient({ ...lesson, person: 'teacher', product: 'web' })
    await page.exposeFunction('simulatedWebClient', (message: string) => client.receive(message))
    await page.goto(`${homeUrl}frame`)
    client.onEvent((event) => void page.evaluate(`window.deliverToFrame(${JSON.stringify(event)})`))
    const frame = page.frames()[1] ?? page.mainFrame()
    await frame.waitForFunction('window.call !== undefined')
    const config = await call(frame, 'config', { capabilities, version: '0.16' })
    expect(config.result).toMatchObject({ product: 'web', runningContext: 'inMeeting' })
    await listen(frame, 'onParticipantChange')
    lesson.clock.advanceTo(lesson.minute(6))
    expect(await heard(frame, 1)).toMatchObject([{ data: { participants: [{ status: 'join' }] } }])
    await listen(frame, 'onAuthorized')
    await call(frame, 'authorize', { codeChallenge: 'v'.repeat(43), state: 'state-2' })
    expect((await heard(frame, 2))[1]).toMatchObject({ name: 'onAuthorized', data: { state: 'state-2' } })
    expect(requests.filter((request) => request.headers['x-zoom-app-context'] !== undefined)).toEqual([])
    client.close()
  })
})
