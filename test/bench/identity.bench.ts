import { spawnSync } from 'node:child_process'
import type { Line } from './line.ts'

interface Run {
  people: number
  segments: number
  cpuMs: number
  totalMs: number
  peakMb: number
}

const SMALL = 100_000
const LARGE = 1_000_000
const BEHIND_ONE_LINK = 100_000

/**
 * The ladder and everybody's presence, with 500 corrections on top: 100,000 people in 250,000 segments and ten times as many,
 * each a process of its own, beside a plain grouping of the same segments; and everybody behind one registration.
 */
export function identityBench(): Line[] {
  const lines: Line[] = []
  const ladders: Run[] = []
  for (const people of [SMALL, LARGE]) {
    const [plain, ladder] = [measured(people, 'plain'), measured(people, 'ladder')]
    ladders.push(ladder)
    const what = `ladder and presence of ${people.toLocaleString('en')} people, ${ladder.segments.toLocaleString('en')} segments`
    const against = 'grouping them by a key'
    lines.push(
      { what: `${what}: CPU`, unit: 'ms', ours: ladder.cpuMs, baseline: plain.cpuMs, against },
      {
        what: `${what}: peak memory, crowd included`,
        unit: 'MB',
        ours: ladder.peakMb,
        baseline: plain.peakMb,
        against,
      },
    )
  }
  const [few, many] = [measured(BEHIND_ONE_LINK / 10, 'link'), measured(BEHIND_ONE_LINK, 'link')]
  lines.push({
    ...{ what: 'ladder behind one registration: growth of CPU with ten times the people', unit: 'ms' },
    ...{ ours: many.cpuMs, baseline: few.cpuMs },
    against: `${(BEHIND_ONE_LINK / 10).toLocaleString('en')} people`,
    ...{ target: '≤ 20', met: (ratio: number) => ratio <= 20 },
  })
  const [small, large] = ladders
  if (small && large)
    lines.push({
      ...{ what: 'ladder: growth of CPU with ten times the people', unit: 'ms' },
      ...{ ours: large.cpuMs, baseline: small.cpuMs, against: `${SMALL.toLocaleString('en')} people` },
      ...{ target: '≤ 20', met: (ratio: number) => ratio <= 20 },
    })
  return lines
}

function measured(people: number, what: 'ladder' | 'plain' | 'link'): Run {
  const run = new URL('identity-run.ts', import.meta.url).pathname
  const words = ['--max-old-space-size=12000', '--import', 'tsx', run, String(people), what]
  const { status, stdout, stderr } = spawnSync(process.execPath, words, { encoding: 'utf8' })
  if (status !== 0) throw new Error(`The run of ${people} people failed:\n${stderr}`)
  console.log(`${what} of ${people}: ${stdout.trim()}`)
  return JSON.parse(stdout) as Run
}
