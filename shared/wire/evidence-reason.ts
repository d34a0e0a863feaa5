import * as z from 'zod/mini'

const kind = z.enum(['zoom_user', 'registrant', 'email', 'phone', 'name'])

/** Why something about a person was decided (`EvidenceReason` of shared/attendance); worded by `evidenceSentence`. */
export const Reason = z.object({
  code: z.string(),
  value: z.nullable(z.string()),
  /** Of something equal: `some` of the person's connections have it, or this one and `another`; absent: all have it. */
  among: z.optional(z.enum(['some', 'another'])),
  /** Of `keys_contradict`: what is shared, and what differs behind it. */
  kinds: z.optional(z.object({ shared: kind, differ: kind })),
})
export type Reason = z.infer<typeof Reason>
