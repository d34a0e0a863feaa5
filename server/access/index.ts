/**
 * Who may: viewers, sessions, grants and the one gate `mayRead`. Knows no HTTP, no SQL and no Zoom payload.
 * Start with `may-read.ts` for the rules and `exchange.ts` for how a Zoom app context becomes a session.
 */
export * from './cohost-ports.ts'
export * from './exchange.ts'
export * from './history-ports.ts'
export * from './may-read.ts'
export * from './ports.ts'
export * from './reach.ts'
export * from './session-token.ts'
export * from './viewer.ts'
