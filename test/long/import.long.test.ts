import { readFile } from 'node:fs/promises'
import { request } from 'node:http'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { ImportAnswer, SessionAnswer } from '../../shared/wire/index.ts'
import { createDeployment, type Deployment } from '../support/deployment.ts'
import { stormAccount, stormHost } from '../support/storm-deliveries.ts'
import { exportOf, usual } from '../server/imports/handing-in.ts'

const MOST_BYTES = 32 * 1024 * 1024
const ROWS_A_DAY = 900
const DAY_MS = 86_400_000
const MINUTE_MS = 60_000

let deployment: Deployment
let made: ReturnType<typeof largest>
beforeAll(async () => {
  // First of all: it takes long, and a session's proof is fresh for two minutes only.
  made = largest()
  deployment = await createDeployment({ logLevel: 'warn' })
  await deployment.start()
  await deployment.install(stormHost, stormAccount)
})
afterAll(() => deployment.close())

/** A year and more of one large lecture, as large as a file may be. */
function largest(): { file: Uint8Array; rows: number; meetings: number } {
  const days: string[] = []
  let bytes = 0
  for (let day = 0; ; day++) {
    const startMs = Date.UTC(2025, 0, 6, 8, 0) + day * DAY_MS
    const text = exportOf(
      { number: '98765432100', startMs, endMs: startMs + 90 * MINUTE_MS },
      Array.from({ length: ROWS_A_DAY }, (_, i) => ({
        ...{ name: `Student ${i}`, email: i % 2 ? `student${i}@university.example` : '' },
        ...{ fromMs: startMs + (i % 10) * MINUTE_MS, toMs: startMs + 85 * MINUTE_MS },
      })),
    )
    bytes += Buffer.byteLength(`${text}\r\n`)
    if (bytes > MOST_BYTES) break
    days.push(text)
  }
  return {
    file: Buffer.from(days.join('\r\n')),
    rows: days.length * ROWS_A_DAY,
    meetings: days.length,
  }
}

const residentBytes = async (field: 'VmHWM' | 'VmRSS'): Promise<number> => {
  const status = await readFile(`/proc/${deployment.pid() ?? 0}/status`, 'utf8')
  return Number(new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(status)?.[1]) * 1024
}

/** `fetch` gives up after five minutes, which a busy machine may need. */
function send(url: string, token: string, file: Uint8Array): Promise<{ status: number; text: string }> {
  const headers = {
    authorization: `Bearer ${token}`,
    'content-type': 'application/octet-stream',
    'rollbook-import': encodeURIComponent(JSON.stringify(usual)),
  }
  return new Promise((resolve, reject) => {
    const sending = request(url, { method: 'POST', headers }, (answer) => {
      let text = ''
      answer.setEncoding('utf8')
      answer.on('data', (piece: string) => (text += piece))
      answer.on('end', () => {
        resolve({ status: answer.statusCode ?? 0, text })
      })
    })
    sending.once('error', reject)
    sending.end(file)
  })
}

it('takes the largest file there may be, answers others meanwhile, and needs no more than some times its size', async () => {
  const { url, world } = deployment
  const opened = await fetch(`${url}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ appContext: world.appContext(stormHost, null) }),
  })
  const { token } = (await opened.json()) as SessionAnswer
  const { file, rows, meetings } = made
  const before = await residentBytes('VmRSS')
  let isDone = false
  const answering = send(`${url}/api/imports`, token, file).finally(() => (isDone = true))
  let answeredMeanwhile = 0
  while (!isDone) {
    expect((await fetch(`${url}/healthz`)).status).toBe(200)
    answeredMeanwhile++
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  const answer = await answering
  expect(answer.status).toBe(201)
  const { rows: counted, people, gatherings } = JSON.parse(answer.text) as ImportAnswer
  expect(counted).toMatchObject({ read: rows, added: rows })
  expect(gatherings).toHaveLength(meetings)
  expect(people).toEqual({ added: rows, matched: 0 })
  expect(answeredMeanwhile).toBeGreaterThan(20)
  const grown = (await residentBytes('VmHWM')) - before
  expect(grown).toBeLessThan(12 * MOST_BYTES)
}, 900_000)
