import type { ReportReason } from '../../shared/wire/report.ts'
import type { ZoomError } from './zoom-error.ts'

/**
 * What a refusal means for a report. `later`: asking again may help. `never`: it will not, until somebody changes
 * something.
 */
export interface ReportTrouble {
  reason: ReportReason
  again: 'later' | 'never'
}

const never = (reason: ReportReason): ReportTrouble => ({ reason, again: 'never' })
const later = (reason: ReportReason): ReportTrouble => ({ reason, again: 'later' })

/**
 * HTTP status and code, as Zoom's API reference lists them; the text beside them is in the language of the user and is
 * never read. 400/300 also says that a page token expired: whoever sent one asks once more from the first page.
 *
 * @see https://developers.zoom.us/docs/api/errors/
 */
const known: Readonly<Record<string, ReportTrouble>> = {
  '400/200': never('plan_missing'),
  '400/300': never('not_accessible'),
  '404/1001': never('host_gone'),
  '400/1010': never('host_gone'),
  '401/1010': never('host_gone'),
  '400/3000': never('no_registration'),
  '404/3001': later('not_ready'),
  '400/3161': never('hosting_not_allowed'),
  '403/2306': never('not_permitted'),
  '400/12702': never('too_old'),
  '403/12703': never('not_permitted'),
  '400/124': never('reconnect'),
  '401/124': never('reconnect'),
  '403/260200': never('not_permitted'),
  '404/2002': never('event_gone'),
  '404/2003': never('event_gone'),
  '404/260801': never('event_gone'),
  '500/5001': later('zoom_unavailable'),
}

/** What this refusal means, by its status and code alone. Codes nobody listed are `refused`. */
export function reportTroubleOf(error: ZoomError): ReportTrouble {
  const { status, code, kind } = error
  // By status alone: one operation documents code 4001 here, others 429.
  if (status === 429) return later('rate_limited')
  const listed = known[`${status}/${code}`]
  if (listed) return listed
  if (kind === 'reconnect') return never('reconnect')
  if (kind === 'unavailable') return later('zoom_unavailable')
  // Not every operation documents a body for its 404.
  if (status === 404 && code === null) return later('not_ready')
  return never('refused')
}
