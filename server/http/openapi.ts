import * as z from 'zod/mini'
import { Problem, type ProblemCode } from '../../shared/wire/index.ts'
import type { Access, Route } from './route.ts'

/** Who may call, in a sentence for the reader of the description. */
const access: Record<Access['who'], string> = {
  anyone: 'Everybody may call this.',
  zoom: 'Only Zoom may call this: the raw body is signed (x-zm-signature, x-zm-request-timestamp).',
  context: 'Whoever shows a valid Zoom app context may call this.',
  link: 'Whoever holds the one-time link may call this.',
  session: 'Any session of a member.',
  gathering: 'Needs a session (Bearer) that may read this gathering.',
}

/** The API description (OpenAPI 3.1), generated from the route table and the schemas that check the bodies. */
export function describeApi(routes: readonly Route[], version: string): object {
  const paths: Record<string, Record<string, object>> = {}
  for (const route of routes) {
    const path = route.path.replaceAll(/:(\w+)/g, '{$1}')
    paths[path] = { ...paths[path], [route.method]: operation(route) }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Rollbook',
      version,
      description:
        'Attendance for Zoom. Times are ISO 8601 UTC, durations whole seconds. Errors are application/problem+json (RFC 9457) with a stable `code`.',
    },
    paths,
    components: {
      securitySchemes: { session: { type: 'http', scheme: 'bearer' } },
      schemas: { Problem: schemaOf(Problem) },
    },
  }
}

function operation(route: Route): object {
  const inPath = [...route.path.matchAll(/:(\w+)/g)].map((match) => ({
    name: match[1],
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }))
  const inQuery = Object.entries(route.query ?? {}).map(([name, description]) => ({
    name,
    in: 'query',
    description,
    schema: { type: 'string' },
  }))
  const inHeader = Object.entries(route.headers ?? {}).map(([name, description]) => ({
    name,
    in: 'header',
    required: true,
    description,
    schema: { type: 'string' },
  }))
  const parameters = [...inPath, ...inQuery, ...inHeader]
  const problem = (code: ProblemCode) => ({
    description: code,
    content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
  })
  return {
    summary: route.summary,
    description: access[route.access.who],
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(route.access.who === 'gathering' || route.access.who === 'session'
      ? { security: [{ session: [] }] }
      : {}),
    ...(route.bytes === true
      ? { requestBody: { required: true, content: { 'application/octet-stream': { schema: {} } } } }
      : {}),
    ...(route.body === undefined
      ? {}
      : {
          requestBody: { required: true, content: { 'application/json': { schema: schemaOf(route.body) } } },
        }),
    responses: {
      '2XX': {
        description: 'Done',
        ...(route.answer === undefined
          ? {}
          : { content: { 'application/json': { schema: schemaOf(route.answer) } } }),
      },
      default: problem('unexpected'),
    },
  }
}

function schemaOf(schema: z.ZodMiniType): object {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema)
  return rest
}
