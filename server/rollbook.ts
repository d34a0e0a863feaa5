import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Express } from 'express'
import type { Logger } from 'pino'
import type { StreamEnd } from '../shared/wire/index.ts'
import { createSessionTokens } from './access/index.ts'
import { createApp } from './app.ts'
import type { Config } from './config.ts'
import { createMetrics, type Route } from './http/index.ts'
import { createAdoptionWork, createReader } from './imports/index.ts'
import { createDoor, createIngest } from './ingest/index.ts'
import { startDueLoop, startHousekeeping } from './jobs/index.ts'
import { createRegistrationWork } from './registrations/index.ts'
import { createReportWork } from './reports/index.ts'
import { createHeadCountWork, createLiveRosters } from './rosters/index.ts'
import { createStorage, startEmbedded, type EmbeddedDatabase } from './storage/index.ts'
import {
  createAuthorised,
  createConnectionOf,
  createLimiter,
  createListAccess,
  createPastMeetings,
  createRegistrants,
  createSchedule,
  createServerToServer,
  createZoomApi,
  readAppContext,
  translateDelivery,
  rates,
} from './zoom/index.ts'

export interface StartInput {
  config: Config
  log: Logger
  /** Folder of the built panel. */
  clientDir: string
  version: string
  /** Epoch milliseconds; the machine's clock when not given. */
  clock?: () => number
}

export interface Rollbook {
  /** Where it listens, as people reach it. */
  url: string
  app: Express
  routes: readonly Route[]
  /** Does what is due by the clock now, and resolves when nothing is due any more. It is done without asking, too. */
  runDue(): Promise<void>
  /** Stops taking requests, ends streams, finishes what is under way for at most `graceMs`, then closes the database. */
  stop(graceMs: number): Promise<void>
}

/**
 * Makes the real parts and starts them in the order they need each other: database → storage → rosters → ingest → HTTP.
 *
 * @throws when the database cannot be had or the port is taken; everything started so far is stopped again
 */
export async function startRollbook(input: StartInput): Promise<Rollbook> {
  const { config, log } = input
  const clock = input.clock ?? Date.now
  const onError = (error: unknown): void => {
    const { name, message } = error instanceof Error ? error : new Error(typeof error)
    log.error({ err: { name, message } }, 'background error')
  }

  const embedded = await embeddedIfWanted(config, log)
  const storage = await createStorage({
    connection: embedded?.connection ?? databaseUrl(config),
    encryptionKeys: config.encryptionKeys,
    clock,
    log,
  }).catch(async (error: unknown) => {
    await embedded?.stop()
    throw error
  })
  const close = async (): Promise<void> => {
    await storage.close()
    await embedded?.stop()
  }

  try {
    const metrics = createMetrics(storage.inbox, storage.reports, onError)
    const live = createLiveRosters({
      evidence: storage.evidenceReader,
      people: storage.peopleIds,
      corrections: storage.corrections,
      policies: storage.policies,
      expected: storage.expectedLists,
      wakeups: storage.wakeups,
      clock,
      onError,
    })
    let wakeDue = (): void => undefined
    const adoption = createAdoptionWork({ imports: storage.imports, clock })
    const ingest = createIngest({
      inbox: storage.inbox,
      translate: translateDelivery,
      clock,
      log,
      onTouched: ({ gatheringId }) => {
        live.wake(gatheringId)
        adoption.news()
        wakeDue()
      },
      onDeauthorized: ({ installationId }) => {
        log.info({ installationId }, 'a user removed the app; what was theirs went with it')
      },
    })
    const door = createDoor({
      inbox: storage.inbox,
      clock,
      secrets: config.zoom.webhookSecrets,
      log,
      metrics,
      onStored: ingest.wake,
    })
    const { clientId, clientSecrets, profile } = config.zoom
    const zoom = createZoomApi({ ...config.zoom, clock, log })
    const callAs = createAuthorised({ zoom, cupboard: storage.tokenCupboard, clock, log })
    const streams = new Set<(end: StreamEnd) => void>()
    const { app, routes } = createApp({
      ...storage,
      publicUrl: config.publicUrl,
      frameAncestors: config.frameAncestors,
      version: input.version,
      clientDir: input.clientDir,
      log,
      metrics,
      clock,
      verifyContext: (token, nowMs) => readAppContext(token, { clientId, clientSecrets, nowMs }),
      zoom,
      callAs,
      inClient: config.zoom.inClient,
      connectionOf: createConnectionOf({ cupboard: storage.tokenCupboard, profile }),
      profile,
      door,
      live,
      importing: {
        imports: storage.imports,
        evidence: storage.evidenceReader,
        reader: createReader(clock),
      },
      wakeDue: () => {
        wakeDue()
      },
      tokens: createSessionTokens(await storage.deploymentSecret('session_signing')),
      databaseReady: storage.health,
      ingestRunning: ingest.running,
      streams,
    })

    const server = createServer(app)
    await listen(server, config.port)
    ingest.start()
    const housekeeping = startHousekeeping({ sweep: storage.sweep, clock, onError })
    const api = { apiUrl: config.zoom.apiUrl, clock, log, onOutcome: metrics.zoomRequest }
    const { serverToServer: lent } = config.zoom
    const limiter = createLimiter({ book: storage.rateBook, rates: rates[config.zoom.plan] })
    const reportWork = createReportWork({
      reports: storage.reports,
      evidence: { ...storage.evidenceLog, ...storage.evidenceReader },
      audit: storage.audit,
      pastMeetings: createPastMeetings(api),
      schedule: createSchedule(api),
      limiter,
      accessOf: createListAccess({
        ...{ profile, callAs, cupboard: storage.tokenCupboard, log },
        serverToServer: lent && createServerToServer({ ...lent, ...api, oauthUrl: config.zoom.oauthUrl }),
      }),
      plan: config.reports,
      clock,
      log,
      metrics,
    })
    const registrationWork = createRegistrationWork({
      registrations: storage.registrations,
      registrants: createRegistrants(api),
      ...{ callAs, limiter, clock, log },
    })
    const headCountWork = createHeadCountWork({
      counts: storage.headCounts,
      evidence: storage.evidenceReader,
      corrections: storage.corrections,
      clock,
    })
    const due = startDueLoop({
      work: [reportWork, registrationWork, headCountWork, adoption],
      clock,
      onError,
    })
    wakeDue = due.wake
    const { port } = server.address() as AddressInfo
    return {
      url: config.publicUrl.replace(/:0$/, `:${port}`),
      app,
      routes,
      runDue: due.runDue,
      async stop(graceMs) {
        for (const end of streams) end({ code: 'server_stopping' })
        await closeServer(server, graceMs)
        await ingest.stop()
        reportWork.stop()
        registrationWork.stop()
        headCountWork.stop()
        await due.stop()
        await housekeeping.stop()
        live.stop()
        await close()
      },
    }
  } catch (error) {
    await close()
    throw error
  }
}

function embeddedIfWanted(config: Config, log: Logger): Promise<EmbeddedDatabase> | null {
  return config.database.kind === 'embedded'
    ? startEmbedded({ dataDir: config.database.dataDir, fsync: true, log })
    : null
}

function databaseUrl(config: Config): string {
  if (config.database.kind !== 'server') throw new Error('The embedded database has an address of its own.')
  return config.database.url
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(
        error.code === 'EADDRINUSE'
          ? new Error(`Port ${port} is taken by another program. Stop it, or choose another with PORT.`)
          : error,
      )
    })
    server.listen(port, resolve)
  })
}

async function closeServer(server: Server, graceMs: number): Promise<void> {
  const closed = new Promise<void>((resolve) => {
    server.close(() => {
      resolve()
    })
  })
  server.closeIdleConnections()
  const timer = setTimeout(() => {
    server.closeAllConnections()
  }, graceMs)
  await closed
  clearTimeout(timer)
}
