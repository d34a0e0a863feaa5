import type { ColumnType, Generated, GeneratedAlways } from 'kysely'
import type { BatchRefusal } from '../../shared/attendance/evidence.ts'
import type { CorrectionAct } from '../../shared/wire/corrections.ts'
import type { PolicyScope } from '../../shared/wire/policy.ts'
import type { StandingChange } from './registrants.ts'
import type { ReportGap, ReportReason, ReportSource, ReportStatus } from '../../shared/wire/report.ts'

/** The tables as TypeScript sees them; what they mean is told in `migrations/`. */
export interface Tables {
  deployment_keys: { name: string; wrapped: string; created_at_ms: number }
  oauth_flows: {
    state_hash: string
    kind: 'web' | 'in_client' | 'welcome'
    sealed: Buffer
    expires_at_ms: number
  }
  used_contexts: { tag_hash: string; exchanges: number; expires_at_ms: number }
  installations: {
    id: string
    profile: 'user' | 'account'
    owner_hash: string
    account_hash: string
    cohost_policy: Generated<'nothing' | 'without_emails' | 'everything'>
    created_at_ms: number
    corrections_made: Generated<number>
  }
  data_keys: { installation_id: string; wrapped: string; created_at_ms: number }
  members: {
    installation_id: string
    id: string
    zoom_user_hash: string
    admin: boolean
    installer: boolean
    belongs: Generated<boolean>
    created_at_ms: number
  }
  tokens: {
    installation_id: string
    member_id: string
    sealed: Buffer
    expires_at_ms: number
    updated_at_ms: number
    dead: string | null
    authorised_at_ms: number
    leaving: Generated<boolean>
  }
  gatherings: {
    installation_id: string
    id: string
    version: Generated<number>
    came: Generated<number | null>
    count_due_ms: Generated<number | null>
    generation: Generated<number>
    rulings: Generated<number>
    created_at_ms: number
  }
  meetings: {
    installation_id: string
    id: string
    gathering_id: string
    home_gathering_id: Generated<string | null>
    uuid: string
    number: string | null
    kind: 'meeting' | 'webinar' | 'event_session' | 'unknown'
    capture: 'full' | 'panel_only'
    topic: Buffer | null
    host_hash: string | null
    host_member_id: string | null
    started_at_ms: number | null
    ended_at_ms: number | null
    report_planned: Generated<boolean>
    stands_for: Generated<string | null>
    learnt: Generated<string[] | null>
    planned_start_ms: Generated<number | null>
    planned_end_ms: Generated<number | null>
    schedule_asked: Generated<boolean>
    rehearsal: Generated<boolean>
    created_at_ms: number
  }
  reports: {
    installation_id: string
    meeting_id: string
    step: 'probe' | 'read'
    state: ReportStatus['state']
    reason: ReportReason | null
    zoom_code: string | null
    gaps: ColumnType<ReportGap[], string | undefined, string>
    fetched_at_ms: number | null
    source: Generated<ReportSource | null>
    planned_from_ms: number
    next_try_at_ms: number | null
    failures: Generated<number>
    verified: Generated<boolean>
    panel_end_ms: number | null
    lease: string | null
    leased_until_ms: number | null
    tried_at_ms: Generated<number | null>
    rate_limited: Generated<boolean>
    asked: Generated<boolean>
    created_at_ms: number
  }
  report_batches: {
    installation_id: string
    id: string
    meeting_id: string
    outcome: 'reading' | 'whole' | 'sealed' | 'same' | 'refused' | 'incomplete' | 'given_up'
    pages: Generated<number>
    received: Generated<number>
    unusable: Generated<number>
    corrected: Generated<number>
    declared: number | null
    next_page: Buffer | null
    page_at_ms: number
    fit_started_at_ms: Generated<number | null>
    fit_ended_at_ms: Generated<number | null>
    fit_read_at_ms: Generated<number | null>
    digest: string | null
    same_as: string | null
    refusal: BatchRefusal | null
    source: Generated<ReportSource>
    created_at_ms: number
  }
  report_pages: {
    installation_id: string
    batch_id: string
    ordinal: number
    sealed: Buffer
    recorded_at_ms: number
  }
  evidence: {
    installation_id: string
    meeting_id: string
    fact_key: string
    seq: GeneratedAlways<number>
    kind: string
    witness: string
    at_ms: number
    email_hash: string | null
    name_hashes: string[]
    payload: Buffer | null
    recorded_at_ms: number
    import_id: Generated<string | null>
  }
  imports: {
    installation_id: string
    id: string
    file_key: string
    name: Buffer | null
    reading: string
    member_id: string | null
    state: 'running' | 'done' | 'undone'
    rows: number
    imported_at_ms: number
    undone_at_ms: number | null
  }
  import_meetings: { installation_id: string; import_id: string; place: number; meeting_uuid: string }
  inbox: {
    installation_id: string
    dedupe_key: string
    id: GeneratedAlways<number>
    state: Generated<'pending' | 'done' | 'parked'>
    attempts: Generated<number>
    last_error: string | null
    received_at_ms: number
    body: Buffer | null
  }
  grants: {
    installation_id: string
    gathering_id: string
    member_id: string
    role: 'host' | 'cohost'
    verified_at_ms: number
    revoked_at_ms: number | null
  }
  sessions: {
    installation_id: string
    id: string
    member_id: string
    gathering_id: string | null
    role: 'host' | 'cohost' | 'participant' | 'member'
    admin: boolean
    context_at_ms: number
    via: Generated<'zoom' | 'browser'>
    handover_hash: string | null
    tag_hash: string
    expires_at_ms: number
    ended_because: 'session_expired' | 'session_revoked' | 'session_taken_over' | null
  }
  cohost_decisions: {
    installation_id: string
    member_id: string
    always: 'nothing' | 'without_emails' | 'everything'
    decided_at_ms: number
  }
  access_requests: {
    installation_id: string
    id: string
    gathering_id: string
    member_id: string
    state: 'pending' | 'granted_once' | 'granted_always' | 'refused'
    emails: Generated<boolean>
    requested_at_ms: number
    decided_at_ms: number | null
  }
  kept_apart: { installation_id: string; one_id: string; other_id: string; decided_at_ms: number }
  corrections: {
    installation_id: string
    seq: number
    kind: CorrectionAct['kind']
    sealed: Buffer
    member_id: string | null
    at_ms: number
    undone_at_ms: number | null
    undone_by: string | null
  }
  correction_meetings: { installation_id: string; meeting_uuid: string; seq: number }
  policies: {
    installation_id: string
    scope: PolicyScope
    scope_key: string
    sealed: Buffer
    at_ms: number
  }
  policy_meetings: {
    installation_id: string
    meeting_uuid: string
    scope: Generated<'gathering'>
    scope_key: string
  }
  people: {
    installation_id: string
    gathering_id: string
    anchor_key: string
    id: string
    born: GeneratedAlways<number>
  }
  registrations: {
    installation_id: string
    number: string
    kind: 'meeting' | 'webinar'
    state: Generated<'unknown' | 'open' | 'none' | 'unavailable'>
    reason: Generated<ReportReason | null>
    panelists: Generated<Buffer | null>
    read_at_ms: Generated<number | null>
    next_read_at_ms: number | null
    failures: Generated<number>
    lease: Generated<string | null>
    leased_until_ms: Generated<number | null>
  }
  registrants: {
    installation_id: string
    number: string
    occurrence: string
    occurrence_start_ms: number | null
    registrant_key: string
    sealed: Buffer
    changes: ColumnType<StandingChange[], string, string>
  }
  /** Belongs to no installation: the limits are of Zoom accounts. */
  zoom_rates: { account_hash: string; label: string; next_at_ms: number; day: number; used: number }
  person_aliases: { installation_id: string; alias_id: string; gathering_id: string; person_id: string }
  audit: {
    installation_id: string
    seq: number
    at_ms: number
    actor_member_id: string | null
    act: string
    gathering_id: string | null
    detail: ColumnType<Record<string, unknown>, string, never>
    prev_hash: string
    hash: string
  }
  export_links: {
    installation_id: string
    id_hash: string
    sealed: Buffer
    expires_at_ms: number
    ticket_hash: string | null
    ticket_expires_at_ms: number | null
  }
}

/**
 * Tables whose every row belongs to one installation; `tenancy.ts` refuses statements on them that do not say which.
 * `installations` itself is one: its own id is the installation.
 */
export const tenantTables: ReadonlyMap<string, 'installation_id' | 'id'> = new Map([
  ['installations', 'id'],
  ['data_keys', 'installation_id'],
  ['members', 'installation_id'],
  ['tokens', 'installation_id'],
  ['gatherings', 'installation_id'],
  ['meetings', 'installation_id'],
  ['reports', 'installation_id'],
  ['report_batches', 'installation_id'],
  ['report_pages', 'installation_id'],
  ['evidence', 'installation_id'],
  ['imports', 'installation_id'],
  ['import_meetings', 'installation_id'],
  ['inbox', 'installation_id'],
  ['grants', 'installation_id'],
  ['cohost_decisions', 'installation_id'],
  ['access_requests', 'installation_id'],
  ['kept_apart', 'installation_id'],
  ['sessions', 'installation_id'],
  ['corrections', 'installation_id'],
  ['correction_meetings', 'installation_id'],
  ['policies', 'installation_id'],
  ['policy_meetings', 'installation_id'],
  ['people', 'installation_id'],
  ['registrations', 'installation_id'],
  ['registrants', 'installation_id'],
  ['person_aliases', 'installation_id'],
  ['audit', 'installation_id'],
  ['export_links', 'installation_id'],
])
