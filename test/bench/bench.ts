/**
 * `npm run bench`: what we promise in figures, each beside its baseline from the same run. Ratios travel between machines;
 * the figures themselves are this machine's. Takes some minutes; exits with 1 when a promise is not kept.
 *
 *     npm run bench -- webhook      only the benchmarks whose name contains the word
 */
import { cpus, loadavg } from 'node:os'
import { createDeployment, type Deployment } from '../support/deployment.ts'
import { stormAccount, stormHost } from '../support/storm-deliveries.ts'
import { correctionOnScreenBench } from './correction-on-screen.bench.ts'
import { firstViewBench } from './first-view.bench.ts'
import { identityBench } from './identity.bench.ts'
import { ratioOf, table, type Line } from './line.ts'
import { listingBench } from './listing.bench.ts'
import { mergeBench } from './merge.bench.ts'
import { peopleBench } from './people.bench.ts'
import { refreshBench } from './refresh.bench.ts'
import { reportFetchBench } from './report-fetch.bench.ts'
import { reportBench } from './report.bench.ts'
import { rowOnScreenBench } from './row-on-screen.bench.ts'
import { webhookBench } from './webhook.bench.ts'

const wanted = process.argv[2] ?? ''
const load = loadavg()[0] ?? 0
console.log(`${cpus().length} cores, load before the run ${load.toFixed(2)}, Node ${process.version}`)

const lines: Line[] = []
const only = async (name: string, bench: () => Promise<Line[]> | Line[]): Promise<void> => {
  if (!name.includes(wanted)) return
  const startedMs = performance.now()
  lines.push(...(await bench()))
  console.log(`${name}: ${((performance.now() - startedMs) / 1000).toFixed(1)} s`)
}

/** A server of its own for every benchmark, so that none inherits another's tables. */
async function deployed(bench: (deployment: Deployment) => Promise<Line[]>): Promise<Line[]> {
  const deployment = await createDeployment()
  try {
    await deployment.start()
    await deployment.install(stormHost, stormAccount)
    return await bench(deployment)
  } finally {
    await deployment.close()
  }
}

async function merging(): Promise<Line[]> {
  const { name, figures } = await mergeBench()
  return [
    {
      what: name,
      unit: 'ms',
      ours: Number(figures['foldMs']),
      baseline: Number(figures['groupingMs']),
      against: 'grouping them by uuid',
    },
  ]
}

await only('webhook', () => deployed(webhookBench))
await only('merge', merging)
await only('report', reportBench)
await only('listing', listingBench)
await only('people', peopleBench)
await only('identity', identityBench)
await only('row on screen', () => deployed(rowOnScreenBench))
await only('correction on screen', () => deployed(correctionOnScreenBench))
await only('first view', firstViewBench)
await only('report fetch', reportFetchBench)
await only('report fetch: renewing', refreshBench)

console.log(`\n${table(lines)}`)
const broken = lines.filter((line) => line.met?.(ratioOf(line)) === false)
if (broken.length > 0) {
  console.error(`\nNot kept: ${broken.map((line) => line.what).join('; ')}`)
  process.exitCode = 1
}
