import type { StorageLog } from './log.ts'
import type { Vault } from './sealing/index.ts'
import type { Database } from './tenancy.ts'

/** What every port of this room is made of. */
export interface Parts {
  db: Database
  vault: Vault
  /** Epoch milliseconds. */
  clock: () => number
  log: StorageLog
}

/** Ids come back to us in URLs and tokens; anything else is nobody's id, and PostgreSQL would call it an error. */
export const isUuid = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)
