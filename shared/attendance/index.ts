/**
 * The heart: what witnesses say of a meeting (evidence) in, people with their presence out, by pure rules that know no
 * Zoom, no database and no clock.
 *
 * Start with `evidence.ts` and `people.ts`, the two ends; then `fold.ts`, which runs everything between them, and `filing.ts`,
 * which does for one meeting. A room for each step, in the order in which evidence walks through them:
 * - `evidence/`: the same fact told twice is one fact; which batches of a list count;
 * - `names/`: when two names are the same, and which are nobody's;
 * - `connections/`: what is told of one meeting, made into connections and their segments (`meeting.ts` leads);
 * - `identity/`: connections made into people (`people-index.ts` leads, `identity.ts` has the rules);
 * - `corrections/`: what the host says on top (`correct.ts`), and what is proposed to them (`proposals.ts`, `cleaning.ts`);
 * - `expected/`: people held against those who should have come (`match.ts`);
 * - `presence/`: how long they were there, of which base, and what follows from it.
 * A list that is handed in whole goes through `listing/` by the same rules; `differences.ts` compares what was seen live
 * with the list that came later. Each rule has its example in docs/attendance.md.
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
export type { MeetingReport, PendingReport } from './evidence/batches.ts'
export {
  concurrency,
  type Concurrency,
  type DropOff,
  type Interval,
  type Step,
} from './presence/concurrency.ts'
export { createListing, type Listing, type ListingOptions } from './listing/create-listing.ts'
export type { ListedPerson, ListedRow } from './listing/listing.ts'
export { differences, isSeenLiveOnly, type Difference, type Differences } from './differences.ts'
export { matchExpected, wasExpected, type Expected, type Matched } from './expected/match.ts'
export { onStage, type Panelist } from './expected/stage.ts'
export { sumsOf, type ExpectedSums } from './expected/sums.ts'
export { aliasesIn, type Alias } from './corrections/aliases.ts'
export { cleaningsOf, type Cleaning } from './corrections/cleaning.ts'
export { isAddress } from './corrections/clean-email.ts'
export { correct } from './corrections/correct.ts'
export type { Corrected, Correction, CorrectionAct, HostSaid } from './corrections/corrections.ts'
export type { Parting } from './corrections/parted.ts'
export { proposalsOf, type Proposal, type Proposals, type ProposalOptions } from './corrections/proposals.ts'
export { alsoOf, namedNow } from './corrections/named-now.ts'
export { fileLines } from './connections/import-rows.ts'
export { createFold, derive, type Derived, type Fold, type MeetingTold } from './fold.ts'
export {
  gatheringBase,
  meetingSpans,
  type BaseRule,
  type Gathering,
  type GatheringBase,
} from './presence/gathering-base.ts'
export { united, type Span } from './spans.ts'
export { assignIds, type Anchor, type AssignedIds } from './identity/ids.ts'
export { join, keyOf, merge, type Facts } from './evidence/merge.ts'
export {
  labelsOf,
  looksAtEmail,
  type Label,
  type LabelCondition,
  type LabelRule,
  type LabelSubject,
} from './presence/labels.ts'
export { normaliseName, recognisableName, wordsOf } from './names/names.ts'
export { isGenericName } from './names/generic-names.ts'
export { presenceAt, summarise, type Summary } from './presence/presence.ts'
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
} from './presence/share.ts'
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
} from './presence/standing.ts'
