import type * as z from 'zod/mini'
import { RollbookError } from '../errors.ts'

/** Reads a request body by its schema. @throws RollbookError bad_request naming every field that is wrong */
export function parseBody<S extends z.ZodMiniType>(schema: S, body: unknown): z.infer<S> {
  const result = schema.safeParse(body)
  if (result.success) return result.data
  const fields = result.error.issues.map((issue) => ({ path: issue.path.join('.'), message: issue.message }))
  throw new RollbookError('bad_request', 'The body does not have the expected shape; see `errors`.', {
    fields,
  })
}

/** @throws RollbookError bad_request naming the field at `path`, unless it is an IANA time zone this computer knows */
export function requireZone(zone: string, path: string): void {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone })
  } catch {
    throw new RollbookError(
      'bad_request',
      `"${zone.slice(0, 40)}" is not a time zone. Use an IANA name such as Asia/Yekaterinburg.`,
      { fields: [{ path, message: 'not an IANA time zone' }] },
    )
  }
}
