import * as z from 'zod/mini'
import { id, instant, text } from './payloads.ts'
import { ask, type RequestOptions } from './request.ts'
import { ZoomError } from './zoom-error.ts'

export interface PastMeetingsOptions extends RequestOptions {
  /** https://api.zoom.us/v2 unless the account lives in another cloud. */
  apiUrl: string
}

/** What Zoom says of one occurrence that is over. Null = not said. */
export interface PastMeeting {
  uuid: string | null
  number: string | null
  topic: string | null
  hostZoomUserId: string | null
  startedAtMs: number | null
  endedAtMs: number | null
}

/** One page of the list of participants, rows as Zoom sent them; `toReportRow` reads one. */
export interface ReportPage {
  rows: unknown[]
  /** How many rows all pages have together, as this page says; null when it does not. */
  declared: number | null
  /** Null after the last page. */
  nextPageToken: string | null
}

/** Which list: meetings and webinars are asked for at different addresses. Never addressed by number: that is the latest one. */
export interface ReportSubject {
  kind: 'meeting' | 'webinar'
  uuid: string
}

/** Does one request with an access token: as whom, and how fast, is the caller's business. */
export type WithToken = <Answer>(use: (accessToken: string) => Promise<Answer>) => Promise<Answer>

/** Zoom's list after a meeting, for an app its users install themselves. Every method throws ZoomError. */
export interface PastMeetings {
  /** A cheap question (label Light): is this meeting over, and is it the one we mean? 404/3001 while it is not. */
  probe(uuid: string, withToken: WithToken): Promise<PastMeeting>
  /**
   * The pages of the list (label Medium), beginning at `pageToken`, or at the first one for null. A token Zoom no longer
   * takes throws 400/300: begin again at the first page. Bounded: the same token twice, or more than 10,000 pages, throws
   * `pages_without_end`.
   */
  pages(subject: ReportSubject, pageToken: string | null, withToken: WithToken): AsyncIterable<ReportPage>
}

/** The most Zoom gives in one answer; heavy lists may come in smaller pages all the same. */
const PAGE_SIZE = 300
const MOST_PAGES = 10_000

const blankable = z.optional(z.nullable(z.string()))

const PastMeetingAnswer = z.object({
  uuid: id,
  id,
  topic: text,
  host_id: id,
  start_time: instant,
  end_time: instant,
})
/** Rows are read one by one later: a row nobody can read must not cost the page. */
const PageAnswer = z.object({
  participants: z.optional(z.nullable(z.array(z.unknown()))),
  total_records: z.optional(z.nullable(z.int().check(z.nonnegative()))),
  next_page_token: blankable,
})

/** @see https://developers.zoom.us/docs/api/meetings/#tag/meetings/GET/past_meetings/{meetingId}/participants */
export function createPastMeetings(options: PastMeetingsOptions): PastMeetings {
  const request = (accessToken: string): RequestInit => ({
    headers: { authorization: `Bearer ${accessToken}` },
  })

  return {
    async probe(uuid, withToken) {
      const url = `${options.apiUrl}/past_meetings/${inPath(uuid)}`
      const answer = await withToken((accessToken) =>
        ask(options, { url, request: request(accessToken), repeatable: true }, PastMeetingAnswer),
      )
      return {
        uuid: answer.uuid,
        number: answer.id,
        topic: answer.topic,
        hostZoomUserId: answer.host_id,
        startedAtMs: answer.start_time,
        endedAtMs: answer.end_time,
      }
    },

    async *pages({ kind, uuid }, pageToken, withToken) {
      const path = `/past_${kind}s/${inPath(uuid)}/participants`
      const seen = new Set<string>()
      let token = pageToken
      for (let page = 0; page < MOST_PAGES; page++) {
        const query = new URLSearchParams({
          page_size: String(PAGE_SIZE),
          include_fields: 'registrant_id',
          ...(token === null ? {} : { next_page_token: token }),
        })
        const url = `${options.apiUrl}${path}?${query.toString()}`
        const answer = await withToken((accessToken) =>
          ask(options, { url, request: request(accessToken), repeatable: true }, PageAnswer),
        )
        token = blankToNull(answer.next_page_token)
        yield {
          rows: answer.participants ?? [],
          declared: answer.total_records ?? null,
          nextPageToken: token,
        }
        if (token === null) return
        if (seen.has(token)) break
        seen.add(token)
      }
      throw new ZoomError({ path, status: 200, code: 'pages_without_end', trackingId: null })
    },
  }
}

/**
 * A meeting UUID inside a path. One that begins with `/` or contains `//` is encoded twice, as Zoom asks; any other once.
 *
 * @see https://developers.zoom.us/docs/api/using-zoom-apis/#meeting-id-and-uuid
 */
export function inPath(uuid: string): string {
  const once = encodeURIComponent(uuid)
  return uuid.startsWith('/') || uuid.includes('//') ? encodeURIComponent(once) : once
}

const blankToNull = (value: string | null | undefined): string | null =>
  value === undefined || value === null || value === '' ? null : value
