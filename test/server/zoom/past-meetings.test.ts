import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import {
  createPastMeetings,
  inPath,
  readReportRow,
  ZoomError,
  type Page,
  type WithToken,
} from '../../../server/zoom/index.ts'
import { parseRetryAfter } from '../../../server/zoom/retry-after.ts'

const NOW = Date.UTC(2026, 10, 23, 14, 0)
let server: Server | undefined
afterEach(() => {
  server?.closeAllConnections()
  server?.close()
})

/** Zoom as far as these tests need it. Nothing listens when `answer` is null. */
async function zoom(answer: RequestListener | null, timeoutMs = 2000) {
  const urls: string[] = []
  const outcomes: string[] = []
  server = createServer((req, res) => {
    urls.push(req.url ?? '')
    answer?.(req, res)
  })
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve))
  const apiUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v2`
  const past = createPastMeetings({
    ...{ apiUrl, clock: () => NOW, timeoutMs, log: { warn: () => undefined } },
    onOutcome: (outcome) => outcomes.push(outcome),
  })
  return { past, urls, outcomes }
}
const withToken: WithToken = (_operation, use) => use('token')
const json = (body: unknown, status = 200, headers: Record<string, string> = {}): RequestListener => {
  return (_req, res) =>
    void res.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body))
}
async function all(pages: AsyncIterable<Page>): Promise<Page[]> {
  const read: Page[] = []
  for await (const page of pages) read.push(page)
  return read
}
const failure = (work: Promise<unknown>): Promise<ZoomError> =>
  work.then(
    () => Promise.reject(new Error('nothing was thrown')),
    (error: unknown) => {
      expect(error).toBeInstanceOf(ZoomError)
      return error as ZoomError
    },
  )

const subject = { kind: 'meeting', uuid: 'u', source: 'past' } as const

describe('a UUID in a path', () => {
  it.each([
    ['4444AAAiAAAAAiAiAiiAii==', '4444AAAiAAAAAiAiAiiAii%3D%3D'],
    ['a/b+c==', 'a%2Fb%2Bc%3D%3D'],
    ['/abc==', '%252Fabc%253D%253D'],
    ['ab//c==', 'ab%252F%252Fc%253D%253D'],
  ])('%s is encoded by Zoom’s rule', (uuid, path) => {
    expect(inPath(uuid)).toBe(path)
  })
})

describe('the list of participants', () => {
  it('is asked for page by page with the same query, as Zoom documents it', async () => {
    const { past, urls, outcomes } = await zoom((req, res) => {
      const token = new URL(req.url ?? '', 'http://zoom').searchParams.get('next_page_token')
      const next = token === null ? 'two' : token === 'two' ? 'three' : ''
      json({ page_size: 300, total_records: 3, next_page_token: next, participants: [{}] })(req, res)
    })
    const pages = await all(past.pages({ ...subject, uuid: '/a==' }, null, withToken))
    expect(pages.map(({ rows, nextPageToken }) => [rows.length, nextPageToken])).toEqual([
      [1, 'two'],
      [1, 'three'],
      [1, null],
    ])
    const query = 'page_size=300&include_fields=registrant_id'
    expect(urls).toEqual(
      ['', '&next_page_token=two', '&next_page_token=three'].map(
        (token) => `/v2/past_meetings/%252Fa%253D%253D/participants?${query}${token}`,
      ),
    )
    expect(outcomes).toEqual(['answered', 'answered', 'answered'])
  })

  it('of a webinar has an address of its own', async () => {
    const { past, urls } = await zoom(json({ participants: [], total_records: 0 }))
    await all(past.pages({ ...subject, kind: 'webinar', uuid: 'w==' }, 'from-here', withToken))
    expect(urls[0]).toMatch(/^\/v2\/past_webinars\/w%3D%3D\/participants\?.*next_page_token=from-here$/)
  })

  it('that hands out the same token twice is not followed for ever', async () => {
    const { past, urls } = await zoom(json({ participants: [{}], next_page_token: 'again' }))
    const error = await failure(all(past.pages(subject, null, withToken)))
    expect(error).toMatchObject({ code: 'pages_without_end', kind: 'unavailable' })
    expect(urls).toHaveLength(2)
  })

  it('may lack everything but its braces', async () => {
    const { past } = await zoom(json({ participants: null, next_page_token: null }))
    expect(await all(past.pages(subject, null, withToken))).toEqual([
      { rows: [], declared: null, nextPageToken: null },
    ])
  })

  it('that does not come in time is Zoom’s being unavailable, asked twice', async () => {
    const { past, urls, outcomes } = await zoom(() => undefined, 500)
    const error = await failure(all(past.pages(subject, null, withToken)))
    expect(error).toMatchObject({ status: null, kind: 'unavailable' })
    expect(urls).toHaveLength(2)
    expect(outcomes).toEqual(['unavailable'])
  })

  it('refused for the rate says when to come again', async () => {
    const { past, outcomes } = await zoom(
      json({ code: 429, message: 'Demasiadas' }, 429, { 'retry-after': '2026-11-23T14:00:07Z' }),
    )
    const error = await failure(all(past.pages(subject, null, withToken)))
    expect(error).toMatchObject({ status: 429, code: '429', retryAtMs: NOW + 7_000 })
    expect(error.message).not.toContain('Demasiadas')
    expect(outcomes).toEqual(['rate_limited'])
  })
})

describe('a meeting that is over', () => {
  it('is described in our words', async () => {
    const { past, urls } = await zoom(
      json({
        ...{ id: 5638296721, uuid: '4444==', host_id: 'host', topic: 'Lesson', participants_count: 2 },
        ...{ start_time: '2026-11-23T13:00:00Z', end_time: '2026-11-23T13:45:00Z', duration: 45 },
      }),
    )
    expect(await past.probe('4444==', withToken)).toEqual({
      ...{ uuid: '4444==', number: '5638296721', topic: 'Lesson', hostZoomUserId: 'host' },
      ...{ startedAtMs: NOW - 3_600_000, endedAtMs: NOW - 900_000 },
    })
    expect(urls).toEqual(['/v2/past_meetings/4444%3D%3D'])
  })
})

describe('Retry-After', () => {
  it.each([
    ['12', NOW + 12_000],
    ['Mon, 23 Nov 2026 14:00:30 GMT', NOW + 30_000],
    ['2026-11-23T14:01:00Z', NOW + 60_000],
    ['2026-11-24T00:00:00.000Z', NOW + 10 * 3_600_000],
    ['soon', null],
    ['-5', null],
    ['', null],
    [null, null],
  ])('%s is understood', (header, expected) => {
    expect(parseRetryAfter(header, NOW)).toBe(expected)
  })
})

describe('a row of the list', () => {
  const row = {
    ...{ id: 'U1', name: 'Anna S.', user_id: '16778240', registrant_id: 'r1', failover: false },
    ...{ user_email: ' Anna@School.example ', status: 'in_meeting', internal_user: true, duration: 2640 },
    ...{ join_time: '2026-11-23T13:01:00Z', leave_time: '2026-11-23T13:45:00Z' },
  }
  const joined = Date.UTC(2026, 10, 23, 13, 1)

  it('becomes fields in our own words', () => {
    expect(readReportRow(row)).toEqual({
      atMs: joined,
      leftMs: joined + 2_640_000,
      place: { kind: 'main' },
      ref: { segmentId: '16778240', participantUuid: null, parentSegmentId: null },
      name: 'Anna S.',
      keys: { zoomUserId: 'U1', registrantId: 'r1', email: 'anna@school.example', phone: null },
      reportedSeconds: 2640,
    })
  })

  it('may be waiting, or in a breakout room', () => {
    expect(readReportRow({ ...row, status: 'in_waiting_room' })).toMatchObject({
      place: { kind: 'waiting' },
    })
    expect(readReportRow({ ...row, bo_mtg_id: 'room==' })).toMatchObject({
      place: { kind: 'breakout', room: 'room==' },
    })
  })

  it('may be blank, of other types and full of what we do not know', () => {
    const odd = { ...row, id: '', name: null, user_email: 7, user_id: 16778240, registrant_id: {}, seat: [1] }
    expect(readReportRow({ ...odd, duration: 'long' })).toMatchObject({
      ref: { segmentId: '16778240' },
      name: '',
      keys: { zoomUserId: null, registrantId: null, email: null, phone: null },
      reportedSeconds: 2640,
    })
  })

  it('that ends before it begins says so, and has no length', () => {
    expect(readReportRow({ ...row, leave_time: '2026-11-23T12:00:00.5Z', duration: -9 })).toMatchObject({
      ...{ atMs: joined, leftMs: joined - 3_659_500, reportedSeconds: 0 },
    })
  })

  it('without readable times is a problem with a name', () => {
    expect(readReportRow({ ...row, join_time: 'yesterday' })).toBe('time_unreadable')
    expect(readReportRow({ ...row, leave_time: undefined })).toBe('time_unreadable')
    expect(readReportRow('row')).toBe('not_a_row')
  })
})
