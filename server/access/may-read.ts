import type { CohostPolicy, GatheringAccess } from './ports.ts'
import type { MemberViewer, Viewer } from './viewer.ts'

/**
 * What can be asked of a gathering. `people` = names, times and roles; `emails` = addresses beside them; `manage` = join,
 * split, decide and try the report again; `own_line` = the one row about the viewer; `standing` = that it exists and how
 * the viewer stands to it, nothing of who was there.
 */
export type Field = 'people' | 'emails' | 'export' | 'observe' | 'manage' | 'own_line' | 'standing'

/** How old the context behind a sensitive act may be: as long as Zoom lets one live (two minutes). */
export const FRESH_CONTEXT_MS = 120_000

/**
 * The one gate. True when `viewer` may read `field` of the gathering described by `access`, which was looked up
 * inside the viewer's installation: a gathering of another installation has no access record and is never readable.
 *
 * - The host of the gathering and an admin of an account-managed installation read everything. The host is whom Zoom's
 *   messages name; until they do, whoever proved to be the host. Being made host of another's meeting is not that. In a
 *   panel-only capture the capturer owns what their own panel saw.
 * - A co-host (a recorded, unrevoked grant) reads the people of a live meeting only in a session that proved the role in
 *   it; addresses and exports follow the policy. Once it has ended the policy alone decides, and `nothing` is nothing.
 *   The policy is the host's decision for them: for this gathering, else for every one, else the installation's.
 * - Whoever holds a grant may know how they stand, so that they can ask.
 * - Everybody else, participants included, reads nothing but their own line, and that only in a session of this gathering.
 * - `observe` (telling us what a panel sees) needs the live role of this very gathering, proved by the session's context,
 *   and a panel: a wide view sees no meeting.
 */
export function mayRead(viewer: Viewer, access: GatheringAccess | null, field: Field): boolean {
  if (access === null) return false
  if (viewer.kind === 'system') return field === 'people' || field === 'emails' || field === 'export'
  const standing = standingOf(viewer, access)
  switch (field) {
    case 'people':
      return standing !== 'none'
    case 'emails':
      return standing === 'owner' || (standing === 'cohost' && policyFor(access) === 'everything')
    case 'export':
      return standing === 'owner' || (standing === 'cohost' && policyFor(access) !== 'nothing')
    case 'manage':
      return standing === 'owner'
    case 'standing':
      return standing !== 'none' || access.grants.length > 0
    case 'own_line':
      return standing !== 'none' || (viewer.role === 'participant' && isOpenedIn(viewer, access))
    case 'observe':
      return viewer.via === 'zoom' && provedLiveRole(viewer, access)
  }
}

/**
 * What the viewer is to a gathering now. `none` also for a co-host whom the policy gives nothing after the meeting, and for
 * one who asks about a live meeting from elsewhere.
 */
export function standingOf(viewer: MemberViewer, access: GatheringAccess): 'owner' | 'cohost' | 'none' {
  if (viewer.admin || (access.hostMemberId !== null && access.hostMemberId === viewer.memberId))
    return 'owner'
  if (access.grants.length === 0) return 'none'
  const provedHost = access.grants.some((grant) => grant.role === 'host')
  if (access.capture === 'panel_only' || (provedHost && access.hostMemberId === null)) return 'owner'
  const reads = access.ended ? policyFor(access) !== 'nothing' : provedLiveRole(viewer, access)
  return reads ? 'cohost' : 'none'
}

/**
 * True for a co-host without standing in a meeting that still runs, when the policy gives them its list once it is over:
 * they have nothing to ask for.
 */
export function opensAtEnd(viewer: MemberViewer, access: GatheringAccess): boolean {
  const { ended, grants } = access
  return (
    !ended && grants.length > 0 && standingOf(viewer, access) === 'none' && policyFor(access) !== 'nothing'
  )
}

/**
 * True when the context behind this session was issued by Zoom at most two minutes ago. A wide view was handed over by such
 * a one and stays fresh for its hour, except for what concerns a meeting that is `live`: there the panel is at hand.
 */
export function isFresh(viewer: MemberViewer, nowMs: number, live = false): boolean {
  if (viewer.via === 'browser') return !live
  return nowMs - viewer.contextAtMs <= FRESH_CONTEXT_MS
}

/** The most particular decision counts: this gathering's, else this person's, else the installation's. */
function policyFor({ decisions, cohostPolicy }: GatheringAccess): CohostPolicy {
  return decisions.once ?? decisions.always ?? cohostPolicy
}

function provedLiveRole(viewer: MemberViewer, access: GatheringAccess): boolean {
  return isOpenedIn(viewer, access) && (viewer.role === 'host' || viewer.role === 'cohost')
}

function isOpenedIn(viewer: MemberViewer, access: GatheringAccess): boolean {
  return viewer.gatheringId !== null && access.gatheringIds.includes(viewer.gatheringId)
}
