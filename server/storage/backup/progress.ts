import type { BackupHeader } from './header.ts'

/** How far a table is; told after every piece, and once more with `done`. */
export type OnProgress = (step: { table: string; rows: number; done: boolean }) => void

/** What was written or restored. */
export interface Summary {
  header: BackupHeader
  tables: { table: string; rows: number }[]
}
