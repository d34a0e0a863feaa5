import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createServer } from 'node:http'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createClock } from '../clock.ts'
import { startZoomRest } from '../rest.ts'
import { createWebhookSender } from '../webhook-delivery.ts'
import { someApp } from '../some-app.ts'
import { createZoomWorld } from '../world.ts'
import {
  createLateReport,
  lateReport,
  LIST_BEGINS_MS,
  LIST_COMPLETE_MS,
  TOKENS_EXPIRE_MS,
} from './late-report.ts'
import { createLesson } from './lesson.ts'
import { playPast, tellPast } from './past.ts'

const now = Date.UTC(2026, 10, 23, 16, 0)
const HOUR_MS = 3600_000

const received: { event: string; event_ts: number; timestamp: string; uuid: string }[] = []
let receiver: Server
let url = ''
beforeAll(async () => {
  receiver = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const body = JSON.parse(Buffer.concat(chunks).toString()) as {
        event: string
        event_ts: number
        payload: { object: { uuid: string } }
      }
      const timestamp = String(request.headers['x-zm-request-timestamp'])
      received.push({ ...body, timestamp, uuid: body.payload.object.uuid })
      response.statusCode = 204
      response.end()
    })
  })
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`
})
afterAll(() => {
  receiver.close()
})

const createSender = (clock: ReturnType<typeof createClock>) =>
  createWebhookSender({ url, clientId: 'c', secret: 'w', clock, seed: 1, concurrency: 8 })

describe('past lessons', () => {
  it('are played at once, with a restart if wanted, and told now with the times of then', async () => {
    const clock = createClock(now)
    const world = createZoomWorld({ app: someApp, clock })
    const fromMs = now - 24 * HOUR_MS
    const occurrences = playPast(world, { fromMs, untilMs: fromMs + HOUR_MS }, (then) => {
      const { scenario, minute } = createLesson({
        clock: then,
        seed: 2,
        castSeed: 1,
        startsAtMs: fromMs,
        visited: true,
      })
      then.at(minute(30), () => scenario.restart())
      return scenario
    })
    expect(occurrences.map(({ meeting }) => (meeting.endedAtMs ?? 0) - fromMs)).toEqual([
      HOUR_MS / 2,
      HOUR_MS,
    ])
    expect(new Set(occurrences.map(({ meeting }) => meeting.uuid)).size).toBe(2)
    expect(new Set(occurrences.map(({ meeting }) => meeting.number)).size).toBe(1)
    expect(world.scenarios).toHaveLength(2)

    const sender = createSender(clock)
    tellPast(sender, occurrences)
    await sender.settled()
    expect(received.filter(({ event }) => event === 'meeting.ended')).toHaveLength(2)
    expect(received.every(({ event_ts }) => event_ts <= fromMs + HOUR_MS)).toBe(true)
    expect(new Set(received.map(({ timestamp }) => timestamp))).toEqual(new Set([String(now / 1000)]))
  })

  it('of one course have the same people, however they differ', () => {
    const lesson = (seed: number) =>
      createLesson({ clock: createClock(0), seed, castSeed: 9, startsAtMs: 0 }).scenario
    const idsOf = (seed: number) => lesson(seed).people.map((person) => person.zoomUserId)
    expect(idsOf(1)).toEqual(idsOf(2))
    expect(lesson(1).meeting.uuid).not.toBe(lesson(2).meeting.uuid)
  })
})

describe('the lecture with the late list', () => {
  it('has nothing, then 30 of 1,900, then pages that lead nowhere, then everybody', async () => {
    const clock = createClock(now - 2 * HOUR_MS)
    const world = createZoomWorld({ app: someApp, clock })
    const lecture = createLateReport({ clock, seed: 1, endsAtMs: now })
    world.add(lecture.scenario)
    const zoom = await startZoomRest(world)
    const { meeting } = lecture.scenario
    Object.assign(zoom.reports(meeting.uuid), lateReport())
    clock.advanceTo(now)
    expect(meeting.endedAtMs).toBe(now)
    const hostId = meeting.host.zoomUserId ?? ''
    const form = { grant_type: 'authorization_code', redirect_uri: someApp.redirectUri }
    const token = async (): Promise<string> => {
      const code = zoom.oauth.issueCode(hostId, someApp.redirectUri)
      const answer = await fetch(`${zoom.url}/oauth/token`, {
        method: 'POST',
        headers: { authorization: `Basic ${btoa('c:s')}` },
        body: new URLSearchParams({ ...form, code }),
      })
      return ((await answer.json()) as { access_token: string }).access_token
    }
    const list = async (atMs: number, next = '') => {
      clock.advanceTo(now + atMs)
      const query = `page_size=300&next_page_token=${encodeURIComponent(next)}`
      const uuid = encodeURIComponent(encodeURIComponent(meeting.uuid))
      const answer = await fetch(`${zoom.url}/v2/past_meetings/${uuid}/participants?${query}`, {
        headers: { authorization: `Bearer ${await token()}` },
      })
      const body = (await answer.json()) as {
        participants?: unknown[]
        total_records?: number
        next_page_token?: string
        code?: number
      }
      return {
        rows: body.participants?.length,
        total: body.total_records,
        next: body.next_page_token,
        code: body.code,
      }
    }
    expect(await list(LIST_BEGINS_MS - 1)).toMatchObject({ code: 3001 })
    expect(await list(LIST_BEGINS_MS)).toMatchObject({ rows: 30, total: 1_900, next: '' })
    const page = await list(TOKENS_EXPIRE_MS)
    expect(page).toMatchObject({ rows: 30, total: 1_900 })
    expect(await list(TOKENS_EXPIRE_MS, page.next)).toMatchObject({ code: 300 })
    let got = 0
    let next = ''
    do {
      const one = await list(LIST_COMPLETE_MS, next)
      got += one.rows ?? 0
      next = one.next ?? ''
    } while (next !== '')
    expect(got).toBe(1_900)
    await zoom.close()
  })

  it('is told by webhooks that lose some people and some goodbyes', () => {
    const clock = createClock(now - 2 * HOUR_MS)
    const lecture = createLateReport({ clock, seed: 1, endsAtMs: now })
    clock.advanceTo(now)
    const heard = lecture.scenario.history.filter((event) => !lecture.lost(event))
    const joined = heard.filter((event) => event.kind === 'joined')
    expect(joined).toHaveLength(1_900 - lecture.unheard)
    expect(joined.length - heard.filter((event) => event.kind === 'left').length).toBe(lecture.leftUnheard)
    expect([lecture.unheard, lecture.leftUnheard]).toEqual([10, 10])
  })
})
