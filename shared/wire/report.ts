import * as z from 'zod/mini'

/**
 * Why a report is in the state it is in, as a closed list; the panel words each with what to do.
 *
 * Zoom's answers (HTTP status and code) are mapped onto these in `server/zoom`; nothing here is a text of Zoom's.
 */
export const reportReasons = [
  /** Zoom has not made the list yet (404/3001 after an end), or made an empty one. */
  'not_ready',
  /** Fewer or more rows came than the last page declared, or paging broke off. */
  'incomplete',
  /** A whole list came; it is read again before it is believed. */
  'confirming',
  /** Zoom is still computing durations (rows of zero seconds). */
  'zero_durations',
  /** Somebody seen live is not in the list. */
  'seen_live_missing',
  /** The list is empty or shorter than the one before, and no later one confirmed that. */
  'shrank',
  /** Every list that came was about another meeting, or lay outside this meeting's time. */
  'foreign_rows',
  /** No row of the list that came has times anybody can read. */
  'unreadable',
  /** 429: Zoom's limit for the whole account; other apps share it. */
  'rate_limited',
  /** 5xx, time-outs, no connection. */
  'zoom_unavailable',
  /** The authorisation is gone, expired for good or too small: connect again. */
  'reconnect',
  /** 400/200: the plan of the account does not include reports. */
  'plan_missing',
  /** 400/300 for the meeting itself: not this user's meeting. */
  'not_accessible',
  /** 404/1001, 400/1010: the host left the account. */
  'host_gone',
  /** 400/12702: older than Zoom keeps. */
  'too_old',
  /** 400/3000: a webinar without registration has no such list. */
  'no_registration',
  /** 400/3161: hosting or scheduling is switched off for this user. */
  'hosting_not_allowed',
  /** 403/2306, 403/12703, 403/260200: the user may not see meetings of that host, group or event. */
  'not_permitted',
  /** 404/2002, 2003, 260801: the event or session is gone. */
  'event_gone',
  /** The plan ended and Zoom never had the list. */
  'never_came',
  /** The plan ended; only one person was there, and Zoom makes no list of such meetings unless a setting says so. */
  'one_person',
  /** Only panels recorded it: the host has no installation, so no report can be asked for. */
  'panel_only',
  /** Only files that were handed in tell of it. */
  'imported',
  /** We failed, not Zoom: it is tried again until that has lasted about a day, and then when the host asks. */
  'our_failure',
  /** Zoom refused for another reason; `zoomCode` tells which. */
  'refused',
] as const
export type ReportReason = (typeof reportReasons)[number]

/**
 * What a report that is final all the same lacks. `unreadable_rows`: rows left out, because their times cannot be read or lie
 * outside the meeting. `corrected_times`: rows that reached outside it or ended before they began, cut to what it allows.
 * `many_unseen`: people only the report names, in a meeting we heard of from start to end.
 */
export const ReportGap = z.object({
  code: z.enum([
    'zero_durations',
    'seen_live_missing',
    'never_confirmed',
    'shrank',
    'unreadable_rows',
    'corrected_times',
    'many_unseen',
  ]),
  /** Rows or people concerned. */
  count: z.int(),
})
export type ReportGap = z.infer<typeof ReportGap>

/**
 * Which of Zoom's lists counts. `report`: the report, for which an administrator's rights are needed. `past`: the list of a past
 * meeting, which a host's rights reach; it does not know breakout rooms.
 */
export const ReportSource = z.enum(['report', 'past'])
export type ReportSource = z.infer<typeof ReportSource>

/**
 * Where the official list stands. `none`: no end yet, or nothing to wait for. `waiting`: nothing came yet. `partial`:
 * something came that does not count as the last word. `nextTryAt` is null when no try is planned.
 */
export const ReportStatus = z.object({
  state: z.enum(['none', 'waiting', 'partial', 'final', 'final_with_gaps', 'unavailable']),
  nextTryAt: z.nullable(z.string()),
  reason: z.nullable(z.enum(reportReasons)),
  /** Zoom's own code, for support; only with `refused`. */
  zoomCode: z.nullable(z.string()),
  gaps: z.array(ReportGap),
  /** When the list that counts was read; null when none does. */
  fetchedAt: z.nullable(z.string()),
  /** Which list that is; null when none counts. */
  source: z.nullable(ReportSource),
})
export type ReportStatus = z.infer<typeof ReportStatus>

/** Nothing is known of a report and nothing is planned. */
export const noReport: ReportStatus = {
  state: 'none',
  nextTryAt: null,
  reason: null,
  zoomCode: null,
  gaps: [],
  fetchedAt: null,
  source: null,
}
