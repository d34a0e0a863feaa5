/**
 * What crosses between server and panel: schemas once, types inferred from them, and the closed list of problems.
 * No behaviour lives here. Start with `roster.ts`.
 */
export * from './cleanings.ts'
export * from './corrections.ts'
export * from './default-policy.ts'
export * from './export.ts'
export * from './history.ts'
export * from './import.ts'
export * from './person-card.ts'
export * from './policy.ts'
export * from './problem.ts'
export * from './report.ts'
export * from './roster.ts'
export * from './session.ts'
export * from './settings.ts'
