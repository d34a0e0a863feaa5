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
  gatheringId: string | null
  atMs: number
  detail: Record<string, string | number | boolean | null | string[]>
}
export interface AuditLog {
  append(entry: AuditEntry): Promise<void>
  list(installationId: string): Promise<(AuditEntry & { seq: number })[]>
}
