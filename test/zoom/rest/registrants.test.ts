import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { checkAnswer } from '../contract/check.ts'
import { guestOf } from '../registrations.ts'
import type { RegistrationDesk } from '../registrations.ts'
import { createScenario } from '../scenario.ts'
import type { MeetingWish, Scenario } from '../scenario.ts'
import { host, startPastLesson } from './past-lesson.ts'
import type { PastLesson } from './past-lesson.ts'
import { PRO_LIMITS } from './rate-limit.ts'

interface Answer {
  registrants: { id: string; email: string; first_name: string; status: string; join_url: string }[]
  total_records: number
  next_page_token: string
  settings: object
}

let past: PastLesson
beforeAll(async () => {
  past = await startPastLesson()
})
afterAll(() => past.zoom.close())
beforeEach(async () => {
  await past.reset()
  past.zoom.switches.deleted.clear()
  past.zoom.switches.noWebinarPlan = false
})

const get = async (path: string, as?: string) => {
  const { status, headers, body } = await past.get(path, as)
  return { status, headers, body: body as unknown as Answer }
}
const HOUR_MS = 3_600_000
let seeds = 100

/** Something planned for the next three days, with five who registered by themselves: e1@…, e2@… */
function open(
  kind: 'meeting' | 'webinar',
  wish: MeetingWish = {},
): { scenario: Scenario; desk: RegistrationDesk } {
  const { clock, world } = past
  const seed = (seeds += 1)
  const meeting = { topic: 'Open evening', accountId: 'ACCOUNT', kind, ...wish }
  const scenario = world.add(createScenario({ clock, seed, meeting, host }))
  const desk = world.openRegistration(scenario.meeting.number, { seed })
  for (let nth = 1; nth <= 5; nth += 1)
    desk.register({ first_name: `First ${nth}`, last_name: 'Last', email: `e${nth}@example.org` })
  return { scenario, desk }
}
const pathOf = ({ meeting }: Scenario): string => `/${meeting.kind}s/${meeting.number}`
const emails = ({ body }: { body: Answer }): string[] => body.registrants.map(({ email }) => email)

describe.each(['meeting', 'webinar'] as const)('the registrants of a %s', (kind) => {
  const operation = `GET /${kind}s/{${kind}Id}/registrants`

  it('are those approved unless another status is asked for; who cancelled is in no list', async () => {
    const { scenario, desk } = open(kind)
    const [first, second, third] = desk.registrants()
    desk.deny(first?.id ?? '')
    desk.cancel(second?.id ?? '')
    desk.approval = 'manual'
    const late = { first_name: 'Late', email: 'late@example.org', org: 'Cooking Org' }
    desk.register(late, { answers: [{ title: 'Why?', value: 'So' }] })
    const path = `${pathOf(scenario)}/registrants`
    const [approved, pending, denied] = await Promise.all(
      ['', '?status=pending', '?status=denied'].map((query) => get(path + query)),
    )
    for (const answer of [approved, pending, denied]) expect(checkAnswer(operation, answer?.body)).toEqual([])
    expect(approved && emails(approved)).toEqual(['e3@example.org', 'e4@example.org', 'e5@example.org'])
    expect(approved?.headers.get('x-ratelimit-category')).toBe('Medium')
    expect(pending?.body.registrants).toMatchObject([
      { ...late, status: 'pending', custom_questions: [{ title: 'Why?', value: 'So' }] },
    ])
    expect(denied && emails(denied)).toEqual(['e1@example.org'])
    expect(approved?.body.registrants[0]).toMatchObject({ id: third?.id, join_url: third?.joinUrl })
    expect(third?.joinUrl).toContain('?tk=')
    expect(await get(`${path}?status=cancelled`)).toMatchObject({ status: 400, body: { code: 300 } })
  })

  it('come in pages whose tokens live fifteen minutes and belong to one query, or by number', async () => {
    const { scenario } = open(kind)
    const path = `${pathOf(scenario)}/registrants`
    const first = await get(`${path}?page_size=2`)
    expect(first.body).toMatchObject({ total_records: 5, page_count: 3, page_number: 1, page_size: 2 })
    const next = `next_page_token=${encodeURIComponent(first.body.next_page_token)}`
    const second = await get(`${path}?page_size=2&${next}`)
    expect(emails(second)).toEqual(['e3@example.org', 'e4@example.org'])
    expect(emails(await get(`${path}?page_size=2&page_number=2`))).toEqual(emails(second))
    expect((await get(`${path}?page_size=2&page_number=3`)).body.next_page_token).toBe('')
    for (const query of [`page_size=3&${next}`, `page_size=2&status=denied&${next}`, 'page_size=301'])
      expect(await get(`${path}?${query}`)).toMatchObject({ status: 400, body: { code: 300 } })
    past.clock.advanceBy(15 * 60_000)
    await past.reset()
    expect(await get(`${path}?page_size=2&${next}`)).toMatchObject({ status: 400, body: { code: 300 } })
  })

  it('are of one date where one registers for dates', async () => {
    const begins = past.clock.now() + HOUR_MS
    const plannedStartsMs = [begins, begins + 24 * HOUR_MS]
    const { scenario } = open(kind, { plannedStartsMs })
    const { number } = scenario.meeting
    const desk = past.world.openRegistration(number, { seed: 1, registeredFor: 'chosen' })
    desk.register({ first_name: 'Once', email: 'once@example.org' }, { occurrences: [begins] })
    desk.register({ first_name: 'Both', email: 'both@example.org' }, { occurrences: plannedStartsMs })
    const of = async (startMs: number) =>
      emails(await get(`${pathOf(scenario)}/registrants?occurrence_id=${startMs}`))
    expect(await of(begins)).toEqual(['once@example.org', 'both@example.org'])
    expect(await of(begins + 24 * HOUR_MS)).toEqual(['both@example.org'])
  })

  it('are nobody’s business but the host’s, under a permission of their own, and go with the definition', async () => {
    const { scenario } = open(kind)
    const path = `${pathOf(scenario)}/registrants`
    const anna = await past.accessToken('ANNA')
    expect(await get(path, anna)).toMatchObject(
      kind === 'meeting'
        ? { status: 404, body: { code: 3001 } }
        : { status: 400, body: { code: 200, message: 'No permission.' } },
    )
    expect(await get(`/${kind}s/99999999999/registrants`)).toMatchObject({
      status: 404,
      body: { code: 3001 },
    })
    past.zoom.switches.deleted.add(scenario.meeting.number)
    expect(await get(path)).toMatchObject({ status: 404, body: { code: 3001 } })
    expect(await get(pathOf(scenario))).toMatchObject({ status: 404, body: { code: 3001 } })

    past.world.app.scopes = ['meeting:read:participant']
    const poor = await past.accessToken('HOST')
    delete past.world.app.scopes
    expect(await get(path, poor)).toMatchObject({ status: 400, body: { code: 4711 } })
  })

  it('can be asked for twenty times a second', async () => {
    const { scenario } = open(kind)
    past.clock.advanceBy(1_000)
    past.zoom.switches.limits = PRO_LIMITS
    const path = `${pathOf(scenario)}/registrants`
    const answers = await Promise.all(Array.from({ length: 21 }, () => get(path)))
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(1)
  })
})

describe('the definition', () => {
  it.each(['meeting', 'webinar'] as const)('of a %s says whether and how one registers', async (kind) => {
    const { scenario, desk } = open(kind)
    const operation = `GET /${kind}s/{${kind}Id}`
    const settings = async () => {
      const answer = await get(pathOf(scenario))
      expect(checkAnswer(operation, answer.body)).toEqual([])
      expect(answer.headers.get('x-ratelimit-category')).toBe('Light')
      return answer.body.settings
    }
    expect(await settings()).toEqual({ approval_type: 0, registration_type: 1 })
    desk.approval = 'manual'
    expect(await settings()).toEqual({ approval_type: 1, registration_type: 1 })
    past.world.openRegistration(scenario.meeting.number, { seed: 1, registeredFor: 'each' })
    expect(await settings()).toEqual({ approval_type: 0, registration_type: 2 })

    const meeting = { topic: 'Open door', accountId: 'ACCOUNT', kind }
    const free = past.world.add(createScenario({ clock: past.clock, seed: (seeds += 1), meeting, host }))
    const answer = await get(pathOf(free))
    expect(checkAnswer(operation, answer.body)).toEqual([])
    expect(answer.body.settings).toEqual({ approval_type: 2 })
    expect('registration_url' in answer.body).toBe(false)
    expect((await get(`${pathOf(free)}/registrants`)).body).toMatchObject({
      total_records: 0,
      registrants: [],
    })
  })

  it('of a webinar is found by UUID, too; of the other product it is refused', async () => {
    const webinar = open('webinar').scenario.meeting
    const meeting = open('meeting').scenario.meeting
    expect((await get(`/webinars/${encodeURIComponent(webinar.uuid)}`)).status).toBe(200)
    const refusals = await Promise.all(
      [
        `/meetings/${webinar.number}`,
        `/meetings/${webinar.number}/registrants`,
        `/webinars/${meeting.number}`,
        `/webinars/${meeting.number}/registrants`,
        `/webinars/${meeting.number}/panelists`,
        `/webinars/${meeting.number}/tracking_sources`,
      ].map(async (path) => {
        const { status, body } = await get(path)
        expect(checkAnswer('api error', body)).toEqual([])
        return [status, (body as unknown as { code: number }).code]
      }),
    )
    expect(refusals).toEqual([
      [400, 3000],
      [400, 300],
      [400, 300],
      [404, 3001],
      [400, 300],
      [400, 300],
    ])
  })

  it('follows a conversion to the other endpoints', async () => {
    const { scenario } = open('meeting')
    const next = scenario.convert()
    expect(await get(`${pathOf(scenario)}/registrants`)).toMatchObject({ status: 400, body: { code: 300 } })
    expect((await get(`${pathOf(next)}/registrants`)).body.total_records).toBe(5)
  })

  it('needs a plan for webinars', async () => {
    const { scenario } = open('webinar')
    past.zoom.switches.noWebinarPlan = true
    for (const what of ['', '/registrants', '/panelists', '/tracking_sources'])
      expect(await get(pathOf(scenario) + what)).toMatchObject({ status: 400, body: { code: 200 } })
  })
})

describe('beside the registrants of a webinar', () => {
  it('are its panelists, with or without an address', async () => {
    const panelists = [
      { key: 'vera', name: 'Vera Pane', email: 'vera@example.org' },
      { key: 'guest', name: 'Guest Speaker' },
    ]
    const { scenario } = open('webinar', { panelists })
    const { body, headers } = await get(`${pathOf(scenario)}/panelists`)
    expect(checkAnswer('GET /webinars/{webinarId}/panelists', body)).toEqual([])
    expect(headers.get('x-ratelimit-category')).toBe('Medium')
    expect(body).toMatchObject({
      total_records: 2,
      panelists: [
        { name: 'Vera Pane', email: 'vera@example.org' },
        { name: 'Guest Speaker', email: '' },
      ],
    })
  })

  it('are the places where it was made known, and who came from where', async () => {
    const { scenario, desk } = open('webinar')
    const letter = desk.share('newsletter')
    desk.share('nowhere')
    const reader = desk.register({ first_name: 'Reader', email: 'reader@example.org' }, { source: letter })
    const { body } = await get(`${pathOf(scenario)}/tracking_sources`)
    expect(checkAnswer('GET /webinars/{webinarId}/tracking_sources', body)).toEqual([])
    expect(body).toMatchObject({
      total_records: 6,
      tracking_sources: [
        { id: letter.id, source_name: 'newsletter', registration_count: 1 },
        { source_name: 'nowhere', registration_count: 0 },
      ],
    })
    const from = await get(`${pathOf(scenario)}/registrants?tracking_source_id=${letter.id}`)
    expect(from.body.registrants.map(({ id }) => id)).toEqual([reader.id])
  })
})

describe('the absentees of a webinar', () => {
  const operation = 'GET /past_webinars/{webinarId}/absentees'

  function play() {
    const { scenario, desk } = open('webinar', { uuid: '/ab//dEFGHIJKLMNOPQRSTw==' })
    const [first, second, third] = desk.registrants()
    if (!first || !second || !third) throw new Error('Nobody registered')
    scenario.join('host')
    scenario.join(scenario.cast(guestOf(first, 'first')).key)
    // Only somebody else came by this link, but Zoom cannot know.
    scenario.join(scenario.cast(guestOf(second, 'friend', { name: 'A friend' })).key)
    desk.cancel(third.id)
    past.clock.advanceBy(HOUR_MS)
    return { scenario, desk }
  }

  it('are those approved by whose link nobody came', async () => {
    const { scenario, desk } = play()
    const { uuid, number } = scenario.meeting
    const path = `/past_webinars/${past.byRule(uuid)}/absentees`
    await past.reset()
    expect(await get(path)).toMatchObject({ status: 404, body: { code: 3001 } })
    scenario.end()
    const { body, headers } = await get(path)
    expect(checkAnswer(operation, body)).toEqual([])
    expect(headers.get('x-ratelimit-category')).toBe('Heavy')
    expect(emails({ body })).toEqual(['e4@example.org', 'e5@example.org'])
    expect((await get(`/past_webinars/${number}/absentees?page_size=1`)).body).toMatchObject({
      page_count: 2,
    })

    const fourth = desk.registrants()[2]
    desk.cancel(fourth?.id ?? '')
    expect(emails(await get(path))).toEqual(['e5@example.org'])
    expect(await get(`${path}?occurrence_id=1`)).toMatchObject({ status: 400, body: { code: 300 } })
    const anna = await past.accessToken('ANNA')
    expect(await get(path, anna)).toMatchObject({ status: 400, body: { code: 200 } })

    past.zoom.switches.deleted.add(number)
    expect(await get(path)).toMatchObject({ status: 404, body: { code: 3001 } })
    expect((await get(`/past_webinars/${past.byRule(uuid)}/participants`)).status).toBe(200)
    past.world.scenarios.splice(past.world.scenarios.indexOf(scenario), 1)
  })

  it('are told as late as the list of participants, and never of a webinar that needs no registration', async () => {
    const { scenario } = play()
    scenario.end()
    const path = `/past_webinars/${scenario.meeting.number}/absentees`
    past.zoom.reports(scenario.meeting.uuid).readyAfterMs = HOUR_MS
    await past.reset()
    expect(await get(path)).toMatchObject({ status: 404, body: { code: 3001 } })

    const meeting = { topic: 'Open door', accountId: 'ACCOUNT', kind: 'webinar' as const }
    const free = past.world.add(createScenario({ clock: past.clock, seed: (seeds += 1), meeting, host }))
    free.join('host')
    free.end()
    const refused = await get(`/past_webinars/${free.meeting.number}/absentees`)
    expect(refused).toMatchObject({ status: 400, body: { code: 3000 } })
    expect(checkAnswer('api error', refused.body)).toEqual([])
  })
})
