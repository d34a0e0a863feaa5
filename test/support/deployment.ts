import { spawn, type ChildProcess } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import { readFile, readdir, readlink, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { newKey } from '../../server/cli/keys-new.ts'
import { temporaryDataDir } from '../../server/storage/embedded/index.ts'
import { buildWhenStale, freePort, installAs, projectRoot } from '../zoom/demo/real-server.ts'
import {
  createClock,
  createZoomWorld,
  startZoomRest,
  type PersonInPlay,
  type VirtualClock,
  type ZoomRest,
  type ZoomWorld,
} from '../zoom/index.ts'

/** Rollbook as an operator runs it: built, a process of its own, embedded PostgreSQL with fsync, configured by environment. */
export interface Deployment {
  url: string
  port: number
  /** Folder of the embedded database; the server's log lies in it, too. */
  dataDir: string
  encryptionKeys: string
  clock: VirtualClock
  world: ZoomWorld
  rest: ZoomRest
  /** The server's process; null while none runs. */
  pid(): number | null
  /** Starts the server and resolves when it says that it is ready. */
  start(): Promise<void>
  /** kill -9, of the server alone; resolves when it is dead. */
  kill(): Promise<void>
  /** The graceful stop of an operator; resolves when it is done. */
  stop(): Promise<void>
  /** Adds the app for this host, who belongs to this Zoom account. */
  install(host: PersonInPlay, accountId: string): Promise<void>
  /** Stored deliveries that are not evidence yet, and those nobody could read. */
  inbox(): Promise<{ pending: number; parked: number }>
  /** Stops what runs and removes the folder. */
  close(): Promise<void>
}

/** Everything an operator sets up, beside a simulated Zoom on real time; nothing runs yet. */
export async function createDeployment({
  logLevel = 'info',
  settings = {},
}: { logLevel?: string; settings?: Record<string, string> } = {}): Promise<Deployment> {
  await buildWhenStale()
  const dataDir = await temporaryDataDir()
  const port = await freePort(0)
  const url = `http://localhost:${port}`
  const encryptionKeys = newKey()
  const clock = createClock(Date.now())
  clock.followRealTime()
  const world = createZoomWorld({
    app: {
      clientId: 'DeployedClientId',
      clientSecret: 'DeployedClientSecret0123456789ab',
      webhookSecret: 'DeployedWebhookSecret',
      redirectUri: `${url}/oauth/callback`,
      declaredApis: null,
    },
    clock,
  })
  const rest = await startZoomRest(world)
  const logFile = join(dataDir, 'server.log')
  let child: ChildProcess | null = null

  async function start(): Promise<void> {
    const log = openSync(logFile, 'a')
    const started = spawn(process.execPath, ['dist/server/main.js'], {
      cwd: projectRoot,
      env: {
        PATH: process.env['PATH'] ?? '',
        PORT: String(port),
        PUBLIC_URL: url,
        DATA_DIR: dataDir,
        ENCRYPTION_KEYS: encryptionKeys,
        ZOOM_CLIENT_ID: world.app.clientId,
        ZOOM_CLIENT_SECRET: world.app.clientSecret,
        ZOOM_WEBHOOK_SECRET: world.app.webhookSecret,
        ZOOM_API_URL: `${rest.url}/v2`,
        ZOOM_OAUTH_URL: rest.url,
        LOG_LEVEL: logLevel,
        ...settings,
      },
      stdio: ['ignore', log, log],
    })
    closeSync(log)
    child = started
    for (;;) {
      const answer = await fetch(`${url}/readyz`).catch(() => null)
      await answer?.body?.cancel()
      if (answer?.status === 200) return
      if (started.exitCode !== null || started.signalCode !== null) {
        throw new Error(
          `The server ended before it was ready:\n${(await readFile(logFile, 'utf8')).slice(-2000)}`,
        )
      }
      await sleep(20)
    }
  }

  async function end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    const running = child
    child = null
    if (running === null || running.exitCode !== null || running.signalCode !== null) return
    const gone = new Promise((resolve) => running.once('exit', resolve))
    running.kill(signal)
    await gone
  }

  return {
    url,
    port,
    dataDir,
    encryptionKeys,
    clock,
    world,
    rest,
    pid: () => child?.pid ?? null,
    start,
    kill: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
    async install(host, accountId) {
      world.addUser(host, accountId)
      await installAs(url, host.zoomUserId ?? '')
      world.authorised.add(host.zoomUserId ?? '')
    },
    async inbox() {
      const text = await (await fetch(`${url}/metrics`)).text()
      const of = (state: string): number =>
        Number(new RegExp(`^rollbook_inbox_deliveries\\{state="${state}"\\} (\\d+)$`, 'm').exec(text)?.[1])
      return { pending: of('pending'), parked: of('parked') }
    },
    async close() {
      await end('SIGTERM')
      await rest.close()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

/**
 * Processes that name the folder or stand in it, as PostgreSQL's do; each as number and command. Dead ones nobody has
 * reaped yet have neither. [] where the system does not tell (no /proc).
 */
export async function processesOn(folder: string): Promise<string[]> {
  const found: string[] = []
  for (const pid of await readdir('/proc').catch(() => [])) {
    if (!/^\d+$/.test(pid) || Number(pid) === process.pid) continue
    const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')
    const place = await readlink(`/proc/${pid}/cwd`).catch(() => '')
    if (command.includes(folder) || place.startsWith(folder))
      found.push(`${pid} ${command.replaceAll('\0', ' ')}`)
  }
  return found
}
