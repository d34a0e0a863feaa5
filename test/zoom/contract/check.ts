/**
 * Holds a body to what Zoom publishes about it. Used by the simulated Zoom (it must invent nothing) and by our reading.
 *
 *     checkEvent(name, body): string[]              a webhook body, parsed
 *     checkAnswer(operation, body): string[]        an answer, e.g. 'GET /users/me', 'POST /oauth/token', 'api error'
 *     checkRequest(operation, body): string[]       what is sent to an operation, e.g. 'POST /zoomapp/deeplink'
 *     knownEvents: string[]                         which events can be checked
 *
 * Each returns the list of violations as sentences, [] when there is none: unknown names, wrong types, missing required
 * fields. Tolerant exactly where Zoom contradicts itself or was measured to send more than it publishes (see below).
 * An event or operation without facts is itself a violation. `facts.json` is made by `derive.ts`.
 */
import published from './facts.json' with { type: 'json' }

export interface Shape {
  type: 'string' | 'integer' | 'number' | 'boolean' | 'object' | 'array' | 'any'
  /** Absent: nothing is said about the inside. */
  fields?: Record<string, Shape>
  required?: string[]
  items?: Shape
}
export interface Facts {
  events: Record<string, { scopes: string[]; body: Shape }>
  /** `label`: how fast it may be called; null where nothing is published. */
  operations: Record<string, { scopes: string[]; label: string | null; request?: Shape; answer: Shape }>
}

export const facts = published as unknown as Facts
export const knownEvents = Object.keys(facts.events)

interface Tolerance {
  /** Paths that may occur although the schema does not name them, with their type. */
  extra: Record<string, Shape['type']>
  /** Required path → the path that may stand in for it, or null when it may simply be absent. */
  instead: Record<string, string | null>
  /** Paths that come in another type as well. */
  alsoType: Record<string, Shape['type']>
}

const participant = 'payload.object.participant'

/** Undocumented, yet seen in captured deliveries (addresses), or announced after the files were published (`custom_keys`). */
const everyEvent: Tolerance = {
  extra: {
    [`${participant}.public_ip`]: 'string',
    [`${participant}.private_ip`]: 'string',
    'payload.object.custom_keys': 'array',
  },
  instead: {},
  // A string in most events, an integer in some: readers must take both.
  alsoType: { 'payload.object.id': 'integer' },
}

/** Where Zoom's own sample of an event does not pass Zoom's own schema of it, or a real delivery lacked a required field. */
const perEvent: Record<string, Partial<Tolerance>> = {
  'meeting.participant_joined': timeAs('join_time'),
  'meeting.participant_joined_breakout_room': timeAs('join_time'),
  'meeting.participant_left': timeAs('leave_time'),
  'meeting.participant_left_breakout_room': timeAs('leave_time'),
  'webinar.participant_bind': timeAs('join_time'),
  'meeting.participant_bind': { extra: { [`${participant}.join_time`]: 'string' } },
  'meeting.participant_admitted': {
    extra: { 'payload.operator': 'string', 'payload.operator_id': 'string', 'payload.operation': 'string' },
  },
  'meeting.participant_role_changed': { instead: { [`${participant}.registrant_id`]: null } },
  'webinar.participant_role_changed': {
    extra: { [`${participant}.customer_key`]: 'string' },
    instead: { [`${participant}.registrant_id`]: null },
  },
  'webinar.registration_denied': { instead: { 'payload.operator': null, 'payload.operator_id': null } },
  'meeting.participant_jbh_waiting': { extra: { [`${participant}.registrant_id`]: 'string' } },
  app_deauthorized: { extra: { event_ts: 'integer' }, alsoType: { 'payload.event_ts': 'string' } },
}

/** The schema requires this time, the sample beside it has `date_time` instead. */
function timeAs(field: string): Partial<Tolerance> {
  return {
    extra: { [`${participant}.date_time`]: 'string' },
    instead: { [`${participant}.${field}`]: `${participant}.date_time` },
  }
}

const none: Tolerance = { extra: {}, instead: {}, alsoType: {} }

export function checkEvent(name: string, body: unknown): string[] {
  const fact = facts.events[name]
  if (!fact) return [`${name} is no event we have facts about`]
  const own = perEvent[name] ?? {}
  const tolerance: Tolerance = {
    extra: { ...everyEvent.extra, ...own.extra },
    instead: { ...everyEvent.instead, ...own.instead },
    alsoType: { ...everyEvent.alsoType, ...own.alsoType },
  }
  const told = (body as { event?: unknown } | null)?.event
  const misnamed = told === name ? [] : [`event is ${JSON.stringify(told)} instead of "${name}"`]
  return [...misnamed, ...violations({ shape: fact.body, value: body, path: '', root: body, tolerance })]
}

export function checkAnswer(operation: string, body: unknown): string[] {
  const fact = facts.operations[operation]
  if (!fact) return [`${operation} is no operation we have facts about`]
  return violations({ shape: fact.answer, value: body, path: '', root: body, tolerance: none })
}

export function checkRequest(operation: string, body: unknown): string[] {
  const shape = facts.operations[operation]?.request
  if (!shape) return [`${operation} takes no body we have facts about`]
  return violations({ shape, value: body, path: '', root: body, tolerance: none })
}

interface Place {
  shape: Shape
  value: unknown
  path: string
  root: unknown
  tolerance: Tolerance
}

function violations({ shape, value, path, root, tolerance }: Place): string[] {
  if (!hasType(value, shape.type) && !hasType(value, tolerance.alsoType[path])) {
    return [`${path || 'the body'} is ${typeName(value)} instead of ${shape.type}`]
  }
  if (shape.type === 'array' && shape.items && Array.isArray(value)) {
    const items = shape.items
    return value.flatMap((item, index) =>
      violations({ shape: items, value: item, path: `${path}[${index}]`, root, tolerance }),
    )
  }
  if (shape.type !== 'object' || !shape.fields) return []
  const { fields } = shape
  const record = value as Record<string, unknown>
  const under = (name: string): string => (path ? `${path}.${name}` : name)

  const missing = (shape.required ?? [])
    .filter((name) => record[name] === undefined && !replaced(under(name), root, tolerance))
    .map((name) => `${under(name)} is missing`)
  const inside = Object.entries(record).flatMap(([name, inner]) => {
    if (inner === undefined) return []
    const known = fields[name] ?? extraShape(tolerance.extra[under(name)])
    if (!known) return [`${under(name)} is a name Zoom does not use here`]
    return violations({ shape: known, value: inner, path: under(name), root, tolerance })
  })
  return [...missing, ...inside]
}

const extraShape = (type: Shape['type'] | undefined): Shape | undefined => type && { type }

function replaced(path: string, root: unknown, { instead }: Tolerance): boolean {
  if (!(path in instead)) return false
  const other = instead[path]
  return typeof other !== 'string' || at(root, other) !== undefined
}

const at = (root: unknown, path: string): unknown =>
  path
    .split('.')
    .reduce<unknown>((value, name) => (value as Record<string, unknown> | undefined)?.[name], root)

function hasType(value: unknown, type: Shape['type'] | undefined): boolean {
  if (type === undefined) return false
  if (type === 'any') return true
  if (type === 'array') return Array.isArray(value)
  if (type === 'object') return typeof value === 'object' && value !== null && !Array.isArray(value)
  if (type === 'integer') return Number.isInteger(value)
  return typeof value === type
}

const typeName = (value: unknown): string =>
  value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value
