/**
 * Meetings and webinars that are over: the summary, the list of participants and the administrator's report of them, page
 * by page. Whoever authorised for themselves reads their own, an administrator the account's; a number means the latest ended
 * instance; a UUID must be encoded by rule.
 *
 * @see https://developers.zoom.us/docs/api/meetings/#tag/meetings/get/past_meetings/{meetingId}/participants
 */
import type { Request, Response } from 'express'
import type { Granted } from '../oauth.ts'
import type { Scenario, ScenarioEvent } from '../scenario.ts'
import { iso } from '../webhook-bodies.ts'
import type { ZoomWorld } from '../world.ts'
import { messages } from './messages.ts'
import type { Pages } from './pages.ts'
import { makeChanges } from './report-switches.ts'
import type { ReportSwitches } from './report-switches.ts'
import { rowsAsTold } from './rows-as-told.ts'
import { answerWith } from './trouble.ts'
import type { Fail, RetryAfter, Trouble } from './trouble.ts'

export interface PastParts {
  world: ZoomWorld
  pages: Pages
  switchesOf: (meetingUuid: string) => ReportSwitches
  retryAfter: () => RetryAfter
  fail: Fail
}

interface Asked {
  kind: 'meeting' | 'webinar'
  /** The path's segment as it came, still encoded. */
  id: string
  /** Whose: a past meeting's, or the report. */
  list: 'past' | 'report'
  caller: Granted
}

/** Whether this grant reaches this meeting. */
export const reaches = ({ zoomUserId, accountId, accountWide }: Granted, { meeting }: Scenario): boolean =>
  accountWide ? meeting.accountId === accountId : meeting.host.zoomUserId === zoomUserId

const whose = (event: ScenarioEvent): string[] => (event.kind === 'joined' ? [event.who.person.key] : [])

/** The endpoints, each for an already authorised request. */
export function pastMeetings({ world, pages, switchesOf, retryAfter, fail }: PastParts) {
  const noSuch = (response: Response, kind: 'meeting' | 'webinar', id: string): void =>
    fail(response, 404, 3001, kind === 'meeting' ? messages.noMeeting(id) : messages.noWebinar)

  /** The ended occurrence and its switches; null when the answer has been given already. */
  const open = (
    response: Response,
    asked: Pick<Asked, 'kind' | 'id' | 'caller'>,
  ): { scenario: Scenario; switches: ReportSwitches } | null => {
    const { kind } = asked
    const name = nameOf(asked.id)
    const scenario = name === null ? undefined : ended(world, kind, name)
    const endedAtMs = scenario?.meeting.endedAtMs ?? null
    if (!scenario || endedAtMs === null) return (noSuch(response, kind, name ?? asked.id), null)
    if (!reaches(asked.caller, scenario)) {
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
  const rowsOf = (
    scenario: Scenario,
    switches: ReportSwitches,
    asked: { registrantId: boolean; list: Asked['list'] },
  ) => {
    const other = switches.rowsOf === null ? undefined : world.occurrence(switches.rowsOf)
    return rowsAsTold(other ?? scenario, switches, asked)
  }

  return {
    summary(response: Response, id: string, caller: Granted): void {
      const past = open(response, { kind: 'meeting', id, caller })
      if (!past) return
      const { meeting } = past.scenario
      const { rows } = rowsOf(past.scenario, past.switches, { registrantId: false, list: 'past' })
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

    participants(request: Request, response: Response, asked: Asked): void {
      const query = new URL(request.originalUrl, 'http://localhost').searchParams
      const include = query.get('include_fields') ?? ''
      const page = pages.asked(query, [asked.caller.zoomUserId, asked.list, asked.kind, asked.id, include])
      if ('refusal' in page) return fail(response, 400, 300, page.refusal)
      const past = open(response, asked)
      if (!past) return

      const { scenario, switches } = past
      // Reports are made of meetings with two participants and more.
      if (asked.list === 'report' && new Set(scenario.history.flatMap(whose)).size < 2)
        return noSuch(response, asked.kind, asked.id)
      const registrantId = include === 'registrant_id'
      let { rows, declared } = rowsOf(scenario, switches, { registrantId, list: asked.list })
      if (page.isFirst && switches.emptyFirst > 0) {
        switches.emptyFirst -= 1
        rows = []
        declared = 0
      }
      const endOffset = page.offset + Math.min(page.size, switches.pageCap ?? page.size)
      const expires = endOffset < rows.length && switches.expiringTokens > 0
      if (expires) switches.expiringTokens -= 1
      const next = endOffset < rows.length ? pages.token(page, endOffset, { expired: expires }) : ''
      response.json({
        page_count: Math.ceil(declared / page.size),
        page_size: page.size,
        ...(next === '' && switches.undeclaredLast ? {} : { total_records: declared }),
        next_page_token: next,
        participants: rows.slice(page.offset, endOffset),
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
export function nameOf(segment: string): string | null {
  try {
    const once = decodeURIComponent(segment)
    if (once.includes('%')) return decodeURIComponent(once)
    return once.startsWith('/') || once.includes('//') ? null : once
  } catch {
    return null
  }
}

const isNumber = (name: string): boolean => /^\d{9,11}$/.test(name)

/** The occurrence that ended last of those a number means, or the one with this UUID. */
export function ended(world: ZoomWorld, kind: 'meeting' | 'webinar', name: string): Scenario | undefined {
  const fits = world.scenarios.filter(
    ({ meeting }) =>
      meeting.kind === kind &&
      meeting.endedAtMs !== null &&
      (isNumber(name) ? meeting.number === name : meeting.uuid === name),
  )
  return fits.sort((a, b) => (b.meeting.endedAtMs ?? 0) - (a.meeting.endedAtMs ?? 0))[0]
}
