import type { StorageLog } from '../../server/storage/log.ts'

/** For tests that are not about the log. */
export const silentLog: StorageLog = { info: () => {}, warn: () => {}, error: () => {} }
