import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { GatheringList, Problem } from '../../../shared/wire/index.ts'
import { startServer, type TestServer } from '../../support/server.ts'
import { mention } from '../storage/fixtures.ts'

const HOUR = 3_600_000
const LESSONS = 120

let server: TestServer
let nowMs: number

/** A host with more lessons than a page holds, one an hour; every tenth is called otherwise. */
beforeAll(async () => {
  server = await startServer()
  const host = { key: 'elena', name: 'Elena', zoomUserId: 'user-elena' }
  server.world.addUser(host, 'account-a')
  server.world.authorised.add('user-elena')
  await server.install('user-elena')
  nowMs = server.clock.now()
  const installation = await server.storage.directory.installationOfUser('user-elena')
  const installationId = installation?.id ?? ''
  for (let i = 0; i < LESSONS; i++) {
    const meetingUuid = `lesson ${i}`
    const { meetingId } = await server.storage.directory.openMeeting({
      installationId,
      meetingUuid,
      hostZoomUserId: 'user-elena',
      atMs: nowMs,
    })
    const startedAtMs = nowMs - (i + 1) * HOUR
    await server.storage.evidenceLog.append({
      installationId,
      meetingId,
      mention: mention(meetingUuid, {
        number: String(81_000_000_000 + i),
        topic: i % 10 === 0 ? `Ёлка ${i}` : `Lesson ${i}`,
        startedAtMs,
        endedAtMs: startedAtMs + HOUR / 2,
      }),
      facts: [],
    })
  }
})
afterAll(() => server.stop())

const ask = async (query: Record<string, string>): Promise<Response> => {
  server.clock.advanceBy(1_000)
  const host = { key: 'elena', name: 'Elena', zoomUserId: 'user-elena' }
  const { token } = await server.session(server.world.appContext(host, null))
  return server.call(token, 'GET', `/api/gatherings?${new URLSearchParams(query).toString()}`)
}
const list = async (query: Record<string, string>): Promise<GatheringList> =>
  (await (await ask(query)).json()) as GatheringList
const topicsOf = ({ items }: GatheringList): (string | null)[] => items.map(({ topic }) => topic)
const iso = (ms: number): string => new Date(ms).toISOString()

describe('the history', () => {
  it('pages through everything, newest first, each gathering once', async () => {
    const seen: string[] = []
    const sizes: number[] = []
    for (let cursor: string | null = ''; cursor !== null;) {
      const page: GatheringList = await list(cursor === '' ? {} : { cursor })
      seen.push(...page.items.map(({ number }) => number ?? ''))
      sizes.push(page.items.length)
      cursor = page.nextCursor
    }
    expect(sizes).toEqual([50, 50, 20])
    expect(seen).toEqual(Array.from({ length: LESSONS }, (_, i) => String(81_000_000_000 + i)))
  })

  it('finds topics whatever their case, and digits of the number', async () => {
    expect(topicsOf(await list({ search: ' ёЛКА ' }))).toHaveLength(12)
    expect(topicsOf(await list({ search: '810 0000 0011 ' }))).toEqual(['Lesson 11'])
    expect(topicsOf(await list({ search: 'nothing like it' }))).toEqual([])
    expect(topicsOf(await list({ search: '%' }))).toEqual([])
  })

  it('keeps to a period, its end excluded', async () => {
    const from = iso(nowMs - 3 * HOUR)
    expect(topicsOf(await list({ from, to: iso(nowMs - HOUR) }))).toEqual(['Lesson 1', 'Lesson 2'])
    expect(topicsOf(await list({ to: '2020-01-01T00:00:00Z' }))).toEqual([])
  })

  it.each([
    ['from', { from: 'yesterday' }],
    ['from', { from: '2026-11-23' }],
    ['from', { from: '2999-01-01T00:00:00Z' }],
    ['to', { from: '2026-11-02T00:00:00Z', to: '2026-11-01T00:00:00Z' }],
    ['to', { to: '2026-13-45T00:00:00Z' }],
    ['search', { search: 'x'.repeat(201) }],
    ['cursor', { cursor: 'made up' }],
    ['cursor', { cursor: Buffer.from('[1,"x"]').toString('base64url') }],
  ])('says what is wrong with %s in %j', async (field, query) => {
    const answer = await ask(query)
    expect(answer.status).toBe(400)
    const problem = (await answer.json()) as Problem
    expect(problem).toMatchObject({ code: 'bad_request', errors: [{ path: field }] })
  })
})
