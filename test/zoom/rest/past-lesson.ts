import { createClock } from '../clock.ts'
import type { VirtualClock } from '../clock.ts'
import { startZoomRest } from '../rest.ts'
import { createScenario } from '../scenario.ts'
import type { Scenario } from '../scenario.ts'
import { someApp } from '../some-app.ts'
import { createZoomWorld } from '../world.ts'
import type { ParticipantRow } from './report-rows.ts'
import { faithful } from './report-switches.ts'
import type { ReportSwitches } from './report-switches.ts'

const start = Date.UTC(2026, 10, 23, 14, 0)
/** Minutes after the lesson's start, to epoch milliseconds. */
const minute = (minutes: number): number => start + minutes * 60_000
export const ROOM = 'Wm9vbVJvb21PbmVPbmVPbg=='
export const host = { key: 'host', name: 'Host', zoomUserId: 'HOST', email: 'host@example.org' }

/** A page of a list, or a refusal. */
interface Page {
  participants: ParticipantRow[]
  total_records: number
  page_count: number
  next_page_token: string
  code?: number
  message?: string
}

/** Zoom's REST after a lesson, asked by its host. */
export async function startPastLesson() {
  const clock = createClock(start)
  const world = createZoomWorld({ app: { ...someApp }, clock })
  const lesson = world.add(play(clock))
  const zoom = await startZoomRest(world)
  const byRule = (uuid: string): string => encodeURIComponent(encodeURIComponent(uuid))
  const lessonPath = `/past_meetings/${byRule(lesson.meeting.uuid)}`
  let token = ''

  const accessToken = async (zoomUserId: string): Promise<string> => {
    const form = {
      grant_type: 'authorization_code',
      code: zoom.oauth.issueCode(zoomUserId, someApp.redirectUri),
      redirect_uri: someApp.redirectUri,
    }
    const answer = await fetch(`${zoom.url}/oauth/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${btoa('c:s')}` },
      body: new URLSearchParams(form),
    })
    return ((await answer.json()) as { access_token: string }).access_token
  }
  const get = async (path: string, as = token) => {
    const answer = await fetch(`${zoom.url}/v2${path}`, { headers: { authorization: `Bearer ${as}` } })
    return { status: answer.status, headers: answer.headers, body: (await answer.json()) as Page }
  }

  return {
    clock,
    world,
    lesson,
    zoom,
    /** A UUID as Zoom's paths want it: encoded twice. */
    byRule,
    lessonPath,
    accessToken,
    get,
    /** The lesson's list; by another UUID or number when given, as it stands in the path. */
    list: (query = '', id = byRule(lesson.meeting.uuid)) => get(`/past_meetings/${id}/participants${query}`),
    /** Changes how the lesson's list misbehaves. */
    switched: (more: Partial<ReportSwitches>) => Object.assign(zoom.reports(lesson.meeting.uuid), more),
    /** Everything as it should be again, and a fresh token. */
    async reset() {
      Object.assign(zoom.reports(lesson.meeting.uuid), faithful())
      Object.assign(zoom.switches, { next: [], language: 'en', limits: null, retryAfter: 'iso' })
      clock.advanceTo(Math.max(clock.now(), minute(61)))
      token = await accessToken('HOST')
    },
  }
}
export type PastLesson = Awaited<ReturnType<typeof startPastLesson>>

/** From and to, in minutes after the lesson's start. */
export const minutesOf = (row: ParticipantRow): number[] =>
  [row.join_time, row.leave_time].map((time) => (Date.parse(time) - start) / 60_000)

/** An hour with everybody Zoom's list treats differently; in a meeting whose UUID must be encoded twice. */
function play(clock: VirtualClock): Scenario {
  const scenario = createScenario({
    clock,
    seed: 1,
    meeting: { topic: 'Lesson', accountId: 'ACCOUNT' },
    host,
    people: [
      { key: 'anna', name: 'Anna', zoomUserId: 'ANNA', email: 'anna@example.org' },
      { key: 'guest', name: 'Guest' },
      {
        key: 'outsider',
        name: 'Outsider',
        zoomUserId: 'OUT',
        email: 'out@else.example',
        outsideAccount: true,
      },
      {
        key: 'registered',
        name: 'Registered',
        zoomUserId: 'REG',
        email: 'reg@else.example',
        outsideAccount: true,
        registrantId: 'registrant-1',
      },
    ],
    slashesInUuid: true,
  })
  scenario.join('host')
  for (const key of ['anna', 'outsider', 'registered']) scenario.join(key)
  scenario.wait('guest')
  clock.advanceTo(minute(5))
  scenario.admit('guest')
  clock.advanceTo(minute(10))
  scenario.moveToRoom('anna', ROOM)
  clock.advanceTo(minute(20))
  scenario.moveToRoom('anna', null)
  clock.advanceTo(minute(25))
  scenario.rename('guest', 'Renamed guest')
  clock.advanceTo(minute(30))
  scenario.drop('outsider')
  clock.advanceTo(minute(31))
  scenario.join('outsider')
  scenario.moveToRoom('registered', ROOM)
  clock.advanceTo(minute(60))
  scenario.end()
  return scenario
}
