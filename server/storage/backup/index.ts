/**
 * The whole database as one sealed file and back: for the day after, for moving between the embedded database and a
 * server, and across PostgreSQL's major versions. What a table means is not known here; the catalog says what there is.
 * Start with `write.ts` and `restore.ts`; the file's layers are `header.ts`, `sealed-chunks.ts`, `frames.ts`, outside in.
 */
export type { DatabasePlace } from './place.ts'
export type { OnProgress, Summary } from './progress.ts'
export { BackupRefusal } from './refusal.ts'
export { restoreBackup } from './restore.ts'
export { writeBackup } from './write.ts'
