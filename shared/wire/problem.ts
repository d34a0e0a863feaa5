import * as z from 'zod/mini'

/**
 * The closed list of things that can go wrong on the wire, each with its HTTP status.
 * The panel words every code in `shared/words`; the server adds an English `detail` for logs and other clients.
 */
export const problemStatus = {
  bad_request: 400,
  body_too_large: 413,
  unsupported_media_type: 415,
  not_found: 404,
  signature_invalid: 401,
  delivery_stale: 401,
  delivery_malformed: 400,
  context_invalid: 401,
  context_expired: 401,
  context_replayed: 401,
  guest: 403,
  not_installed: 403,
  /** The one-time code or state is unknown, used or expired. */
  flow_gone: 410,
  /** Zoom's consent was given by another user than the one who asked. */
  account_mismatch: 403,
  /** Zoom no longer accepts our authorisation: connect again. */
  reconnect: 403,
  /** Somebody else changed it meanwhile, or it cannot be done as things stand. */
  conflict: 409,
  /** The list has as many corrections as one keeps. */
  corrections_full: 409,
  /** What was given as an e-mail address is none. */
  email_invalid: 422,
  /** A file that is no list of participants, or cannot be read without an answer; `errors` carries the code. */
  file_refused: 422,
  /** A list without times of joining and leaving proves no presence. */
  file_without_times: 422,
  session_missing: 401,
  session_expired: 401,
  session_revoked: 401,
  session_taken_over: 401,
  forbidden: 403,
  context_stale: 403,
  cohost_policy: 403,
  zoom_refused: 502,
  zoom_unavailable: 503,
  storage_unavailable: 503,
  unexpected: 500,
} as const

export type ProblemCode = keyof typeof problemStatus

/** RFC 9457 application/problem+json. `reference` finds the log line of an unexpected error. */
export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.enum(Object.keys(problemStatus) as [ProblemCode, ...ProblemCode[]]),
  detail: z.optional(z.string()),
  reference: z.optional(z.string()),
  errors: z.optional(z.array(z.object({ path: z.string(), message: z.string() }))),
})
export type Problem = z.infer<typeof Problem>
