/**
 * Meetings and webinars that are over, as their host's app may read them: the summary and the list of participants, page
 * by page. Only the authorising user's own; a number means the latest ended instance; a UUID must be encoded by rule.
 *
 * @see https://developers.zoom.us/docs/api/meetings/#tag/meetings/get/past_meetings/{meetingId}/participants
 */
import { randomBytes } from 'node:crypto'
import type { Request, Response } from 'express'
import type { Scenario } from '../scenario.ts'
import { iso } from '../webhook-bodies.ts'
import type { ZoomWorld } from '../world.ts'
import { messages } from './messages.ts'
import { makeChanges } from './report-switches.ts'
import type { ReportSwitches } from './report-switches.ts'
import { rowsAsTold } from './rows-as-told.ts'
import { answerWith } from './trouble.ts'
import type { Fail, RetryAfter, Trouble } from './trouble.ts'

export interface PastParts {
  world: ZoomWorld
  switchesOf: (meetingUuid: string) => ReportSwitches
  retryAfter: () => RetryAfter
  fail: Fail
}

interface PageToken {
  query: string
  offset: number
  untilMs: number
}

const PAGE_TOKEN_LIFETIME_MS = 15 * 60_000
const LARGEST_PAGE = 300
const USUAL_PAGE = '30'

/** The two endpoints, each for an already authorised request. `id`: the path's segment as it came, still encoded. */
export function pastMeetings({ world, switchesOf, retryAfter, fail }: PastParts) {
  const tokens = new Map<string, PageToken>()

  const noSuch = (response: Response, kind: 'meeting' | 'webinar', id: string): void =>
    fail(response, 404, 3001, kind === 'meeting' ? messages.noMeeting(id) : messages.noWebinar)

  /** The ended occurrence and its switches; null when the answer has been given already. */
  const open = (
    response: Response,
    asked: { kind: 'meeting' | 'webinar'; id: string; zoomUserId: string },
  ): { scenario: Scenario; switches: ReportSwitches } | null => {
    const { kind } = asked
    const name = nameOf(asked.id)
    const scenario = name === null ? undefined : ended(world, kind, name)
    const endedAtMs = scenario?.meeting.endedAtMs ?? null
    if (!scenario || endedAtMs === null) return (noSuch(response, kind, name ?? asked.id), null)
    if (scenario.meeting.host.zoomUserId !== asked.zoomUserId) {
      fail(response, 400, 300, messages.notYours)
      return null
    }
    const switches = switchesOf(scenario.meeting.uuid)
    const sinceEndMs = world.clock.now() - endedAtMs
    makeChanges(switches, sinceEndMs)
    const trouble: Trouble | null = switches.next.shift() ?? switches.always
    if (trouble !== null) {
      answerWith(trouble, response, { retryAfter: retryAfter(), nowMs: world.clock.now(), fail })
      return null
    }
    if (sinceEndMs < switches.readyAfterMs) return (noSuch(response, kind, name ?? ''), null)
    return { scenario, switches }
  }
  const rowsOf = (scenario: Scenario, switches: ReportSwitches, registrantId: boolean) => {
    const other = switches.rowsOf === null ? undefined : world.occurrence(switches.rowsOf)
    return rowsAsTold(other ?? scenario, switches, { registrantId })
  }

  return {
    summary(response: Response, id: string, zoomUserId: string): void {
      const past = open(response, { kind: 'meeting', id, zoomUserId })
      if (!past) return
      const { meeting } = past.scenario
      const { rows } = rowsOf(past.scenario, past.switches, false)
      const startMs = meeting.startedAtMs ?? 0
      const endMs = meeting.endedAtMs ?? startMs
      response.json({
        id: Number(meeting.number),
        uuid: meeting.uuid,
        duration: Math.ceil((endMs - startMs) / 60_000),
        start_time: iso(startMs),
        end_time: iso(endMs),
        host_id: meeting.host.zoomUserId ?? '',
        dept: '',
        participants_count: rows.length,
        source: 'Zoom',
        topic: meeting.topic,
        total_minutes: rows.reduce((minutes, row) => minutes + Math.ceil(row.duration / 60), 0),
        type: 2,
        user_email: meeting.host.email ?? '',
        user_name: meeting.host.name,
        has_meeting_summary: false,
      })
    },

    participants(
      request: Request,
      response: Response,
      asked: { kind: 'meeting' | 'webinar'; id: string; zoomUserId: string },
    ): void {
      const query = new URL(request.originalUrl, 'http://localhost').searchParams
      const given = query.get('page_size') ?? USUAL_PAGE
      const size = Number(given)
      if (!Number.isInteger(size) || size < 1 || size > LARGEST_PAGE) {
        fail(response, 400, 300, messages.badPageSize)
        return
      }
      const include = query.get('include_fields') ?? ''
      const sameQuery = JSON.stringify([asked.zoomUserId, asked.kind, asked.id, size, include])
      const nowMs = world.clock.now()
      const tokenText = query.get('next_page_token') ?? ''
      const token = tokens.get(tokenText)
      const isFirst = tokenText === ''
      if (!isFirst && (token?.query !== sameQuery || token.untilMs <= nowMs)) {
        fail(response, 400, 300, messages.badPageToken)
        return
      }
      const past = open(response, asked)
      if (!past) return

      const { scenario, switches } = past
      let { rows, declared } = rowsOf(scenario, switches, include === 'registrant_id')
      if (isFirst && switches.emptyFirst > 0) {
        switches.emptyFirst -= 1
        rows = []
        declared = 0
      }
      const offset = token?.offset ?? 0
      const nextOffset = offset + Math.min(size, switches.pageCap ?? size)
      let next = ''
      if (nextOffset < rows.length) {
        next = randomBytes(24).toString('base64url')
        const lives = switches.expiringTokens > 0 ? 0 : PAGE_TOKEN_LIFETIME_MS
        if (switches.expiringTokens > 0) switches.expiringTokens -= 1
        tokens.set(next, { query: sameQuery, offset: nextOffset, untilMs: nowMs + lives })
      }
      response.json({
        page_count: Math.ceil(declared / size),
        page_size: size,
        ...(next === '' && switches.undeclaredLast ? {} : { total_records: declared }),
        next_page_token: next,
        participants: rows.slice(offset, nextOffset),
      })
    },
  }
}

/**
 * What a path's segment names. Zoom's router decodes it once before it looks for slashes, so a UUID that begins with one or
 * holds two must have been encoded twice, and any other may have been.
 *
 * @returns null when Zoom would not find anything by it
 */
function nameOf(segment: string): string | null {
  try {
    const once = decodeURIComponent(segment)
    if (once.includes('%')) return decodeURIComponent(once)
    return once.startsWith('/') || once.includes('//') ? null : once
  } catch {
    return null
  }
}

const isNumber = (name: string): boolean => /^\d{9,11}$/.test(name)

function ended(world: ZoomWorld, kind: 'meeting' | 'webinar', name: string): Scenario | undefined {
  const fits = world.scenarios.filter(
    ({ meeting }) =>
      meeting.kind === kind &&
      meeting.endedAtMs !== null &&
      (isNumber(name) ? meeting.number === name : meeting.uuid === name),
  )
  return fits.sort((a, b) => (b.meeting.endedAtMs ?? 0) - (a.meeting.endedAtMs ?? 0))[0]
}
