import * as z from 'zod/mini'
import { CorrectionItem } from './corrections.ts'
import { Reason } from './evidence-reason.ts'

const role = z.enum(['host', 'cohost', 'panelist', 'attendee', 'unknown'])

/** One stretch of a connection. `fromSeen`: nobody saw it begin; `to` null: still there; `toKnown` false: nobody saw it end. */
export const CardSegment = z.object({
  place: z.enum(['main', 'breakout', 'waiting']),
  from: z.string(),
  fromSeen: z.boolean(),
  to: z.nullable(z.string()),
  toKnown: z.boolean(),
})
export type CardSegment = z.infer<typeof CardSegment>

/** What one witness said of a connection, as it said it: one original row, delivery or reading. */
export const CardFact = z.object({
  witness: z.enum(['webhook', 'panel', 'report', 'import']),
  kind: z.string(),
  at: z.string(),
  /** The end, where the row has one. */
  until: z.nullable(z.string()),
  name: z.nullable(z.string()),
  email: z.nullable(z.string()),
  place: z.nullable(z.enum(['main', 'breakout', 'waiting'])),
  role: z.nullable(role),
  /** How many equal readings this stands for: a panel reads the list every few seconds. */
  times: z.int(),
})
export type CardFact = z.infer<typeof CardFact>

/** One device's chain of segments, and why it belongs to this person. */
export const CardConnection = z.object({
  /** Names it in corrections. */
  key: z.string(),
  segments: z.array(CardSegment),
  names: z.array(z.string()),
  email: z.nullable(z.string()),
  witnesses: z.array(z.enum(['webhook', 'panel', 'report', 'import'])),
  /** Which keys tie it to the others here; empty for the only one. */
  reasons: z.array(Reason),
  facts: z.array(CardFact),
  /** Facts beyond the 200 that are told. */
  moreFacts: z.int(),
})
export type CardConnection = z.infer<typeof CardConnection>

/** Somebody else this may be, and why; accepting is a `merge` of the two keys, refusing an `apart`. */
export const Proposal = z.object({
  personId: z.string(),
  name: z.string(),
  email: z.nullable(z.string()),
  /** `same_name`, `name_fits` (one name within the other, times that fit), `same_key`, `typed_email`, `alias`. */
  reason: Reason,
  keys: z.array(z.string()).check(z.length(2)),
})
export type Proposal = z.infer<typeof Proposal>

/** A tidier spelling, proposed and never taken by itself. */
export const Cleaning = z.object({
  of: z.enum(['name', 'email']),
  /** `case`, `spaces`, `original_name`, `typo`, `syntax`, `role_address`. */
  code: z.string(),
  /** What it would be; null when it is only pointed out. */
  proposed: z.nullable(z.string()),
})
export type Cleaning = z.infer<typeof Cleaning>

/** One registration, as it stood when the gathering ended or stands now. */
export const CardRegistration = z.object({
  name: z.string(),
  email: z.nullable(z.string()),
  standing: z.enum(['approved', 'pending', 'denied', 'cancelled']),
  /** How a cancellation is known: Zoom told it, or a later list lacks them. */
  cancelledBy: z.nullable(z.enum(['message', 'missing'])),
  /** Somebody else's, by whose link this person came: then nothing of what that one said is told. */
  ofAnother: z.boolean(),
  registeredAt: z.nullable(z.string()),
  /** Where the link was that they registered by, as the host named it. */
  source: z.nullable(z.string()),
  /** `field` names one of Zoom's own questions; null: one of the host's. */
  answers: z.array(z.object({ field: z.nullable(z.string()), title: z.string(), value: z.string() })),
})
export type CardRegistration = z.infer<typeof CardRegistration>

/** `GET /api/gatherings/:gathering/people/:person`: everything behind one line of the list. */
export const PersonCard = z.object({
  id: z.string(),
  connections: z.array(CardConnection),
  proposals: z.array(Proposal),
  cleanings: z.array(Cleaning),
  /** The first is the one the row tells of; [] for whoever did not register. */
  registrations: z.array(CardRegistration),
  /** Corrections that concern this person, the newest first. */
  corrections: z.array(CorrectionItem),
})
export type PersonCard = z.infer<typeof PersonCard>

/** `GET /api/gatherings/:gathering/proposals`: pairs that may be one person, each once, 200 a page. */
export const ProposalList = z.object({
  items: z.array(z.object({ personId: z.string(), name: z.string(), proposal: Proposal })),
  /** Hand it back as `cursor` for the next page; null on the last. */
  nextCursor: z.nullable(z.string()),
  /** Pairs beyond the 500 that are told; of very many at least as many. */
  more: z.int(),
})
export type ProposalList = z.infer<typeof ProposalList>
