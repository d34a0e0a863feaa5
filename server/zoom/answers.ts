import * as z from 'zod/mini'

/**
 * The shapes of Zoom's answers, as far as we use them.
 *
 * @see https://developers.zoom.us/docs/api/
 */
export const TokenAnswer = z.object({
  access_token: z.string().check(z.minLength(1)),
  refresh_token: z.string().check(z.minLength(1)),
  expires_in: z.number().check(z.positive()),
  scope: z.optional(z.string()),
})
/** A server-to-server app's: nothing to refresh it with. */
export const ServerToServerAnswer = z.object({
  access_token: z.string().check(z.minLength(1)),
  expires_in: z.number().check(z.positive()),
  scope: z.optional(z.string()),
})
export const UserAnswer = z.object({
  id: z.string().check(z.minLength(1)),
  account_id: z.string().check(z.minLength(1)),
})
/** `{"status":"success"}`; what it says else is never read. */
export const RevokeAnswer = z.object({ status: z.literal('success') })
export const DeeplinkAnswer = z.object({ deeplink: z.url() })
/** REST errors carry `code`, the token endpoint carries `error`; both carry prose in the user's language, never read. */
export const ErrorAnswer = z.object({
  code: z.optional(z.union([z.int(), z.string()])),
  error: z.optional(z.string()),
})
