import * as z from 'zod/mini'
import type { Operation } from './capabilities.ts'
import { ask, type RequestOptions } from './request.ts'
import { ZoomError } from './zoom-error.ts'

/** Does one request with an access token: as whom, and when, is the caller's business. */
export type WithToken = <Answer>(
  operation: Operation,
  use: (accessToken: string) => Promise<Answer>,
) => Promise<Answer>

export interface ApiOptions extends RequestOptions {
  /** https://api.zoom.us/v2 unless the account lives in another cloud. */
  apiUrl: string
}

/** One page of a list, rows as Zoom sent them. */
export interface Page {
  rows: unknown[]
  /** How many rows all pages have together, as this page says; null when it does not. */
  declared: number | null
  /** Null after the last page. */
  nextPageToken: string | null
}

/** What is asked for: the parameters of its path in order, and the query beside the paging. */
export interface PagedQuery {
  operation: Operation
  inPath: readonly string[]
  query?: Readonly<Record<string, string>>
  /** The field of the answer that holds the rows. */
  rows: string
}

/** The most Zoom gives in one answer; heavy lists may come in smaller pages all the same. */
const PAGE_SIZE = 300
const MOST_PAGES = 10_000

/** Rows are read one by one later: a row nobody can read must not cost the page. */
const PageAnswer = z.looseObject({
  total_records: z.optional(z.nullable(z.int().check(z.nonnegative()))),
  next_page_token: z.optional(z.nullable(z.string())),
})
const Rows = z.optional(z.nullable(z.array(z.unknown())))

/**
 * The pages of a list, beginning at `pageToken`, or at the first one for null. A token Zoom no longer takes throws 400/300:
 * begin again at the first page. Bounded: the same token twice, or more than 10,000 pages, throws `pages_without_end`.
 *
 * @throws ZoomError
 */
export async function* pagesOf(
  options: ApiOptions,
  { operation, inPath, query = {}, rows }: PagedQuery,
  pageToken: string | null,
  withToken: WithToken,
): AsyncGenerator<Page> {
  const parameters = [...inPath]
  const path = pathOf(operation).replace(/\{\w+\}/g, () => parameters.shift() ?? '')
  const seen = new Set<string>()
  let token = pageToken
  for (let page = 0; page < MOST_PAGES; page++) {
    const asked = new URLSearchParams({
      page_size: String(PAGE_SIZE),
      ...query,
      ...(token === null ? {} : { next_page_token: token }),
    })
    const url = `${options.apiUrl}${path}?${asked.toString()}`
    const answer = await withToken(operation, (accessToken) =>
      ask(options, { url, request: bearer(accessToken), repeatable: true }, PageAnswer),
    )
    const told = Rows.safeParse(answer[rows])
    if (!told.success) throw new ZoomError({ path, status: 200, code: 'answer_malformed', trackingId: null })
    token = answer.next_page_token || null
    yield { rows: told.data ?? [], declared: answer.total_records ?? null, nextPageToken: token }
    if (token === null) return
    if (seen.has(token)) break
    seen.add(token)
  }
  throw new ZoomError({ path, status: 200, code: 'pages_without_end', trackingId: null })
}

/** A request that is signed with an access token. */
export const bearer = (accessToken: string): RequestInit => ({
  headers: { authorization: `Bearer ${accessToken}` },
})

const pathOf = (operation: Operation): string => operation.slice(operation.indexOf('/'))
