import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { IncomingHttpHeaders } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import type { Frame, Page } from 'playwright-core'
import { openBrowser } from '../../support/browser.ts'
import { createClock } from '../clock.ts'
import { createLesson } from '../scenarios/lesson.ts'
import { someApp } from '../some-app.ts'
import { createZoomWorld } from '../world.ts'
import { attachZoomClient } from './attach.ts'
import { createZoomClient } from './zoom-client.ts'

const start = Date.UTC(2026, 10, 23, 14, 0)
/** What panels ask for. */
export const capabilities = [
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

/** A web server with the two pages, a browser, and panels opened in it. */
export async function servePanels() {
  const requests: { path: string; headers: IncomingHttpHeaders }[] = []
  const sdk = await readFile(createRequire(import.meta.url).resolve('@zoom/appssdk/dist/sdk.es.js'))
  const server = createServer((request, response) => {
    requests.push({ path: request.url ?? '', headers: request.headers })
    if (request.url === '/sdk.js') response.setHeader('content-type', 'text/javascript').end(sdk)
    else response.setHeader('content-type', 'text/html').end(request.url === '/frame' ? framePage : appPage)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const homeUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  const browser = await openBrowser()
  const pages = new Set<Page>()
  const newPage = async (): Promise<Page> => {
    const page = await browser.newPage()
    pages.add(page)
    return page
  }

  return {
    /** What was asked of the web server since the last panel was opened, the panel's own pages included. */
    requests,
    /** A panel in the desktop client, configured. */
    async panelOf(lesson: LessonInPlay, person: string, configure = capabilities) {
      requests.length = 0
      const page = await newPage()
      const client = await attachZoomClient(page, { ...lesson, person, homeUrl })
      await page.goto(homeUrl)
      await page.waitForFunction('window.call !== undefined')
      const config = await call(page, 'config', { capabilities: configure, version: '0.16' })
      return { page, client, config }
    },
    /** A panel in the web client's frame, configured. */
    async framedPanelOf(lesson: LessonInPlay, person: string) {
      requests.length = 0
      const page = await newPage()
      const client = createZoomClient({ ...lesson, person, product: 'web' })
      await page.exposeFunction('simulatedWebClient', (message: string) => client.receive(message))
      await page.goto(`${homeUrl}frame`)
      client.onEvent((event) => void page.evaluate(`window.deliverToFrame(${JSON.stringify(event)})`))
      const frame = page.frames()[1] ?? page.mainFrame()
      await frame.waitForFunction('window.call !== undefined')
      const config = await call(frame, 'config', { capabilities, version: '0.16' })
      return { frame, client, config }
    },
    async closePanels() {
      for (const page of pages) await page.close()
      pages.clear()
    },
    async close() {
      await browser.close()
      server.close()
    },
  }
}
export type Panels = Awaited<ReturnType<typeof servePanels>>

export type LessonInPlay = ReturnType<typeof lessonAt>

/** The lesson so many minutes after its start; teacher and assistant have added the app. */
export function lessonAt(minutes: number) {
  const clock = createClock(start)
  const world = createZoomWorld({ app: someApp, clock })
  const lesson = createLesson({ clock, seed: 7, startsAtMs: start })
  world.add(lesson.scenario)
  for (const person of [lesson.teacher, lesson.assistant]) world.authorised.add(person.zoomUserId ?? '')
  clock.advanceTo(lesson.minute(minutes))
  return { clock, world, ...lesson }
}

/** What became of an SDK call: its result, or the code and message it was refused with. */
interface Answer {
  result?: Record<string, unknown>
  code?: number
  message?: string
}
export interface Participant {
  screenName: string
  participantId: string | number
  participantUUID: string
  role: string
  status?: string
}

/** Calls the SDK in the page. */
export const call = (page: Page | Frame, api: string, options?: unknown): Promise<Answer> =>
  page.evaluate(`window.call(${JSON.stringify(api)}, ${JSON.stringify(options) ?? 'undefined'})`)
/** From now on the page notes this event. */
export const listen = (page: Page | Frame, name: string): Promise<unknown> =>
  page.evaluate(`window.listen(${JSON.stringify(name)})`)
/** The events noted so far, once there are so many. */
export const heard = (
  page: Page | Frame,
  atLeast: number,
): Promise<{ name: string; data: Record<string, unknown> }[]> =>
  page
    .waitForFunction(`window.heard.length >= ${atLeast} && window.heard`)
    .then((handle) => handle.jsonValue() as Promise<{ name: string; data: Record<string, unknown> }[]>)
