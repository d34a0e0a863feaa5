import { describe, expect, it } from 'vitest'
import { DeeplinkAnswer, ErrorAnswer, TokenAnswer, UserAnswer } from '../../../server/zoom/answers.ts'
import { readDelivery, translateDelivery } from '../../../server/zoom/index.ts'
import { Participant } from '../../../server/zoom/payloads.ts'
import { checkAnswer, checkEvent, facts, knownEvents, type Shape } from '../../zoom/contract/check.ts'
import { bytes, fixture, fixtureNames } from './fixture.ts'

const understoodEvents = knownEvents.filter(
  (event) => readDelivery(bytes(JSON.stringify({ event, payload: {} }))).kind === 'delivery',
)

const parsed = (name: string) => JSON.parse(fixture(name).rawBody) as { event: string; payload: Published }
interface Published {
  [name: string]: unknown
  object: { [name: string]: unknown; participant: Record<string, unknown> }
}

/** A body with exactly the fields a schema requires, or with all it knows, each with a value of its type. */
function bodyOf(shape: Shape, which: 'required' | 'all'): unknown {
  switch (shape.type) {
    case 'object': {
      const names = Object.keys(shape.fields ?? {}).filter(
        (name) => which === 'all' || shape.required?.includes(name),
      )
      return Object.fromEntries(
        names.map((name) => [name, valueOf(name, shape.fields?.[name] ?? { type: 'any' }, which)]),
      )
    }
    case 'array':
      return []
    case 'integer':
    case 'number':
      return 1_789_372_804_000
    case 'boolean':
      return false
    case 'string':
    case 'any':
      return 'text'
  }
}

function valueOf(name: string, shape: Shape, which: 'required' | 'all'): unknown {
  if (shape.type === 'string' && /_time$/.test(name)) return '2026-09-14T08:00:04Z'
  if (shape.type === 'string' && /deeplink/.test(name)) return 'https://zoom.us/launch/chatapp/x'
  return bodyOf(shape, which)
}

function bodyOfEvent(event: string, which: 'required' | 'all'): string {
  const shape = facts.events[event]?.body ?? { type: 'any' as const }
  return JSON.stringify({ ...(bodyOf(shape, which) as object), event })
}

describe('our fixtures', () => {
  const published = fixtureNames.filter((name) => name !== 'event-of-tomorrow')
  it.each(published)('%s holds nothing Zoom does not send', (name) => {
    expect(checkEvent(parsed(name).event, parsed(name))).toEqual([])
  })

  it('cover every event we understand that differs in kind', () => {
    const covered = new Set(fixtureNames.map((name) => parsed(name).event.replace(/^webinar/, 'meeting')))
    expect(
      understoodEvents
        .map((event) => event.replace(/^webinar/, 'meeting'))
        .filter((event) => !covered.has(event)),
    ).toEqual([])
  })
})

describe('our reading of deliveries', () => {
  it.each(understoodEvents.flatMap((event) => [[event, 'required'] as const, [event, 'all'] as const]))(
    'takes %s with %s fields',
    (event, which) => {
      const body = bytes(bodyOfEvent(event, which))
      expect(readDelivery(body)).toMatchObject({ kind: 'delivery', event })
      expect(translateDelivery({ dedupeKey: 'k', body }).kind).not.toBe('ignored')
    },
  )

  it('looks for no participant field under a name Zoom never uses', () => {
    const published = new Set(
      knownEvents.flatMap((event) =>
        Object.keys(
          facts.events[event]?.body.fields?.payload?.fields?.object?.fields?.participant?.fields ?? {},
        ),
      ),
    )
    expect(Object.keys(Participant.shape).filter((name) => !published.has(name))).toEqual([])
  })
})

describe('our reading of answers', () => {
  it.each([
    ['POST /oauth/token', TokenAnswer, { refresh_token: 'refresh' }],
    ['GET /users/me', UserAnswer, {}],
    ['POST /zoomapp/deeplink', DeeplinkAnswer, {}],
    ['api error', ErrorAnswer, {}],
    ['oauth error', ErrorAnswer, {}],
  ])('takes what Zoom promises for %s', (operation, schema, more) => {
    const body = {
      ...(bodyOf(facts.operations[operation]?.answer ?? { type: 'any' }, 'required') as object),
      ...more,
    }
    expect(checkAnswer(operation, body)).toEqual([])
    expect(schema.safeParse(body).success).toBe(true)
  })
})

describe('the check itself', () => {
  const joined = () => parsed('joined-host')

  it('names what is missing, of another type, or invented', () => {
    const body = joined()
    body.payload.object.uuid = undefined
    body.payload.object.duration = '45'
    body.payload.object.participant.shoe_size = 43
    expect(checkEvent('meeting.participant_joined', body)).toEqual([
      'payload.object.uuid is missing',
      'payload.object.duration is string instead of integer',
      'payload.object.participant.shoe_size is a name Zoom does not use here',
    ])
  })

  it('refuses a body under another event’s name, an unknown event and an unknown operation', () => {
    expect(checkEvent('meeting.started', { ...parsed('meeting-started'), event: 'meeting.begun' })).toEqual([
      'event is "meeting.begun" instead of "meeting.started"',
    ])
    expect(checkEvent('meeting.participant_waved', {})).toHaveLength(1)
    expect(checkAnswer('GET /nothing', {})).toHaveLength(1)
    expect(checkEvent('meeting.started', null)).not.toEqual([])
  })

  it('lets date_time stand in for join_time, but not for nothing', () => {
    const body = joined()
    body.payload.object.participant.join_time = undefined
    expect(checkEvent('meeting.participant_joined', body)).toEqual([
      'payload.object.participant.join_time is missing',
    ])
    body.payload.object.participant.date_time = '2026-09-14T08:00:04Z'
    expect(checkEvent('meeting.participant_joined', body)).toEqual([])
  })

  it('holds an empty answer to what we rely on, although Zoom’s schema requires nothing', () => {
    expect(checkAnswer('POST /zoomapp/deeplink', {})).toEqual(['deeplink is missing'])
    expect(checkAnswer('GET /users/me', { type: 1, id: 'x' })).toEqual(['account_id is missing'])
  })
})
