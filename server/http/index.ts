/**
 * Express and nothing else: the route table, who may call what, headers, the one error gate. Rules live in the rooms behind it.
 * Start with `route.ts` (what a route is) and `app.ts` one folder up (the order of things).
 */
export * from './authorization.ts'
export * from './consent.ts'
export * from './error-gate.ts'
export * from './exports.ts'
export * from './home.ts'
export * from './live.ts'
export * from './metrics.ts'
export * from './oauth.ts'
export * from './observations.ts'
export * from './openapi.ts'
export * from './operations.ts'
export * from './request-log.ts'
export * from './route.ts'
export * from './security.ts'
export * from './session.ts'
export * from './session-keeper.ts'
export * from './webhooks.ts'
