import type { CohostPolicy, RequestDecision, RequestState } from '../../shared/wire/index.ts'
import type { MemberViewer } from './viewer.ts'

/** Somebody who proved to be co-host, or host on behalf of the owner, of gatherings of an installation. */
export interface CohostRecord {
  memberId: string
  gatherings: number
  lastVerifiedAtMs: number
  /** The gathering they proved it for last: where their name is looked for. */
  lastGatheringId: string
  always: CohostPolicy | null
}

export interface RequestRecord {
  id: string
  gatheringId: string
  topic: string | null
  startedAtMs: number | null
  memberId: string
  requestedAtMs: number
  state: RequestState
}

/**
 * What an owner decides about co-hosts, and what co-hosts ask for. Everything is inside the viewer's installation; every
 * change is audited with what it was before, in the same transaction.
 */
export interface Cohosts {
  policy(viewer: MemberViewer): Promise<CohostPolicy>
  /** Latest first. The owner is none of them. */
  list(viewer: MemberViewer): Promise<CohostRecord[]>
  /** Pending ones first, then those decided since `decidedSinceMs`, newest first. */
  requests(viewer: MemberViewer, decidedSinceMs: number): Promise<RequestRecord[]>
  setPolicy(viewer: MemberViewer, policy: CohostPolicy, atMs: number): Promise<void>
  /**
   * What this member gets in every gathering they proved; null: as the policy says. `nothing` also takes back what was
   * granted for single gatherings. False: no such co-host here.
   */
  decide(viewer: MemberViewer, memberId: string, always: CohostPolicy | null, atMs: number): Promise<boolean>
  /** `conflict`: somebody decided it otherwise meanwhile. The same decision again changes nothing. */
  decideRequest(
    viewer: MemberViewer,
    requestId: string,
    decision: RequestDecision,
    atMs: number,
  ): Promise<'done' | 'unknown' | 'conflict'>
  /** Asks for access to a gathering; asking again changes nothing, but a refused one may be asked anew after a day. */
  ask(viewer: MemberViewer, gatheringId: string, atMs: number): Promise<RequestState>
  /**
   * What members were last called in the gatherings said with them, by member; whoever no witness named there with their Zoom
   * user is missing. The first 40 gatherings are looked at.
   */
  names(
    viewer: MemberViewer,
    seenIn: readonly { memberId: string; gatheringId: string }[],
  ): Promise<Map<string, string>>
  /**
   * Tells which of these members a Zoom user id is, so that their rows can be found; null for anybody else. Ids are
   * compared by keyed hash and none leaves storage.
   */
  recogniser(
    viewer: MemberViewer,
    memberIds: readonly string[],
  ): Promise<(zoomUserId: string) => string | null>
}
