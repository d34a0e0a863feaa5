import type { MemberRole } from '../../shared/wire/index.ts'

/**
 * Who asks. Every read of tenant data takes one; nothing below `http/` decides for itself who somebody is.
 *
 * `member`: a Zoom user proved by an app context; `role` is what the context said of the gathering, `contextAtMs` when
 * Zoom issued it. `system`: our own work inside one installation, with the reason it is done.
 */
export type Viewer = MemberViewer | SystemViewer

export interface MemberViewer {
  kind: 'member'
  installationId: string
  memberId: string
  sessionId: string
  role: MemberRole
  /** The gathering the session was opened in; null in the main client. */
  gatheringId: string | null
  /** Epoch ms, when Zoom issued the context behind this session. Exports need it at most two minutes old. */
  contextAtMs: number
  /** `browser`: a wide view, handed over by a panel of this member to the system browser for an hour. */
  via: 'zoom' | 'browser'
  /** The installer of an account-managed installation, or whom they named: reads every gathering of it. */
  admin: boolean
}

export interface SystemViewer {
  kind: 'system'
  installationId: string
  purpose: 'live_roster' | 'head_count' | 'report' | 'import'
}
