/**
 * Derives `facts.json` from Zoom's published API descriptions: the names, types and required flags of the events and
 * operations we use, without a word of their prose.
 *
 *     npx tsx test/zoom/contract/derive.ts FOLDER > test/zoom/contract/facts.json
 *
 * FOLDER holds `meetings.webhooks.json`, `marketplace.webhooks.json`, `meetings.methods.json`,
 * `marketplace.methods.json`, `users.methods.trimmed.json` as published at
 * https://developers.zoom.us/api-hub/<domain>/methods/endpoints.json and …/events/webhooks.json, and
 * `derived.plumbing.schema.json`, a hand-written schema of what those files leave out (tokens, errors, the URL challenge).
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { format, resolveConfig } from 'prettier'
import type { Facts, Shape } from './check.ts'

const eventsOf: Record<string, string[]> = {
  'meetings.webhooks.json': [
    'meeting.started',
    'meeting.ended',
    'meeting.participant_joined',
    'meeting.participant_left',
    'meeting.participant_joined_waiting_room',
    'meeting.participant_left_waiting_room',
    'meeting.participant_put_in_waiting_room',
    'meeting.participant_admitted',
    'meeting.participant_joined_breakout_room',
    'meeting.participant_left_breakout_room',
    'meeting.participant_role_changed',
    'meeting.participant_bind',
    'meeting.participant_jbh_waiting',
    'meeting.participant_jbh_waiting_left',
    'meeting.participant_jbh_joined',
    'meeting.registration_created',
    'meeting.registration_approved',
    'meeting.registration_denied',
    'meeting.registration_cancelled',
    'meeting.converted_to_webinar',
    'webinar.started',
    'webinar.ended',
    'webinar.participant_joined',
    'webinar.participant_left',
    'webinar.participant_role_changed',
    'webinar.participant_bind',
    'webinar.registration_created',
    'webinar.registration_approved',
    'webinar.registration_denied',
    'webinar.registration_cancelled',
    'webinar.converted_to_meeting',
  ],
  'marketplace.webhooks.json': ['app_deauthorized'],
}

/**
 * `required`: answer fields our reading relies on. Zoom's answer schemas name hardly any field as required, so a plain
 * check would pass an empty object. `requiredInside`: the same for an object in the answer, or the items of a list in it;
 * `depth`: how far an answer is described, where we read more than its top.
 */
interface DescribedOperation {
  name: string
  file: string
  path: string
  method: string
  required: string[]
  requiredInside?: Record<string, string[]>
  depth?: number
}
const reportRowRequired = ['name', 'user_id', 'user_email', 'join_time', 'leave_time', 'duration', 'status']
const listRequired = ['page_size', 'total_records', 'next_page_token', 'participants']
const rowRequired = ['id', 'name', 'user_id', 'user_email', 'join_time', 'leave_time', 'duration', 'status']
const registrantsRequired = ['page_size', 'total_records', 'next_page_token', 'registrants']
const registrantRequired = ['id', 'email', 'first_name', 'status', 'create_time', 'join_url']
const operations: DescribedOperation[] = [
  {
    name: 'GET /users/me',
    file: 'users.methods.trimmed.json',
    path: '/users/{userId}',
    method: 'get',
    required: ['id', 'account_id'],
  },
  {
    name: 'POST /zoomapp/deeplink',
    file: 'marketplace.methods.json',
    path: '/zoomapp/deeplink',
    method: 'post',
    required: ['deeplink'],
  },
  {
    name: 'GET /meetings/{meetingId}',
    file: 'meetings.methods.json',
    path: '/meetings/{meetingId}',
    method: 'get',
    required: ['id', 'uuid', 'topic', 'settings'],
    requiredInside: { settings: ['approval_type'] },
    depth: 2,
  },
  {
    name: 'GET /webinars/{webinarId}',
    file: 'meetings.methods.json',
    path: '/webinars/{webinarId}',
    method: 'get',
    required: ['id', 'uuid', 'topic', 'settings'],
    requiredInside: { settings: ['approval_type'] },
    depth: 2,
  },
  {
    name: 'GET /meetings/{meetingId}/registrants',
    file: 'meetings.methods.json',
    path: '/meetings/{meetingId}/registrants',
    method: 'get',
    required: registrantsRequired,
    requiredInside: { registrants: registrantRequired },
    depth: 3,
  },
  {
    name: 'GET /webinars/{webinarId}/registrants',
    file: 'meetings.methods.json',
    path: '/webinars/{webinarId}/registrants',
    method: 'get',
    required: registrantsRequired,
    requiredInside: { registrants: registrantRequired },
    depth: 3,
  },
  {
    name: 'GET /webinars/{webinarId}/panelists',
    file: 'meetings.methods.json',
    path: '/webinars/{webinarId}/panelists',
    method: 'get',
    required: ['panelists'],
    requiredInside: { panelists: ['id', 'email', 'name', 'join_url'] },
    depth: 2,
  },
  {
    name: 'GET /webinars/{webinarId}/tracking_sources',
    file: 'meetings.methods.json',
    path: '/webinars/{webinarId}/tracking_sources',
    method: 'get',
    required: ['tracking_sources'],
    requiredInside: { tracking_sources: ['id', 'source_name', 'tracking_url', 'registration_count'] },
    depth: 2,
  },
  {
    name: 'GET /past_webinars/{webinarId}/absentees',
    file: 'meetings.methods.json',
    path: '/past_webinars/{webinarId}/absentees',
    method: 'get',
    required: registrantsRequired,
    requiredInside: { registrants: registrantRequired },
    depth: 3,
  },
  {
    name: 'GET /past_meetings/{meetingId}',
    file: 'meetings.methods.json',
    path: '/past_meetings/{meetingId}',
    method: 'get',
    required: ['id', 'uuid', 'start_time', 'end_time', 'host_id', 'participants_count'],
  },
  {
    name: 'GET /past_meetings/{meetingId}/participants',
    file: 'meetings.methods.json',
    path: '/past_meetings/{meetingId}/participants',
    method: 'get',
    required: listRequired,
    requiredInside: { participants: rowRequired },
    depth: 2,
  },
  {
    name: 'GET /past_webinars/{webinarId}/participants',
    file: 'meetings.methods.json',
    path: '/past_webinars/{webinarId}/participants',
    method: 'get',
    required: listRequired,
    requiredInside: { participants: rowRequired },
    depth: 2,
  },
  {
    name: 'GET /report/meetings/{meetingId}/participants',
    file: 'meetings.methods.json',
    path: '/report/meetings/{meetingId}/participants',
    method: 'get',
    required: listRequired,
    requiredInside: { participants: reportRowRequired },
    depth: 2,
  },
  {
    name: 'GET /report/webinars/{webinarId}/participants',
    file: 'meetings.methods.json',
    path: '/report/webinars/{webinarId}/participants',
    method: 'get',
    required: listRequired,
    requiredInside: { participants: reportRowRequired },
    depth: 2,
  },
]

const plumbing: Record<string, string> = {
  'POST /oauth/token': 'tokenResponse',
  'POST /oauth/revoke': 'revokeResponse',
  'oauth error': 'tokenError',
  'api error': 'apiError',
}

interface Schema {
  type?: string
  properties?: Record<string, Schema>
  required?: string[]
  items?: Schema
  allOf?: Schema[]
  oneOf?: Schema[]
  anyOf?: Schema[]
  $ref?: string
  const?: unknown
}
interface Operation {
  description?: string
  security?: Record<string, string[]>[]
  requestBody?: { description?: string; content: Record<string, { schema: Schema }> }
  responses: Record<string, { content?: Record<string, { schema: Schema }> }>
}

/** Answers deeper than this are taken as they come, unless the operation says otherwise: we read only their top. */
const answerDepth = 1

const partsOf = (schema: Schema): Schema[] => schema.allOf?.flatMap(partsOf) ?? [schema]

function shapeOf(schema: Schema | undefined, depth: number): Shape {
  if (!schema || schema.$ref || schema.oneOf || schema.anyOf) return { type: 'any' }
  const parts = partsOf(schema)
  const properties = Object.assign({}, ...parts.map((part) => part.properties ?? {})) as Record<
    string,
    Schema
  >
  const required = parts.flatMap((part) => part.required ?? [])
  const type = schema.type ?? (Object.keys(properties).length > 0 ? 'object' : undefined)
  if (type === 'object' && depth > 0 && Object.keys(properties).length > 0) {
    const fields = Object.fromEntries(
      Object.keys(properties).map((name) => [name, shapeOf(properties[name], depth - 1)]),
    )
    return { type, fields, required: [...new Set(required)] }
  }
  if (type === 'array' && schema.items) return { type, items: shapeOf(schema.items, depth) }
  return { type: (type ?? (typeof schema.const === 'string' ? 'string' : 'any')) as Shape['type'] }
}

/** The one event whose schema requires nothing at all; without these it says nothing. */
function requireDeauthorizedUser(shape: Shape): void {
  shape.required = ['event', 'payload']
  if (shape.fields?.payload) shape.fields.payload.required = ['user_id']
}

/** How fast the operation may be called; null where nothing is said. */
function labelIn(text: string): string | null {
  const [, label] = /Rate Limit Label[^`]*`([A-Z-]+)`/.exec(text) ?? []
  return label?.toLowerCase().replace('-', '_') ?? null
}

const scopesIn = (text: string): string[] =>
  [...text.matchAll(/Scopes\]\([^)]*\):\*\*([^\n]*)/g)].flatMap((line) =>
    [...(line[1] ?? '').matchAll(/`([^`]+)`/g)].map((scope) => scope[1] ?? ''),
  )

function derive(folder: string): Facts {
  const read = (file: string): Record<string, unknown> =>
    JSON.parse(readFileSync(join(folder, file), 'utf8')) as Record<string, unknown>
  const facts: Facts = { events: {}, operations: {} }

  for (const [file, names] of Object.entries(eventsOf)) {
    const published = read(file).webhooks as Record<string, { post: Operation }>
    for (const name of names) {
      const body = published[name]?.post.requestBody
      if (!body) throw new Error(`${file} describes no event ${name}`)
      const shape = shapeOf(body.content['application/json']?.schema, Infinity)
      if (name === 'app_deauthorized') requireDeauthorizedUser(shape)
      facts.events[name] = { scopes: scopesIn(body.description ?? ''), body: shape }
    }
  }
  for (const { name, file, path, method, required, requiredInside, depth = answerDepth } of operations) {
    const operation = (read(file).paths as Record<string, Record<string, Operation>>)[path]?.[method]
    if (!operation) throw new Error(`${file} describes no ${name}`)
    const answer = shapeOf(operation.responses['200']?.content?.['application/json']?.schema, depth)
    for (const [field, names] of Object.entries(requiredInside ?? {})) {
      const inside = answer.fields?.[field]?.items ?? answer.fields?.[field]
      if (!inside?.fields) throw new Error(`${name} describes no inside of "${field}"`)
      inside.required = names
    }
    const request = operation.requestBody?.content['application/json']?.schema
    facts.operations[name] = {
      scopes: operation.security?.flatMap((way) => way.openapi_oauth ?? []) ?? [],
      label: labelIn(operation.description ?? ''),
      ...(request && { request: shapeOf(request, answerDepth) }),
      answer: { ...answer, required: [...new Set([...(answer.required ?? []), ...required])] },
    }
  }
  const schemas = read('derived.plumbing.schema.json').$defs as Record<string, Schema>
  facts.events['endpoint.url_validation'] = {
    scopes: [],
    body: shapeOf(schemas.urlValidationRequest, Infinity),
  }
  for (const [name, definition] of Object.entries(plumbing)) {
    facts.operations[name] = { scopes: [], label: null, answer: shapeOf(schemas[definition], Infinity) }
  }
  return facts
}

const folder = process.argv[2]
if (!folder) {
  console.error(
    'Say which folder holds the published descriptions: npx tsx test/zoom/contract/derive.ts FOLDER',
  )
  process.exit(64)
}
const here = fileURLToPath(new URL('facts.json', import.meta.url))
process.stdout.write(
  await format(JSON.stringify(derive(folder)), { ...(await resolveConfig(here)), filepath: here }),
)
