/**
 * The one home of SQL: every port the other rooms declare is implemented here, one file a port, on one PostgreSQL.
 * Rules of attendance, Zoom's shapes and HTTP do not live here. Start with `createStorage` below, then
 * `migrations/0001-beginning.ts` (what is kept), `tenancy.ts` (who may touch what) and `sealing/` (what is unreadable).
 */
import type { Cohosts } from '../access/cohost-ports.ts'
import type { History, Restarts } from '../access/history-ports.ts'
import type { Directory, Sessions } from '../access/ports.ts'
import type { ExportLinks } from '../exports/ports.ts'
import type { Imports } from '../imports/ports.ts'
import type { EvidenceLog, Inbox } from '../ingest/ports.ts'
import type { Registrations } from '../registrations/ports.ts'
import type { Reports } from '../reports/ports.ts'
import type { ExpectedLists } from '../rosters/expected-ports.ts'
import type { Corrections, Policies } from '../rosters/host-ports.ts'
import type { EvidenceReader, HeadCounts, PeopleIds, Wakeups } from '../rosters/ports.ts'
import type { RateBook } from '../zoom/limiter.ts'
import type { OAuthFlows, TokenCupboard, TokenStore } from '../zoom/ports.ts'
import type { AuditChain } from './audit.ts'
import { createAuditLog } from './audit.ts'
import { createCohosts } from './cohosts.ts'
import { createCorrections } from './corrections.ts'
import type { Connection } from './database.ts'
import { openDatabase } from './database.ts'
import { createDirectory } from './directory.ts'
import { createEvidenceLog, createEvidenceReader } from './evidence.ts'
import { createExportLinks } from './export-links.ts'
import { createHeadCounts } from './head-counts.ts'
import { createHistory } from './history.ts'
import { createImports } from './imports.ts'
import { createInbox } from './inbox.ts'
import type { Removal } from './lifecycle.ts'
import { removeUser, sweep } from './lifecycle.ts'
import type { StorageLog } from './log.ts'
import { createOAuthFlows } from './oauth-flows.ts'
import type { Parts } from './parts.ts'
import { createPeopleIds } from './people-ids.ts'
import { createPolicies } from './policies.ts'
import { createRateBook } from './rate-book.ts'
import { createExpectedLists } from './registrants.ts'
import { createRegistrations } from './registrations.ts'
import type { DeploymentSecret, EncryptionKeyRing } from './sealing/index.ts'
import { createVault } from './sealing/index.ts'
import { createRestarts } from './restarts.ts'
import { createReports } from './reports.ts'
import { createSessions } from './sessions.ts'
import { createTokenCupboard } from './token-cupboard.ts'
import { createTokenStore } from './token-store.ts'
import { createWakeups } from './wakeups.ts'
import { createWideViews } from './wide-views.ts'

export { firstBrokenLine } from './audit.ts'
export { BackupRefusal, restoreBackup, writeBackup } from './backup/index.ts'
export type { DatabasePlace, OnProgress, Summary } from './backup/index.ts'
export type { Connection } from './database.ts'
export { EmbeddedRefusal, startEmbedded, temporaryDataDir } from './embedded/index.ts'
export type { DatabaseAddress, EmbeddedDatabase } from './embedded/index.ts'
export type { StorageLog } from './log.ts'
export { parseEncryptionKeys } from './sealing/index.ts'
export type { DeploymentSecret, EncryptionKeyRing } from './sealing/index.ts'

export interface Storage {
  directory: Directory
  history: History
  restarts: Restarts
  cohosts: Cohosts
  sessions: Sessions
  inbox: Inbox
  evidenceLog: EvidenceLog
  evidenceReader: EvidenceReader
  peopleIds: PeopleIds
  corrections: Corrections
  policies: Policies
  headCounts: HeadCounts
  rateBook: RateBook
  registrations: Registrations
  expectedLists: ExpectedLists
  reports: Reports
  imports: Imports
  wakeups: Wakeups
  tokenStore: TokenStore
  tokenCupboard: TokenCupboard
  oauthFlows: OAuthFlows
  audit: AuditChain
  exportLinks: ExportLinks
  /** 32 random bytes made at first start, the same in every process of this deployment. */
  deploymentSecret: (name: DeploymentSecret) => Promise<Uint8Array>
  /** The app was removed by this user: the installer's installation is shredded, anybody else's access ends. */
  deauthorize: (installationId: string, zoomUserId: string) => Promise<Removal['outcome']>
  /** Housekeeping; safe to run at any time, in any number of processes. */
  sweep: (nowMs: number) => Promise<void>
  /** Resolves when the database answers. @throws when it does not */
  health: () => Promise<void>
  close: () => Promise<void>
}

/**
 * Opens the database, migrates it and makes the deployment's secrets at first start.
 *
 * @throws when the database cannot be reached, is newer than this version, or is sealed under a key that
 *   `encryptionKeys` lacks
 */
export async function createStorage(input: {
  connection: Connection
  encryptionKeys: EncryptionKeyRing
  /** Epoch milliseconds. */
  clock: () => number
  log: StorageLog
}): Promise<Storage> {
  const { connection, encryptionKeys, clock, log } = input
  const database = await openDatabase(connection, log)
  const { db } = database
  const vault = await createVault({ db, ring: encryptionKeys, clock }).catch(async (error: unknown) => {
    await database.close()
    throw error
  })
  const parts: Parts = { db, vault, clock, log }
  const inbox = createInbox(parts)
  const wakeups = createWakeups(connection, log)
  return {
    directory: createDirectory(parts),
    history: createHistory(parts),
    restarts: createRestarts(parts),
    cohosts: createCohosts(parts),
    sessions: { ...createSessions(parts), ...createWideViews(parts) },
    inbox,
    evidenceLog: createEvidenceLog(parts),
    evidenceReader: createEvidenceReader(parts),
    peopleIds: createPeopleIds(parts),
    corrections: createCorrections(parts),
    policies: createPolicies(parts),
    headCounts: createHeadCounts(parts),
    rateBook: createRateBook(parts),
    registrations: createRegistrations(parts),
    expectedLists: createExpectedLists(parts),
    reports: createReports(parts),
    imports: createImports(parts),
    wakeups,
    tokenStore: createTokenStore(parts, () => inbox.forgetRouting()),
    tokenCupboard: createTokenCupboard(parts),
    oauthFlows: createOAuthFlows(parts),
    audit: createAuditLog(parts),
    exportLinks: createExportLinks(parts),
    deploymentSecret: (name) => Promise.resolve(vault.deploymentSecret(name)),
    async deauthorize(installationId, zoomUserId) {
      const userHash = vault.zoomHash('zoom_user', zoomUserId)
      const leaving = { userHash, act: 'deauthorized', atMs: null } as const
      const removal = await db.transaction().execute((trx) => removeUser(parts, trx, installationId, leaving))
      removal.forget()
      inbox.forgetRouting()
      return removal.outcome
    },
    sweep: (nowMs) => sweep(parts, nowMs),
    async health() {
      await database.pool.query('select 1')
    },
    async close() {
      await wakeups.close()
      await database.close()
    },
  }
}
