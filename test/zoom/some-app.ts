import type { ZoomAppInPlay } from './world.ts'

/** An app like any other, for tests of the simulated Zoom that no server answers. */
export const someApp: ZoomAppInPlay = {
  clientId: 'c',
  clientSecret: 's',
  webhookSecret: 'w',
  redirectUri: 'http://x/',
  declaredApis: null,
}
