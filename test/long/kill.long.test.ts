import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { PersonRow, RosterSnapshot, SessionAnswer } from '../../shared/wire/index.ts'
import { createDeployment, processesOn, type Deployment } from '../support/deployment.ts'
import {
  createClock,
  createRandom,
  createStorm,
  createWebhookSender,
  webhookBodies,
  type Scenario,
} from '../zoom/index.ts'
import { readStored } from './stored.ts'

const KILLS = 10
const MINUTES = 5
const SEED = 1_000

let deployment: Deployment
beforeAll(async () => {
  deployment = await createDeployment({ logLevel: 'warn' })
})
afterAll(() => deployment.close())

it('loses and doubles nothing when killed ten times in the middle of a storm of a thousand people', async () => {
  const startsAtMs = Date.now() - 3_600_000
  const story = createClock(startsAtMs - 1)
  const storm = deployment.world.add(
    createStorm({ clock: story, seed: SEED, startsAtMs, minutes: MINUTES, meeting: { accountId: 'storm' } }),
  )
  const sender = createWebhookSender({
    url: `${deployment.url}/webhooks/zoom`,
    clientId: deployment.world.app.clientId,
    secret: deployment.world.app.webhookSecret,
    clock: deployment.clock,
    seed: SEED,
    // Zoom repeats after 5, 20 and 60 minutes; here after 3, 12 and 36 seconds.
    speedUp: 100,
    concurrency: 32,
  })
  let sent = 0
  storm.on((event) => {
    for (const body of webhookBodies(storm, event)) {
      sent += 1
      sender.send(body)
    }
  })
  const acknowledged = (): string[] =>
    sender.attempts.flatMap((one) => (one.outcome === 'accepted' ? [one.requestId] : []))

  await deployment.start()
  await deployment.install(storm.meeting.host, storm.meeting.accountId)
  const random = createRandom(SEED, 'kills')
  for (let kill = 0; kill < KILLS; kill += 1) {
    story.advanceBy((MINUTES * 60_000) / (KILLS + 1))
    const enough = acknowledged().length + random.between(1, 100)
    while (acknowledged().length < enough) await sleep(0)
    await deployment.kill()
    await deployment.start()
  }
  story.advanceTo(startsAtMs + MINUTES * 60_000)
  await expect.poll(() => new Set(acknowledged()).size, { timeout: 60_000, interval: 200 }).toBe(sent)
  expect(sender.attempts.filter((one) => ['dropped', 'given_up'].includes(one.outcome))).toEqual([])
  expect(sender.attempts.filter((one) => one.retry > 0).length).toBeGreaterThan(KILLS)
  await expect.poll(() => deployment.inbox(), { timeout: 60_000 }).toEqual({ pending: 0, parked: 0 })

  const roster = await rosterOf(storm)
  expect(told(roster)).toEqual(lived(storm, Date.parse(roster.at)))

  await deployment.stop()
  await expect.poll(() => processesOn(deployment.dataDir), { timeout: 5_000 }).toEqual([])
  const { inbox, facts } = await readStored(deployment)
  const everyDelivery = [...new Set(acknowledged())].sort()
  expect(everyDelivery).toHaveLength(sent)
  expect(inbox.map(({ key }) => key).sort()).toEqual(everyDelivery)
  expect(new Set(inbox.map(({ state }) => state))).toEqual(new Set(['done']))
  expect(facts.map(({ key }) => key).sort()).toEqual(everyDelivery)
})

async function rosterOf(storm: Scenario): Promise<RosterSnapshot> {
  const json = { 'content-type': 'application/json' }
  const body = JSON.stringify({ appContext: deployment.world.appContext(storm.meeting.host, storm) })
  const exchanged = await fetch(`${deployment.url}/api/session`, { method: 'POST', headers: json, body })
  const { token, meeting } = (await exchanged.json()) as SessionAnswer
  const answer = await fetch(`${deployment.url}/api/gatherings/${meeting?.gatheringId ?? ''}/roster`, {
    headers: { authorization: `Bearer ${token}` },
  })
  return (await answer.json()) as RosterSnapshot
}

type Attendance = Pick<PersonRow, 'state' | 'firstJoin' | 'lastLeave' | 'presentSeconds' | 'segments'>

const told = ({ people }: RosterSnapshot): Record<string, Attendance[]> => {
  const byName: Record<string, Attendance[]> = {}
  for (const { name, state, firstJoin, lastLeave, presentSeconds, segments } of people) {
    ;(byName[name] ??= []).push({ state, firstJoin, lastLeave, presentSeconds, segments })
  }
  return byName
}

/** What really happened to everybody, in the whole seconds Zoom tells. Names of a storm are all different. */
function lived(storm: Scenario, nowMs: number): Record<string, Attendance[]> {
  const stays: Record<string, { fromMs: number; toMs: number | null }[]> = {}
  for (const event of storm.history) {
    const atMs = Math.floor(event.atMs / 1000) * 1000
    if (event.kind === 'joined') (stays[event.who.name] ??= []).push({ fromMs: atMs, toMs: null })
    const last = event.kind === 'left' ? stays[event.who.name]?.at(-1) : undefined
    if (last) last.toMs = atMs
  }
  const iso = (ms: number | null | undefined): string | null =>
    ms === null || ms === undefined ? null : new Date(ms).toISOString()
  return Object.fromEntries(
    Object.entries(stays).map(([name, own]) => {
      const isHere = own.at(-1)?.toMs === null
      const presentMs = own.reduce((sum, { fromMs, toMs }) => sum + (toMs ?? nowMs) - fromMs, 0)
      const attendance: Attendance = {
        state: isHere ? 'here' : 'left',
        firstJoin: iso(own[0]?.fromMs),
        lastLeave: isHere ? null : iso(own.at(-1)?.toMs),
        presentSeconds: Math.floor(presentMs / 1000),
        segments: own.length,
      }
      return [name, [attendance]]
    }),
  )
}
