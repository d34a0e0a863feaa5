import { mayRead } from './may-read.ts'
import type { Directory, GatheringAccess } from './ports.ts'
import type { MemberViewer } from './viewer.ts'

export interface Reached {
  /** Whom to ask as: the session's own viewer, or the same Zoom user in the installation that has the gathering. */
  viewer: MemberViewer
  access: GatheringAccess
}

/**
 * Finds a gathering for somebody: in the installation of their session, else in another one where the same Zoom user holds
 * a grant for it or owns it. There they are that installation's member for this one call, without any live role. Null for
 * everything else, whether it exists or not.
 */
export async function reachGathering(
  viewer: MemberViewer,
  gatheringId: string,
  directory: Directory,
): Promise<Reached | null> {
  const own = await directory.gatheringAccess(viewer, gatheringId)
  if (own !== null) return { viewer, access: own }
  const elsewhere = await directory.inInstallationOf(viewer, gatheringId)
  if (elsewhere === null) return null
  const access = await directory.gatheringAccess(elsewhere, gatheringId)
  return access !== null && mayRead(elsewhere, access, 'standing') ? { viewer: elsewhere, access } : null
}
