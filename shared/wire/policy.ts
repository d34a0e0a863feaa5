import * as z from 'zod/mini'
import type { Status } from '../attendance/index.ts'
import { written } from './written.ts'

/** A time of day on the clock of `zone`. */
const clock = z.string().check(z.regex(/^([01]\d|2[0-3]):[0-5]\d$/))
const minutes = z.int().check(z.gte(0), z.lte(24 * 60))
const percent = z.number().check(z.gte(0), z.lte(100))

/**
 * What 100 % is. `actual`: as the meeting was, from its start or from the first guest's join to its end. `scheduled`: as it was
 * planned, where Zoom told. `window`: from one time of day to another; it passes midnight when its end is not after its start.
 */
export const PolicyBase = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('actual'), from: z.enum(['start', 'first_guest']) }),
  z.object({ kind: z.literal('scheduled') }),
  z.object({ kind: z.literal('window'), from: clock, to: clock }),
])
export type PolicyBase = z.infer<typeof PolicyBase>

/** One thing a label looks at. Percent of the base, minutes of presence, times of day in the policy's zone. */
export const LabelCondition = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('share_at_least'), percent }),
  z.object({ kind: z.literal('share_below'), percent }),
  z.object({ kind: z.literal('present_at_least'), minutes }),
  z.object({ kind: z.literal('joined_after'), clock }),
  z.object({ kind: z.literal('left_before'), clock }),
  z.object({ kind: z.literal('stayed_until'), clock }),
  z.object({ kind: z.literal('has_email') }),
  z.object({ kind: z.literal('no_email') }),
  z.object({ kind: z.literal('email_domain'), domain: z.string().check(z.minLength(1), z.maxLength(253)) }),
  z.object({
    kind: z.literal('status'),
    // The others are filters of every list and export already.
    status: z.enum([
      'late',
      'left_early',
      'returned',
      'walk_in',
      'absent',
      'unidentified',
      'conflict',
    ] satisfies Status[]),
  }),
])
export type LabelCondition = z.infer<typeof LabelCondition>

/** Whoever meets all conditions has the label. */
export const LabelRule = z.object({
  name: written(60),
  when: z.array(LabelCondition).check(z.minLength(1), z.maxLength(5)),
})
export type LabelRule = z.infer<typeof LabelRule>

const pauses = z.array(z.object({ from: clock, to: clock })).check(z.maxLength(20))
const labels = z.array(LabelRule).check(z.maxLength(30))
const zone = z.string().check(z.minLength(1), z.maxLength(64))

/** The rules a list is judged by, every one of them set. */
export const Policy = z.object({
  lateAfterMinutes: minutes,
  leftEarlyMinutes: minutes,
  returnedAfterMinutes: minutes,
  minPercent: percent,
  base: PolicyBase,
  breaks: pauses,
  /** IANA zone in which windows, breaks and times of labels are meant. */
  zone,
  labels,
})
export type Policy = z.infer<typeof Policy>

/** Where a rule is set: for everything, for one meeting number, for one gathering. The nearest counts. */
export const PolicyScope = z.enum(['installation', 'number', 'gathering'])
export type PolicyScope = z.infer<typeof PolicyScope>

/** Some of the rules; what is missing is as the scope above says. */
export const PolicyPart = z.object({
  lateAfterMinutes: z.optional(minutes),
  leftEarlyMinutes: z.optional(minutes),
  returnedAfterMinutes: z.optional(minutes),
  minPercent: z.optional(percent),
  base: z.optional(PolicyBase),
  breaks: z.optional(pauses),
  zone: z.optional(zone),
  labels: z.optional(labels),
})
export type PolicyPart = z.infer<typeof PolicyPart>

/**
 * `GET /api/gatherings/:gathering/policy`; `POST` the same with `PolicyChange` answers it anew. `parts.number` null: the
 * gathering has no meeting number.
 */
export const PolicyAnswer = z.object({
  effective: Policy,
  parts: z.object({
    installation: PolicyPart,
    number: z.nullable(PolicyPart),
    gathering: PolicyPart,
  }),
  /** Names what each part says; another part has another. Hand it back as `basedOn`. */
  revisions: z.object({ installation: z.string(), number: z.nullable(z.string()), gathering: z.string() }),
})
export type PolicyAnswer = z.infer<typeof PolicyAnswer>

/**
 * Takes the place of everything this scope said; `part: {}` takes it all back. `basedOn`: the revision of the part that was
 * changed; once the scope says something else, nothing is replaced.
 */
export const PolicyChange = z.object({
  scope: PolicyScope,
  part: PolicyPart,
  basedOn: z.string().check(z.maxLength(64)),
})
export type PolicyChange = z.infer<typeof PolicyChange>
