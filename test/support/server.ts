import { createServer, type AddressInfo } from 'node:net'
import { Writable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import pino from 'pino'
import { newKey } from '../../server/cli/keys-new.ts'
import { readConfig } from '../../server/config.ts'
import { startRollbook, type Rollbook } from '../../server/rollbook.ts'
import { createStorage, type Storage } from '../../server/storage/index.ts'
import type { SessionAnswer } from '../../shared/wire/index.ts'
import {
  createClock,
  createWebhookSender,
  createZoomWorld,
  signedInCookie,
  startZoomRest,
  type VirtualClock,
  type WebhookSender,
  type ZoomWorld,
} from '../zoom/index.ts'
import { createTestDatabase, type TestDatabase } from './database.ts'

export const clientDir = fileURLToPath(new URL('../../dist/client', import.meta.url))

export interface TestServer {
  url: string
  clock: VirtualClock
  world: ZoomWorld
  rest: Awaited<ReturnType<typeof startZoomRest>>
  webhooks: WebhookSender
  readonly rollbook: Rollbook
  /** What it was configured with, as an operator's environment. */
  settings: Readonly<Record<string, string>>
  /** The process ends and starts again on the same port and database. */
  restart(): Promise<void>
  /** Every line written to the log so far. */
  logLines: string[]
  /** Installs the app for somebody the world knows, as their browser would. Answers where the browser ended. */
  install(zoomUserId: string): Promise<Response>
  /** Waits until Zoom was thanked for everything it sent, and what it told has become evidence. */
  told(): Promise<void>
  /** Does at once what is due by the clock, such as reading a report; resolves when it is done. */
  runDue(): Promise<void>
  /** Exchanges an app context. */
  exchange(appContext: string): Promise<Response>
  /** Exchanges and expects it to work. */
  session(appContext: string): Promise<SessionAnswer>
  /** Calls the API with a session's token, or with headers that prove something else. */
  call(
    by: string | null | Record<string, string>,
    method: 'GET' | 'POST' | 'DELETE',
    path: string,
    body?: unknown,
  ): Promise<Response>
  /** A second look at the same database, as another process would have. Closed with the server. */
  storage: Storage
  /** The server's database goes away and comes back, as in a restart. */
  database: TestDatabase
  query(sql: string, values?: unknown[]): Promise<Record<string, unknown>[]>
  stop(): Promise<void>
}

export interface ServerOptions {
  startMs?: number
  /** A second process on the database, clock and Zoom of this one, as behind one balancer; stop it before the first. */
  beside?: TestServer
  /** Settings beside or instead of the usual ones, such as `REPORT_PLAN`. */
  settings?: Record<string, string>
}

/**
 * The whole product in this process, on a database of its own, beside a simulated Zoom, on one virtual clock. Only
 * deliveries and the clock's plans move; nothing waits for real time but HTTP and PostgreSQL.
 */
export async function startServer({
  startMs = Date.UTC(2026, 10, 23, 13, 0),
  beside,
  settings: more = {},
}: ServerOptions = {}): Promise<TestServer> {
  const clock = beside?.clock ?? createClock(startMs)
  const port = await freePort()
  const url = `http://localhost:${port}`
  const world =
    beside?.world ??
    createZoomWorld({
      app: {
        clientId: 'TestClientId',
        clientSecret: 'TestClientSecret0123456789abcdef',
        webhookSecret: 'TestWebhookSecret',
        redirectUri: `${url}/oauth/callback`,
        declaredApis: null,
        ...(more['ZOOM_PROFILE'] === 'account' && { managedBy: 'account' }),
      },
      clock,
    })
  const rest = beside?.rest ?? (await startZoomRest(world))
  const database = beside?.database ?? (await createTestDatabase())
  const logLines: string[] = []
  const log = pino(
    { level: 'debug' },
    new Writable({
      write(chunk: Buffer, _encoding, done) {
        logLines.push(chunk.toString())
        done()
      },
    }),
  )
  const settings = {
    PORT: String(port),
    PUBLIC_URL: beside?.settings['PUBLIC_URL'] ?? url,
    DATABASE_URL: database.connectionString,
    ZOOM_CLIENT_ID: world.app.clientId,
    ZOOM_CLIENT_SECRET: world.app.clientSecret,
    ZOOM_WEBHOOK_SECRET: world.app.webhookSecret,
    ZOOM_API_URL: `${rest.url}/v2`,
    ZOOM_OAUTH_URL: rest.url,
    ENCRYPTION_KEYS: beside?.settings['ENCRYPTION_KEYS'] ?? newKey(),
    ...more,
  }
  const config = readConfig(settings)
  const start = () => startRollbook({ config, log, clientDir, version: '0.0.0-test', clock: clock.now })
  let rollbook = await start()
  const storage = await createStorage({
    connection: database.connectionString,
    encryptionKeys: config.encryptionKeys,
    clock: clock.now,
    log,
  })
  const webhooks = createWebhookSender({
    url: `${url}/webhooks/zoom`,
    clientId: world.app.clientId,
    secret: world.app.webhookSecret,
    clock,
    seed: beside ? 2 : 1,
  })

  const call: TestServer['call'] = (by, method, path, body) =>
    fetch(`${url}${path}`, {
      method,
      redirect: 'manual',
      headers: {
        ...(typeof by === 'string' ? { authorization: `Bearer ${by}` } : by),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
  const exchange = (appContext: string) => call(null, 'POST', '/api/session', { appContext })

  const query: TestServer['query'] = async (sql, values = []) => {
    const client = new pg.Client({ connectionString: database.connectionString })
    await client.connect()
    try {
      return (await client.query<Record<string, unknown>>(sql, values)).rows
    } finally {
      await client.end()
    }
  }

  return {
    url,
    clock,
    world,
    rest,
    webhooks,
    get rollbook() {
      return rollbook
    },
    settings,
    async restart() {
      await rollbook.stop(1_000)
      rollbook = await start()
    },
    logLines,
    storage,
    database,
    exchange,
    call,
    install: (zoomUserId) => browse(`${url}/oauth/install`, signedInCookie(zoomUserId)),
    async session(appContext) {
      const answer = await exchange(appContext)
      if (answer.status !== 200) throw new Error(`No session: ${answer.status} ${await answer.text()}`)
      return (await answer.json()) as SessionAnswer
    },
    query,
    async told() {
      await webhooks.settled()
      while ((await storage.inbox.counts()).pending > 0) await sleep(10)
    },
    runDue: () => rollbook.runDue(),
    async stop() {
      await storage.close()
      await rollbook.stop(1_000)
      if (beside) return
      await rest.close()
      await database.drop()
    },
  }
}

/** Follows redirects with cookies as a browser does, until an answer that is no redirect, or one to another scheme or host. */
async function browse(start: string, cookie: string): Promise<Response> {
  const cookies = new Map<string, string>()
  let address = start
  for (;;) {
    const answer = await fetch(address, {
      redirect: 'manual',
      headers: { cookie: [cookie, ...[...cookies].map(([name, value]) => `${name}=${value}`)].join('; ') },
    })
    for (const line of answer.headers.getSetCookie()) {
      const [name = '', value = ''] = (line.split(';')[0] ?? '').split('=', 2)
      cookies.set(name, value)
    }
    const next = answer.headers.get('location')
    if (next === null) return answer
    const target = new URL(next, address)
    if (!['localhost', '127.0.0.1'].includes(target.hostname)) return answer
    await answer.body?.cancel()
    address = target.href
  }
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, () => {
      const { port } = probe.address() as AddressInfo
      probe.close(() => {
        resolve(port)
      })
    })
  })
}
