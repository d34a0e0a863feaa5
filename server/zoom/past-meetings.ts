import * as z from 'zod/mini'
import type { ReportSource } from '../../shared/wire/report.ts'
import type { Operation } from './capabilities.ts'
import { id, instant, text } from './payloads.ts'
import { bearer, pagesOf, type ApiOptions, type Page, type WithToken } from './paging.ts'
import { ask } from './request.ts'

/** What Zoom says of one occurrence that is over. Null = not said. */
export interface PastMeeting {
  uuid: string | null
  number: string | null
  topic: string | null
  hostZoomUserId: string | null
  startedAtMs: number | null
  endedAtMs: number | null
}

/** Whose list: meetings and webinars are asked for at different addresses. Never addressed by number: that is the latest one. */
export interface ReportSubject {
  kind: 'meeting' | 'webinar'
  uuid: string
  source: ReportSource
}

/** Zoom's lists after a meeting. Every method throws ZoomError. */
export interface PastMeetings {
  /** A cheap question (label Light): is this meeting over, and is it the one we mean? 404/3001 while it is not. */
  probe(uuid: string, withToken: WithToken): Promise<PastMeeting>
  /**
   * The pages of the list (label Medium, of reports Heavy), as `pagesOf` gives them; `toReportRow` reads a row.
   */
  pages(subject: ReportSubject, pageToken: string | null, withToken: WithToken): AsyncIterable<Page>
}

const listOperations = {
  report: {
    meeting: 'GET /report/meetings/{meetingId}/participants',
    webinar: 'GET /report/webinars/{webinarId}/participants',
  },
  past: {
    meeting: 'GET /past_meetings/{meetingId}/participants',
    webinar: 'GET /past_webinars/{webinarId}/participants',
  },
} as const satisfies Record<ReportSource, Record<ReportSubject['kind'], Operation>>

const PastMeetingAnswer = z.object({
  uuid: id,
  id,
  topic: text,
  host_id: id,
  start_time: instant,
  end_time: instant,
})
/**
 * @see https://developers.zoom.us/docs/api/meetings/#tag/meetings/GET/past_meetings/{meetingId}/participants
 * @see https://developers.zoom.us/docs/api/meetings/#tag/reports/GET/report/meetings/{meetingId}/participants
 */
export function createPastMeetings(options: ApiOptions): PastMeetings {
  return {
    async probe(uuid, withToken) {
      const url = `${options.apiUrl}/past_meetings/${inPath(uuid)}`
      const answer = await withToken('GET /past_meetings/{meetingId}', (accessToken) =>
        ask(options, { url, request: bearer(accessToken), repeatable: true }, PastMeetingAnswer),
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

    pages: ({ kind, uuid, source }, pageToken, withToken) =>
      pagesOf(
        options,
        {
          operation: listOperations[source][kind],
          inPath: [inPath(uuid)],
          query: { include_fields: 'registrant_id' },
          rows: 'participants',
        },
        pageToken,
        withToken,
      ),
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
