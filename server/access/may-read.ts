import type { GatheringAccess } from './ports.ts'
import type { MemberViewer, Viewer } from './viewer.ts'

/** What can be asked of a gathering. `people` = names, times and roles; `emails` = addresses beside them. */
export type Field = 'people' | 'emails' | 'export' | 'observe'

/** How old the context behind a sensitive act may be: as long as Zoom lets one live (two minutes). */
export const FRESH_CONTEXT_MS = 120_000

/**
 * The one gate. True when `viewer` may read `field` of the gathering described by `access`, which was looked up
 * inside the viewer's own installation: a gathering of another installation has no access record and is never readable.
 *
 * - The host of the gathering and an admin of an account-managed installation read everything. The host is whom Zoom's
 *   messages name; until they do, whoever proved to be the host. Being made host of another's meeting is not that.
 * - A host or co-host by a recorded, unrevoked grant reads the people; addresses and exports follow the installation's
 *   co-host policy. In a panel-only capture the capturer owns what their own panel saw.
 * - Everybody else, participants included, reads nothing here.
 * - `observe` (telling us what a panel sees) needs the live role of this very gathering, proved by the session's context.
 */
export function mayRead(viewer: Viewer, access: GatheringAccess | null, field: Field): boolean {
  if (access === null) return false
  if (viewer.kind === 'system') return field !== 'observe'
  const standing = standingOf(viewer, access)
  if (field === 'observe') return provedLiveRole(viewer, access)
  switch (standing) {
    case 'owner':
      return true
    case 'cohost':
      if (field === 'people') return true
      return field === 'emails' ? access.cohostPolicy === 'everything' : access.cohostPolicy !== 'nothing'
    case 'none':
      return false
  }
}

/** True when the context behind this session was issued by Zoom at most two minutes ago. */
export function isFresh(viewer: MemberViewer, nowMs: number): boolean {
  return nowMs - viewer.contextAtMs <= FRESH_CONTEXT_MS
}

function standingOf(viewer: MemberViewer, access: GatheringAccess): 'owner' | 'cohost' | 'none' {
  if (viewer.admin || (access.hostMemberId !== null && access.hostMemberId === viewer.memberId))
    return 'owner'
  if (access.grants.length === 0) return 'none'
  const provedHost = access.grants.some((grant) => grant.role === 'host')
  return access.capture === 'panel_only' || (provedHost && access.hostMemberId === null) ? 'owner' : 'cohost'
}

function provedLiveRole(viewer: MemberViewer, access: GatheringAccess): boolean {
  return viewer.gatheringId === access.gatheringId && (viewer.role === 'host' || viewer.role === 'cohost')
}
