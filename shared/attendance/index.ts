/**
 * The heart: what witnesses say of a meeting (evidence) in, people with their presence out, by pure rules that know no
 * Zoom, no database and no clock; what the host says on top of them is in `corrections/`.
 *
 * Start with `evidence.ts` and `people.ts`, the two ends; then `fold.ts`, which runs everything between them:
 * `filing.ts` decides which facts of a meeting count, `meeting.ts` makes connections of them (`told-segments.ts`,
 * `seen-segments.ts`, `tracks.ts`, `connection.ts`), `people-index.ts` people of connections, by the rules of `identity.ts`;
 * `presence.ts` says how long they were there. A list that is handed in whole goes through `create-listing.ts` by the same
 * rules; `share.ts` says how much of a meeting somebody was there.
 */
export type * from './evidence.ts'
export type {
  Confidence,
  Connection,
  EvidenceReason,
  IdentityRule,
  Person,
  PersonPresence,
  Segment,
} from './people.ts'
export type { MeetingReport, PendingReport } from './batches.ts'
export { concurrency, type Concurrency, type DropOff, type Interval, type Step } from './concurrency.ts'
export { createListing, type Listing, type ListingOptions } from './create-listing.ts'
export type { ListedPerson, ListedRow } from './listing.ts'
export { differences, isSeenLiveOnly, type Difference, type Differences } from './differences.ts'
export { aliasesIn, type Alias } from './corrections/aliases.ts'
export { cleaningsOf, type Cleaning } from './corrections/cleaning.ts'
export { correct } from './corrections/correct.ts'
export type { Corrected, Correction, CorrectionAct, HostSaid } from './corrections/corrections.ts'
export { proposalsOf, type Proposal, type Proposals, type ProposalOptions } from './corrections/proposals.ts'
export { createFold, derive, type Derived, type Fold, type MeetingTold } from './fold.ts'
export {
  gatheringBase,
  meetingSpans,
  type BaseRule,
  type Gathering,
  type GatheringBase,
} from './gathering-base.ts'
export { assignIds, type Anchor, type AssignedIds } from './ids.ts'
export { join, keyOf, merge, type Facts } from './merge.ts'
export {
  labelsOf,
  looksAtEmail,
  type Label,
  type LabelCondition,
  type LabelRule,
  type LabelSubject,
} from './labels.ts'
export { normaliseName, recognisableName, wordsOf } from './names.ts'
export { isGenericName } from './generic-names.ts'
export { presenceAt, summarise, type Summary } from './presence.ts'
export {
  baseOf,
  flips,
  measure,
  passes,
  reaches,
  secondsToLine,
  shareFrom,
  shareOf,
  sidesOf,
  type Attended,
  type Base,
  type Measure,
  type Measured,
  type Sides,
  type Span,
} from './share.ts'
export {
  comesAnyway,
  defaultThresholds,
  measureOf,
  standingOf,
  type Attendee,
  type Moment,
  type Standing,
  type Status,
  type Thresholds,
} from './standing.ts'
