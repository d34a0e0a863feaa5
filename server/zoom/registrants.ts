import * as z from 'zod/mini'
import { blankToNull, email, id, instant, text } from './payloads.ts'
import { bearer, pagesOf, type ApiOptions, type WithToken } from './paging.ts'
import { ask } from './request.ts'

export type RegistrantStanding = 'approved' | 'pending' | 'denied' | 'cancelled'

/** Somebody who registered, in our own words. Their personal link is a secret and is not read at all. */
export interface RegistrantTold {
  registrantId: string
  /** Lower case. */
  email: string | null
  name: string
  /** What they answered; `field` names one of Zoom's own questions, null one of the host's. */
  answers: { field: string | null; title: string; value: string }[]
  /** When they registered (epoch ms); null when it is not told. */
  registeredAtMs: number | null
  /** Where they came from, as the host named the source. */
  source: string | null
}

/** What is registered for: all occurrences of a meeting number, or one of them. */
export interface RegistrationSubject {
  kind: 'meeting' | 'webinar'
  number: string
  /** Null: all. */
  occurrence: string | null
}

/** How people come to a meeting number. */
export interface RegistrationRules {
  /** Whether one registers at all. */
  needed: boolean
  /** Whether for each occurrence apart. */
  perOccurrence: boolean
  occurrences: { id: string; startMs: number }[]
}

/** Whom the host invited onto the stage of a webinar. */
export interface PanelistTold {
  /** Lower case. */
  email: string | null
  name: string
}

/** Who registered, and who is on stage. Every method throws ZoomError. */
export interface Registrants {
  rules(of: Pick<RegistrationSubject, 'kind' | 'number'>, withToken: WithToken): Promise<RegistrationRules>
  /** Those of one standing, a page at a time. Whoever cancelled is in none of Zoom's lists. */
  list(
    subject: RegistrationSubject,
    standing: Exclude<RegistrantStanding, 'cancelled'>,
    withToken: WithToken,
  ): AsyncIterable<RegistrantTold[]>
  /** Of a webinar; its lists of participants say nobody's role. */
  panelists(number: string, withToken: WithToken): Promise<PanelistTold[]>
}

const operations = {
  meeting: {
    rules: 'GET /meetings/{meetingId}',
    list: 'GET /meetings/{meetingId}/registrants',
  },
  webinar: {
    rules: 'GET /webinars/{webinarId}',
    list: 'GET /webinars/{webinarId}/registrants',
  },
} as const

/** `approval_type`: 0 at once, 1 by the host, 2 nobody registers. `registration_type`: 1 once for all, 2 and 3 each. */
const RulesAnswer = z.object({
  occurrences: z.nullish(z.array(z.object({ occurrence_id: id, start_time: instant }))),
  settings: z.nullish(z.object({ approval_type: z.nullish(z.int()), registration_type: z.nullish(z.int()) })),
})

/**
 * @see https://developers.zoom.us/docs/api/meetings/#tag/meetings/GET/meetings/{meetingId}/registrants
 * @see https://developers.zoom.us/docs/api/meetings/#tag/webinars/GET/webinars/{webinarId}/registrants
 */
export function createRegistrants(options: ApiOptions): Registrants {
  return {
    async rules({ kind, number }, withToken) {
      const url = `${options.apiUrl}/${kind}s/${encodeURIComponent(number)}?show_previous_occurrences=true`
      const { settings, occurrences } = await withToken(operations[kind].rules, (accessToken) =>
        ask(options, { url, request: bearer(accessToken), repeatable: true }, RulesAnswer),
      )
      return {
        needed: settings?.approval_type === 0 || settings?.approval_type === 1,
        perOccurrence: (settings?.registration_type ?? 1) !== 1,
        occurrences: (occurrences ?? []).flatMap(({ occurrence_id, start_time: startMs }) =>
          occurrence_id === null || startMs === null ? [] : [{ id: occurrence_id, startMs }],
        ),
      }
    },

    async *list({ kind, number, occurrence }, standing, withToken) {
      const query = {
        ...{ operation: operations[kind].list, inPath: [encodeURIComponent(number)], rows: 'registrants' },
        query: { status: standing, ...(occurrence === null ? {} : { occurrence_id: occurrence }) },
      }
      for await (const { rows } of pagesOf(options, query, null, withToken))
        yield rows.flatMap((row) => registrantOf(row) ?? [])
    },

    async panelists(number, withToken) {
      const url = `${options.apiUrl}/webinars/${encodeURIComponent(number)}/panelists`
      const { panelists } = await withToken('GET /webinars/{webinarId}/panelists', (accessToken) =>
        ask(options, { url, request: bearer(accessToken), repeatable: true }, PanelistsAnswer),
      )
      return (panelists ?? []).map(({ email: address, name }) => ({
        ...{ email: address ?? null, name: name ?? '' },
      }))
    },
  }
}

const PanelistsAnswer = z.object({
  panelists: z.nullish(
    z.array(z.object({ email: z.catch(z.optional(email), null), name: z.catch(z.optional(text), null) })),
  ),
})

/** Zoom's own questions, as its answers name them. */
const fields = [
  ...['org', 'job_title', 'phone', 'industry', 'address', 'city', 'state', 'zip', 'country'],
  ...['purchasing_time_frame', 'role_in_purchase_process', 'no_of_employees', 'comments'],
] as const

const Registrant = z.object({
  id,
  email: z.catch(z.optional(email), null),
  first_name: z.catch(z.optional(text), null),
  last_name: z.catch(z.optional(text), null),
  create_time: z.catch(z.optional(instant), null),
  custom_questions: z.catch(z.nullish(z.array(z.object({ title: text, value: text }))), null),
  tracking_source: z.catch(z.nullish(z.object({ source_name: text })), null),
})

/** Reads one registrant of a list or a message; null for what names nobody. */
export function registrantOf(raw: unknown): RegistrantTold | null {
  const parsed = Registrant.safeParse(raw)
  if (!parsed.success || parsed.data.id === null) return null
  const { data } = parsed
  const said = raw as Record<string, unknown>
  const own = fields.flatMap((field) => {
    const value = said[field]
    const told = typeof value === 'string' ? blankToNull(value) : null
    return told === null ? [] : [{ field, title: field, value: told }]
  })
  const asked = (data.custom_questions ?? []).flatMap(({ title, value }) =>
    title === null || value === null ? [] : [{ field: null, title, value }],
  )
  return {
    registrantId: parsed.data.id,
    email: data.email ?? null,
    name: [data.first_name, data.last_name].filter(Boolean).join(' '),
    answers: [...own, ...asked],
    registeredAtMs: data.create_time ?? null,
    source: data.tracking_source?.source_name ?? null,
  }
}
