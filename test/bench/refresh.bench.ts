import { rm } from 'node:fs/promises'
import { newKey } from '../../server/cli/keys-new.ts'
import {
  createStorage,
  parseEncryptionKeys,
  startEmbedded,
  temporaryDataDir,
  type Connection,
} from '../../server/storage/index.ts'
import { createZoomApi } from '../../server/zoom/index.ts'
import { silentLog } from '../support/log.ts'
import { createClock, createZoomWorld, startZoomRest } from '../zoom/index.ts'
import type { Line } from './line.ts'
import { startRefresher } from './processes.ts'

/** What a process needs to call Zoom as a host. */
export interface RefresherOrder {
  connection: Connection
  encryptionKeys: string
  zoom: { apiUrl: string; oauthUrl: string; clientId: string; clientSecrets: string[] }
  host: { installationId: string; memberId: string }
  calls: number
}

const CALLS = 20

/** Two processes on one database find the same expired token at the same time, in many calls each. */
export async function refreshBench(): Promise<Line[]> {
  const dataDir = await temporaryDataDir()
  const database = await startEmbedded({ dataDir, fsync: true, log: silentLog })
  const redirectUri = 'http://localhost/oauth/callback'
  const app = {
    ...{ clientId: 'BenchClientId', clientSecret: 'BenchClientSecret0123456789abcdef' },
    ...{ webhookSecret: 'BenchWebhookSecret', redirectUri, declaredApis: null },
  }
  const clock = createClock(Date.now())
  clock.followRealTime()
  const world = createZoomWorld({ app, clock })
  const rest = await startZoomRest(world)
  const processes: Awaited<ReturnType<typeof startRefresher>>[] = []
  try {
    const { connection } = database
    const encryptionKeys = newKey()
    const zoom = {
      ...{ apiUrl: `${rest.url}/v2`, oauthUrl: rest.url },
      ...{ clientId: app.clientId, clientSecrets: [app.clientSecret] },
    }
    world.addUser({ key: 'host', name: 'Host', zoomUserId: 'bench-host' }, 'bench-account')
    const code = rest.oauth.issueCode('bench-host', redirectUri)
    const api = createZoomApi({ ...zoom, clock: Date.now, log: silentLog })
    const tokens = await api.exchangeCode({ code, redirectUri, verifier: 'unused' })
    const host = await installExpired({ connection, encryptionKeys, tokens })
    rest.oauth.expireAccessTokens()
    const order = { connection, encryptionKeys, zoom, host, calls: CALLS }
    processes.push(await startRefresher(order), await startRefresher(order))
    rest.calls.length = 0
    const through = await Promise.all(processes.map((one) => one.go()))
    if (through.some((calls) => calls !== CALLS)) throw new Error('Not every call went through.')
    const refreshes = rest.calls.filter(({ path }) => path === '/oauth/token').length
    console.log(`refresh calls for one expired token: two processes ${refreshes}`)
    return [
      {
        ...{ what: `refresh calls for one expired token, two processes with ${CALLS} calls each`, unit: '' },
        ...{ ours: refreshes, baseline: 1, against: 'one process, one call' },
        ...{ target: '≤ 1', met: (ratio) => ratio <= 1 },
      },
    ]
  } finally {
    for (const one of processes) one.stop()
    await rest.close()
    await database.stop()
    await rm(dataDir, { recursive: true, force: true })
  }
}

/** The host's row, with tokens that ran out a second ago. */
async function installExpired(input: {
  connection: Connection
  encryptionKeys: string
  tokens: { accessToken: string; refreshToken: string; expiresAtMs: number; scopes: string[] }
}): Promise<RefresherOrder['host']> {
  const { connection, tokens } = input
  const keys = parseEncryptionKeys(input.encryptionKeys)
  if (!keys.ok) throw new Error(keys.problems.join(' '))
  const common = { connection, encryptionKeys: keys.ring, clock: Date.now, log: silentLog }
  const storage = await createStorage(common)
  const nowMs = Date.now()
  const { installationId, memberId } = await storage.tokenStore.install({
    ...{ profile: 'user', zoomUserId: 'bench-host', zoomAccountId: 'bench-account', nowMs },
    tokens: { ...tokens, expiresAtMs: nowMs - 1_000 },
  })
  await storage.close()
  return { installationId, memberId }
}
