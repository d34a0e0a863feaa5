import { setTimeout as sleep } from 'node:timers/promises'
import type { Deployment } from '../support/deployment.ts'
import { stormAccount, stormDeliveries, stormHost } from '../support/storm-deliveries.ts'
import { median, type Line } from './line.ts'
import type { LoadReport } from './load.ts'
import { startBareRoute, startLoadGenerator, type LoadGenerator } from './processes.ts'

const ROUNDS = 5
const A_ROUND = 6_000
/** Zoom's servers do not wait for each other, so many deliveries are under way at a time; in a burst a tenth of it. */
const CONNECTIONS = 256
const BURST = 10_000
const BURST_CONNECTIONS = 1_000
const ZOOM_WAITS_MS = 3_000

/**
 * Deliveries a second of the whole server (signature, look-up, sealing, a commit with fsync, the worker draining beside
 * it, one log line each) over those of the bare route, in alternating rounds; then a burst at once.
 */
export async function webhookBench(deployment: Deployment): Promise<Line[]> {
  const secret = deployment.world.app.webhookSecret
  const bare = await startBareRoute(secret)
  const load = await startLoadGenerator()
  let seed = 1
  const to = async (port: number, count: number, connections: number): Promise<LoadReport> => {
    const deliveries = stormDeliveries({ host: stormHost, accountId: stormAccount, count, seed: seed++ })
    return answeredAll(load, { port, secret, connections, deliveries })
  }
  try {
    for (const port of [deployment.port, bare.port]) await to(port, A_ROUND, CONNECTIONS)
    const rounds: { ours: number; bare: number }[] = []
    for (let round = 0; round < ROUNDS; round += 1) {
      const perSecond: number[] = []
      // Who goes first changes, so that neither always has the cooler machine.
      const order = round % 2 === 0 ? [deployment.port, bare.port] : [bare.port, deployment.port]
      for (const port of order) {
        await drained(deployment)
        const report = await to(port, A_ROUND, CONNECTIONS)
        perSecond[port === bare.port ? 1 : 0] = (A_ROUND / report.elapsedMs) * 1000
      }
      rounds.push({ ours: perSecond[0] ?? 0, bare: perSecond[1] ?? 0 })
    }
    await drained(deployment)

    const bareBurst = await to(bare.port, BURST, BURST_CONNECTIONS)
    const burstStartedMs = performance.now()
    const burst = await to(deployment.port, BURST, BURST_CONNECTIONS)
    await drained(deployment)
    const evidenceMs = performance.now() - burstStartedMs
    return [
      {
        what: 'webhook deliveries a second, durable, one process',
        unit: '/s',
        ours: median(rounds.map((round) => round.ours)),
        baseline: median(rounds.map((round) => round.bare)),
        against: 'bare Express route',
        ratio: median(rounds.map((round) => round.ours / round.bare)),
        target: '≥ 0.5',
        met: (ratio) => ratio >= 0.5,
      },
      ...(
        [
          ['p50', burst.p50Ms, bareBurst.p50Ms],
          ['p99', burst.p99Ms, bareBurst.p99Ms],
        ] as const
      ).map(([share, ours, bareMs]) => ({
        what: `burst of ${BURST} deliveries, answer ${share} (bare route: ${Math.round(bareMs)} ms)`,
        unit: 'ms',
        ours,
        baseline: ZOOM_WAITS_MS,
        against: 'Zoom’s patience',
        target: '< 1',
        met: (ratio: number) => ratio < 1,
      })),
      {
        what: `burst of ${BURST} deliveries, until all are evidence`,
        unit: 'ms',
        ours: evidenceMs,
        baseline: burst.elapsedMs,
        against: 'all answered',
      },
    ]
  } finally {
    load.stop()
    bare.stop()
  }
}

async function answeredAll(
  load: LoadGenerator,
  order: Parameters<LoadGenerator['send']>[0],
): Promise<LoadReport> {
  const report = await load.send(order)
  if (report.statuses['200'] !== order.deliveries.length) {
    throw new Error(`Not everything was thanked for: ${JSON.stringify(report.statuses)}`)
  }
  return report
}

/** Resolves when every stored delivery is evidence. */
async function drained(deployment: Deployment): Promise<void> {
  for (;;) {
    const { pending, parked } = await deployment.inbox()
    if (parked > 0) throw new Error(`${parked} deliveries could not be read.`)
    if (pending === 0) return
    await sleep(25)
  }
}
