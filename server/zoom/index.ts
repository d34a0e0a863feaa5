/**
 * Everything Zoom-shaped: signatures, webhook bodies, app contexts, OAuth and REST, and the app's manifest. What leaves
 * this room is in our own words, so no other room knows how Zoom spells things; nothing here stores or answers anything.
 * Start with `deliveries.ts` for what becomes evidence and `app-context.ts` for who is believed.
 */
export * from './app-context.ts'
export * from './authorised.ts'
export * from './connection.ts'
export * from './deliveries.ts'
export * from './limiter.ts'
export * from './list-access.ts'
export * from './manifest.ts'
export * from './oauth.ts'
export * from './paging.ts'
export * from './past-meetings.ts'
export * from './ports.ts'
export * from './rates.ts'
export * from './registrants.ts'
export * from './report-reason.ts'
export * from './report-rows.ts'
export type { ZoomOutcome } from './request.ts'
export * from './schedule.ts'
export * from './server-to-server.ts'
export * from './signature.ts'
export * from './translation.ts'
export * from './zoom-error.ts'
