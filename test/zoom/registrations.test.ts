import { describe, expect, it } from 'vitest'
import { createClock } from './clock.ts'
import { checkEvent } from './contract/check.ts'
import { registrationBody } from './registration-bodies.ts'
import { guestOf } from './registrations.ts'
import type { DeskOptions, RegistrationDesk, RegistrationEvent } from './registrations.ts'
import { createScenario } from './scenario.ts'
import type { MeetingWish } from './scenario.ts'
import { someApp } from './some-app.ts'
import { webhookBodies } from './webhook-bodies.ts'
import { createWebhookSender } from './webhook-delivery.ts'
import { createZoomWorld } from './world.ts'

const start = Date.UTC(2026, 10, 23, 14, 0)
const DAY_MS = 86_400_000
const dates = [start, start + DAY_MS, start + 2 * DAY_MS]
const host = { key: 'host', name: 'Host', zoomUserId: 'HOST', email: 'host@example.org' }
const anna = { first_name: 'Anna', last_name: 'Novak', email: 'anna@example.org' }
const boris = { first_name: 'Boris', email: 'boris@example.org' }

function open(wish: MeetingWish = {}, options: Partial<DeskOptions> = {}) {
  const clock = createClock(start)
  const world = createZoomWorld({ app: someApp, clock })
  const meeting = { topic: 'Open evening', accountId: 'ACCOUNT', ...wish }
  const scenario = world.add(createScenario({ clock, seed: 1, meeting, host }))
  const desk = world.openRegistration(scenario.meeting.number, { seed: 1, ...options })
  return { clock, world, scenario, desk }
}
const names = (desk: RegistrationDesk, status?: 'approved' | 'pending' | 'denied'): string[] =>
  desk.registrants(status).map(({ form }) => form.first_name)

/** Everything that can become of two people who register. */
function everything(desk: RegistrationDesk): readonly RegistrationEvent[] {
  desk.approval = 'manual'
  const occurrences = desk.registeredFor === 'all' ? {} : { occurrences: [start] }
  const answers = [{ title: 'How did you hear of us?', value: 'From a friend' }]
  const first = desk.register(
    { ...anna, org: 'Cooking Org', job_title: 'Chef', no_of_employees: '1-20', country: 'US' },
    { answers, source: desk.share('newsletter'), ...occurrences },
  )
  desk.approve(first.id)
  desk.deny(first.id)
  desk.cancel(first.id)
  const second = desk.register(boris, occurrences)
  desk.cancel(second.id, 'registrant')
  return desk.history
}

describe('a registration desk', () => {
  it('lets everybody in at once, or whom the host lets in', () => {
    const { desk } = open()
    const first = desk.register(anna)
    desk.approval = 'manual'
    const second = desk.register(boris)
    expect([first.status, second.status]).toEqual(['approved', 'pending'])
    expect(desk.approve(second.id).status).toBe('approved')
    desk.deny(first.id)
    expect([names(desk, 'approved'), names(desk, 'denied'), names(desk, 'pending')]).toEqual([
      ['Boris'],
      ['Anna'],
      [],
    ])
    expect(() => desk.deny(first.id)).toThrow('denied already')
  })

  it('forgets whoever cancels', () => {
    const { desk } = open()
    const { id } = desk.register(anna)
    desk.cancel(id)
    expect(desk.registrants()).toEqual([])
    expect(() => desk.cancel(id)).toThrow('Nobody is registered')
    expect(desk.history.map(({ kind }) => kind)).toEqual(['created', 'cancelled'])
  })

  it('gives everybody an id and a link of their own, the same for the same seed', () => {
    const links = () => {
      const { desk } = open({ kind: 'webinar' })
      return [anna, boris].map((form) => desk.register(form)).map(({ id, joinUrl }) => [id, joinUrl])
    }
    const made = links()
    expect(new Set(made.flat()).size).toBe(4)
    for (const [, link] of made) expect(link).toMatch(/^https:\/\/us02web\.zoom\.us\/w\/\d+\?tk=[\w-]{43}$/)
    expect(links()).toEqual(made)
  })

  it('takes dates of a recurring meeting where one registers for dates', () => {
    const each = open({ plannedStartsMs: dates }, { registeredFor: 'each' }).desk
    expect(each.register(anna, { occurrences: [start] }).occurrences).toEqual([start])
    expect(() => each.register(boris, { occurrences: dates })).toThrow('one of the dates')
    expect(() => each.register(boris)).toThrow('one of the dates')
    const chosen = open({ plannedStartsMs: dates }, { registeredFor: 'chosen' }).desk
    expect(chosen.register(anna, { occurrences: dates.slice(1) }).occurrences).toHaveLength(2)
    expect(() => chosen.register(boris, { occurrences: [start + 1] })).toThrow('that are planned')
  })

  it('is of a meeting number: it goes on after a restart and a conversion', () => {
    const { world, scenario, desk } = open()
    const next = scenario.convert()
    expect(desk.meeting).toBe(next.meeting)
    expect(world.registration(next.meeting.number)).toBe(desk)
    expect(() => world.openRegistration('123', { seed: 1 })).toThrow('no meeting 123')
  })

  it('sends whoever has a link to the meeting as the one it was made for', () => {
    const { scenario, desk } = open()
    const registrant = desk.register(anna)
    const { name, email, registrantId } = scenario.cast(guestOf(registrant, 'anna'))
    expect([name, email, registrantId]).toEqual(['Anna Novak', 'anna@example.org', registrant.id])
    const friend = guestOf(registrant, 'friend', { name: 'Somebody else' })
    expect([friend.name, friend.registrantId]).toEqual(['Somebody else', registrant.id])
  })
})

describe('what is told of registrations', () => {
  it.each([
    ['meeting', 'all'],
    ['webinar', 'all'],
    ['meeting', 'each'],
    ['webinar', 'chosen'],
  ] as const)('uses only names and types Zoom publishes: %s, for %s', (kind, registeredFor) => {
    const plannedStartsMs = registeredFor === 'all' ? [] : dates
    const { scenario, desk } = open({ kind, plannedStartsMs }, { registeredFor })
    const bodies = everything(desk).map((event) => registrationBody(scenario.meeting, event))
    expect(bodies.flatMap((body) => checkEvent(body.event, body))).toEqual([])
    expect([...new Set(bodies.map(({ event }) => event))].sort()).toEqual(
      ['approved', 'cancelled', 'created', 'denied'].map((what) => `${kind}.registration_${what}`),
    )
    for (const { payload } of bodies) expect(payload.object['id']).toBe(Number(scenario.meeting.number))
    const about = bodies.map(({ payload }) => payload.object['registrant'] as Record<string, unknown>)
    expect('tracking_source' in (about[0] ?? {})).toBe(kind === 'webinar')
    expect('participant_pin_code' in (about[0] ?? {})).toBe(kind === 'meeting')
    expect(about[0]).toMatchObject({ org: 'Cooking Org', status: 'pending' })
    expect(Object.keys(about[3] ?? {})).toEqual(['id', 'first_name', 'last_name', 'email'])
    const occurrences = bodies[0]?.payload.object['occurrences']
    expect(occurrences).toEqual(
      registeredFor === 'all'
        ? undefined
        : [{ occurrence_id: String(start), start_time: '2026-11-23T14:00:00Z' }],
    )
  })

  it('says who did it, a registrant without an id; a denied one may be nobody’s', () => {
    const { scenario, desk } = open({ kind: 'webinar' })
    const bodies = everything(desk).map((event) =>
      registrationBody(scenario.meeting, event, { deniedByNobody: true }),
    )
    expect(bodies.flatMap((body) => checkEvent(body.event, body))).toEqual([])
    const operators = bodies.map(({ event, payload }) => [
      event.split('_')[1],
      payload['operator'],
      payload['operator_id'],
    ])
    expect(operators).toEqual([
      ['created', undefined, undefined],
      ['approved', 'host@example.org', 'HOST'],
      ['denied', undefined, undefined],
      ['cancelled', 'host@example.org', 'HOST'],
      ['created', undefined, undefined],
      ['cancelled', 'boris@example.org', undefined],
    ])
  })

  it('is sent by whoever follows the desk, except what is lost', async () => {
    const { clock, desk } = open()
    const url = 'http://127.0.0.1:1/nobody'
    const sender = createWebhookSender({ url, clientId: 'c', secret: 's', clock, seed: 1 })
    let authorised = true
    const stop = sender.followRegistrations(desk, (hostId) => hostId === 'HOST' && authorised)
    sender.switches.lostRegistrations = ({ kind }) => kind === 'cancelled'
    const { id } = desk.register(anna)
    desk.cancel(id)
    authorised = false
    desk.register(boris)
    authorised = true
    desk.register(boris)
    stop()
    desk.register(anna)
    await sender.settled()
    expect(sender.attempts.map(({ event }) => event)).toEqual(
      Array<string>(2).fill('meeting.registration_created'),
    )
  })
})

describe('what becomes of a meeting number', () => {
  it.each(['meeting', 'webinar'] as const)('a %s turns into the other before it begins', (kind) => {
    for (const plannedStartsMs of [[start], dates]) {
      const { world, scenario } = open({ kind, plannedStartsMs })
      const next = scenario.convert()
      const other = kind === 'meeting' ? 'webinar' : 'meeting'
      const [body] = scenario.history.flatMap((event) => webhookBodies(scenario, event))
      expect(body?.event).toBe(`${kind}.converted_to_${other}`)
      expect(checkEvent(body?.event ?? '', body)).toEqual([])
      const { uuid, number } = next.meeting
      expect(body?.payload.object).toMatchObject({ uuid, id: Number(number) })
      expect([world.meeting(number), number]).toEqual([next, scenario.meeting.number])
      expect(uuid).not.toBe(scenario.meeting.uuid)
      next.start()
      expect(() => next.convert()).toThrow('What has begun stays what it is')
    }
  })

  it('a practice session begins like the webinar, and says at its end what it was', () => {
    const ends = [true, false].map((isPractice) => {
      const { scenario } = open({ kind: 'webinar', isPractice })
      scenario.join('host')
      scenario.end()
      const bodies = scenario.history.flatMap((event) => webhookBodies(scenario, event))
      expect(bodies.flatMap((body) => checkEvent(body.event, body))).toEqual([])
      expect(bodies[0]?.event).toBe('webinar.started')
      return bodies.at(-1)?.payload.object['practice_session']
    })
    expect(ends).toEqual([true, false])
  })
})
