/**
 * Zoom's client behind our own small interface: what the panel needs from it, in our words.
 * No state and no decisions live here; no simulated counterpart either. Start with `ZoomClient` in `client.ts`, then `connect.ts`.
 */
export { hasZoomBridge } from './bridge.ts'
export {
  ZoomFailure,
  type Authorized,
  type Feature,
  type Seen,
  type Surroundings,
  type Whereabouts,
  type ZoomClient,
  type ZoomEventName,
  type ZoomEvents,
} from './client.ts'
export { createZoomClient } from './connect.ts'
export type { Sdk } from './sdk.ts'
