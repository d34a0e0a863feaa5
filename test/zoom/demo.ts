/**
 * `npm run demo`: a lesson in progress in a simulated Zoom, and the real Rollbook beside it. Needs no Zoom account.
 *
 *     npm run demo                 page on 3001, Rollbook on 3000
 *     npm run demo -- --port 0 --page-port 0        any free ports
 *     npm run dev                  the same, rebuilding and restarting Rollbook when its sources change
 *
 * Everything it makes lies in one temporary folder, which is removed at the end.
 */
import { randomBytes } from 'node:crypto'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { watch } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { createClock } from './clock.ts'
import { listenForDemo } from './demo/demo-server.ts'
import type { DemoParts } from './demo/demo-server.ts'
import { registerForLesson } from './demo/lesson-registrations.ts'
import { COURSE_NUMBER, playPastEvenings } from './demo/past-evenings.ts'
import { playPastWebinar, tellWebinar } from './demo/past-webinar.ts'
import {
  buildWhenStale,
  freePort,
  installAs,
  projectRoot,
  SOURCES,
  startRealServer,
  startWatchdog,
} from './demo/real-server.ts'
import type { Watchdog } from './demo/real-server.ts'
import { createStage } from './demo/stage.ts'
import type { Stage } from './demo/stage.ts'
import { comesLate, reportSettings } from './demo/zoom-lists.ts'
import { createZoomRest } from './rest.ts'
import type { ZoomRest } from './rest.ts'
import { PRO_LIMITS } from './rest/rate-limit.ts'
import { createLesson } from './scenarios/lesson.ts'
import { tellPast } from './scenarios/past.ts'
import { createWebhookSender } from './webhook-delivery.ts'
import { createZoomWorld } from './world.ts'

const { values: options } = parseArgs({
  options: {
    port: { type: 'string', default: process.env['PORT'] ?? '3000' },
    'page-port': { type: 'string', default: process.env['DEMO_PORT'] ?? '3001' },
    watch: { type: 'boolean', default: false },
    seed: { type: 'string', default: '4' },
  },
})
const LESSON_BEGAN_MINUTES_AGO = 40
/** A day: after the last evening of the course. */
const REGISTERED_BEFORE_MS = 24 * 3600_000
const ACCOUNT_ID = 'DemoAccount0000000000A'
const INSTALLS = ['teacher', 'assistant', 'denis']

const cleanups: (() => Promise<void> | void)[] = []
let ending = false
async function end(code: number): Promise<void> {
  if (ending) return
  ending = true
  for (const cleanup of cleanups.reverse()) {
    try {
      await cleanup()
    } catch (error) {
      console.error(error)
    }
  }
  process.exit(code)
}
process.once('SIGINT', () => void end(0))
process.once('SIGTERM', () => void end(0))
process.once('SIGHUP', () => void end(0))
process.once('uncaughtException', (error) => {
  console.error(error)
  void end(1)
})

async function main(): Promise<void> {
  await buildWhenStale()
  const folder = await temporaryFolder()
  const port = await freePort(Number(options.port))
  const serverUrl = `http://localhost:${port}`

  const clock = createClock(Date.now())
  clock.followRealTime()
  const app = {
    clientId: 'rollbook-demo',
    clientSecret: secret(),
    webhookSecret: secret(),
    redirectUri: `${serverUrl}/oauth/callback`,
    declaredApis: null,
  }
  const world = createZoomWorld({ app, clock })
  const sender = createWebhookSender({
    url: `${serverUrl}/webhooks/zoom`,
    clientId: app.clientId,
    secret: app.webhookSecret,
    clock,
    seed: Number(options.seed),
    concurrency: 16,
  })
  world.onDeauthorised(({ zoomUserId, accountId, atMs }) => {
    const payload = {
      account_id: accountId,
      user_id: zoomUserId,
      client_id: app.clientId,
      deauthorization_time: new Date(atMs).toISOString(),
      signature: secret(),
    }
    sender.send({ event: 'app_deauthorized', payload })
  })

  let stage: Stage | null = null
  let pageUrl = ''
  const rest = createZoomRest(world, () => pageUrl)
  rest.switches.limits = PRO_LIMITS
  const begin = async (seed: number, minutesAgo: number, number?: string): Promise<void> => {
    stage = await beginLesson({ world, rest, sender, seed, minutesAgo, number })
  }
  const parts: DemoParts = {
    world,
    rest,
    show: () => stage && { stage, sender, panelUrl: serverUrl },
    again: () => begin(Math.floor(Date.now() / 1000), 4),
  }
  const page = await listenForDemo(parts, Number(options['page-port']))
  cleanups.push(() => page.close())
  pageUrl = `http://localhost:${page.port}`

  const settings = {
    PORT: String(port),
    PUBLIC_URL: serverUrl,
    DATA_DIR: join(folder, 'data'),
    ENCRYPTION_KEYS: `demo:${randomBytes(32).toString('base64url')}`,
    ZOOM_CLIENT_ID: app.clientId,
    ZOOM_CLIENT_SECRET: app.clientSecret,
    ZOOM_WEBHOOK_SECRET: app.webhookSecret,
    ZOOM_API_URL: `${pageUrl}/v2`,
    ZOOM_OAUTH_URL: pageUrl,
    FRAME_ANCESTORS: pageUrl,
    ...reportSettings,
    LOG_LEVEL: process.env['LOG_LEVEL'] ?? 'error',
  }
  const watchdog = startWatchdog(folder)
  cleanups.push(() => watchdog.dismiss())
  await keepServerRunning(settings, watchdog)

  const lessonSeed = Number(options.seed)
  const cast = castOf(lessonSeed)
  for (const person of cast) world.addUser(person, ACCOUNT_ID)
  for (const person of cast) await installAs(serverUrl, person.zoomUserId ?? '')
  if (!(await sender.validate()))
    throw new Error('The server did not pass the challenge of its webhook address.')
  const past = { world, rest, nowMs: Date.now(), seed: lessonSeed, accountId: ACCOUNT_ID }
  for (const { occurrences, isUnheard } of playPastEvenings(past)) tellPast(sender, occurrences, isUnheard)
  const [host] = cast
  if (host) tellWebinar(sender, playPastWebinar({ ...past, host }))
  await sender.settled()
  await begin(lessonSeed, LESSON_BEGAN_MINUTES_AGO, COURSE_NUMBER)
  await openedBy('assistant', serverUrl, world)

  console.log(`Rollbook is ready at ${serverUrl}`)
  console.log(`Demo: ${pageUrl}/`)
}

/**
 * Plays the lesson up to now at once, its past told by webhooks with past times, then lets it go on in real time.
 * Resolves when the server has taken in the past.
 */
async function beginLesson(input: {
  world: ReturnType<typeof createZoomWorld>
  rest: ZoomRest
  sender: ReturnType<typeof createWebhookSender>
  seed: number
  minutesAgo: number
  /** The meeting's number; one of its own when it does not belong to the course. */
  number: string | undefined
}): Promise<Stage> {
  const { number } = input
  const startsAtMs = Date.now() - input.minutesAgo * 60_000
  const clock = createClock(startsAtMs - REGISTERED_BEFORE_MS)
  const { scenario } = createLesson({
    clock,
    seed: input.seed,
    // The same people come to every lesson of this demo: they are who installed the app.
    castSeed: Number(options.seed),
    startsAtMs,
    visited: true,
    meeting: { accountId: ACCOUNT_ID, ...(number !== undefined && { number }) },
  })
  input.world.add(scenario)
  comesLate(input.rest, scenario)
  const isAuthorised = (hostId: string): boolean => input.world.authorised.has(hostId)
  const desk = input.world.openRegistration(scenario.meeting.number, { seed: input.seed })
  input.sender.followRegistrations(desk, isAuthorised)
  registerForLesson(desk, scenario)
  input.sender.follow(scenario, isAuthorised)
  clock.advanceTo(Date.now())
  await input.sender.settled()
  clock.followRealTime()
  return createStage({ scenario, clock, seed: input.seed })
}

/** Somebody in the lesson had the panel open for a moment: a co-host then finds the lesson in their own history. */
async function openedBy(
  key: string,
  serverUrl: string,
  world: ReturnType<typeof createZoomWorld>,
): Promise<void> {
  const [scenario] = world.scenarios
  if (!scenario) return
  const appContext = world.appContext(scenario.person(key), scenario)
  const answer = await fetch(`${serverUrl}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ appContext }),
  })
  if (!answer.ok) throw new Error(`The panel of the ${key} was refused with ${answer.status}.`)
}

/** Those who add the app, as the first lesson knows them. */
function castOf(seed: number) {
  const { scenario } = createLesson({ clock: createClock(0), seed, startsAtMs: 0 })
  return INSTALLS.map((key) => scenario.person(key))
}

async function keepServerRunning(settings: Record<string, string>, watchdog: Watchdog): Promise<void> {
  const onGone = (): void => {
    console.error('The server ended. The demo ends with it.')
    void end(1)
  }
  let server = await startRealServer(settings, onGone)
  watchdog.guard(server.pid)
  cleanups.push(() => server.stop())
  if (!options.watch) return

  let pending: NodeJS.Timeout | undefined
  let restarting = Promise.resolve()
  const restart = async (): Promise<void> => {
    try {
      await buildWhenStale()
      await server.stop()
      server = await startRealServer(settings, onGone)
      watchdog.guard(server.pid)
      console.log('Restarted with your changes.')
    } catch (error) {
      console.error(error instanceof Error ? error.message : error)
    }
  }
  for (const source of SOURCES) {
    const watcher = watch(join(projectRoot, source), { recursive: true }, () => {
      clearTimeout(pending)
      pending = setTimeout(() => void (restarting = restarting.then(restart)), 400)
    })
    cleanups.push(() => watcher.close())
  }
}

/** As root the database runs as another user, who must be able to pass through (and to nothing else). */
async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'rollbook-demo-'))
  await chmod(folder, 0o711)
  cleanups.push(() => rm(folder, { recursive: true, force: true }))
  return folder
}

const secret = (): string => randomBytes(24).toString('base64url')

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  void end(1)
})
