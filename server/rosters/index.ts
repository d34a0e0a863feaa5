/**
 * Live rosters: evidence read from the log, folded once per gathering and process, and told to whoever listens; and, once a
 * gathering is over, how many came (`head-count.ts`).
 * Corrections of hosts are laid over the folded people (`host-word.ts`), and their policy judges them (`judge.ts`).
 * It decides nothing about attendance (that is shared/attendance) nor about who may look (that is access).
 * Start with `live.ts`, then `live-gathering.ts`.
 */
export { personAt, personWith, type Behind } from './behind.ts'
export type { ChangedByReport } from './changed-by-report.ts'
export { toCleaningList } from './cleanings.ts'
export { aboutNow, correctionItems, holdersOf } from './correction-items.ts'
export { createHeadCountWork } from './head-count.ts'
export * from './hide.ts'
export * from './host-ports.ts'
export * from './live.ts'
export type { ChangeListener } from './live-gathering.ts'
export { toAbsentCard, toPersonCard, toProposalList } from './person-card.ts'
export { hideRegistration, type AnsweredRoster } from './registrations.ts'
export * from './ports.ts'
export * from './rows.ts'
