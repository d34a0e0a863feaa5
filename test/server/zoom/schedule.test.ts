import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { createSchedule, type WithToken, type ZoomError } from '../../../server/zoom/index.ts'

const NOW = Date.UTC(2026, 10, 23, 14, 0)
const BEGAN = Date.UTC(2026, 10, 23, 13, 4)
let server: Server | undefined
afterEach(() => {
  server?.closeAllConnections()
  server?.close()
})

/** What is read out of this answer of Zoom, and where it was asked for. */
async function planned(body: unknown, status = 200) {
  const urls: string[] = []
  server = createServer((req, res) => {
    urls.push(req.url ?? '')
    res.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  })
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const options = { apiUrl: `http://127.0.0.1:${port}/v2`, clock: () => NOW, log: { warn: () => undefined } }
  const withToken: WithToken = (_operation, use) => use('token')
  const time = await createSchedule(options).plannedTime('84668902623', BEGAN, withToken)
  const iso = (ms: number) => new Date(ms).toISOString().slice(8, 16)
  return { time: time && `${iso(time.startMs)} ${iso(time.endMs)}`, urls }
}
const timeOf = async (body: unknown) => (await planned(body)).time

describe('when Zoom says a meeting was planned', () => {
  it('is its start and duration, asked for with all occurrences', async () => {
    const { time, urls } = await planned({ type: 2, start_time: '2026-11-23T13:00:00Z', duration: 110 })
    expect(time).toBe('23T13:00 23T14:50')
    expect(urls).toEqual(['/v2/meetings/84668902623?show_previous_occurrences=true'])
  })

  it('is the occurrence nearest to when it began, of those that were not deleted', async () => {
    const occurrence = (start_time: string, status = 'available') => ({ start_time, duration: 60, status })
    const occurrences = [
      occurrence('2026-11-16T13:00:00Z'),
      occurrence('2026-11-23T13:10:00Z', 'deleted'),
      occurrence('2026-11-23T14:00:00Z'),
      occurrence('2026-11-30T13:00:00Z'),
    ]
    expect(await timeOf({ type: 8, start_time: '2026-11-16T13:00:00Z', duration: 90, occurrences })).toBe(
      '23T14:00 23T15:00',
    )
  })

  it('is nothing for a meeting without a fixed time, or one planned for another day', async () => {
    for (const body of [
      { type: 1, duration: 60 },
      { type: 3, start_time: '', duration: 60, occurrences: null },
      { type: 2, start_time: '2026-11-22T13:00:00Z', duration: 60 },
      { type: 2, start_time: '2026-11-23T13:00:00Z', duration: 0 },
      { type: 2, start_time: 'soon', duration: 60 },
      {},
    ])
      expect(await timeOf(body), JSON.stringify(body)).toBeNull()
  })

  it('is an error of Zoom’s with its code when it refuses', async () => {
    const refused = planned({ code: 3001, message: 'Meeting does not exist' }, 404)
    await expect(refused).rejects.toMatchObject({ status: 404, code: '3001' } satisfies Partial<ZoomError>)
  })
})
