import * as z from 'zod/mini'

/** `POST /api/session`: the one exchange of a Zoom app context for our own short session. */
export const SessionRequest = z.object({
  appContext: z.string().check(z.minLength(1), z.maxLength(8192)),
})
export type SessionRequest = z.infer<typeof SessionRequest>

export const MemberRole = z.enum(['host', 'cohost', 'participant', 'member'])
export type MemberRole = z.infer<typeof MemberRole>

/**
 * `GET /api/session` answers the same for the cookie of a wide view, with an empty `token`: there the cookie proves it.
 *
 * `member.role` is the role proved by the context in this meeting; `member` means no meeting is open.
 * `meeting` is null when there is none the member may see; `meeting.capture` says which witnesses can exist:
 * `panel_only` = the host has no installation, so what this panel sees is all there is.
 */
export const SessionAnswer = z.object({
  token: z.string(),
  expiresInSeconds: z.int(),
  member: z.object({ id: z.string(), role: MemberRole }),
  meeting: z.nullable(
    z.object({
      gatheringId: z.string(),
      topic: z.nullable(z.string()),
      number: z.nullable(z.string()),
      kind: z.enum(['meeting', 'webinar', 'event_session', 'unknown']),
      capture: z.enum(['full', 'panel_only']),
      mayReadEmails: z.boolean(),
      mayExport: z.boolean(),
    }),
  ),
  /** A recorded meeting in which the viewer is a mere participant: only their own line can be read, by this gathering id. */
  ownLineOf: z.nullable(z.string()),
  /** True once, in the first panel opened by the link that ends an installation. */
  welcome: z.boolean(),
})
export type SessionAnswer = z.infer<typeof SessionAnswer>
