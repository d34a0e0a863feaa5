/**
 * A Zoom to test and try against: one scenario drives webhooks, REST, OAuth and the client under the real SDK.
 * It invents nothing Zoom does not send (`contract/` holds it to that), and nothing of the product lives here.
 * Start with `scenario.ts`, then `world.ts`; `demo.ts` puts it all on a page.
 */
export { createClock } from './clock.ts'
export type { Clock, VirtualClock } from './clock.ts'
export { createRandom, ids } from './random.ts'
export { createScenario } from './scenario.ts'
export type { ConnectionInPlay, PersonInPlay, Scenario, ScenarioEvent } from './scenario.ts'
export { guestOf } from './registrations.ts'
export type {
  RegistrantInPlay,
  RegistrationDesk,
  RegistrationEvent,
  RegistrationForm,
} from './registrations.ts'
export { createZoomWorld } from './world.ts'
export type { ZoomWorld } from './world.ts'
export { sealAppContext } from './app-context.ts'
export { webhookBodies } from './webhook-bodies.ts'
export { createWebhookSender, sign } from './webhook-delivery.ts'
export type { WebhookSender } from './webhook-delivery.ts'
export { signedInCookie } from './oauth.ts'
export { createZoomRest, startZoomRest } from './rest.ts'
export type { ZoomRest } from './rest.ts'
export { PRO_LIMITS } from './rest/rate-limit.ts'
export { faithful } from './rest/report-switches.ts'
export type { ReportSwitches } from './rest/report-switches.ts'
export type { Trouble } from './rest/trouble.ts'
export { attachZoomClient } from './client/attach.ts'
export { createZoomClient } from './client/zoom-client.ts'
export type { ZoomClient } from './client/zoom-client.ts'
export { createLesson } from './scenarios/lesson.ts'
export { createHostileNames, hostileNames } from './scenarios/hostile-names.ts'
export { createLateReport, lateReport, LIST_BEGINS_MS, LIST_COMPLETE_MS } from './scenarios/late-report.ts'
export type { LateReport } from './scenarios/late-report.ts'
export { playPast, tellPast } from './scenarios/past.ts'
export { createWebinar } from './scenarios/webinar.ts'
export type { Webinar, WebinarTruth } from './scenarios/webinar.ts'
export { createStorm, planStorm } from './scenarios/storm.ts'
