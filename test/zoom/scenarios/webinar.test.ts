import { afterAll, describe, expect, it } from 'vitest'
import { createClock } from '../clock.ts'
import { checkEvent } from '../contract/check.ts'
import { registrationBody } from '../registration-bodies.ts'
import type { RegistrantInPlay } from '../registrations.ts'
import { startZoomRest } from '../rest.ts'
import { reportRows } from '../rest/report-rows.ts'
import type { ParticipantRow } from '../rest/report-rows.ts'
import { someApp } from '../some-app.ts'
import { webhookBodies } from '../webhook-bodies.ts'
import { createZoomWorld } from '../world.ts'
import { createWebinar } from './webinar.ts'

const startsAtMs = Date.UTC(2026, 10, 23, 15, 0)
const closings: (() => Promise<void>)[] = []
afterAll(() => Promise.all(closings.map((close) => close())))

function plan({ seed = 3, scale = 0.1 } = {}) {
  const clock = createClock(startsAtMs - 20 * 86_400_000)
  const world = createZoomWorld({ app: { ...someApp }, clock })
  return { clock, world, webinar: createWebinar({ world, seed, startsAtMs, scale }) }
}
const idsOf = (registrants: readonly RegistrantInPlay[]): Set<string> =>
  new Set(registrants.map(({ id }) => id))
const rowsOf = ({ scenario }: ReturnType<typeof plan>['webinar']): ParticipantRow[] =>
  reportRows(scenario, { list: 'past', registrantId: true, breakoutRooms: false, without: new Set() })
function grouped(
  rows: readonly ParticipantRow[],
  by: (row: ParticipantRow) => string,
): Map<string, ParticipantRow[]> {
  const groups = new Map<string, ParticipantRow[]>()
  for (const row of rows) groups.set(by(row), [...(groups.get(by(row)) ?? []), row])
  return groups
}

describe.each([1, 0.1])('the webinar at %d of its size', (scale) => {
  const { clock, webinar } = plan({ scale })
  const { desk, truth, times, scenario, practice } = webinar
  clock.advanceTo(times.firstList)
  const first = idsOf(desk.registrants())
  clock.advanceTo(times.secondList)
  const second = idsOf(desk.registrants())
  clock.advanceTo(times.ends)
  const rows = rowsOf(webinar)

  it('has the registrants it says, and cancellations two lists and the webhooks tell together', () => {
    const many = (status?: 'approved' | 'pending' | 'denied') => desk.registrants(status).length
    expect([many('approved'), many('pending'), many('denied')]).toEqual([
      truth.approved,
      truth.pending,
      truth.denied,
    ])
    const cancelled = desk.history.filter(({ kind }) => kind === 'cancelled')
    const unheard = cancelled.filter(webinar.lostRegistrations).map(({ registrant }) => registrant.id)
    expect([cancelled.length - unheard.length, unheard.length]).toEqual([
      truth.cancelled.told,
      truth.cancelled.unheard,
    ])
    expect([...first].filter((id) => !second.has(id)).sort()).toEqual(unheard.sort())
    expect(truth.approved).toBe(scale === 1 ? 3_012 : 301)
    expect(truth.came).toBe(scale === 1 ? 1_104 : 110)
  })

  it('adds up: who stayed, left and never came; and who came by the links of others', () => {
    const { stayed, left, noShow, approved, forwarded, came } = truth
    expect([stayed + left + noShow, stayed + left + forwarded]).toEqual([approved, came])
    const offer = (row: ParticipantRow): boolean => Date.parse(row.leave_time) > times.offer
    const byLink = grouped(
      rows.filter((row) => row.registrant_id !== undefined),
      (row) => row.registrant_id ?? '',
    )
    const ofApproved = idsOf(desk.registrants('approved'))
    expect([...byLink.keys()].filter((id) => !ofApproved.has(id))).toEqual([])
    expect(byLink.size).toBe(stayed + left)
    const people = [...byLink.values()].map((own) => [...grouped(own, (row) => row.name).values()])
    expect(people.flat()).toHaveLength(came)
    expect(people.filter((several) => several.length > 1)).toHaveLength(truth.sharedLinks)
    const there = people.flat().filter((own) => own.some(offer)).length
    expect(there).toBe(stayed + truth.forwardedStayed)
    const owners = people.map((several) => several[0] ?? [])
    expect(owners.filter((own) => own.some(offer))).toHaveLength(stayed)
    const staff = new Set(rows.filter((row) => row.registrant_id === undefined).map((row) => row.name))
    expect(staff.size).toBe(truth.panelists + 1)
  })

  it('tells nothing Zoom does not', () => {
    const bodies = [
      ...desk.history.map((event) => registrationBody(desk.meeting, event)),
      ...[practice, scenario].flatMap((one) => one.history.flatMap((event) => webhookBodies(one, event))),
    ]
    expect(bodies.flatMap((body) => checkEvent(body.event, body))).toEqual([])
    expect(practice.meeting.number).toBe(scenario.meeting.number)
    const ends = bodies.filter(({ event }) => event === 'webinar.ended')
    expect(ends.map(({ payload }) => payload.object['practice_session'])).toEqual([true, false])
  })
})

describe('the webinar', () => {
  it('is the same for the same seed', () => {
    const told = (seed: number): string => {
      const { clock, webinar } = plan({ seed })
      clock.advanceTo(webinar.times.ends)
      return JSON.stringify([rowsOf(webinar), webinar.desk.history, webinar.truth])
    }
    expect(told(3)).toBe(told(3))
    expect(told(4)).not.toBe(told(3))
  })

  it('has everybody of its registrants over REST, absentees and panelists', async () => {
    const { clock, world, webinar } = plan()
    const { truth, times, scenario, host } = webinar
    clock.advanceTo(times.ends)
    const zoom = await startZoomRest(world)
    closings.push(() => zoom.close())
    const form = {
      grant_type: 'authorization_code',
      code: zoom.oauth.issueCode(host.zoomUserId ?? '', someApp.redirectUri),
      redirect_uri: someApp.redirectUri,
    }
    const authorization = `Basic ${btoa(`${someApp.clientId}:${someApp.clientSecret}`)}`
    const tokens = await fetch(`${zoom.url}/oauth/token`, {
      method: 'POST',
      headers: { authorization },
      body: new URLSearchParams(form),
    })
    const { access_token: token } = (await tokens.json()) as { access_token: string }
    const records = async (path: string): Promise<unknown> => {
      const answer = await fetch(`${zoom.url}/v2${path}`, { headers: { authorization: `Bearer ${token}` } })
      return ((await answer.json()) as { total_records?: number }).total_records
    }
    const { number } = scenario.meeting
    expect(await records(`/webinars/${number}/registrants`)).toBe(truth.approved)
    expect(await records(`/past_webinars/${number}/absentees`)).toBe(truth.noShow)
    expect(await records(`/webinars/${number}/panelists`)).toBe(truth.panelists)
  })
})
