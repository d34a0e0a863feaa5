import * as z from 'zod/mini'
import { RequestState } from './history.ts'

/** What co-hosts get after the meeting, unless the host decided otherwise for one of them. */
export const CohostPolicy = z.enum(['nothing', 'without_emails', 'everything'])
export type CohostPolicy = z.infer<typeof CohostPolicy>

/** What Zoom's consent makes possible. */
export const Capability = z.enum([
  'panel',
  'sign_in',
  'live_meetings',
  'live_webinars',
  'meeting_lists',
  'webinar_lists',
  'meeting_registrants',
  'webinar_registrants',
])
export type Capability = z.infer<typeof Capability>

/**
 * How Zoom's consent stands; `scopes`: it lives, but lacks rights this version uses. `grantedBy`: whose consent it is, and so who
 * can give more of it. `capabilities`: each with the scopes it lacks (none: it works); empty without a living consent.
 */
export const Connection = z.object({
  state: z.enum(['connected', 'reconnect', 'scopes', 'missing']),
  missingScopes: z.array(z.string()),
  grantedBy: z.enum(['user', 'administrator']),
  capabilities: z.array(z.object({ capability: Capability, missingScopes: z.array(z.string()) })),
})
export type Connection = z.infer<typeof Connection>

/** Somebody who proved to be co-host (or host on behalf of the owner) of a gathering of this installation. */
export const Cohost = z.object({
  memberId: z.string(),
  /** As the gathering's list names them; null when it names nobody with their Zoom user id. */
  name: z.nullable(z.string()),
  gatherings: z.int(),
  lastVerifiedAt: z.string(),
  /** The host's decision for this person in every meeting; null: the policy. `nothing`: taken back. */
  always: z.nullable(CohostPolicy),
})
export type Cohost = z.infer<typeof Cohost>

/** A co-host asks to see or take away the list of one gathering. */
export const AccessRequest = z.object({
  id: z.string(),
  gatheringId: z.string(),
  topic: z.nullable(z.string()),
  startedAt: z.nullable(z.string()),
  memberId: z.string(),
  name: z.nullable(z.string()),
  requestedAt: z.string(),
  state: RequestState,
})
export type AccessRequest = z.infer<typeof AccessRequest>

/** `GET /api/settings`. What only the owner may see is empty for everybody else (`mayManage` false). */
export const Settings = z.object({
  mayManage: z.boolean(),
  cohostPolicy: CohostPolicy,
  cohosts: z.array(Cohost),
  /** Pending ones first, then those decided in the last thirty days. */
  requests: z.array(AccessRequest),
  connection: Connection,
  /** Open wide views of this member; `POST /api/handover/end` ends them all. */
  wideViews: z.int(),
})
export type Settings = z.infer<typeof Settings>

/** `POST /api/settings/cohost-policy`. */
export const CohostPolicyChange = z.object({ cohostPolicy: CohostPolicy })
export type CohostPolicyChange = z.infer<typeof CohostPolicyChange>

/** `POST /api/settings/cohosts/:member`: what this person gets in every meeting they proved; null: as the policy says. */
export const CohostDecision = z.object({ always: z.nullable(CohostPolicy) })
export type CohostDecision = z.infer<typeof CohostDecision>

/** `POST /api/settings/requests/:request`. `once`: this gathering; `always`: every meeting they co-host. */
export const RequestDecision = z.object({
  decision: z.enum(['once', 'always', 'refuse']),
  emails: z.boolean(),
})
export type RequestDecision = z.infer<typeof RequestDecision>

/** `POST /api/authorization {appContext}`: what `zoomSdk.authorize` is given. */
export const AuthorizationStart = z.object({
  appContext: z.string().check(z.minLength(1), z.maxLength(8192)),
})
export type AuthorizationStart = z.infer<typeof AuthorizationStart>
export const AuthorizationChallenge = z.object({ state: z.string(), codeChallenge: z.string() })
export type AuthorizationChallenge = z.infer<typeof AuthorizationChallenge>

/** `POST /api/authorization/code`: what `onAuthorized` brought. `redirectUri` null: the event had none. */
export const AuthorizationCode = z.object({
  state: z.string().check(z.minLength(1), z.maxLength(200)),
  code: z.string().check(z.minLength(1), z.maxLength(2000)),
  redirectUri: z.nullable(z.string().check(z.maxLength(2000))),
})
export type AuthorizationCode = z.infer<typeof AuthorizationCode>

/** `POST /api/handover`: an address for the system browser; its page opens the wide view once. */
export const Handover = z.object({ url: z.string(), expiresInSeconds: z.int() })
export type Handover = z.infer<typeof Handover>
