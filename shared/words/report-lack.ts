import type { ReportReason } from '../wire/report.ts'

/**
 * What kind of lack a missing official list is. `none`: Zoom has no such list. `withheld`: Zoom does not give it to us.
 * `unusable`: what Zoom gave cannot be used. `unreached`: Zoom did not answer. `consent`: it waits for the host to connect
 * again. `panels`: nobody may ask for it, since only panels recorded the meeting; `files`: since only
 * imported files tell of it. `ours`: we failed.
 */
export type Lack = 'none' | 'withheld' | 'unusable' | 'unreached' | 'consent' | 'panels' | 'files' | 'ours'

/** The lack behind each reason for which a list stays unavailable. */
export const lackOf: Record<ReportReason, Lack> = {
  not_ready: 'none',
  plan_missing: 'none',
  too_old: 'none',
  no_registration: 'none',
  event_gone: 'none',
  never_came: 'none',
  one_person: 'none',
  not_accessible: 'withheld',
  host_gone: 'withheld',
  hosting_not_allowed: 'withheld',
  not_permitted: 'withheld',
  refused: 'withheld',
  incomplete: 'unusable',
  confirming: 'unusable',
  zero_durations: 'unusable',
  seen_live_missing: 'unusable',
  shrank: 'unusable',
  foreign_rows: 'unusable',
  unreadable: 'unusable',
  rate_limited: 'unreached',
  zoom_unavailable: 'unreached',
  reconnect: 'consent',
  panel_only: 'panels',
  imported: 'files',
  our_failure: 'ours',
}
