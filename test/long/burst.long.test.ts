import { afterAll, beforeAll, expect, it } from 'vitest'
import { startLoadGenerator } from '../bench/processes.ts'
import { createDeployment, type Deployment } from '../support/deployment.ts'
import { stormAccount, stormDeliveries, stormHost } from '../support/storm-deliveries.ts'
import { readStored } from './stored.ts'

const BURST = 10_000

let deployment: Deployment
beforeAll(async () => {
  deployment = await createDeployment({ logLevel: 'warn' })
  await deployment.start()
  await deployment.install(stormHost, stormAccount)
})
afterAll(() => deployment.close())

it('thanks for every one of ten thousand deliveries at once and makes each of them evidence once', async () => {
  const deliveries = stormDeliveries({ host: stormHost, accountId: stormAccount, count: BURST, seed: 3 })
  const load = await startLoadGenerator()
  const { port, world } = deployment
  const report = await load.send({ port, secret: world.app.webhookSecret, connections: 1_000, deliveries })
  load.stop()
  expect(report.statuses).toEqual({ 200: BURST })
  await expect.poll(() => deployment.inbox(), { timeout: 120_000 }).toEqual({ pending: 0, parked: 0 })
  await deployment.stop()
  const { facts } = await readStored(deployment)
  expect(facts.map(({ key }) => key).sort()).toEqual(deliveries.map(({ requestId }) => requestId).sort())
})
