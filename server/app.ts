import { join } from 'node:path'
import compression from 'compression'
import express, { type Express, type RequestHandler } from 'express'
import type { Logger } from 'pino'
import type { Cohosts, Directory, History, Restarts, SessionTokens, Sessions } from './access/index.ts'
import type { AuditLog } from './audit/index.ts'
import type { ExportLinks } from './exports/index.ts'
import {
  cleaningRoutes,
  createSessionKeeper,
  describeApi,
  disconnectRoutes,
  differenceRoutes,
  errorGate,
  exportRoutes,
  handoverRoutes,
  historyRoutes,
  homeRoutes,
  importRoutes,
  liveRoutes,
  notFound,
  oauthRoutes,
  authorizationRoutes,
  correctionRoutes,
  observationRoutes,
  openRoute,
  operationsRoutes,
  ownLineRoutes,
  personCardRoutes,
  policyRoutes,
  reportRoutes,
  requestLog,
  restartRoutes,
  ASSET_POLICY,
  securityHeaders,
  sessionRoutes,
  settingsRoutes,
  webhookRoutes,
  type InClientOAuth,
  type Metrics,
  type Route,
} from './http/index.ts'
import type { ImportParts } from './imports/index.ts'
import type { Door, EvidenceLog } from './ingest/index.ts'
import type { Reports } from './reports/index.ts'
import type { Corrections, LiveRosters, Policies } from './rosters/index.ts'
import type {
  CallAs,
  ConnectionOf,
  ContextReading,
  OAuthFlows,
  TokenCupboard,
  TokenStore,
  ZoomApi,
} from './zoom/index.ts'
import type { StreamEnd } from '../shared/wire/index.ts'

/** Everything the app is made of. Nothing below reads the environment or the clock. */
export interface AppParts {
  publicUrl: string
  frameAncestors: string
  version: string
  /** Folder of the built panel. */
  clientDir: string
  log: Logger
  metrics: Metrics
  clock: () => number
  verifyContext: (token: string, nowMs: number) => ContextReading
  zoom: ZoomApi
  callAs: CallAs
  inClient: InClientOAuth
  profile: 'user' | 'account'
  connectionOf: ConnectionOf
  door: Door
  live: LiveRosters
  tokens: SessionTokens
  directory: Directory
  history: History
  restarts: Restarts
  cohosts: Cohosts
  sessions: Sessions
  corrections: Corrections
  policies: Policies
  evidenceLog: EvidenceLog
  oauthFlows: OAuthFlows
  tokenStore: TokenStore
  tokenCupboard: TokenCupboard
  audit: AuditLog
  exportLinks: ExportLinks
  reports: Pick<Reports, 'retry'>
  importing: Omit<ImportParts, 'clock'>
  /** Something became due by a request. */
  wakeDue: () => void
  databaseReady: () => Promise<void>
  ingestRunning: () => boolean
  /** Open live streams; a stopping server tells each. */
  streams: Set<(end: StreamEnd) => void>
}

const BODY_LIMIT = '1mb'
const YEAR_MS = 365 * 24 * 3600 * 1000

/** The app in the order things happen to a request: log → webhook (raw) → headers → files → JSON → routes → error gate. */
export function createApp(parts: AppParts): { app: Express; routes: readonly Route[] } {
  const onError = (error: unknown): void => {
    parts.log.error(
      { err: error instanceof Error ? { name: error.name, message: error.message } : null },
      'background error',
    )
  }
  const keeper = createSessionKeeper(parts)
  const webhook = webhookRoutes(parts)
  const others = [
    ...homeRoutes({
      clientDir: parts.clientDir,
      isContext: (token) => parts.verifyContext(token, parts.clock()).ok,
    }),
    ...oauthRoutes(parts),
    ...authorizationRoutes(parts),
    ...sessionRoutes(parts),
    ...disconnectRoutes(parts),
    ...handoverRoutes({ ...parts, keeper }),
    ...liveRoutes({ ...parts, keeper, onError }),
    ...observationRoutes(parts),
    ...exportRoutes(parts),
    ...historyRoutes(parts),
    ...restartRoutes(parts),
    ...ownLineRoutes(parts),
    ...differenceRoutes(parts),
    ...settingsRoutes(parts),
    ...personCardRoutes(parts),
    ...cleaningRoutes(parts),
    ...correctionRoutes(parts),
    ...policyRoutes(parts),
    ...reportRoutes(parts),
    ...importRoutes({
      ...parts,
      ...parts.importing,
      wakeLive: (id) => {
        parts.live.wake(id)
      },
    }),
    ...operationsRoutes({ ...parts, registry: parts.metrics.registry }),
  ]
  const description = openRoute({
    method: 'get',
    path: '/api/openapi.json',
    summary: 'This description.',
    access: { who: 'anyone' },
    handle: (_req, res) => {
      res.json(describeApi(routes, parts.version))
    },
  })
  const routes: Route[] = [...webhook, ...others, description]

  const run =
    (route: Route): RequestHandler =>
    (req, res) =>
      route.run(req, res, keeper)
  const app = express()
  app.disable('x-powered-by')
  // Zoom's client shows an empty panel for a 304, and our answers are personal or tiny.
  app.disable('etag')
  app.use(requestLog(parts.log, parts.metrics))
  // Before the headers, which only browsers obey: Zoom's storms come this way.
  for (const route of webhook) {
    app[route.method](route.path, express.raw({ type: () => true, limit: BODY_LIMIT }), run(route))
  }
  app.use(securityHeaders(parts.frameAncestors))
  app.use(
    '/assets',
    compression(),
    express.static(join(parts.clientDir, 'assets'), {
      index: false,
      redirect: false,
      immutable: true,
      maxAge: YEAR_MS,
      setHeaders(res, path) {
        res.setHeader('Content-Security-Policy', ASSET_POLICY)
        // The one file without a hash in its name.
        if (path.endsWith('page.css')) res.setHeader('Cache-Control', 'public, max-age=300')
      },
    }),
  )
  app.use(express.json({ limit: BODY_LIMIT, strict: false }))
  for (const route of routes.slice(webhook.length)) app[route.method](route.path, run(route))
  app.use(notFound)
  app.use(errorGate(parts.log))
  return { app, routes }
}
