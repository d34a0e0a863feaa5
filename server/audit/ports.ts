/** One act. `detail` holds counts and column keys, never a name, an address or a token. */
export interface AuditEntry {
  installationId: string
  actorMemberId: string | null
  act:
    | 'installed'
    | 'deauthorized'
    | 'session_opened'
    | 'grant_recorded'
    | 'roster_exported'
    | 'roster_copied'
    | 'export_downloaded'
    | 'sessions_revoked'
    | 'reconnected'
    | 'disconnected'
    | 'wide_view_opened'
    | 'wide_views_ended'
    | 'report_final'
    | 'report_retried'
    | 'access_requested'
    | 'access_decided'
    | 'cohost_policy_changed'
    | 'cohost_decided'
    | 'own_line_read'
    | 'gatherings_joined'
    | 'gatherings_kept_apart'
    | 'gathering_split'
    | 'imported'
    | 'import_undone'
    | 'import_adopted'
    | 'correction_made'
    | 'correction_undone'
    | 'correction_redone'
    | 'policy_changed'
  gatheringId: string | null
  atMs: number
  detail: Record<string, string | number | boolean | null | string[]>
}
export interface AuditLog {
  append(entry: AuditEntry): Promise<void>
  list(installationId: string): Promise<(AuditEntry & { seq: number })[]>
}
