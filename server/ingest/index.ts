/**
 * Taking things in: a verified delivery or what a panel saw, to stored evidence; safe to run twice. Knows no HTTP and no
 * SQL; what Zoom's bodies mean is known in `zoom`. Start with `door.ts` (what Zoom is answered) and `ingest.ts` (what
 * happens afterwards).
 */
export * from './door.ts'
export * from './ingest.ts'
export * from './observations.ts'
export type * from './ports.ts'
