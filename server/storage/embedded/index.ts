/**
 * The database that comes along: PostgreSQL from npm, run by a small supervisor when no `DATABASE_URL` is given.
 * Nothing here knows a table. Start with `start.ts`; why each step is needed is in docs/decisions/0002-postgresql-embedded.md.
 */
export { findEmbedded } from './visit.ts'
export { temporaryDataDir } from './place.ts'
export { EmbeddedRefusal, startEmbedded } from './start.ts'
export type { DatabaseAddress, EmbeddedDatabase } from './start.ts'
