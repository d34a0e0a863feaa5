import { readFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join, normalize } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import type {
  MemberRole,
  OwnLine,
  RosterChange,
  RosterSnapshot,
  SessionAnswer,
  Settings,
} from '../../shared/wire/index.ts'

import { answerCorrected, type Corrected } from './corrections-of.ts'
import { answerPast, type Past } from './past.ts'
import { connected } from './settings-of.ts'

/** What the little server answers; a test changes it at any time. */
export interface Answers {
  role: MemberRole
  meeting: SessionAnswer['meeting']
  snapshot: RosterSnapshot
  /** A problem code instead of a session. */
  refuse: string | null
  streams: boolean
  /** How long it thinks about a session. */
  slowMs: number
  settings: Settings
  ownLine: OwnLine
  past: Past
  corrected: Corrected
  /** The participant's own gathering; null: none that may be shown. */
  ownLineOf: string | null
  /** How long a wide view lasts. */
  expiresInSeconds: number
  /** Calls the Zoom client refuses, with the code it gives. */
  zoomRefuses: Record<string, string>
}

export interface LittleServer {
  origin: string
  answers: Answers
  /** Requests that were not reads, as "METHOD path" with the parsed body. */
  told: { call: string; body: unknown }[]
  /** What proved each call of the API: its session header, or the mark of the wide view. */
  proofs: Set<string>
  push(change: RosterChange): void
  close(): Promise<void>
}

const types: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' }
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'"

/** Serves the built panel with the headers Zoom demands, and as much of the API as the panel needs to be looked at. */
export async function serveClient(dist: string, answers: Answers): Promise<LittleServer> {
  const streams = new Set<ServerResponse>()
  const told: LittleServer['told'] = []
  const proofs = new Set<string>()
  const server = createServer((req, res) => {
    answer(req, res).catch((error: unknown) => {
      res.writeHead(500).end(String(error))
    })
  })

  async function answer(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const url = new URL(req.url ?? '/', 'http://localhost')
    const path = url.pathname
    if (req.method === 'POST') told.push({ call: `POST ${path}`, body: await readJson(req) })
    if (path.startsWith('/api/'))
      proofs.add(String(req.headers['authorization'] ?? req.headers['x-rollbook'] ?? 'none'))
    const about = answerCorrected(answers.corrected, snapshotOf(path), {
      ...{ method: req.method ?? 'GET', path },
      body: told.at(-1)?.body,
    })
    if (about !== null) return json(res, about.status, about.body)
    const past = answerPast(answers.past, req.method ?? 'GET', url, told.at(-1)?.body)
    if (past !== null) {
      if (past.body === null) return void res.writeHead(past.status).end()
      return json(res, past.status, past.body)
    }
    if (path === '/api/settings') return json(res, 200, answers.settings)
    if (path.startsWith('/api/settings/')) return decide(path, told.at(-1)?.body, res)
    if (path.endsWith('/own-line')) return json(res, 200, answers.ownLine)
    if (path === '/api/authorization') return json(res, 200, { state: 'ours', codeChallenge: 'challenge' })
    if (path === '/api/authorization/code') {
      answers.refuse = null
      answers.settings = { ...answers.settings, connection: connected }
      return void res.writeHead(204).end()
    }
    if (path === '/api/handover') return json(res, 201, { url: '/wide/one-time', expiresInSeconds: 60 })
    if (path === '/api/handover/end') {
      answers.settings = { ...answers.settings, wideViews: 0 }
      return void res.writeHead(204).end()
    }
    if (path === '/api/disconnect' || path === '/api/session/end') {
      answers.refuse = path === '/api/disconnect' ? 'not_installed' : 'session_missing'
      return void res.writeHead(204).end()
    }
    if (path === '/api/session') {
      await new Promise((resolve) => setTimeout(resolve, answers.slowMs))
      return session(res)
    }
    if (path.endsWith('/live')) return live(res, snapshotOf(path))
    if (path.endsWith('/roster')) return json(res, 200, snapshotOf(path))
    if (path.endsWith('/observations')) return void res.writeHead(204).end()
    if (path.endsWith('/exports')) {
      return json(res, 201, {
        url: '/exports/abc',
        expiresInSeconds: 120,
        rows: answers.snapshot.people.length,
      })
    }
    if (path.endsWith('/clipboard')) {
      return void res
        .writeHead(200, { 'Content-Type': 'text/tab-separated-values' })
        .end('Name\tE-mail\r\nElena K.\te@x\r\n')
    }
    const file = path === '/' ? '/index.html' : path === '/wide' ? '/panel.html' : normalize(path)
    const body = await readFile(join(dist, file)).catch(() => null)
    if (body === null) return void res.writeHead(404).end()
    res.writeHead(200, {
      'Content-Type': `${types[extname(file)] ?? 'application/octet-stream'}; charset=utf-8`,
      'Content-Security-Policy': policy,
    })
    res.end(body)
  }

  function session(res: ServerResponse): void {
    if (answers.refuse !== null) return json(res, 403, { code: answers.refuse }, 'application/problem+json')
    json(res, 200, {
      token: 'token',
      expiresInSeconds: answers.expiresInSeconds,
      member: { id: 'm1', role: answers.role },
      meeting: answers.meeting,
      ownLineOf: answers.ownLineOf,
      welcome: false,
    })
  }

  /** Settings change as a real server would change them. */
  function decide(path: string, body: unknown, res: ServerResponse): void {
    const { settings } = answers
    const id = path.split('/').at(-1)
    const given = body as Partial<Settings['cohosts'][0]> & Partial<Settings> & { decision?: string }
    const states = { once: 'granted_once', always: 'granted_always', refuse: 'refused' } as const
    if (path.endsWith('/cohost-policy')) {
      answers.settings = { ...settings, cohostPolicy: given.cohostPolicy ?? settings.cohostPolicy }
    } else if (path.includes('/cohosts/')) {
      const cohosts = settings.cohosts.map((one) =>
        one.memberId === id ? { ...one, always: given.always ?? null } : one,
      )
      answers.settings = { ...settings, cohosts }
    } else {
      const state = states[given.decision as keyof typeof states]
      const requests = settings.requests.map((one) => (one.id === id ? { ...one, state } : one))
      answers.settings = { ...settings, requests }
    }
    res.writeHead(204).end()
  }

  const snapshotOf = (path: string): RosterSnapshot =>
    answers.past.rosters.get(path.split('/')[3] ?? '') ?? answers.snapshot

  function live(res: ServerResponse, snapshot: RosterSnapshot): void {
    if (!answers.streams) return json(res, 503, { code: 'storage_unavailable' }, 'application/problem+json')
    res.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' })
    res.write(`id: ${snapshot.version}\nevent: snapshot\ndata: ${JSON.stringify(snapshot)}\n\n`)
    streams.add(res)
    res.on('close', () => streams.delete(res))
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    answers,
    told,
    proofs,
    push(change) {
      for (const stream of streams)
        stream.write(`id: ${change.version}\nevent: change\ndata: ${JSON.stringify(change)}\n\n`)
    },
    close: () => close(server),
  }
}

/** A page in which a Zoom client seems to be on the other side of the WebView2 bridge. */
export async function openInZoom(
  browser: Browser,
  options: {
    width: number
    height?: number
    dark?: boolean
    reducedMotion?: boolean
    forcedColors?: boolean
    refuses?: Record<string, string>
    /** In the Zoom client's own window, no meeting around it. */
    mainClient?: boolean
  },
): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width: options.width, height: options.height ?? 760 },
    colorScheme: options.dark === true ? 'dark' : 'light',
    reducedMotion: options.reducedMotion === true ? 'reduce' : 'no-preference',
    forcedColors: options.forcedColors === true ? 'active' : 'none',
    timezoneId: 'Asia/Yekaterinburg',
    locale: 'en-GB',
  })
  const page = await context.newPage()
  await page.addInitScript(bridge, {
    refuses: options.refuses ?? {},
    runningContext: options.mainClient === true ? 'inMainClient' : 'inMeeting',
  })
  return page
}

/** Runs in the page before anything else. */
function bridge({
  refuses,
  runningContext,
}: {
  refuses: Record<string, string>
  runningContext: string
}): void {
  const target = new EventTarget()
  const results: Record<string, unknown> = {
    config: { runningContext, clientVersion: '6.6.0.1234', unsupportedApis: [] },
    getAppContext: { context: 'sealed' },
    getMeetingUUID: { meetingUUID: 'uuid' },
    getMeetingContext: { meetingTopic: 'Project management, lesson 4', meetingID: '846 6890 2623' },
    getMeetingParticipants: {
      participants: [{ screenName: 'Elena K.', participantUUID: 'P1', participantId: '1', role: 'host' }],
    },
    getWaitingRoomParticipants: { participants: [] },
    getMeetingParticipantsEmail: 'Success',
    authorize: 'Success',
    showNotification: 'Success',
  }
  const answerTo = (name: string) => {
    const errorCode = refuses[name]
    return errorCode === undefined
      ? { result: results[name] }
      : { errorCode, errorMessage: `No Permission for this API. [code:${errorCode}]` }
  }
  const opened: string[] = []
  const notified: string[] = []
  const calls: string[] = []
  const zoomTest = {
    opened,
    notified,
    calls,
    send(data: unknown) {
      target.dispatchEvent(new MessageEvent('message', { data }))
    },
    event(name: string, data: unknown) {
      zoomTest.send({ type: 'event', name, data })
    },
  }
  const webview = {
    addEventListener: target.addEventListener.bind(target),
    removeEventListener: target.removeEventListener.bind(target),
    postMessage(text: string) {
      const call = JSON.parse(text) as {
        jsCallId: string
        apiName: string
        data?: { url?: string; message?: string }
      }
      calls.push(call.apiName)
      if (call.apiName === 'openUrl') opened.push(call.data?.url ?? '')
      if (call.apiName === 'showNotification') notified.push(call.data?.message ?? '')
      setTimeout(() => {
        zoomTest.send({
          type: 'apiResponse',
          data: { jsCallId: call.jsCallId, ...answerTo(call.apiName) },
        })
      }, 5)
    },
  }
  const page = window as unknown as Record<string, unknown>
  page['chrome'] = { ...(page['chrome'] as object | undefined), webview }
  page['zoomTest'] = zoomTest
}

function json(res: ServerResponse, status: number, body: object, type = 'application/json'): void {
  res.writeHead(status, { 'Content-Type': type, 'Cache-Control': 'no-store' }).end(JSON.stringify(body))
}

async function readJson(req: IncomingMessage): Promise<unknown> {
  let text = ''
  for await (const chunk of req) text += String(chunk)
  return text === '' ? null : JSON.parse(text)
}

function close(server: Server): Promise<void> {
  server.closeAllConnections()
  return new Promise((resolve) => {
    server.close(() => {
      resolve()
    })
  })
}
